"""Tiles have the addresses and the contents that C2SP tlog-tiles describes."""

from __future__ import annotations

import pytest

from commonweal.transparency.rules import tree
from commonweal.transparency.rules.tiles import (
    WIDTH,
    Edge,
    Tile,
    bundle,
    nodes,
    tile_root,
    tiles_of,
)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "0/000"),
        (Tile(0, 5), "0/005"),
        (Tile(0, 1234067), "0/x001/x234/067"),
        (Tile(1, 273, 112), "1/273.p/112"),
        (Tile(None, 1000, 1), "entries/x001/000.p/1"),
        (Tile(63, 0, 255), "63/000.p/255"),
    ],
)
def test_a_tile_has_one_address(tile, path):
    assert tile.path == path
    assert Tile.at(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "", "0", "0/", "0/1", "0/0000", "0/000.p/0", "0/000.p/256", "0/000.p/01", "0/000.p/257",
        "64/000", "00/000", "-1/000", "0/x000/000", "0/001/000", "0/x1/000", "entries", "0/000/",
        "0/000.p/", "data/000", "0/٠٠٠", "0/000\n", "../000",
    ],
)  # fmt: skip
def test_nothing_else_is_an_address(path):
    with pytest.raises(ValueError, match="not the address of a tile"):
        Tile.at(path)


def test_a_tree_of_70000_has_these_tiles():
    tiles = tiles_of(70_000)

    assert len([one for one in tiles if one.level is None]) == 274
    assert len([one for one in tiles if one.level == 0]) == 274
    assert [one for one in tiles if one.level == 1] == [Tile(1, 0), Tile(1, 1, 17)]
    assert [one for one in tiles if one.level == 2] == [Tile(2, 0, 1)]
    assert all(one.size <= 70_000 for one in tiles)


def test_a_grown_tree_adds_only_what_is_new():
    assert tiles_of(70_000, beyond=69_990) == [Tile(None, 273, 112), Tile(0, 273, 112)]
    assert tiles_of(257, beyond=255) == [
        Tile(None, 0), Tile(None, 1, 1), Tile(0, 0), Tile(0, 1, 1), Tile(1, 0, 1),
    ]  # fmt: skip
    assert tiles_of(256, beyond=256) == []
    assert tiles_of(0) == []


def test_a_bundle_has_each_leaf_after_its_length():
    assert bundle([b"a", b"", b"x" * 258]) == b"\x00\x01a\x00\x00\x01\x02" + b"x" * 258


def test_whole_tiles_come_out_of_a_growing_tree_once():
    hashes = [tree.leaf_hash(n.to_bytes(4)) for n in range(70_000)]
    edge = Edge(0, [[]])

    grown = [tile for at in range(0, 70_000, 999) for tile in edge.grow(hashes[at : at + 999])]

    assert [(one.level, one.n) for one in grown if one.level == 1] == [(1, 0)]
    assert [one.n for one in grown if one.level == 0] == list(range(273))
    kept = {(one.level, one.n): one.data for one in grown}
    assert all(tile_root(kept[one.level, one.n]) == one.root for one in grown)
    partial = {
        (level, len(hashes) // WIDTH ** (level + 1)): row for level, row in enumerate(edge.rows)
    }
    of_tiles = nodes(lambda level, n: kept.get((level, n)) or b"".join(partial[level, n]))
    assert tree.root(70_000, of_tiles) == edge.root


def test_a_tile_that_is_too_short_is_not_read_past_its_end():
    with pytest.raises(ValueError, match="not as wide"):
        nodes(lambda _level, _n: b"\x00" * 32)(1, 0)
