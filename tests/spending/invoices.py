"""Invoices for tests: a small one in each language of programs, and PDFs that carry them."""

from __future__ import annotations

import io

from pypdf import PdfWriter

IBAN = "BE71096123456769"
REFERENCE = "+++090/9337/55493+++"
PEPPOL = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
MINIMUM = "urn:factur-x.eu:1p0:minimum"

_UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<b:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</b:CustomizationID><b:ID>2026-71</b:ID><b:IssueDate>2026-11-10</b:IssueDate><b:DueDate>2026-12-10</b:DueDate><b:InvoiceTypeCode>380</b:InvoiceTypeCode><b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
<a:AccountingSupplierParty><a:Party><a:PartyTaxScheme><b:CompanyID>BE 0202.239.951</b:CompanyID><a:TaxScheme><b:ID>VAT</b:ID></a:TaxScheme></a:PartyTaxScheme><a:PartyLegalEntity><b:RegistrationName>Seed Barn</b:RegistrationName><b:CompanyID>0202.239.951</b:CompanyID></a:PartyLegalEntity></a:Party></a:AccountingSupplierParty>
<a:PaymentMeans><b:PaymentMeansCode>30</b:PaymentMeansCode><b:PaymentID>090933755493</b:PaymentID><a:PayeeFinancialAccount><b:ID>BE71 0961 2345 6769</b:ID><b:Name>Seed Barn</b:Name></a:PayeeFinancialAccount></a:PaymentMeans>
<a:TaxTotal><b:TaxAmount currencyID="EUR">5.40</b:TaxAmount><a:TaxSubtotal><b:TaxableAmount currencyID="EUR">20.00</b:TaxableAmount><b:TaxAmount currencyID="EUR">4.20</b:TaxAmount><a:TaxCategory><b:ID>S</b:ID><b:Percent>21</b:Percent></a:TaxCategory></a:TaxSubtotal><a:TaxSubtotal><b:TaxableAmount currencyID="EUR">20.00</b:TaxableAmount><b:TaxAmount currencyID="EUR">1.20</b:TaxAmount><a:TaxCategory><b:ID>S</b:ID><b:Percent>6</b:Percent></a:TaxCategory></a:TaxSubtotal></a:TaxTotal>
<a:TaxTotal><b:TaxAmount currencyID="SEK">60.00</b:TaxAmount></a:TaxTotal>
<a:LegalMonetaryTotal><b:LineExtensionAmount currencyID="EUR">40.00</b:LineExtensionAmount><b:TaxExclusiveAmount currencyID="EUR">40.00</b:TaxExclusiveAmount><b:TaxInclusiveAmount currencyID="EUR">45.40</b:TaxInclusiveAmount><b:PayableAmount currencyID="EUR">45.40</b:PayableAmount></a:LegalMonetaryTotal>
<a:InvoiceLine><b:ID>1</b:ID><b:InvoicedQuantity unitCode="C62">2</b:InvoicedQuantity><b:LineExtensionAmount currencyID="EUR">20.00</b:LineExtensionAmount><a:AllowanceCharge><b:ChargeIndicator>false</b:ChargeIndicator><b:Amount currencyID="EUR">1.00</b:Amount></a:AllowanceCharge><a:AllowanceCharge><b:ChargeIndicator>true</b:ChargeIndicator><b:Amount currencyID="EUR">0.50</b:Amount></a:AllowanceCharge><a:Item><b:Name>Spades</b:Name><a:ClassifiedTaxCategory><b:ID>S</b:ID><b:Percent>21</b:Percent></a:ClassifiedTaxCategory></a:Item><a:Price><b:PriceAmount currencyID="EUR">102.50</b:PriceAmount><b:BaseQuantity>10</b:BaseQuantity></a:Price></a:InvoiceLine>
<a:InvoiceLine><b:ID>2</b:ID><b:InvoicedQuantity unitCode="C62">8</b:InvoicedQuantity><b:LineExtensionAmount currencyID="EUR">20.00</b:LineExtensionAmount><a:Item><b:Name>Tomato plants</b:Name><a:ClassifiedTaxCategory><b:ID>S</b:ID><b:Percent>6</b:Percent></a:ClassifiedTaxCategory></a:Item><a:Price><b:PriceAmount currencyID="EUR">2.50</b:PriceAmount></a:Price></a:InvoiceLine>
</Invoice>"""  # noqa: E501 - as programs write it

_CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>F-12</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20261110</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>0</ram:LineID><ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode></ram:AssociatedDocumentLineDocument></ram:IncludedSupplyChainTradeLineItem>
<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct><ram:Name>Compost</ram:Name></ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>5.0000</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">4.0000</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>21.00</ram:RateApplicablePercent></ram:ApplicableTradeTax><ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>2.00</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>18.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>La Serre</ram:Name><ram:SpecifiedLegalOrganization><ram:ID>0202239951</ram:ID></ram:SpecifiedLegalOrganization><ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">12</ram:ID></ram:SpecifiedTaxRegistration><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">BE0202239951</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:PaymentReference>RF18539007547034</ram:PaymentReference><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>48</ram:TypeCode></ram:SpecifiedTradeSettlementPaymentMeans><ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>BE71096123456769</ram:IBANID></ram:PayeePartyCreditorFinancialAccount><ram:PayeeSpecifiedCreditorFinancialInstitution><ram:BICID>GKCCBEBB</ram:BICID></ram:PayeeSpecifiedCreditorFinancialInstitution></ram:SpecifiedTradeSettlementPaymentMeans>
<ram:ApplicableTradeTax><ram:CalculatedAmount>4.20</ram:CalculatedAmount><ram:BasisAmount>20.00</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>21.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>
<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>1.00</ram:ActualAmount><ram:CategoryTradeTax><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>21.00</ram:RateApplicablePercent></ram:CategoryTradeTax></ram:SpecifiedTradeAllowanceCharge><ram:SpecifiedLogisticsServiceCharge><ram:AppliedAmount>3.00</ram:AppliedAmount><ram:AppliedTradeTax><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>21.00</ram:RateApplicablePercent></ram:AppliedTradeTax></ram:SpecifiedLogisticsServiceCharge>
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20261210</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>18.00</ram:LineTotalAmount><ram:ChargeTotalAmount>3.00</ram:ChargeTotalAmount><ram:AllowanceTotalAmount>1.00</ram:AllowanceTotalAmount><ram:TaxBasisTotalAmount>20.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">4.20</ram:TaxTotalAmount><ram:GrandTotalAmount>24.20</ram:GrandTotalAmount><ram:TotalPrepaidAmount>4.20</ram:TotalPrepaidAmount><ram:DuePayableAmount>20.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""  # noqa: E501

_SMALLEST = """<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"><rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:factur-x.eu:1p0:minimum</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext><rsm:ExchangedDocument><ram:ID>M-1</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20261110</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>La Serre</ram:Name></ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>10.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">2.10</ram:TaxTotalAmount><ram:GrandTotalAmount>12.10</ram:GrandTotalAmount><ram:DuePayableAmount>12.10</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""  # noqa: E501

WHOLE = {"ubl": _UBL, "cii": _CII, "smallest": _SMALLEST}


def invoice(form: str, *changes: tuple[str, str]) -> bytes:
    """Return an invoice in one of the forms, with some words replaced, each of which is there."""
    text = WHOLE[form]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def pdf_with(data: bytes, name: str = "factur-x.xml") -> bytes:
    """Return a PDF of one page that carries the data of an invoice."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment(name, data)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()
