"""Lines of a ledger as CSV and JSON, one after the other, however many there are."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO

from commonweal.foundation.money import Money
from commonweal.ledger.models import Chart, Kind
from commonweal.ledger.queries import Line

COLUMNS = (
    "date", "booked_at", "collective", "line", "kind", "category", "description", "counterparty",
    "given", "host_fee", "processor_fee", "platform_fee", "amount", "balance", "currency",
    "transaction",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_FEES = {
    "host_fee": Kind.HOST_FEE,
    "processor_fee": Kind.PROCESSOR_FEE,
    "platform_fee": Kind.PLATFORM_FEE,
}


def as_csv(lines: Iterable[tuple[str, Line]]) -> Iterator[str]:
    """Write (collective's slug, line) pairs as CSV (RFC 4180), a header first."""
    yield "\ufeff" + _written(COLUMNS)
    for slug, line in lines:
        row = record(slug, line)
        yield _written([_cell(row[name]) for name in COLUMNS])


def as_json(lines: Iterable[tuple[str, Line]]) -> Iterator[str]:
    """Write (collective's slug, line) pairs as one JSON object with a list `lines`."""
    yield '{"lines": ['
    between = "\n"
    for slug, line in lines:
        yield between + json.dumps(record(slug, line), ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def record(slug: str, line: Line) -> dict[str, str | int | None]:
    """Return a line as plain values; amounts are exact decimals in text."""
    values: dict[str, str | int | None] = {
        "date": line.effective_on.isoformat(),
        "booked_at": line.at.isoformat(timespec="seconds"),
        "collective": slug,
        "line": line.seq,
        "kind": line.kind.name.lower(),
        "category": Chart(line.category).name.lower().replace("_", "-") if line.category else "",
        "description": line.description,
        "counterparty": line.counterparty,
        "given": _decimal(line.gross),
        "amount": _decimal(line.amount),
        "balance": None if line.balance_after is None else _decimal(line.balance_after),
        "currency": line.amount.currency,
        "transaction": str(line.key),
    }
    for name, kind in _FEES.items():
        kept = sum(amount.minor for one, amount in line.fees if one == kind)
        values[name] = _decimal(Money(-kept, line.amount.currency)) if kept else None
    return {name: values[name] for name in COLUMNS}


def _decimal(amount: Money) -> str:
    return f"{amount.decimal:f}"


def _written(cells: Iterable[object]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: str | int | None) -> str | int:
    """Keep a spreadsheet from taking what somebody typed for a formula (CWE-1236)."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.replace(".", "", 1).isdecimal() and digits.isascii()
