"""What a host waits for, or has to send back by bank."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution
from commonweal.giving.queries.charges import id_in
from commonweal.hosting.models import Host
from commonweal.payments import queries as payments
from commonweal.payments.models import Charge


@dataclass(frozen=True)
class Waiting:
    """A promise and the charge that the host waits for, or has to send back."""

    contribution: Contribution
    charge: Charge

    @property
    def amount(self) -> Money:
        """What is expected to come."""
        return Money(self.charge.amount_minor, self.charge.currency)

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
    """Return promises whose money a person at the host has to see come, oldest first."""
    return _waiting(host, [Charge.State.CREATED, Charge.State.PENDING], most, _by_hand())


def waiting_returns(host: Host, *, most: int = 50) -> list[Waiting]:
    """Return refunds that a person at the host has to send back by bank, oldest first."""
    return _waiting(host, [Charge.State.REFUNDING], most, _returned_by_hand())


def waiting_count(host: Host) -> int:
    """Return how many transfers a host waits for."""
    states = [Charge.State.CREATED, Charge.State.PENDING]
    return Charge.objects.filter(host=host, state__in=states, rail__in=_by_hand()).count()


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
