"""Money that a bank statement shows: for a promise, for one more month of it, or out of the blue.

Whoever reads the statement has asked who may. The books have the money already, as not placed.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from commonweal.activity.actions import record
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.ids import readable
from commonweal.foundation.money import Money
from commonweal.giving import queries
from commonweal.giving.actions.bearing import lose, take_shares_back
from commonweal.giving.actions.billing import TRANSFER, ask_again
from commonweal.giving.actions.records import described, locked, write_down
from commonweal.giving.actions.refunding import NotGiven, take_off
from commonweal.giving.actions.settling import settle_locked
from commonweal.giving.models import Contribution
from commonweal.hosting import queries as hosting
from commonweal.ledger.models import Purpose
from commonweal.payments import actions as payments
from commonweal.payments import queries as payment_queries
from commonweal.payments.models import Charge
from commonweal.people.models import Party

_TAKEABLE = {Charge.State.CAPTURED, Charge.State.SETTLED, Charge.State.REFUNDING}


@transaction.atomic
def receive(*, charge: Charge, amount: Money, on: date, by: Party | None) -> Contribution:
    """Record that the money of a charge stands on the host's account, and settle it."""
    contribution = locked(_contribution_id(charge))
    fee = payment_queries.rail(charge.rail).fee(amount)
    charge = payments.capture(
        charge=charge, amount=amount, fee=fee, on=on, by=by, source=Purpose.UNPLACED
    )
    return settle_locked(contribution, charge, by)


@transaction.atomic
def take_in(
    *, collective: Collective, contributor: Party, amount: Money, incognito: bool, by: Party | None
) -> Charge:
    """Note a gift that nobody promised, and the charge for it; `receive` then settles it."""
    hosted = queries.hosting_of(collective)
    terms = hosting.terms(hosted, tier_kind="", rail=TRANSFER)
    contribution = Contribution.objects.create(
        public_id=readable(queries.ID_LENGTH),
        secret=readable(queries.ID_LENGTH),
        collective=collective,
        contributor=contributor,
        given_by=contributor,
        amount_minor=amount.minor,
        currency=amount.currency,
        host_fee_ppm=terms.fee_ppm,
        host_bears_rail_fee=terms.host_bears_rail_fee,
        rail=TRANSFER,
        incognito=incognito,
        created_at=clock.now(),
    )
    return payments.start_charge(
        subject=queries.subject_of(contribution),
        host=hosted.host,
        rail=TRANSFER,
        amount=amount,
        description=f"{collective.name}: {described(collective, None)}",
        refs={"contribution": contribution.public_id},
        by=by,
    )


@transaction.atomic
def undo_receipt(*, charge: Charge, on: date, by: Party | None) -> Contribution:
    """Take back that money was for this promise: out of the pot, not placed again.

    A promise that has nothing else then waits once more, under its own reference.
    """
    contribution = _taken_out(charge, on=on, by=by)
    if contribution.received_minor == 0:
        contribution.status = Contribution.Status.PLEDGED
        contribution.save(update_fields=["status"])
        ask_again(contribution=contribution, by=by)
    write_down("undone", contribution, by=by)
    return contribution


@transaction.atomic
def take_away(
    *, charge: Charge, on: date, reason: str, by: Party | None, target: Purpose = Purpose.UNPLACED
) -> Contribution:
    """Record that a bank took a gift back, and why: all that had not gone back before.

    It leaves the pot with its fees. What is spent already is borne as the host has set, so this
    always ends. `target` is where the books have it as gone already, if not still outside.
    """
    contribution = locked(_contribution_id(charge))
    charge = Charge.objects.select_related("host").get(pk=charge.pk)
    whole = Money(charge.amount_minor, charge.currency)
    if charge.state not in _TAKEABLE or charge.returned_minor == whole.minor:
        raise NotGiven
    gone = whole - Money(charge.returned_minor, charge.currency)
    left = whole - Money(charge.refunded_minor, charge.currency)
    if left:
        _lose(contribution, charge, left, on=on)
    payments.confirm_back(charge=charge, total=whole, on=on, by=by, target=target)
    write_down("refunded", contribution, by=by, public=True, note=reason, amount=gone)
    return contribution


def _lose(contribution: Contribution, charge: Charge, left: Money, *, on: date) -> None:
    """Take what is left of a gift out of the books of the group, and tell its admins."""
    settled = queries.settlement(charge)
    asked = payments.ask_back(charge=charge, amount=left, by=None)
    if settled is None:  # it never was shared out
        contribution.status = Contribution.Status.REFUNDED
        contribution.save(update_fields=["status"])
        return
    asked.host = charge.host
    loss = lose(contribution, asked, settled, left, on=on)
    take_off(contribution, asked, left)
    record(
        "contribution.lost",
        subject=queries.subject_of(contribution),
        by=None,
        party=contribution.collective_id,
        amount_minor=left.minor,
        currency=left.currency,
        of_pot_minor=loss.of_pot.minor,
        of_host_minor=loss.of_host.minor,
        pot_currency=loss.of_pot.currency,
    )


def _taken_out(charge: Charge, *, on: date, by: Party | None) -> Contribution:
    """Reverse how a charge was shared out, and leave its money to be placed."""
    contribution = locked(_contribution_id(charge))
    charge = Charge.objects.get(pk=charge.pk)
    settlement = queries.settlement(charge)
    if charge.state != Charge.State.SETTLED or charge.refunded_minor or settlement is None:
        raise NotGiven
    whole = Money(charge.amount_minor, charge.currency)
    charge = payments.ask_back(charge=charge, amount=whole, by=by)
    payments.date_charge(charge=charge, period="", due_on=None, by=by)
    take_shares_back(contribution, charge, settlement, whole, on=on)
    take_off(contribution, charge, whole)
    payments.confirm_back(charge=charge, total=whole, on=on, by=by, target=Purpose.UNPLACED)
    return contribution


def _contribution_id(charge: Charge) -> int:
    found = queries.id_in(charge.subject)
    assert found is not None, f"{charge.subject} is not a contribution"
    return found
