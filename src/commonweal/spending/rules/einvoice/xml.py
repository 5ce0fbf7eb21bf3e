"""Reading the data of an invoice without ever opening anything else, within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO

from lxml import etree

from commonweal.foundation.money import Money, NotAnAmount
from commonweal.spending.rules.einvoice.invoice import (
    Broken,
    NotAnInvoice,
    TooMuch,
    WantsOtherFiles,
)

type Node = etree._Element  # noqa: SLF001 - lxml's own name for what it gives

LARGEST_BYTES = 5_000_000
MOST_NODES = 50_000
DEEPEST = 30
LONGEST_TEXT = 300
_CARRYING = ("EmbeddedDocumentBinaryObject", "AttachmentBinaryObject")
_INCLUDE = "http://www.w3.org/2001/XInclude"
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?|[+-]?\.\d{1,10}", re.ASCII)


def root_of(content: bytes) -> Node:
    """Return the outermost element of a file; raises what `invoice` refuses."""
    if len(content) > LARGEST_BYTES:
        raise TooMuch
    try:
        return _root(content)
    except etree.XMLSyntaxError as error:
        raise NotAnInvoice from error


def _root(content: bytes) -> Node:
    events = etree.iterparse(
        BytesIO(content), events=("start", "end"), resolve_entities=False, load_dtd=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth = nodes = 0
    root: Node | None = None
    for event, node in events:
        if root is None:
            root = node
            if node.getroottree().docinfo.internalDTD is not None:
                raise WantsOtherFiles
        depth += 1 if event == "start" else -1
        nodes += event == "start"
        if depth > DEEPEST or nodes > MOST_NODES:
            raise TooMuch
        if isinstance(node.tag, str) and node.tag.startswith(f"{{{_INCLUDE}}}"):
            raise WantsOtherFiles
    assert root is not None  # a file without an element is not well formed
    return root


def written_anew(root: Node) -> bytes:
    """Return the data as a file of its own, without the files that may stand in it as text."""
    for name in _CARRYING:
        for carrying in root.iterfind(f".//{{*}}{name}"):
            carrying.text = None
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def text(node: Node | None, path: str) -> str:
    """Return what stands at a path, with single blanks; nothing where there is nothing."""
    found = None if node is None else node.findtext(path)
    return " ".join((found or "").split())[:LONGEST_TEXT]


def needed(node: Node | None, path: str, term: str) -> str:
    """Return what stands at a path, and must; `term` is what the standard calls it."""
    found = text(node, path)
    if not found:
        raise Broken(term)
    return found


def every(node: Node | None, path: str) -> Iterator[Node]:
    """Return the elements at a path, in their order."""
    return iter(() if node is None else node.iterfind(path))


def number(node: Node | None, path: str, term: str) -> Decimal | None:
    """Return the number at a path, or None where there is none."""
    found = text(node, path)
    if not found:
        return None
    if not _NUMBER.fullmatch(found):
        raise Broken(term)
    return Decimal(found)


def money(node: Node | None, path: str, *, currency: str, term: str) -> Money | None:
    """Return the amount at a path, or None; an amount of another currency is wrong there."""
    found = number(node, path, term)
    if found is None:
        return None
    said = node.find(path).get("currencyID", currency)  # type: ignore[union-attr]
    if said != currency:
        raise Broken(term)
    try:
        return Money.from_decimal(found, currency)
    except (NotAnAmount, InvalidOperation) as error:
        raise Broken(term) from error


def owed(node: Node | None, path: str, *, currency: str, term: str) -> Money:
    """Return the amount at a path, which must be there."""
    found = money(node, path, currency=currency, term=term)
    if found is None:
        raise Broken(term)
    return found


def day(found: str, term: str) -> date | None:
    """Return a day as CII or UBL write it, or None where there is none."""
    plain = found.replace("-", "")[:8]
    if not plain:
        return None
    try:
        return date.fromisoformat(plain)
    except ValueError as error:
        raise Broken(term) from error
