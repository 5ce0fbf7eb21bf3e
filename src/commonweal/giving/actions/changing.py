"""What givers change about promises whose money comes again: how much, when, over which rail.

They prove who they are by signing in, by being the guest who gave, or by the signed part of the
address that stands in each letter about the gift.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.giving import policies, queries
from commonweal.giving.actions import periods
from commonweal.giving.actions.billing import ask_again, close_charges, end, note_charge
from commonweal.giving.actions.pledging import check, check_rail
from commonweal.giving.actions.records import locked, write_down
from commonweal.giving.models import Contribution, Ending, Standing, Tier
from commonweal.giving.rules import billing
from commonweal.payments import actions as payments
from commonweal.payments.models import Charge
from commonweal.people.models import Party


class HasEnded(Refused):
    """This gift has ended, so nothing about it can be changed. Give again if you like."""


class NotAhead(Refused):
    """Choose a day that is still ahead."""

    status = 422


class NothingToPay(Refused):
    """Nothing is open for this gift, so there is nothing to pay."""


@transaction.atomic
def change(
    *,
    contribution: Contribution,
    amount: Money,
    tier: Tier | None,
    day: int,
    by: Party | None,
    token: str = "",
) -> Contribution:
    """Give another amount or on another day of the month from the next time on.

    Another amount is what is paid: fees that were paid on top are within it from then on.
    """
    contribution = _changeable(contribution, by, token)
    hosted = queries.hosting_of(contribution.collective)
    check(contribution.collective, amount, tier, contribution.interval, hosted)
    queries.quote(contribution.collective, amount, contribution.rail, hosted=hosted)
    if amount.minor != contribution.amount_minor:
        contribution.covers_fees = False
    contribution.amount_minor, contribution.tier = amount.minor, tier
    assert contribution.anchor_on is not None, "what comes again has due days"
    if day != contribution.anchor_on.day:
        _move(contribution, day)
    contribution.save(
        update_fields=["amount_minor", "covers_fees", "tier", "anchor_on", "next_due_on"]
    )
    if queries.waits_for_transfer(contribution):
        close_charges(contribution, by)
        ask_again(contribution=contribution, by=by)
    write_down("changed", contribution, by=by)
    return contribution


@transaction.atomic
def switch(*, contribution: Contribution, rail: str, by: Party | None, token: str = "") -> Charge:
    """Give over another rail. What its giver has to do there is the next step of the charge.

    A standing order takes over at once; a card once it has paid, which is for the next due day.
    """
    contribution = _changeable(contribution, by, token)
    hosted = queries.hosting_of(contribution.collective)
    amount = Money(contribution.amount_minor, contribution.currency)
    check_rail(hosted, rail, amount, contribution.interval)
    queries.quote(contribution.collective, amount, rail, hosted=hosted)
    close_charges(contribution, by)
    old, contribution.rail = contribution.rail, rail
    charge = note_charge(contribution, hosted, due_on=None, again_of=None, by=by)
    if queries.repeats(contribution) == "by giver":
        contribution.next_due_on = contribution.next_due_on or _next(contribution)
        if contribution.standing == Standing.QUIET:
            contribution.standing = Standing.ON
        contribution.save(update_fields=["rail", "next_due_on", "standing"])
        write_down("changed", contribution, by=by)
    else:
        contribution.rail = old
    return charge


@transaction.atomic
def pay_again(*, contribution: Contribution, by: Party | None, token: str = "") -> Charge:
    """Ask the giver, who is here, for what a card declined; any card they like.

    `giving.tasks.begin` then asks the rail.
    """
    contribution = _changeable(contribution, by, token)
    charge = queries.declined(contribution)
    if charge is None or queries.repeats(contribution) != "by us":
        raise NothingToPay
    # Should they leave without paying, the known card is asked on the day that was planned.
    return payments.try_again(charge=charge, again_of=None, again_on=charge.again_on, by=by)


@transaction.atomic
def pause(
    *, contribution: Contribution, until: date | None, by: Party | None, token: str = ""
) -> Contribution:
    """Ask for nothing for a while: until a day, or until the giver says so."""
    contribution = _changeable(contribution, by, token)
    if until is not None and until <= clock.today():
        raise NotAhead
    is_new = contribution.standing != Standing.PAUSED
    if not is_new and contribution.resumes_on == until:
        return contribution
    close_charges(contribution, by)
    contribution.standing, contribution.resumes_on = Standing.PAUSED, until
    contribution.paused_at = contribution.paused_at or clock.now()
    contribution.missed = 0
    contribution.save(update_fields=["standing", "resumes_on", "paused_at", "missed"])
    write_down("paused", contribution, by=by)
    return contribution


@transaction.atomic
def resume(*, contribution: Contribution, by: Party | None, token: str = "") -> Contribution:
    """Go on after a pause, from the next due day on. Nothing of the pause is asked for."""
    contribution = _changeable(contribution, by, token)
    return _go_on(contribution, by)


@transaction.atomic
def resume_by_itself(*, contribution: Contribution, by: Party | None) -> Contribution:
    """Go on where the pause that the giver chose is over."""
    contribution = locked(contribution.pk)
    day = contribution.resumes_on
    if contribution.standing != Standing.PAUSED or day is None or day > clock.today():
        return contribution
    return _go_on(contribution, by)


@transaction.atomic
def stop(*, contribution: Contribution, by: Party | None, token: str = "") -> Contribution:
    """End a promise for good; what was given stays given."""
    contribution = locked(contribution.pk)
    _refuse_others(contribution, by, token)
    if contribution.standing == Standing.NONE:
        raise HasEnded
    if contribution.standing != Standing.ENDED:
        end(contribution, Ending.GIVER, by)
        write_down("stopped", contribution, by=by)
    return contribution


@transaction.atomic
def stop_all(*, person: Party, by: Party | None) -> int:
    """End all that somebody gives again and again, before they are erased; return how many."""
    if not policies.may_give_as(by, person):
        raise NotAllowed
    alive = Contribution.objects.filter(contributor=person).exclude(
        standing__in=[Standing.NONE, Standing.ENDED]
    )
    for one in list(alive.order_by("pk")):
        end(locked(one.pk), Ending.ERASED, by)
    return len(alive)


def _changeable(contribution: Contribution, by: Party | None, token: str) -> Contribution:
    """Return a promise that goes on, locked, if this is its giver."""
    contribution = locked(contribution.pk)
    _refuse_others(contribution, by, token)
    if contribution.standing in {Standing.NONE, Standing.ENDED}:
        raise HasEnded
    return contribution


def _refuse_others(contribution: Contribution, by: Party | None, token: str) -> None:
    if not policies.may_cancel(by, contribution) and not queries.opens(token, contribution):
        raise NotAllowed


def _go_on(contribution: Contribution, by: Party | None) -> Contribution:
    if contribution.standing != Standing.PAUSED:
        return contribution
    contribution.standing = Standing.ON
    contribution.paused_at = contribution.resumes_on = None
    if contribution.next_due_on is not None:
        contribution.next_due_on = _next(contribution)
    contribution.save(update_fields=["standing", "paused_at", "resumes_on", "next_due_on"])
    write_down("resumed", contribution, by=by)
    return contribution


def _move(contribution: Contribution, day: int) -> None:
    """Let the due days fall on another day of the month; never twice in the same period."""
    assert contribution.anchor_on is not None, "what comes again has due days"
    contribution.anchor_on = billing.moved(contribution.anchor_on, contribution.interval, day=day)
    if contribution.next_due_on is not None:
        contribution.next_due_on = _next(contribution)


def _next(contribution: Contribution) -> date:
    """Return the first due day from tomorrow on whose period has no charge."""
    assert contribution.anchor_on is not None, "what comes again has due days"
    return billing.next_due(
        contribution.anchor_on,
        contribution.interval,
        after=clock.today(),
        taken=periods.taken_by(contribution),
    )
