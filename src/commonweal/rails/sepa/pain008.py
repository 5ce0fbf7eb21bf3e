"""The file that asks a bank to collect: ISO 20022 pain.008, in the two versions that banks take.

It follows the EPC's customer-to-bank guidelines for SEPA direct debits (EPC130-08), core scheme:
euro, one creditor, one block for each day and step of the mandates.
"""

from __future__ import annotations

from lxml import etree

from commonweal.foundation.money import Money
from commonweal.payments.port import DebitBlock, DebitOrder, DebitRequest
from commonweal.rails.sepa.characters import ALLOWED, cut
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

LONGEST_MANDATE = 35


class Pain008:
    """Writes one version of pain.008."""

    media_type = "application/xml"
    suffix = "xml"

    def __init__(self, name: str) -> None:
        """Write the version that is called so."""
        self.name = name

    def write(self, order: DebitOrder) -> bytes:
        """Return the file; the same order always makes the same bytes."""
        if not order.blocks or not all(block.batch for block in order.blocks):
            raise ValueError("an order collects from at least somebody")
        root = document(self.name)
        initiation = etree.SubElement(root, "CstmrDrctDbtInitn")
        header = etree.SubElement(initiation, "GrpHdr")
        say(header, "MsgId", order.key.hex)
        say(header, "CreDtTm", order.written_at.strftime("%Y-%m-%dT%H:%M:%S"))
        sums(header, [amount for block in order.blocks for amount in _amounts(block)])
        say(etree.SubElement(header, "InitgPty"), "Nm", cut(order.holder, LONGEST_NAME))
        for block in order.blocks:
            self._block(initiation, order, block)
        return written(root)

    def _block(self, initiation: Node, order: DebitOrder, block: DebitBlock) -> None:
        part = etree.SubElement(initiation, "PmtInf")
        say(part, "PmtInfId", block.key.hex)
        say(part, "PmtMtd", "DD")
        say(part, "BtchBookg", "true" if order.as_one else "false")
        sums(part, _amounts(block))
        terms = etree.SubElement(part, "PmtTpInf")
        say(terms, "SvcLvl/Cd", "SEPA")
        say(terms, "LclInstrm/Cd", "CORE")
        say(terms, "SeqTp", block.step)
        say(part, "ReqdColltnDt", block.collect_on.isoformat())
        say(part, "Cdtr/Nm", cut(order.holder, LONGEST_NAME))
        say(part, "CdtrAcct/Id/IBAN", order.iban.replace(" ", ""))
        bank = etree.SubElement(etree.SubElement(part, "CdtrAgt"), "FinInstnId")
        if order.bic:
            say(bank, "BIC" if self.name == "pain.008.001.02" else "BICFI", order.bic)
        else:
            say(bank, "Othr/Id", "NOTPROVIDED")
        say(part, "ChrgBr", "SLEV")
        scheme = say(part, "CdtrSchmeId/Id/PrvtId/Othr/Id", order.creditor_id).getparent()
        assert scheme is not None, "an identifier stands in something"
        say(scheme, "SchmeNm/Prtry", "SEPA")
        for one in block.batch:
            _collection(part, one)


class DirectDebit02(Pain008):
    """The version of 2009, which every bank still takes."""

    def __init__(self) -> None:
        """Name the version."""
        super().__init__("pain.008.001.02")


class DirectDebit08(Pain008):
    """The version of 2019, which banks ask for since the end of 2025."""

    def __init__(self) -> None:
        """Name the version."""
        super().__init__("pain.008.001.08")


def _amounts(block: DebitBlock) -> list[Money]:
    return [one.amount for one in block.batch]


def _collection(part: Node, one: DebitRequest) -> None:
    if not 0 < len(one.mandate) <= LONGEST_MANDATE or not set(one.mandate) <= ALLOWED:
        raise ValueError("a mandate is named in at most 35 letters that every bank takes")
    collection = etree.SubElement(part, "DrctDbtTxInf")
    names = etree.SubElement(collection, "PmtId")
    say(names, "InstrId", one.key.hex)
    say(names, "EndToEndId", one.key.hex)
    instructed(collection, one.amount)
    mandate = etree.SubElement(etree.SubElement(collection, "DrctDbtTx"), "MndtRltdInf")
    say(mandate, "MndtId", one.mandate)
    say(mandate, "DtOfSgntr", one.signed_on.isoformat())
    # The bank of an account shows in its number.
    say(collection, "DbtrAgt/FinInstnId/Othr/Id", "NOTPROVIDED")
    say(collection, "Dbtr/Nm", cut(one.name, LONGEST_NAME))
    say(collection, "DbtrAcct/Id/IBAN", one.iban.replace(" ", ""))
    message(etree.SubElement(collection, "RmtInf"), one.reference, one.message)
