"""How groups are paid for: medians over groups, and nobody who gave comes to light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from cast import person
from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective, Theme
from commonweal.discovery import queries
from commonweal.discovery.queries import Paid, Within
from commonweal.discovery.rules import funding
from commonweal.discovery.rules.funding import Funded, Middle
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.people.models import Party
from commonweal.places.models import Place
from doings import GARDEN, finished, give, hosted, opened_long_ago

Listed = Callable[[], None]


def funded(group: int, **facts: object) -> Funded:
    return replace(Funded(group, gifts=2, givers=2, usual=10_00), **facts)  # type: ignore[arg-type]


def test_a_rich_group_does_not_outweigh_others_in_how_they_are_paid_for() -> None:
    rich, poor, none = {1: 90_000_00, 4: 10_000_00}, {1: 10_00, 4: 10_00}, {1: 0}

    assert funding.mean_shares([rich, poor, none]) == pytest.approx({1: 0.7, 4: 0.3})
    assert funding.mean_shares([]) == {}


def test_the_middle_of_three_groups_is_told_and_of_two_is_not() -> None:
    income = {1: 10_00}
    three = [
        funded(
            number, usual=number * 10_00, first_days=number, people_came=100 * number, income=income
        )
        for number in (1, 2, 3)
    ]  # fmt: skip

    found, few = funding.funds(three), funding.funds(three[:2])

    assert (found.gift, found.first_days) == (Middle(20_00, 3), Middle(2, 3))
    assert (found.per_hundred, found.goal_days) == (Middle(1, 3), None)
    assert found.sources == {1: pytest.approx(1.0)}
    assert (few.gift, few.first_days, few.per_hundred, few.sources) == (None, None, None, {})


def test_three_groups_with_four_gifts_say_nothing() -> None:
    four = [funded(1, gifts=2), funded(2, gifts=1), funded(3, gifts=1)]

    assert funding.funds(four).gift is None


def test_a_few_givers_with_a_hidden_one_have_no_median_gift() -> None:
    assert funded(1, givers=4, withheld=1).told is None
    assert funded(1, givers=5, withheld=1).told == 10_00
    assert funded(1, givers=1).told == 10_00


@pytest.fixture
def groups(bob: Party, hana: Party, commons: Host, brussels: Place) -> list[Collective]:
    names = ("Roof", "Yard", "Park")
    return [opened_long_ago(hosted(name, bob, commons, hana, brussels)) for name in names]


def paid() -> Paid:
    return queries.paid_for(Theme.objects.get(slug=GARDEN), None, Within.EVERYWHERE, "EUR")


def test_gifts_are_kept_with_their_middle_their_days_and_the_goal(
    groups: list[Collective], bob: Party, alice: Party, dan: Party, listed: Listed
) -> None:
    for number, group in enumerate(groups, start=1):
        collectives.add_goal(collective=group, title="Tools", amount=Money(30_00, "EUR"), by=bob)
        group.goals.update(raised_before_minor=0)
        give(group, alice, 10_00, after_days=number)
        give(group, dan, 25_00, after_days=10 * number)
        finished(group, bob, venue=20_00, attendance=20 * number)
    listed()

    found = paid().funds

    assert found.gift == Middle(17_50, 3)
    assert (found.first_days, found.goal_days) == (Middle(2, 3), Middle(20, 3))
    assert found.per_hundred == Middle(5, 3)


def test_who_gave_before_the_group_opened_here_says_nothing_of_how_long_it_takes(
    groups: list[Collective], alice: Party, dan: Party, listed: Listed
) -> None:
    for group in groups:
        give(group, alice, 10_00, after_days=-3)
        give(group, dan, 10_00, after_days=9)
    listed()

    assert paid().funds.first_days is None
    assert paid().funds.gift is not None


def test_a_hidden_giver_among_few_takes_the_group_out_of_the_median(
    groups: list[Collective], alice: Party, dan: Party, listed: Listed
) -> None:
    for group in groups:
        give(group, alice, 10_00, after_days=1)
        give(group, dan, 77_00, after_days=2, hidden=group == groups[0])
    listed()

    assert paid().funds.gift is None  # two groups are left
    for name in ("Ann", "Ben", "Cem"):
        give(groups[0], person(f"{name} Smit"), 10_00, after_days=5)
    listed()
    assert paid().funds.gift == Middle(43_50, 3)


def test_each_group_takes_part_once_in_two_queries(
    groups: list[Collective], alice: Party, brussels: Place, listed: Listed,
    django_assert_num_queries,
) -> None:  # fmt: skip
    give(groups[0], alice, 10_00, after_days=1)
    listed()
    theme = Theme.objects.get(slug=GARDEN)

    with django_assert_num_queries(2):
        found = queries.paid_for(theme, brussels, Within.CITY, "EUR")

    assert [one.group.name for one in found.raised] == ["Park", "Roof", "Yard"]
    assert found.funds.groups == 3
    assert found.raised[1].kept.last_gift_on == found.raised[1].kept.opened_on + timedelta(days=1)
