"""A gift that comes each month is as many gifts as came, in all figures of a group."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commonweal.discovery.queries import funding, health
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions, tasks
from commonweal.hosting.models import Hosting

pytestmark = pytest.mark.django_db
FIRST = datetime(2027, 1, 15, 12, tzinfo=UTC)


def test_four_months_of_one_promise_are_four_gifts_of_a_steady_giver(gardens, alice, hana):
    Hosting.objects.update(since=FIRST - timedelta(days=1))
    with clock.moved_to(FIRST):
        gift = actions.pledge(
            collective=gardens, amount=Money(1000, "EUR"), rail="sandbox", interval="month",
            contributor=alice, given_by=alice, by=alice,
        )  # fmt: skip
        tasks.begin(gift)
        tasks.answer(gift, {"card": "works"})
    for days in (31, 59, 90):
        with clock.moved_to(FIRST + timedelta(days=days)):
            tasks.bill_due()
    actions.refund(contribution=gift, by=hana, amount=Money(400, "EUR"))

    found = funding.given([gardens.pk])[gardens.pk]
    months = [date(2027, month, 1) for month in range(1, 5)]
    year = health.gifts(gardens.pk, "EUR", months, until=date(2027, 5, 1))

    assert (found.gifts, found.givers, found.median) == (4, 1, 1000)
    assert (year.number, year.everybody.givers, year.everybody.amount) == (4, 1, Money(3600, "EUR"))
    assert year.steady.givers == 1
