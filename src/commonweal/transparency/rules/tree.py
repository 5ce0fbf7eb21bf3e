"""The Merkle tree of RFC 9162, section 2.1: its hashes, its roots and its proofs.

A `Node` answers with the hash of a perfect subtree: `node(height, n)` covers the 2^height leaves
from n · 2^height on. All that follows is computed from such nodes, wherever they are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from hashlib import sha256

type Node = Callable[[int, int], bytes]
type Span = tuple[int, int]

EMPTY_ROOT = sha256(b"").digest()
HASH_BYTES = 32


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of a leaf (section 2.1.1)."""
    return sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others (section 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def root(size: int, node: Node) -> bytes:
    """Return the root of the first `size` leaves."""
    return _span_hash((0, size), node) if size else EMPTY_ROOT


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """Return the proof that leaf `index` is in the tree of `size` leaves (section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    return [_span_hash(span, node) for span in _path(index, (0, size))]


def consistency(old: int, new: int, node: Node) -> list[bytes]:
    """Return the proof that the tree of `new` leaves starts with that of `old` (2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {new} leaves does not follow one of {old}")
    return [_span_hash(span, node) for span in _subproof(old, (0, new), whole=True)]


def is_consistent(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether `proof` shows that the newer tree starts with the older (section 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    nodes = iter(proof)
    try:
        roots = _folded(old, (0, new), nodes, old_root)
    except StopIteration:
        return False
    return roots == (old_root, new_root) and not list(nodes)


def perfect_parts(size: int) -> Iterator[Span]:
    """Return the perfect subtrees, as (height, n), that `size` leaves are made of, largest first.

    There is one for each bit of `size`.
    """
    start = 0
    for height in reversed(range(size.bit_length())):
        if size >> height & 1:
            yield height, start >> height
            start += 1 << height


def _span_hash(span: Span, node: Node) -> bytes:
    """Return the hash over leaves `low` to `high`; `low` is where a subtree of that size starts."""
    low, high = span
    parts = [node(height, (low >> height) + n) for height, n in perfect_parts(high - low)]
    return reduce(lambda right, left: node_hash(left, right), reversed(parts))


def _split(span: Span) -> tuple[Span, Span]:
    """Split at the largest power of two below the number of leaves, as section 2.1.1 does."""
    low, high = span
    middle = low + (1 << (high - low - 1).bit_length() - 1)
    return (low, middle), (middle, high)


def _path(index: int, span: Span) -> list[Span]:
    if span[1] - span[0] == 1:
        return []
    left, right = _split(span)
    if index < left[1]:
        return [*_path(index, left), right]
    return [*_path(index, right), left]


def _subproof(old: int, span: Span, *, whole: bool) -> list[Span]:
    """Follow the border of the older tree down; `whole` while the verifier knows its root."""
    if old == span[1]:
        return [] if whole else [span]
    left, right = _split(span)
    if old <= left[1]:
        return [*_subproof(old, left, whole=whole), right]
    return [*_subproof(old, right, whole=False), left]


def _folded(old: int, span: Span, proof: Iterator[bytes], known: bytes) -> tuple[bytes, bytes]:
    """Return the roots of the older and of the newer tree that a proof leads to.

    It walks as `_subproof` did. `known` is the older root, which the proof leaves out where the
    older tree is a whole subtree of the newer, or b"".
    """
    if old == span[1]:
        found = known or next(proof)
        return found, found
    left, right = _split(span)
    if old <= left[1]:
        of_old, of_new = _folded(old, left, proof, known)
        return of_old, node_hash(of_new, next(proof))
    of_old, of_new = _folded(old, right, proof, b"")
    before = next(proof)
    return node_hash(before, of_old), node_hash(before, of_new)
