"""Amounts and days in the words of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_name,
    get_decimal_symbol,
)
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from commonweal.foundation.money import PPM, Money
from commonweal.ledger.rules import Exchange

# Days before months, as everybody here reads them.
_EUROPEAN = {"en": "en_GB"}
MINUS = "\u2212"
_SKELETONS = {"day": "dMMMM", "short": "dMMM", "short_year": "yMMMd", "month": "yMMMM"}


def locale() -> Locale:
    """Return Babel's locale of the language this page is in."""
    language = get_language() or "en"
    return Locale.parse(_EUROPEAN.get(language, language.replace("-", "_")))


def amount(money: Money, *, sign: bool = False, whole: bool = False) -> str:
    """Return money as people write it, with a real minus; `sign` writes the plus too.

    `whole` leaves out cents where there are none, for round prices.
    """
    bare = whole and money.minor % 10**money.exponent == 0
    value = abs(money.decimal)
    text = _without_cents(value, money.currency) if bare else _with_cents(value, money.currency)
    if money.minor < 0:
        return MINUS + text
    return f"+{text}" if sign and money.minor > 0 else text


def exchange_rate(exchange: Exchange, source: str, target: str) -> str:
    """Return what one unit of a currency was worth in another, and on which day."""
    decimals = Money(0, source).exponent - Money(0, target).exponent
    worth = Decimal(exchange.numerator) / Decimal(exchange.denominator) * Decimal(10) ** decimals
    return _("1 %(source)s was worth %(worth)s %(target)s on %(day)s (European Central Bank)") % {
        "source": source,
        "worth": format_decimal(worth, "#,##0.0000##", locale=locale()),
        "target": target,
        "day": day(exchange.on),
    }


def currency(code: str) -> str:
    """Return what a currency is called, with its code."""
    return f"{get_currency_name(code, locale=locale())} ({code})"


def _with_cents(value: Decimal, currency: str) -> str:
    return format_currency(value, currency, locale=locale())


def _without_cents(value: Decimal, currency: str) -> str:
    pattern = re.sub(r"0\.00", "0", locale().currency_formats["standard"].pattern)
    return format_currency(value, currency, pattern, locale=locale(), currency_digits=False)


def in_two(money: Money, *, sign: bool = False) -> tuple[str, str, str]:
    """Return the amount as what stands before the cents, the cents, and what follows them."""
    text = amount(money, sign=sign)
    point = re.escape(get_decimal_symbol(locale()))
    found = re.search(rf"{point}\d{{{money.exponent}}}(?!\d)", text) if money.exponent else None
    if not found:
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]


def number(value: int) -> str:
    """Return a count with the language's marks between thousands."""
    return format_decimal(value, locale=locale())


def decimal(value: float) -> str:
    """Return a measure with one decimal at most."""
    return format_decimal(round(value, 1), locale=locale())


def share(part: int, whole: int) -> str:
    """Return a part of a whole as a percentage without decimals."""
    return format_percent(part / whole if whole else 0, locale=locale())


def rate(ppm: int) -> str:
    """Return parts per million as a percentage, with the decimals it needs and no more."""
    return str(format_percent(Decimal(ppm) / PPM, locale=locale(), decimal_quantization=False))


def day(moment: date | datetime, style: str = "long") -> str:
    """Return a day as people say it: long, time (with the hour), initial or a skeleton's name."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment) if timezone.is_aware(moment) else moment
        if style == "time":
            hour = format_time(moment, "short", locale=locale())
            return f"{_date(moment, 'long')}, {hour}"
    return _date(moment, style)


def _date(moment: date, style: str) -> str:
    if style == "initial":
        return format_date(moment, "LLLLL", locale=locale())
    if style == "month_short":
        return format_date(moment, "LLL", locale=(get_language() or "en").replace("-", "_"))
    if style in _SKELETONS:
        return format_skeleton(_SKELETONS[style], moment, locale=locale())
    return format_date(moment, "long", locale=locale())


def local(names: Mapping[str, str], fallback: str) -> str:
    """Return the name in the reader's language, or in English, or the fallback."""
    language = (get_language() or "en").split("-", maxsplit=1)[0]
    return names.get(language) or names.get("en") or fallback


def short_name(name: str, longest: int) -> str:
    """Return a name that fits in so many letters: later words shrink first, as on a signpost."""
    first, *later = re.split(r"(?<=[-\s])", name)
    for index in range(len(later) - 1, -1, -1):
        if len(first) + sum(map(len, later)) <= longest:
            break
        later[index] = f"{later[index][:1]}."
    short = first + "".join(later)
    return short if len(short) <= longest else f"{short[: longest - 1]}…"


def in_kind(unit: str, quantity: int | None) -> str:
    """Return how much was given in kind: 3 hours, 1 day; nothing where nobody counted."""
    if quantity is None:
        return ""
    told = {
        "hours": ngettext("%(number)s hour", "%(number)s hours", quantity),
        "days": ngettext("%(number)s day", "%(number)s days", quantity),
        "meals": ngettext("%(number)s meal", "%(number)s meals", quantity),
        "pieces": ngettext("%(number)s piece", "%(number)s pieces", quantity),
    }
    return told[unit] % {"number": number(quantity)}


def unit(unit: str) -> str:
    """Return what a kind of help is counted in, as one word."""
    return {"hours": _("in hours"), "days": _("in days"), "pieces": _("in pieces")}[unit]
