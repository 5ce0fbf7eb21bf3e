"""Pure rules about what one group learns from another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

_MONTHS = 12


def first_of_twelve_months(last: date) -> date:
    """Return the first day of the twelve months that end with the month of a day."""
    month = last.year * _MONTHS + last.month - _MONTHS
    return date(month // _MONTHS, month % _MONTHS + 1, 1)


@dataclass(frozen=True)
class Price:
    """What a year is to cost under a category, in minor units, and where that comes from.

    It is `times` the `median` of what `groups` groups paid each time, and what the source paid
    `besides`; or, with no groups, what the source itself paid.
    """

    category: int
    minor: int
    median: int = 0
    times: int = 0
    groups: int = 0
    besides: int = 0


def proposed(
    own: Mapping[int, int],
    doings: Collection[Mapping[int, int]],
    middles: Mapping[int, tuple[int, int]],
) -> list[Price]:
    """Return a year's costs for a group like another one, with the prices that many groups paid.

    `own` is what the other one spent in a year by category, `doings` what each thing that it did
    cost. `middles` are medians with the number of groups behind them: only those that may be told.
    What it spent outside of what it did is not theirs to say, and stays as it was.
    """
    prices = []
    for category, spent in own.items():
        paid = [one[category] for one in doings if one.get(category, 0) > 0]
        if not paid or category not in middles:
            prices.append(Price(category, spent))
            continue
        median, groups = middles[category]
        besides = max(0, spent - sum(paid))
        minor = median * len(paid) + besides
        prices.append(Price(category, minor, median, len(paid), groups, besides))
    return prices


def first_year(opened: date) -> tuple[date, date]:
    """Return the first day of the twelve months from that of opening, and of the month after."""
    first = opened.replace(day=1)
    return first, first.replace(year=first.year + 1)
