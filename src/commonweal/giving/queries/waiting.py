"""What a host waits for, or has to send back by bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.db.models import QuerySet

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution
from commonweal.giving.queries.charges import id_in, subject_of
from commonweal.giving.queries.recurring import due_to_come
from commonweal.hosting.models import Host, Hosting
from commonweal.payments import queries as payments
from commonweal.payments.models import Charge


@dataclass(frozen=True)
class Waiting:
    """A promise and the charge that the host waits for, or has to send back.

    A standing order has no charge for what is due now: it stands here with the last that came.
    """

    contribution: Contribution
    charge: Charge

    @property
    def amount(self) -> Money:
        """What is expected to come."""
        has_come = self.charge.arrived_on is not None
        minor = self.contribution.amount_minor if has_come else self.charge.amount_minor
        return Money(minor, self.charge.currency)

    @property
    def since(self) -> datetime:
        """From when on it is expected."""
        due = self.contribution.next_due_on
        if self.charge.arrived_on is None or due is None:
            return self.charge.created_at
        return datetime.combine(due, time(), UTC)

    @property
    def to_send_back(self) -> Money:
        """What is to be sent back."""
        left = self.charge.refunded_minor - self.charge.returned_minor
        return Money(left, self.charge.currency)

    @property
    def reference(self) -> str:
        """The reference as it stands on the bank statement."""
        facts = self.charge.next_step.get("facts", {})
        return str(facts.get("reference") or self.charge.reference)


def waiting_transfers(host: Host, *, most: int = 50) -> list[Waiting]:
    """Return what a person at the host has to see come: promises, then standing orders due."""
    promised = _waiting(host, [Charge.State.CREATED, Charge.State.PENDING], most, _by_hand())
    left = most - len(promised)
    return [*promised, *_orders_due(host, left)] if left > 0 else promised


def waiting_returns(host: Host, *, most: int = 50) -> list[Waiting]:
    """Return refunds that a person at the host has to send back by bank, oldest first."""
    return _waiting(host, [Charge.State.REFUNDING], most, _returned_by_hand())


def waiting_count(host: Host) -> int:
    """Return how many transfers a host waits for."""
    states = [Charge.State.CREATED, Charge.State.PENDING]
    promised = Charge.objects.filter(host=host, state__in=states, rail__in=_by_hand())
    return promised.count() + _orders(host).count()


def _orders(host: Host) -> QuerySet[Contribution]:
    """Return the standing orders whose money is due at a host, which came before."""
    held = Hosting.objects.filter(host=host, until=None).values("collective")
    due = due_to_come(clock.today()).filter(collective__in=held, settled_at__isnull=False)
    return due.select_related("collective", "contributor")


def _orders_due(host: Host, most: int) -> list[Waiting]:
    found = {subject_of(one): one for one in _orders(host)[:most]}
    came = Charge.objects.filter(subject__in=found, rail__in=_by_hand(), arrived_on__isnull=False)
    last = {row.subject: row for row in came.order_by("subject", "-id").distinct("subject")}
    return [Waiting(one, last[subject]) for subject, one in found.items() if subject in last]


def _waiting(host: Host, states: list[Charge.State], most: int, rails: list[str]) -> list[Waiting]:
    rows = Charge.objects.filter(host=host, state__in=states, rail__in=rails)
    charges = {id_in(row.subject): row for row in rows.order_by("id")[:most]}
    found = Contribution.objects.filter(pk__in=[pk for pk in charges if pk])
    by_id = found.select_related("collective", "contributor").in_bulk()
    return [Waiting(by_id[pk], charge) for pk, charge in charges.items() if pk in by_id]


def _returned_by_hand() -> list[str]:
    found = payments.rails().items()
    return [name for name, rail in found if rail.capabilities.returns_by_hand]


def _by_hand() -> list[str]:
    return [name for name, rail in payments.rails().items() if rail.capabilities.by_hand]
