"""What a line has to do with money that we asked the bank to collect.

Banks book a block of a file as one line, or each collection by itself; what they take back they
name as we did. A lump without a name is believed only where no other block comes to as much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from commonweal.banking.rules.deciding import Decision, Part, Seen

# So long after its day a bank may book what it collected.
_LATEST_DAYS = 7
# What a bank may add to money that it takes back, in cents.
_DEAREST_MINOR = 2000
# How ISO 20022 calls direct debits that we asked for.
_ISSUED = "IDDT"


@dataclass(frozen=True, slots=True)
class Asked:
    """A collection that the bank was asked for: its names there, and whether its money came."""

    number: int
    charge: int
    amount: int
    key: str
    block: str
    run: str
    on: date
    has_come: bool = False


def decide(line: Seen, asked: Sequence[Asked]) -> Decision | None:
    """Return which collections a line brings or takes back; None where it is about none."""
    if not asked:
        return None
    return _brought(line, asked) if line.amount > 0 else _taken_back(line, asked)


def _brought(line: Seen, asked: Sequence[Asked]) -> Decision | None:
    waiting = [one for one in asked if not one.has_come]
    for of in (_by_key, _by_block, _by_run):
        named = [one for one in waiting if of(one) in line.keys]
        if named:
            return _all_of(named, line, certainty=100)
    if line.keys or line.payer or line.references or line.is_return:
        return None
    return _by_amount(line, waiting)


def _by_amount(line: Seen, waiting: Iterable[Asked]) -> Decision | None:
    """Decide about a lump that names nothing: by what it comes to, and when."""
    near = [one for one in waiting if 0 <= (line.on - one.on).days <= _LATEST_DAYS]
    is_issued = _ISSUED in line.code
    fitting = [
        many
        for many in _together(near)
        if _sum(many) == line.amount and (is_issued or len(many) > 1)
    ]
    if len(fitting) > 1:
        return Decision(question="several")
    return _all_of(fitting[0], line, certainty=92) if fitting else None


def _together(near: Iterable[Asked]) -> list[tuple[Asked, ...]]:
    """Return what a bank may book as one line: a block, or the whole of a file."""
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in near:
        groups[one.block].append(one)
        groups[one.run].append(one)
    return list(dict.fromkeys(tuple(many) for many in groups.values()))


def _all_of(many: Sequence[Asked], line: Seen, *, certainty: int) -> Decision:
    if _sum(many) != line.amount:
        return Decision(question="collected_differs")
    part = Part("debit", tuple(one.number for one in many), line.amount)
    return Decision((part,), certainty, "collected")


def _taken_back(line: Seen, asked: Sequence[Asked]) -> Decision | None:
    named = [one for one in asked if one.key in line.keys]
    if not named:
        return None
    price = -line.amount - named[0].amount
    if len(named) > 1 or not named[0].has_come or not 0 <= price <= _DEAREST_MINOR:
        return Decision(question="came_back")
    parts = [Part("gift_back", (named[0].charge,), -named[0].amount)]
    if price:
        parts.append(Part("own", (), -price))
    return Decision(tuple(parts), 100, "came_back")


def _by_key(one: Asked) -> str:
    return one.key


def _by_block(one: Asked) -> str:
    return one.block


def _by_run(one: Asked) -> str:
    return one.run


def _sum(many: Iterable[Asked]) -> int:
    return sum(one.amount for one in many)
