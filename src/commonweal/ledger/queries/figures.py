"""What each group of a place moved and what cancels out between them, read at one instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from commonweal.ledger.models import Sequencer

# Everything comes from one statement and so from one instant: how far the sequencer had come, each
# group's sums (from the movements of its pots here, where it has others elsewhere), the place's own
# sums, and as elimination the difference between the two.
_FIGURES = """
WITH here AS (
    SELECT id, party_id FROM ledger_account
    WHERE purpose = 1 AND (place_id = %(place)s OR district_id = %(place)s)
), split AS (
    SELECT DISTINCT a.party_id FROM ledger_account a
    WHERE a.purpose = 1 AND a.party_id IN (SELECT party_id FROM here)
      AND a.id NOT IN (SELECT id FROM here)
), parts AS (
    SELECT scope_id AS party_id, month, kind, category, currency, incoming, outgoing
    FROM ledger_monthsum
    WHERE scope = 1 AND scope_id IN (SELECT party_id FROM here EXCEPT SELECT party_id FROM split)
    UNION ALL
    SELECT m.party_id, date_trunc('month', m.effective_on)::date, m.kind, m.category, m.currency,
           coalesce(sum(m.amount) FILTER (WHERE m.amount > 0), 0),
           coalesce(-sum(m.amount) FILTER (WHERE m.amount < 0), 0)
    FROM ledger_movement m JOIN ledger_position p ON p.transaction_id = m.transaction_id
    WHERE m.party_id IN (SELECT party_id FROM split) AND m.account_id IN (SELECT id FROM here)
    GROUP BY 1, 2, 3, 4, 5
), whole AS (
    SELECT month, kind, category, currency, incoming, outgoing FROM ledger_monthsum
    WHERE scope = 3 AND scope_id = %(place)s
), cancelled AS (
    SELECT month, kind, category, currency, -sum(incoming) AS incoming, -sum(outgoing) AS outgoing
    FROM (SELECT month, kind, category, currency, incoming, outgoing FROM parts UNION ALL
          SELECT month, kind, category, currency, -incoming, -outgoing FROM whole) AS both_ways
    GROUP BY 1, 2, 3, 4
)
SELECT s.next_position, found.* FROM ledger_sequencer s CROSS JOIN (
    SELECT 1 AS part, party_id, month, kind, category, currency, incoming, outgoing FROM parts
    UNION ALL
    SELECT 2, NULL, c.* FROM cancelled c WHERE incoming <> 0 OR outgoing <> 0
    UNION ALL
    SELECT 3, NULL, w.* FROM whole w
) AS found ORDER BY part, party_id, month, kind, category, currency
"""
_BATCH = 500
GROUP, CANCELLED, WHOLE = 1, 2, 3


@dataclass(frozen=True)
class Figure:
    """A month of a group, of what cancels out between groups, or of the whole place."""

    position: int
    part: int
    party: int | None
    month: date
    kind: int
    category: int
    currency: str
    incoming: int
    outgoing: int


def figures(place: int) -> Iterator[Figure]:
    """Yield a place's figures as they are in the database, however many: groups first."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_FIGURES, {"place": place})
        while rows := cursor.fetchmany(_BATCH):
            for row in rows:
                yield Figure(*row[:-2], *map(int, row[-2:]))


def figures_query(place: int) -> str:
    """Return the statement behind a place's figures, for whoever has the database."""
    return (_FIGURES % {"place": place}).strip()


def position() -> int:
    """Return how many transactions are in order: all sums count up to there."""
    return Sequencer.objects.get().next_position
