"""Pure rules about hosts: account numbers, fees, and whether what a host holds adds up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

from commonweal.foundation.errors import Refused
from commonweal.foundation.money import PPM, Money

HIGHEST_FEE_PPM = 300_000
_PERCENT = PPM // 100


class NotAnIban(Refused):
    """This is not a valid account number. It looks like BE71 0961 2345 6769; check each digit."""

    status = 422


class NotABic(Refused):
    """This is not a valid BIC. It has 8 or 11 letters and digits, such as GKCCBEBB."""

    status = 422


class NotAFee(Refused):
    """A host's share is between 0 and 30 percent, such as 5 or 4.5."""

    status = 422


class TwiceTheSame(Refused):
    """There are two shares for the same gifts here. Leave one of them out."""

    status = 422


@dataclass(frozen=True)
class FeeRule:
    """A host's share of some gifts: those of a kind of tier, over a rail, or both; "" means any."""

    tier_kind: str
    rail: str
    fee_ppm: int


def fee_for(
    *, own: int | None, rules: Iterable[FeeRule], usual: int, tier_kind: str, rail: str
) -> int:
    """Return the share that counts for a gift: the most specific one that was agreed.

    What was agreed with the group itself comes first, then a share for this kind of gift over this
    rail, for the kind, for the rail, and last the usual one.
    """
    if own is not None:
        return own
    by_what = {(one.tier_kind, one.rail): one.fee_ppm for one in rules}
    asked = [(tier_kind, rail), (tier_kind, ""), ("", rail)]
    return next((by_what[one] for one in asked if one in by_what), usual)


def proper_rules(rules: Iterable[FeeRule]) -> list[FeeRule]:
    """Return shares that a host may ask, none of them twice for the same gifts."""
    kept = [FeeRule(one.tier_kind, one.rail, proper_fee(one.fee_ppm)) for one in rules]
    if len({(one.tier_kind, one.rail) for one in kept}) < len(kept):
        raise TwiceTheSame
    return kept


@dataclass(frozen=True)
class Custody:
    """What a host's books say; `bank` is what everything below it comes to, to the cent.

    `bank` is what the real bank accounts should hold: rail fees were kept by rails before the
    money reached them. `own` is what the host earned and has not spent here. `exchanged` is what
    came in this currency and was given to groups in another (negative: the other way round).
    """

    bank: Money
    owed: Money
    waiting_in: Money
    waiting_out: Money
    own: Money
    exchanged: Money

    @property
    def adds_up(self) -> bool:
        """Whether what is in the bank is owed, waits, was exchanged or is the host's own."""
        kept = self.owed + self.waiting_in + self.waiting_out + self.own + self.exchanged
        return self.bank == kept


def proper_iban(typed: str) -> str:
    """Return an account number as we keep it, without spaces, or refuse what is none."""
    try:
        return str(IBAN(typed, validate_bban=True))
    except SchwiftyException as error:
        raise NotAnIban from error


def proper_bic(typed: str) -> str:
    """Return a bank's code as we keep it, or refuse what is none; it may be left out."""
    if not typed.strip():
        return ""
    try:
        return str(BIC(typed))
    except SchwiftyException as error:
        raise NotABic from error


def proper_fee(fee_ppm: int) -> int:
    """Return a share that a host may keep, or refuse one beyond reason."""
    if not 0 <= fee_ppm <= HIGHEST_FEE_PPM:
        raise NotAFee
    return fee_ppm


def fee_from_percent(typed: str) -> int:
    """Return parts per million of a typed percentage, such as "5", "4,5" or "5 %"."""
    plain = typed.replace("%", "").replace("\u00a0", " ").replace(",", ".").strip()
    try:
        scaled = Decimal(plain) * _PERCENT
    except InvalidOperation as error:
        raise NotAFee from error
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise NotAFee
    return proper_fee(int(scaled))


def percent(fee_ppm: int) -> str:
    """Return a share as it is typed, with a point and without needless zeros: 45000 is 4.5."""
    return f"{(Decimal(fee_ppm) / _PERCENT).normalize():f}"
