"""What a thing costs, from many finished activities.

A number that only looks precise is worse than none, so there is none from fewer than five
activities of three groups, and none where it varies too much. `docs/concepts/costs.md` says the
same in words for people, and `documents/recompute_costs.py` computes the figures anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import accumulate
from math import lcm
from random import Random
from statistics import quantiles

from commonweal.collectives.rules import Given

REST = timedelta(days=60)
_LEAST_KNOWN = 80  # percent of the amount, categorised by a human
_LEAST_ACTIVITIES = 5
_LEAST_GROUPS = 3
_WIDEST = 3
_DRAWS = 1000
_TAIL = _DRAWS // 20  # a twentieth on each side leaves 90 %
# The most people who came, for each size but the last.
BANDS = (30, 100, 300)


class Apart(StrEnum):
    """Why an activity does not count."""

    PENDING = "pending"  # an expense is not paid or refused yet
    EARLY = "early"  # closed less than sixty days ago
    NOTHING = "nothing"  # nothing was paid, and unknown is not zero
    UNKNOWN = "unknown"  # more than a fifth of the amount has no category
    NO_RATE = "no_rate"  # it is in another currency, and nobody knows what that was worth then


@dataclass(frozen=True)
class Finished:
    """A closed activity of a group, or a year of one, and what was paid for it by category.

    Amounts are minor units.
    What came back counts against what was paid, and what was passed on to other groups is not in
    it. `unknown` is the part of `paid` that no human put in a category. Apart from `paid` stand
    `equipment`, for that stays, and `overhead`, what hosts and payment services kept.
    `attendance` is None where nobody counted. Of categories for which nothing was paid, `given`
    has what came in kind, and `not_needed` those it did without; all others are unknown.
    """

    unit: int
    group: int
    attendance: int | None
    closed_on: date
    pending: bool
    paid: Mapping[int, int] = field(hash=False)
    unknown: int = 0
    equipment: int = 0
    overhead: int = 0
    given: Mapping[int, tuple[Given, ...]] = field(default_factory=dict, hash=False)
    not_needed: frozenset[int] = frozenset()

    @property
    def whole(self) -> int:
        """What it cost."""
        return sum(self.paid.values())

    @property
    def each(self) -> int | None:
        """What it cost for each who came, rounded down; None where nobody came or counted."""
        return self.whole // self.attendance if self.attendance else None

    @property
    def band(self) -> int | None:
        """Its size: the place in `BANDS` of the first that is large enough."""
        if not self.attendance:
            return None
        return sum(1 for most in BANDS if self.attendance > most)


@dataclass(frozen=True)
class Figure:
    """The middle of what groups paid, where half of them are, and how sure that is.

    `least` and `most` are the ends of a bootstrap interval of 90 % for the median. All are minor
    units.
    """

    median: int
    lower: int
    upper: int
    least: int
    most: int

    @property
    def varies(self) -> bool:
        """Whether the ends are so far apart that the median says nothing."""
        return self.most > _WIDEST * self.least


@dataclass(frozen=True)
class Part:
    """How many activities paid for something, and what those groups paid who did.

    `voices` are the medians of those groups, smallest first.
    """

    had: int
    figure: Figure | None
    voices: tuple[int, ...]


@dataclass(frozen=True)
class Unpaid:
    """How activities did without paying for something, and all that they were given.

    Of `unknown` activities nobody said anything, and that is not nothing.
    """

    in_kind: int
    given: tuple[Given, ...]
    not_needed: int
    unknown: int


@dataclass(frozen=True)
class Summary:
    """What activities of a kind cost: as a whole, for each who came, and by category.

    Parts are never summed: who rents no room pays more for cake. `sizes` is there where the whole
    varies too much: for each band that has activities, how many and what they cost. `by_group`
    holds the median of each group. `unpaid` says of each category how the others did without it.
    """

    activities: int
    groups: int
    enough: bool
    whole: Figure | None
    each: Figure | None
    categories: Mapping[int, Part]
    unpaid: Mapping[int, Unpaid]
    equipment: Part
    overhead: Part
    sizes: Mapping[int, Part]
    typical: Finished | None
    by_group: Mapping[int, int]


def apart(one: Finished, today: date) -> Apart | None:
    """Return why an activity does not count yet, or None where it does."""
    if one.pending:
        return Apart.PENDING
    if one.closed_on + REST > today:
        return Apart.EARLY
    if one.whole <= 0:
        return Apart.NOTHING
    paid = one.whole + one.equipment
    is_known = (paid - one.unknown) * 100 >= _LEAST_KNOWN * paid
    return None if is_known else Apart.UNKNOWN


def counts_from(one: Finished) -> date | None:
    """Return the day from which an activity counts; None where something must change first."""
    counted_from = one.closed_on + REST
    return None if apart(one, counted_from) else counted_from


def exchanged(one: Finished, worth: Callable[[int], int]) -> Finished:
    """Return an activity in another currency: each amount by itself is worth so much in it."""
    return replace(
        one,
        paid={category: minor for category, own in one.paid.items() if (minor := worth(own))},
        unknown=worth(one.unknown),
        equipment=worth(one.equipment),
        overhead=worth(one.overhead),
    )


def enough(activities: Collection[Finished]) -> bool:
    """Whether there are so many, of so many groups, that a figure may be told."""
    groups = {one.group for one in activities}
    return len(activities) >= _LEAST_ACTIVITIES and len(groups) >= _LEAST_GROUPS


def voices(amounts: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the one voice with which each group speaks: the median of what it once paid."""
    by_group = defaultdict(list)
    for group, minor in amounts:
        by_group[group].append(minor)
    return {group: middle(sorted(own)) for group, own in by_group.items()}


def figure(amounts: Collection[tuple[int, int]]) -> Figure | None:
    """Return the figure of pairs of a group and what it once paid; None if they are too few."""
    heard = sorted(voices(amounts).values())
    if len(amounts) < _LEAST_ACTIVITIES or len(heard) < _LEAST_GROUPS:
        return None
    lower, _, upper = quantiles(heard, n=4, method="inclusive")
    least, most = _interval(heard)
    return Figure(middle(heard), int(lower), int(upper), least, most)


def typical(activities: Sequence[Finished]) -> Finished | None:
    """Return the activity closest to all others (the medoid), or None if they are too few.

    How far two are apart is the sum over categories of how much more one of them paid. Each group
    weighs the same, however much it does; the first of equals is taken.
    """
    if not enough(activities):
        return None
    counts: dict[int, int] = defaultdict(int)
    for one in activities:
        counts[one.group] += 1
    whole = lcm(*counts.values())
    weights = [whole // counts[one.group] for one in activities]
    far = [0] * len(activities)
    for category in set().union(*(one.paid for one in activities)):
        paid = [one.paid.get(category, 0) for one in activities]
        for place, distance in enumerate(_distances(paid, weights)):
            far[place] += distance
    return activities[far.index(min(far))]


def summary(activities: Sequence[Finished]) -> Summary:
    """Return what can be said of activities that count."""
    wholes = [(one.group, one.whole) for one in activities]
    whole = figure(wholes)
    told = activities if enough(activities) else []
    categories = {had for one in told for had in (*one.paid, *one.given, *one.not_needed)}
    varied = activities if whole and whole.varies else []
    bands = {one.band for one in varied if one.band is not None}
    return Summary(
        activities=len(activities),
        groups=len({one.group for one in activities}),
        enough=bool(told),
        whole=whole,
        each=figure([(one.group, one.each) for one in activities if one.each is not None]),
        categories={
            category: _part((one.group, one.paid.get(category, 0)) for one in told)
            for category in sorted(categories)
        },
        unpaid={category: _unpaid(category, told) for category in sorted(categories)},
        equipment=_part((one.group, one.equipment) for one in told),
        overhead=_part((one.group, one.overhead) for one in told),
        sizes={
            band: _part((one.group, one.whole) for one in activities if one.band == band)
            for band in sorted(bands)
        },
        typical=typical(activities),
        by_group=voices(wholes),
    )


def middle(ordered: Sequence[int]) -> int:
    """Return the median, rounded down, of what is in order."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2


def _part(amounts: Iterable[tuple[int, int]]) -> Part:
    """Return what those paid who paid for something at all."""
    paid = [(group, minor) for group, minor in amounts if minor > 0]
    return Part(len(paid), figure(paid), tuple(sorted(voices(paid).values())))


def _unpaid(category: int, activities: Sequence[Finished]) -> Unpaid:
    """Return how those did without it that paid nothing for it."""
    given = [one.given[category] for one in activities if category in one.given]
    paid = sum(one.paid.get(category, 0) > 0 for one in activities)
    not_needed = sum(category in one.not_needed for one in activities)
    return Unpaid(
        in_kind=len(given),
        given=tuple(each for all_of_it in given for each in all_of_it),
        not_needed=not_needed,
        unknown=len(activities) - paid - len(given) - not_needed,
    )


def _interval(voices: Sequence[int]) -> tuple[int, int]:
    """Return where 90 % of the medians lie that other groups like these would have given.

    The percentile bootstrap (Efron 1979) over groups, with a seed from the amounts, so that
    everybody finds the same.
    """
    count = len(voices)
    seed = sha256(",".join(map(str, voices)).encode()).digest()
    draw = Random(seed).random  # noqa: S311 - a sample, not a secret
    medians = sorted(
        middle(sorted(voices[int(draw() * count)] for _ in voices)) for _ in range(_DRAWS)
    )
    return medians[_TAIL], medians[-_TAIL - 1]


def _distances(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Return for each value how far all others are, each as heavy as it weighs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    heavy = [0, *accumulate(weights[at] for at in order)]
    moved = [0, *accumulate(weights[at] * values[at] for at in order)]
    found = [0] * len(values)
    for rank, at in enumerate(order):
        below = values[at] * heavy[rank] - moved[rank]
        above = moved[-1] - moved[rank] - values[at] * (heavy[-1] - heavy[rank])
        found[at] = below + above
    return found
