"""What has to be so before an expense is paid: who agrees, which receipts, by when, for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Missing = Literal["admin", "accountant", "another"]
MOST_DAYS = 3650


@dataclass(frozen=True)
class Terms:
    """What a host or a group asks, amounts in minor units of its currency.

    From `two_from` on two persons agree, from `accountant_from` on one of them is an accountant,
    from `receipt_from` on there is a receipt. None: no such limit, any day, any category.
    """

    two_from: int | None = None
    accountant_from: int | None = None
    receipt_from: int | None = None
    within_days: int | None = None
    categories: frozenset[int] | None = None


# A receipt is always wanted where the host did not say from which amount.
USUAL = Terms(receipt_from=0)


def stricter(host: Terms, group: Terms) -> Terms:
    """Return what counts where a host and a group ask something: the stricter of each."""
    return Terms(
        two_from=_least(host.two_from, group.two_from),
        accountant_from=_least(host.accountant_from, group.accountant_from),
        receipt_from=_least(host.receipt_from, group.receipt_from),
        within_days=_least(host.within_days, group.within_days),
        categories=_both(host.categories, group.categories),
    )


def people_wanted(minor: int, terms: Terms) -> int:
    """Return how many people have to agree to an amount."""
    return 2 if _reached(terms.two_from, minor) or accountant_wanted(minor, terms) else 1


def accountant_wanted(minor: int, terms: Terms) -> bool:
    """Whether one of those who agree to an amount has to be an accountant."""
    return _reached(terms.accountant_from, minor)


def receipt_wanted(minor: int, terms: Terms) -> bool:
    """Whether an amount is paid only with a receipt."""
    return _reached(terms.receipt_from, minor)


def still_missing(
    minor: int, terms: Terms, *, agreed: frozenset[int], admins: frozenset[int],
    accountants: frozenset[int],
) -> Missing | None:  # fmt: skip
    """Return who still has to agree before an amount is agreed to, None where it is."""
    if not agreed & admins:
        return "admin"
    needs_accountant = accountant_wanted(minor, terms) and not agreed & accountants
    short = people_wanted(minor, terms) - len(agreed)
    if needs_accountant and short <= 1:
        return "accountant"
    return "another" if short > 0 else None


def too_late(days: Iterable[date], today: date, terms: Terms) -> date | None:
    """Return the last day on which something was bought, where that is too long ago to ask."""
    last = max(days)
    if terms.within_days is None or today - last <= timedelta(days=terms.within_days):
        return None
    return last


def not_paid_for(categories: Iterable[int], terms: Terms) -> int | None:
    """Return a category for which nothing is paid, if there is one among these."""
    if terms.categories is None:
        return None
    return next((one for one in categories if one not in terms.categories), None)


def _reached(limit: int | None, minor: int) -> bool:
    return limit is not None and minor >= limit


def _least(first: int | None, second: int | None) -> int | None:
    known = [one for one in (first, second) if one is not None]
    return min(known, default=None)


def _both(
    first: frozenset[int] | None, second: frozenset[int] | None
) -> frozenset[int] | None:  # fmt: skip
    if first is None or second is None:
        return first if second is None else second
    return first & second
