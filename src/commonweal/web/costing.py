"""What one activity cost: by category, in all, and for each person who came."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.collectives.models import Activity
from commonweal.foundation.money import Money
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Chart, Kind


@dataclass(frozen=True)
class Cost:
    """What was paid, largest first; `whole` is None where nothing was, `each` where none came."""

    rows: tuple[tuple[str, Money], ...]
    whole: Money | None
    each: Money | None


def cost_of(activity: Activity) -> Cost:
    """Return what was paid for an activity."""
    currency = activity.organizer.currency
    rows = [
        (str(Chart(row.category).label), Money(-row.minor, row.currency))
        for row in ledger.moved_for([activity.pk])
        if row.kind == Kind.EXPENSE and row.currency == currency and row.category
    ]
    rows.sort(key=lambda row: -row[1].minor)
    whole = sum((amount for _, amount in rows), Money(0, currency))
    came = activity.attendance
    each = Money(whole.minor // came, currency) if came else None
    return Cost(tuple(rows), whole if rows else None, each)
