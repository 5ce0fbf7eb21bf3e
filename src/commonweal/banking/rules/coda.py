"""CODA, the format of Belgian banks: records of 128 characters, version 2.

Positions are those of the public standard, counted from 1, both ends included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from commonweal.banking.rules.statements import (
    MOST_LINES,
    Balance,
    Broken,
    Line,
    Statement,
    TooManyLines,
    account_number,
    given,
)
from commonweal.foundation.money import Money

FAMILY = "coda"
LENGTH = 128
# CODA counts thousandths.
_THOUSAND = 1000
_STRUCTURED = {"100", "101", "102"}
_OGM_DIGITS = 12
_CENTURY = 2000


@dataclass
class _Open:
    """A statement that is being read."""

    account: str
    currency: str
    number: str
    opening: Balance
    records: int = 1
    incoming: int = 0
    outgoing: int = 0
    movements: list[list[str]] = field(default_factory=list)


def read(text: str) -> list[Statement]:
    """Return the statements of a file; raises what `statements` refuses."""
    found: list[Statement] = []
    current: _Open | None = None
    lines = text.splitlines()
    for number, raw in enumerate(lines, start=1):
        record = raw.ljust(LENGTH)
        kind = record[0]
        if len(record) > LENGTH or kind not in "0123489 ":
            raise Broken(kind, number)
        if kind == "1":
            current = _opened(record, number)
        elif kind in "238":
            found += _moved(current, record, number)
        elif kind == "9":
            _check(current, record, number)
            current = None
    if current is not None:
        raise Broken("9", len(lines))
    return found


def _moved(current: _Open | None, record: str, number: int) -> list[Statement]:
    """Keep what a record says; return the statement that it ends, if it ends one."""
    if current is None:
        raise Broken("1", number)
    current.records += 1
    if record[0] == "8":
        return [_closed(current, record, number)]
    _take(current, record, number)
    return []


def _opened(record: str, number: int) -> _Open:
    account, currency = _account(record[5:42], record[1])
    money = _amount(record[42], record[43:58], currency, number)
    return _Open(
        account=account,
        currency=currency,
        number=record[2:5],
        opening=Balance("OPBD", money, _day(record[58:64], number)),
    )


def _take(current: _Open, record: str, number: int) -> None:
    """Keep a movement with all that is said about it, line by line."""
    if record[:2] == "21":
        if len(current.movements) >= MOST_LINES:
            raise TooManyLines(most=MOST_LINES)
        current.movements.append([f"{number:>8}", record])
        if record[6:10] == "0000":
            money = _amount(record[31], record[32:47], current.currency, number)
            current.incoming += max(money.minor, 0)
            current.outgoing += max(-money.minor, 0)
    elif current.movements and record[:2] in {"22", "23", "31", "32", "33"}:
        current.movements[-1].append(record)
    else:
        raise Broken(record[:2], number)


def _closed(current: _Open, record: str, number: int) -> Statement:
    money = _amount(record[41], record[42:57], current.currency, number)
    lines = _lines(current)
    days = [line.booked_on for line in lines]
    closing = Balance("CLBD", money, _day(record[57:63], number))
    return Statement(
        family=FAMILY,
        account=current.account,
        currency=current.currency,
        number=current.number,
        balances=(current.opening, closing),
        from_on=min(days, default=closing.on),
        to_on=max(days, default=closing.on),
        lines=tuple(lines),
    )


def _check(current: _Open | None, record: str, number: int) -> None:
    """Refuse a file whose own sums do not fit: a part of it is missing."""
    if current is None:
        raise Broken("8", number)
    out = _amount("0", record[22:37], current.currency, number).minor
    come = _amount("0", record[37:52], current.currency, number).minor
    if (out, come) != (current.outgoing, current.incoming):
        raise Broken("9", number)
    if record[16:22].strip() and int(record[16:22]) != current.records:
        raise Broken("9", number)


def _lines(current: _Open) -> list[Line]:
    """Return the movements; of one that sums others up, those where they add up to it."""
    lines: list[Line] = []
    parts: dict[str, list[Line]] = {}
    for movement in current.movements:
        line, number, detail = _line(movement, current)
        if detail == "0000":
            lines.append(line)
            parts[number] = []
        else:
            parts.setdefault(number, []).append(line)
    whole: list[Line] = []
    for line in lines:
        details = parts[line.place]
        fits = sum(one.amount.minor for one in details) == line.amount.minor
        whole += details if details and fits else [line]
    return whole


def _line(movement: Sequence[str], current: _Open) -> tuple[Line, str, str]:
    number, first = int(movement[0]), movement[1]
    second = next((one for one in movement[2:] if one[:2] == "22"), " " * LENGTH)
    third = next((one for one in movement[2:] if one[:2] == "23"), " " * LENGTH)
    structured = first[61] == "1"
    said = first[65:115] if structured else first[62:115]
    said += second[10:63] + third[82:125]
    reference, text = "", said
    if structured and first[62:65] in _STRUCTURED:
        reference, text = said[:50].split(" ")[0].strip(), ""
        if first[62:65] != "100":
            reference = reference[:_OGM_DIGITS]
    more = "".join(
        one[40:113] if one[1] == "1" else one[10:115] for one in movement[2:] if one[0] == "3"
    )
    number_of = first[2:6]
    line = Line(
        amount=_amount(first[31], first[32:47], current.currency, number),
        booked_on=_day(first[115:121], number),
        value_on=None if first[47:53] == "000000" else _day(first[47:53], number),
        name=given(third[47:82]),
        iban=account_number(third[10:44]),
        text=given(text) or given(more),
        reference=given(reference),
        end_to_end_id=given(second[63:98]),
        bank_ref=f"{given(first[10:31])}{_suffix(first)}" if given(first[10:31]) else "",
        entry_ref=given(first[10:31]),
        reason=given(second[113:117]),
        is_return=second[112] in {"1", "2", "3", "4"},
        code=first[53:61],
        place=number_of,
    )
    return line, number_of, first[6:10]


def _suffix(first: str) -> str:
    return "" if first[6:10] == "0000" else f"/{first[6:10]}"


def _account(told: str, structure: str) -> tuple[str, str]:
    """Return the account and its currency; an old Belgian number stands shorter."""
    if structure == "0":
        return account_number(told[:12]), told[13:16].strip() or "EUR"
    return account_number(told[:34].split("  ", maxsplit=1)[0]), told[34:37].strip() or "EUR"


def _amount(sign: str, digits: str, currency: str, number: int) -> Money:
    if not digits.isdigit() or sign not in {"0", "1"}:
        raise Broken(digits.strip() or "amount", number)
    exponent = Money(0, currency).exponent
    minor, rest = divmod(int(digits) * 10**exponent, _THOUSAND)
    if rest:
        raise Broken(digits, number)
    return Money(-minor if sign == "1" else minor, currency)


def _day(digits: str, number: int) -> date:
    try:
        return date(_CENTURY + int(digits[4:6]), int(digits[2:4]), int(digits[:2]))
    except ValueError as error:
        raise Broken(digits.strip() or "date", number) from error
