"""Pure rules of double entry: balance, shares of a reversal, the request behind a key, rates."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from math import gcd
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Posting:
    """What an account gains (positive) or gives (negative), in minor units of its currency.

    `kind` is a `ledger.models.Kind`.
    """

    account: int
    amount: int
    kind: int


@dataclass(frozen=True, slots=True)
class Private:
    """A personal detail that goes with a transaction and can be erased from it."""

    field: str
    value: str
    party: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A transaction to post. The same `key` always means the same draft.

    `effective_on` is the day (UTC) it counts for; `refs` holds public ids only.
    """

    key: UUID
    kind: int
    postings: tuple[Posting, ...]
    effective_on: date
    host: int | None = None
    category: int | None = None
    refs: Mapping[str, str] = field(default_factory=dict)
    private: tuple[Private, ...] = ()
    reverses: int | None = None

    @property
    def request_hash(self) -> bytes:
        """Return SHA-256 over everything that is not personal, in one canonical form."""
        shape = [
            self.kind,
            [[one.account, one.amount, one.kind] for one in self.postings],
            self.effective_on.isoformat(),
            self.host,
            self.category,
            dict(self.refs),
            self.reverses,
        ]
        text = json.dumps(shape, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).digest()


@dataclass(frozen=True, slots=True)
class Quote:
    """What a euro was worth in a currency, in units of it, on the day `on`."""

    numerator: int
    denominator: int
    on: date


@dataclass(frozen=True, slots=True)
class Exchange:
    """How many minor units of one currency a minor unit of another was worth, on the day `on`."""

    numerator: int
    denominator: int
    on: date

    def of(self, minor: int) -> int:
        """Return what an amount was worth: to the nearest minor unit, halves away from zero."""
        sign = -1 if minor < 0 else 1
        worth = 2 * abs(minor) * self.numerator + self.denominator
        return sign * (worth // (2 * self.denominator))


def exchange(source: Quote, target: Quote, *, decimals: tuple[int, int]) -> Exchange:
    """Return how to turn one currency into another by way of the euro.

    `decimals` are those of the minor units of the two.
    """
    numerator = source.denominator * target.numerator * 10 ** decimals[1]
    denominator = source.numerator * target.denominator * 10 ** decimals[0]
    common = gcd(numerator, denominator)
    return Exchange(numerator // common, denominator // common, min(source.on, target.on))


def imbalance(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return what is left over in each currency of (currency, amount) pairs; empty if balanced."""
    sums: Counter[str] = Counter()
    for currency, amount in amounts:
        sums[currency] += amount
    return {currency: amount for currency, amount in sums.items() if amount}


def reversal(remaining: Sequence[int], part: int | None = None) -> list[int]:
    """Return what each leg gives back when `part` of what its source gave is taken back.

    `remaining` are the signed amounts not yet reversed, adding up to zero. The positive legs
    share `part` by largest remainder over what remains of them, and so do the negative ones:
    each leg stays between zero and what remains, and the last reversal empties every leg.
    Raises `ValueError` where `part` is not between one and what remains.
    """
    whole = sum(amount for amount in remaining if amount > 0)
    part = whole if part is None else part
    if not 1 <= part <= whole:
        raise ValueError(f"{part} is not between 1 and {whole}")
    given = _shared(part, [max(amount, 0) for amount in remaining])
    taken = _shared(part, [max(-amount, 0) for amount in remaining])
    return [back - forth for forth, back in zip(given, taken, strict=True)]


def reversal_across(legs: Sequence[tuple[str, int]], part: int | None = None) -> list[int]:
    """Return `reversal` for legs of several currencies, each with its code; `part` is of the first.

    Every other currency gives back the same share of what remains in it, to the nearest minor
    unit, so that the last reversal empties its legs too.
    """
    first = legs[0][0]
    whole = _gained(legs, first)
    part = whole if part is None else part
    back = [0] * len(legs)
    for currency in dict.fromkeys(code for code, _ in legs):
        left = _gained(legs, currency)
        share = part if currency == first else (2 * left * part + whole) // (2 * whole)
        if currency != first and not share:
            continue
        places = [at for at, (code, _) in enumerate(legs) if code == currency]
        amounts = reversal([legs[at][1] for at in places], share)
        for at, amount in zip(places, amounts, strict=True):
            back[at] = amount
    return back


def _gained(legs: Iterable[tuple[str, int]], currency: str) -> int:
    return sum(amount for code, amount in legs if code == currency and amount > 0)


def _shared(part: int, weights: Sequence[int]) -> list[int]:
    """Split `part` by largest remainder; ties go to the earlier leg."""
    whole = sum(weights)
    shares = [part * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda leg: (-(part * weights[leg] % whole), leg))
    for leg in order[: part - sum(shares)]:
        shares[leg] += 1
    return shares
