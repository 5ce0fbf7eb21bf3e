"""On which days banks of the euro area move money between each other.

The calendar of TARGET, "until further notice", as the European Central Bank decided on
14 December 2000: closed on weekends, New Year's Day, Good Friday, Easter Monday, 1 May, and 25 and
26 December.
"""

from __future__ import annotations

from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)
_FIXED = frozenset({(1, 1), (5, 1), (12, 25), (12, 26)})
_SATURDAY = 5


def is_banking_day(day: date) -> bool:
    """Whether banks move euros on this day."""
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return False
    sunday = easter(day.year)
    return day not in {sunday - 2 * _ONE_DAY, sunday + _ONE_DAY}


def banking_day_from(day: date) -> date:
    """Return this day, or the first after it, on which banks move euros."""
    while not is_banking_day(day):
        day += _ONE_DAY
    return day


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (Meeus, Jones, Butcher)."""
    century, of_century = divmod(year, 100)
    leaps, left = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - leaps - shift + 15) % 30
    weekday = (32 + 2 * left + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
