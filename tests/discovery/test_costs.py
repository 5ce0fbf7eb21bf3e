"""What a thing costs: nonsense changes nothing, few say nothing, and known prices are found."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from statistics import median

import pytest

from commonweal.discovery.rules import costs
from commonweal.discovery.rules.costs import Apart, Figure, Finished
from commonweal.ledger.models import Chart

TODAY = date(2026, 11, 24)
LONG_AGO = TODAY - timedelta(days=200)


def done(
    number: int, group: int, *, attendance: int | None = 40, closed_on: date = LONG_AGO,
    pending: bool = False, unknown: int = 0, equipment: int = 0, **paid: int,
) -> Finished:  # fmt: skip
    by_category = {Chart[name.upper()].value: minor for name, minor in paid.items()}
    return Finished(
        number, group, attendance, closed_on, pending, by_category, unknown, equipment
    )  # fmt: skip


def whole(activities: Iterable[Finished]) -> Figure | None:
    return costs.figure([(one.group, one.whole) for one in activities])


def city(groups: int, seed: int = 1, *, sigma: float = 0.5, middle: int = 90_00) -> list[Finished]:
    """Return three to nine activities of each group, log-normal around one price."""
    draw, made = Random(seed), []
    for group in range(groups):
        for _ in range(draw.randint(3, 9)):
            venue = round(middle * draw.lognormvariate(0, sigma))
            food = round(middle / 3 * draw.lognormvariate(0, sigma))
            paid = {"venue": venue} | ({"food_drink": food} if draw.random() < 0.7 else {})
            size = draw.randint(10, 90)
            made.append(done(len(made), group, attendance=size, **paid))
    return made


@pytest.mark.parametrize("seed", range(8))
def test_known_prices_are_found_within_a_tenth_from_thirty_groups(seed: int) -> None:
    known = 90_00
    activities = city(30, seed, middle=known)

    found = costs.figure([(one.group, one.paid[Chart.VENUE]) for one in activities])

    assert found is not None
    assert abs(found.median / known - 1) < 0.10
    assert found.least < found.median < found.most


def test_the_interval_holds_the_true_price_nine_times_of_ten() -> None:
    known = 90_00
    hit = 0
    for seed in range(100):
        found = costs.figure([(one.group, one.paid[Chart.VENUE]) for one in city(25, seed)])
        assert found is not None
        hit += found.least <= known <= found.most
    assert 80 <= hit <= 99


def test_one_group_s_edition_ten_times_over_moves_the_median_by_one_rank_at_most() -> None:
    activities = city(9)
    before = _ranks(activities)
    for one in activities:
        again = [replace(one, unit=1000 + number) for number in range(10)]

        after = whole([*activities, *again])

        assert after is not None
        assert abs(bisect_left(before, after.median) - len(before) // 2) <= 1


def test_one_activity_a_thousand_times_dearer_moves_the_median_by_one_rank_at_most() -> None:
    activities = city(9)
    before = _ranks(activities)
    for one in activities:
        dear = replace(one, paid={category: 1000 * minor for category, minor in one.paid.items()})

        after = whole([dear if other is one else other for other in activities])

        assert after is not None
        assert abs(bisect_left(before, after.median) - len(before) // 2) <= 1


def _ranks(activities: list[Finished]) -> list[int]:
    groups = {one.group for one in activities}
    return sorted(
        math.floor(median(one.whole for one in activities if one.group == group))
        for group in groups
    )


def test_another_currency_gives_the_same_up_to_the_rate() -> None:
    activities = city(12)
    doubled = [
        replace(one, paid={category: 2 * minor for category, minor in one.paid.items()})
        for one in activities
    ]
    euros, others = whole(activities), whole(doubled)

    assert euros is not None
    assert others is not None
    assert abs(others.median - 2 * euros.median) <= 1
    assert costs.typical(doubled).unit == costs.typical(activities).unit  # type: ignore[union-attr]


@pytest.mark.parametrize(("count", "groups"), [(1, 1), (2, 2), (4, 4), (30, 2)])
def test_few_say_nothing(count: int, groups: int) -> None:
    few = [done(number, number % groups, venue=50_00) for number in range(count)]

    assert not costs.enough(few)
    assert whole(few) is None
    assert costs.typical(few) is None


def test_from_five_activities_of_three_groups_on_there_is_a_figure() -> None:
    amounts = [(1, 10_00), (1, 30_00), (1, 20_00), (2, 40_00), (3, 60_01)]

    assert costs.figure(amounts) == Figure(
        median=40_00, lower=30_00, upper=50_00, least=20_00, most=60_01
    )


def test_what_differs_more_than_threefold_varies_too_much() -> None:
    amounts = [(group, 10_00 * 4**group) for group in range(5)]
    found = costs.figure(amounts)

    assert found is not None
    assert found.varies


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (done(1, 1, venue=80_00), None),
        (done(1, 1, venue=80_00, closed_on=TODAY - costs.REST), None),
        (done(1, 1, venue=80_00, closed_on=TODAY - costs.REST + timedelta(1)), Apart.EARLY),
        (done(1, 1, venue=80_00, pending=True), Apart.PENDING),
        (done(1, 1), Apart.NOTHING),
        (done(1, 1, equipment=80_00), Apart.NOTHING),
        (done(1, 1, venue=100_00, unknown=20_00), None),
        (done(1, 1, venue=100_00, unknown=20_01), Apart.UNKNOWN),
        (done(1, 1, venue=100_00, unknown=30_00), Apart.UNKNOWN),
        (done(1, 1, venue=100_00, unknown=30_00, equipment=50_00), None),
    ],
)
def test_the_gate(one: Finished, why: Apart | None) -> None:
    assert costs.apart(one, TODAY) == why


def test_equipment_stands_apart_and_each_needs_somebody_who_came() -> None:
    one = done(1, 1, attendance=3, venue=10_00, equipment=500_00)

    assert (one.whole, one.equipment, one.each) == (10_00, 500_00, 3_33)
    assert done(1, 1, attendance=0, venue=10_00).each is None
    assert done(1, 1, attendance=None, venue=10_00).each is None


@pytest.mark.parametrize(
    ("attendance", "band"), [(1, 0), (30, 0), (31, 1), (100, 1), (300, 2), (301, 3), (None, None)]
)
def test_sizes(attendance: int | None, band: int | None) -> None:
    assert done(1, 1, attendance=attendance, venue=1).band == band


def test_the_typical_one_is_the_closest_to_all_others() -> None:
    activities = city(7, 3)

    def far(one: Finished) -> float:
        total = 0.0
        for other in activities:
            weight = sum(1 for third in activities if third.group == other.group)
            names = {*one.paid, *other.paid}
            total += sum(abs(one.paid.get(n, 0) - other.paid.get(n, 0)) for n in names) / weight
        return total

    found = costs.typical(activities)

    assert found is not None
    assert math.isclose(far(found), min(map(far, activities)))


def test_a_busy_group_does_not_make_the_typical_one() -> None:
    usual = [done(number, number, venue=90_00 + number) for number in range(5)]
    busy = [done(100 + number, 9, venue=900_00) for number in range(50)]

    found = costs.typical([*usual, *busy])

    assert found is not None
    assert found.group != 9


def test_a_summary_counts_who_had_what_and_never_sums_medians() -> None:
    with_room = [done(number, number, venue=60_00, food_drink=20_00) for number in range(5)]
    without = [
        done(10 + number, 10 + number, food_drink=50_00, equipment=9_00) for number in (0, 1)
    ]

    found = costs.summary([*with_room, *without])

    assert (found.activities, found.groups, found.enough) == (7, 7, True)
    assert found.whole is not None
    assert found.whole.median == 80_00
    venue, food = found.categories[Chart.VENUE], found.categories[Chart.FOOD_DRINK]
    assert (venue.had, food.had) == (5, 7)
    assert venue.figure is not None
    assert venue.figure.median == 60_00
    assert (found.equipment.had, found.equipment.figure) == (2, None)
    assert found.each is not None
    assert found.each.median == 2_00
    assert found.sizes == {}
    assert venue.voices == (60_00,) * 5
    assert found.by_group == dict.fromkeys(range(5), 80_00) | {10: 50_00, 11: 50_00}


def test_what_varies_too_much_is_split_by_size() -> None:
    small = [done(number, number, attendance=20, venue=10_00) for number in range(5)]
    large = [done(10 + number, 10 + number, attendance=200, venue=900_00) for number in range(5)]

    found = costs.summary([*small, *large, done(20, 20, attendance=None, venue=90_00)])

    assert found.whole is not None
    assert found.whole.varies
    assert {band: part.had for band, part in found.sizes.items()} == {0: 5, 2: 5}
    assert found.sizes[0].figure is not None
    assert found.sizes[0].figure.median == 10_00
    assert not found.sizes[0].figure.varies
