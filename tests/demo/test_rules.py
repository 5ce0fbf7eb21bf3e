"""The demo city's plan looks like life, and is the same each time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from statistics import median

import pytest

from commonweal.demo import queries, rules
from commonweal.demo.rules import Event, Group
from commonweal.discovery.rules.costs import figure

UNTIL = date(2026, 11, 22)


@pytest.fixture(scope="module")
def names() -> list[str]:
    return rules.people(*queries.names(), 320, 7)


@pytest.fixture(scope="module")
def events(names: list[str]) -> list[Event]:
    return rules.plan(queries.groups(), names, UNTIL, 7)


def test_the_same_seed_makes_the_same_city(names: list[str], events: list[Event]) -> None:
    assert rules.plan(queries.groups(), names, UNTIL, 7) == events
    assert rules.plan(queries.groups(), names, UNTIL, 8) != events


def test_things_happen_in_order_and_not_after_the_end(events: list[Event]) -> None:
    assert events == sorted(events)
    assert events[-1].at.date() <= UNTIL


def test_there_are_about_forty_groups_and_hundreds_of_givers(events: list[Event]) -> None:
    assert 36 <= len({event.group for event in events}) <= 44
    assert len({event.who for event in events if event.kind == "gift"}) > 200


def test_nobody_plans_to_spend_more_than_came_in(events: list[Event]) -> None:
    pots: Counter[str] = Counter()
    for event in events:
        if event.kind in {"gift", "grant"}:
            pots[event.group] += event.minor
        if event.kind == "expense":
            pots[event.group] -= event.minor
        assert pots[event.group] >= 0


def test_a_few_gifts_are_large_and_most_are_small(events: list[Event]) -> None:
    gifts = sorted(event.minor for event in events if event.kind in {"gift", "grant"})
    tenth = gifts[-len(gifts) // 10 :]
    assert median(gifts) < 2500
    assert sum(tenth) > sum(gifts) / 2


def test_summer_is_quieter_than_december(events: list[Event]) -> None:
    by_month = Counter(f"{event.at:%Y-%m}" for event in events if event.kind == "gift")
    assert by_month["2025-08"] < by_month["2025-12"]
    assert by_month["2026-08"] < by_month["2026-06"]


def test_the_city_grows(events: list[Event]) -> None:
    by_year = Counter(event.at.year for event in events if event.kind == "gift")
    assert by_year[2024] < by_year[2025] < by_year[2026]


def test_a_grant_from_before_a_group_began_is_left_out(names: list[str]) -> None:
    group = next(group for group in queries.groups() if group.grants)
    early = (group.since + 12, "Too Early Fund", 5000)

    plan = rules.plan([replace(group, grants=(*group.grants, early))], names, UNTIL, 7)

    grants = [event.who for event in plan if event.kind == "grant"]
    assert grants
    assert "Too Early Fund" not in grants


def test_one_group_ends_one_is_in_trouble_and_two_ask_for_a_host() -> None:
    groups = queries.groups()
    assert sum(group.in_trouble for group in groups) == 1
    assert sum(group.ended > 0 for group in groups) == 1
    assert sum(group.fate == "asks" for group in groups) == 2


def test_what_an_edition_cost_is_bought_after_it_is_planned_and_before_it_is_over(
    events: list[Event],
) -> None:
    when: dict[tuple[str, date], dict[str, list[Event]]] = {}
    for event in events:
        if event.day:
            when.setdefault((event.group, event.day), {}).setdefault(event.kind, []).append(event)
    assert len(when) > 150
    for told in when.values():
        (planned,) = told["plan"]
        for bought in told.get("expense", []):
            assert planned.at < bought.at
        for over in told.get("over", []):
            assert over.people > 0
            assert all(bought.at < over.at for bought in told.get("expense", []))


def test_somebody_plans_what_is_still_to_come(events: list[Event]) -> None:
    assert [event for event in events if event.day and event.day > UNTIL]


@pytest.mark.parametrize("theme", ["repair-cafe", "hackathon"])
def test_enough_groups_do_the_same_thing_to_say_what_it_costs(
    events: list[Event], theme: str
) -> None:
    groups = {group.name for group in queries.groups() if _does(group, theme)}
    wholes: Counter[tuple[str, date]] = Counter()
    for event in events:
        if event.kind == "expense" and event.day and event.group in groups:
            wholes[event.group, event.day] += event.minor

    told = figure([(hash(group), minor) for (group, _day), minor in wholes.items()])

    assert told
    assert not told.varies


def _does(group: Group, theme: str) -> bool:
    return group.series is not None and group.series.theme == theme


def test_nobody_starts_from_a_group_before_it_is_there() -> None:
    since = {group.name: group.since for group in queries.groups()}

    early = [one.name for one in queries.groups() if one.source and one.since >= since[one.source]]

    assert early == []
