"""Pure rules of money on its way: which state may follow which, and references people type."""

from __future__ import annotations

import re

CHARGE_STEPS: dict[str, frozenset[str]] = {
    "created": frozenset({"pending", "captured", "failed"}),
    "pending": frozenset({"captured", "failed"}),
    # Money that comes after all is still money; what was declined may be tried again.
    "failed": frozenset({"captured", "created"}),
    "captured": frozenset({"settled", "refunding"}),
    "settled": frozenset({"refunding"}),
    # After a part has left, the rest stays settled.
    "refunding": frozenset({"refunding", "settled", "refunded"}),
    # A bank line was taken for its way back, and was not.
    "refunded": frozenset({"refunding"}),
}

PAYOUT_STEPS: dict[str, frozenset[str]] = {
    "held": frozenset({"sent", "paid", "returned"}),
    "sent": frozenset({"paid", "returned"}),
    # A bank may send money back days later, or a line was taken for it and was not.
    "paid": frozenset({"returned", "held", "sent"}),
    "returned": frozenset(),
}

REFERENCE_DIGITS = 10
_SPACE = 10**REFERENCE_DIGITS
# Has no common factor with 10, so that each number has one reference; neighbours look different.
_STRIDE = 3_876_549_017
_OGM_DIGITS = REFERENCE_DIGITS + 2


def may_follow(steps: dict[str, frozenset[str]], before: str, after: str) -> bool:
    """Whether a charge or payout that is `before` may become `after`."""
    return after in steps[before]


def reference(number: int) -> str:
    """Return the ten digits that name the charge with this number on a bank statement."""
    return f"{number * _STRIDE % _SPACE:0{REFERENCE_DIGITS}d}"


def read_reference(text: str) -> str:
    """Return the ten digits within a reference as banks print it, or "" where there are none.

    Understands ten bare digits, a Belgian `+++090/9337/55493+++` and an ISO 11649 `RF…`.
    """
    plain = re.sub(r"[\s+/*.-]", "", text).upper()
    found = re.fullmatch(rf"(?:RF\d\d)?(\d{{{REFERENCE_DIGITS}}})(\d\d)?", plain, flags=re.ASCII)
    return found[1] if found else ""


def clearing(state: str, *, amount: int, refunded: int, returned: int) -> int:
    """Return what a charge has in clearing: come but not shared out, or taken back but not left."""
    if state == "captured":
        return amount
    return refunded - returned if state == "refunding" else 0
