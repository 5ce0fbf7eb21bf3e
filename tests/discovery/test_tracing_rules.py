"""Whatever comes and goes, every cent of a pot is told where it came from and where it went."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.discovery.rules.tracing import Movement, Part, Rest, follow, undone

STEPS = st.tuples(
    st.sampled_from(["comes", "goes", "over", "back", "back in part"]), st.integers(0, 1),
    st.integers(1, 400), st.sampled_from(["", "", "7", "8"]), st.integers(0, 50),
)  # fmt: skip


@dataclass
class Pot:
    """The lines of a pot: (amount, mark, the line it takes back or 0)."""

    overdrawn: bool
    lines: list[tuple[int, str, int]] = field(default_factory=list)

    def bears(self, amount: int) -> bool:
        """Whether the ledger would let this happen: only a pot with a past may be overdrawn."""
        return self.overdrawn or sum(line[0] for line in self.lines) + amount >= 0

    def left(self, seq: int, until: int | None = None) -> int:
        """Return what is left of a line after what took it back."""
        back = sum(line[0] for line in self.lines[:until] if line[2] == seq)
        return self.lines[seq - 1][0] + back

    def movements(self, since: int, until: int) -> list[Movement]:
        """Return what is left of lines, without those that take back."""
        numbers = [n for n in range(since, until + 1) if not self.lines[n - 1][2]]
        every = [(n, self.left(n, until), self.lines[n - 1][1]) for n in numbers]
        return [one for one in every if one[1]]


@dataclass
class Town:
    """Two pots, and gifts, expenses, transfers and what takes them back."""

    pots: tuple[Pot, Pot]
    moves: list[list[tuple[int, int]]] = field(default_factory=list)

    def step(self, kind: str, pot: int, amount: int, mark: str, which: int) -> None:
        """Write what happens, unless the ledger would refuse it."""
        if kind == "comes":
            self._write([(pot, amount, mark, 0)])
        elif kind == "goes":
            self._write([(pot, -amount, mark, 0)])
        elif kind == "over":
            self._write([(pot, -amount, mark, 0), (1 - pot, amount, mark, 0)])
        elif self.moves:
            most = amount if kind == "back in part" else 10**9
            self._take_back(self.moves[which % len(self.moves)], most)

    def _take_back(self, move: list[tuple[int, int]], most: int) -> None:
        legs = []
        for pot, seq in move:
            left = self.pots[pot].left(seq)
            part = max(-most, min(left, most))
            legs.append((pot, -part, self.pots[pot].lines[seq - 1][1], seq))
        if legs[0][1]:
            self._write(legs)

    def _write(self, legs: list[tuple[int, int, str, int]]) -> None:
        if not all(self.pots[pot].bears(amount) for pot, amount, *_ in legs):
            return
        for pot, amount, mark, back in legs:
            self.pots[pot].lines.append((amount, mark, back))
        if not legs[0][3]:
            self.moves.append([(pot, len(self.pots[pot].lines)) for pot, *_ in legs])


@dataclass
class Reader:
    """Follows a pot a few lines at a time."""

    pot: Pot
    seen: int = 0
    parts: list[Part] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)

    def reads(self, until: int) -> None:
        """Go on from the earliest line that news changes."""
        news = range(self.seen + 1, until + 1)
        since = min([self.pot.lines[n - 1][2] or n for n in news], default=until + 1)
        gone = [one for one in self.parts if max(one[:2]) >= since]
        marks = {n: line[1] for n, line in enumerate(self.pot.lines, 1)}
        before = undone(self.rests, gone, marks, since=since)
        made, self.rests = follow(self.pot.movements(since, until), before)
        self.parts = [one for one in self.parts if one not in gone] + made
        self.seen = until


def explained(pot: Pot, parts: list[Part], rests: list[Rest]) -> None:
    """Check that each line is the sum of its parts and of what is open, and nothing is negative."""
    gave, took = defaultdict(int), defaultdict(int)
    for lot, use, amount in parts:
        assert amount > 0
        gave[lot] += amount
        took[use] += amount
    left = {seq: amount for seq, amount, _ in rests}
    for seq, amount, _ in pot.movements(1, len(pot.lines)):
        assert amount == gave[seq] - took[seq] + left.get(seq, 0)
        assert not (gave[seq] and took[seq])
    assert sum(left.values()) == sum(line[0] for line in pot.lines)
    assert len({amount > 0 for amount in left.values()}) <= 1


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(STEPS, st.booleans()), min_size=3, max_size=40), st.booleans())
def test_every_cent_is_explained_and_a_few_at_a_time_end_where_all_at_once_do(steps, overdrawn):
    town = Town((Pot(overdrawn), Pot(overdrawn)))
    readers = [Reader(pot) for pot in town.pots]
    for step, reads in steps:
        town.step(*step)
        for reader in readers if reads else ():
            reader.reads(len(reader.pot.lines))
            parts, rests = follow(reader.pot.movements(1, reader.seen))
            explained(reader.pot, parts, rests)
            assert (sorted(reader.parts), reader.rests) == (sorted(parts), rests)


def test_first_in_is_first_out():
    parts, rests = follow([(1, 20, ""), (2, 30, ""), (3, -25, ""), (4, -5, "")])

    assert parts == [(1, 3, 20), (2, 3, 5), (2, 4, 5)]
    assert rests == [(2, 20, "")]


def test_a_gift_for_a_purpose_pays_it_first_and_anything_else_last():
    gifts = [(1, 10, "party"), (2, 10, ""), (3, 10, "oven")]

    parts, _ = follow([*gifts, (4, -15, "oven"), (5, -10, ""), (6, -5, "")])

    assert parts == [(3, 4, 10), (2, 4, 5), (2, 5, 5), (1, 5, 5), (1, 6, 5)]


def test_what_was_paid_before_the_money_came_is_covered_by_what_comes_next():
    parts, rests = follow([(1, -10, ""), (2, 4, ""), (3, 8, "")])

    assert parts == [(2, 1, 4), (3, 1, 6)]
    assert rests == [(3, 2, "")]


def test_a_gift_taken_back_after_it_was_spent_leaves_its_place_to_the_next():
    pot = Pot(overdrawn=False, lines=[(10, "", 0), (-10, "", 0), (10, "", 0)])
    reader = Reader(pot)
    reader.reads(3)
    assert reader.parts == [(1, 2, 10)]

    pot.lines.append((-4, "", 1))
    reader.reads(4)

    assert reader.parts == [(1, 2, 6), (3, 2, 4)]
    assert reader.rests == [(3, 6, "")]


def test_what_covered_an_earlier_payment_and_went_back_leaves_it_uncovered_again():
    pot = Pot(overdrawn=True, lines=[(-10, "", 0), (10, "", 0)])
    reader = Reader(pot)
    reader.reads(2)
    assert reader.parts == [(2, 1, 10)]

    pot.lines.append((-4, "", 2))
    reader.reads(3)

    assert (reader.parts, reader.rests) == ([(2, 1, 6)], [(1, -4, "")])
