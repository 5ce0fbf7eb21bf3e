"""Pure rules of giving again: due days, the periods they are for, when to try again, when to rest.

A due day is a day, not a moment, so no change of clocks moves it. Days are those of `clock.today`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from commonweal.foundation.errors import Refused

# After the first no of a card or bank: three days, a week and two weeks later. Then it rests.
_WAITS = (3, 4, 7)
# So long after its due day the money of a standing order may still be on its way.
GRACE = {"month": timedelta(days=10), "year": timedelta(days=30)}
# After so many periods without money a standing order is quiet.
_PATIENCE = {"month": 2, "year": 1}
# Two payments of one promise closer than this, in days, are likely one that was told twice.
TOO_SOON = {"month": 12, "year": 180}
_MONTHS, _LAST_DAY = 12, 31


class NotADay(Refused):
    """A month has the days 1 to 31. Choose one of them."""

    status = 422


def period_of(day: date, interval: str) -> str:
    """Return the name of the month or year that a due day is for, such as 2026-11 or 2026."""
    return f"{day:%Y-%m}" if interval == "month" else f"{day:%Y}"


def due_in(period: str, anchor: date) -> date:
    """Return the due day of a period: as the anchor, or the last day where the month is shorter."""
    year, _, month = period.partition("-")
    return _on(int(year), int(month or anchor.month), anchor.day)


def first_due(anchor: date, interval: str, *, since: date) -> date:
    """Return the first due day that is not before a day."""
    due = due_in(period_of(since, interval), anchor)
    return due if due >= since else due_in(_following(period_of(since, interval)), anchor)


def next_due(
    anchor: date, interval: str, *, after: date, taken: Collection[str] = frozenset()
) -> date:
    """Return the first due day after a day whose period has no charge yet."""
    due = first_due(anchor, interval, since=after + timedelta(days=1))
    while period_of(due, interval) in taken:
        due = due_in(_following(period_of(due, interval)), anchor)
    return due


def nearest_open(
    anchor: date, interval: str, *, on: date, since: date, taken: Collection[str]
) -> str:
    """Return the period that money which came on a day is for, or "" where it is one more.

    It is the one whose due day lies nearest and that has no money, of the last, this and the next;
    of two as near, the earlier. What was due before the promise was made, on `since`, is not.
    """
    this = period_of(on, interval)
    around = [_before(this), this, _following(this)]
    free = [one for one in around if one not in taken and due_in(one, anchor) >= since]
    return min(free, key=lambda one: abs((due_in(one, anchor) - on).days), default="")


def moved(anchor: date, interval: str, *, day: int) -> date:
    """Return the anchor for another day of the month; raises `NotADay`."""
    if not 1 <= day <= _LAST_DAY:
        raise NotADay
    # Each month follows the day alone, so the anchor lies in one that has all days.
    return _on(anchor.year, 1 if interval == "month" else anchor.month, day)


def again_on(attempt: int, failed_on: date) -> date | None:
    """Return when a charge that failed for the n-th time is tried again; None: it rests."""
    return failed_on + timedelta(days=_WAITS[attempt - 1]) if attempt <= len(_WAITS) else None


def is_missed(due: date, interval: str, *, on: date) -> bool:
    """Whether the money of a standing order should have come by a day."""
    return on > due + GRACE[interval]


def is_quiet(missed: int, interval: str) -> bool:
    """Whether so many periods without money are enough to call a standing order quiet."""
    return missed >= _PATIENCE[interval]


def is_another(interval: str, *, last: date, on: date) -> bool:
    """Whether money that came on a day is another payment than the one of `last`."""
    return (on - last).days > TOO_SOON[interval]


def _following(period: str) -> str:
    year, _, month = period.partition("-")
    if not month:
        return f"{int(year) + 1:04d}"
    count = int(year) * _MONTHS + int(month)
    return f"{count // _MONTHS:04d}-{count % _MONTHS + 1:02d}"


def _before(period: str) -> str:
    year, _, month = period.partition("-")
    if not month:
        return f"{int(year) - 1:04d}"
    count = int(year) * _MONTHS + int(month) - 2
    return f"{count // _MONTHS:04d}-{count % _MONTHS + 1:02d}"


def _on(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
