"""Reading an invoice in whichever form: data alone, or a PDF that carries its data."""

from __future__ import annotations

import re

from lxml import etree
from pypdf import PdfReader

from commonweal.spending.rules.einvoice import cii, ubl, xml
from commonweal.spending.rules.einvoice.invoice import CreditNote, Invoice, NotAnInvoice, OldInvoice

_CARRIED = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CII = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_DATA = re.compile(rb"<\?xml|<([\w.-]+:)?(Invoice|CreditNote|CrossIndustry)")
_OLD = "urn:ferd:CrossIndustryDocument:"


def is_data(content: bytes) -> bool:
    """Whether a file is written in XML, by how it begins."""
    return _DATA.match(content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()) is not None


def read(content: bytes) -> Invoice:
    """Return what an invoice says; raises, in plain words, why it is not read."""
    root = xml.root_of(content)
    name = etree.QName(root)
    family = name.namespace or ""
    if family == _CII and name.localname == "CrossIndustryInvoice":
        return cii.read(root)
    if family == f"{_UBL}Invoice-2" and name.localname == "Invoice":
        return ubl.read(root)
    if family.startswith(f"{_UBL}CreditNote"):
        raise CreditNote
    if family.startswith(_OLD):
        raise OldInvoice
    raise NotAnInvoice


def carried_by(pdf: PdfReader) -> bytes | None:
    """Return the data that a PDF of Factur-X or ZUGFeRD carries, or None."""
    for name, contents in pdf.attachments.items():
        if name.lower() in _CARRIED and contents:
            return bytes(contents[0])
    return None


def written_anew(content: bytes) -> bytes:
    """Return the data of an invoice as it is safe to keep."""
    return xml.written_anew(xml.root_of(content))
