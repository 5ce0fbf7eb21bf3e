"""A pretend bank, which writes its statements as real ones do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from commonweal.banking.rules.statements import Line
from commonweal.foundation.money import Money

_KINDS = {
    "053": ("BkToCstmrStmt", "Stmt"),
    "052": ("BkToCstmrAcctRpt", "Rpt"),
    "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}
_NAME_MOVED = 8


def camt(
    lines: Sequence[Line],
    *,
    account: str,
    opening: Money | None,
    number: int = 1,
    kind: str = "053",
    version: int = 2,
    on: date | None = None,
) -> bytes:
    """Return a statement in ISO 20022; one without an opening balance has no balances."""
    outer, inner = _KINDS[kind]
    balances = ""
    if opening is not None:
        days = [line.booked_on for line in lines]
        first, last = min(days, default=on), max(days, default=on)
        closing = sum((line.amount for line in lines), start=opening)
        balances = _balance("OPBD", opening, first) + _balance("CLBD", closing, last)
    currency = opening.currency if opening else lines[0].amount.currency
    entries = "".join(_entry(line, version) for line in lines)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version:02}"><{outer}>'
        f"<GrpHdr><MsgId>{kind}-{number}</MsgId></GrpHdr>\n<{inner}><Id>{account}-{number}</Id>"
        f"<ElctrncSeqNb>{number}</ElctrncSeqNb><Acct><Id><IBAN>{account}</IBAN></Id>"
        f"<Ccy>{currency}</Ccy></Acct>{balances}\n{entries}</{inner}></{outer}></Document>\n"
    ).encode()


def _balance(code: str, amount: Money, on: date | None) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(amount)}"
        f"<Dt><Dt>{on}</Dt></Dt></Bal>"
    )


def _amount(amount: Money) -> str:
    side = "CRDT" if amount.minor >= 0 else "DBIT"
    plain = amount if amount.minor >= 0 else -amount
    return f'<Amt Ccy="{amount.currency}">{plain.decimal:f}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _entry(line: Line, version: int) -> str:
    status = "<Sts><Cd>BOOK</Cd></Sts>" if version >= _NAME_MOVED else "<Sts>BOOK</Sts>"
    turned = "<RvslInd>true</RvslInd>" if line.is_return else ""
    ref = f"<AcctSvcrRef>{escape(line.bank_ref)}</AcctSvcrRef>" if line.bank_ref else ""
    code = f"<BkTxCd><Prtry><Cd>{escape(line.code)}</Cd></Prtry></BkTxCd>" if line.code else ""
    return (
        f"<Ntry>{_amount(line.amount)}{turned}{status}<BookgDt><Dt>{line.booked_on}</Dt></BookgDt>"
        f"<ValDt><Dt>{line.value_on or line.booked_on}</Dt></ValDt>{ref}{code}"
        f"<NtryDtls><TxDtls>{_details(line, version)}</TxDtls></NtryDtls></Ntry>\n"
    )


def _details(line: Line, version: int) -> str:
    role = "Dbtr" if line.amount.minor > 0 else "Cdtr"
    name = f"<Nm>{escape(line.name)}</Nm>"
    if version >= _NAME_MOVED:
        name = f"<Pty>{name}</Pty>"
    party = f"<{role}>{name}</{role}>" if line.name else ""
    if line.iban:
        party += f"<{role}Acct><Id><IBAN>{line.iban}</IBAN></Id></{role}Acct>"
    said = f"<Ustrd>{escape(line.text)}</Ustrd>" if line.text else ""
    if line.reference:
        said += f"<Strd><CdtrRefInf><Ref>{escape(line.reference)}</Ref></CdtrRefInf></Strd>"
    back = f"<RtrInf><Rsn><Cd>{line.reason}</Cd></Rsn></RtrInf>" if line.reason else ""
    return (
        f"<Refs><EndToEndId>{escape(line.end_to_end_id) or 'NOTPROVIDED'}</EndToEndId></Refs>"
        f"<RltdPties>{party}</RltdPties><RmtInf>{said}</RmtInf>{back}"
    )
