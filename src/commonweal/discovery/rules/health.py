"""How a group is doing, as figures that can be computed again by hand.

All of them look at the last twelve whole months: the month that runs is left out, for it would
look poor on its first day. `docs/concepts/reading-a-group.md` says the same in words for people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from commonweal.foundation.money import Money

# Below so many givers, a sum could tell what one of them gave.
FEW_GIVERS = 5
# A giver can be counted on after gifts in so many different months.
STEADY_MONTHS = 3
# Medians of fewer months say nothing.
_YOUNG_MONTHS = 3
# The largest of the small gifts, in whole units of the currency.
SMALL_GIFT = 50
_TOP = 5


class Untold(StrEnum):
    """Why a figure is not told."""

    YOUNG = "young"  # fewer than three whole months of life
    FEW = "few"  # fewer than five givers, and one of them withheld a name
    NOBODY = "nobody"  # there is nothing to add up


class Runway(StrEnum):
    """How it stands with the months that the pot lasts."""

    YOUNG = "young"  # fewer than three whole months of life
    IDLE = "idle"  # nothing was spent
    COVERED = "covered"  # what can be counted on is as much as what is usually spent
    MONTHS = "months"


class Lean(StrEnum):
    """On how many shoulders a group rests."""

    ONE = "one"  # half or more came from one giver
    FEW = "few"  # four fifths or more came from five givers
    MANY = "many"


@dataclass(frozen=True)
class Circle:
    """Some givers, how many of them withheld their names, and what they gave together.

    Somebody who gave both by name and incognito counts as two, so that the one never points to the
    other.
    """

    givers: int
    withheld: int
    amount: Money


@dataclass(frozen=True)
class Gifts:
    """The gifts of twelve whole months, less what was given back, in several circles of givers.

    `beyond_five` are all but the five who gave most. `small` are the givers of small gifts and what
    these add up to, `large` those of all others; who gave both is in both. `steady` are those who
    gave in three different months or more, `steady_months` what came from them in each month.
    """

    everybody: Circle
    beyond_five: Circle
    small: Circle
    large: Circle
    steady: Circle
    steady_months: tuple[Money, ...]
    largest: Money
    number: int
    small_number: int


@dataclass(frozen=True)
class Steady:
    """What can be counted on in a month, and from how many givers."""

    amount: Money
    givers: int


@dataclass(frozen=True)
class Spread:
    """How much hangs on the largest giver, and on the five largest (None: not told)."""

    largest: Money
    top_five: Money | None
    whole: Money
    lean: Lean


@dataclass(frozen=True)
class Small:
    """The small gifts by amount and by number, beside all gifts."""

    amount: Money
    whole: Money
    number: int
    of: int


@dataclass(frozen=True)
class Health:
    """The figures; `months_left` has a meaning where `runway` is MONTHS."""

    months: int
    givers: int
    usual: Money
    runway: Runway
    months_left: int
    steady: Steady | Untold
    spread: Spread | Untold
    small: Small | Untold


def may_tell(circle: Circle) -> bool:
    """Whether what these givers gave together may be told.

    Not where they are fewer than five and one of them withheld a name: whoever knows the others
    could work out the rest.
    """
    return circle.withheld == 0 or circle.givers >= FEW_GIVERS


def life(months: Sequence[date], began: date | None) -> int:
    """Return how many of these months a group has lived, the one in which it began included."""
    return sum(1 for month in months if began and month >= began.replace(day=1))


def usual_month(spending: Sequence[Money]) -> Money:
    """Return what a usual month costs: the median of these months, each at least nothing.

    A group that spends in fewer than half of its months has a median of nothing; for it the mean is
    taken, rounded up.
    """
    currency = spending[0].currency
    costs = [max(0, one.minor) for one in spending]
    middle = _middle(costs)
    return Money(middle or -(-sum(costs) // len(costs)), currency)


def read(gifts: Gifts, spending: Sequence[Money], balance: Money) -> Health:
    """Return the figures of a group.

    `spending` and `gifts.steady_months` have one amount for each whole month it has lived, twelve
    at most; fees count as spending, and gifts count in full.
    """
    months = len(spending)
    nothing = Money(0, balance.currency)
    usual = usual_month(spending) if spending else nothing
    steady = _steady(gifts, months)
    runway = _runway(steady, usual, months)
    return Health(
        months=months,
        givers=gifts.everybody.givers,
        usual=usual,
        runway=runway,
        months_left=max(0, balance.minor) // usual.minor if runway is Runway.MONTHS else 0,
        steady=steady,
        spread=_spread(gifts),
        small=_small(gifts),
    )


def _steady(gifts: Gifts, months: int) -> Steady | Untold:
    """Return the median month of the gifts of steady givers."""
    if months < _YOUNG_MONTHS:
        return Untold.YOUNG
    if not gifts.steady.givers:
        return Untold.NOBODY
    if not may_tell(gifts.steady):
        return Untold.FEW
    middle = _middle([one.minor for one in gifts.steady_months])
    return Steady(Money(middle, gifts.steady.amount.currency), gifts.steady.givers)


def _runway(steady: Steady | Untold, usual: Money, months: int) -> Runway:
    if months < _YOUNG_MONTHS:
        return Runway.YOUNG
    if not usual:
        return Runway.IDLE
    if isinstance(steady, Steady) and not steady.amount < usual:
        return Runway.COVERED
    return Runway.MONTHS


def _spread(gifts: Gifts) -> Spread | Untold:
    """Return how concentrated the givers are.

    From five givers on the share of the largest is told, also where that one is incognito: it says
    how much hangs on one giver, and not on whom. The share of five is told where what is left over
    may be told too.
    """
    whole = gifts.everybody
    if not whole.givers:
        return Untold.NOBODY
    if not may_tell(whole):
        return Untold.FEW
    top = whole.amount - gifts.beyond_five.amount
    if gifts.largest.minor * 2 >= whole.amount.minor:
        lean = Lean.ONE
    elif whole.givers > _TOP and top.minor * 5 < whole.amount.minor * 4:
        lean = Lean.MANY
    else:
        lean = Lean.FEW
    tells_five = whole.givers > _TOP and may_tell(gifts.beyond_five)
    return Spread(gifts.largest, top if tells_five else None, whole.amount, lean)


def _small(gifts: Gifts) -> Small | Untold:
    """Return the small gifts; untold where these or all others come from too few."""
    if not gifts.number:
        return Untold.NOBODY
    if not (may_tell(gifts.small) and may_tell(gifts.large)):
        return Untold.FEW
    return Small(gifts.small.amount, gifts.everybody.amount, gifts.small_number, gifts.number)


def _middle(numbers: Sequence[int]) -> int:
    """Return the median, rounded down to a whole cent."""
    return int(median(numbers))
