"""Promises: made, failed, taken back."""

from __future__ import annotations

from django.db import transaction

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.ids import readable
from commonweal.foundation.money import Money
from commonweal.giving import policies, queries, rules
from commonweal.giving.actions.records import described, locked, write_down
from commonweal.giving.models import Contribution, Interval, Tier
from commonweal.hosting import queries as hosting
from commonweal.payments import actions as payments
from commonweal.payments import queries as payment_queries
from commonweal.payments.models import Charge
from commonweal.payments.queries import debits
from commonweal.people.models import Party

LONGEST_MESSAGE = 500


class NotOpen(Refused):
    """This group takes no gifts at the moment."""


class OnlyOnce(Refused):
    """Giving every month or year is not possible yet. Give once instead."""


class NotForThis(Refused):
    """This is over, or another group does it. Give to the group instead."""

    status = 422


class AtTheBank(Refused):
    """The bank was asked to collect it. If you ask it within 8 weeks, it gives the money back."""


class AlreadyHere(Refused):
    """The money has arrived, so the promise is kept. Ask the host if you need it back."""


@transaction.atomic
def pledge(
    *,
    collective: Collective,
    amount: Money,
    rail: str,
    contributor: Party,
    given_by: Party,
    by: Party | None,
    tier: Tier | None = None,
    activity: Activity | None = None,
    interval: str = Interval.ONCE,
    incognito: bool = False,
    message: str = "",
) -> Contribution:
    """Promise a gift, and note the charge for it; `giving.tasks.begin` then asks the rail.

    It may be for one `activity` of the group that is not closed yet.
    """
    if not policies.may_give_as(by, contributor):
        raise NotAllowed
    if not policies.may_speak_as(by, given_by, contributor):
        raise NotAllowed
    hosted = queries.hosting_of(collective)
    _check(collective, amount, tier, interval)
    _check_purpose(collective, activity)
    if rail not in {one.name for one in payment_queries.offered(hosted.host, amount.currency)}:
        raise payment_queries.UnknownRail
    queries.quote(collective, amount, rail, hosted=hosted)
    contribution = Contribution.objects.create(
        public_id=readable(queries.ID_LENGTH),
        secret=readable(queries.ID_LENGTH),
        collective=collective,
        contributor=contributor,
        given_by=given_by,
        tier=tier,
        activity=activity,
        interval=interval,
        amount_minor=amount.minor,
        currency=amount.currency,
        host_fee_ppm=hosting.fee_ppm(hosted),
        rail=rail,
        incognito=incognito,
        message=message[:LONGEST_MESSAGE],
        created_at=clock.now(),
    )
    payments.start_charge(
        subject=queries.subject_of(contribution),
        host=hosted.host,
        rail=rail,
        amount=amount,
        description=f"{collective.name}: {described(collective, tier)}",
        refs=_refs(contribution),
        by=by,
    )
    write_down("pledged", contribution, by=by)
    return contribution


@transaction.atomic
def fail(*, charge: Charge, reason: str, by: Party | None) -> Contribution:
    """Record that the money will not come; nothing where it has, or where that is known."""
    contribution = locked(_contribution_id(charge))
    charge = payments.fail(charge=charge, reason=reason, by=by)
    is_open = contribution.status == Contribution.Status.PLEDGED
    if is_open and charge.state == Charge.State.FAILED:
        contribution.status = Contribution.Status.FAILED
        contribution.save(update_fields=["status"])
        write_down("failed", contribution, by=by)
    return contribution


@transaction.atomic
def cancel(*, contribution: Contribution, by: Party | None) -> Contribution:
    """Take a promise back before its money has come."""
    contribution = locked(contribution.pk)
    if not policies.may_cancel(by, contribution):
        raise NotAllowed
    if contribution.status == Contribution.Status.CANCELLED:
        return contribution
    if contribution.status != Contribution.Status.PLEDGED:
        raise AlreadyHere
    charge = queries.charge_of(contribution)
    if debits.asked_for(charge) is not None:
        raise AtTheBank
    charge = payments.fail(charge=charge, reason="", by=by)
    if charge.state != Charge.State.FAILED:
        raise AlreadyHere
    contribution.status = Contribution.Status.CANCELLED
    contribution.save(update_fields=["status"])
    write_down("cancelled", contribution, by=by)
    return contribution


def _check(collective: Collective, amount: Money, tier: Tier | None, interval: str) -> None:
    if collective.status != Collective.Status.ACTIVE:
        raise NotOpen
    if interval != Interval.ONCE:
        raise OnlyOnce
    if amount.currency != collective.currency:
        raise rules.WrongAmount
    rules.check_amount(amount)
    if tier is None:
        return
    asked = Money(tier.amount_minor, tier.currency)
    is_offered = tier.collective_id == collective.pk and tier.archived_at is None
    if not is_offered or not rules.fits_tier(amount, tier_amount=asked, flexible=tier.flexible):
        raise rules.NotThisTier


def _check_purpose(collective: Collective, activity: Activity | None) -> None:
    if activity is None:
        return
    if activity.organizer_id != collective.pk or activity.closed_at is not None:
        raise NotForThis


def _refs(contribution: Contribution) -> dict[str, str]:
    """Return what the ledger's transactions belong to, in public."""
    refs = {"contribution": contribution.public_id}
    mark = contribution.activity_id
    return refs | {"activity": str(mark)} if mark else refs


def _contribution_id(charge: Charge) -> int:
    found = queries.id_in(charge.subject)
    assert found is not None, f"{charge.subject} is not a contribution"
    return found
