"""Follow the euro: which money that came into a pot paid for what left it; first in, first out.

A pot is a row of movements, numbered from 1. A positive one opens a *lot*, a negative one is a
*use*; a *part* is what one lot gave to one use. An amount here is what is left of a movement after
everything that took it back: so a gift that was given back never came, and a payment that was
returned never left. `docs/concepts/follow-the-euro.md` says it in full.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

# What carries no mark of an activity.
UNMARKED = ""

# Millions of each are made, so they are plain tuples. A movement is (number, amount, mark): what
# came into a pot or, below zero, left it. A part is (lot, use, amount), both by their number. A
# rest is (number, amount, mark): what is left of a lot or, below zero, of a use not covered yet.
type Movement = tuple[int, int, str]
type Part = tuple[int, int, int]
type Rest = tuple[int, int, str]

type _Queues = dict[str, deque[list[int]]]


def follow(
    movements: Iterable[Movement], rests: Iterable[Rest] = ()
) -> tuple[list[Part], list[Rest]]:
    """Return the parts that movements make, and what is left open after the last of them.

    `movements` come in their order, behind those that left `rests` open. A use takes lots with its
    own mark first, then those without one, and those marked for something else last; in each the
    oldest. Where lots are missing, the next to come cover the use in the same order.
    """
    lots, uses = _queues(rests)
    parts: list[Part] = []
    for seq, amount, mark in movements:
        waiting, standing = (uses, lots) if amount > 0 else (lots, uses)
        left = abs(amount)
        while left and waiting:
            other, share = _take(waiting, mark, left)
            left -= share
            parts.append((seq, other, share) if amount > 0 else (other, seq, share))
        if left:
            standing.setdefault(mark, deque()).append([seq, left])
    return parts, sorted([*_rests(lots, 1), *_rests(uses, -1)])


def undone(
    rests: Iterable[Rest], gone: Iterable[Part], marks: Mapping[int, str], *, since: int
) -> list[Rest]:
    """Return what was open before `since`, from what is open now and the parts made since then.

    `marks` are those of lots and uses by their number.
    """
    known = dict(marks)
    open_then: dict[int, int] = {}
    for seq, amount, mark in rests:
        if seq < since:
            open_then[seq], known[seq] = amount, mark
    for lot, use, amount in gone:
        if lot < since:
            open_then[lot] = open_then.get(lot, 0) + amount
        elif use < since:
            open_then[use] = open_then.get(use, 0) - amount
    return [(seq, open_then[seq], known[seq]) for seq in sorted(open_then)]


def _take(queues: _Queues, mark: str, wanted: int) -> tuple[int, int]:
    """Take up to `wanted` from whatever has its turn; return its number and how much it gave."""
    turn = _turn(queues, mark)
    queue = queues[turn]
    seq, stands = queue[0]
    if stands > wanted:
        queue[0][1] -= wanted
        return seq, wanted
    queue.popleft()
    if not queue:
        del queues[turn]
    return seq, stands


def _turn(queues: _Queues, mark: str) -> str:
    """Return the mark whose turn it is; no queue is empty."""
    if mark in queues:
        return mark
    if UNMARKED in queues:
        return UNMARKED
    return min(queues, key=lambda other: queues[other][0][0])


def _queues(rests: Iterable[Rest]) -> tuple[_Queues, _Queues]:
    """Return lots and uncovered uses by their mark, the oldest first."""
    lots: _Queues = {}
    uses: _Queues = {}
    for seq, amount, mark in sorted(rests):
        (lots if amount > 0 else uses).setdefault(mark, deque()).append([seq, abs(amount)])
    return lots, uses


def _rests(queues: _Queues, sign: int) -> list[Rest]:
    return [(seq, sign * left, mark) for mark, queue in queues.items() for seq, left in queue]
