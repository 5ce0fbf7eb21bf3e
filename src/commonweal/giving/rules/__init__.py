"""Pure rules of giving: who gets what of a gift, how much may be given, what it counts as."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money

SMALLEST = 1
LARGEST = 1_000_000

# Lines of the shared chart (`ledger.models.Chart`).
GIFTS, MONTHLY_BACKERS, COMPANIES, GRANTS, SALES, FROM_GROUPS = 1, 2, 3, 4, 5, 7


class EatenByFees(Refused):
    """The fees would eat the whole gift. Give a little more, or pay in another way."""


class WrongAmount(Refused):
    """This amount cannot be given. Choose one between 1 and 1,000,000."""


class NotThisTier(Refused):
    """This way of giving has another amount. Choose it again, or give any amount without it."""


@dataclass(frozen=True)
class Shares:
    """Who gets what of a gift; `rail_fee`, `host_fee` and `collective` add up to `gross`.

    `host_pays` is what the host pays to the rail of its own.
    """

    gross: Money
    rail_fee: Money
    host_fee: Money
    collective: Money
    host_pays: Money


def share_out(
    gross: Money, *, rail_fee: Money, host_fee_ppm: int, host_bears: bool = False
) -> Shares:
    """Share a gift out: the host earns on the whole of it, the collective gets what is left.

    What the rail keeps is taken from the gift, or paid by the host where it bears that.
    """
    nothing = Money(0, gross.currency)
    of_gift, of_host = (nothing, rail_fee) if host_bears else (rail_fee, nothing)
    host_fee = gross.share(host_fee_ppm)
    net = gross - host_fee - of_gift
    if net.minor < 0:
        raise EatenByFees
    return Shares(
        gross=gross, rail_fee=of_gift, host_fee=host_fee, collective=net, host_pays=of_host
    )


def smallest(currency: str) -> Money:
    """Return the least that can be given."""
    return Money(SMALLEST * 10 ** Money(0, currency).exponent, currency)


def largest(currency: str) -> Money:
    """Return the most that can be given here at once."""
    return Money(LARGEST * 10 ** Money(0, currency).exponent, currency)


def check_amount(amount: Money) -> None:
    """Raise `WrongAmount` for what is too little or too much to be given here."""
    if not smallest(amount.currency) <= amount <= largest(amount.currency):
        raise WrongAmount


def fits_tier(amount: Money, *, tier_amount: Money, flexible: bool) -> bool:
    """Whether an amount is what a tier asks for: the same, or at least as much if flexible."""
    return amount >= tier_amount if flexible else amount == tier_amount


# By legal form of the organization; one that was never asked counts as a company.
_OF_ORGANIZATIONS = {"association": GIFTS, "foundation": GRANTS, "public body": GRANTS}


def category(*, contributor_kind: str, tier_kind: str, interval: str, legal_form: str = "") -> int:
    """Return the line of the chart that a contribution counts in."""
    if tier_kind in {"ticket", "product", "service"}:
        return SALES
    if contributor_kind == "organization":
        return _OF_ORGANIZATIONS.get(legal_form, COMPANIES)
    if contributor_kind in {"collective", "project", "event"}:
        return FROM_GROUPS
    return GIFTS if interval == "once" else MONTHLY_BACKERS
