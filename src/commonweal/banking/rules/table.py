"""CSV statements: each bank has columns of its own, so a person says once which is which."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256

from commonweal.banking.rules.statements import (
    MOST_LINES,
    Broken,
    Line,
    NotAStatement,
    Statement,
    TooManyLines,
    account_number,
    given,
)
from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money, NotAnAmount

FAMILY = "csv"
_FEWEST_COLUMNS = 3
_HEADER_WITHIN = 30
_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d", "%d/%m/%y", "%d.%m.%y")
# Words by which banks in Belgium, France, the Netherlands and Germany name their columns.
_WORDS: dict[str, tuple[str, ...]] = {
    "booked_on": (
        "uitvoeringsdatum", "boekingsdatum", "boekdatum", "buchungstag", "buchungsdatum",
        "date d'execution", "date de comptabilisation", "date operation", "booking date", "date",
        "datum", "dateop",
    ),
    "amount": ("bedrag", "montant", "betrag", "amount", "bedrag (eur)", "amount (eur)"),
    "name": (
        "naam tegenpartij", "nom contrepartie", "nom de la contrepartie", "beguenstigter",
        "counterparty", "tegenpartij", "naam", "name", "nom", "payer", "payee",
    ),
    "iban": (
        "rekening tegenpartij", "compte contrepartie", "contrepartie", "tegenrekening",
        "counterparty account", "iban", "kontonummer/iban",
    ),
    "text": (
        "mededeling", "mededelingen", "communication", "communications", "verwendungszweck",
        "omschrijving", "libelle", "description", "message", "details", "remittance",
    ),
    "reference": ("gestructureerde mededeling", "communication structuree", "reference"),
    "account": ("rekening", "rekeningnummer", "compte", "account", "account number", "konto"),
}  # fmt: skip


class ColumnsUnknown(Refused):
    """Say once which column is which. It is remembered for the next file of this bank."""

    status = 422


@dataclass(frozen=True)
class Columns:
    """Which column of a bank's CSV says what; "" where none does."""

    booked_on: str
    amount: str
    name: str = ""
    iban: str = ""
    text: str = ""
    reference: str = ""
    account: str = ""

    def kept(self) -> dict[str, str]:
        """Return it as it is remembered."""
        return asdict(self)


def headers(text: str) -> list[str]:
    """Return the names of the columns: the first row that has a few and no number."""
    for row in _rows(text)[:_HEADER_WITHIN]:
        if len([cell for cell in row if cell.strip()]) >= _FEWEST_COLUMNS and not any(
            cell.strip()[:1].isdigit() for cell in row
        ):
            return [cell.strip() for cell in row]
    raise NotAStatement


def signature(names: Sequence[str]) -> str:
    """Return what the columns of one bank are known by."""
    return sha256("\n".join(names).encode()).hexdigest()[:32]


def guess(names: Sequence[str]) -> Columns | None:
    """Return which column is probably which, or None where day or amount cannot be told."""
    plain = {_plain(name): name for name in reversed(names)}
    found = {
        what: next((plain[word] for word in words if word in plain), "")
        for what, words in _WORDS.items()
    }
    if not found["booked_on"] or not found["amount"]:
        return None
    return Columns(**found)


def columns(kept: Mapping[str, str], names: Sequence[str]) -> Columns:
    """Return remembered columns, or say that a person has to name them."""
    if not {kept.get("booked_on"), kept.get("amount")} <= set(names):
        raise ColumnsUnknown
    known = Columns.__dataclass_fields__
    return Columns(**{what: name for what, name in kept.items() if what in known})


def read(text: str, *, which: Columns, account: str, currency: str) -> list[Statement]:
    """Return the lines of a CSV as one statement without balances, as CSV has none."""
    names = headers(text)
    rows = _rows(text)
    start = next(at for at, row in enumerate(rows) if [cell.strip() for cell in row] == names)
    if len(rows) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    lines, accounts = [], set()
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        cells = dict(zip(names, row, strict=False))
        if not any(cell.strip() for cell in row):
            continue
        lines.append(_line(cells, which, currency, number))
        accounts.add(account_number(cells.get(which.account, "")) or account)
    if not lines or len(accounts) > 1:
        raise NotAStatement
    days = [line.booked_on for line in lines]
    return [
        Statement(
            family=FAMILY, account=accounts.pop(), currency=currency,
            from_on=min(days), to_on=max(days), lines=tuple(lines),
        )
    ]  # fmt: skip


def _line(cells: Mapping[str, str], which: Columns, currency: str, number: int) -> Line:
    try:
        money = Money.parse(cells.get(which.amount, "").replace(currency, ""), currency)
    except NotAnAmount as error:
        raise Broken(which.amount, number) from error
    return Line(
        amount=money,
        booked_on=_day(cells.get(which.booked_on, ""), which.booked_on, number),
        name=given(cells.get(which.name)),
        iban=account_number(cells.get(which.iban, "")),
        text=given(cells.get(which.text)),
        reference=given(cells.get(which.reference)),
        place=str(number),
    )


def _day(told: str, part: str, number: int) -> date:
    for form in _FORMATS:
        try:
            return datetime.strptime(told.strip()[:10], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Broken(part, number)


def _rows(text: str) -> list[list[str]]:
    marks = {mark: text[:4000].count(mark) for mark in ";,\t"}
    most = max(marks, key=lambda mark: marks[mark])
    try:
        return list(csv.reader(io.StringIO(text), delimiter=most))
    except csv.Error as error:
        raise NotAStatement from error


def _plain(name: str) -> str:
    import unicodedata  # noqa: PLC0415

    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().strip()
