"""The tree as it stands in the database: whole tiles are rows, partial ones are put together."""

from __future__ import annotations

from functools import cache

from commonweal.transparency.models import Checkpoint, Key, Leaf, Tile
from commonweal.transparency.rules import notes
from commonweal.transparency.rules.tiles import WIDTH, Edge, nodes
from commonweal.transparency.rules.tree import Node


def size() -> int:
    """Return how many leaves there are; they are numbered from 0 without a gap."""
    last = Leaf.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def checkpoint() -> Checkpoint | None:
    """Return the newest checkpoint, with its cosignatures at hand."""
    return Checkpoint.objects.order_by("-size").first()


def verifier() -> notes.Verifier | None:
    """Return the public key in force, or None where the log has not begun."""
    text = Key.objects.order_by("-number").values_list("verifier", flat=True).first()
    return notes.Verifier.read(text) if text else None


def key_history() -> list[Key]:
    """Return every key this log had, the first one first."""
    return list(Key.objects.order_by("number"))


def hashes(level: int, n: int) -> bytes:
    """Return the bytes of a tile, as wide as the tree allows by now; b"" where there is none."""
    whole = Tile.objects.filter(level=level, n=n).values_list("data", flat=True).first()
    return bytes(whole) if whole else b"".join(_partial(level, n))


def node() -> Node:
    """Return the tree's nodes, reading each tile once."""
    return nodes(cache(hashes))


def right_edge() -> Edge:
    """Return the border along which the tree grows."""
    leaves = size()
    rows: list[list[bytes]] = []
    count = leaves
    while count or not rows:
        rows.append(_partial(len(rows), count // WIDTH) if count % WIDTH else [])
        count //= WIDTH
    return Edge(leaves, rows)


def _partial(level: int, n: int) -> list[bytes]:
    """Return the hashes of a tile from the rows below it."""
    first, last = n * WIDTH, (n + 1) * WIDTH - 1
    if level == 0:
        found = Leaf.objects.filter(position__range=(first, last)).order_by("position")
        return [bytes(one) for one in found.values_list("hash", flat=True)]
    below = Tile.objects.filter(level=level - 1, n__range=(first, last)).order_by("n")
    return [bytes(one) for one in below.values_list("root", flat=True)]
