"""Transactions as the books have them, in the log's order: what leaves are made of and held to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from commonweal.transparency.rules import leaves

_RECORDS = """
SELECT t.key, t.kind, t.at, t.effective_on, t.host_id, c.slug, r.key, t.refs, e.*, f.*
FROM ledger_position p
JOIN ledger_transaction t ON t.id = p.transaction_id
LEFT JOIN ledger_category c ON c.id = t.category_id
LEFT JOIN ledger_transaction r ON r.id = t.reverses
CROSS JOIN LATERAL (
    SELECT array_agg(a.public_id ORDER BY e.n), array_agg(e.kind ORDER BY e.n),
           array_agg(e.amount ORDER BY e.n), array_agg(e.seq ORDER BY e.n),
           array_agg(e.balance_after ORDER BY e.n)
    FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
    WHERE e.transaction_id = t.id
) AS e
CROSS JOIN LATERAL (
    SELECT array_agg(f.field), array_agg(f.salt), array_agg(f.value)
    FROM ledger_privatefact f WHERE f.transaction_id = t.id
) AS f
WHERE p.position >= %s AND p.position < %s ORDER BY p.position
"""


@dataclass(frozen=True)
class Written:
    """A transaction, with a commitment for each private fact that was not erased.

    `facts` are those facts by field: salt and value, which pages may show.
    """

    record: leaves.Record
    facts: dict[str, tuple[bytes, str]]


def written(start: int, end: int) -> list[Written]:
    """Return the transactions at positions `start` to `end` (excluded), in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, [start, end])
        return [_written(row) for row in cursor.fetchall()]


def _written(row: Sequence[Any]) -> Written:
    key, kind, at, effective_on, host, category, reverses, refs, *columns = row
    entries, (fields, salts, values) = columns[:5], columns[5:]
    facts = {
        field: (bytes(salt), value)
        for field, salt, value in zip(fields or [], salts or [], values or [], strict=True)
    }
    record = leaves.Record(
        key=key, kind=kind, at=at, effective_on=effective_on, host=host, category=category or "",
        reverses=reverses, refs=json.loads(refs),
        lines=[leaves.Line(*one) for one in zip(*entries, strict=True)],
        commitments={
            field: leaves.commitment(field, salt, value) for field, (salt, value) in facts.items()
        },
    )  # fmt: skip
    return Written(record=record, facts=facts)
