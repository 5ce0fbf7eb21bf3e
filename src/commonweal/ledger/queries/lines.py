"""A line of a statement: what one transaction meant for one account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.foundation.money import Money
from commonweal.ledger.models import Chart, Entry, Kind, PrivateFact, Transaction

FEES = (Kind.HOST_FEE, Kind.PROCESSOR_FEE, Kind.PLATFORM_FEE)


@dataclass(frozen=True)
class Line:
    """`amount` moved on the account; `gross` is the amount before `fees` (kind, amount kept).

    `counterparty` is empty where the name is withheld or was erased. `seq` and `balance_after`
    belong to guarded accounts.
    """

    transaction_id: int
    key: UUID
    at: datetime
    effective_on: date
    kind: Kind
    category: int | None
    account_id: int
    party_id: int | None
    amount: Money
    gross: Money
    fees: tuple[tuple[Kind, Money], ...]
    balance_after: Money | None
    seq: int | None
    description: str
    counterparty: str
    counterparty_id: int | None
    refs: dict[str, str]


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Return entries as lines, in their order; three queries however many there are.

    Entries come with `transaction` and `account` selected.
    """
    entries = list(entries)
    ids = [entry.transaction_id for entry in entries]
    fees = _fees(ids)
    facts = facts_of(ids)
    return [
        _line(entry, fees[entry.transaction_id], facts[entry.transaction_id]) for entry in entries
    ]


def facts_of(transactions: list[int]) -> dict[int, dict[str, PrivateFact]]:
    """Return the private facts of transactions, by field."""
    found: dict[int, dict[str, PrivateFact]] = defaultdict(dict)
    for fact in PrivateFact.objects.filter(transaction_id__in=transactions):
        found[fact.transaction_id][fact.field] = fact
    return found


def _fees(transactions: list[int]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(transaction_id__in=transactions, kind__in=FEES):
        found[entry.transaction_id].append(entry)
    return found


def _line(entry: Entry, fees: list[Entry], facts: dict[str, PrivateFact]) -> Line:
    transaction: Transaction = entry.transaction
    currency = entry.currency
    kept = tuple(
        (Kind(fee.kind), Money(fee.amount, currency)) for fee in fees if fee.currency == currency
    )
    who = facts.get("counterparty")
    what = facts.get("description")
    return Line(
        transaction_id=transaction.pk,
        key=transaction.key,
        at=transaction.at,
        effective_on=transaction.effective_on,
        kind=Kind(transaction.kind),
        category=_category(transaction, entry.amount),
        account_id=entry.account_id,
        party_id=entry.account.party_id,
        amount=Money(entry.amount, currency),
        gross=Money(entry.amount + sum(fee.minor for _, fee in kept), currency),
        fees=kept,
        balance_after=None if entry.balance_after is None else Money(entry.balance_after, currency),
        seq=entry.seq,
        description=what.value if what else "",
        counterparty=who.value if who else "",
        counterparty_id=who.party_id if who else None,
        refs=transaction.refs,
    )


def _category(transaction: Transaction, amount: int) -> int | None:
    """Return the category for whose account it is: what one passed on came from it to another."""
    passed_on = (transaction.kind, transaction.category_id) == (Kind.TRANSFER, Chart.TRANSFERS_OUT)
    return Chart.TRANSFERS_IN if passed_on and amount > 0 else transaction.category_id
