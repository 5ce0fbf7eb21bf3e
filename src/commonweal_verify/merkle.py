"""The tree of RFC 9162, section 2.1, as a verifier needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256


def leaf_hash(body: bytes) -> bytes:
    """Return SHA-256 of a zero byte and the leaf."""
    return sha256(b"\0" + body).digest()


def parent(left: bytes, right: bytes) -> bytes:
    """Return SHA-256 of a one byte and both hashes."""
    return sha256(b"\1" + left + right).digest()


@dataclass
class Frontier:
    """A growing tree, kept as the roots of its perfect subtrees, the largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add a leaf by its hash: each trailing one bit of the size is a peak it merges with."""
        size = self.size
        while size & 1:
            leaf = parent(self.peaks.pop(), leaf)
            size >>= 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self.peaks:
            return sha256(b"").digest()
        above = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            above = parent(peak, above)
        return above


def root_by_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that an inclusion proof leads to, or None for no proof (section 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    node, last, above = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            above = parent(sibling, above)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            above = parent(above, sibling)
        node, last = node >> 1, last >> 1
    return above if last == 0 else None
