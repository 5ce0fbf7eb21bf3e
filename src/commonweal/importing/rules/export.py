"""Open Collective's older transactions export (CSV): read strictly, or refused line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from commonweal.foundation.money import Money, NotAnAmount
from commonweal.importing.rules import cells, texts
from commonweal.importing.rules.cells import WrongCell
from commonweal.importing.rules.problems import Problem, WrongFile

# What the files come from, and the rail that contributions brought along stand under.
SOURCE, RAIL = "Open Collective", "open-collective"

LARGEST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 250_000
EARLIEST = date(2010, 1, 1)

# Rows of one night may have been booked in another order than they happened.
DISORDER = timedelta(days=1)

_HEADER = (
    "Transaction Description", "User Name", "User Profile", "Transaction Date",
    "Collective Currency", "Host Currency", "Transaction Amount", "Host Fee (…)",
    "Open Collective Fee (…)", "Payment Processor Fee (…)", "Net Amount (…)",
    "Subscription Interval", "Order Date", "Tags", "Running Balance", "UserName",
)  # fmt: skip
_IN_HOST_CURRENCY = re.compile(r"(.+) \(([A-Z]{3})\)")
_NOT_OURS = "This is not a transactions export of Open Collective in its older CSV format"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the export. Amounts are signed minor units, as the collective saw them."""

    line: int
    description: str
    name: str
    profile: str
    at: datetime
    amount: int
    host_fee: int
    platform_fee: int
    processor_fee: int
    net: int
    interval: str
    tags: tuple[str, ...]
    balance: int

    @property
    def content(self) -> tuple[str, int, int, int, int]:
        """What stays the same of a row in every later export, whoever is renamed meanwhile."""
        instant = self.at.strftime("%Y-%m-%d %H:%M:%S")
        return (instant, self.amount, self.host_fee, self.platform_fee, self.processor_fee)


@dataclass(frozen=True, slots=True)
class Export:
    """A whole history in one currency, oldest row first."""

    currency: str
    rows: tuple[Row, ...]


def read(data: bytes, *, today: date) -> Export:
    """Return the history in a file, or raise `WrongFile` with everything that is wrong."""
    text = texts.decoded(data, largest_bytes=LARGEST_BYTES)
    records = list(texts.records(text, most=MOST_ROWS))
    if not records:
        raise WrongFile([Problem(1, f"The file is empty. {_NOT_OURS}.")])
    currency = _currency(*records[0])
    rows = _rows(records[1:], currency)
    if not rows:
        raise WrongFile([Problem(2, "There is no row below the header.")])
    rows = _oldest_first(rows)
    problems = [*_gaps(rows, currency)]
    if problems:
        raise WrongFile([*_hint(rows, problems), *sorted(problems)])
    problems = [*_wrong_days(rows, today)]
    if problems:
        raise WrongFile(problems)
    return Export(currency, tuple(rows))


def _currency(line: int, header: list[str]) -> str:
    """Return the currency that the header names, once every column is as it should be."""
    currencies = set()
    if len(header) != len(_HEADER):
        sentence = f"{_NOT_OURS}: it has {len(header)} columns instead of {len(_HEADER)}."
        raise WrongFile([Problem(line, sentence)])
    for number, (cell, wanted) in enumerate(zip(header, _HEADER, strict=True), start=1):
        in_currency = _IN_HOST_CURRENCY.fullmatch(cell)
        if in_currency:
            currencies.add(in_currency[2])
        if (f"{in_currency[1]} (…)" if in_currency else cell) != wanted:
            sentence = f"{_NOT_OURS}: column {number} is {cells.shown(cell)}, not “{wanted}”."
            raise WrongFile([Problem(line, sentence)])
    try:
        (currency,) = currencies
        return cells.currency(currency)
    except ValueError as error:
        named = ", ".join(sorted(currencies))
        sentence = f"The columns are in {named}; one currency known here was expected."
        raise WrongFile([Problem(line, sentence)]) from error


def _rows(records: Sequence[tuple[int, list[str]]], currency: str) -> list[Row]:
    """Return every row, or raise with the problems of all of them."""
    rows, problems = [], []
    for line, record in records:
        found: list[Problem] = []
        row = _row(line, record, currency, found)
        problems += found
        if row:
            rows.append(row)
    if problems:
        raise WrongFile(problems)
    return rows


def _row(line: int, record: list[str], currency: str, problems: list[Problem]) -> Row | None:
    if len(record) != len(_HEADER):
        sentence = f"It has {len(record)} columns instead of {len(_HEADER)}: cut off or damaged."
        problems.append(Problem(line, sentence))
        return None
    cell = _Cells(line, record, problems)
    money = lambda cell: cells.amount(cell, currency)  # noqa: E731
    for column in ("Collective Currency", "Host Currency"):
        cell.must_be(column, currency)
    cell.read("Order Date", cells.instant)
    values = {
        "description": cell.read("Transaction Description", cells.text),
        "name": cell.read("User Name", cells.text),
        "profile": cell.read("User Profile", cells.profile),
        "at": cell.read("Transaction Date", cells.instant),
        "amount": cell.read("Transaction Amount", money),
        "host_fee": cell.read("Host Fee (…)", money),
        "platform_fee": cell.read("Open Collective Fee (…)", money),
        "processor_fee": cell.read("Payment Processor Fee (…)", money),
        "net": cell.read("Net Amount (…)", money),
        "interval": cell.read("Subscription Interval", cells.interval),
        "tags": cell.read("Tags", cells.tags),
        "balance": cell.read("Running Balance", money),
    }
    if None in values.values():
        return None
    row = Row(line=line, **values)
    problems += _wrong_sum(row, currency)
    return row


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one record by the name of their column; what is wrong goes to `problems`."""

    line: int
    record: list[str]
    problems: list[Problem]

    def read(self, column: str, meaning: Callable[[str], Any]) -> Any:
        """Return what the cell means, or None once its problem is noted."""
        try:
            return meaning(self.record[_HEADER.index(column)])
        except (WrongCell, NotAnAmount) as error:
            self.problems.append(Problem(self.line, f"“{column}” {error}."))
            return None

    def must_be(self, column: str, wanted: str) -> None:
        """Note a cell that says anything else."""
        cell = self.record[_HEADER.index(column)]
        if cell != wanted:
            sentence = f"“{column}” is {cells.shown(cell)}; this file is in {wanted}."
            self.problems.append(Problem(self.line, sentence))


def _wrong_sum(row: Row, currency: str) -> list[Problem]:
    total = row.amount + row.host_fee + row.platform_fee + row.processor_fee
    if total == row.net:
        return []
    sentence = (
        f"The amount and its fees make {Money(total, currency)}, "
        f"but the net amount says {Money(row.net, currency)}."
    )
    return [Problem(row.line, sentence)]


def _oldest_first(rows: list[Row]) -> list[Row]:
    """Return the rows oldest first: the export's own order turned round, unless it already is so.

    The running balance tells which it is. Rows in any other order are not sorted but refused
    later, because rows of the same second could not be told apart.
    """
    turned = rows[::-1]
    return rows if _breaks(rows) < _breaks(turned) else turned


def _breaks(rows: list[Row]) -> int:
    breaks = sum(older.balance + newer.net != newer.balance for older, newer in pairwise(rows))
    return breaks + (rows[0].balance != rows[0].net)


def _gaps(rows: list[Row], currency: str) -> Iterator[Problem]:
    """Yield each place where the running balance does not carry on from the older row."""
    before = rows[0].balance - rows[0].net
    if before:
        yield Problem(
            rows[0].line,
            f"This is the oldest row, yet {Money(before, currency)} was there before it. "
            "The file was cut off, or its history begins earlier: export it from the first day.",
        )
    for older, newer in pairwise(rows):
        expected = older.balance + newer.net
        if expected != newer.balance:
            yield Problem(
                newer.line,
                f"The balance before (line {older.line}) and this row make "
                f"{Money(expected, currency)}, but the running balance says "
                f"{Money(newer.balance, currency)}. A row is missing, doubled, changed or moved.",
            )


def _wrong_days(rows: list[Row], today: date) -> Iterator[Problem]:
    for row in rows:
        if not EARLIEST <= row.at.date() <= today + DISORDER:
            yield Problem(row.line, f"{row.at.date()} lies before {EARLIEST} or in the future.")
    for older, newer in pairwise(rows):
        if newer.at < older.at - DISORDER:
            yield Problem(
                newer.line,
                f"{newer.at.date()} is earlier than {older.at.date()} in line {older.line}, "
                "though by the running balance it came later.",
            )


def _hint(rows: list[Row], problems: list[Problem]) -> list[Problem]:
    """Say so when no row is missing and only their order is another one."""
    ends = {row.balance for row in rows} | {0}
    if len(problems) == 1 or any(row.balance - row.net not in ends for row in rows):
        return []
    sentence = (
        "All rows seem to be there, but in another order than the export had. "
        "Sort them newest first, or export them again."
    )
    return [Problem(min(problems).line, sentence)]
