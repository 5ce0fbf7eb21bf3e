"""What a paper says, apart from its words: who, to whom, which money. Frozen, and kept as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from commonweal.foundation.money import Money

# What a paper is kept for: Belgian law asks ten years of what proves an entry in the books
# (Code of economic law, art. III.88, and VAT code, art. 60), French law ten years as well
# (Code de commerce, art. L123-22).
KEPT_YEARS = 10
_OFFICIAL = {"invoice", "belgian", "french"}


@dataclass(frozen=True)
class Giver:
    """Who gets a paper, as they stand on it."""

    name: str
    address: str = ""
    number: str = ""
    is_person: bool = True


@dataclass(frozen=True)
class Issuer:
    """The host that gives a paper out, as it stood on that day."""

    name: str
    address: str = ""
    number: str = ""
    vat_words: str = ""
    signed_by: str = ""
    reference: str = ""
    since: str = ""
    until: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class Line:
    """One charge: the day its money came, to which group, what for, and what went back.

    `leaf` is the key of its transaction in the public ledger.
    """

    on: str
    group: str
    what: str
    tier: str
    rail: str
    amount_minor: int
    back_minor: int
    currency: str
    leaf: str = ""

    @property
    def came(self) -> Money:
        """What came."""
        return Money(self.amount_minor, self.currency)

    @property
    def back(self) -> Money:
        """What of that was given back."""
        return Money(self.back_minor, self.currency)

    @property
    def kept(self) -> Money:
        """What of that stayed."""
        return self.came - self.back


@dataclass(frozen=True)
class Sheet:
    """A paper without its words and its number."""

    kind: str
    year: int
    issuer: Issuer
    giver: Giver
    lines: tuple[Line, ...]
    demo: bool = False

    def totals(self) -> dict[str, Money]:
        """Return what stayed in each currency, the first line's first."""
        sums: dict[str, Money] = {}
        for line in self.lines:
            so_far = sums.get(line.currency, Money(0, line.currency))
            sums[line.currency] = so_far + line.kept
        return sums

    def total(self, currency: str) -> Money:
        """Return what stayed in one currency."""
        return self.totals().get(currency, Money(0, currency))


def stored(sheet: Sheet) -> str:
    """Return a sheet as JSON."""
    return json.dumps(asdict(sheet), ensure_ascii=False, sort_keys=True)


def read(text: str) -> Sheet:
    """Return a sheet from its JSON."""
    told = json.loads(text)
    told["issuer"] = Issuer(**told["issuer"])
    told["giver"] = Giver(**told["giver"])
    told["lines"] = tuple(Line(**line) for line in told["lines"])
    return Sheet(**told)


def changes(before: Sheet, after: Sheet) -> tuple[str, ...]:
    """Return what is different: `money`, and `name`, `address`, `number` of who gets it."""
    was, now = before.giver, after.giver
    found = {
        "money": [(one.on, one.leaf, one.kept) for one in before.lines]
        != [(one.on, one.leaf, one.kept) for one in after.lines],
        "name": was.name != now.name,
        "address": was.address != now.address,
        "number": was.number != now.number,
    }
    return tuple(name for name, differs in found.items() if differs)


def is_named(kind: str, *, incognito: bool) -> bool:
    """Whether a host may see whose paper it is: unless it was given incognito.

    What the books or the tax office ask for names everybody.
    """
    return kind in _OFFICIAL or not incognito
