"""What the files of SEPA have in common: amounts in euros, messages, elements one after another."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree
from stdnum import iso11649
from stdnum.be import ogm_vcs

from commonweal.foundation.money import Money
from commonweal.rails.sepa.characters import cut

LONGEST_NAME = 70
LONGEST_MESSAGE = 140
LARGEST = Decimal("999999999.99")
_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"

type Node = etree._Element  # noqa: SLF001 - lxml's own name for what it makes


def document(version: str) -> Node:
    """Return the root of a file in one version of a message."""
    # The stubs know no namespace without a prefix.
    spoken = {None: _NAMESPACE + version}
    return etree.Element("Document", nsmap=spoken)  # type: ignore[arg-type]


def written(root: Node) -> bytes:
    """Return a file as a bank is given it."""
    file: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return file


def say(parent: Node, path: str, text: str) -> Node:
    """Write a text at the end of a path of new elements, and return the last of them."""
    element = parent
    for name in path.split("/"):
        element = etree.SubElement(element, name)
    element.text = text
    return element


def instructed(parent: Node, amount: Money) -> None:
    """Write one amount, or refuse what no bank takes."""
    if amount.currency != "EUR":
        raise ValueError("SEPA moves euros only")
    if not 0 < amount.decimal <= LARGEST:
        raise ValueError("what is moved is above zero and below a billion")
    say(parent, "InstdAmt", f"{amount.decimal:.2f}").set("Ccy", amount.currency)


def sums(part: Node, amounts: list[Money]) -> None:
    """Write how many amounts there are, and what they come to."""
    say(part, "NbOfTxs", str(len(amounts)))
    total = sum((one.decimal for one in amounts), start=Decimal(0))
    say(part, "CtrlSum", f"{total:.2f}")


def message(parent: Node, reference: str, words: str) -> None:
    """Say what it is for: with check digits where there is such a reference, else in words.

    Belgian banks know theirs by the issuer BBA.
    """
    known = structured(reference)
    if known is None:
        say(parent, "Ustrd", cut(words, LONGEST_MESSAGE))
        return
    issuer, digits = known
    creditor = etree.SubElement(etree.SubElement(parent, "Strd"), "CdtrRefInf")
    sort = etree.SubElement(creditor, "Tp")
    say(sort, "CdOrPrtry/Cd", "SCOR")
    say(sort, "Issr", issuer)
    say(creditor, "Ref", digits)


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
