"""Money coming in: each step and its posting in one transaction, each once.

A rail is asked only after the step before it is committed, by `payments.tasks`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.foundation.ids import key, uuid7
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Kind, Purpose, Transaction
from commonweal.ledger.rules import Draft, Posting
from commonweal.payments import queries, rules
from commonweal.payments.models import Charge
from commonweal.payments.port import NextStep
from commonweal.people.models import Party

_HAS_COME = {
    Charge.State.CAPTURED,
    Charge.State.SETTLED,
    Charge.State.REFUNDING,
    Charge.State.REFUNDED,
}


class WrongMoment(Refused):
    """This payment is not at the point where that can be done. Reload the page to see it."""


class AlreadyArrived(Refused):
    """This money was already recorded, with another amount. Reload the page to see it."""


class WrongCurrency(Refused):
    """This money is in another currency than what was asked for."""


class TooMuchBack(Refused):
    """No more can be given back than came."""


@transaction.atomic
def start_charge(
    *,
    subject: str,
    host: Host,
    rail: str,
    amount: Money,
    description: str,
    refs: Mapping[str, str],
    by: Party | None,
    reference: str = "",
    period: str = "",
    due_on: date | None = None,
    again_of: UUID | None = None,
) -> Charge:
    """Note that money is asked for; `payments.tasks.begin` then asks the rail.

    `reference` is one that the giver knows already, from an earlier charge. A subject has one
    charge for each `period`: the database refuses another.
    """
    charge = Charge.objects.create(
        uuid=uuid7(),
        subject=subject,
        host=host,
        rail=rail,
        amount_minor=amount.minor,
        currency=amount.currency,
        description=description,
        refs=dict(refs),
        created_at=clock.now(),
        period=period,
        due_on=due_on,
        again_of=again_of,
    )
    charge.reference = reference or rules.reference(charge.pk)
    charge.save(update_fields=["reference"])
    return charge


@transaction.atomic
def note_step(*, charge: Charge, step: NextStep, by: Party | None) -> Charge:
    """Keep what the rail says the giver does next; nothing where the charge has ended meanwhile.

    A rail that refuses at once ends nothing here: whoever the charge is for says `fail`.
    """
    charge = _locked(charge)
    if charge.state not in {Charge.State.CREATED, Charge.State.PENDING}:
        return charge
    charge.next_step = {name: value for name, value in asdict(step).items() if name != "news"}
    charge.external_id = step.external_id or charge.external_id
    charge.failure = step.failure
    if charge.state == Charge.State.CREATED:
        _move(charge, Charge.State.PENDING)
    charge.save(update_fields=["next_step", "external_id", "failure", "state"])
    return charge


@transaction.atomic
def capture(
    *,
    charge: Charge,
    amount: Money,
    fee: Money,
    on: date,
    by: Party | None,
    source: Purpose = Purpose.BANK,
) -> Charge:
    """Record that the money has come, and put it in clearing; the amount may differ.

    `source` is where the books have it already, if not still outside. Rails repeat their news, so
    the same news again changes nothing.
    """
    charge = _locked(charge)
    if amount.currency != charge.currency:
        raise WrongCurrency
    if charge.state in _HAS_COME:
        if charge.amount_minor != amount.minor:
            raise AlreadyArrived
        return charge
    _move(charge, Charge.State.CAPTURED)
    charge.amount_minor, charge.fee_minor, charge.arrived_on = amount.minor, fee.minor, on
    charge.failure, charge.again_on = "", None
    charge.save(
        update_fields=[
            "state", "amount_minor", "fee_minor", "arrived_on", "failure", "again_on",
        ]
    )  # fmt: skip
    ledger.post(
        _between(
            charge,
            "arrival",
            kind=Kind.ARRIVAL,
            source=source,
            target=Purpose.CHARGES,
            minor=amount.minor,
            on=on,
        )
    )
    return charge


@transaction.atomic
def capture_all(
    *, arrivals: Sequence[tuple[Charge, Money, date]], source: Purpose, by: Party | None
) -> None:
    """Record the money of many locked charges, as `capture` does for one; no fee is kept.

    The period that a charge says it is for is kept with it.
    """
    for charge, amount, on in arrivals:
        if amount.currency != charge.currency:
            raise WrongCurrency
        _move(charge, Charge.State.CAPTURED)
        charge.amount_minor, charge.arrived_on, charge.failure = amount.minor, on, ""
    charges = [charge for charge, _, _ in arrivals]
    fields = ["state", "amount_minor", "arrived_on", "failure", "period", "due_on"]
    Charge.objects.bulk_update(charges, fields)
    accounts: dict[tuple[int, str, str], tuple[int, int]] = {}
    drafts = []
    for charge, amount, on in arrivals:
        way = (charge.host_id, charge.rail, charge.currency)
        accounts[way] = accounts.get(way) or _two(charge, source, Purpose.CHARGES)
        drafts.append(
            _moved(charge, "arrival", Kind.ARRIVAL, accounts[way], minor=amount.minor, on=on)
        )
    ledger.post_batch(drafts)


@transaction.atomic
def mark_all_settled(*, charges: Sequence[Charge], by: Party | None) -> None:
    """Record that the money of many locked charges was shared out; call it with that posting."""
    for charge in charges:
        _move(charge, Charge.State.SETTLED)
    Charge.objects.bulk_update(charges, ["state"])


@transaction.atomic
def fail(*, charge: Charge, reason: str, by: Party | None, again_on: date | None = None) -> Charge:
    """Record that the money will not come, or not before `again_on`; nothing where it has."""
    charge = _locked(charge)
    if charge.state == Charge.State.FAILED or charge.state in _HAS_COME:
        return charge
    _move(charge, Charge.State.FAILED)
    charge.failure, charge.again_on = reason, again_on
    charge.save(update_fields=["state", "failure", "again_on"])
    return charge


@transaction.atomic
def try_again(
    *, charge: Charge, by: Party | None, again_of: UUID | None, again_on: date | None = None
) -> Charge:
    """Ask once more for what was declined: of the card of `again_of`, or of its giver.

    Where nothing comes of that, `again_on` is the day of the next try. `payments.tasks.begin` then
    asks the rail. Nothing where the money has come meanwhile.
    """
    charge = _locked(charge)
    if charge.state in _HAS_COME:
        return charge
    _move(charge, Charge.State.CREATED)
    charge.attempt += 1
    charge.again_of, charge.again_on = again_of, again_on
    charge.next_step, charge.failure = {}, ""
    charge.save(update_fields=["state", "attempt", "again_of", "again_on", "next_step", "failure"])
    return charge


@transaction.atomic
def date_charge(*, charge: Charge, period: str, due_on: date | None, by: Party | None) -> Charge:
    """Say which month or year a charge is for, or that it is for none."""
    charge = _locked(charge)
    charge.period, charge.due_on = period, due_on
    charge.save(update_fields=["period", "due_on"])
    return charge


@transaction.atomic
def give_up(*, charge: Charge, by: Party | None) -> Charge:
    """Record that a charge is not tried again by itself."""
    charge = _locked(charge)
    charge.again_on = None
    charge.save(update_fields=["again_on"])
    return charge


@transaction.atomic
def mark_settled(*, charge: Charge, by: Party | None) -> Charge:
    """Record that the subject has shared the money out; call it with that posting."""
    charge = _locked(charge)
    _move(charge, Charge.State.SETTLED)
    charge.save(update_fields=["state"])
    return charge


@transaction.atomic
def ask_back(*, charge: Charge, amount: Money, by: Party | None) -> Charge:
    """Record that `amount` goes back to the giver; call it with the subject's reversal.

    The money stands in clearing until `confirm_back`.
    """
    charge = _locked(charge)
    total = charge.refunded_minor + amount.minor
    if amount.minor <= 0 or total > charge.amount_minor:
        raise TooMuchBack
    _move(charge, Charge.State.REFUNDING)
    charge.refunded_minor = total
    charge.save(update_fields=["state", "refunded_minor"])
    return charge


@transaction.atomic
def confirm_back(
    *, charge: Charge, total: Money, on: date, by: Party | None, target: Purpose = Purpose.BANK
) -> Charge:
    """Record that `total` of a charge has been given back in all; known news changes nothing."""
    charge = _locked(charge)
    if total.minor <= charge.returned_minor:
        return charge
    if total.minor > charge.refunded_minor:
        raise TooMuchBack
    ledger.post(
        _between(
            charge,
            _back(charge, total.minor),
            kind=Kind.PAYOUT,
            source=Purpose.CHARGES,
            target=target,
            minor=total.minor - charge.returned_minor,
            on=on,
        )
    )
    charge.returned_minor, charge.returned_on = total.minor, on
    if charge.returned_minor == charge.refunded_minor:
        whole = charge.returned_minor == charge.amount_minor
        _move(charge, Charge.State.REFUNDED if whole else Charge.State.SETTLED)
    charge.save(update_fields=["state", "returned_minor", "returned_on"])
    return charge


@transaction.atomic
def unconfirm_back(*, charge: Charge, amount: Money, on: date, by: Party | None) -> Charge:
    """Take back that the last part of a charge had left, because a bank line was not that part."""
    charge = _locked(charge)
    left = Transaction.objects.filter(
        key=key("charge", charge.uuid, _back(charge, charge.returned_minor))
    ).first()
    moved = left and left.entries.filter(amount=amount.minor).exists()
    if left is None or not moved:
        raise WrongMoment
    _move(charge, Charge.State.REFUNDING)
    ledger.reverse(
        key=key("charge", charge.uuid, f"not {_back(charge, charge.returned_minor)}"),
        transaction_id=left.pk,
        effective_on=on,
    )
    charge.returned_minor -= amount.minor
    charge.times_undone += 1
    charge.save(update_fields=["state", "returned_minor", "times_undone"])
    return charge


def _back(charge: Charge, total: int) -> str:
    """Return the name of the step by which `total` is back: another one after each time undone."""
    undone = f":{charge.times_undone}" if charge.times_undone else ""
    return f"back:{total}{undone}"


def _locked(charge: Charge) -> Charge:
    return Charge.objects.select_for_update().get(pk=charge.pk)


def _move(charge: Charge, state: Charge.State) -> None:
    if not rules.may_follow(rules.CHARGE_STEPS, charge.state, state):
        raise WrongMoment
    charge.state = state


def _between(
    charge: Charge, step: str, *, kind: Kind, source: Purpose, target: Purpose, minor: int, on: date
) -> Draft:
    """Return the draft that moves money from one of the rail's accounts to another."""
    return _moved(charge, step, kind, _two(charge, source, target), minor=minor, on=on)


def _two(charge: Charge, source: Purpose, target: Purpose) -> tuple[int, int]:
    first, second = (
        ledger.open_account(
            purpose=purpose,
            host=charge.host_id,
            rail=queries.books_of(charge.rail, purpose),
            currency=charge.currency,
        ).pk
        for purpose in (source, target)
    )
    return first, second


def _moved(
    charge: Charge, step: str, kind: Kind, accounts: tuple[int, int], *, minor: int, on: date
) -> Draft:
    return Draft(
        key=key("charge", charge.uuid, step),
        kind=kind,
        postings=(Posting(accounts[0], -minor, kind), Posting(accounts[1], minor, kind)),
        effective_on=on,
        host=charge.host_id,
        refs=charge.refs,
    )
