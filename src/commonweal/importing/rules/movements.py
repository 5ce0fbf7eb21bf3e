"""What the rows of an export mean: contributions, expenses, refunds, transfers and their fees."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from commonweal.importing.rules.export import Row


class What(StrEnum):
    """What a row is."""

    CONTRIBUTION = "contribution"
    EXPENSE = "expense"
    REFUND = "refund"  # a contribution went back to whoever gave it
    RETURN = "return"  # an expense came back from whoever was paid
    TRANSFER = "transfer"  # the collective gave to another one
    FEE = "fee"  # nothing but fees


class At(StrEnum):
    """Which account an amount belongs to."""

    FUNDS = "funds"
    BACKERS = "backers"
    PAYEES = "payees"
    HOST_FEES = "host fees"
    PLATFORM_FEES = "platform fees"
    PROCESSOR_FEES = "payment processor fees"


@dataclass(frozen=True, slots=True)
class Movement:
    """A row and what it means. `of` is the earlier row that a refund or return gives back.

    `nth` counts rows of the same content from the oldest on, so that twins stay two.
    """

    row: Row
    nth: int
    what: What
    of: Row | None = None

    @property
    def incognito(self) -> bool:
        """Whether no name came with it."""
        return (
            not self.row.name
            or _INCOGNITO.search(f"{self.row.name}/{self.row.profile}") is not None
        )

    @property
    def legs(self) -> tuple[tuple[At, int], ...]:
        """What each account gains; together nothing. Accounts that gain nothing are left out."""
        row = self.row
        legs = (
            (At.FUNDS, row.net),
            (_OUTSIDE[self.what], -row.amount),
            (At.HOST_FEES, -row.host_fee),
            (At.PLATFORM_FEES, -row.platform_fee),
            (At.PROCESSOR_FEES, -row.processor_fee),
        )
        return tuple((at, minor) for at, minor in legs if minor)

    @property
    def category(self) -> str:
        """The slug of what it was received for or spent on, from our chart."""
        if self.what in {What.EXPENSE, What.RETURN}:
            return spent_on((self.of or self.row).tags)
        if self.what is What.TRANSFER:
            return "transfers-out"
        if self.what is What.FEE:
            return "bank-fees"
        return "monthly-backers" if (self.of or self.row).interval == "month" else "gifts"

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it itself: the same for the same row of every later export."""
        return (*self.row.content, self.nth)


_INCOGNITO = re.compile(r"^(incognito|anonymous)\b|/incognito-", re.IGNORECASE)
_REFUND = re.compile(r"refund of ", re.IGNORECASE)
_GAVE = re.compile(r"((monthly|yearly) )?(financial )?(contribution|donation) to ", re.IGNORECASE)
_OUTSIDE = {
    What.CONTRIBUTION: At.BACKERS,
    What.REFUND: At.BACKERS,
    What.FEE: At.BACKERS,
    What.EXPENSE: At.PAYEES,
    What.RETURN: At.PAYEES,
    What.TRANSFER: At.PAYEES,
}
_SPENT_ON = {
    "venue": "venue", "room": "venue", "rent": "rent-utilities", "office": "rent-utilities",
    "utilities": "rent-utilities", "food & beverage": "food-drink", "food": "food-drink",
    "equipment": "equipment", "hardware": "equipment", "tools": "tools-parts",
    "supplies & materials": "materials", "supplies": "materials", "materials": "materials",
    "communications": "printing-communication", "marketing": "printing-communication",
    "printing": "printing-communication", "travel": "travel", "transport": "travel",
    "accommodation": "travel", "engineering": "fees-services", "design": "fees-services",
    "legal": "fees-services", "maintenance": "fees-services", "consulting": "fees-services",
    "accounting": "fees-services", "services": "fees-services", "team": "salaries",
    "salary": "salaries", "salaries": "salaries", "insurance": "insurance",
    "web services": "software-hosting", "hosting": "software-hosting",
    "software": "software-hosting", "bank fees": "bank-fees", "banking": "bank-fees",
    "training": "training", "education": "training", "donation": "gifts-solidarity",
    "charity": "gifts-solidarity", "gifts": "gifts-solidarity", "plants": "plants-seeds",
}  # fmt: skip


def spent_on(tags: Iterable[str]) -> str:
    """Return the category of the first tag that has one."""
    return next((_SPENT_ON[tag] for tag in tags if tag in _SPENT_ON), "other-spending")


def movements(rows: Iterable[Row]) -> list[Movement]:
    """Return what each row means; rows come oldest first."""
    seen: Counter[tuple[object, ...]] = Counter()
    earlier = _Earlier()
    found = []
    for row in rows:
        seen[row.content] += 1
        what, of = _meaning(row, earlier)
        earlier.note(row, what)
        found.append(Movement(row, seen[row.content], what, of))
    return found


def named_in(rows: Iterable[Row]) -> str:
    """Return the name of the collective as most of its contributions call it; may be empty."""
    names = Counter(
        re.sub(r" \([^()]*\)$", "", row.description[begin.end() :])
        for row in rows
        if row.amount > 0 and (begin := _GAVE.match(row.description))
    )
    return names.most_common(1)[0][0] if names else ""


@dataclass
class _Earlier:
    """The rows so far that a later one may give back, by what it would say of them."""

    given: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    spent: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def note(self, row: Row, what: What) -> None:
        """Remember a row."""
        if what is What.CONTRIBUTION:
            self.given[row.description].append(row)
        elif what is What.EXPENSE:
            self.spent[row.description].append(row)


def _meaning(row: Row, earlier: _Earlier) -> tuple[What, Row | None]:
    if not row.amount:
        return What.FEE, None
    begin = _REFUND.match(row.description)
    given_back = row.description[begin.end() :].strip(' "') if begin else ""
    if row.amount > 0:
        of = _take(earlier.spent[given_back], row) if given_back else None
        return (What.RETURN, of) if of else (What.CONTRIBUTION, None)
    of = _take(earlier.given[given_back], row) if given_back else None
    if of or _GAVE.match(given_back):
        return What.REFUND, of
    return (What.TRANSFER if _GAVE.match(row.description) else What.EXPENSE), None


def _take(candidates: list[Row], row: Row) -> Row | None:
    """Take out the latest row of the same profile and the opposite amount, where there is one."""
    for index in range(len(candidates) - 1, -1, -1):
        other = candidates[index]
        if (other.profile, other.amount) == (row.profile, -row.amount):
            return candidates.pop(index)
    return None
