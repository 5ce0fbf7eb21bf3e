"""On which day something is filed again."""

from __future__ import annotations

import calendar
from datetime import date

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def day_of(first: date, every: str, times: int) -> date:
    """Return the day of the nth time: the same of the month, or its last where it has no such."""
    months = first.year * 12 + first.month - 1 + times * _MONTHS[every]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def next_day(first: date, every: str, after: date) -> date:
    """Return the first of these days that comes after a day."""
    times = 1
    while (found := day_of(first, every, times)) <= after:
        times += 1
    return found
