"""What accounts and fees of the ledger are called on pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from commonweal.foundation.money import Money
from commonweal.ledger.models import Chart, Kind, Purpose
from commonweal.ledger.queries import Line
from commonweal.web import formats

# What a reader may filter by; other kinds only move money between the host's own books.
READERS_KINDS = (
    Kind.CONTRIBUTION, Kind.EXPENSE, Kind.REFUND, Kind.TRANSFER, Kind.OPENING, Kind.CORRECTION,
    Kind.COVER,
)  # fmt: skip
_PURPOSES = {
    Purpose.FUNDS: lazily("Pot of the group"),
    Purpose.HOST_FUNDS: lazily("The host’s own money"),
    Purpose.BACKERS: lazily("Whoever gave"),
    Purpose.PAYEES: lazily("Whoever was paid"),
    Purpose.BANK: lazily("Bank account of the host"),
    Purpose.CHARGES: lazily("On its way in"),
    Purpose.PAYOUTS: lazily("On its way out"),
    Purpose.HOST_FEES: lazily("Fees for the host"),
    Purpose.PROCESSOR_FEES: lazily("Fees for the payment"),
    Purpose.PLATFORM_FEES: lazily("Fees for the platform"),
    Purpose.UNPLACED: lazily("Seen at the bank, not placed yet"),
    Purpose.HOST_OWN: lazily("The host’s own"),
    Purpose.TRADING: lazily("Exchange of currencies"),
    Purpose.OPENING: lazily("From before"),
}


def purpose(number: int) -> str:
    """Return what an account is for."""
    return str(_PURPOSES[Purpose(number)])


def category(number: int | None) -> str:
    """Return the name of a category, or "" for none."""
    return str(Chart(number).label) if number else ""


def title(line: Line) -> str:
    """Return what a line is about."""
    return line.description or str(line.kind.label)


def who(line: Line) -> str:
    """Return who is on the other side; whoever gave without a name is incognito."""
    if line.counterparty:
        return line.counterparty
    return _("Incognito") if line.kind == Kind.CONTRIBUTION else ""


def fees(gross: Money, kept: Iterable[tuple[Kind, Money]]) -> str:
    """Return what was given and which fees were kept from it, or "" where there were none."""
    kept = list(kept)
    if not kept:
        return ""
    parts = [_("%(amount)s given") % {"amount": formats.amount(without_sign(gross))}]
    parts += [f"{formats.amount(without_sign(fee))} {str(one.label).lower()}" for one, fee in kept]
    return ", ".join(parts)


def without_sign(amount: Money) -> Money:
    """Return an amount without its sign."""
    return Money(abs(amount.minor), amount.currency)
