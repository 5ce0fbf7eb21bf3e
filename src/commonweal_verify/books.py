"""Keeping the books again, from nothing but the leaves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from commonweal_verify.leaves import FEES, Leaf, Line
from commonweal_verify.problems import Wrong

GIVEN = {1, 8}  # contribution, opening balance
REFUND = 6
TWO_WAYS = {7, 11, 12, 13}  # transfer, conversion, correction, loss borne by the host
FUNDS = "funds"
_LEAST_LINES = 2


@dataclass
class Statement:
    """A guarded account: its last line, and lines that came before the one they follow."""

    seq: int = 0
    balance: int = 0
    floor: int = 0
    waiting: dict[int, tuple[int, int, int, bool]] = field(default_factory=dict)


@dataclass
class Total:
    """What was raised and spent by a group, or by all: a gift counts whole, its fees are spent."""

    raised: int = 0
    spent: int = 0

    def add(self, kind: int, amount: int) -> None:
        """Add a movement: what is given back is less raised, what comes back is less spent."""
        comes_in = amount > 0
        if kind in GIVEN or (kind in TWO_WAYS and comes_in) or (kind == REFUND and not comes_in):
            self.raised += amount
        else:
            self.spent -= amount


@dataclass
class Books:
    """What follows from the leaves so far."""

    entries: int = 0
    statements: dict[str, Statement] = field(default_factory=lambda: defaultdict(Statement))
    groups: dict[str, Total] = field(default_factory=lambda: defaultdict(Total))
    platform: dict[str, Total] = field(default_factory=lambda: defaultdict(Total))

    def add(self, index: int, leaf: Leaf) -> None:
        """Enter a transaction; raises `Wrong` where it does not follow from those before it."""
        sums: dict[str, int] = defaultdict(int)
        for line in leaf.lines:
            sums[line.currency] += line.amount
        accounts = {line.account for line in leaf.lines}
        if len(leaf.lines) < _LEAST_LINES or len(accounts) != len(leaf.lines):
            raise Wrong("lines", "it has too few lines, or an account twice.", index)
        if any(sums.values()) or not all(line.amount for line in leaf.lines):
            raise Wrong("sum", "its amounts do not add up to zero.", index)
        for line in leaf.lines:
            if line.seq is not None:
                self._enter(index, line, brought=leaf.is_brought)
        self._total(leaf)
        self.entries += len(leaf.lines)

    def finish(self) -> None:
        """Check that no statement lacks a line, as it must not where a checkpoint was signed."""
        late = [
            (index, account, seq)
            for account, one in self.statements.items()
            for seq, (index, *_rest) in one.waiting.items()
        ]
        if late:
            index, account, seq = min(late)
            there = self.statements[account].seq
            raise Wrong(
                "gap", f"it has line {seq} of {account}, of which line {there + 1} is nowhere.",
                index,
            )  # fmt: skip

    def _enter(self, index: int, line: Line, *, brought: bool) -> None:
        """Take a line into its statement, and those that waited for it: order is by `seq`."""
        one = self.statements[line.account]
        seq, balance = line.seq or 0, line.balance or 0
        if seq <= one.seq or seq in one.waiting:
            raise Wrong("twice", f"line {seq} of {line.account} was there already.", index)
        one.waiting[seq] = (index, line.amount, balance, brought)
        while (one.seq + 1) in one.waiting:
            at, amount, after, is_brought = one.waiting.pop(one.seq + 1)
            if after != one.balance + amount:
                raise Wrong(
                    "balance",
                    f"{line.account} held {one.balance}; with {amount} that is not {after}.",
                    at,
                )
            if is_brought:
                one.floor = min(one.floor, after)
            elif after < one.floor and amount < 0:
                raise Wrong("overdrawn", f"{line.account} paid more than it held.", at)
            one.seq, one.balance = one.seq + 1, after

    def _total(self, leaf: Leaf) -> None:
        """Add what moved in groups' funds; fees belong to the first of them in each currency.

        For all groups together only the net of a leaf counts: what moved between them does not.
        """
        fees: dict[str, list[Line]] = defaultdict(list)
        net: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for line in leaf.lines:
            if line.kind in FEES:
                fees[line.currency].append(line)
        for line in leaf.lines:
            if line.purpose != FUNDS:
                continue
            kept = fees.pop(line.currency, [])
            moved = [(leaf.kind, line.amount + sum(fee.amount for fee in kept))]
            moved += [(fee.kind, -fee.amount) for fee in kept]
            for kind, amount in moved:
                self.groups[f"{line.party}:{line.currency}"].add(kind, amount)
                net[line.currency][kind] += amount
        self._total_of_all(net)

    def _total_of_all(self, net: dict[str, dict[int, int]]) -> None:
        for currency, kinds in net.items():
            if sum(kinds.values()):  # else it only moved money between groups
                for kind, amount in kinds.items():
                    self.platform[currency].add(kind, amount)

    def to_json(self) -> dict[str, Any]:
        """Return all of it, to be remembered."""
        return {
            "entries": self.entries,
            "statements": {
                name: [one.seq, one.balance, one.floor, list(one.waiting.items())]
                for name, one in self.statements.items()
            },
            "groups": {name: [one.raised, one.spent] for name, one in self.groups.items()},
            "platform": {name: [one.raised, one.spent] for name, one in self.platform.items()},
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Books:
        """Return what `to_json` remembered."""
        books = cls(entries=found["entries"])
        for name, (seq, balance, floor, waiting) in found["statements"].items():
            late = {number: tuple(row) for number, row in waiting}
            books.statements[name] = Statement(seq, balance, floor, late)
        books.groups.update((name, Total(*one)) for name, one in found["groups"].items())
        books.platform.update((name, Total(*one)) for name, one in found["platform"].items())
        return books
