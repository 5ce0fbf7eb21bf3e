"""Pure rules about expenses: their limits, and what adds up to what."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from commonweal.foundation.money import Money
from commonweal.spending.rules.steps import PENDING, WAYS, Step, may_follow

__all__ = ["PENDING", "WAYS", "Step", "may_follow"]

LONGEST_TITLE = 120
LONGEST_PURPOSE = 1000
# Who gets hold of somebody's mailbox changes the account first. Three days let the owner notice.
WAIT_AFTER_CHANGE = timedelta(hours=72)
# How long the link works by which somebody says where to pay them.
REQUEST_LASTS = timedelta(days=30)
MOST_ITEMS = 50


@dataclass(frozen=True)
class Item:
    """One line of an expense as typed: what, when, from which category, how much.

    `spent` is what it cost where it was bought, where that is another currency; `vat` is how much
    of the amount is VAT, at `vat_rate` percent.
    """

    description: str
    spent_on: date
    category: int
    amount: Money
    spent: Money | None = None
    vat_rate: Decimal | None = None
    vat: Money | None = None


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


def vat_in(amount: Money, rate: Decimal) -> Money:
    """Return how much of an amount is VAT, at a rate in percent."""
    exact = Decimal(amount.minor) * rate / (100 + rate)
    return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), amount.currency)


def mask(iban: str) -> str:
    """Return what pages show of an IBAN: its country and its last four letters."""
    return f"{iban[:2]}•• •••• {iban[-4:]}"


def register_number(typed: str) -> str:
    """Return a VAT or enterprise number as we keep it: capital letters and digits alone."""
    return "".join(one for one in typed.upper() if one.isascii() and one.isalnum())[:30]


def message(*, collective: str, number: int, title: str, invoice_number: str) -> str:
    """Return what a payee reads on the bank statement: from whom, and what for."""
    told = f"{collective[:60]}, {number}: {title}"
    return f"{invoice_number}, {told}" if invoice_number else told


def waits(now: datetime, *, payable_from: datetime | None, verified_at: datetime | None) -> bool:
    """Whether an account may not be paid to yet: changed lately, and no host has asked the payee.

    A payee's first account does not wait: there is no other from which money could be led away.
    """
    return verified_at is None and payable_from is not None and now < payable_from


def names_agree(holder: str, name: str) -> bool:
    """Whether the holder of an account has a word in common with the name of who is paid."""
    return bool(_names_in(holder) & _names_in(name))


def _names_in(text: str) -> set[str]:
    """Return the names, in small letters without accents; short ones such as Li count too."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(one if one.isalnum() else " " for one in apart if one.isprintable())
    return {word for word in letters.split() if len(word) > 1}
