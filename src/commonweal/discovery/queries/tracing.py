"""What a gift paid for, and which gifts are behind a purchase: see `rules/tracing.py`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import connection

from commonweal.foundation.money import Money
from commonweal.ledger.models import Kind
from commonweal.people.models import Party

MOST = 12

# The lot of a transaction: what is left of it after what took it back, of its fees too, and what
# that was. Kinds 2, 3 and 4 are fees, purpose 1 is a pot.
_LOT = """
WITH lot AS (
    SELECT t.id, e.account_id, e.seq, e.currency, a.party_id FROM ledger_transaction t
    JOIN ledger_entry e ON e.transaction_id = t.id AND e.amount > 0
    JOIN ledger_account a ON a.id = e.account_id AND a.purpose = 1
    WHERE t.key = %s ORDER BY e.n LIMIT 1
)
SELECT lot.account_id, lot.seq, lot.currency, lot.party_id,
       coalesce(sum(e.amount) FILTER (WHERE e.account_id = lot.account_id), 0),
       coalesce(sum(e.amount) FILTER (WHERE e.kind IN (2, 3, 4) AND e.currency = lot.currency), 0),
       coalesce(-sum(e.amount) FILTER (WHERE t.reverses IS NOT NULL
           AND e.currency = lot.currency
           AND (e.account_id = lot.account_id OR e.kind IN (2, 3, 4))), 0)
FROM lot JOIN ledger_transaction t ON t.id = lot.id OR t.reverses = lot.id
JOIN ledger_entry e ON e.transaction_id = t.id GROUP BY 1, 2, 3, 4
"""
_USES = """
SELECT t.key, t.kind, t.category_id, t.effective_on, coalesce(t.refs->>'expense', ''),
       coalesce(d.value, ''), p.amount, o.party_id,
       count(*) OVER (), (sum(p.amount) OVER ())::bigint
FROM discovery_tracedpart p
JOIN ledger_entry u ON u.account_id = p.account_id AND u.seq = p.use
JOIN ledger_transaction t ON t.id = u.transaction_id
LEFT JOIN ledger_privatefact d ON d.transaction_id = t.id AND d.field = 'description'
LEFT JOIN LATERAL (
    SELECT a.party_id FROM ledger_entry e
    JOIN ledger_account a ON a.id = e.account_id AND a.purpose = 1
    WHERE e.transaction_id = t.id AND e.account_id <> p.account_id LIMIT 1
) o ON true
WHERE p.account_id = %s AND p.lot = %s
ORDER BY p.amount DESC, p.use LIMIT %s
"""

# Who is behind some uses. A name is one that the ledger itself tells; whoever withheld it or was
# erased has none there. Kind 1 is a gift, 8 an opening balance.
_SOURCES = """
WITH part AS (
    SELECT p.account_id, p.lot, p.amount FROM ledger_entry u
    JOIN discovery_tracedpart p ON p.account_id = u.account_id AND p.use = u.seq
    WHERE u.transaction_id = ANY (%s)
), source AS (
    SELECT CASE WHEN o.party_id IS NOT NULL THEN 'group' WHEN t.kind = 8 THEN 'before'
                WHEN t.kind <> 1 THEN 'other' WHEN w.value IS NULL THEN 'withheld'
                ELSE 'named' END AS sort,
           coalesce(o.party_id, CASE WHEN t.kind = 1 THEN w.party_id END) AS party_id,
           CASE WHEN t.kind = 1 THEN w.value END AS name, part.amount
    FROM part JOIN ledger_entry l ON l.account_id = part.account_id AND l.seq = part.lot
    JOIN ledger_transaction t ON t.id = l.transaction_id
    LEFT JOIN ledger_privatefact w ON w.transaction_id = t.id AND w.field = 'counterparty'
    LEFT JOIN LATERAL (
        SELECT a.party_id FROM ledger_entry e
        JOIN ledger_account a ON a.id = e.account_id AND a.purpose = 1
        WHERE e.transaction_id = t.id AND e.account_id <> part.account_id LIMIT 1
    ) o ON true
), summed AS (
    SELECT sort, party_id, max(name) AS name, sum(amount) AS amount, count(*) AS lots
    FROM source GROUP BY sort, party_id, CASE WHEN party_id IS NULL THEN name END
), ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY sort ORDER BY amount DESC, name, party_id) <= %s AS shown FROM summed
)
SELECT sort, CASE WHEN shown THEN party_id END, CASE WHEN shown THEN name END,
       sum(amount)::bigint, sum(lots)::bigint, count(*), shown
FROM ranked GROUP BY 1, 2, 3, shown, CASE WHEN shown THEN name END
ORDER BY shown DESC, 4 DESC, 3
"""
_SPENT = """
SELECT e.currency, -sum(e.amount)::bigint, coalesce(-sum(r.amount), 0)::bigint,
       bool_and(coalesce(f.seq, 0) >= e.seq)
FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id AND a.purpose = 1
LEFT JOIN discovery_tracedpot f ON f.account_id = e.account_id
LEFT JOIN discovery_tracedrest r ON r.account_id = e.account_id AND r.seq = e.seq
WHERE e.transaction_id = ANY (%s) AND e.amount < 0 GROUP BY 1
"""

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


@dataclass(frozen=True)
class Use:
    """What a gift paid for. `expense` is its number, `group` whom it was passed on to."""

    key: UUID
    kind: Kind
    category: int | None
    on: date
    expense: str
    title: str
    amount: Money
    group: Party | None


@dataclass(frozen=True)
class Journey:
    """Where a gift went: `given` = `fees` + `used` + `left` + `given_back`, to the cent.

    `uses` are the largest; `others` are those besides them and `others_amount` what they took.
    """

    given: Money
    fees: Money
    given_back: Money
    used: Money
    left: Money
    uses: list[Use]
    others: int
    others_amount: Money


class Sort(StrEnum):
    """Whose money is behind a purchase."""

    NAMED = "named"
    WITHHELD = "withheld"
    GROUP = "group"  # passed on by another group of this server
    BEFORE = "before"  # brought along as an opening balance
    OTHER = "other"


@dataclass(frozen=True)
class Source:
    """Money behind a purchase: of one giver or group, or of `number` that are not told apart."""

    sort: Sort
    party: Party | None
    name: str
    amount: Money
    lots: int
    number: int
    shown: bool


@dataclass(frozen=True)
class Behind:
    """What is behind a purchase: its sources and what nothing covers yet; none before a moment."""

    whole: Money
    sources: list[Source]
    uncovered: Money
    is_followed: bool


def journey(key: UUID, *, most: int = MOST) -> Journey | None:
    """Return where the gift went that a transaction brought; None where it brought none."""
    with connection.cursor() as cursor:
        cursor.execute(_LOT, [key])
        found = cursor.fetchone()
        if found is None:
            return None
        account, seq, currency, _party, kept, fees, back = found
        cursor.execute(_USES, [account, seq, most])
        rows = cursor.fetchall()
    used = rows[0][-1] if rows else 0
    groups = Party.objects.in_bulk({row[7] for row in rows if row[7]}) if rows else {}
    uses = [
        Use(
            key=row[0], kind=Kind(row[1]), category=row[2], on=row[3], expense=row[4],
            title=row[5], amount=Money(row[6], currency), group=groups.get(row[7]),
        )
        for row in rows
    ]  # fmt: skip
    shown = sum(use.amount.minor for use in uses)
    return Journey(
        given=Money(int(kept + fees + back), currency),
        fees=Money(int(fees), currency),
        given_back=Money(int(back), currency),
        used=Money(used, currency),
        left=Money(max(0, int(kept) - used), currency),
        uses=uses,
        others=rows[0][-2] - len(rows) if rows else 0,
        others_amount=Money(used - shown, currency),
    )


def behind(transactions: Collection[int], *, most: int = MOST) -> Behind | None:
    """Return whose money paid for what left a pot by some transactions; None where nothing did."""
    asked = list(transactions)
    if not asked:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SPENT, [asked])
        spent = cursor.fetchone()
        if spent is None:
            return None
        cursor.execute(_SOURCES, [asked, most])
        rows = cursor.fetchall()
    currency, whole, uncovered, is_followed = spent
    parties = Party.objects.filter(erased_at=None).in_bulk({row[1] for row in rows if row[1]})
    sources = [
        Source(
            sort=Sort(sort), party=parties.get(party), name=name or "",
            amount=Money(amount, currency), lots=lots, number=number, shown=shown,
        )
        for sort, party, name, amount, lots, number, shown in rows
    ]  # fmt: skip
    return Behind(Money(whole, currency), sources, Money(uncovered, currency), is_followed)


def untraced(*, most: int = 5) -> list[str]:
    """Return lines of pots of which not every cent is explained; none where all is right."""
    with connection.cursor() as cursor:
        cursor.execute(_UNTRACED, [most])
        return [
            f"Line {seq} of pot {account} moved {moved}, but {told} of it is explained."
            for account, seq, moved, told in cursor.fetchall()
        ]
