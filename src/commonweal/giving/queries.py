"""Questions about giving: what a gift does, who gave, what is waited for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal
from uuid import UUID

from django.core import signing
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.foundation.ids import key
from commonweal.foundation.money import Money
from commonweal.giving import rules
from commonweal.giving.models import Contribution, Standing, Tier
from commonweal.giving.rules import billing
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host, Hosting
from commonweal.ledger.models import Transaction
from commonweal.payments import queries as payments
from commonweal.payments.models import Charge
from commonweal.payments.queries import debits
from commonweal.people.models import Party

SUBJECT = "contribution:"
# 78 random bits: whoever knows the address of a gift's page was given it.
ID_LENGTH = 16
_LETTER = "gift"
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


def charge_of(contribution: Contribution, *, rail: str = "") -> Charge:
    """Return the newest charge of a contribution, over any rail or over one.

    Raises `PaidElsewhere` where it was brought along.
    """
    charges = _charges(contribution)
    found = (charges.filter(rail=rail) if rail else charges).first()
    if found is None:
        raise PaidElsewhere
    return found


def come_of(contribution: Contribution) -> Charge:
    """Return the newest charge that brought money and was not wholly given back, else the newest.

    Raises `PaidElsewhere`.
    """
    came = _charges(contribution).filter(
        arrived_on__isnull=False, refunded_minor__lt=F("amount_minor")
    )
    return came.first() or charge_of(contribution)


def wants_mandate(charge: Charge) -> bool:
    """Whether a giver is to sign that a charge may be collected: it waits, and is not asked for."""
    waits = charge.state in {Charge.State.CREATED, Charge.State.PENDING}
    can = payments.rail(charge.rail).capabilities
    return can.by_mandate and waits and debits.asked_for(charge) is None


def going_back(contribution: Contribution) -> Charge:
    """Return the charge that is being given back, else the newest; raises `PaidElsewhere`."""
    back = _charges(contribution).filter(state=Charge.State.REFUNDING)
    return back.first() or charge_of(contribution)


def _charges(contribution: Contribution) -> QuerySet[Charge]:
    charges = Charge.objects.select_related("host__party").order_by("-id")
    return charges.filter(subject=subject_of(contribution))


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


def declined(contribution: Contribution) -> Charge | None:
    """Return the charge that a card declined and its giver may still pay, with another one."""
    failed = _charges(contribution).filter(state=Charge.State.FAILED).exclude(period="")
    if contribution.standing != Standing.QUIET:
        failed = failed.exclude(again_on=None)
    return failed.first()


def arrivals_of(contribution: Contribution, *, most: int = 12) -> list[Charge]:
    """Return the money that came for a contribution, the newest first."""
    came = _charges(contribution).filter(arrived_on__isnull=False).exclude(state="refunded")
    return list(came[:most])


def standing_order(contribution: Contribution, amount: Money) -> dict[str, str] | None:
    """Return what to write on a standing order of an amount, as its rail says it."""
    step = charge_of(contribution, rail=contribution.rail).next_step
    facts = step.get("facts")
    return {**facts, "amount": str(amount.decimal)} if facts else None


def waits_for_transfer(contribution: Contribution) -> bool:
    """Whether the first transfer of a promise is still waited for."""
    waits = _charges(contribution).filter(state__in=[Charge.State.CREATED, Charge.State.PENDING])
    return repeats(contribution) == "by giver" and waits.exists()


def taken_periods(contributions: Collection[int]) -> dict[int, set[str]]:
    """Return the months or years for which each of these has its charge."""
    taken: dict[int, set[str]] = {pk: set() for pk in contributions}
    subjects = [f"{SUBJECT}{pk}" for pk in contributions]
    rows = Charge.objects.filter(subject__in=subjects).exclude(period="")
    for subject, period in rows.values_list("subject", "period"):
        taken[id_in(subject) or 0].add(period)
    return taken


def repeats(contribution: Contribution) -> Literal["never", "by giver", "by us"]:
    """Return who sees to it that the next money of a contribution comes."""
    return payments.rail(contribution.rail).capabilities.repeats


def due_to_bill(on: date) -> QuerySet[Contribution]:
    """Return the promises whose next money we ask for, and whose due day has come."""
    return _due(on, "by us")


def may_be_missed(on: date) -> QuerySet[Contribution]:
    """Return the standing orders whose money should have come, of which some may be in time."""
    return _due(on - min(billing.GRACE.values()), "by giver")


def to_resume(on: date) -> QuerySet[Contribution]:
    """Return the paused promises that go on by themselves by a day."""
    paused = Contribution.objects.filter(standing=Standing.PAUSED, resumes_on__lte=on)
    return paused.order_by("pk")


def without_group() -> QuerySet[Contribution]:
    """Return the promises that would go on, but whose group left its host or was closed."""
    held = Hosting.objects.filter(
        collective=OuterRef("collective"), until=None, since__lte=OuterRef("created_at")
    )
    alive = Contribution.objects.filter(
        standing__in=[Standing.ON, Standing.PAUSED, Standing.QUIET]
    ).filter(~Exists(held) | ~Q(collective__status=Collective.Status.ACTIVE))
    return alive.order_by("pk")


def gifts_that_come_again(person: Party) -> QuerySet[Contribution]:
    """Return what a person gives each month or year, also for others; what goes on first."""
    rows = contributions_of(person).exclude(standing=Standing.NONE).select_related("tier")
    return rows.order_by(F("ended_at").desc(nulls_first=True), "-id")


def letter_token(contribution: Contribution) -> str:
    """Return the signed part of the address that letters about a gift carry: its giver's key."""
    return signing.dumps(contribution.pk, salt=_LETTER)


def contribution_by_token(token: str) -> Contribution | None:
    """Return the gift whose giver's key this is."""
    try:
        pk = signing.loads(token, salt=_LETTER)
    except signing.BadSignature:
        return None
    return Contribution.objects.select_related(*_BESIDE).filter(pk=pk).first()


def opens(token: str, contribution: Contribution) -> bool:
    """Whether this is the key of a gift's giver."""
    found = contribution_by_token(token) if token else None
    return found is not None and found.pk == contribution.pk


def settlement_key(charge: Charge) -> UUID:
    """Return the ledger's key of the transaction that shares a charge out."""
    return key("charge", charge.uuid, "settlement")


def settlement(charge: Charge) -> Transaction | None:
    """Return the transaction that shared a charge out."""
    return Transaction.objects.filter(key=settlement_key(charge)).first()


def _due(on: date, repeated: str) -> QuerySet[Contribution]:
    names = [name for name, one in payments.rails().items() if one.capabilities.repeats == repeated]
    rows = Contribution.objects.filter(standing=Standing.ON, next_due_on__lte=on, rail__in=names)
    return rows.order_by("next_due_on", "pk")


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


def _orders(host: Host) -> QuerySet[Contribution]:
    """Return the standing orders whose money is due at a host, which came before."""
    held = Hosting.objects.filter(host=host, until=None).values("collective")
    due = _due(clock.today(), "by giver").filter(collective__in=held, settled_at__isnull=False)
    return due.select_related("collective", "contributor")


def _orders_due(host: Host, most: int) -> list[Waiting]:
    found = {subject_of(one): one for one in _orders(host)[:most]}
    rows = Charge.objects.filter(subject__in=found, rail__in=_by_hand(), arrived_on__isnull=False)
    last = {row.subject: row for row in rows.order_by("id")}
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
