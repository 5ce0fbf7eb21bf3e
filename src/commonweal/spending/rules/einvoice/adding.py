"""Counting an invoice after, by the rules of EN 16931; whoever pays hears what does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from commonweal.foundation.money import Money, NotAnAmount
from commonweal.spending.rules.einvoice.invoice import Broken, Invoice, Line, Vat

_RATE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that does not add up: `rule` names which sum, `said` and `counted` the two."""

    rule: str
    said: Money
    counted: Money
    line: str = ""


def mismatches(invoice: Invoice) -> list[Mismatch]:
    """Return each sum of an invoice that is not what its parts come to."""
    return [*_in_lines(invoice), *_in_sums(invoice), *_in_vat(invoice)]


def _in_lines(invoice: Invoice) -> Iterator[Mismatch]:
    for line in invoice.lines:
        counted = _counted(line)
        if counted is not None and counted != line.net:
            yield Mismatch("line", line.net, counted, line.name)


def _counted(line: Line) -> Money | None:
    """Return price times quantity, with what makes it cheaper and dearer; None if left open."""
    if line.price is None or line.quantity is None or line.per == 0:
        return None
    exact = line.quantity * line.price / line.per - line.allowances + line.charges
    return _rounded(exact, line.net.currency)


def _in_sums(invoice: Invoice) -> Iterator[Mismatch]:
    sums, nothing = invoice.sums, Money(0, invoice.currency)
    if invoice.lines and sums.lines is not None:
        yield from _differs("lines", sums.lines, _sum((x.net for x in invoice.lines), nothing))
    taken = _sum((x.amount for x in invoice.adjustments if not x.is_charge), nothing)
    added = _sum((x.amount for x in invoice.adjustments if x.is_charge), nothing)
    if sums.allowances is not None or taken != nothing:
        yield from _differs("allowances", sums.allowances or nothing, taken)
    if sums.charges is not None or added != nothing:
        yield from _differs("charges", sums.charges or nothing, added)
    if sums.lines is not None:
        counted = sums.lines - (sums.allowances or nothing) + (sums.charges or nothing)
        yield from _differs("without VAT", sums.without_vat, counted)
    vat = sums.vat or nothing
    yield from _differs("with VAT", sums.with_vat, sums.without_vat + vat)
    counted = sums.with_vat - (sums.prepaid or nothing) + (sums.rounding or nothing)
    yield from _differs("due", sums.due, counted)


def _in_vat(invoice: Invoice) -> Iterator[Mismatch]:
    if not invoice.vat:
        return
    nothing = Money(0, invoice.currency)
    said = invoice.sums.vat or nothing
    yield from _differs("VAT", said, _sum((part.amount for part in invoice.vat), nothing))
    for part in invoice.vat:
        if invoice.lines:
            yield from _differs("taxable", part.taxable, _taxable(invoice, part))
        if part.rate is not None:
            exact = part.taxable.decimal * part.rate / _RATE
            counted = _rounded(exact, invoice.currency)
            # The standard lets a program round in another way, by less than one whole unit.
            if abs(part.amount.decimal - counted.decimal) >= 1:
                yield Mismatch("rate", part.amount, counted)


def _taxable(invoice: Invoice, part: Vat) -> Money:
    """Return what the lines of one sort and rate come to, with what changes them as a whole."""
    nothing = Money(0, invoice.currency)
    mine = (part.sort, part.rate or 0)
    lines = (x.net for x in invoice.lines if (x.vat_sort, x.vat_rate or 0) == mine)
    changes = (
        x.amount if x.is_charge else -x.amount
        for x in invoice.adjustments
        if (x.vat_sort, x.vat_rate or 0) == mine
    )
    return _sum(lines, nothing) + _sum(changes, nothing)


def _differs(rule: str, said: Money, counted: Money) -> Iterator[Mismatch]:
    if said != counted:
        yield Mismatch(rule, said, counted)


def _sum(amounts: Iterable[Money], nothing: Money) -> Money:
    return sum(amounts, start=nothing)


def _rounded(exact: Decimal, currency: str) -> Money:
    """Return an exact sum in whole cents; one beyond all sense is a mistake in the data."""
    smallest = Decimal(1).scaleb(-Money(0, currency).exponent)
    try:
        return Money.from_decimal(exact.quantize(smallest, ROUND_HALF_UP), currency)
    except (NotAnAmount, InvalidOperation) as error:
        raise Broken("BT-131") from error
