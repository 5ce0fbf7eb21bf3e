"""Pure rules of fees and losses: what covers them, what goes back, who bears what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from commonweal.foundation.money import Money
from commonweal.giving.rules import EatenByFees, largest, share_out


@dataclass(frozen=True)
class Back:
    """What giving back `amount` takes from whom.

    `kept` is what the rail keeps of its fee all the same; the pot pays it where `pot_pays` says so.
    `pot` is all that leaves the pot. In another currency than the group's, `amount` is in that one.
    """

    amount: Money
    pot: Money
    host_fee: Money
    rail_fee: Money
    kept: Money
    pot_pays: bool


@dataclass(frozen=True)
class Abroad:
    """Who gets what of a gift in another currency: `rail_fee` and `traded` add up to `gross`.

    `traded` became `host_fee` and `collective`, in the currency of the group.
    """

    gross: Money
    rail_fee: Money
    traded: Money
    host_fee: Money
    collective: Money


def share_abroad(
    gross: Money,
    *,
    rail_fee: Money,
    host_fee_ppm: int,
    host_bears: bool,
    worth: Callable[[Money], Money],
) -> Abroad:
    """Share a gift out whose money is `worth` another amount in the currency of the group.

    The host earns on what the whole of it is worth.
    """
    of_gift = Money(0, gross.currency) if host_bears else rail_fee
    traded = gross - of_gift
    host_fee = worth(gross).share(host_fee_ppm)
    collective = worth(traded) - host_fee
    if collective.minor < 0 or traded.minor <= 0:
        raise EatenByFees
    return Abroad(
        gross=gross, rail_fee=of_gift, traded=traded, host_fee=host_fee, collective=collective
    )


def covering(
    wished: Money, *, fee_of: Callable[[Money], Money], host_fee_ppm: int, host_bears: bool = False
) -> Money:
    """Return the smallest amount of which the group gets at least what is wished.

    What is missing is added again and again. Fees never fall when an amount grows, so each step
    ends at or below the answer, and the first one of which enough is left is the answer.
    """
    amount, most = wished, largest(wished.currency)
    while amount <= most:
        try:
            shares = share_out(
                amount, rail_fee=fee_of(amount), host_fee_ppm=host_fee_ppm, host_bears=host_bears
            )
        except EatenByFees:
            amount += wished
            continue
        missing = wished - shares.collective
        if missing.minor <= 0:
            return amount
        amount += missing
    raise EatenByFees


def cover(needed: Money, *, available: Money, host_bears: bool) -> Money:
    """Return what the host adds to a pot so that `needed` can leave it, and nothing else."""
    if host_bears:
        return needed
    rest = needed.minor - max(available.minor, 0)
    return Money(max(rest, 0), needed.currency)


def part_of(whole: int, *, part: int, of: int) -> int:
    """Return the same part of `whole` as `part` is of another whole, to the nearest unit."""
    return (2 * whole * part + of) // (2 * of)
