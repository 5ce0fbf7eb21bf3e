"""UN/CEFACT Cross Industry Invoice: what a Factur-X or ZUGFeRD invoice carries beside its page."""

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

_DEAL = "{*}SupplyChainTradeTransaction"
_SELLER = "{*}ApplicableHeaderTradeAgreement/{*}SellerTradeParty"
_CHANGES = "{*}SpecifiedTradeAllowanceCharge"


def read(root: Node) -> Invoice:
    """Return what an invoice says, of any profile from MINIMUM to EXTENDED."""
    context = "{*}ExchangedDocumentContext/{*}GuidelineSpecifiedDocumentContextParameter/{*}ID"
    profiles.refuse_unknown_cii(xml.text(root, context))
    head, deal = root.find("{*}ExchangedDocument"), root.find(_DEAL)
    profiles.refuse_other_sorts(xml.needed(head, "{*}TypeCode", "BT-3"))
    pay = None if deal is None else deal.find("{*}ApplicableHeaderTradeSettlement")
    currency = profiles.known_currency(xml.needed(pay, "{*}InvoiceCurrencyCode", "BT-5"))
    issued = xml.needed(head, "{*}IssueDateTime/{*}DateTimeString", "BT-2")
    issued_on = xml.day(issued, "BT-2")
    assert issued_on is not None
    means = _account(pay)
    return Invoice(
        number=xml.needed(head, "{*}ID", "BT-1"),
        issued_on=issued_on,
        currency=currency,
        supplier=_supplier(None if deal is None else deal.find(_SELLER)),
        sums=_sums(pay, currency),
        due_on=xml.day(
            xml.text(pay, "{*}SpecifiedTradePaymentTerms/{*}DueDateDateTime/{*}DateTimeString"),
            "BT-9",
        ),
        iban=_iban(means),
        bic=xml.text(means, "{*}PayeeSpecifiedCreditorFinancialInstitution/{*}BICID"),
        holder=xml.text(means, "{*}PayeePartyCreditorFinancialAccount/{*}AccountName"),
        reference=profiles.reference(xml.text(pay, "{*}PaymentReference")),
        lines=tuple(_lines(deal, currency)),
        adjustments=tuple(_adjustments(pay, currency)),
        vat=tuple(_vat(pay, currency)),
    )


def _supplier(node: Node | None) -> Supplier:
    vat = next(
        (
            xml.text(one, "{*}ID")
            for one in xml.every(node, "{*}SpecifiedTaxRegistration")
            if (number := one.find("{*}ID")) is not None and number.get("schemeID") == "VA"
        ),
        "",
    )
    return Supplier(
        name=xml.needed(node, "{*}Name", "BT-27"),
        vat_number=profiles.tidy(vat),
        register_number=profiles.tidy(xml.text(node, "{*}SpecifiedLegalOrganization/{*}ID")),
    )


def _account(pay: Node | None) -> Node | None:
    """Return the first way to pay that names an account."""
    ways = list(xml.every(pay, "{*}SpecifiedTradeSettlementPaymentMeans"))
    return next((one for one in ways if _iban(one)), ways[0] if ways else None)


def _iban(means: Node | None) -> str:
    return profiles.tidy(xml.text(means, "{*}PayeePartyCreditorFinancialAccount/{*}IBANID"))


def _sums(pay: Node | None, currency: str) -> Sums:
    node = None if pay is None else pay.find("{*}SpecifiedTradeSettlementHeaderMonetarySummation")

    def part(name: str, term: str) -> Money | None:
        return xml.money(node, f"{{*}}{name}", currency=currency, term=term)

    # A second sum of VAT may stand there in the currency of the tax office.
    of_vat = [
        one
        for one in xml.every(node, "{*}TaxTotalAmount")
        if one.get("currencyID", currency) == currency
    ]
    return Sums(
        without_vat=xml.owed(node, "{*}TaxBasisTotalAmount", currency=currency, term="BT-109"),
        with_vat=xml.owed(node, "{*}GrandTotalAmount", currency=currency, term="BT-112"),
        due=xml.owed(node, "{*}DuePayableAmount", currency=currency, term="BT-115"),
        lines=part("LineTotalAmount", "BT-106"),
        allowances=part("AllowanceTotalAmount", "BT-107"),
        charges=part("ChargeTotalAmount", "BT-108"),
        vat=xml.money(of_vat[0], ".", currency=currency, term="BT-110") if of_vat else None,
        prepaid=part("TotalPrepaidAmount", "BT-113"),
        rounding=part("RoundingAmount", "BT-114"),
    )


def _lines(deal: Node | None, currency: str) -> Iterator[Line]:
    for node in profiles.few(xml.every(deal, "{*}IncludedSupplyChainTradeLineItem")):
        if _is_heading(node):
            continue
        price = node.find("{*}SpecifiedLineTradeAgreement/{*}NetPriceProductTradePrice")
        pay = node.find("{*}SpecifiedLineTradeSettlement")
        changes = list(xml.every(pay, _CHANGES))
        yield Line(
            name=xml.needed(node, "{*}SpecifiedTradeProduct/{*}Name", "BT-153"),
            net=xml.owed(
                pay, "{*}SpecifiedTradeSettlementLineMonetarySummation/{*}LineTotalAmount",
                currency=currency, term="BT-131",
            ),
            quantity=xml.number(
                node, "{*}SpecifiedLineTradeDelivery/{*}BilledQuantity", "BT-129"
            ),
            price=xml.number(price, "{*}ChargeAmount", "BT-146"),
            per=xml.number(price, "{*}BasisQuantity", "BT-149") or Decimal(1),
            allowances=_changed(changes, "false", "BT-136"),
            charges=_changed(changes, "true", "BT-141"),
            vat_sort=xml.text(pay, "{*}ApplicableTradeTax/{*}CategoryCode"),
            vat_rate=xml.number(pay, "{*}ApplicableTradeTax/{*}RateApplicablePercent", "BT-152"),
        )  # fmt: skip


def _is_heading(node: Node) -> bool:
    """Whether a line of profile EXTENDED only groups or explains others (BT-X-8)."""
    sort = xml.text(node, "{*}AssociatedDocumentLineDocument/{*}LineStatusReasonCode")
    return sort in {"GROUP", "INFORMATION"}


def _changed(changes: list[Node], way: str, term: str) -> Decimal:
    found = (xml.number(one, "{*}ActualAmount", term) for one in changes if _indicator(one) == way)
    return sum((one for one in found if one is not None), start=Decimal(0))


def _indicator(node: Node) -> str:
    return xml.text(node, "{*}ChargeIndicator/{*}Indicator")


def _adjustments(pay: Node | None, currency: str) -> Iterator[Adjustment]:
    for node in profiles.few(xml.every(pay, _CHANGES)):
        is_charge = _indicator(node) == "true"
        term = "BT-99" if is_charge else "BT-92"
        yield Adjustment(
            amount=xml.owed(node, "{*}ActualAmount", currency=currency, term=term),
            is_charge=is_charge,
            vat_sort=xml.text(node, "{*}CategoryTradeTax/{*}CategoryCode"),
            vat_rate=xml.number(node, "{*}CategoryTradeTax/{*}RateApplicablePercent", "BT-96"),
        )
    # Profile EXTENDED names what sending costs apart; it counts as a charge.
    for node in profiles.few(xml.every(pay, "{*}SpecifiedLogisticsServiceCharge")):
        yield Adjustment(
            amount=xml.owed(node, "{*}AppliedAmount", currency=currency, term="BT-X-272"),
            is_charge=True,
            vat_sort=xml.text(node, "{*}AppliedTradeTax/{*}CategoryCode"),
            vat_rate=xml.number(node, "{*}AppliedTradeTax/{*}RateApplicablePercent", "BT-X-274"),
        )


def _vat(pay: Node | None, currency: str) -> Iterator[Vat]:
    for node in profiles.few(xml.every(pay, "{*}ApplicableTradeTax")):
        yield Vat(
            sort=xml.text(node, "{*}CategoryCode"),
            rate=xml.number(node, "{*}RateApplicablePercent", "BT-119"),
            taxable=xml.owed(node, "{*}BasisAmount", currency=currency, term="BT-116"),
            amount=xml.owed(node, "{*}CalculatedAmount", currency=currency, term="BT-117"),
        )
