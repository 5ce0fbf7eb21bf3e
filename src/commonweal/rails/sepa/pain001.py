"""The file that asks a bank to pay: ISO 20022 pain.001, in the two versions that banks here take.

It follows the EPC's customer-to-bank guidelines for SEPA credit transfers (EPC132-08): euro, one
account that pays, costs shared, a structured reference where there is one.
"""

from __future__ import annotations

from lxml import etree

from commonweal.payments.port import PayoutOrder, PayoutRequest
from commonweal.rails.sepa.characters import cut
from commonweal.rails.sepa.writing import (
    LONGEST_NAME,
    Node,
    document,
    instructed,
    message,
    say,
    sums,
    written,
)


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
        root = document(self.name)
        initiation = etree.SubElement(root, "CstmrCdtTrfInitn")
        self._header(initiation, order)
        block = self._debtor(initiation, order)
        for one in order.batch:
            _transfer(block, one)
        return written(root)

    @property
    def _is_old(self) -> bool:
        return self.name == "pain.001.001.03"

    def _header(self, initiation: Node, order: PayoutOrder) -> None:
        header = etree.SubElement(initiation, "GrpHdr")
        say(header, "MsgId", order.key.hex)
        say(header, "CreDtTm", order.written_at.strftime("%Y-%m-%dT%H:%M:%S"))
        sums(header, [one.amount for one in order.batch])
        say(etree.SubElement(header, "InitgPty"), "Nm", cut(order.holder, LONGEST_NAME))

    def _debtor(self, initiation: Node, order: PayoutOrder) -> Node:
        block = etree.SubElement(initiation, "PmtInf")
        say(block, "PmtInfId", order.key.hex)
        say(block, "PmtMtd", "TRF")
        say(block, "BtchBookg", "true" if order.as_one else "false")
        sums(block, [one.amount for one in order.batch])
        terms = etree.SubElement(block, "PmtTpInf")
        say(terms, "InstrPrty", "NORM")
        say(terms, "SvcLvl/Cd", "SEPA")
        day = "ReqdExctnDt" if self._is_old else "ReqdExctnDt/Dt"
        say(block, day, order.execute_on.isoformat())
        say(block, "Dbtr/Nm", cut(order.holder, LONGEST_NAME))
        say(block, "DbtrAcct/Id/IBAN", order.iban.replace(" ", ""))
        bank = "BIC" if self._is_old else "BICFI"
        if order.bic:
            say(block, f"DbtrAgt/FinInstnId/{bank}", order.bic)
        else:
            say(block, "DbtrAgt/FinInstnId/Othr/Id", "NOTPROVIDED")
        say(block, "ChrgBr", "SLEV")
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


def _transfer(block: Node, one: PayoutRequest) -> None:
    transfer = etree.SubElement(block, "CdtTrfTxInf")
    names = etree.SubElement(transfer, "PmtId")
    say(names, "InstrId", one.key.hex)
    say(names, "EndToEndId", one.key.hex)
    instructed(etree.SubElement(transfer, "Amt"), one.amount)
    say(transfer, "Cdtr/Nm", cut(one.name, LONGEST_NAME))
    say(transfer, "CdtrAcct/Id/IBAN", one.iban.replace(" ", ""))
    message(etree.SubElement(transfer, "RmtInf"), one.reference, one.message or one.reference)
