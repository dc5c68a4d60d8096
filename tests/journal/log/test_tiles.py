"""Tiles and bundles: the files that a log is served as."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.log.register import Register
from writ.journal.log.codes import Refused
from writ.journal.log.merkle import CompactRange, leaf_hashes, node_hash
from writ.journal.log.tiles import (
    ENTRIES,
    Tile,
    TileReader,
    bundle_data,
    grown,
    parse_bundle,
    parse_path,
    parse_tile,
    tile_data,
    tiles_of,
)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(0, 1_000), "tile/0/x001/000"),
        (Tile(63, 5, 1), "tile/63/005.p/1"),
        (Tile(ENTRIES, 255, 255), "tile/entries/255.p/255"),
        (Tile(ENTRIES, 123_456), "tile/entries/x123/456"),
    ],
)
def test_a_path_and_back(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse_path(path) == tile


@given(st.integers(-1, 63), st.integers(0, 2**55), st.integers(1, 256))
def test_any_path_and_back(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert parse_path(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/entries/000/",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "checkpoint",
        "tile/0/" + "x999/" * 7 + "999",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
        "tile/0/" + "x999/" * 9_000 + "999",
    ],
)
def test_what_is_no_path(path: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_path(path)
    assert refused.value.code == "L106"


def test_the_example_of_the_specification() -> None:
    """A tree of 70,000, and one of 256 (tlog-tiles, *Partial Tiles*)."""
    tiles = [tile for tile in tiles_of(70_000) if tile.level != ENTRIES]
    full = [tile.level for tile in tiles if tile.width == 256]
    partial = [(tile.level, tile.width) for tile in tiles if tile.width < 256]
    assert (full.count(0), full.count(1), full.count(2)) == (273, 1, 0)
    assert partial == [(0, 112), (1, 17), (2, 1)]
    of_256 = [tile.path for tile in tiles_of(256)]
    assert of_256 == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]


def test_what_a_growth_completes() -> None:
    assert [tile.path for tile in grown(0, 0)] == []
    assert [tile.path for tile in grown(300, 300)] == []
    assert [tile.path for tile in grown(255, 257)] == [
        "tile/entries/000",
        "tile/entries/001.p/1",
        "tile/0/000",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
    ]
    # The tile above has one hash before and after: there is nothing to write.
    assert [tile.path for tile in grown(257, 258)] == ["tile/entries/001.p/2", "tile/0/001.p/2"]
    with pytest.raises(ValueError, match="does not grow"):
        grown(2, 1)


@settings(max_examples=100)
@given(st.integers(0, 200_000), st.integers(0, 3_000))
def test_a_growth_is_the_difference_of_all_tiles(old: int, more: int) -> None:
    assert set(grown(old, old + more)) == set(tiles_of(old + more)) - set(tiles_of(old))


REGISTER = Register([b"%d" % at for at in range(700)])


@settings(max_examples=40)
@given(st.integers(0, 700), st.integers(0, 700))
def test_a_log_is_read_from_its_tiles(old: int, size: int) -> None:
    old, size = sorted((old, size))
    files = {
        tile.path: tile_data(REGISTER.read, tile) for tile in tiles_of(size) if tile.level >= 0
    }
    read = TileReader(lambda tile: files[tile.path], size)
    assert CompactRange.of(read, size).root == REGISTER.root(size)
    for level, index in REGISTER.nodes:
        if (index + 1) << level <= size and index % 37 == 0:
            assert read(level, index) == REGISTER.nodes[level, index]


def test_nodes_that_a_log_has_not() -> None:
    read = TileReader(lambda tile: tile_data(REGISTER.read, tile), 300)
    for level, index in ((0, 300), (1, 150), (8, 1), (9, 0), (16, 0), (0, 512)):
        with pytest.raises(ValueError, match="no such node"):
            read(level, index)


def test_each_tile_is_fetched_once() -> None:
    fetched: list[str] = []

    def fetch(tile: Tile) -> bytes:
        fetched.append(tile.path)
        return tile_data(REGISTER.read, tile)

    read = TileReader(fetch, 700)
    for index in range(700):
        read(0, index)
    assert read(7, 3) == REGISTER.nodes[7, 3]
    assert fetched == ["tile/0/000", "tile/0/001", "tile/0/002.p/188"]


def test_a_tile_is_its_hashes() -> None:
    hashes = tuple(leaf_hashes([b"a", b"b"]))
    assert parse_tile(b"".join(hashes), 2) == hashes
    assert Register([b"a", b"b"]).tree.root == node_hash(*hashes)
    for data, width in ((b"", 1), (b"x" * 63, 2), (b"x" * 96, 2), (b"x" * 64, 256)):
        with pytest.raises(Refused) as refused:
            parse_tile(data, width)
        assert refused.value.code == "L106"


@settings(max_examples=50)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_and_back(entries: list[bytes]) -> None:
    data = bundle_data(entries)
    assert parse_bundle(data, len(entries)) == entries
    for wrong in (data[:-1], data + b"\0", data + b"\0\1"):
        with pytest.raises(Refused):
            parse_bundle(wrong, len(entries))
    with pytest.raises(Refused):
        parse_bundle(data, len(entries) + 1)


def test_the_limits_of_a_bundle() -> None:
    assert parse_bundle(bundle_data([b"x" * 65_535]), 1) == [b"x" * 65_535]
    for entries in ([], [b""] * 257, [b"x" * 65_536]):
        with pytest.raises(ValueError, match=r"at most|1 to 256"):
            bundle_data(entries)
