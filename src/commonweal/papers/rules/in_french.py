"""Amounts of euros in French words, as the French receipt asks for them beside the figures."""

from __future__ import annotations

from commonweal.foundation.money import Money

_SMALL = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
_HUNDRED, _THOUSAND, _MILLION = 100, 1000, 1_000_000
_TWENTY, _EIGHTY = 20, 80


def amount(money: Money) -> str:
    """Return euros and cents in words."""
    assert money.currency == "EUR", "French receipts are in euros"
    assert money.minor >= 0, "nothing less than nothing is given"
    euros, cents = divmod(money.minor, _HUNDRED)
    parts = []
    if euros or not cents:
        of = "d’" if euros >= _MILLION and euros % _MILLION == 0 else ""
        parts.append(f"{number(euros)} {of}euro{_s(euros)}")
    if cents:
        parts.append(f"{number(cents)} centime{_s(cents)}")
    return " et ".join(parts)


def number(value: int) -> str:
    """Return a whole number below a thousand million in words."""
    millions, rest = divmod(value, _MILLION)
    thousands, units = divmod(rest, _THOUSAND)
    words = []
    if millions:
        words.append(f"{_below_thousand(millions)} million{_s(millions)}")
    if thousands:
        before = "" if thousands == 1 else f"{_below_thousand(thousands, ends=False)} "
        words.append(f"{before}mille")
    if units or not words:
        words.append(_below_thousand(units))
    return " ".join(words)


def _below_thousand(value: int, *, ends: bool = True) -> str:
    """Return a number in words; `cents` and `vingts` have their s only where they end it."""
    hundreds, rest = divmod(value, _HUNDRED)
    if not hundreds:
        return _below_hundred(rest, ends=ends)
    before = "cent" if hundreds == 1 else f"{_SMALL[hundreds]} cent"
    if rest:
        return f"{before} {_below_hundred(rest, ends=ends)}"
    return before + ("s" if hundreds > 1 and ends else "")


def _below_hundred(value: int, *, ends: bool) -> str:
    if value < _TWENTY:
        return _SMALL[value]
    ten = value // 10
    ten -= ten in {7, 9}  # soixante-dix, quatre-vingt-dix: the ten before, and up to nineteen
    rest = value - ten * 10
    if value == _EIGHTY:
        return _TENS[8] + ("s" if ends else "")
    if rest == 0:
        return _TENS[ten]
    if rest in {1, 11} and value < _EIGHTY:
        return f"{_TENS[ten]} et {_SMALL[rest]}"
    return f"{_TENS[ten]}-{_SMALL[rest]}"


def _s(count: int) -> str:
    return "s" if count > 1 else ""
