"""ISO 20022 statements: camt.053, camt.052 and camt.054, from version 02 on.

Tags are known by their local name, because only what we never read changed between the versions; a
party's name moved one level deeper in version 08. Read piece by piece, so that memory stays flat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import IO, cast

from lxml import etree

from commonweal.banking.rules.statements import (
    MOST_LINES,
    Balance,
    Broken,
    Line,
    NotAStatement,
    Statement,
    TooManyLines,
    WantsOtherFiles,
    account_number,
    amount,
    given,
)
from commonweal.foundation.money import Money

type Node = etree._Element  # noqa: SLF001 - lxml's own name for what it gives

FAMILY = "camt"
_WHOLE = ("Stmt", "Rpt", "Ntfctn")
_KNOWN = re.compile(r"camt\.05[234]\.001\.\d\d$")
_RETURNS = {"RRTN", "RRCT", "RPCR", "RJCT"}


def read(file: IO[bytes]) -> list[Statement]:
    """Return the statements of a file; raises what `statements` refuses."""
    try:
        return list(_statements(file))
    except etree.XMLSyntaxError as error:
        raise Broken("XML", error.lineno or 0) from error


def _statements(file: IO[bytes]) -> Iterator[Statement]:
    events = etree.iterparse(
        file,
        events=("start", "end"),
        tag=["{*}Document", "{*}Ntry", "{*}Bal", *(f"{{*}}{name}" for name in _WHOLE)],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    root_seen, lines, pending = False, [], 0
    for event, node in events:
        if not root_seen:
            _refuse_strangers(node)
            root_seen = True
        name = _local(node)
        if event == "start" or name == "Document":
            continue
        if name == "Ntry":
            booked = _entry(node, account=_account_of(node), currency=_currency(node.getparent()))
            lines += booked
            pending += not booked
            _drop(node)
            if len(lines) > MOST_LINES:
                raise TooManyLines(most=MOST_LINES)
        elif name in _WHOLE:
            yield _statement(node, lines, pending)
            lines, pending = [], 0
            node.clear()


def _refuse_strangers(root: Node) -> None:
    """Refuse what is not a statement, and what carries a document type, before reading on."""
    tree = root.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise WantsOtherFiles
    namespace = etree.QName(root).namespace or ""
    if _local(root) != "Document" or not (namespace == "" or _KNOWN.search(namespace)):
        raise NotAStatement


def _statement(node: Node, lines: list[Line], pending: int) -> Statement:
    currency = _currency(node)
    period = node.find("{*}FrToDt")
    balances = tuple(_balance(one) for one in node.iterfind("{*}Bal"))
    days = [line.booked_on for line in lines]
    return Statement(
        family=FAMILY,
        account=_account(node),
        currency=currency,
        number=_text(node, "{*}ElctrncSeqNb") or _text(node, "{*}LglSeqNb") or _text(node, "{*}Id"),
        balances=balances,
        from_on=_optional_day(period, "{*}FrDtTm") or min(days, default=None),
        to_on=_optional_day(period, "{*}ToDtTm") or max(days, default=None),
        lines=tuple(lines),
        pending=pending,
    )


def _balance(node: Node) -> Balance:
    code = _text(node, "{*}Tp/{*}CdOrPrtry/{*}Cd") or _text(node, "{*}Tp/{*}CdOrPrtry/{*}Prtry")
    money = _money(node)
    return Balance(code, _signed(node, money), _day(node, "{*}Dt"))


def _entry(node: Node, *, account: str, currency: str) -> list[Line]:
    """Return the movements of a booking: its details where they add up, else the whole of it."""
    status = _text(node, "{*}Sts/{*}Cd") or _text(node, "{*}Sts")
    if status not in {"BOOK", ""}:
        return []
    money = _money(node)
    if money.currency != currency:
        raise Broken("Ntry/Amt/@Ccy", _line(node))
    whole = _signed(node, money)
    details = node.findall("{*}NtryDtls/{*}TxDtls")
    amounts = [_detail_amount(one, whole) for one in details] if len(details) > 1 else []
    known = [one for one in amounts if one is not None]
    if known and len(known) == len(details) and sum(one.minor for one in known) == whole.minor:
        return [
            _movement(node, [detail], part, account=account, number=number)
            for number, (detail, part) in enumerate(zip(details, known, strict=True), start=1)
        ]
    return [_movement(node, details, whole, account=account)]


def _movement(
    entry: Node, details: list[Node], money: Money, *, account: str, number: int = 0
) -> Line:
    entry_ref = given(_text(entry, "{*}AcctSvcrRef")) or given(_text(entry, "{*}NtryRef"))
    first = details[0] if details else entry
    reason = _first(details, "{*}RtrInf/{*}Rsn/{*}Cd", "{*}RtrInf/{*}Rsn/{*}Prtry")
    code = _code(first) or _code(entry)
    is_return = (
        bool(reason)
        or _text(entry, "{*}RvslInd") == "true"
        or _first(details, "{*}RtrInf/{*}OrgnlBkTxCd/{*}Prtry/{*}Cd") != ""
        or code.rpartition("-")[2] in _RETURNS
    )
    name, iban = _counterparty(first, incoming=money.minor > 0, account=account)
    return Line(
        amount=money,
        booked_on=_optional_day(entry, "{*}BookgDt") or _day(entry, "{*}ValDt"),
        value_on=_optional_day(entry, "{*}ValDt"),
        name=name,
        iban=iban,
        text=_remittance(entry, details),
        reference=_first(details, "{*}RmtInf/{*}Strd/{*}CdtrRefInf/{*}Ref"),
        end_to_end_id=_first(details, "{*}Refs/{*}EndToEndId"),
        bank_ref=_bank_ref(details, entry_ref, number),
        entry_ref=entry_ref,
        reason=reason,
        is_return=is_return,
        code=code,
        original=_original(first, money),
        place=str(_line(entry)),
        batch=_batch(entry, details),
    )


def _batch(entry: Node, details: list[Node]) -> str:
    """Return what we called the block or the file that a booking is of."""
    told = "{*}Refs/{*}PmtInfId", "{*}Refs/{*}MsgId"
    whole = "{*}NtryDtls/{*}Btch/{*}PmtInfId", "{*}NtryDtls/{*}Btch/{*}MsgId"
    return " ".join(dict.fromkeys(filter(None, (_first([entry], one) for one in whole)))) or (
        " ".join(dict.fromkeys(filter(None, (_first(details, one) for one in told))))
    )


def _bank_ref(details: list[Node], entry_ref: str, number: int) -> str:
    if not number:
        return entry_ref or _first(details, "{*}Refs/{*}AcctSvcrRef", "{*}Refs/{*}TxId")
    own = _first(details, "{*}Refs/{*}AcctSvcrRef", "{*}Refs/{*}TxId")
    if entry_ref and own in {"", entry_ref}:
        return f"{entry_ref}/{number}"
    return own


def _remittance(entry: Node, details: list[Node]) -> str:
    typed = [given(one.text) for detail in details for one in detail.iterfind("{*}RmtInf/{*}Ustrd")]
    said = " ".join(one for one in typed if one)
    return said or _first([*details, entry], "{*}AddtlTxInf", "{*}AddtlNtryInf")


def _counterparty(detail: Node, *, incoming: bool, account: str) -> tuple[str, str]:
    """Return who is on the other side: of a returned transfer, the bank may name us first."""
    sides = [_party(detail, "Dbtr"), _party(detail, "Cdtr")]
    ordered = sides if incoming else sides[::-1]
    others = [one for one in ordered if any(one) and one[1] != account]
    return others[0] if others else ("", "")


def _party(detail: Node, role: str) -> tuple[str, str]:
    at = f"{{*}}RltdPties/{{*}}{role}"
    name = _first([detail], f"{at}/{{*}}Pty/{{*}}Nm", f"{at}/{{*}}Nm")
    name = name or _first(
        [detail],
        f"{{*}}RltdPties/{{*}}Ultmt{role}/{{*}}Pty/{{*}}Nm",
        f"{{*}}RltdPties/{{*}}Ultmt{role}/{{*}}Nm",
    )
    number = _first([detail], f"{at}Acct/{{*}}Id/{{*}}IBAN", f"{at}Acct/{{*}}Id/{{*}}Othr/{{*}}Id")
    return name, account_number(number)


def _original(detail: Node, money: Money) -> str:
    """Return what was sent where that was in another currency, such as `12.00 USD`."""
    node = detail.find("{*}AmtDtls/{*}InstdAmt/{*}Amt")
    if node is None or node.get("Ccy") in {None, money.currency}:
        return ""
    return f"{given(node.text)} {node.get('Ccy')}"


def _detail_amount(detail: Node, whole: Money) -> Money | None:
    for path in ("{*}Amt", "{*}AmtDtls/{*}TxAmt/{*}Amt", "{*}AmtDtls/{*}InstdAmt/{*}Amt"):
        node = detail.find(path)
        if node is not None and node.get("Ccy") == whole.currency:
            money = amount(node.text or "", whole.currency, part="TxDtls/Amt", line=_line(node))
            if detail.find("{*}CdtDbtInd") is not None:
                return _signed(detail, money)
            return money if whole.minor > 0 else -money
    return None


def _code(node: Node) -> str:
    parts = [
        _text(node, f"{{*}}BkTxCd/{{*}}Domn/{path}")
        for path in ("{*}Cd", "{*}Fmly/{*}Cd", "{*}Fmly/{*}SubFmlyCd")
    ]
    return "-".join(part for part in parts if part) or _text(node, "{*}BkTxCd/{*}Prtry/{*}Cd")


def _signed(node: Node, money: Money) -> Money:
    side = _text(node, "{*}CdtDbtInd")
    if side not in {"CRDT", "DBIT"}:
        raise Broken("CdtDbtInd", _line(node))
    return money if side == "CRDT" else -money


def _money(node: Node) -> Money:
    found = node.find("{*}Amt")
    if found is None:
        raise Broken("Amt", _line(node))
    currency = found.get("Ccy") or ""
    return amount(found.text or "", currency, part="Amt", line=_line(found))


def _account_of(entry: Node) -> str:
    parent = entry.getparent()
    assert parent is not None, "a booking stands in a statement"
    return _account(parent)


def _account(node: Node) -> str:
    found = _first([node], "{*}Acct/{*}Id/{*}IBAN", "{*}Acct/{*}Id/{*}Othr/{*}Id")
    if not found:
        raise Broken("Acct/Id", _line(node))
    return account_number(found)


def _currency(node: Node | None) -> str:
    """Return the currency of an account; where it is not told, that of its first balance."""
    assert node is not None, "a booking stands in a statement"
    told = _text(node, "{*}Acct/{*}Ccy")
    if told:
        return told
    first = node.find("{*}Bal/{*}Amt")
    first = node.find("{*}Ntry/{*}Amt") if first is None else first
    return "EUR" if first is None else first.get("Ccy") or ""


def _day(node: Node, path: str) -> date:
    found = _optional_day(node, path)
    if found is None:
        raise Broken(path.replace("{*}", ""), _line(node))
    return found


def _optional_day(node: Node | None, path: str) -> date | None:
    found = None if node is None else node.find(path)
    if found is None:
        return None
    told = _text(found, "{*}Dt") or _text(found, "{*}DtTm") or (found.text or "").strip()
    try:
        return date.fromisoformat(told[:10])
    except ValueError as error:
        raise Broken(_local(found), _line(found)) from error


def _first(nodes: list[Node], *paths: str) -> str:
    """Return the first thing that is said in one of these places."""
    said = (given(node.findtext(path)) for node in nodes for path in paths)
    return next((one for one in said if one), "")


def _text(node: Node, path: str) -> str:
    return (node.findtext(path) or "").strip()


def _local(node: Node) -> str:
    return etree.QName(node).localname


def _line(node: Node) -> int:
    return cast("int | None", node.sourceline) or 0


def _drop(entry: Node) -> None:
    """Let go of a booking that was read, and of what stands before it."""
    entry.clear()
    parent = entry.getparent()
    assert parent is not None, "a booking stands in a statement"
    before = entry.getprevious()
    if before is not None and _local(before) == "Ntry":
        parent.remove(before)
