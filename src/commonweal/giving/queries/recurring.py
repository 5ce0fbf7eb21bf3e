"""What is given each month or year, when it is due, and who may change it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal

from django.core import signing
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution, Standing
from commonweal.giving.queries.charges import (
    BESIDE,
    SUBJECT,
    charge_of,
    charges,
    contributions_of,
    id_in,
)
from commonweal.giving.rules import billing
from commonweal.hosting.models import Hosting
from commonweal.payments import queries as payments
from commonweal.payments.models import Charge
from commonweal.people.models import Party

_LETTER = "gift"


def declined(contribution: Contribution) -> Charge | None:
    """Return the charge that a card declined and its giver may still pay, with another one."""
    failed = charges(contribution).filter(state=Charge.State.FAILED).exclude(period="")
    if contribution.standing != Standing.QUIET:
        failed = failed.exclude(again_on=None)
    return failed.first()


def standing_order(contribution: Contribution, amount: Money) -> dict[str, str] | None:
    """Return what to write on a standing order of an amount, as its rail says it."""
    step = charge_of(contribution, rail=contribution.rail).next_step
    facts = step.get("facts")
    return {**facts, "amount": str(amount.decimal)} if facts else None


def waits_for_transfer(contribution: Contribution) -> bool:
    """Whether the first transfer of a promise is still waited for."""
    waits = charges(contribution).filter(state__in=[Charge.State.CREATED, Charge.State.PENDING])
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


def due_to_come(on: date) -> QuerySet[Contribution]:
    """Return the standing orders whose due day has come and whose money has not."""
    return _due(on, "by giver")


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
    return Contribution.objects.select_related(*BESIDE).filter(pk=pk).first()


def opens(token: str, contribution: Contribution) -> bool:
    """Whether this is the key of a gift's giver."""
    found = contribution_by_token(token) if token else None
    return found is not None and found.pk == contribution.pk


def _due(on: date, repeated: str) -> QuerySet[Contribution]:
    names = [name for name, one in payments.rails().items() if one.capabilities.repeats == repeated]
    rows = Contribution.objects.filter(standing=Standing.ON, next_due_on__lte=on, rail__in=names)
    return rows.order_by("next_due_on", "pk")
