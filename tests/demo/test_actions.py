"""The demo city is built through the same actions as real life, and its books are right."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from commonweal.collectives.models import Collective
from commonweal.demo import actions, queries
from commonweal.foundation import clock
from commonweal.giving.models import Contribution
from commonweal.hosting import queries as hosting
from commonweal.knowledge.models import Answer, Ask, HelpGiven, Picture, Wish
from commonweal.mail import digest
from commonweal.papers.models import Paper
from commonweal.people.models import Instance
from commonweal.spending.models import Expense


@pytest.mark.django_db
def test_a_city_comes_to_life_with_right_books(monkeypatch: pytest.MonkeyPatch) -> None:
    few = [
        group
        for group in queries.groups()
        if group.name in {"Soup Sunday", "Théâtre du Rez-de-Chaussée", "Welcome Bags Woluwe"}
        or group.declined
        or group.refund
    ]
    monkeypatch.setattr(queries, "groups", lambda: few)
    seen: list[int] = []

    actions.build(
        progress=lambda done, of, _: seen.append(100 * done // of),
        until=date(2026, 11, 22),
        processes=1,
    )

    assert Instance.objects.get().name == "Commonweal Brussels"
    statuses = set(Collective.objects.values_list("status", flat=True))
    assert statuses == {"draft", "active", "closed"}
    assert {"declined", "paid"} <= set(Expense.objects.values_list("status", flat=True))
    # One that its giver asked for, and one that a card company took back.
    assert Contribution.objects.filter(status="refunded").count() == 2
    assert Picture.objects.filter(update__title="Eighty-two bowls, and a new ladle").count() == 1
    with clock.moved_to(datetime(2026, 11, 23, 6, tzinfo=UTC)):
        assert digest.tell_the_week() > 0
    standing = set(Contribution.objects.exclude(standing="").values_list("rail", "standing"))
    assert standing == {("sandbox", "on"), ("transfer", "on"), ("transfer", "quiet")}
    assert not Contribution.objects.filter(standing="on", missed__gt=0).exists()
    assert Wish.objects.filter(open=True).count() > 4
    assert Ask.objects.exclude(answer="").exists()
    counted = HelpGiven.objects.filter(status="counted", activity__isnull=False)
    assert counted.filter(named=True, collective__name="Soup Sunday").exists()
    assert Answer.objects.filter(status="waiting", call__status="open").exists()
    assert {"belgian", "receipt"} <= set(Paper.objects.values_list("kind", flat=True))
    assert seen[-1] == 100
    assert seen == sorted(seen)
    assert all(hosting.custody(host).adds_up for host in hosting.hosts())
