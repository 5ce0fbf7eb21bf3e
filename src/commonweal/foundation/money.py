"""What a cent is: exact amounts in integer minor units of one currency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from functools import total_ordering

PPM = 1_000_000
LARGEST_MINOR = 10**15

# Decimals of the minor unit, from ISO 4217 (maintenance list of 2024).
EXPONENTS: dict[str, int] = {
    "AUD": 2, "BGN": 2, "BHD": 3, "BRL": 2, "CAD": 2, "CHF": 2, "CLF": 4, "CLP": 0, "CNY": 2,
    "COP": 2, "CZK": 2, "DKK": 2, "EUR": 2, "GBP": 2, "HUF": 2, "INR": 2, "ISK": 0, "JOD": 3,
    "JPY": 0, "KES": 2, "KRW": 0, "KWD": 3, "MAD": 2, "MXN": 2, "NGN": 2, "NOK": 2, "NZD": 2,
    "PLN": 2, "RON": 2, "SEK": 2, "TND": 3, "TRY": 2, "UAH": 2, "UGX": 0, "USD": 2, "XOF": 0,
    "ZAR": 2,
}  # fmt: skip


class NotAnAmount(ValueError):
    """This is not an amount in this currency."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount: `minor` units (cents for EUR) of an ISO 4217 `currency`.

    Only money of the same currency can be added or compared; a bare number never equals money.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is not a whole number of minor units of a known currency."""
        if not isinstance(self.minor, int) or isinstance(self.minor, bool):
            raise TypeError("minor units are a whole number")
        if self.currency not in EXPONENTS:
            raise NotAnAmount(f"unknown currency {self.currency!r}")

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read a typed amount, such as "20", "20,50" or "1 234.50".

        Raises `NotAnAmount` where it has more decimals than the currency, or is no number.
        """
        plain = re.sub(r"[\s\u00a0\u202f']", "", text).replace("\u2212", "-")
        plain = _with_point(plain)
        if not re.fullmatch(r"-?\d+(\.\d+)?|-?\.\d+", plain, flags=re.ASCII):
            raise NotAnAmount(f"{text!r} is not an amount")
        return cls.from_decimal(Decimal(plain), currency)

    @classmethod
    def from_decimal(cls, value: Decimal, currency: str) -> Money:
        """Take an exact decimal number of major units, refusing to round it."""
        zero = cls(0, currency)
        try:
            scaled = value.scaleb(zero.exponent)
            whole = scaled == scaled.to_integral_value()
        except DecimalException as error:
            raise NotAnAmount(f"{value} is not an amount") from error
        if not whole or abs(scaled) > LARGEST_MINOR:
            raise NotAnAmount(f"{value} has more decimals than {currency} or is too large")
        return cls(int(scaled), currency)

    @property
    def exponent(self) -> int:
        """How many decimals the currency has: 2 for EUR, 0 for JPY."""
        return EXPONENTS[self.currency]

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-self.exponent)

    def _same(self, other: Money) -> int:
        if not isinstance(other, Money):
            raise TypeError(f"money meets {type(other).__name__}")
        if self.currency != other.currency:
            raise TypeError(f"{self.currency} meets {other.currency}")
        return other.minor

    def __add__(self, other: Money) -> Money:
        """Add money of the same currency."""
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        """Subtract money of the same currency."""
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        """Turn in into out."""
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Compare money of the same currency."""
        return self.minor < self._same(other)

    def __bool__(self) -> bool:
        """Whether it is anything but zero."""
        return self.minor != 0

    def __str__(self) -> str:
        """Plain text for logs and files, such as `20.50 EUR`."""
        return f"{self.decimal:f} {self.currency}"

    def share(self, ppm: int) -> Money:
        """Return the part given in parts per million, halves rounded up, away from no cent."""
        sign = -1 if self.minor < 0 else 1
        return Money(sign * ((2 * abs(self.minor) * ppm + PPM) // (2 * PPM)), self.currency)

    def allocate(self, weights: Sequence[int]) -> list[Money]:
        """Split by largest remainder (Hamilton), so that the parts add up to the whole.

        Ties go to the earlier weight; every part is within one minor unit of its exact share.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights are not negative and not all zero")
        sign = -1 if self.minor < 0 else 1
        whole = abs(self.minor)
        parts = [whole * weight // total for weight in weights]
        by_remainder = sorted(
            range(len(weights)), key=lambda index: (-(whole * weights[index] % total), index)
        )
        for index in by_remainder[: whole - sum(parts)]:
            parts[index] += 1
        return [Money(sign * part, self.currency) for part in parts]


def _with_point(text: str) -> str:
    """Turn a decimal comma into a point, and drop the other mark where it only groups digits."""
    comma, point = text.rfind(","), text.rfind(".")
    if comma > point:
        return text.replace(".", "").replace(",", ".", 1) if text.count(",") == 1 else text
    if comma != -1:
        return text.replace(",", "")
    return text
