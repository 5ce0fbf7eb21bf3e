"""What moved for an activity, by the mark that its transactions carry, and what for none."""

from __future__ import annotations

from collections import defaultdict
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

# The sums by month have everything; what was for an activity is taken off again.
_FOR_NONE = """
    SELECT party, year, kind, category, currency, sum(minor) FROM (
        SELECT scope_id AS party, extract(year FROM month)::int AS year, kind, category, currency,
               incoming - outgoing AS minor
        FROM ledger_monthsum WHERE scope = 1 AND scope_id = ANY(%s)
        UNION ALL
        SELECT m.party_id, extract(year FROM m.effective_on)::int, m.kind, m.category, m.currency,
               -m.amount
        FROM ledger_transaction t JOIN ledger_movement m ON m.transaction_id = t.id
        JOIN ledger_position p ON p.transaction_id = t.id
        WHERE t.refs ? 'activity' AND t.refs->>'activity' = ANY(%s) AND m.party_id = ANY(%s)
    ) AS moved GROUP BY 1, 2, 3, 4, 5 HAVING sum(minor) <> 0
"""


@dataclass(frozen=True)
class Moved:
    """What came in (positive) or went out (negative) for an activity, in minor units.

    Category 0 means none, and so does activity 0. What came back counts against what went out.
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


def moved_for_none(
    parties: Collection[int], activities: Collection[int]
) -> dict[tuple[int, int], list[Moved]]:
    """Return what moved for parties in each calendar year, but for none of these activities."""
    found: dict[tuple[int, int], list[Moved]] = defaultdict(list)
    with connection.cursor() as cursor:
        marks = [str(one) for one in activities]
        cursor.execute(_FOR_NONE, [list(parties), marks, list(parties)])
        for party, year, kind, category, currency, minor in cursor.fetchall():
            found[party, year].append(Moved(0, Kind(kind), category, currency, int(minor)))
    return found
