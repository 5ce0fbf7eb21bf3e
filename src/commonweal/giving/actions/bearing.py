"""Who bears what: fees that rails keep, shares that go back, and money that is taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.foundation.ids import key
from commonweal.foundation.money import Money
from commonweal.giving import queries
from commonweal.giving.actions.records import described, facts, in_words
from commonweal.giving.models import Contribution
from commonweal.giving.rules import sharing
from commonweal.hosting.models import Host
from commonweal.ledger import actions as ledger
from commonweal.ledger import queries as ledger_queries
from commonweal.ledger.models import Entry, Kind, Purpose, Transaction
from commonweal.ledger.rules import Draft, Posting
from commonweal.payments import queries as payment_queries
from commonweal.payments.models import Charge


@dataclass(frozen=True)
class Loss:
    """Who bore money that was taken back."""

    of_pot: Money
    of_host: Money


def bear_rail_fee(contribution: Contribution, charge: Charge) -> None:
    """Let the host pay what the rail keeps of a gift, as agreed when it was promised."""
    if charge.fee_minor:
        assert charge.arrived_on is not None, "captured money has a day"
        own = _own(charge, charge.currency)
        _pay_rail(contribution, charge, own, charge.fee_minor, on=charge.arrived_on, step="fee")


def take_shares_back(
    contribution: Contribution, charge: Charge, settled: Transaction, back: Money, *, on: date
) -> None:
    """Take a part of a gift out of the pot and of the fees; call it right after `ask_back`.

    What the rail keeps of its fee all the same is paid by whoever bears that.
    """
    reversal = ledger.reverse(
        key=key("charge", charge.uuid, "refund", charge.refunded_minor),
        transaction_id=settled.pk,
        amount_minor=back.minor,
        effective_on=on,
        private=facts(contribution, described(contribution.collective, None, back=True)),
    )
    keeps = payment_queries.rail(charge.rail).capabilities.keeps_fee
    if contribution.host_bears_rail_fee and not keeps:
        _return_to_host(charge, back, on=on)
    elif keeps and not contribution.host_bears_rail_fee:
        _pay_what_is_kept(contribution, charge, reversal, on=on)


def lose(
    contribution: Contribution, charge: Charge, settled: Transaction, left: Money, *, on: date
) -> Loss:
    """Take out of the pot what a bank took back, spent or not; call it right after `ask_back`.

    The host adds what it bears. A pot that is closed is open for that moment.
    """
    back = queries.shares_back(charge, left)
    assert back is not None, "what was shared out has something left"
    pot = ledger.hold_still(account=pot_of(contribution, charge))
    ledger.freeze(account=pot.pk, frozen=False)
    covered = sharing.cover(
        back.pot,
        available=Money(pot.balance - (pot.floor or 0), pot.currency),
        host_bears=pot.frozen or charge.host.losses_by == Host.Bearer.HOST,
    )
    if covered:
        _cover(contribution, charge, settled, covered, on=on)
    take_shares_back(contribution, charge, settled, left, on=on)
    ledger.freeze(account=pot.pk, frozen=pot.frozen)
    return Loss(of_pot=back.pot - covered, of_host=covered)


def _cover(
    contribution: Contribution, charge: Charge, settled: Transaction, covered: Money, *, on: date
) -> None:
    own, pot = _own(charge, covered.currency), pot_of(contribution, charge)
    ledger.post(
        Draft(
            key=_key(charge, "cover"),
            kind=Kind.COVER,
            postings=_from_to(own, pot, covered.minor, Kind.COVER),
            effective_on=on,
            host=charge.host_id,
            category=settled.category_id,
            refs=charge.refs,
            private=in_words(contribution.collective, Kind.COVER),
        )
    )


def pot_of(contribution: Contribution, charge: Charge) -> int:
    """Return the account of the pot that a gift went into."""
    return ledger_queries.account_of(
        Purpose.FUNDS,
        party=contribution.collective_id,
        host=charge.host_id,
        currency=contribution.collective.currency,
    )


def _return_to_host(charge: Charge, back: Money, *, on: date) -> None:
    """Give the host its part of the fee that the rail gives back."""
    paid = Transaction.objects.filter(key=_key(charge, "fee")).first()
    if paid is None:
        return
    left = sum(one.amount for one in ledger_queries.left_of(paid.pk) if one.amount > 0)
    before = charge.amount_minor - charge.refunded_minor + back.minor
    part = sharing.part_of(left, part=back.minor, of=before)
    if part:
        ledger.reverse(
            key=_key(charge, f"fee back:{charge.refunded_minor}"),
            transaction_id=paid.pk,
            amount_minor=part,
            effective_on=on,
        )


def _pay_what_is_kept(
    contribution: Contribution, charge: Charge, reversal: int, *, on: date
) -> None:
    """Pay the rail's fee again, which the reversal took back: by the pot, or by the host.

    The host pays where the fee is in another currency than the pot.
    """
    entries = Entry.objects.filter(transaction=reversal, account__purpose=Purpose.PROCESSOR_FEES)
    fee = entries.first()
    if fee is None:
        return
    is_ours = charge.currency == contribution.collective.currency
    payer = pot_of(contribution, charge) if is_ours else _own(charge, charge.currency)
    step = f"fee kept:{charge.refunded_minor}"
    _pay_rail(contribution, charge, payer, -fee.amount, on=on, step=step)


def _pay_rail(
    contribution: Contribution, charge: Charge, payer: int, minor: int, *, on: date, step: str
) -> None:
    rail = ledger.open_account(
        purpose=Purpose.PROCESSOR_FEES,
        host=charge.host_id,
        rail=charge.rail,
        currency=charge.currency,
    )
    ledger.post(
        Draft(
            key=_key(charge, step),
            kind=Kind.PROCESSOR_FEE,
            # Not as fees of a gift: it is a movement of its own.
            postings=_from_to(payer, rail.pk, minor, Kind.TRANSFER),
            effective_on=on,
            host=charge.host_id,
            refs=charge.refs,
            private=in_words(contribution.collective, Kind.PROCESSOR_FEE),
        )
    )


def _from_to(payer: int, taker: int, minor: int, kind: Kind) -> tuple[Posting, Posting]:
    return Posting(payer, -minor, kind), Posting(taker, minor, kind)


def _own(charge: Charge, currency: str) -> int:
    return ledger.open_account(purpose=Purpose.HOST_OWN, host=charge.host_id, currency=currency).pk


def _key(charge: Charge, step: str) -> UUID:
    return key("charge", charge.uuid, step)
