"""Filling the form from papers: only what nobody has typed, and it says where it is from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.spending.actions.papers import Paper
from commonweal.spending.rules.einvoice.adding import Mismatch, mismatches
from commonweal.spending.rules.einvoice.invoice import Broken, Invoice
from commonweal.spending.rules.einvoice.proposing import Proposed, asked_for, proposed
from commonweal.spending.rules.guessing import guessed
from commonweal.web import formats

_LONGEST = {"supplier_number": 30, "supplier_iban": 50}
# What does not add up, for whoever pays or asks.
_WRONG: dict[str, str | Promise] = {
    "line": lazily("“%(line)s” says %(said)s; price times quantity is %(counted)s."),
    "lines": lazily("The lines come to %(counted)s, and the invoice says %(said)s."),
    "allowances": lazily("The reductions come to %(counted)s; it says %(said)s."),
    "charges": lazily("What is charged on top comes to %(counted)s; it says %(said)s."),
    "without VAT": lazily("Without VAT it comes to %(counted)s, and it says %(said)s."),
    "with VAT": lazily("With VAT it comes to %(counted)s, and it says %(said)s."),
    "due": lazily("What is left to pay is %(counted)s, and it says %(said)s."),
    "VAT": lazily("The parts of the VAT come to %(counted)s, and it says %(said)s."),
    "taxable": lazily("VAT is counted on %(said)s, and those lines come to %(counted)s."),
    "rate": lazily("VAT is said to be %(said)s, and at its rate it is %(counted)s."),
}


@dataclass
class Read:
    """What was read: which fields were filled, what to tell, and what does not add up."""

    fields: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    is_invoice: bool = False


def fill(typed: QueryDict, papers: Iterable[Paper], collective: Collective) -> Read:
    """Fill what is empty in a form that was sent, from the first paper that says something."""
    read = Read()
    for paper in papers:
        if paper.unread is not None:
            read.notes.append(paper.unread.told_in(_))
        if paper.invoice is not None and not read.is_invoice:
            _from_invoice(read, typed, paper.invoice, collective)
        elif paper.text.strip() and not read.fields:
            _from_text(read, typed, paper.text, collective)
    return read


def _from_invoice(read: Read, typed: QueryDict, invoice: Invoice, collective: Collective) -> None:
    if invoice.currency != collective.currency:
        told = _(
            "This invoice is in %(theirs)s and the group pays in %(ours)s. Type the amount and "
            "choose its currency: we turn it into %(ours)s at the rate of the day."
        )
        read.notes.append(told % {"theirs": invoice.currency, "ours": collective.currency})
        return
    if asked_for(invoice).minor <= 0:
        read.notes.append(_("This invoice asks for nothing. Type what you ask for, and why."))
        return
    read.is_invoice = True
    read.wrong = [_told(one) for one in _mismatches(invoice)]
    supplier = invoice.supplier
    for name, value in {
        "supplier_name": supplier.name,
        "supplier_number": supplier.vat_number or supplier.register_number,
        "supplier_iban": invoice.iban,
        "invoice_number": invoice.number,
        "reference": invoice.reference,
        "due_on": invoice.due_on.isoformat() if invoice.due_on else "",
    }.items():
        _put(read, typed, name, value[: _LONGEST.get(name, 120)])
    if _has_no_lines(typed):
        _put_lines(read, typed, invoice)
    if invoice.sums.due.minor > 0:
        read.notes.append(
            _("Have you paid %(name)s already? If not, choose below that the supplier is paid.")
            % {"name": supplier.name}
        )


def _mismatches(invoice: Invoice) -> list[Mismatch]:
    try:
        return mismatches(invoice)
    except Broken:  # an amount beyond all sense: the lines say enough
        return []


def _put_lines(read: Read, typed: QueryDict, invoice: Invoice) -> None:
    lines = proposed(invoice)
    typed["line-TOTAL_FORMS"] = str(len(lines))
    day = min(invoice.issued_on, clock.today()).isoformat()
    for number, line in enumerate(lines):
        name = line.name or _whole(invoice, line)
        for part, value in {
            "what": name[:120],
            "day": day,
            "amount": f"{line.amount.decimal:f}",
            "vat_rate": f"{line.vat_rate:f}" if line.vat_rate is not None else "",
            "vat": f"{line.vat.decimal:f}" if line.vat else "",
        }.items():
            typed[f"line-{number}-{part}"] = value
            if value:
                read.fields.add(f"line-{number}-{part}")


def _whole(invoice: Invoice, line: Proposed) -> str:
    name = f"{invoice.supplier.name}, {invoice.number}"
    if line.vat_rate is None:
        return name
    return _("%(name)s, VAT %(rate)s%%") % {"name": name, "rate": f"{line.vat_rate.normalize():f}"}


def _from_text(read: Read, typed: QueryDict, text: str, collective: Collective) -> None:
    """Put in the day and the sum that a PDF seems to say, where one line is still empty."""
    guess = guessed(text, currency=collective.currency, today=clock.today())
    if typed.get("line-0-amount") or typed.get("line-TOTAL_FORMS", "1") != "1":
        return
    if guess.total:
        _put(read, typed, "line-0-amount", f"{guess.total.decimal:f}")
    if guess.day and typed.get("line-0-day", "") in {"", clock.today().isoformat()}:
        typed["line-0-day"] = guess.day.isoformat()
        read.fields.add("line-0-day")


def _has_no_lines(typed: QueryDict) -> bool:
    return not any(
        value for name, value in typed.items()
        if name.startswith("line-") and name.endswith(("-what", "-amount"))
    )  # fmt: skip


def _put(read: Read, typed: QueryDict, name: str, value: str) -> None:
    if value and not typed.get(name):
        typed[name] = value
        read.fields.add(name)


def _told(one: Mismatch) -> str:
    parts = {"line": one.line, "said": _words(one.said), "counted": _words(one.counted)}
    return str(_WRONG[one.rule]) % parts


def _words(amount: Money) -> str:
    return formats.amount(amount)
