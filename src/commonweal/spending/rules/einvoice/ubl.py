"""OASIS UBL 2.1 as Peppol sends it (BIS Billing 3) and other uses of EN 16931 in it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from commonweal.foundation.money import Money
from commonweal.spending.rules.einvoice import profiles, xml
from commonweal.spending.rules.einvoice.invoice import (
    Adjustment,
    Invoice,
    Line,
    Sums,
    Supplier,
    Vat,
)
from commonweal.spending.rules.einvoice.xml import Node

_CHANGES = "{*}AllowanceCharge"


def read(root: Node) -> Invoice:
    """Return what an invoice says."""
    profiles.refuse_unknown_ubl(xml.text(root, "{*}CustomizationID"))
    profiles.refuse_other_sorts(xml.needed(root, "{*}InvoiceTypeCode", "BT-3"))
    currency = profiles.known_currency(xml.needed(root, "{*}DocumentCurrencyCode", "BT-5"))
    issued_on = xml.day(xml.needed(root, "{*}IssueDate", "BT-2"), "BT-2")
    assert issued_on is not None
    ways = list(xml.every(root, "{*}PaymentMeans"))
    means = next((one for one in ways if _iban(one)), ways[0] if ways else None)
    account = None if means is None else means.find("{*}PayeeFinancialAccount")
    return Invoice(
        number=xml.needed(root, "{*}ID", "BT-1"),
        issued_on=issued_on,
        currency=currency,
        supplier=_supplier(root.find("{*}AccountingSupplierParty/{*}Party")),
        sums=_sums(root, currency),
        due_on=xml.day(xml.text(root, "{*}DueDate"), "BT-9"),
        iban=_iban(means),
        bic=xml.text(account, "{*}FinancialInstitutionBranch/{*}ID"),
        holder=xml.text(account, "{*}Name"),
        reference=profiles.reference(xml.text(means, "{*}PaymentID")),
        lines=tuple(_lines(root, currency)),
        adjustments=tuple(_adjustments(root, currency)),
        vat=tuple(_vat(root, currency)),
    )


def _iban(means: Node | None) -> str:
    return profiles.tidy(xml.text(means, "{*}PayeeFinancialAccount/{*}ID"))


def _supplier(node: Node | None) -> Supplier:
    vat = next(
        (
            xml.text(one, "{*}CompanyID")
            for one in xml.every(node, "{*}PartyTaxScheme")
            if xml.text(one, "{*}TaxScheme/{*}ID") == "VAT"
        ),
        "",
    )
    return Supplier(
        name=xml.needed(node, "{*}PartyLegalEntity/{*}RegistrationName", "BT-27"),
        vat_number=profiles.tidy(vat),
        register_number=profiles.tidy(xml.text(node, "{*}PartyLegalEntity/{*}CompanyID")),
    )


def _sums(root: Node, currency: str) -> Sums:
    node = root.find("{*}LegalMonetaryTotal")

    def part(name: str, term: str) -> Money | None:
        return xml.money(node, f"{{*}}{name}", currency=currency, term=term)

    tax = _tax_total(root, currency)
    return Sums(
        without_vat=xml.owed(node, "{*}TaxExclusiveAmount", currency=currency, term="BT-109"),
        with_vat=xml.owed(node, "{*}TaxInclusiveAmount", currency=currency, term="BT-112"),
        due=xml.owed(node, "{*}PayableAmount", currency=currency, term="BT-115"),
        lines=part("LineExtensionAmount", "BT-106"),
        allowances=part("AllowanceTotalAmount", "BT-107"),
        charges=part("ChargeTotalAmount", "BT-108"),
        vat=xml.money(tax, "{*}TaxAmount", currency=currency, term="BT-110"),
        prepaid=part("PrepaidAmount", "BT-113"),
        rounding=part("PayableRoundingAmount", "BT-114"),
    )


def _tax_total(root: Node, currency: str) -> Node | None:
    """Return the sum of VAT in the currency of the invoice; another may stand beside it."""
    for node in xml.every(root, "{*}TaxTotal"):
        amount = node.find("{*}TaxAmount")
        if amount is not None and amount.get("currencyID", currency) == currency:
            return node
    return None


def _lines(root: Node, currency: str) -> Iterator[Line]:
    for node in profiles.few(xml.every(root, "{*}InvoiceLine")):
        changes = list(xml.every(node, _CHANGES))
        yield Line(
            name=xml.needed(node, "{*}Item/{*}Name", "BT-153"),
            net=xml.owed(node, "{*}LineExtensionAmount", currency=currency, term="BT-131"),
            quantity=xml.number(node, "{*}InvoicedQuantity", "BT-129"),
            price=xml.number(node, "{*}Price/{*}PriceAmount", "BT-146"),
            per=xml.number(node, "{*}Price/{*}BaseQuantity", "BT-149") or Decimal(1),
            allowances=_changed(changes, "false", "BT-136"),
            charges=_changed(changes, "true", "BT-141"),
            vat_sort=xml.text(node, "{*}Item/{*}ClassifiedTaxCategory/{*}ID"),
            vat_rate=xml.number(node, "{*}Item/{*}ClassifiedTaxCategory/{*}Percent", "BT-152"),
        )


def _changed(changes: list[Node], way: str, term: str) -> Decimal:
    found = (
        xml.number(one, "{*}Amount", term)
        for one in changes
        if xml.text(one, "{*}ChargeIndicator") == way
    )
    return sum((one for one in found if one is not None), start=Decimal(0))


def _adjustments(root: Node, currency: str) -> Iterator[Adjustment]:
    for node in profiles.few(xml.every(root, _CHANGES)):
        is_charge = xml.text(node, "{*}ChargeIndicator") == "true"
        term = "BT-99" if is_charge else "BT-92"
        yield Adjustment(
            amount=xml.owed(node, "{*}Amount", currency=currency, term=term),
            is_charge=is_charge,
            vat_sort=xml.text(node, "{*}TaxCategory/{*}ID"),
            vat_rate=xml.number(node, "{*}TaxCategory/{*}Percent", "BT-96"),
        )


def _vat(root: Node, currency: str) -> Iterator[Vat]:
    for node in profiles.few(xml.every(_tax_total(root, currency), "{*}TaxSubtotal")):
        yield Vat(
            sort=xml.text(node, "{*}TaxCategory/{*}ID"),
            rate=xml.number(node, "{*}TaxCategory/{*}Percent", "BT-119"),
            taxable=xml.owed(node, "{*}TaxableAmount", currency=currency, term="BT-116"),
            amount=xml.owed(node, "{*}TaxAmount", currency=currency, term="BT-117"),
        )
