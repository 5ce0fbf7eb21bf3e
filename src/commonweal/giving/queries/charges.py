"""Finding promises and gifts, and the charges that brought their money."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Q, QuerySet

from commonweal.foundation.errors import Refused
from commonweal.foundation.ids import key
from commonweal.giving.models import Contribution
from commonweal.ledger.models import Transaction
from commonweal.payments import queries as payments
from commonweal.payments.models import Charge
from commonweal.payments.queries import debits
from commonweal.people.models import Party

SUBJECT = "contribution:"
# 78 random bits: whoever knows the address of a gift's page was given it.
ID_LENGTH = 16
BESIDE = ("collective", "contributor__contact", "given_by", "tier", "activity")


class PaidElsewhere(Refused):
    """This gift was paid elsewhere and only brought along, so nothing can be done with it here."""


def contribution(secret: str) -> Contribution | None:
    """Return a contribution by the secret in the address of its page."""
    found = Contribution.objects.select_related(*BESIDE)
    return found.filter(secret=secret).first()


def contribution_of(charge: Charge) -> Contribution | None:
    """Return what a charge is for, if it is a contribution."""
    return contribution_named(charge.subject)


def contribution_named(subject: str) -> Contribution | None:
    """Return the contribution that payments and the journal know by a name."""
    pk = id_in(subject)
    found = Contribution.objects.select_related(*BESIDE)
    return found.filter(pk=pk).first() if pk else None


def charge_of(contribution: Contribution, *, rail: str = "") -> Charge:
    """Return the newest charge of a contribution, over any rail or over one.

    Raises `PaidElsewhere` where it was brought along.
    """
    every = charges(contribution)
    found = (every.filter(rail=rail) if rail else every).first()
    if found is None:
        raise PaidElsewhere
    return found


def come_of(contribution: Contribution) -> Charge:
    """Return the newest charge that brought money and was not wholly given back, else the newest.

    Raises `PaidElsewhere`.
    """
    came = charges(contribution).filter(
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
    back = charges(contribution).filter(state=Charge.State.REFUNDING)
    return back.first() or charge_of(contribution)


def charges(contribution: Contribution) -> QuerySet[Charge]:
    """Return the charges of a contribution, the newest first."""
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


def arrivals_of(contribution: Contribution, *, most: int = 12) -> list[Charge]:
    """Return the money that came for a contribution, the newest first."""
    came = charges(contribution).filter(arrived_on__isnull=False).exclude(state="refunded")
    return list(came[:most])


def settlement_key(charge: Charge) -> UUID:
    """Return the ledger's key of the transaction that shares a charge out."""
    return key("charge", charge.uuid, "settlement")


def settlement(charge: Charge) -> Transaction | None:
    """Return the transaction that shared a charge out."""
    return Transaction.objects.filter(key=settlement_key(charge)).first()
