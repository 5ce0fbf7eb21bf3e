"""What was given for one activity, and what it cost: by category, and for each who came."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.collectives.models import Activity
from commonweal.foundation.money import Money
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import FIRST_OUTGOING, Chart, Kind

_GIVEN = {Kind.CONTRIBUTION, Kind.REFUND, Kind.COVER}


@dataclass(frozen=True)
class Cost:
    """What was paid, largest first; `whole` is None where nothing was, `each` where none came.

    `given` is what was given for it, None where nothing was.
    """

    rows: tuple[tuple[str, Money], ...]
    whole: Money | None
    each: Money | None
    given: Money | None


def cost_of(activity: Activity) -> Cost:
    """Return what was given and paid for an activity."""
    currency = activity.organizer.currency
    moved = [row for row in ledger.moved_for([activity.pk]) if row.currency == currency]
    given = sum(row.minor for row in moved if row.kind in _GIVEN and row.category < FIRST_OUTGOING)
    rows = [
        (str(Chart(row.category).label), Money(-row.minor, row.currency))
        for row in moved
        if row.kind == Kind.EXPENSE and row.category
    ]
    rows.sort(key=lambda row: -row[1].minor)
    whole = sum((amount for _, amount in rows), Money(0, currency))
    came = activity.attendance
    return Cost(
        rows=tuple(rows),
        whole=whole if rows else None,
        each=Money(whole.minor // came, currency) if came else None,
        given=Money(given, currency) if given > 0 else None,
    )
