"""What accounts hold now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from commonweal.foundation.money import Money
from commonweal.ledger.models import Account, Entry, Position, Purpose, Sequencer, Tally


@dataclass(frozen=True)
class Pot:
    """The money of a party at one host, and how many lines its statement has."""

    account: int
    host: int | None
    balance: Money
    lines: int


def pots(party: int) -> list[Pot]:
    """Return where a party's money is held, the newest pot first."""
    rows = Account.objects.filter(purpose=Purpose.FUNDS, party_id=party).order_by("-pk")
    return [Pot(row.pk, row.host_id, Money(row.balance, row.currency), row.seq) for row in rows]


def account_of(
    purpose: Purpose, *, currency: str, party: int | None = None, host: int | None = None,
    rail: str = "",
) -> int:  # fmt: skip
    """Return the id of the one account of this purpose; raises `Account.DoesNotExist`."""
    return Account.objects.values_list("pk", flat=True).get(
        purpose=purpose, party_id=party, host_id=host, rail=rail, currency=currency
    )


def balance(account: int) -> Money:
    """Return what an account holds; for a tally, what was added up plus the newest entries."""
    return balances([account])[account]


def balances(accounts: Iterable[int]) -> dict[int, Money]:
    """Return what each of several accounts holds, in two queries."""
    ids = list(accounts)
    tally = Tally.objects.filter(account=OuterRef("pk")).values("balance")
    rows = Account.objects.filter(pk__in=ids).annotate(tally_balance=Subquery(tally))
    found = {row.pk: row for row in rows}
    tallies = [pk for pk, row in found.items() if not row.guarded]
    tail = _not_added_up(tallies) if tallies else {}
    return {pk: Money(_held(row, tail), row.currency) for pk, row in found.items()}


def held_at(host: int) -> dict[tuple[str, Purpose], Money]:
    """Return what the accounts at a host hold, by currency and purpose, all at one instant.

    One statement reads all of it, so that money on its way is never seen twice or not at all.
    """
    tally = Tally.objects.filter(account=OuterRef("pk")).values("balance")
    tail = _tail(Entry.objects.filter(account=OuterRef("pk"))).values("total")
    held = Case(
        When(guarded=True, then=F("balance")),
        default=Coalesce(Subquery(tally), 0) + Coalesce(Subquery(tail), 0),
        output_field=BigIntegerField(),
    )
    rows = (
        Account.objects.filter(host_id=host)
        .annotate(held=held)
        .values_list("currency", "purpose")
        .annotate(total=Sum("held"))
    )
    return {
        (currency, Purpose(purpose)): Money(int(total), currency)
        for currency, purpose, total in rows
    }


def _held(row: Account, tail: dict[int, int]) -> int:
    if row.guarded:
        return row.balance
    return int(getattr(row, "tally_balance", 0) or 0) + tail.get(row.pk, 0)


def _not_added_up(accounts: list[int]) -> dict[int, int]:
    """Return what the sequencer has not reached yet, by account."""
    rows = _tail(Entry.objects.filter(account__in=accounts)).values("held_by", "total")
    return {row["held_by"]: int(row["total"]) for row in rows}


def _tail(entries: QuerySet[Entry]) -> QuerySet[Any, Any]:
    """Return the sums of those entries that the sequencer has not reached yet, by account."""
    low = Sequencer.objects.values("low_id")[:1]
    placed = Position.objects.filter(transaction=OuterRef("transaction_id"))
    return (
        entries.filter(transaction_id__gt=Subquery(low))
        .annotate(position=Subquery(placed.values("position")))
        .filter(position=None)
        .order_by()
        .values(held_by=F("account_id"))
        .annotate(total=Coalesce(Sum("amount"), 0))
    )
