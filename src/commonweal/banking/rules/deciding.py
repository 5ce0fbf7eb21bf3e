"""What a line is for: pure decisions, each with its certainty and the reason for it.

A wrong match costs more than a question. Below `ENOUGH`, and wherever two answers are as good as
each other, a person is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

# What is at least this certain, in percent, is done without asking.
ENOUGH = 90
# A confirmation by hand and the bank's line lie at most this far apart.
BY_HAND_DAYS = 7
# So long after a gift a bank may take it back.
_TAKEN_BACK_DAYS = 15
# Two payments of one standing order closer than this are one too many, as a share of the interval.
_PERIOD_DAYS = {"month": 30, "year": 365}
_TOO_SOON = {"month": 12, "year": 180}
_LATEST = {"month": 100, "year": 500}

type Reason = Literal[
    "reference", "reference_other_amount", "several_references", "known_account", "confirmed",
    "payout", "payout_account", "sent_back", "came_back", "payout_came_back", "bank_fee", "by_hand",
    "collected", "pay_run",
]  # fmt: skip
type Question = Literal[
    "nothing", "kept_already", "too_soon", "ended", "other_payer", "several", "other_amount",
    "sums_differ", "came_back", "went_out", "collected_differs", "run_differs",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """A contribution as a bank line sees it. `waits` is whether money for it is expected now.

    `unseen` are arrivals that a person confirmed and no line has shown yet: charge, day, amount.
    """

    number: int
    interval: str
    amount: int
    waits: bool
    ended: bool = False
    last_on: date | None = None
    payers: frozenset[str] = frozenset()
    contributor: int = 0
    unseen: Sequence[tuple[int, date, int]] = ()

    def is_due(self, on: date) -> bool:
        """Whether another payment of a standing order may well come on a day."""
        if self.ended or self.interval not in _PERIOD_DAYS:
            return False
        if self.last_on is None:
            return self.waits
        return _TOO_SOON[self.interval] < (on - self.last_on).days


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Money that the host means to send, or has said it sent: payouts and gifts going back.

    `key` is what we wrote as end-to-end id. `unseen_on` is the day a person said that it left.
    `run` is the number of a pay run whose open payments these are: a bank may show them as one.
    """

    kind: Literal["payout", "refund"]
    numbers: tuple[int, ...]
    amount: int
    key: str = ""
    payer: str = ""
    unseen_on: date | None = None
    has_left: bool = False
    run: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """A gift that a line brought: its charge, how much, from which account, and when."""

    charge: int
    amount: int
    payer: str
    on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """A line, reduced to what decides. `payer` stands for the account on the other side."""

    amount: int
    on: date
    payer: str = ""
    keys: frozenset[str] = frozenset()
    references: Sequence[tuple[str, bool]] = ()
    is_return: bool = False
    is_fee: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the books know that may have to do with a line."""

    by_reference: Mapping[str, Promise] = field(default_factory=dict)
    of_payer: Sequence[Promise] = ()
    outgoing: Sequence[Outgoing] = ()
    given: Sequence[Given] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What a line, or a part of it, becomes. `charge` is set where a person confirmed it before."""

    kind: Literal["gift", "payout", "refund", "own", "gift_back", "payout_back", "debit"]
    numbers: tuple[int, ...]
    amount: int
    charge: int = 0
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a line: its parts, or a question and those it may be about."""

    parts: tuple[Part, ...] = ()
    certainty: int = 0
    reason: Reason | None = None
    question: Question | None = None
    about: tuple[int, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether nobody has to be asked."""
        return bool(self.parts) and self.certainty >= ENOUGH


def decide(line: Seen, known: Known) -> Decision:
    """Return what a line is for, or what has to be asked."""
    return _incoming(line, known) if line.amount > 0 else _outgoing(line, known)


def _incoming(line: Seen, known: Known) -> Decision:
    if line.is_return or any(line.keys & {one.key} for one in known.outgoing):
        return _payout_back(line, known)
    named = [
        (known.by_reference[digits], checked)
        for digits, checked in line.references
        if digits in known.by_reference
    ]
    if len({promise.number for promise, _ in named}) > 1:
        return _several(line, [promise for promise, _ in named])
    if named:
        promise, _ = named[0]
        checked = any(one for _, one in named)
        return _named(line, promise, known, is_checked=checked)
    return _by_account(line, known)


def _named(line: Seen, promise: Promise, known: Known, *, is_checked: bool) -> Decision:
    """Decide about a line that names one promise."""
    fits = line.amount == promise.amount
    confirmed = _confirmed(line, promise)
    if confirmed:
        return confirmed
    if promise.ended:
        return _ask("ended", promise)
    if _is_likelier_for_another(line, promise, known):
        others = [one.number for one in known.of_payer if one.number != promise.number]
        return _ask("other_payer", promise, *others)
    if not promise.waits and not promise.is_due(line.on):
        return _ask("kept_already" if promise.interval == "once" else "too_soon", promise)
    if fits:
        part = Part("gift", (promise.number,), line.amount)
        return Decision((part,), 100 if is_checked else 96, "reference")
    if not is_checked:
        return _ask("other_amount", promise)
    part = Part("gift", (promise.number,), line.amount)
    return Decision((part,), 95, "reference_other_amount")


def _confirmed(line: Seen, promise: Promise) -> Decision | None:
    """Return that a person said before that this money came, where exactly one such day fits."""
    fitting = [
        (abs((line.on - on).days), charge)
        for charge, on, amount in promise.unseen
        if amount == line.amount and abs((line.on - on).days) <= BY_HAND_DAYS
    ]
    if not fitting:
        return None
    _, charge = min(fitting)
    part = Part("gift", (promise.number,), line.amount, charge=charge, is_confirmed=True)
    return Decision((part,), 97, "confirmed")


def _is_likelier_for_another(line: Seen, promise: Promise, known: Known) -> bool:
    """Whether this account is somebody else's, who pays another promise of this amount."""
    if not line.payer or line.payer in promise.payers:
        return False
    others = [one for one in known.of_payer if line.payer in one.payers]
    if promise.contributor in {one.contributor for one in others}:
        return False
    return any(one.amount == line.amount and not one.ended for one in others)


def _several(line: Seen, promises: Sequence[Promise]) -> Decision:
    """Split a transfer for several gifts where their amounts are what came."""
    numbers = tuple(dict.fromkeys(one.number for one in promises))
    each = {one.number: one for one in promises}
    open_ones = [one for one in each.values() if one.waits or one.is_due(line.on)]
    if len(open_ones) < len(each) or sum(one.amount for one in open_ones) != line.amount:
        return Decision(question="sums_differ", about=numbers)
    parts = tuple(Part("gift", (one.number,), one.amount) for one in open_ones)
    return Decision(parts, 97, "several_references")


def _by_account(line: Seen, known: Known) -> Decision:
    """Decide by who pays, how much and when, where no reference helps."""
    if not line.payer or not known.of_payer:
        return Decision(question="nothing")
    confirmed = [one for one in (_confirmed(line, p) for p in known.of_payer) if one]
    fitting = [
        one
        for one in known.of_payer
        if one.amount == line.amount and not one.ended and _expected(one, line.on)
    ]
    about = tuple(one.number for one in known.of_payer)
    if len(confirmed) + len(fitting) > 1:
        return Decision(question="several", about=about)
    if confirmed:
        return confirmed[0]
    if not fitting:
        return Decision(question="nothing", about=about)
    part = Part("gift", (fitting[0].number,), line.amount)
    return Decision((part,), 92, "known_account")


def _expected(promise: Promise, on: date) -> bool:
    """Whether a promise expects money on a day: once and open, or the next of a rhythm."""
    if promise.interval == "once" or promise.last_on is None:
        return promise.waits
    since = (on - promise.last_on).days
    return promise.is_due(on) and since <= _LATEST[promise.interval]


def _payout_back(line: Seen, known: Known) -> Decision:
    """Decide about money that we sent and that came back."""
    left = [one for one in known.outgoing if one.has_left and one.kind == "payout"]
    named = [one for one in left if one.key and one.key in line.keys]
    found = named or [one for one in left if line.payer and one.payer == line.payer]
    fitting = [one for one in found if one.amount == line.amount]
    if len(fitting) != 1:
        return Decision(question="came_back")
    part = Part("payout_back", fitting[0].numbers, line.amount)
    return Decision((part,), 98 if named else 92, "payout_came_back")


def _outgoing(line: Seen, known: Known) -> Decision:
    amount = -line.amount
    if line.is_return:
        return _gift_back(line, known)
    named = [one for one in known.outgoing if one.key and one.key in line.keys and not one.run]
    if named:
        fits = len(named) == 1 and named[0].amount == amount
        return _left(line, named[0], 100, "payout") if fits else Decision(question="went_out")
    whole = _whole_run(line, known)
    if whole:
        return whole
    fitting = [
        one
        for one in known.outgoing
        if line.payer and one.payer == line.payer and one.amount == amount and _may_leave(one, line)
    ]
    if len(fitting) == 1:
        reason: Reason = "payout_account" if fitting[0].kind == "payout" else "sent_back"
        return _left(line, fitting[0], 95, reason)
    if fitting:
        return Decision(question="several")
    if line.is_fee and not line.payer:
        return Decision((Part("own", (), line.amount),), 95, "bank_fee")
    runs = [one for one in known.outgoing if one.run]
    if len(runs) == 1 and not line.payer and amount > _largest_of(runs[0], known):
        return Decision(question="run_differs", about=(runs[0].run,))
    return Decision(question="went_out")


def _whole_run(line: Seen, known: Known) -> Decision | None:
    """Decide about a line that is a whole pay run: it has its key, or its sum and no other side."""
    runs = [one for one in known.outgoing if one.run]
    named = [one for one in runs if one.key in line.keys]
    fitting = [one for one in named or runs if one.amount == -line.amount]
    if named and not fitting:
        return Decision(question="run_differs", about=(named[0].run,))
    if len(fitting) != 1 or (line.payer and not named):
        return None
    part = Part("payout", fitting[0].numbers, line.amount)
    return Decision((part,), 100 if named else 92, "pay_run")


def _largest_of(run: Outgoing, known: Known) -> int:
    """Return the largest single payment of a run; what is smaller is hardly the run."""
    single = [
        one.amount for one in known.outgoing if not one.run and set(one.numbers) <= set(run.numbers)
    ]
    return max(single, default=0)


def _may_leave(one: Outgoing, line: Seen) -> bool:
    if not one.has_left:
        return True
    return one.unseen_on is not None and abs((line.on - one.unseen_on).days) <= BY_HAND_DAYS


def _left(line: Seen, one: Outgoing, certainty: int, reason: Reason) -> Decision:
    if one.has_left and one.unseen_on is None:
        return Decision(question="went_out")
    part = Part(one.kind, one.numbers, line.amount, is_confirmed=one.has_left)
    return Decision((part,), certainty, reason)


def _gift_back(line: Seen, known: Known) -> Decision:
    """Decide about a gift that the bank took back."""
    fitting = [
        one.charge
        for one in known.given
        if one.amount == -line.amount
        and one.payer
        and one.payer == line.payer
        and 0 <= (line.on - one.on).days <= _TAKEN_BACK_DAYS
    ]
    if len(fitting) != 1:
        return Decision(question="came_back")
    return Decision((Part("gift_back", (fitting[0],), line.amount),), 92, "came_back")


def _ask(question: Question, *about: Promise | int) -> Decision:
    numbers = (one.number if isinstance(one, Promise) else one for one in about)
    return Decision(question=question, about=tuple(numbers))
