"""The European Central Bank's `eurofxref-hist.csv`: read strictly, or refused line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commonweal.foundation.money import EXPONENTS
from commonweal.importing.rules import cells, texts
from commonweal.importing.rules.cells import WrongCell
from commonweal.importing.rules.problems import Problem, WrongFile

LARGEST_BYTES = 16 * 1024 * 1024
MOST_ROWS = 50_000
EARLIEST = date(1999, 1, 4)  # the euro's first day on the markets
NONE = "N/A"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_RATE = re.compile(r"\d{1,9}(\.\d{1,8})?", re.ASCII)
_NOT_OURS = "This is not the file eurofxref-hist.csv of the European Central Bank"


@dataclass(frozen=True, slots=True)
class DayRate:
    """What a euro was worth on a day, in units of a currency: `numerator` / `denominator`."""

    line: int
    currency: str
    day: date
    numerator: int
    denominator: int


def read(data: bytes, *, today: date) -> list[DayRate]:
    """Return the rates of the currencies we know, or raise `WrongFile` with all that is wrong."""
    if data.startswith(b"PK"):
        raise WrongFile([Problem(1, "This is a zip archive. Take the CSV file out of it first.")])
    text = texts.decoded(data, largest_bytes=LARGEST_BYTES)
    rows = [(line, _unended(record)) for line, record in texts.records(text, most=MOST_ROWS)]
    if not rows:
        raise WrongFile([Problem(1, f"The file is empty. {_NOT_OURS}.")])
    currencies = _currencies(rows[0][1])
    problems: list[Problem] = []
    found = list(_rates(rows[1:], currencies, today, problems))
    if problems:
        raise WrongFile(sorted(problems))
    if not found:
        raise WrongFile([Problem(2, "There is no rate below the header.")])
    return found


def _unended(record: list[str]) -> list[str]:
    """Return a record without the empty cell behind the comma that ends the bank's lines."""
    return record[:-1] if record and not record[-1] else record


def _currencies(header: Sequence[str]) -> list[str]:
    codes = list(header[1:])
    known = EXPONENTS.keys() & set(codes)
    right = header[:1] == ["Date"] and all(re.fullmatch(r"[A-Z]{3}", code) for code in codes)
    if not right or not known or len(set(codes)) < len(codes) or "EUR" in known:
        raise WrongFile([Problem(1, f"{_NOT_OURS}: it begins with {cells.shown(str(header))}.")])
    return codes


def _rates(
    rows: Sequence[tuple[int, list[str]]],
    currencies: Sequence[str],
    today: date,
    problems: list[Problem],
) -> Iterator[DayRate]:
    """Yield what the lines say, and note what is wrong with them."""
    days: set[date] = set()
    for line, record in rows:
        try:
            day = _new_day(record, days, today, width=1 + len(currencies))
            days.add(day)
            for code, cell in zip(currencies, record[1:], strict=True):
                if cell != NONE and code in EXPONENTS:
                    yield DayRate(line, code, day, *_rate(code, cell))
        except WrongCell as wrong:
            problems.append(Problem(line, f"{wrong}."))


def _new_day(record: Sequence[str], days: set[date], today: date, *, width: int) -> date:
    if len(record) != width:
        raise WrongCell(f"The line has {len(record)} cells instead of {width}")
    try:
        day = date.fromisoformat(record[0]) if _DAY.fullmatch(record[0]) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= today:
        raise WrongCell(f"{cells.shown(record[0])} is not a day from {EARLIEST} until today")
    if day in days:
        raise WrongCell(f"{day} is there twice")
    return day


def _rate(code: str, cell: str) -> tuple[int, int]:
    if not _RATE.fullmatch(cell) or not Decimal(cell):
        raise WrongCell(f"{cells.shown(cell)} is not what a euro can be worth in {code}")
    return Decimal(cell).as_integer_ratio()
