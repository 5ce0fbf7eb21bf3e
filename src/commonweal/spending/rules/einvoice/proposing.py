"""What an invoice fills into the form: lines that come to what is asked for, with their VAT."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from commonweal.foundation.money import Money
from commonweal.spending.rules.einvoice.invoice import Invoice, Vat

MOST_PROPOSED = 20


@dataclass(frozen=True, slots=True)
class Proposed:
    """A line for the form: `amount` with VAT, of which `vat`; one without a name is for many."""

    name: str
    amount: Money
    vat_rate: Decimal | None = None
    vat: Money | None = None


def proposed(invoice: Invoice) -> list[Proposed]:
    """Return the lines for the form: those of the invoice, or one for each rate, or one for all.

    They always come to what is asked for: a rate's VAT is shared out over its lines without a cent
    lost. What was paid before, or gives something back, cannot stand line by line.
    """
    asked = asked_for(invoice)
    if asked.minor <= 0:
        return []
    for found in (_by_line(invoice), _by_rate(invoice)):
        amounts = [one.amount.minor for one in found]
        if 0 < len(found) <= MOST_PROPOSED and sum(amounts) == asked.minor and min(amounts) > 0:
            return found
    is_whole = asked == invoice.sums.with_vat
    return [Proposed("", asked, vat=invoice.sums.vat if is_whole else None)]


def asked_for(invoice: Invoice) -> Money:
    """Return what is due; the whole where it was paid in the shop, as somebody wants it back."""
    return invoice.sums.due if invoice.sums.due.minor > 0 else invoice.sums.with_vat


def _by_rate(invoice: Invoice) -> list[Proposed]:
    return [
        Proposed("", part.taxable + part.amount, part.rate, part.amount) for part in invoice.vat
    ]


def _by_line(invoice: Invoice) -> list[Proposed]:
    if invoice.adjustments:
        return []
    shares = [_shared(invoice, part) for part in invoice.vat]
    by_line = {number: one for found in shares for number, one in found.items()}
    return [by_line[number] for number in sorted(by_line)]


def _shared(invoice: Invoice, part: Vat) -> dict[int, Proposed]:
    """Share the VAT of one rate out over its lines, by what each comes to."""
    mine = [
        (number, line)
        for number, line in enumerate(invoice.lines)
        if (line.vat_sort, line.vat_rate or 0) == (part.sort, part.rate or 0)
    ]
    if not mine or any(line.net.minor <= 0 for _number, line in mine):
        return {}
    shares = part.amount.allocate([line.net.minor for _number, line in mine])
    return {
        number: Proposed(line.name, line.net + share, part.rate, share)
        for (number, line), share in zip(mine, shares, strict=True)
    }
