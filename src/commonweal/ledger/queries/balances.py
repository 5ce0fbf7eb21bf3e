"""What accounts hold now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Subquery, Sum, When
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
    """Return what each of several accounts holds, all at one instant."""
    rows = Account.objects.filter(pk__in=list(accounts)).annotate(held=_held())
    return {pk: Money(held, code) for pk, held, code in rows.values_list("pk", "held", "currency")}


def held_at(host: int) -> dict[tuple[str, Purpose], Money]:
    """Return what the accounts at a host hold, by currency and purpose, all at one instant."""
    rows = (
        Account.objects.filter(host_id=host)
        .annotate(held=_held())
        .values_list("currency", "purpose")
        .annotate(total=Sum("held"))
    )
    return {
        (currency, Purpose(purpose)): Money(int(total), currency)
        for currency, purpose, total in rows
    }


def _held() -> Case:
    """Return what an account holds, as part of one statement.

    A tally is what the sequencer added up, plus the entries it has not reached yet. Read one after
    the other, an entry could be seen twice or not at all.
    """
    tally = Tally.objects.filter(account=OuterRef("pk")).values("balance")
    low = Sequencer.objects.values("low_id")[:1]
    tail = (
        Entry.objects.filter(account=OuterRef("pk"), transaction_id__gt=Subquery(low))
        .filter(~Exists(Position.objects.filter(transaction=OuterRef("transaction_id"))))
        .order_by()
        .values("account_id")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    return Case(
        When(guarded=True, then=F("balance")),
        default=Coalesce(Subquery(tally), 0) + Coalesce(Subquery(tail), 0),
        output_field=BigIntegerField(),
    )
