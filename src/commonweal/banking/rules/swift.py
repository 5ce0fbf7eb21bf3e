"""SWIFT MT940 statements. The library reads the tags; `:86:` has a dialect for each country."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import Any

import mt940

from commonweal.banking.rules.statements import (
    MOST_LINES,
    Balance,
    Broken,
    Line,
    NotAStatement,
    Statement,
    TooManyLines,
    account_number,
    given,
)
from commonweal.foundation.money import Money, NotAnAmount

FAMILY = "mt940"
# It would write what it cannot read, and with it who paid, into our log.
logging.getLogger("mt940").addHandler(logging.NullHandler())
logging.getLogger("mt940").propagate = False
_GERMAN = re.compile(r"\?(\d\d)")
_SLASHED = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|CNTP|RTRN|CSID|MARF|ORDP|BENM|PREF|PURP|ULTD|ULTC|ISDT|ADDR)/"
)
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC)\+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b")
_FULL = 27
_GERMAN_RETURNS = {"108", "109", "159"}


def read(text: str) -> list[Statement]:
    """Return the statements of a file; raises what `statements` refuses."""
    if text.count("\n:61:") > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    untouched: dict[str, list[Any]] = {"post_transaction_details": []}
    try:
        found = mt940.parse_statements(text, processors=untouched)
    except (ValueError, RuntimeError, KeyError, TypeError, ArithmeticError) as error:
        raise Broken(":61:", _line_of(text, str(error))) from error
    statements = [_statement(one) for one in found if one.data.get("account_identification")]
    if sum(len(one.lines) for one in statements) != len(re.findall(r"^:61:", text, re.MULTILINE)):
        raise NotAStatement
    return statements


def _statement(found: Any) -> Statement:
    facts = found.data
    opening = facts.get("final_opening_balance") or facts.get("intermediate_opening_balance")
    closing = facts.get("final_closing_balance") or facts.get("intermediate_closing_balance")
    if opening is None:
        raise Broken(":60F:", 0)
    currency = str(opening.amount.currency)
    lines = tuple(_line(one.data, currency) for one in found.transactions if "amount" in one.data)
    balances = [("OPBD", opening), ("CLBD", closing)]
    days = [line.booked_on for line in lines]
    return Statement(
        family=FAMILY,
        account=_account(str(facts["account_identification"])),
        currency=currency,
        number=str(facts.get("statement_number") or ""),
        balances=tuple(
            Balance(code, _money(one.amount), _plain(one.date)) for code, one in balances if one
        ),
        from_on=min(days, default=_plain(opening.date)),
        to_on=max(days, default=_plain(closing.date) if closing else None),
        lines=lines,
    )


def _line(facts: dict[str, Any], currency: str) -> Line:
    money = _moved(facts["amount"], currency, str(facts["status"]))
    details = str(facts.get("transaction_details") or "")
    said = _details(details)
    own = given(str(facts.get("bank_reference") or ""))
    return Line(
        amount=money,
        booked_on=_plain(facts.get("entry_date") or facts["date"]),
        value_on=_plain(facts["date"]),
        name=said.get("name", ""),
        iban=account_number(said.get("iban", "")),
        text=said.get("text", ""),
        reference=said.get("reference", ""),
        end_to_end_id=said.get("end_to_end", "") or given(facts.get("customer_reference")),
        bank_ref=own,
        entry_ref=own,
        reason=said.get("reason", ""),
        is_return=bool(said.get("reason")) or str(facts["status"]).startswith("R"),
        code=f"{facts.get('id') or ''}{said.get('code', '')}",
    )


def _details(text: str) -> dict[str, str]:
    """Return what `:86:` says, in whichever dialect."""
    if _GERMAN.search(text[:12]):
        return _german(text.replace("\n", ""))
    if _SLASHED.search(text):
        return _slashed(text.replace("\n", ""))
    plain = " ".join(text.split())
    number = _IBAN.search(plain.replace(" ", "")) if "IBAN" in plain else None
    return {"text": plain, "iban": number[0] if number else ""}


def _german(text: str) -> dict[str, str]:
    """Read numbered sub-fields: 20-29 and 60-63 what for, 31 the account, 32-33 the name."""
    parts = _GERMAN.split(text)
    fields = list(zip(parts[1::2], parts[2::2], strict=True))
    typed = "".join(said for number, said in fields if "20" <= number <= "29" or number >= "60")
    sepa = _tagged(_SEPA, typed)
    code = parts[0].strip()
    return {
        "text": given(sepa.get("SVWZ", "" if sepa else typed)),
        "end_to_end": given(sepa.get("EREF")),
        "iban": next((said for number, said in fields if number == "31"), ""),
        "name": given(_joined([said for number, said in fields if number in {"32", "33"}])),
        "code": code,
        "reason": code if code in _GERMAN_RETURNS else "",
    }


def _joined(parts: list[str]) -> str:
    """Put a name together again: only a full sub-field is cut within a word."""
    return "".join(part if len(part) == _FULL else f"{part} " for part in parts)


def _slashed(text: str) -> dict[str, str]:
    """Read `/NAME/…/REMI/…`, as Dutch banks and some Belgian ones write."""
    said = _tagged(_SLASHED, text)
    other = (said.get("CNTP", "") + "///").split("/")
    remittance = said.get("REMI", "").strip("/")
    kind, _, rest = remittance.partition("/")
    structured = kind == "STRD"
    return {
        "text": given(rest.strip("/") if kind == "USTD" else "" if structured else remittance),
        "reference": given(rest.strip("/").partition("/")[2]) if structured else "",
        "iban": said.get("IBAN", "").strip("/") or other[0],
        "name": given(said.get("NAME", "").strip("/") or other[2]),
        "end_to_end": given(said.get("EREF", "").strip("/")),
        "reason": given(said.get("RTRN", "").strip("/")),
        "code": said.get("TRTP", "").strip("/"),
    }


def _tagged(pattern: re.Pattern[str], text: str) -> dict[str, str]:
    parts = pattern.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _account(told: str) -> str:
    """Return the account number without the bank before it or the currency after it."""
    number = told.rpartition("/")[2]
    return account_number(re.sub(r"\s*[A-Z]{3}$", "", number.strip()))


def _money(told: Any, currency: str = "") -> Money:
    try:
        return Money.from_decimal(told.amount, currency or str(told.currency))
    except NotAnAmount as error:
        raise Broken(":61:", 0) from error


def _moved(told: Any, currency: str, side: str) -> Money:
    """Return an amount with its sign; what takes a credit back goes out, as a debit does."""
    money = _money(told, currency)
    plain = money if money.minor >= 0 else -money
    return plain if side in {"C", "RD"} else -plain


def _plain(day: Any) -> date:
    return date(day.year, day.month, day.day)


def _line_of(text: str, what: str) -> int:
    """Return the line of the file that an error of the library names, or 0."""
    for word in re.findall(r"['\"]([^'\"]{6,})", what):
        at = text.find(word)
        if at >= 0:
            return text.count("\n", 0, at) + 1
    return 0
