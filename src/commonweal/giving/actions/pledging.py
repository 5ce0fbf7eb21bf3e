"""Promises: made, failed, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.ids import readable
from commonweal.foundation.money import Money
from commonweal.giving import policies, queries, rules
from commonweal.giving.actions import billing
from commonweal.giving.actions.records import described, locked, refs, write_down
from commonweal.giving.models import Contribution, Ending, Interval, Standing, Tier
from commonweal.giving.rules.billing import period_of
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Hosting
from commonweal.payments import actions as payments
from commonweal.payments import queries as payment_queries
from commonweal.payments.models import Charge
from commonweal.payments.queries import debits
from commonweal.people.models import Party

LONGEST_MESSAGE = 500


class NotOpen(Refused):
    """This group takes no gifts at the moment."""


class OnlyOnce(Refused):
    """This way of paying cannot repeat. Choose another one, or give once."""

    status = 422


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
    covers_fees: bool = False,
) -> Contribution:
    """Promise a gift, and note the charge for it; `giving.tasks.begin` then asks the rail.

    It may be for one `activity` of the group that is not closed yet. Whoever covers the fees
    promises so much more that the group gets `amount`.
    """
    if not policies.may_give_as(by, contributor):
        raise NotAllowed
    if not policies.may_speak_as(by, given_by, contributor):
        raise NotAllowed
    hosted = queries.hosting_of(collective)
    check(collective, amount, tier, interval, hosted)
    _check_purpose(collective, activity)
    check_rail(hosted, rail, amount, interval)
    kind = tier.kind if tier else ""
    quoted = queries.quote(
        collective, amount, rail, hosted=hosted, tier_kind=kind, covers_fees=covers_fees
    )
    terms = hosting.terms(hosted, tier_kind=kind, rail=rail)
    contribution = Contribution.objects.create(
        public_id=readable(queries.ID_LENGTH),
        secret=readable(queries.ID_LENGTH),
        collective=collective,
        contributor=contributor,
        given_by=given_by,
        tier=tier,
        activity=activity,
        interval=interval,
        amount_minor=quoted.amount.minor,
        currency=amount.currency,
        host_fee_ppm=terms.fee_ppm,
        host_bears_rail_fee=terms.host_bears_rail_fee,
        covers_fees=covers_fees and quoted.amount != amount,
        rail=rail,
        incognito=incognito,
        message=message[:LONGEST_MESSAGE],
        created_at=clock.now(),
        **_rhythm(rail, interval),
    )
    period, due_on = _first(contribution)
    payments.start_charge(
        subject=queries.subject_of(contribution),
        host=hosted.host,
        rail=rail,
        amount=quoted.amount,
        description=f"{collective.name}: {described(collective, tier)}",
        refs=refs(contribution),
        period=period,
        due_on=due_on,
        by=by,
    )
    write_down("pledged", contribution, by=by)
    return contribution


@transaction.atomic
def fail(
    *, charge: Charge, reason: str, by: Party | None, again: bool | None = None
) -> Contribution:
    """Record that the money will not come; nothing where it has, or where that is known.

    Who knows whether it is worth trying `again` says so, of what comes again and again.
    """
    contribution = locked(_contribution_id(charge))
    if contribution.standing and (contribution.settled_at or again):
        return billing.failed_again(contribution, charge, reason, by, is_final=again is False)
    charge = payments.fail(charge=charge, reason=reason, by=by)
    is_open = contribution.status == Contribution.Status.PLEDGED
    if is_open and charge.state == Charge.State.FAILED:
        contribution.status = Contribution.Status.FAILED
        contribution.save(update_fields=["status"])
        if contribution.standing:
            billing.end(contribution, Ending.NEVER_PAID, by)
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
    if contribution.standing:
        billing.end(contribution, Ending.GIVER, by)
        write_down("cancelled", contribution, by=by)
        return contribution
    charge = queries.charge_of(contribution)
    if debits.asked_for(charge) is not None:
        raise AtTheBank
    charge = payments.fail(charge=charge, reason="", by=by)
    payments.end_mandates(subject=charge.subject, by=by)
    if charge.state != Charge.State.FAILED:
        raise AlreadyHere
    contribution.status = Contribution.Status.CANCELLED
    contribution.save(update_fields=["status"])
    write_down("cancelled", contribution, by=by)
    return contribution


def check(
    collective: Collective, amount: Money, tier: Tier | None, interval: str, hosted: Hosting
) -> None:
    """Raise where a group takes no gift of this amount, this way and as often."""
    if collective.status != Collective.Status.ACTIVE:
        raise NotOpen
    if amount.currency not in {collective.currency, *hosted.host.currencies}:
        raise rules.WrongAmount
    rules.check_amount(amount)
    if tier is None:
        return
    asked = Money(tier.amount_minor, tier.currency)
    is_offered = tier.collective_id == collective.pk and tier.archived_at is None
    is_offered = is_offered and tier.interval == interval
    is_offered = is_offered and tier.currency == amount.currency
    if not is_offered or not rules.fits_tier(amount, tier_amount=asked, flexible=tier.flexible):
        raise rules.NotThisTier


def check_rail(hosted: Hosting, rail: str, amount: Money, interval: str) -> None:
    """Raise where a host takes no such gifts over a rail, or not as often."""
    offered = {one.name: one for one in payment_queries.offered(hosted.host, amount.currency)}
    if rail not in offered:
        raise payment_queries.UnknownRail
    if interval != Interval.ONCE and offered[rail].capabilities.repeats == "never":
        raise OnlyOnce


def _rhythm(rail: str, interval: str) -> dict[str, Any]:
    """Return when the money of a new promise is due; of a card only after it has paid once."""
    if interval == Interval.ONCE:
        return {}
    is_transfer = payment_queries.rail(rail).capabilities.repeats == "by giver"
    today = clock.today()
    due = today if is_transfer else None
    return {"standing": Standing.ON, "anchor_on": today, "next_due_on": due}


def _first(contribution: Contribution) -> tuple[str, date | None]:
    """Return the period and the due day of the first charge; a transfer's is said when it comes."""
    anchor = contribution.anchor_on
    if anchor is None:
        return "", None
    is_transfer = queries.repeats(contribution) == "by giver"
    return "" if is_transfer else period_of(anchor, contribution.interval), anchor


def _check_purpose(collective: Collective, activity: Activity | None) -> None:
    if activity is None:
        return
    if activity.organizer_id != collective.pk or activity.closed_at is not None:
        raise NotForThis


def _contribution_id(charge: Charge) -> int:
    found = queries.id_in(charge.subject)
    assert found is not None, f"{charge.subject} is not a contribution"
    return found
