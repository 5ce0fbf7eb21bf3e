"""Tiles of the tree, as C2SP tlog-tiles lays them out: 256 hashes each, in eight levels' steps.

A tile at `level` holds hashes of perfect subtrees of 256^level leaves. A partial tile, at the right
edge of a tree, holds the first `width` of them. A bundle holds 256 leaves in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from commonweal.transparency.rules.tree import HASH_BYTES, Node, node_hash, root

HEIGHT = 8
WIDTH = 1 << HEIGHT
LONGEST_LEAF = 0xFFFF
_PATH = re.compile(r"(?:(entries)|(\d{1,2}))/((?:x\d{3}/)*)(\d{3})(?:\.p/([1-9]\d{0,2}))?")
_HIGHEST_LEVEL = 63

type Hashes = Callable[[int, int], bytes]


@dataclass(frozen=True, order=True)
class Tile:
    """Which tile: `level` None means a bundle of leaves; `width` hashes or leaves are in it."""

    level: int | None
    n: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Return its address below `tile/`, such as `0/x001/234` or `entries/067.p/5`."""
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"{level}/{_grouped(self.n)}{partial}"

    @classmethod
    def at(cls, path: str) -> Tile:
        """Return the tile of an address; raises `ValueError` where it is none."""
        match = _PATH.fullmatch(path)
        if not match:
            raise ValueError("this is not the address of a tile")
        entries, level, before, last, width = match.groups()
        tile = cls(
            level=None if entries else int(level),
            n=int(before.replace("x", "").replace("/", "") + last),
            width=int(width) if width else WIDTH,
        )
        if tile.path != path or (tile.level or 0) > _HIGHEST_LEVEL or tile.width > WIDTH:
            raise ValueError("this is not the address of a tile")
        return tile

    @property
    def size(self) -> int:
        """Return the least number of leaves a tree has in which this tile is whole."""
        return (self.n * WIDTH + self.width) << HEIGHT * (self.level or 0)


def tiles_of(size: int, *, beyond: int = 0) -> list[Tile]:
    """Return the tiles and bundles of a tree of `size` that one of `beyond` leaves did not have.

    Lower levels come first, so that who publishes them in order never refers to what is not there.
    """
    tiles = []
    for level in (None, *range(max(1, -(-size.bit_length() // HEIGHT)))):
        step = HEIGHT * (level or 0)
        had, has = beyond >> step, size >> step
        whole = range(had // WIDTH, has // WIDTH)
        tiles += [Tile(level, n) for n in whole]
        if has % WIDTH and has != had:
            tiles.append(Tile(level, has // WIDTH, has % WIDTH))
    return tiles


def bundle(bodies: Iterable[bytes]) -> bytes:
    """Return leaves as a bundle holds them: each after its length in two bytes, big-endian."""
    return b"".join(len(body).to_bytes(2) + body for body in bodies)


def tile_root(data: bytes) -> bytes:
    """Return the hash above all 256 hashes of a whole tile."""
    return _above(data, HEIGHT, 0)


def nodes(hashes: Hashes) -> Node:
    """Return the nodes of a tree whose tiles' bytes `hashes(level, n)` returns."""

    def node(height: int, n: int) -> bytes:
        level, rest = divmod(height, HEIGHT)
        first = n << rest
        data = hashes(level, first // WIDTH)
        return _above(data, rest, first % WIDTH)

    return node


def _above(data: bytes, height: int, first: int) -> bytes:
    row = [_hash(data, first + n) for n in range(1 << height)]
    while len(row) > 1:
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def _hash(data: bytes, n: int) -> bytes:
    found = data[n * HASH_BYTES : (n + 1) * HASH_BYTES]
    if len(found) != HASH_BYTES:
        raise ValueError("this tile is not as wide as its tree needs")
    return found


def _grouped(n: int) -> str:
    """Return a number in groups of three digits, all but the last after an x."""
    groups = [f"{n % 1000:03}"]
    while n := n // 1000:
        groups.append(f"x{n % 1000:03}")
    return "/".join(reversed(groups))


@dataclass(frozen=True)
class Grown:
    """What a growing tree adds: whole tiles, as (level, n, data, hash above)."""

    level: int
    n: int
    data: bytes
    root: bytes


@dataclass
class Edge:
    """The border along which a tree grows: the hashes in each level's last, partial tile."""

    size: int
    rows: list[list[bytes]]

    def grow(self, hashes: Iterable[bytes]) -> list[Grown]:
        """Add leaves by their hashes; return the tiles that became whole, lower levels first."""
        added = list(hashes)
        firsts = [self.size >> HEIGHT * level for level in range(len(self.rows) + 1)]
        self.size += len(added)
        grown: list[Grown] = []
        level = 0
        while added:
            if level == len(self.rows):
                self.rows.append([])
            row = self.rows[level] + added
            start = (firsts[level] if level < len(firsts) else 0) // WIDTH
            whole = len(row) // WIDTH
            added = []
            for n in range(whole):
                data = b"".join(row[n * WIDTH : (n + 1) * WIDTH])
                above = tile_root(data)
                grown.append(Grown(level, start + n, data, above))
                added.append(above)
            self.rows[level] = row[whole * WIDTH :]
            level += 1
        return grown

    @property
    def root(self) -> bytes:
        """Return the root of the tree, all of whose perfect parts end in the border."""
        return root(self.size, nodes(lambda level, _n: b"".join(self.rows[level])))
