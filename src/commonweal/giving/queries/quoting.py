"""What each side gets of a gift, gives back of it, and at which rate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution, Conversion
from commonweal.giving.queries.charges import settlement
from commonweal.giving.rules import sharing
from commonweal.giving.rules.sharing import Back
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host, Hosting
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Purpose
from commonweal.ledger.rules import Exchange, reversal_across
from commonweal.payments import queries as payments
from commonweal.payments.models import Charge


class NotHosted(Refused):
    """No host holds money for this group yet, so it cannot be given any."""


class NoRate(Refused):
    """Nobody told us today's rate of this currency. Give in the currency of the group instead."""


_MISCONVERTED = """
    SELECT c.transaction_id, coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0),
           coalesce(-sum(e.amount) FILTER (WHERE e.amount < 0), 0)
    FROM giving_conversion c
    LEFT JOIN ledger_entry e ON e.transaction_id = c.transaction_id
        AND e.account_id IN (SELECT id FROM ledger_account WHERE purpose = 40)
    GROUP BY c.id
    HAVING abs(coalesce(-sum(e.amount) FILTER (WHERE e.amount < 0), 0) * c.denominator
             - coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0) * c.numerator)
           >= c.denominator
        OR count(e.*) <> 2
    ORDER BY 1 LIMIT %s
"""


@dataclass(frozen=True)
class Quote:
    """What each side gets of a gift over a rail, to the cent; `on_top` was added for the fees."""

    amount: Money
    rail_fee: Money
    host_fee: Money
    net: Money
    host_pays: Money
    host_fee_ppm: int
    host_name: str
    rail: str
    rail_label: str
    pretend: bool
    on_top: Money
    rate: Exchange | None = None

    @property
    def platform_fee(self) -> Money:
        """What this server keeps: nothing."""
        return Money(0, self.amount.currency)


def hosting_of(collective: Collective) -> Hosting:
    """Return who holds the money of a collective now; raises `NotHosted`."""
    current = hosting.current(collective)
    if current is None:
        raise NotHosted
    return current


def quote(
    collective: Collective,
    amount: Money,
    rail: str,
    *,
    hosted: Hosting | None = None,
    tier_kind: str = "",
    covers_fees: bool = False,
) -> Quote:
    """Return what each side would get; raises `EatenByFees` where nothing is left.

    Where the giver covers the fees, the group gets the amount, and more is paid.
    """
    hosted = hosted or hosting_of(collective)
    terms = hosting.terms(hosted, tier_kind=tier_kind, rail=rail)
    way, wished = payments.rail(rail), amount
    if covers_fees:
        amount = sharing.covering(
            amount, fee_of=way.fee, host_fee_ppm=terms.fee_ppm, host_bears=terms.host_bears_rail_fee
        )
    on_top = amount - wished
    rate = rate_now(amount.currency, collective.currency)
    found = _quote(
        amount,
        way.fee(amount),
        rail=rail,
        terms=terms,
        host=hosted.host,
        rate=rate,
        currency=collective.currency,
    )
    return replace(found, on_top=on_top)


def quote_of(contribution: Contribution, charge: Charge) -> Quote:
    """Return what each side got, or will get, of a contribution as it was agreed."""
    amount = Money(charge.amount_minor, charge.currency)
    has_come = charge.arrived_on is not None
    known = Money(charge.fee_minor, charge.currency)
    fee = known if has_come else payments.rail(charge.rail).fee(amount)
    agreed = hosting.Terms(contribution.host_fee_ppm, contribution.host_bears_rail_fee)
    rate = _rate_of(contribution, charge)
    return _quote(
        amount,
        fee,
        rail=charge.rail,
        terms=agreed,
        host=charge.host,
        rate=rate,
        currency=contribution.collective.currency,
    )


def _rate_of(contribution: Contribution, charge: Charge) -> Exchange | None:
    """Return the rate by which a gift was or would be exchanged; None where it need not be."""
    ours = contribution.collective.currency
    if charge.currency == ours:
        return None
    kept = Conversion.objects.filter(charge=charge).first()
    if kept is None:
        return rate_for(charge.currency, ours, charge.arrived_on or clock.today())
    return Exchange(int(kept.numerator), int(kept.denominator), kept.on)


def misconverted(*, most: int = 5) -> list[str]:
    """Return exchanged gifts whose books do not follow from their rate; none where all is right.

    This is invariant 22: what was taken in and what was given for it differ by less than a cent.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MISCONVERTED, [most])
        return [
            f"Invariant 22: transaction {number} took in {taken} and gave {given} for it."
            for number, taken, given in cursor.fetchall()
        ]


def rate_for(source: str, target: str, on: date) -> Exchange:
    """Return the rate of a day; raises `NoRate`."""
    found = ledger.exchanges({(source, on)}, target).get((source, on))
    if found is None:
        raise NoRate
    return found


def rate_now(source: str, target: str) -> Exchange | None:
    """Return today's rate; None where both are the same. Raises `NoRate`."""
    return None if source == target else rate_for(source, target, clock.today())


def shares_back(charge: Charge, amount: Money) -> Back | None:
    """Return who would give what if a part of a gift went back; None before it was shared out."""
    settled = settlement(charge)
    if settled is None or amount.minor <= 0:
        return None
    left = ledger.left_of(settled.pk)
    parts = reversal_across([(one.currency, one.amount) for one in left], amount.minor)
    sums = {one.purpose: Money(-part, one.currency) for one, part in zip(left, parts, strict=True)}
    nothing = Money(0, amount.currency)
    pot = sums.get(Purpose.FUNDS, nothing)
    rail_fee = sums.get(Purpose.PROCESSOR_FEES, nothing)
    keeps = payments.rail(charge.rail).capabilities.keeps_fee
    kept = rail_fee if keeps else nothing
    pot_pays = pot.currency == kept.currency
    return Back(
        amount=amount,
        pot=pot + kept if pot_pays else pot,
        host_fee=sums.get(Purpose.HOST_FEES, nothing),
        rail_fee=nothing if keeps else rail_fee,
        kept=kept,
        pot_pays=pot_pays,
    )


def _quote(
    amount: Money,
    rail_fee: Money,
    *,
    rail: str,
    terms: hosting.Terms,
    host: Host,
    rate: Exchange | None,
    currency: str,
) -> Quote:
    shares = sharing.share_abroad(
        amount,
        rail_fee=rail_fee,
        host_fee_ppm=terms.fee_ppm,
        host_bears=terms.host_bears_rail_fee,
        worth=lambda money: Money(rate.of(money.minor), currency) if rate else money,
    )
    way = payments.rail(rail)
    return Quote(
        amount=amount,
        rail_fee=shares.rail_fee,
        host_fee=shares.host_fee,
        net=shares.collective,
        host_pays=rail_fee - shares.rail_fee,
        host_fee_ppm=terms.fee_ppm,
        host_name=host.party.name,
        rail=rail,
        rail_label=way.label(),
        pretend=way.capabilities.pretend,
        on_top=Money(0, amount.currency),
        rate=rate,
    )
