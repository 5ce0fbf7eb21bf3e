"""Charts as numbers for templates: positions in per cent, so that nothing scales below reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonweal.foundation.money import Money
from commonweal.web import formats

# Pixels above the tallest bar, and between the tallest and the deepest end.
_TOP, _PLOT = 28, 300
# Per cent on the left that amounts beside the lines need.
_MARGIN = 9
_STEPS = (1, 2, 5)
_LINES = 3


@dataclass(frozen=True)
class Month:
    """What came in and went out in one month; both are above or equal to zero."""

    first: date
    raised: Money
    spent: Money


@dataclass(frozen=True)
class Bar:
    """One month as drawn: left edge and width in per cent, heights in pixels."""

    month: Month
    left: float
    middle: float
    width: float
    up: tuple[float, float]
    down: tuple[float, float]
    balance: Money | None = None


@dataclass(frozen=True)
class Grid:
    """A line across, with its amount just above."""

    y: float
    text_y: float
    amount: Money


@dataclass(frozen=True)
class MonthsChart:
    """Twelve months (or any number) of money in above zero and money out below it."""

    bars: tuple[Bar, ...]
    grid: tuple[Grid, ...]
    zero: float
    peak: Bar
    raised: Money
    spent: Money


def months(series: Sequence[Month], *, balance: Money | None = None) -> MonthsChart | None:
    """Draw months; None where nothing moved. `balance` is the pot after the last of them."""
    raised = sum((month.raised.minor for month in series), 0)
    spent = sum((month.spent.minor for month in series), 0)
    if not raised and not spent:
        return None
    highest = max(month.raised.minor for month in series)
    lowest = max(month.spent.minor for month in series)
    scale = _PLOT / (highest + lowest)
    zero = _TOP + highest * scale
    ends = _balances(series, balance)
    bars = tuple(
        _bar(month, index, len(series), zero=zero, scale=scale, balance=ends[index])
        for index, month in enumerate(series)
    )
    currency = series[0].raised.currency
    return MonthsChart(
        bars=bars,
        grid=_grid(highest, lowest, zero=zero, scale=scale, currency=currency),
        zero=round(zero, 1),
        peak=max(bars, key=lambda bar: bar.month.raised.minor),
        raised=Money(raised, currency),
        spent=Money(spent, currency),
    )


def _balances(series: Sequence[Month], last: Money | None) -> list[Money | None]:
    if last is None:
        return [None] * len(series)
    ends: list[Money | None] = []
    left = last
    for month in reversed(series):
        ends.append(left)
        left = left - month.raised + month.spent
    return ends[::-1]


def _bar(
    month: Month, index: int, number: int, *, zero: float, scale: float, balance: Money | None
) -> Bar:
    slot = (100 - _MARGIN) / number
    left, width = _MARGIN + index * slot + slot * 0.16, slot * 0.68
    up, down = month.raised.minor * scale, month.spent.minor * scale
    return Bar(
        month=month,
        left=round(left, 2),
        middle=round(left + width / 2, 2),
        width=round(width, 2),
        up=(round(zero - up, 1), round(up, 1)),
        down=(round(zero + 1, 1), round(down, 1)),
        balance=balance,
    )


def _grid(
    highest: int, lowest: int, *, zero: float, scale: float, currency: str
) -> tuple[Grid, ...]:
    step = nice_step(max(highest, lowest))
    lines = [
        _grid_line(zero - sign * level * scale, Money(sign * level, currency))
        for sign, top in ((1, highest), (-1, lowest))
        for level in range(step, int(top * 0.94) + 1, step)
    ]
    return tuple(lines)


def _grid_line(y: float, amount: Money) -> Grid:
    return Grid(round(y, 1), round(y - 5, 1), amount)


def nice_step(largest: int) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50, … that fits at most three times."""
    size = 1
    while True:
        for step in _STEPS:
            if largest / (step * size) <= _LINES:
                return step * size
        size *= 10


@dataclass(frozen=True)
class Share:
    """A part of a whole as a bar beside its amount."""

    name: str
    amount: Money
    whole: int


def shares(parts: Sequence[tuple[str, Money]], *, whole: int = 0) -> list[Share]:
    """Return parts from the largest to the smallest; `whole` is what a full bar stands for."""
    largest_first = sorted(parts, key=lambda part: -part[1].minor)
    full = whole or sum(part.minor for _name, part in parts)
    return [Share(name, part, full) for name, part in largest_first if part.minor > 0]


@dataclass(frozen=True)
class Segment:
    """A piece of a bar that shows a whole: where it starts and how wide it is, in per cent."""

    name: str
    amount: Money
    left: float
    width: float
    percentage: str
    colour: int
    light: bool


def segments(parts: Sequence[tuple[str, Money, int]]) -> list[Segment]:
    """Lay parts (name, amount, colour class) side by side as one bar of 100 per cent."""
    whole = sum(part.minor for _name, part, _colour in parts)
    drawn: list[Segment] = []
    left = 0.0
    for name, part, colour in parts:
        width = 100 * part.minor / whole if whole else 0
        drawn.append(
            Segment(
                name,
                part,
                round(left, 2),
                round(width, 2),
                formats.share(part.minor, whole),
                colour,
                light=colour in {1, 5, 6},
            )
        )
        left += width
    return drawn


@dataclass(frozen=True)
class Column:
    """The balance at the end of one month, as a column on the zero line."""

    first: date
    balance: Money
    left: float
    middle: float
    width: float
    top: float
    height: float


def columns(series: Sequence[tuple[date, Money]], *, height: int = 64) -> list[Column]:
    """Draw balances month by month; a balance below zero has no column."""
    highest = max((balance.minor for _first, balance in series), default=0)
    slot = 100 / len(series) if series else 0
    drawn = []
    for index, (first, balance) in enumerate(series):
        tall = height * max(balance.minor, 0) / highest if highest > 0 else 0
        left, width = index * slot + slot * 0.05, slot * 0.9
        drawn.append(
            Column(
                first,
                balance,
                round(left, 2),
                round(left + width / 2, 2),
                round(width, 2),
                round(12 + height - tall, 1),
                round(tall, 1),
            )
        )
    return drawn


@dataclass(frozen=True)
class Strip:
    """Amounts as rings on a line, their middle half as a box and the median as a thick line.

    All positions are in per cent of the width; there is no box where no figure may be told.
    """

    rings: tuple[float, ...]
    box: tuple[float, float] | None
    median: float | None


@dataclass(frozen=True)
class Mark:
    """An amount on the axis above strips, and how far from the left it stands, in per cent."""

    left: float
    amount: Money


_STRIP_LEFT, _STRIP_WIDTH = 2.0, 94.0


def strip(amounts: Sequence[int], middle: tuple[int, int, int] | None, *, whole: int) -> Strip:
    """Draw amounts, and quartile, median and quartile, on a line that ends at `whole`."""
    rings = tuple(_along(one, whole) for one in amounts)
    if middle is None:
        return Strip(rings, None, None)
    lower, median, upper = (_along(one, whole) for one in middle)
    return Strip(rings, (lower, round(upper - lower, 2)), median)


def marks(whole: int, currency: str) -> list[Mark]:
    """Return zero and a few round amounts along a line that ends at `whole` minor units."""
    step = nice_step(whole)
    levels = range(0, int(whole * 0.94) + 1, step)
    return [Mark(_along(level, whole), Money(level, currency)) for level in levels]


def _along(minor: int, whole: int) -> float:
    """Return how far from the left an amount stands; what is beyond the end stands at the end."""
    return round(_STRIP_LEFT + _STRIP_WIDTH * min(minor, whole) / whole, 2)
