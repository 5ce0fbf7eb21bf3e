"""What a line may be as a whole, for a person to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from commonweal.banking.models import BankLine
from commonweal.banking.queries import RAIL, promises_in
from commonweal.foundation.money import Money
from commonweal.giving import queries as giving
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Host
from commonweal.ledger.models import Account, Purpose
from commonweal.payments.models import Charge, Collection, Payout
from commonweal.spending.models import PayRun
from commonweal.spending.queries import runs

_MOST_DEBITS = 8
# So long after a gift a bank may take it back at all: thirteen months for what nobody allowed.
_TAKEN_BACK = timedelta(days=400)


@dataclass(frozen=True)
class Debited:
    """What a bank collected that a line may bring, or may take back again."""

    numbers: tuple[int, ...]
    run: int
    on: date
    title: str = ""


def debited(line: BankLine) -> list[Debited]:
    """Return the collections that come to as much as a line, for a person to choose from."""
    rows = Collection.objects.filter(run__host=line.account.host_id, currency=line.currency)
    rows = rows.select_related("run", "charge").defer("run__file").order_by("pk")
    if line.amount_minor < 0:
        back = rows.filter(state=Collection.State.COME, amount_minor=-line.amount_minor)
        return [
            Debited((one.pk,), one.run.number, one.collect_on or line.booked_on,
                    one.charge.description)
            for one in back.order_by("-pk")[:_MOST_DEBITS]
        ]  # fmt: skip
    blocks: dict[str, list[Collection]] = {}
    for one in rows.filter(state=Collection.State.ASKED):
        blocks.setdefault(one.block, []).append(one)
    return [
        Debited(tuple(one.pk for one in many), many[0].run.number, many[0].collect_on or
                line.booked_on)
        for many in blocks.values()
        if sum(one.amount_minor for one in many) == line.amount_minor
    ]  # fmt: skip


@dataclass(frozen=True)
class OpenRun:
    """A pay run of which the bank has the file, and what of it nobody has seen leaving."""

    run: PayRun
    left: Money


def open_runs(line: BankLine) -> list[OpenRun]:
    """Return the pay runs that a line which left may have paid as a whole."""
    if line.amount_minor > 0:
        return []
    found = runs.open_runs(line.account.host)
    rows = Payout.objects.filter(
        pk__in=[one for many in found.values() for one in many], currency=line.currency
    )
    amounts = dict(rows.values_list("pk", "amount_minor"))
    return [
        OpenRun(run, Money(sum(amounts.get(one, 0) for one in numbers), line.currency))
        for run, numbers in found.items()
    ]


@dataclass(frozen=True)
class TakenBack:
    """A gift that a bank may have taken back."""

    charge: Charge
    contribution: Contribution


def taken_back_by(line: BankLine, *, most: int = 5) -> list[TakenBack]:
    """Return the gifts that a line which left may have taken back: of its amount, newest first."""
    if line.amount_minor > 0:
        return []
    since = line.booked_on - _TAKEN_BACK
    charges = Charge.objects.filter(
        host=line.account.host_id, rail=RAIL, currency=line.currency,
        amount_minor=-line.amount_minor, arrived_on__range=(since, line.booked_on),
        state__in=[Charge.State.CAPTURED, Charge.State.SETTLED, Charge.State.REFUNDING],
    ).order_by("-arrived_on", "-pk")[:most]  # fmt: skip
    found = {giving.id_in(one.subject): one for one in charges}
    rows = promises_in({number for number in found if number})
    return [TakenBack(found[number], row) for number, row in rows.items()]


def pairs(host: Host) -> list[str]:
    """Return the pairs of currencies between which a host exchanged gifts on its books."""
    rows = Account.objects.filter(purpose=Purpose.TRADING, host_id=host.pk)
    return sorted(set(rows.values_list("rail", flat=True)))
