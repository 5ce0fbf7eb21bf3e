"""Money that came for a promise: shared out between collective, host and rail, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F, Q

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.giving import policies, queries, rules
from commonweal.giving.actions import periods
from commonweal.giving.actions.bearing import bear_rail_fee
from commonweal.giving.actions.billing import ask_again
from commonweal.giving.actions.converting import convert, is_foreign, worth
from commonweal.giving.actions.records import category_of, described, facts, locked, write_down
from commonweal.giving.models import Contribution, Standing, Support
from commonweal.giving.rules import billing
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Account, Kind, Purpose
from commonweal.ledger.rules import Draft, Posting
from commonweal.payments import actions as payments
from commonweal.payments import queries as payment_queries
from commonweal.payments.models import Charge
from commonweal.people.models import Party

_OF_THE_RAIL = (Purpose.CHARGES, Purpose.PROCESSOR_FEES)
_SHARED_OUT = {Charge.State.SETTLED, Charge.State.REFUNDING, Charge.State.REFUNDED}


class NotYetHere(Refused):
    """The money for this has not come yet."""


class NotByHand(Refused):
    """This way of paying tells us by itself when the money comes."""


class NotADay(Refused):
    """Money cannot have come on a day that is still ahead."""


@transaction.atomic
def settle(*, charge: Charge, by: Party | None) -> Contribution:
    """Share a captured charge out between collective, host and rail, exactly once.

    Rails repeat their news, so a second call for the same charge changes nothing.
    """
    found = queries.id_in(charge.subject)
    assert found is not None, f"{charge.subject} is not a contribution"
    contribution = locked(found)
    return settle_locked(contribution, Charge.objects.get(pk=charge.pk), by)


def settle_locked(contribution: Contribution, charge: Charge, by: Party | None) -> Contribution:
    """Settle a charge whose contribution is locked."""
    if charge.state in _SHARED_OUT:
        return contribution
    if charge.state != Charge.State.CAPTURED:
        raise NotYetHere
    if is_foreign(contribution, charge):
        convert(contribution, charge)
    else:
        ledger.post(draft(contribution, charge, accounts_of(contribution, charge)))
    if contribution.host_bears_rail_fee:
        bear_rail_fee(contribution, charge)
    payments.mark_settled(charge=charge, by=by)
    periods.note_arrival(contribution, charge)
    payments.date_charge(charge=charge, period=charge.period, due_on=charge.due_on, by=by)
    contribution.status = Contribution.Status.SETTLED
    came = worth(contribution, charge, refunded_minor=0)
    contribution.received_minor += came
    contribution.settled_at = clock.now()
    contribution.save(update_fields=["status", "received_minor", "settled_at", *periods.FIELDS])
    add_support(contribution, came, times=1)
    received = Money(charge.amount_minor, charge.currency)
    write_down("settled", contribution, by=by, public=True, amount=received)
    return contribution


@transaction.atomic
def confirm_transfer(
    *, contribution: Contribution, amount: Money, arrived_on: date, by: Party
) -> Contribution:
    """Record that a bank transfer arrived, with the amount that the bank shows, and settle it."""
    contribution = locked(contribution.pk)
    charge = queries.charge_of(contribution)
    if not policies.may_handle(by, charge.host):
        raise NotAllowed
    if not payment_queries.rail(charge.rail).capabilities.by_hand:
        raise NotByHand
    if arrived_on > clock.today():
        raise NotADay
    if not 0 < amount.minor <= rules.largest(amount.currency).minor:
        raise rules.WrongAmount
    if _is_one_more(contribution, charge, arrived_on):
        charge = ask_again(contribution=contribution, by=by)
    fee = payment_queries.rail(charge.rail).fee(amount)
    charge = payments.capture(charge=charge, amount=amount, fee=fee, on=arrived_on, by=by)
    return settle_locked(contribution, charge, by)


def _is_one_more(contribution: Contribution, last: Charge, on: date) -> bool:
    """Whether what a person saw is another payment of a standing order than its newest charge."""
    if contribution.standing == Standing.NONE or last.arrived_on is None:
        return False
    return billing.is_another(contribution.interval, last=last.arrived_on, on=on)


def add_support(contribution: Contribution, minor: int, *, times: int) -> None:
    """Keep the wall true: add what was given, or take off what was given back."""
    row, _is_new = Support.objects.get_or_create(
        collective=contribution.collective,
        contributor=contribution.contributor,
        incognito=contribution.incognito,
        defaults={
            "currency": contribution.collective.currency,
            "first_at": clock.now(),
            "last_at": clock.now(),
        },
    )
    Support.objects.filter(pk=row.pk).update(
        total_minor=F("total_minor") + minor,
        times=F("times") + times,
        last_at=clock.now() if minor > 0 else F("last_at"),
    )


def draft(contribution: Contribution, charge: Charge, accounts: Mapping[Purpose, int]) -> Draft:
    """Return the transaction that shares a charge out between these accounts."""
    shares = rules.share_out(
        Money(charge.amount_minor, charge.currency),
        rail_fee=Money(charge.fee_minor, charge.currency),
        host_fee_ppm=contribution.host_fee_ppm,
        host_bears=contribution.host_bears_rail_fee,
    )
    legs = [
        (Purpose.CHARGES, -shares.gross, Kind.CONTRIBUTION),
        (Purpose.FUNDS, shares.collective, Kind.CONTRIBUTION),
        (Purpose.HOST_FEES, shares.host_fee, Kind.HOST_FEE),
        (Purpose.PROCESSOR_FEES, shares.rail_fee, Kind.PROCESSOR_FEE),
    ]
    assert charge.arrived_on is not None, "captured money has a day"
    return Draft(
        key=queries.settlement_key(charge),
        kind=Kind.CONTRIBUTION,
        postings=tuple(
            Posting(accounts[purpose], part.minor, kind) for purpose, part, kind in legs if part
        ),
        effective_on=charge.arrived_on,
        host=charge.host_id,
        category=category_of(contribution),
        refs=charge.refs,
        private=facts(contribution, described(contribution.collective, contribution.tier)),
    )


def accounts_of(contribution: Contribution, charge: Charge) -> dict[Purpose, int]:
    """Return the accounts that a gift is shared out between, in one query where all are open."""
    rows = Account.objects.filter(
        Q(purpose=Purpose.FUNDS, party_id=contribution.collective_id)
        | Q(purpose=Purpose.HOST_FEES, party_id=None)
        | Q(purpose__in=_OF_THE_RAIL, party_id=None, rail=charge.rail),
        host_id=charge.host_id,
        currency=charge.currency,
    )
    found = {Purpose(purpose): pk for pk, purpose in rows.values_list("pk", "purpose")}
    for purpose in {Purpose.HOST_FEES, *_OF_THE_RAIL} - set(found):
        found[purpose] = ledger.open_account(
            purpose=purpose,
            host=charge.host_id,
            rail=charge.rail if purpose in _OF_THE_RAIL else "",
            currency=charge.currency,
        ).pk
    return found
