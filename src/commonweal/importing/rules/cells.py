"""What one cell of an export says: an amount, an instant, a profile, a plain text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

from commonweal.foundation.money import EXPONENTS, LARGEST_MINOR

LONGEST_TEXT = 2_000
LONGEST_NUMBER = 40

# Sums of binary floats drift by far less than this part of a cent; a changed digit by far more.
NOISE = Decimal("0.0001")

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d{1,2})?", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)
_PROFILE = re.compile(r"https?://(?:www\.)?([a-z0-9.-]+/[a-z0-9_.~-]+)/?", re.ASCII)
_INTERVALS = {"one time": "once", "month": "month", "year": "year", "": "once"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


class WrongCell(ValueError):
    """This cell does not say what its column promises; the message tells how."""


def amount(cell: str, currency: str) -> int:
    """Return the minor units a decimal number means, forgiving only the noise of floats."""
    if len(cell) > LONGEST_NUMBER or not _NUMBER.fullmatch(cell):
        raise WrongCell(f"is {shown(cell)}, which is not an amount")
    scaled = Decimal(cell).scaleb(EXPONENTS[currency])
    if abs(scaled) > LARGEST_MINOR:
        raise WrongCell(f"is {shown(cell)}, which is too large")
    nearest = int(scaled.to_integral_value())
    if abs(scaled - nearest) > NOISE:
        raise WrongCell(f"is {shown(cell)}, which is no whole number of cents")
    return nearest


def instant(cell: str) -> datetime:
    """Return the instant, in UTC."""
    try:
        if _INSTANT.fullmatch(cell):
            return datetime.fromisoformat(cell).replace(tzinfo=UTC)
    except ValueError:
        pass
    raise WrongCell(f"is {shown(cell)}, which is not a date and time such as 2021-12-30 06:43:40")


def currency(cell: str) -> str:
    """Return the code of a currency that we can count in."""
    if cell not in EXPONENTS:
        raise WrongCell(f"is {shown(cell)}, which is not a currency known here")
    return cell


def interval(cell: str) -> str:
    """Return how often it was given: once, month or year."""
    if cell not in _INTERVALS:
        raise WrongCell(f"is {shown(cell)}; “one time”, “month” or “year” was expected")
    return _INTERVALS[cell]


def profile(cell: str) -> str:
    """Return the address of a profile without its scheme; empty where there is none."""
    address = cell.strip().lower()
    if not address:
        return ""
    found = _PROFILE.fullmatch(address)
    if not found or len(address) > LONGEST_TEXT:
        raise WrongCell(f"is {shown(cell)}, which is not the address of a profile")
    return found[1]


def text(cell: str) -> str:
    """Return the text on one line, without control characters and stray quotation marks."""
    if len(cell) > LONGEST_TEXT:
        raise WrongCell(f"is longer than {LONGEST_TEXT} characters")
    return re.sub(r"\s+", " ", _CONTROL.sub(" ", cell)).strip(' "')


def tags(cell: str) -> tuple[str, ...]:
    """Return the tags, in small letters."""
    parts = (part.strip().lower() for part in text(cell).split(","))
    return tuple(part for part in parts if part)


def shown(cell: str) -> str:
    """Return the cell as an error may quote it: short, and with nothing hidden in it."""
    plain = _CONTROL.sub("�", cell)
    return f"“{plain[:40]}…”" if len(plain) > LONGEST_NUMBER else f"“{plain}”"
