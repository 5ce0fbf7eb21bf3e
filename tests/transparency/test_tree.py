"""The tree agrees with the definition of RFC 9162, and so do all of its proofs."""

from __future__ import annotations

import random
from functools import cache
from hashlib import sha256

import pytest

from commonweal.transparency.rules import tree
from commonweal.transparency.rules.tiles import WIDTH, Edge, nodes

BODIES = [f"leaf {n}".encode() for n in range(700)]
HASHES = [tree.leaf_hash(body) for body in BODIES]
AROUND_POWERS = [1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 255, 256, 257, 511, 512, 513, 600]
# The eight leaves that certificate transparency's implementations share, and their roots.
REFERENCE_LEAVES = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
REFERENCE_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@cache
def naive_root(low: int, high: int) -> bytes:
    """Section 2.1.1, word for word."""
    if low == high:
        return sha256(b"").digest()
    if high - low == 1:
        return sha256(b"\x00" + BODIES[low]).digest()
    split = 1
    while split * 2 < high - low:
        split *= 2
    left, right = naive_root(low, low + split), naive_root(low + split, high)
    return sha256(b"\x01" + left + right).digest()


def naive_path(index: int, low: int, high: int) -> list[bytes]:
    """Section 2.1.3.1, word for word."""
    if high - low == 1:
        return []
    split = 1
    while split * 2 < high - low:
        split *= 2
    if index < split:
        return [*naive_path(index, low, low + split), naive_root(low + split, high)]
    return [*naive_path(index - split, low + split, high), naive_root(low, low + split)]


def node(height: int, n: int) -> bytes:
    return naive_root(n << height, (n + 1) << height)


def tile_bytes(level: int, n: int) -> bytes:
    step = WIDTH**level
    last = min((n + 1) * WIDTH, len(BODIES) // step)
    return b"".join(naive_root(one * step, (one + 1) * step) for one in range(n * WIDTH, last))


def test_roots_are_the_reference_ones():
    hashes = [tree.leaf_hash(bytes.fromhex(leaf)) for leaf in REFERENCE_LEAVES]

    for size, root in enumerate(REFERENCE_ROOTS):
        edge = Edge(0, [[]])
        edge.grow(hashes[:size])
        assert edge.root.hex() == root


@pytest.mark.parametrize("size", range(601))
def test_the_root_of_every_size_follows_the_definition(size):
    edge = Edge(0, [[]])
    chance = random.Random(size)
    rest = HASHES[:size]
    while rest:  # in batches of any size
        several = chance.randint(1, 300)
        edge.grow(rest[:several])
        rest = rest[several:]

    assert edge.root == naive_root(0, size)
    assert tree.root(size, nodes(tile_bytes)) == naive_root(0, size)


@pytest.mark.parametrize("size", AROUND_POWERS)
def test_inclusion_proofs_follow_the_definition(size):
    of_tiles = nodes(tile_bytes)

    for index in range(size):
        assert tree.inclusion(index, size, of_tiles) == naive_path(index, 0, size)


@pytest.mark.parametrize("new", AROUND_POWERS)
def test_consistency_is_proved_from_every_smaller_tree(new):
    for old in range(1, new + 1):
        proof = tree.consistency(old, new, node)

        assert tree.is_consistent(old, naive_root(0, old), new, naive_root(0, new), proof)


@pytest.mark.parametrize(("old", "new"), [(1, 8), (6, 8), (3, 7), (64, 65), (255, 600), (256, 600)])
def test_a_proof_with_any_bit_changed_is_refused(old, new):
    proof = tree.consistency(old, new, node)
    roots = naive_root(0, old), naive_root(0, new)

    for at, one in enumerate(proof):
        for bit in (0, 100, 255):
            changed = (int.from_bytes(one) ^ 1 << bit).to_bytes(32)
            wrong = [*proof[:at], changed, *proof[at + 1 :]]
            assert not tree.is_consistent(old, roots[0], new, roots[1], wrong)
    assert not tree.is_consistent(old, roots[0], new, roots[1], proof[:-1])
    assert not tree.is_consistent(old, roots[0], new, roots[1], [*proof, proof[0]])
    assert not tree.is_consistent(old, roots[1], new, roots[1], proof)
    assert not tree.is_consistent(old, roots[0], new, roots[0], proof)
    assert not tree.is_consistent(new, roots[1], old, roots[0], proof)


def test_the_same_tree_is_consistent_with_itself_alone():
    root = naive_root(0, 5)

    assert tree.is_consistent(5, root, 5, root, [])
    assert not tree.is_consistent(5, root, 5, root, [root])
    assert not tree.is_consistent(5, root, 5, naive_root(0, 6), [])
    assert not tree.is_consistent(0, tree.EMPTY_ROOT, 5, root, [])


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_there_is_no_proof_of_what_is_not_in_the_tree(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        tree.inclusion(index, size, node)


def test_there_is_no_proof_that_a_tree_shrank():
    with pytest.raises(ValueError, match="does not follow"):
        tree.consistency(5, 4, node)
