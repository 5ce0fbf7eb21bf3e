"""Planning what a group does, and closing it once it is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commonweal.collectives import actions, queries
from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.people.models import Party

MARCH = date(2026, 3, 14)


def planned(
    collective: Collective, by: Party, name: str = "Seed swap", starts_on: date = MARCH,
    ends_on: date | None = None, series: str = "",
) -> Activity:  # fmt: skip
    return actions.plan_activity(
        collective=collective, kind=Party.Kind.EVENT, name=name, starts_on=starts_on,
        ends_on=ends_on or starts_on, series=series, by=by,
    )  # fmt: skip


def test_editions_of_a_series_are_counted_in_the_order_they_are_planned(
    gardens: Collective, bob: Party
) -> None:
    first = planned(gardens, bob, series="Seed  swap")
    second = planned(gardens, bob, series="Seed swap ")
    alone = planned(gardens, bob)

    assert [one.edition for one in (first, second, alone)] == [1, 2, None]
    assert len({one.slug for one in (first, second, alone)}) == 3


def test_it_is_at_home_where_its_group_is_unless_said_otherwise(
    gardens: Collective, bob: Party
) -> None:
    assert planned(gardens, bob).place == gardens.place


def test_nothing_ends_before_it_starts(gardens: Collective, bob: Party) -> None:
    with pytest.raises(actions.WrongOrder):
        planned(gardens, bob, ends_on=MARCH - timedelta(days=1))

    made = planned(gardens, bob)
    with pytest.raises(actions.WrongOrder):
        actions.edit_activity(
            activity=made, name="Swap", about="", theme=None, place=None, starts_on=MARCH,
            ends_on=MARCH - timedelta(days=1), by=bob,
        )  # fmt: skip
    made.refresh_from_db()
    assert made.ends_on == MARCH


def test_what_is_still_going_on_cannot_be_closed(gardens: Collective, bob: Party) -> None:
    made = planned(gardens, bob, ends_on=clock.today() + timedelta(days=1))

    with pytest.raises(actions.NotOver):
        actions.close_activity(activity=made, attendance=40, by=bob)


def test_counting_again_does_not_close_it_anew(gardens: Collective, bob: Party) -> None:
    made = actions.close_activity(activity=planned(gardens, bob), attendance=None, by=bob)
    closed_at = made.closed_at

    again = actions.close_activity(activity=made, attendance=41, by=bob)

    assert (again.closed_at, again.attendance) == (closed_at, 41)
    assert list(queries.open_activities(gardens)) == []
    actions.reopen_activity(activity=again, by=bob)
    assert list(queries.open_activities(gardens)) == [made]


def test_others_plan_nothing_in_a_group(gardens: Collective, bob: Party, dan: Party) -> None:
    with pytest.raises(NotAllowed):
        planned(gardens, dan)


def test_pages_of_activities_go_on_where_the_last_one_ended(
    gardens: Collective, bob: Party
) -> None:
    made = [planned(gardens, bob, starts_on=MARCH + timedelta(days=day)) for day in (0, 0, 1)]

    latest = list(queries.activities(gardens))

    assert latest == [made[2], made[1], made[0]]
    assert list(queries.activities(gardens, before=queries.cursor(made[1]))) == [made[0]]
    assert list(queries.activities(gardens, before="nonsense")) == latest
