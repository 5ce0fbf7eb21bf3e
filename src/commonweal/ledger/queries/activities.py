"""What moved for an activity, by the mark that its transactions carry."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from commonweal.ledger.models import Kind

_MOVED = """
    SELECT t.refs->>'activity', m.kind, m.category, m.currency, sum(m.amount)
    FROM ledger_transaction t JOIN ledger_movement m ON m.transaction_id = t.id
    WHERE t.refs ? 'activity' AND t.refs->>'activity' = ANY(%s)
    GROUP BY 1, 2, 3, 4 HAVING sum(m.amount) <> 0
"""


@dataclass(frozen=True)
class Moved:
    """What came in (positive) or went out (negative) for an activity, in minor units.

    Category 0 means none. What came back counts against what went out.
    """

    activity: int
    kind: Kind
    category: int
    currency: str
    minor: int


def moved_for(activities: Collection[int]) -> list[Moved]:
    """Return what moved for some activities, all in one query; each pot of a group counts."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [[str(one) for one in activities]])
        return [
            Moved(int(one), Kind(kind), category, currency, int(minor))
            for one, kind, category, currency, minor in cursor.fetchall()
        ]
