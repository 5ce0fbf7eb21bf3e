"""What a receipt's text seems to say: a day and a sum, as written in en, fr, nl and de.

A guess for a person to confirm: where nothing is clear, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from commonweal.foundation.money import Money, NotAnAmount

_OLDEST = timedelta(days=3 * 366)
LONGEST_TEXT = 20_000
_MONTHS = (
    "jan|januar|janv|janvier", "feb|febr|februar|fev|fevr|fevrier|fév|févr|février",
    "mar|march|maart|mrt|mars|mär|märz|maerz", "apr|april|avr|avril", "may|mei|mai",
    "jun|june|juni|juin", "jul|july|juli|juil|juillet", "aug|august|augustus|aout|août",
    "sep|sept|september|septembre", "oct|october|okt|oktober|octobre",
    "nov|november|novembre", "dec|december|dez|dezember|déc|décembre|decembre",
)  # fmt: skip
_LONG = {"january": 1, "januari": 1, "february": 2, "februari": 2}
_MONTH = _LONG | {
    word: month for month, words in enumerate(_MONTHS, start=1) for word in words.split("|")
}
_NAMED = "|".join(sorted(_MONTH, key=len, reverse=True))
_DAYS = (
    re.compile(r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    re.compile(r"\b(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>20\d\d|\d\d)\b"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:\.|er|st|nd|rd|th)? (?P<n>{_NAMED})\.? (?P<y>20\d\d)\b"),
    re.compile(rf"\b(?P<n>{_NAMED})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>20\d\d)\b"),
)
_AMOUNT = re.compile(
    r"(?<![\d.,/-])(\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+|\d{1,7})[.,](\d\d)(?![\d/-]|[.,]\d)"
)
_SAYS_DAY = re.compile(r"\bdate\b|datum\b|\bissued\b|\bdu\b|\bvom\b")
_SAYS_LATER = re.compile(
    r"\bdue\b|échéance|echeance|verval|fällig|faellig|limite|deliver|livraison|liefer"
)
_SAYS_WHOLE = re.compile(
    r"amount due|total due|balance due|grand total|total paid|net [àa] payer|[àa] payer|total ttc"
    r"|total tvac|te betalen|totaal incl|totaalbedrag|eindtotaal|zu zahlen|zahlbetrag|gesamtbetrag"
    r"|rechnungsbetrag|endbetrag|total incl"
)  # fmt: skip
_SAYS_SUM = re.compile(r"\btotal\b|\btotaal\b|\bgesamt\b|\bsumme\b|\bmontant\b|\bsom\b")
_SAYS_PART = re.compile(
    r"sub-?total|sous-total|subtotaal|zwischensumme|\bht\b|\bhtva\b|hors|\bexcl|zonder|ohne|netto"
    r"|\b(tva|vat|btw|mwst|ust)\b(?!.*\bincl)"
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text seems to say; what is not clear is None."""

    day: date | None
    total: Money | None


def guessed(text: str, *, currency: str, today: date) -> Guess:
    """Return the day and the sum that a receipt's text seems to say."""
    lines = [" ".join(one.casefold().split()) for one in text[:LONGEST_TEXT].splitlines()]
    return Guess(_day(lines, today), _total(lines, currency))


def _day(lines: list[str], today: date) -> date | None:
    """Return the day where one is named as such, else the first; never one by which to pay."""
    found = [
        (0 if _SAYS_DAY.search(line) else 1, day)
        for line in lines
        if not _SAYS_LATER.search(line)
        for day in _days_in(line)
        if today - _OLDEST <= day <= today
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _days_in(line: str) -> Iterator[date]:
    for pattern in _DAYS:
        for match in pattern.finditer(line):
            parts = match.groupdict()
            year, day = int(parts["y"]) % 100 + 2000, int(parts["d"])
            month = int(parts["m"]) if "m" in parts else _MONTH[parts["n"]]
            try:
                yield date(year, month, day)
            except ValueError:  # 31/02, or numbers that are no day
                continue


def _total(lines: list[str], currency: str) -> Money | None:
    """Return the largest of the sums that are named most clearly."""
    found = [
        (2 if _SAYS_WHOLE.search(line) else 1, amount.minor, amount)
        for number, line in enumerate(lines)
        if _SAYS_WHOLE.search(line) or (_SAYS_SUM.search(line) and not _SAYS_PART.search(line))
        for amount in _amounts(line, lines[number + 1 : number + 2], currency)
        if amount.minor > 0
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


def _amounts(line: str, below: list[str], currency: str) -> list[Money]:
    """Return the amounts of a line; those of the line below where it has none."""
    for text in (line, *below):
        amounts = [found for match in _AMOUNT.finditer(text) if (found := _money(match, currency))]
        if amounts:
            return amounts
    return []


def _money(match: re.Match[str], currency: str) -> Money | None:
    whole = re.sub(r"\D", "", match[1])
    try:
        return Money.parse(f"{whole}.{match[2]}", currency)
    except NotAnAmount:  # a currency without cents
        return None
