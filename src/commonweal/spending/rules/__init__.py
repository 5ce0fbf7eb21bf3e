"""Pure rules about expenses: which step may follow which, and what adds up to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonweal.foundation.money import Money

Status = Literal["draft", "submitted", "approved", "in payment", "paid", "declined", "withdrawn"]
Step = Literal["edit", "submit", "approve", "decline", "withdraw", "pay", "mark_paid", "return"]

# Where each step may start, and where it ends; `edit` keeps a draft a draft.
STEPS: dict[Step, tuple[frozenset[str], str]] = {
    "edit": (frozenset({"draft", "submitted", "approved", "declined"}), "submitted"),
    "submit": (frozenset({"draft"}), "submitted"),
    "approve": (frozenset({"submitted"}), "approved"),
    "decline": (frozenset({"submitted", "approved"}), "declined"),
    "withdraw": (frozenset({"draft", "submitted", "approved", "declined"}), "withdrawn"),
    "pay": (frozenset({"approved"}), "in payment"),
    "mark_paid": (frozenset({"in payment"}), "paid"),
    "return": (frozenset({"in payment", "paid"}), "approved"),
}

LONGEST_TITLE = 120
MOST_ITEMS = 50


@dataclass(frozen=True)
class Item:
    """One line of an expense as typed: what, when, from which category, how much."""

    description: str
    spent_on: date
    category: int
    amount: Money


def may_follow(step: Step, status: str) -> bool:
    """Whether an expense that stands at `status` may take this step."""
    return status in STEPS[step][0]


def total(items: Iterable[Item]) -> Money:
    """Return the sum of the items, which are of one currency; raises `ValueError` for none."""
    amounts = [item.amount for item in items]
    if not amounts:
        raise ValueError("an expense has at least one item")
    return sum(amounts[1:], start=amounts[0])


def total_of(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum of amounts of one currency, which may be none."""
    return sum(amounts, start=Money(0, currency))


def by_category(items: Iterable[tuple[int, Money]]) -> list[tuple[int, Money]]:
    """Return what is spent in each category, so that each becomes one ledger transaction."""
    sums: dict[int, list[Money]] = defaultdict(list)
    for category, amount in items:
        sums[category].append(amount)
    return [(one, sum(found[1:], start=found[0])) for one, found in sorted(sums.items())]


def mask(iban: str) -> str:
    """Return what pages show of an IBAN: its country and its last four letters."""
    return f"{iban[:2]}•• •••• {iban[-4:]}"
