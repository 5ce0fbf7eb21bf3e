"""One transaction, whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.foundation.money import Money
from commonweal.ledger.models import Entry, Kind, Position, Purpose, Transaction
from commonweal.ledger.queries.lines import facts_of


@dataclass(frozen=True)
class EntryView:
    """One entry with its account."""

    n: int
    account: str
    purpose: Purpose
    party_id: int | None
    host_id: int | None
    rail: str
    kind: Kind
    amount: Money
    balance_after: Money | None
    seq: int | None


@dataclass(frozen=True)
class TransactionView:
    """A transaction with all its entries; `position` is None until the sequencer placed it."""

    id: int
    key: UUID
    at: datetime
    effective_on: date
    kind: Kind
    category: int | None
    host_id: int | None
    refs: dict[str, str]
    description: str
    counterparty: str
    counterparty_id: int | None
    position: int | None
    entries: list[EntryView]
    reverses: UUID | None
    reversed_by: list[UUID]


@dataclass(frozen=True)
class Left:
    """What is left of a leg of a transaction after all that took it back."""

    account: int
    purpose: Purpose
    kind: Kind
    currency: str
    amount: int


def left_of(transaction_id: int) -> list[Left]:
    """Return what is left of each leg of a transaction, in their order."""
    rows = Entry.objects.filter(transaction__reverses=transaction_id)
    back: Counter[int] = Counter()
    for account, amount in rows.values_list("account_id", "amount"):
        back[account] += amount
    entries = Entry.objects.filter(transaction_id=transaction_id).select_related("account")
    return [
        Left(
            account=one.account_id,
            purpose=Purpose(one.account.purpose),
            kind=Kind(one.kind),
            currency=one.currency,
            amount=one.amount + back[one.account_id],
        )
        for one in entries.order_by("n")
    ]


def one_transaction(key: UUID) -> TransactionView | None:
    """Return the transaction with this key, or None."""
    found = Transaction.objects.filter(key=key).first()
    if found is None:
        return None
    facts = facts_of([found.pk])[found.pk]
    who, what = facts.get("counterparty"), facts.get("description")
    related = Transaction.objects.filter(pk=found.reverses or 0) | Transaction.objects.filter(
        reverses=found.pk
    )
    keys = {row.pk: row for row in related.order_by("pk")}
    return TransactionView(
        id=found.pk,
        key=found.key,
        at=found.at,
        effective_on=found.effective_on,
        kind=Kind(found.kind),
        category=found.category_id,
        host_id=found.host_id,
        refs=found.refs,
        description=what.value if what else "",
        counterparty=who.value if who else "",
        counterparty_id=who.party_id if who else None,
        position=Position.objects.filter(transaction=found.pk)
        .values_list("position", flat=True)
        .first(),
        entries=_entries(found.pk),
        reverses=keys[found.reverses].key if found.reverses else None,
        reversed_by=[row.key for row in keys.values() if row.reverses == found.pk],
    )


def _entries(transaction_id: int) -> list[EntryView]:
    rows = Entry.objects.filter(transaction_id=transaction_id).select_related("account")
    return [
        EntryView(
            n=row.n,
            account=row.account.public_id,
            purpose=Purpose(row.account.purpose),
            party_id=row.account.party_id,
            host_id=row.account.host_id,
            rail=row.account.rail,
            kind=Kind(row.kind),
            amount=Money(row.amount, row.currency),
            balance_after=None
            if row.balance_after is None
            else Money(row.balance_after, row.currency),
            seq=row.seq,
        )
        for row in rows.order_by("n")
    ]
