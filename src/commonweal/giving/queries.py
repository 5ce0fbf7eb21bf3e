"""Questions about giving: what a gift does, who gave, what is waited for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.collectives.models import Collective
from commonweal.foundation.errors import Refused
from commonweal.foundation.ids import key
from commonweal.foundation.money import Money
from commonweal.giving import rules
from commonweal.giving.models import Contribution, Tier
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host, Hosting
from commonweal.ledger.models import Transaction
from commonweal.payments import queries as payments
from commonweal.payments.models import Charge
from commonweal.people.models import Party

SUBJECT = "contribution:"
# 78 random bits: whoever knows the address of a gift's page was given it.
ID_LENGTH = 16
_BESIDE = ("collective", "contributor", "given_by", "tier", "activity")


class NotHosted(Refused):
    """No host holds money for this group yet, so it cannot be given any."""


class PaidElsewhere(Refused):
    """This gift was paid elsewhere and only brought along, so nothing can be done with it here."""


@dataclass(frozen=True)
class Quote:
    """What each side gets of a gift over a rail, to the cent."""

    amount: Money
    rail_fee: Money
    host_fee: Money
    net: Money
    host_fee_ppm: int
    host_name: str
    rail: str
    rail_label: str
    pretend: bool

    @property
    def platform_fee(self) -> Money:
        """What this server keeps: nothing."""
        return Money(0, self.amount.currency)


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


def hosting_of(collective: Collective) -> Hosting:
    """Return who holds the money of a collective now; raises `NotHosted`."""
    current = hosting.current(collective)
    if current is None:
        raise NotHosted
    return current


def quote(
    collective: Collective, amount: Money, rail: str, *, hosted: Hosting | None = None
) -> Quote:
    """Return what each side would get; raises `EatenByFees` where nothing is left."""
    hosted = hosted or hosting_of(collective)
    fee = payments.rail(rail).fee(amount)
    return _quote(amount, fee, rail=rail, ppm=hosting.fee_ppm(hosted), host=hosted.host)


def quote_of(contribution: Contribution, charge: Charge) -> Quote:
    """Return what each side got, or will get, of a contribution as it was agreed."""
    amount = Money(charge.amount_minor, charge.currency)
    has_come = charge.arrived_on is not None
    known = Money(charge.fee_minor, charge.currency)
    fee = known if has_come else payments.rail(charge.rail).fee(amount)
    ppm = contribution.host_fee_ppm
    return _quote(amount, fee, rail=charge.rail, ppm=ppm, host=charge.host)


def tiers_of(collective: Collective) -> QuerySet[Tier]:
    """Return the ways of giving that a collective offers now, in its order."""
    return Tier.objects.filter(collective=collective, archived_at=None)


def contribution(secret: str) -> Contribution | None:
    """Return a contribution by the secret in the address of its page."""
    found = Contribution.objects.select_related(*_BESIDE)
    return found.filter(secret=secret).first()


def contribution_of(charge: Charge) -> Contribution | None:
    """Return what a charge is for, if it is a contribution."""
    return contribution_named(charge.subject)


def contribution_named(subject: str) -> Contribution | None:
    """Return the contribution that payments and the journal know by a name."""
    pk = id_in(subject)
    found = Contribution.objects.select_related(*_BESIDE)
    return found.filter(pk=pk).first() if pk else None


def charge_of(contribution: Contribution) -> Charge:
    """Return the charge of a contribution; raises `PaidElsewhere` where it was brought along."""
    charges = Charge.objects.select_related("host__party").order_by("-id")
    found = charges.filter(subject=subject_of(contribution)).first()
    if found is None:
        raise PaidElsewhere
    return found


def subject_of(contribution: Contribution) -> str:
    """Return the name that payments and the journal know a contribution by."""
    return f"{SUBJECT}{contribution.pk}"


def id_in(subject: str) -> int | None:
    """Return the number of the contribution that a subject names."""
    number = subject.removeprefix(SUBJECT)
    return int(number) if number != subject and number.isdigit() else None


def contributions_of(person: Party) -> QuerySet[Contribution]:
    """Return what a person gave, also for organizations, newest first."""
    rows = Contribution.objects.filter(Q(contributor=person) | Q(given_by=person))
    return rows.select_related("collective", "contributor").order_by("-id")


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


def settlement_key(charge: Charge) -> UUID:
    """Return the ledger's key of the transaction that shares a charge out."""
    return key("charge", charge.uuid, "settlement")


def settlement(charge: Charge) -> Transaction | None:
    """Return the transaction that shared a charge out."""
    return Transaction.objects.filter(key=settlement_key(charge)).first()


def _quote(amount: Money, rail_fee: Money, *, rail: str, ppm: int, host: Host) -> Quote:
    shares = rules.share_out(amount, rail_fee=rail_fee, host_fee_ppm=ppm)
    way = payments.rail(rail)
    return Quote(
        amount=amount,
        rail_fee=shares.rail_fee,
        host_fee=shares.host_fee,
        net=shares.collective,
        host_fee_ppm=ppm,
        host_name=host.party.name,
        rail=rail,
        rail_label=way.label(),
        pretend=way.capabilities.pretend,
    )


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
