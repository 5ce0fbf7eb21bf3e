"""Giving back: out of the collective into clearing at once, then out of the bank."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.giving import policies, queries
from commonweal.giving.actions.bearing import take_shares_back
from commonweal.giving.actions.converting import worth
from commonweal.giving.actions.records import locked, write_down
from commonweal.giving.actions.settling import NotByHand, add_support
from commonweal.giving.models import Contribution
from commonweal.ledger import actions as ledger
from commonweal.payments import actions as payments
from commonweal.payments import queries as payment_queries
from commonweal.payments.models import Charge
from commonweal.people.models import Party


class OnlyWhole(Refused):
    """This money has not reached the group yet, so it can only go back as a whole."""


class NotGiven(Refused):
    """There is nothing left of this gift that could be given back."""


class PotTooSmall(Refused):
    """The pot does not hold what this takes out of it: a part was spent. Give back less."""

    status = 422


@transaction.atomic
def refund(
    *, contribution: Contribution, by: Party, amount: Money | None = None, reason: str = ""
) -> Contribution:
    """Give back a gift or a part of it, with the same part of the fees that can be had back.

    The money waits in clearing until the rail, or a person at the host, has sent it.
    `giving.tasks.give_back` then asks the rail.
    """
    contribution = locked(contribution.pk)
    charge = queries.come_of(contribution)
    if not policies.may_handle(by, charge.host):
        raise NotAllowed
    if charge.state == Charge.State.CAPTURED:
        return _send_away(contribution, charge, amount=amount, reason=reason, by=by)
    settlement = queries.settlement(charge)
    if contribution.status != Contribution.Status.SETTLED or settlement is None:
        raise NotGiven
    rest = Money(charge.amount_minor - charge.refunded_minor, charge.currency)
    back = rest if amount is None else amount
    charge = payments.ask_back(charge=charge, amount=back, by=by)
    try:
        take_shares_back(contribution, charge, settlement, back, on=clock.today())
    except ledger.NotEnough as error:
        raise PotTooSmall from error
    take_off(contribution, charge, back)
    write_down("refunded", contribution, by=by, public=True, note=reason, amount=back)
    return contribution


@transaction.atomic
def confirm_refund(*, contribution: Contribution, on: date, by: Party) -> Contribution:
    """Record that a person at the host has sent the money back by bank."""
    contribution = locked(contribution.pk)
    charge = queries.going_back(contribution)
    if not policies.may_handle(by, charge.host):
        raise NotAllowed
    if not payment_queries.rail(charge.rail).capabilities.returns_by_hand:
        raise NotByHand
    total = Money(charge.refunded_minor, charge.currency)
    payments.confirm_back(charge=charge, total=total, on=on, by=by)
    return contribution


def _send_away(
    contribution: Contribution, charge: Charge, *, amount: Money | None, reason: str, by: Party
) -> Contribution:
    """Send back money that came and could not be shared out: it never was the collective's."""
    whole = Money(charge.amount_minor, charge.currency)
    if amount not in {None, whole}:
        raise OnlyWhole
    payments.ask_back(charge=charge, amount=whole, by=by)
    contribution.status = Contribution.Status.REFUNDED
    contribution.save(update_fields=["status"])
    write_down("refunded", contribution, by=by, note=reason, amount=whole)
    return contribution


def take_off(contribution: Contribution, charge: Charge, back: Money) -> None:
    """Keep the contribution and the wall true after a part of it went back."""
    is_whole = charge.refunded_minor == charge.amount_minor
    before = worth(contribution, charge, refunded_minor=charge.refunded_minor - back.minor)
    lost = before - worth(contribution, charge, refunded_minor=charge.refunded_minor)
    contribution.received_minor -= lost
    if contribution.received_minor == 0:
        contribution.status = Contribution.Status.REFUNDED
    contribution.save(update_fields=["received_minor", "status"])
    add_support(contribution, -lost, times=-1 if is_whole else 0)
