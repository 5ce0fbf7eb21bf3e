"""What a bank answers to a file that asked it to collect: pain.002, from version 03 on.

Tags are known by their local name. A status says something of the file, of a block of it, or of one
collection; the most exact one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from commonweal.banking.rules.statements import Broken, TooLarge, WantsOtherFiles, given
from commonweal.foundation.errors import Refused

LARGEST_BYTES = 20_000_000
_MEGA = 1_000_000
_KNOWN = re.compile(r"pain\.002\.001\.\d\d$")
_NO = {"RJCT", "CANC"}

type Node = etree._Element  # noqa: SLF001 - lxml's own name for what it gives


class NotAnAnswer(Refused):
    """This is not a bank's answer. Ask your bank for the status file, called pain.002."""

    status = 422


@dataclass(frozen=True, slots=True)
class Answer:
    """What a bank says of a file, a block or a collection, each named as we did.

    The inner names are empty where it speaks of the whole. `code` is why it says no.
    """

    run: str
    block: str
    key: str
    is_no: bool
    code: str


def read(file: IO[bytes]) -> list[Answer]:
    """Return what a bank answers, from the whole to the single; raises what it refuses."""
    raw = file.read(LARGEST_BYTES + 1)
    if len(raw) > LARGEST_BYTES:
        raise TooLarge(most=LARGEST_BYTES // _MEGA)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        if not raw.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            raise NotAnAnswer from error
        raise Broken("XML", error.lineno or 0) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise WantsOtherFiles
    namespace = etree.QName(root).namespace or ""
    report = root.find("{*}CstmrPmtStsRpt")
    if report is None or not (namespace == "" or _KNOWN.search(namespace)):
        raise NotAnAnswer
    return list(_answers(report))


def _answers(report: Node) -> Iterator[Answer]:
    group = report.find("{*}OrgnlGrpInfAndSts")
    if group is None:
        raise Broken("OrgnlGrpInfAndSts", 0)
    run = _name(group, "OrgnlMsgId")
    yield from _said(group, "GrpSts", (run, "", ""))
    for block in report.iterfind("{*}OrgnlPmtInfAndSts"):
        named = _name(block, "OrgnlPmtInfId")
        yield from _said(block, "PmtInfSts", (run, named, ""))
        for one in block.iterfind("{*}TxInfAndSts"):
            key = _name(one, "OrgnlEndToEndId")
            yield from _said(one, "TxSts", (run, named, key))


def _said(node: Node, tag: str, names: tuple[str, str, str]) -> Iterator[Answer]:
    """Return what is said of one thing, if anything is."""
    status = given(node.findtext(f"{{*}}{tag}")).upper()
    if status:
        run, block, key = names
        yield Answer(run, block, key, is_no=status in _NO, code=_code(node))


def _name(node: Node, tag: str) -> str:
    return given(node.findtext(f"{{*}}{tag}")).lower().replace("-", "")


def _code(node: Node) -> str:
    reason = "{*}StsRsnInf/{*}Rsn"
    told = given(node.findtext(f"{reason}/{{*}}Cd")) or given(node.findtext(f"{reason}/{{*}}Prtry"))
    return told.upper()[:10]
