"""Forms of giving, filled in."""

import pytest

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, tasks
from commonweal.giving.models import Contribution


@pytest.fixture
def give(browse, gardens):
    """Send the giving form, as somebody or as a guest; return the answer."""

    def send(reader=None, *, path="/gardens/give", **typed):
        who = {"who": "me"} if reader else {
            "who": "guest", "name": "Nour", "email": "nour@example.org",
        }  # fmt: skip
        form = {"amount": "10.00", "way": "transfer", **who, **typed}
        return browse(reader).post(path, form)

    return send


@pytest.fixture
def newest(db):
    """Return the contribution that was made last."""
    return lambda: Contribution.objects.select_related("collective", "contributor").latest("pk")


@pytest.fixture
def gift(gardens, alice, hana):
    """Make a gift of Alice's and bring it to a point of its way."""

    def make(point="pledged", *, rail="transfer", amount="20.00", **more):
        money = Money.parse(amount, "EUR")
        found = actions.pledge(
            collective=gardens, amount=money, rail=rail, contributor=alice,
            given_by=alice, by=alice, **more,
        )  # fmt: skip
        tasks.begin(found)
        if point in {"settled", "refunded"} and rail == "transfer":
            actions.confirm_transfer(
                contribution=found, amount=money, arrived_on=clock.today(), by=hana
            )
        if rail == "sandbox" and point != "pledged":
            tasks.answer(found, {"card": "declined" if point == "failed" else "works"})
        if point == "refunded":
            actions.refund(contribution=found, by=hana, reason="A wish")
        if point == "cancelled":
            actions.cancel(contribution=found, by=alice)
        return queries.contribution(found.secret)

    return make
