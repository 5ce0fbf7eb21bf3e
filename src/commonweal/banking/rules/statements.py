"""What a statement says in whatever format, and why a file is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money, NotAnAmount

LARGEST_BYTES = 200_000_000
LARGEST_TEXT_BYTES = 40_000_000
MOST_LINES = 200_000
# What banks write where there is nothing to write.
_NOTHING = {"", "NOTPROVIDED", "NOTPROVIDE", "NONREF", "NOREF", "NONE"}


class NotAStatement(Refused):
    """This is no bank statement that can be read here. Ask your bank for camt, CODA or MT940."""

    status = 422


class TooLarge(Refused):
    """This file is larger than %(most)s MB. Ask your bank for a shorter time."""

    status = 422


class TooManyLines(Refused):
    """This file has more than %(most)s lines. Ask your bank for a shorter time."""

    status = 422


class WantsOtherFiles(Refused):
    """This file asks to read other files, as no bank's does. It was not opened."""

    status = 422


class Broken(Refused):
    """Nothing was stored: “%(part)s” is missing or wrong near line %(line)s of the file."""

    status = 422

    def __init__(self, part: str, line: int) -> None:
        """Say what is wrong, and where."""
        super().__init__(part=part, line=line)


class DoesNotAddUp(Refused):
    """Nothing was stored: the lines of statement %(number)s do not add up to its last balance."""

    status = 422


@dataclass(frozen=True, slots=True)
class Balance:
    """What was on an account on a day, negative where it was overdrawn; `code` as in ISO 20022."""

    code: str
    amount: Money
    on: date


@dataclass(frozen=True, slots=True)
class Line:
    """One movement: `amount` is positive where money came.

    `reference` is a structured one, `text` what was typed. `bank_ref` is the bank's own name for
    the movement, `entry_ref` its name for the whole booking that this is a part of. `reason` is why
    a transfer came back; `is_return` that one did. `batch` is what we called the block of a file
    that was booked as one.
    """

    amount: Money
    booked_on: date
    value_on: date | None = None
    name: str = ""
    iban: str = ""
    text: str = ""
    reference: str = ""
    end_to_end_id: str = ""
    bank_ref: str = ""
    entry_ref: str = ""
    reason: str = ""
    is_return: bool = False
    code: str = ""
    original: str = ""
    place: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of one account. `family` says whose references can be compared.

    `pending` counts movements that the bank has announced and not booked: they come again.
    """

    family: str
    account: str
    currency: str
    number: str = ""
    balances: tuple[Balance, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    lines: Sequence[Line] = field(default=())
    pending: int = 0

    @property
    def opening(self) -> Balance | None:
        """What was on the account before the first line."""
        return self._balance("OPBD", "PRCD")

    @property
    def closing(self) -> Balance | None:
        """What was on the account after the last line."""
        return self._balance("CLBD")

    def _balance(self, *codes: str) -> Balance | None:
        found = {one.code: one for one in self.balances if one.amount.currency == self.currency}
        return next((found[code] for code in codes if code in found), None)

    @property
    def adds_up(self) -> bool:
        """Whether the lines lead from the first balance to the last one, where both are told."""
        if self.opening is None or self.closing is None:
            return True
        moved = sum((line.amount.minor for line in self.lines), start=0)
        return self.opening.amount.minor + moved == self.closing.amount.minor


def given(text: str | None) -> str:
    """Return what a bank wrote, without the words that stand for nothing."""
    plain = " ".join((text or "").split())
    return "" if plain.upper().replace(" ", "") in _NOTHING else plain


def amount(text: str, currency: str, *, part: str, line: int) -> Money:
    """Return an amount as a bank writes it, or refuse the file."""
    try:
        return Money.from_decimal(Decimal(text.strip().replace(",", ".")), currency)
    except (NotAnAmount, InvalidOperation) as error:
        raise Broken(part, line) from error


def account_number(text: str) -> str:
    """Return an account number as we compare it: letters and digits alone."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def checked(statements: list[Statement]) -> list[Statement]:
    """Return statements that can be believed, or refuse the file they stand in."""
    if not statements:
        raise NotAStatement
    for one in statements:
        if not one.adds_up:
            raise DoesNotAddUp(number=one.number or "1")
    return statements
