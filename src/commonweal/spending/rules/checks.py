"""What to look at before paying: things that stop a payment, and things to think about."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import quantiles

# Each check by name. Those that stop a payment come first; the others ask for a second look.
STOPS = ("own", "no account", "replaced", "waits", "too little", "other currency")
CAUTIONS = (
    "no receipt", "over plan", "same receipt", "receipt alike", "same invoice", "not for all",
    "first", "changed lately", "shared", "other name", "unusual", "approver",
)  # fmt: skip

FEWEST_TO_COMPARE = 5
_FAR = 3


def stops(found: Sequence[str]) -> bool:
    """Whether any of these checks stops a payment."""
    return any(one in STOPS for one in found)


def is_unusual(amount: int, earlier: Sequence[int]) -> bool:
    """Whether an amount lies far above what was paid for such things before.

    Far is beyond Tukey's outer fence, three times the middle half above its upper end, and at
    least twice the median; where little is known nothing is unusual. Both hold however wild one
    earlier amount was.
    """
    if len(earlier) < FEWEST_TO_COMPARE:
        return False
    low, median, high = quantiles(earlier, n=4, method="inclusive")
    return amount > high + _FAR * (high - low) and amount > 2 * median
