"""Gifts in another currency than the group's: exchanged on the books on the day that they come."""

from __future__ import annotations

from commonweal.foundation.money import Money
from commonweal.giving import queries
from commonweal.giving.actions.records import category_of, described, facts
from commonweal.giving.models import Contribution, Conversion
from commonweal.giving.rules import sharing
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Kind, Purpose
from commonweal.ledger.rules import Draft, Exchange, Posting
from commonweal.payments.models import Charge


def is_foreign(contribution: Contribution, charge: Charge) -> bool:
    """Whether the money of a charge is in another currency than its group's."""
    return bool(charge.currency != contribution.collective.currency)


def convert(contribution: Contribution, charge: Charge) -> Conversion:
    """Share a charge in another currency out in the group's, at the rate of the day it came.

    The host keeps what came, on a trading account in that currency; what the rate does afterwards
    is the host's, and stays there.
    """
    assert charge.arrived_on is not None, "captured money has a day"
    rate = queries.rate_for(charge.currency, contribution.collective.currency, charge.arrived_on)
    transaction = ledger.post(_draft(contribution, charge, rate))
    paid = Money(charge.amount_minor, charge.currency)
    worth = Money(rate.of(paid.minor), contribution.collective.currency)
    return Conversion.objects.create(
        charge=charge,
        transaction_id=transaction,
        paid_minor=paid.minor,
        currency=paid.currency,
        worth_minor=worth.minor,
        worth_currency=worth.currency,
        numerator=rate.numerator,
        denominator=rate.denominator,
        on=rate.on,
    )


def worth(contribution: Contribution, charge: Charge, *, refunded_minor: int) -> int:
    """Return what of a charge is not given back, in minor units of the group's currency."""
    left = charge.amount_minor - refunded_minor
    if not is_foreign(contribution, charge):
        return left
    whole = charge.conversion.worth_minor
    return sharing.part_of(whole, part=left, of=charge.amount_minor)


def _draft(contribution: Contribution, charge: Charge, rate: Exchange) -> Draft:
    shares = sharing.share_abroad(
        Money(charge.amount_minor, charge.currency),
        rail_fee=Money(charge.fee_minor, charge.currency),
        host_fee_ppm=contribution.host_fee_ppm,
        host_bears=contribution.host_bears_rail_fee,
        worth=lambda money: Money(rate.of(money.minor), contribution.collective.currency),
    )
    pair = f"{charge.currency}-{contribution.collective.currency}".lower()
    group = contribution.collective_id
    legs: list[tuple[Purpose, Money, Kind, str, int | None]] = [
        (Purpose.CHARGES, -shares.gross, Kind.CONTRIBUTION, charge.rail, None),
        (Purpose.PROCESSOR_FEES, shares.rail_fee, Kind.PROCESSOR_FEE, charge.rail, None),
        (Purpose.TRADING, shares.traded, Kind.CONVERSION, pair, None),
        (Purpose.TRADING, -shares.collective - shares.host_fee, Kind.CONVERSION, pair, None),
        (Purpose.FUNDS, shares.collective, Kind.CONTRIBUTION, "", group),
        (Purpose.HOST_FEES, shares.host_fee, Kind.HOST_FEE, "", None),
    ]
    assert charge.arrived_on is not None, "captured money has a day"
    return Draft(
        key=queries.settlement_key(charge),
        kind=Kind.CONTRIBUTION,
        postings=tuple(
            Posting(_account(charge, purpose, part.currency, rail, party), part.minor, kind)
            for purpose, part, kind, rail, party in legs
            if part
        ),
        effective_on=charge.arrived_on,
        host=charge.host_id,
        category=category_of(contribution),
        refs=charge.refs,
        private=facts(contribution, described(contribution.collective, contribution.tier)),
    )


def _account(charge: Charge, purpose: Purpose, currency: str, rail: str, party: int | None) -> int:
    return ledger.open_account(
        purpose=purpose, host=charge.host_id, currency=currency, rail=rail, party=party
    ).pk
