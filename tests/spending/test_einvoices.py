"""Invoices written for programs are read whole, counted after, or declined with the reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from commonweal.spending.rules.einvoice import invoice as forms
from commonweal.spending.rules.einvoice.adding import mismatches
from commonweal.spending.rules.einvoice.proposing import proposed
from commonweal.spending.rules.einvoice.reading import carried_by, is_data, read, written_anew
from spending.invoices import IBAN, MINIMUM, PEPPOL, REFERENCE, invoice, pdf_with

SIX = '>{}.00</b:TaxableAmount><b:TaxAmount currencyID="EUR">1.20'
SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/einvoice"


def carried_in(content):
    """Return the data that a PDF carries."""
    return carried_by(PdfReader(BytesIO(content), strict=False))


def asked(*given):
    """Return the lines for the form of an invoice, short."""
    return [
        (one.name, one.amount.minor, one.vat_rate and int(one.vat_rate), one.vat and one.vat.minor)
        for one in proposed(read(invoice(*given)))
    ]


def test_what_peppol_sends_is_read_whole():
    found = read(invoice("ubl"))

    assert (found.number, found.issued_on, found.due_on) == (
        "2026-71", date(2026, 11, 10), date(2026, 12, 10),
    )  # fmt: skip
    assert found.supplier == forms.Supplier("Seed Barn", "BE0202239951", "0202239951")
    assert (found.iban, found.holder, found.reference) == (IBAN, "Seed Barn", REFERENCE)
    assert [(one.name, one.net.minor, one.vat_rate) for one in found.lines] == [
        ("Spades", 2000, Decimal(21)), ("Tomato plants", 2000, Decimal(6)),
    ]  # fmt: skip
    assert mismatches(found) == []
    assert asked("ubl") == [("Spades", 2420, 21, 420), ("Tomato plants", 2120, 6, 120)]


def test_what_a_pdf_carries_is_read_whole():
    data = carried_in(pdf_with(invoice("cii")))
    assert data is not None
    found = read(data)

    assert (found.number, found.supplier.name, found.due_on) == (
        "F-12", "La Serre", date(2026, 12, 10),
    )  # fmt: skip
    assert (found.iban, found.bic, found.reference) == (IBAN, "GKCCBEBB", "RF18 5390 0754 7034")
    assert [one.name for one in found.lines] == ["Compost"]
    assert mismatches(found) == []
    assert carried_in(pdf_with(b"<x/>", "notes.xml")) is None


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        # Some of it was paid before: one line for what is left.
        (("cii",), [("", 2000, None, None)]),
        # All of it was paid in the shop: whoever paid wants it back.
        (("cii", ("<ram:DuePayableAmount>20.00", "<ram:DuePayableAmount>0.00"),
          ("Amount>4.20</ram:TotalPrepaid", "Amount>24.20</ram:TotalPrepaid")),
         [("", 2420, 21, 420)]),
        # Nothing of its lines or rates is told.
        (("smallest",), [("", 1210, None, 210)]),
        # A line is for nothing, which no line of ours can be: one line for each rate.
        (("ubl", (">20.00</b:LineExtensionAmount><a:Item><b:Name>Tomato",
                  ">0.00</b:LineExtensionAmount><a:Item><b:Name>Tomato")),
         [("", 2420, 21, 420), ("", 2120, 6, 120)]),
        # One rate gives something back: one line for all.
        (("ubl", ('>20.00</b:TaxableAmount><b:TaxAmount currencyID="EUR">1.20',
                  '>-22.40</b:TaxableAmount><b:TaxAmount currencyID="EUR">-1.20'),
          (">45.40<", ">0.60<")),
         [("", 60, None, 540)]),
        (("smallest", ("Amount>12.10<", "Amount>-12.10<")), []),
    ],
)  # fmt: skip
def test_the_lines_always_come_to_what_is_asked_for(given, lines):
    assert asked(*given) == lines


@pytest.mark.parametrize(
    ("form", "old", "new", "rule", "said", "counted"),
    [
        ("ubl", ">102.50<", ">112.50<", "line", 2000, 2200),
        ("ubl", ">40.00</b:LineE", ">41.00</b:LineE", "lines", 4100, 4000),
        ("cii", ">1.00</ram:AllowanceT", ">2.00</ram:AllowanceT", "allowances", 200, 100),
        ("cii", ">3.00</ram:ChargeT", ">4.00</ram:ChargeT", "charges", 400, 300),
        ("cii", ">20.00</ram:TaxB", ">21.00</ram:TaxB", "without VAT", 2100, 2000),
        ("cii", ">24.20</ram:Gra", ">25.20</ram:Gra", "with VAT", 2520, 2420),
        ("cii", ">20.00</ram:Due", ">19.00</ram:Due", "due", 1900, 2000),
        ("ubl", ">5.40<", ">5.50<", "VAT", 550, 540),
        ("ubl", SIX.format("20"), SIX.format("22"), "taxable", 2200, 2000),
        ("cii", ">4.20</ram:Calc", ">9.20</ram:Calc", "rate", 920, 420),
    ],
)  # fmt: skip
def test_each_sum_that_is_wrong_is_told(form, old, new, rule, said, counted):
    found = {one.rule: one for one in mismatches(read(invoice(form, (old, new))))}

    assert (found[rule].said.minor, found[rule].counted.minor) == (said, counted)


def test_an_invoice_that_leaves_parts_open_is_counted_as_far_as_it_goes():
    left_out = ("<b:BaseQuantity>10</b:BaseQuantity>", "<b:BaseQuantity>0</b:BaseQuantity>")
    no_price = ('<a:Price><b:PriceAmount currencyID="EUR">2.50</b:PriceAmount></a:Price>', "")

    assert mismatches(read(invoice("ubl", no_price))) == []
    assert mismatches(read(invoice("ubl", left_out, ("<b:Percent>6<", "<b:Percent>6.0<")))) != []
    assert mismatches(read(invoice("smallest"))) == []
    foreign = read(invoice("ubl", ('"EUR">5.40', '"USD">5.40')))
    assert [one.rule for one in mismatches(foreign)] == ["with VAT"]
    head, *lines = invoice("ubl").decode().split("<a:InvoiceLine>")
    bare = head.replace("<b:Percent>6</b:Percent>", "") + lines[-1].split("</a:InvoiceLine>")[1]
    assert mismatches(read(bare.encode())) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ((PEPPOL, "urn:cen.eu:en16931:2017#conformant#urn:elsewhere"), forms.UnknownProfile),
        ((">380<", ">381<"), forms.CreditNote),
        ((">380<", ">240<"), forms.Broken),
        ((">EUR<", ">XXX<"), forms.Broken),
        (("2026-11-10", "2026-13-10"), forms.Broken),
        (("<b:IssueDate>2026-11-10</b:IssueDate>", ""), forms.Broken),
        (("<b:ID>2026-71</b:ID>", "<b:ID> </b:ID>"), forms.Broken),
        ((">45.40<", ">much<"), forms.Broken),
        ((">45.40<", ">45.405<"), forms.Broken),
        (('"EUR">45.40', '"SEK">45.40'), forms.Broken),
        (('<b:PayableAmount currencyID="EUR">45.40</b:PayableAmount>', ""), forms.Broken),
        (("Invoice-2", "CreditNote-2"), forms.CreditNote),
        (("Invoice-2", "Order-2"), forms.NotAnInvoice),
        (("</Invoice>", ""), forms.NotAnInvoice),
        (('<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE Invoice [<!ENTITY a "b">]>'),
         forms.WantsOtherFiles),
        (("<b:ID>1</b:ID>", '<i:include xmlns:i="http://www.w3.org/2001/XInclude"/>'),
         forms.WantsOtherFiles),
        (("<b:ID>1</b:ID>", "<b:x>" * 40 + "</b:x>" * 40), forms.TooMuch),
        (("<b:ID>1</b:ID>", "<b:x/>" * 60_000), forms.TooMuch),
        (("<b:ID>1</b:ID>", "x" * 5_000_000), forms.TooMuch),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_declined_with_the_reason(changes, reason):
    with pytest.raises(reason):
        read(invoice("ubl", changes))


def test_what_other_forms_cannot_say_is_declined_too():
    with pytest.raises(forms.UnknownProfile):
        read(invoice("smallest", (MINIMUM, "urn:factur-x.eu:9p9:minimum")))
    with pytest.raises(forms.OldInvoice):
        read(b'<a xmlns="urn:ferd:CrossIndustryDocument:invoice:1p0"/>')
    with pytest.raises(forms.NotAnInvoice):
        read(b"")
    line = "<a:InvoiceLine>" + invoice("ubl").decode().split("<a:InvoiceLine>")[1]
    with pytest.raises(forms.TooMuch):
        read(invoice("ubl", (line, line * 501)))
    with pytest.raises(forms.Broken):
        mismatches(read(invoice("ubl", (">102.50<", ">999999999999999<"), (">2<", ">9999999999<"))))


def test_an_invoice_is_kept_without_the_files_that_stand_in_it():
    carrying = "<a:Attachment><b:EmbeddedDocumentBinaryObject>TVqQ</b:EmbeddedDocumentBinaryObject></a:Attachment>"  # noqa: E501
    data = invoice("ubl", ("<b:ID>1</b:ID>", f"<?run me?><!-- hush -->{carrying}"))

    kept = written_anew(data)

    assert read(kept) == read(data)
    assert not any(word in kept for word in (b"TVqQ", b"<?run", b"hush"))
    assert is_data(kept)
    assert not is_data(b"%PDF-1.7")


SAMPLE = {
    "facturx-basic.xml": ("LE FOURNISSEUR", "F20260023", 10490, 4, "FR2012542547256985425874698"),
    "facturx-en16931.pdf": ("LE FOURNISSEUR", "F20260023", 10490, 4, "FR2012542547256985425874698"),
    "peppol-base-example.xml": ("SupplierOfficialName Ltd", "Snippet1", 165625, 1, "IBAN32423940"),
}


@pytest.mark.parametrize("name", [*SAMPLE, "peppol-creditnote.xml"])
def test_a_published_sample_is_read_without_loss(name):
    if not (SAMPLES / name).exists():
        pytest.skip(f"the published sample {name} is not on this computer")
    content = (SAMPLES / name).read_bytes()
    if name.endswith(".pdf"):
        content = carried_in(content)
    if name not in SAMPLE:
        with pytest.raises(forms.CreditNote):
            read(content)
        return

    found = read(content)

    lines = proposed(found)
    total = sum(one.amount.minor for one in lines)
    assert (found.supplier.name, found.number, total, len(lines), found.iban) == SAMPLE[name]
    assert mismatches(found) == []
