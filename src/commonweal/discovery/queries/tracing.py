"""What a gift paid for, and which gifts are behind a purchase."""

from __future__ import annotations

from django.db import connection

# Each line that was followed is the sum of its parts and of what stands open; nothing else is kept.
_UNTRACED = """
WITH told AS (
    SELECT account_id, seq, sum(amount) AS amount FROM (
        SELECT account_id, lot AS seq, amount FROM discovery_tracedpart
        UNION ALL SELECT account_id, use, -amount FROM discovery_tracedpart
        UNION ALL SELECT account_id, seq, amount FROM discovery_tracedrest
    ) AS each GROUP BY 1, 2
), line AS (
    SELECT e.account_id, coalesce(o.seq, e.seq) AS seq, sum(e.amount) AS amount
    FROM discovery_tracedpot p
    JOIN ledger_entry e ON e.account_id = p.account_id AND e.seq <= p.seq
    JOIN ledger_transaction t ON t.id = e.transaction_id
    LEFT JOIN ledger_entry o ON o.transaction_id = t.reverses AND o.account_id = e.account_id
    GROUP BY 1, 2
)
SELECT account_id, seq, line.amount, told.amount
FROM line FULL JOIN told USING (account_id, seq)
WHERE coalesce(line.amount, 0) <> coalesce(told.amount, 0)
ORDER BY 1, 2 LIMIT %s
"""


def untraced(*, most: int = 5) -> list[str]:
    """Return lines of pots of which not every cent is explained; none where all is right."""
    with connection.cursor() as cursor:
        cursor.execute(_UNTRACED, [most])
        return [
            f"Line {seq} of pot {account} moved {moved}, but {told} of it is explained."
            for account, seq, moved, told in cursor.fetchall()
        ]
