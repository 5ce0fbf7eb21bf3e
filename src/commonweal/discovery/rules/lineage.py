"""Pure rules about what one group learns from another."""

from __future__ import annotations

from datetime import date

_MONTHS = 12


def first_of_twelve_months(last: date) -> date:
    """Return the first day of the twelve months that end with the month of a day."""
    month = last.year * _MONTHS + last.month - _MONTHS
    return date(month // _MONTHS, month % _MONTHS + 1, 1)


def first_year(opened: date) -> tuple[date, date]:
    """Return the first day of the twelve months from that of opening, and of the month after."""
    first = opened.replace(day=1)
    return first, first.replace(year=first.year + 1)
