"""Whether the log is right: invariants 11 to 16 of `docs/concepts/ledger.md`, leaf by leaf.

It reads each leaf once, in batches, beside the books that it was made of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from commonweal.ledger.models import Sequencer
from commonweal.ledger.queries import Discrepancy
from commonweal.transparency.models import Checkpoint, Leaf, Tile
from commonweal.transparency.queries.trees import key_history
from commonweal.transparency.queries.written import Written, written
from commonweal.transparency.rules import leaves, notes, tree
from commonweal.transparency.rules.tiles import Edge, Grown

BATCH = 1000
MOST_EXAMPLES = 5

_SENTENCES = {
    11: "Every transaction that has its place has one leaf, numbered from 0 without a gap.",
    12: "A leaf is what the books say, byte for byte, and its hash is that of its bytes.",
    13: "Each checkpoint has the root of the leaves before it, and is signed by a key of the log.",
    14: "At each checkpoint the lines of every guarded account are exactly 1 to k.",
    16: "No private value stands in a leaf.",
}


def discrepancies() -> list[Discrepancy]:
    """Return each invariant that does not hold, with the first leaves that break it."""
    reading = _Reading()
    reading.read()
    return [
        Discrepancy(invariant, _SENTENCES[invariant], examples[:MOST_EXAMPLES])
        for invariant, examples in sorted(reading.found.items())
    ]


@dataclass
class _Reading:
    """One pass over the log: the tree so far, and how far each statement has come."""

    edge: Edge = field(default_factory=lambda: Edge(0, [[]]))
    found: dict[int, list[str]] = field(default_factory=dict)
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)
    unfinished: set[str] = field(default_factory=set)

    def read(self) -> None:
        heads = {one.size: one for one in Checkpoint.objects.order_by("size")}
        keys = [notes.Verifier.read(one.verifier) for one in key_history()]
        placed = Sequencer.objects.get().next_position
        for batch in _batches():
            self._compare(batch, written(self.edge.size, self.edge.size + len(batch)))
            for leaf in batch:
                self._take(leaf)
                if head := heads.pop(self.edge.size, None):
                    self._hold(head, keys)
        if self.edge.size > placed or heads:
            self._note(11, f"{self.edge.size} leaves, {placed} places, and checkpoints {[*heads]}")

    def _compare(self, batch: list[Leaf], books: list[Written]) -> None:
        if len(batch) != len(books):
            self._note(
                12, f"after {self.edge.size}: {len(batch)} leaves, {len(books)} in the books"
            )
        for leaf, one in zip(batch, books, strict=False):
            logged, known = json.loads(bytes(leaf.body)), json.loads(leaves.body(one.record))
            commitments = logged["c"]
            logged["c"] = {name: text for name, text in commitments.items() if name in one.facts}
            if logged != known:
                self._note(12, f"leaf {leaf.position}")
            told = set(_texts({**logged, "c": None}))
            if told & {value for _salt, value in one.facts.values()}:
                self._note(16, f"leaf {leaf.position}")

    def _take(self, leaf: Leaf) -> None:
        if leaf.position != self.edge.size:
            self._note(11, f"leaf {leaf.position} follows {self.edge.size - 1}")
        body = bytes(leaf.body)
        found = tree.leaf_hash(body)
        if found != bytes(leaf.hash):
            self._note(12, f"leaf {leaf.position} has another hash")
        for grown in self.edge.grow([found]):
            self._hold_tile(grown)
        for account, seq in _numbered(json.loads(body)):
            last, many = self.lines.get(account, (0, 0))
            last, many = max(last, seq), many + 1
            self.lines[account] = last, many
            (self.unfinished.discard if last == many else self.unfinished.add)(account)

    def _hold_tile(self, grown: Grown) -> None:
        stored = Tile.objects.filter(level=grown.level, n=grown.n).first()
        kept = (bytes(stored.data), bytes(stored.root)) if stored else None
        if kept != (grown.data, grown.root):
            self._note(13, f"tile {grown.level}/{grown.n}")

    def _hold(self, head: Checkpoint, keys: list[notes.Verifier]) -> None:
        note = notes.Note.read(head.note)
        said = notes.Checkpoint.read(note.text)
        is_right = (said.size, said.root) == (head.size, self.edge.root) and said.root == bytes(
            head.root
        )
        if not is_right or not any(note.signed_by(key) for key in keys):
            self._note(13, f"checkpoint of {head.size}")
        for account in sorted(self.unfinished):
            self._note(14, f"{account} at the checkpoint of {head.size}")

    def _note(self, invariant: int, example: str) -> None:
        self.found.setdefault(invariant, []).append(example)


def _batches() -> Iterator[list[Leaf]]:
    start = -1
    while batch := list(Leaf.objects.filter(position__gt=start).order_by("position")[:BATCH]):
        yield batch
        start = batch[-1].position


def _numbered(leaf: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Return the guarded accounts of a leaf with the number of their line."""
    for account, _kind, _amount, *rest in leaf["p"]:
        if rest:
            yield account, rest[0]


def _texts(value: object) -> Iterator[str]:
    """Return every text within a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
