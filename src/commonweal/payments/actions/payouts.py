"""Money going out: held in clearing first, so that nothing is paid twice or from an empty pot."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.foundation import clock
from commonweal.foundation.ids import key, uuid7
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Kind, Purpose, Transaction
from commonweal.ledger.rules import Draft, Posting, Private
from commonweal.payments import rules
from commonweal.payments.actions.charges import WrongMoment
from commonweal.payments.models import Payout
from commonweal.payments.queries import held_by
from commonweal.people.models import Party


@transaction.atomic
def hold_payout(
    *,
    subject: str,
    attempt: int,
    host: Host,
    rail: str,
    funds_account: int,
    amount: Money,
    category: int | None,
    private: tuple[Private, ...],
    refs: Mapping[str, str],
    by: Party | None,
    kind: Kind = Kind.EXPENSE,
) -> Payout:
    """Take money out of the funds of a collective and hold it in clearing, ready to be paid.

    The same attempt again finds the same payout. Raises `NotEnough` where the pot is too small.
    """
    payout, is_new = Payout.objects.get_or_create(
        subject=subject,
        attempt=attempt,
        defaults={
            "uuid": uuid7(),
            "host": host,
            "rail": rail,
            "amount_minor": amount.minor,
            "currency": amount.currency,
            "refs": dict(refs),
            "created_at": clock.now(),
        },
    )
    if not is_new:
        if Money(payout.amount_minor, payout.currency) != amount:
            raise WrongMoment
        return payout
    clearing = _account(payout, Purpose.PAYOUTS)
    ledger.post(
        Draft(
            key=held_by(payout),
            kind=kind,
            postings=(
                Posting(funds_account, -amount.minor, kind),
                Posting(clearing, amount.minor, kind),
            ),
            effective_on=clock.today(),
            host=host.pk,
            category=category,
            refs=refs,
            private=private,
        )
    )
    return payout


@transaction.atomic
def bundle_payouts(*, payouts: Collection[Payout], by: Party | None) -> UUID:
    """Let payouts to one payee travel as one transfer; return the key that the bank is told.

    All of them carry it, so that the bank's statement leads back to each.
    """
    first = min(payouts, key=lambda one: one.pk)
    Payout.objects.filter(pk__in=[one.pk for one in payouts]).update(external_id=first.uuid.hex)
    return first.uuid


@transaction.atomic
def send_payouts(*, payouts: Collection[int], by: Party | None) -> None:
    """Record that the bank is told of these payouts; of those that were told before, nothing."""
    found = Payout.objects.select_for_update().filter(pk__in=payouts).order_by("pk")
    held = [one.pk for one in found if one.state == Payout.State.HELD]
    Payout.objects.filter(pk__in=held).update(state=Payout.State.SENT)


@transaction.atomic
def confirm_payout(
    *, payout: Payout, on: date, reference: str, by: Party | None, target: Purpose = Purpose.BANK
) -> Payout:
    """Record that the money has left the bank; the same news again changes nothing.

    `target` is where the books have what left already, if the bank told before.
    """
    payout = _locked(payout)
    if payout.state == Payout.State.PAID:
        return payout
    _move(payout, Payout.State.PAID)
    payout.paid_on, payout.reference = on, reference
    payout.save(update_fields=["state", "paid_on", "reference"])
    clearing, bank = _account(payout, Purpose.PAYOUTS), _account(payout, target)
    ledger.post(
        Draft(
            key=_key(payout, _paid(payout)),
            kind=Kind.PAYOUT,
            postings=(
                Posting(clearing, -payout.amount_minor, Kind.PAYOUT),
                Posting(bank, payout.amount_minor, Kind.PAYOUT),
            ),
            effective_on=on,
            host=payout.host_id,
            refs=payout.refs,
        )
    )
    return payout


@transaction.atomic
def return_payout(
    *, payout: Payout, on: date, by: Party | None, private: tuple[Private, ...] = ()
) -> Payout:
    """Give the money of a payout back to the collective it came from, also after it bounced."""
    payout = _locked(payout)
    if payout.state == Payout.State.RETURNED:
        return payout
    steps = [_paid(payout), "hold"] if payout.state == Payout.State.PAID else ["hold"]
    _move(payout, Payout.State.RETURNED)
    payout.save(update_fields=["state"])
    for step in steps:
        ledger.reverse(
            key=_key(payout, f"returned:{step}"),
            transaction_id=Transaction.objects.get(key=_key(payout, step)).pk,
            effective_on=on,
            private=private if step == "hold" else (),
        )
    return payout


@transaction.atomic
def unconfirm_payout(*, payout: Payout, on: date, by: Party | None) -> Payout:
    """Take back that a payout was paid, because a bank line was taken for it wrongly; it waits."""
    payout = _locked(payout)
    paid = Transaction.objects.filter(key=_key(payout, _paid(payout))).first()
    if paid is None:
        raise WrongMoment
    _move(payout, Payout.State.SENT if payout.external_id else Payout.State.HELD)
    ledger.reverse(
        key=_key(payout, f"not {_paid(payout)}"), transaction_id=paid.pk, effective_on=on
    )
    payout.paid_on, payout.reference = None, ""
    payout.times_undone += 1
    payout.save(update_fields=["state", "paid_on", "reference", "times_undone"])
    return payout


def _paid(payout: Payout) -> str:
    """Return the name of the step by which it is paid: another one after each time undone."""
    return f"paid:{payout.times_undone}" if payout.times_undone else "paid"


def _locked(payout: Payout) -> Payout:
    return Payout.objects.select_for_update().get(pk=payout.pk)


def _move(payout: Payout, state: Payout.State) -> None:
    if not rules.may_follow(rules.PAYOUT_STEPS, payout.state, state):
        raise WrongMoment
    payout.state = state


def _key(payout: Payout, step: str) -> UUID:
    return key("payout", payout.uuid, step)


def _account(payout: Payout, purpose: Purpose) -> int:
    return ledger.open_account(
        purpose=purpose, host=payout.host_id, rail=payout.rail, currency=payout.currency
    ).pk
