"""What papers of all kinds have in common: how amounts and days are said, and their parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency
from django.utils.translation import get_language

from commonweal.foundation.money import Money
from commonweal.payments import queries as payments

_EUROPEAN = {"en": "en_GB"}

type Pair = tuple[str, str]


@dataclass(frozen=True)
class Table:
    """Rows of a day, what for, and an amount, under a heading."""

    heading: str
    columns: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    totals: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Spoken:
    """The words that differ from kind to kind, from top to bottom of the page."""

    title: str
    lede: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    tables: tuple[Table, ...] = ()
    sums: tuple[Pair, ...] = ()
    notes: tuple[str, ...] = ()
    signed: Pair | None = None
    small: tuple[str, ...] = field(default=())


def amount(money: Money) -> str:
    """Return money as people write it."""
    return str(format_currency(money.decimal, money.currency, locale=_locale()))


def day(on: date | str, *, short: bool = False) -> str:
    """Return a day as people write it; a short one fits into a table."""
    if isinstance(on, str):
        on = date.fromisoformat(on)
    return str(format_date(on, "medium" if short else "long", locale=_locale()))


def name_of_rail(name: str) -> str:
    """Return how money was paid; of a rail that is gone, the name is what is left."""
    rail = payments.rails().get(name)
    return str(rail.label()) if rail else name


def without_empty(*pairs: Pair) -> tuple[Pair, ...]:
    """Return the pairs that say something."""
    return tuple(pair for pair in pairs if pair[1])


def _locale() -> Locale:
    language = get_language() or "en"
    return Locale.parse(_EUROPEAN.get(language, language.replace("-", "_")))
