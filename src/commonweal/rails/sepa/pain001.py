"""The file that asks a bank to pay: ISO 20022 pain.001, in the two versions that banks here take.

It follows the EPC's customer-to-bank guidelines for SEPA credit transfers (EPC132-08): euro, one
account that pays, costs shared, a structured reference where there is one.
"""

from __future__ import annotations

from decimal import Decimal

from lxml import etree
from stdnum import iso11649
from stdnum.be import ogm_vcs

from commonweal.payments.port import PayoutOrder, PayoutRequest
from commonweal.rails.sepa.characters import cut

LONGEST_NAME = 70
LONGEST_MESSAGE = 140
LARGEST = Decimal("999999999.99")
_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"


class Pain001:
    """Writes one version of pain.001."""

    media_type = "application/xml"
    suffix = "xml"

    def __init__(self, name: str) -> None:
        """Write the version that is called so."""
        self.name = name

    def write(self, order: PayoutOrder) -> bytes:
        """Return the file; the same order always makes the same bytes."""
        if not order.batch:
            raise ValueError("an order pays at least somebody")
        # The stubs know no namespace without a prefix.
        spoken = {None: _NAMESPACE + self.name}
        root = etree.Element("Document", nsmap=spoken)  # type: ignore[arg-type]
        initiation = etree.SubElement(root, "CstmrCdtTrfInitn")
        self._header(initiation, order)
        block = self._debtor(initiation, order)
        for one in order.batch:
            _transfer(block, one)
        written: bytes = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", pretty_print=True
        )
        return written

    @property
    def _is_old(self) -> bool:
        return self.name == "pain.001.001.03"

    def _header(self, initiation: etree._Element, order: PayoutOrder) -> None:
        header = etree.SubElement(initiation, "GrpHdr")
        _say(header, "MsgId", order.key.hex)
        _say(header, "CreDtTm", order.written_at.strftime("%Y-%m-%dT%H:%M:%S"))
        _sums(header, order)
        _say(etree.SubElement(header, "InitgPty"), "Nm", cut(order.holder, LONGEST_NAME))

    def _debtor(self, initiation: etree._Element, order: PayoutOrder) -> etree._Element:
        block = etree.SubElement(initiation, "PmtInf")
        _say(block, "PmtInfId", order.key.hex)
        _say(block, "PmtMtd", "TRF")
        _say(block, "BtchBookg", "true" if order.as_one else "false")
        _sums(block, order)
        terms = etree.SubElement(block, "PmtTpInf")
        _say(terms, "InstrPrty", "NORM")
        _say(terms, "SvcLvl/Cd", "SEPA")
        day = "ReqdExctnDt" if self._is_old else "ReqdExctnDt/Dt"
        _say(block, day, order.execute_on.isoformat())
        _say(block, "Dbtr/Nm", cut(order.holder, LONGEST_NAME))
        _say(block, "DbtrAcct/Id/IBAN", order.iban.replace(" ", ""))
        bank = "BIC" if self._is_old else "BICFI"
        if order.bic:
            _say(block, f"DbtrAgt/FinInstnId/{bank}", order.bic)
        else:
            _say(block, "DbtrAgt/FinInstnId/Othr/Id", "NOTPROVIDED")
        _say(block, "ChrgBr", "SLEV")
        return block


class CreditTransfer03(Pain001):
    """The version of 2009, which every bank still takes."""

    def __init__(self) -> None:
        """Name the version."""
        super().__init__("pain.001.001.03")


class CreditTransfer09(Pain001):
    """The version of 2019, which banks ask for since the end of 2025."""

    def __init__(self) -> None:
        """Name the version."""
        super().__init__("pain.001.001.09")


def _transfer(block: etree._Element, one: PayoutRequest) -> None:
    transfer = etree.SubElement(block, "CdtTrfTxInf")
    names = etree.SubElement(transfer, "PmtId")
    _say(names, "InstrId", one.key.hex)
    _say(names, "EndToEndId", one.key.hex)
    amount = _say(etree.SubElement(transfer, "Amt"), "InstdAmt", _amount(one.amount.decimal))
    amount.set("Ccy", _euro(one))
    _say(transfer, "Cdtr/Nm", cut(one.name, LONGEST_NAME))
    _say(transfer, "CdtrAcct/Id/IBAN", one.iban.replace(" ", ""))
    _message(etree.SubElement(transfer, "RmtInf"), one.reference, one.message or one.reference)


def _message(message: etree._Element, reference: str, words: str) -> None:
    """Say what it is for: with check digits where the payee gave such a reference, else in words.

    Belgian banks know theirs by the issuer BBA.
    """
    known = structured(reference)
    if known is None:
        _say(message, "Ustrd", cut(words, LONGEST_MESSAGE))
        return
    issuer, digits = known
    creditor = etree.SubElement(etree.SubElement(message, "Strd"), "CdtrRefInf")
    sort = etree.SubElement(creditor, "Tp")
    _say(sort, "CdOrPrtry/Cd", "SCOR")
    _say(sort, "Issr", issuer)
    _say(creditor, "Ref", digits)


def structured(reference: str) -> tuple[str, str] | None:
    """Return who invented a reference with check digits, and the reference; None for plain words.

    Digits alone are a Belgian one only as Belgians print it: an invoice number may look alike.
    """
    if iso11649.is_valid(reference):
        return "ISO", str(iso11649.compact(reference))
    printed = reference.strip()
    if printed[:3] in {"+++", "***"} and ogm_vcs.is_valid(printed.strip("+*")):
        return "BBA", str(ogm_vcs.compact(printed.strip("+*")))
    return None


def _sums(part: etree._Element, order: PayoutOrder) -> None:
    _say(part, "NbOfTxs", str(len(order.batch)))
    total = sum((one.amount.decimal for one in order.batch), start=Decimal(0))
    _say(part, "CtrlSum", f"{total:.2f}")


def _amount(amount: Decimal) -> str:
    if not 0 < amount <= LARGEST:
        raise ValueError("a transfer is above zero and below a billion")
    return f"{amount:.2f}"


def _euro(one: PayoutRequest) -> str:
    if one.amount.currency != "EUR":
        raise ValueError("SEPA moves euros only")
    return one.amount.currency


def _say(parent: etree._Element, path: str, text: str) -> etree._Element:
    """Write a text at the end of a path of new elements, and return the last of them."""
    element = parent
    for name in path.split("/"):
        element = etree.SubElement(element, name)
    element.text = text
    return element
