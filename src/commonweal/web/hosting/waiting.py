"""What waits at a host's desk: each queue with its count, its sum and its oldest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from commonweal.banking import queries as banking
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import queries as giving
from commonweal.giving.queries import Waiting
from commonweal.hosting import queries
from commonweal.hosting.models import Application, Host
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Scope
from commonweal.payments.queries import debits
from commonweal.spending import queries as spending
from commonweal.spending.queries import Payable
from commonweal.web.giving.forms import ArrivalForm
from commonweal.web.hosting.forms import OwnFeeForm, QuestionForm, ReasonForm
from commonweal.web.ledger import rows

_LINES = 8
_SHOWN = 20


@dataclass(frozen=True)
class Asking:
    """A request to join, with the forms that decide it in place."""

    application: Application
    fee: OwnFeeForm
    question: QuestionForm
    reason: ReasonForm


@dataclass(frozen=True)
class Arriving:
    """A transfer that is waited for, with the form that confirms it in place."""

    waiting: Waiting
    form: ArrivalForm


@dataclass(frozen=True)
class Queue[Thing]:
    """What waits for one kind of decision: the oldest of it, how many, and how much."""

    shown: list[Thing]
    count: int
    amount: Money | None = None
    oldest: datetime | None = None

    @property
    def days(self) -> int:
        """For how many whole days the oldest has waited."""
        return (clock.now() - self.oldest).days if self.oldest else 0

    @property
    def more(self) -> int:
        """How many wait besides those shown."""
        return self.count - len(self.shown)


@dataclass(frozen=True)
class Todo:
    """All queues of a host."""

    pay: Queue[Payable]
    paying: Queue[Payable]
    apply: Queue[Asking]
    arrive: Queue[Arriving]
    give_back: Queue[Waiting]
    bank: int
    collect: int


def todo(host: Host) -> Todo:
    """Return what a host has to do, the oldest first."""
    return Todo(
        pay=_payables(spending.waiting_for_payment(host), host),
        paying=_payables(spending.in_payment(host), host),
        apply=_applications(host),
        arrive=_transfers(host),
        give_back=_returns(host),
        bank=banking.counts(host).get("asked", 0),
        collect=len(debits.due(host, on=clock.today())) if host.creditor_id else 0,
    )


def recent(host: Host) -> list[rows.Month]:
    """Return the newest lines of all groups of a host, as rows of a table."""
    lines = ledger.latest(scope=Scope.HOST, scope_id=host.pk, size=_LINES)
    groups = Collective.objects.in_bulk({line.party_id for line in lines if line.party_id})
    return rows.by_month(lines, groups=groups)


def _payables(found: list[Payable], host: Host) -> Queue[Payable]:
    return Queue(
        shown=found[:_SHOWN],
        count=len(found),
        amount=_sum((one.amount for one in found), host.currency),
        oldest=found[0].expense.submitted_at if found else None,
    )


def _applications(host: Host) -> Queue[Asking]:
    found = list(queries.waiting_applications(host))
    asking = [
        Asking(
            application=one,
            fee=OwnFeeForm(auto_id=f"fee-{one.pk}-%s"),
            question=QuestionForm(auto_id=f"ask-{one.pk}-%s"),
            reason=ReasonForm(auto_id=f"no-{one.pk}-%s"),
        )
        for one in found[:_SHOWN]
    ]
    return Queue(asking, len(found), oldest=found[0].created_at if found else None)


def _transfers(host: Host) -> Queue[Arriving]:
    found = giving.waiting_transfers(host, most=_SHOWN)
    return Queue(
        shown=[Arriving(one, _arrival(one)) for one in found],
        count=giving.waiting_count(host),
        oldest=min((one.since for one in found), default=None),
    )


def _arrival(waiting: Waiting) -> ArrivalForm:
    first = {"amount": f"{waiting.amount.decimal:f}", "arrived_on": clock.today()}
    return ArrivalForm(
        initial=first, currency=waiting.charge.currency, auto_id=f"in-{waiting.charge.pk}-%s"
    )


def _returns(host: Host) -> Queue[Waiting]:
    found = giving.waiting_returns(host)
    return Queue(
        shown=found,
        count=len(found),
        amount=_sum((one.to_send_back for one in found), host.currency),
        oldest=found[0].charge.created_at if found else None,
    )


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    """Return what the amounts in the host's own currency come to."""
    return sum((one for one in amounts if one.currency == currency), start=Money(0, currency))
