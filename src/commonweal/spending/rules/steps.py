"""The states of an expense: where each step may start, where it ends, and who takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal[
    "draft", "submitted", "needs changes", "approved", "on hold", "scheduled", "in payment",
    "paid", "returned", "declined", "withdrawn",
]  # fmt: skip
Step = Literal[
    "edit", "submit", "approve", "ask", "decline", "withdraw", "hold", "resume", "choose", "leave",
    "pay", "pass_on", "mark_paid", "unpay", "give_back", "return", "retry",
]  # fmt: skip
Who = Literal["author", "approver", "decider", "payer"]


@dataclass(frozen=True)
class Way:
    """Where a step may start, where it ends, and who takes it."""

    starts: frozenset[str]
    ends: Status
    who: Who


def _way(who: Who, starts: str, ends: Status) -> Way:
    return Way(frozenset(starts.split(", ")), ends, who)


_BEFORE_PAYMENT = "submitted, approved, scheduled, returned"
_ASLEEP = "needs changes, declined"

# `edit` keeps a draft a draft; `approve` keeps it submitted while more people have to agree. Who
# parked something lets it go on: an edit does not take it off hold.
WAYS: dict[Step, Way] = {
    "edit": _way("author", f"draft, {_BEFORE_PAYMENT}, {_ASLEEP}", "submitted"),
    "submit": _way("author", "draft, needs changes", "submitted"),
    "approve": _way("approver", "submitted", "approved"),
    "ask": _way("decider", f"{_BEFORE_PAYMENT}, on hold", "needs changes"),
    "decline": _way("decider", f"{_BEFORE_PAYMENT}, on hold, needs changes", "declined"),
    "withdraw": _way("author", f"draft, {_BEFORE_PAYMENT}, on hold, {_ASLEEP}", "withdrawn"),
    "hold": _way("payer", "approved, scheduled", "on hold"),
    "resume": _way("payer", "on hold", "approved"),
    "choose": _way("payer", "approved", "scheduled"),
    "leave": _way("payer", "scheduled", "approved"),
    "pay": _way("payer", "approved, scheduled", "in payment"),
    "pass_on": _way("payer", "approved", "paid"),
    "mark_paid": _way("payer", "in payment", "paid"),
    "unpay": _way("payer", "paid", "in payment"),
    "give_back": _way("payer", "in payment, paid", "approved"),
    "return": _way("payer", "in payment, paid", "returned"),
    "retry": _way("payer", "returned", "approved"),
}

# Somebody still has to do something before the money is with the payee, or it is known to be not.
PENDING: tuple[Status, ...] = (
    "submitted", "needs changes", "approved", "on hold", "scheduled", "in payment", "returned",
)  # fmt: skip


def may_follow(step: Step, status: str) -> bool:
    """Whether an expense that stands at `status` may take this step."""
    return status in WAYS[step].starts
