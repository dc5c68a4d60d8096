"""Tiles and bundles of entries: the static files that a log is served as (C2SP tlog-tiles).

A tile has 256 hashes of one level, a *partial* one the first 1 to 255 of them. Tiles of level L have the nodes of
the level 8 L of the tree; what lies between is hashed anew from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from writ.journal.log.codes import Refused
from writ.journal.log.fields import MOST
from writ.journal.log.merkle import HASH_SIZE, Reader, paired

WIDTH = 256
"""Hashes of a full tile, entries of a full bundle."""
ENTRIES = -1
"""The level that stands for bundles of entries."""
LONGEST_ENTRY = 65_535

_PATH = re.compile(r"tile/(entries|\d{1,2})/((?:x\d{3}/){0,6}\d{3})(?:\.p/(\d{1,3}))?", re.ASCII)


class Tile(msgspec.Struct, frozen=True, order=True):
    """One tile, or with the level `ENTRIES` one bundle of entries; `width` is what of it there is."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is served, beneath the prefix of the log (tlog-tiles, *Merkle Tree*)."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        figures = str(self.index)
        figures = figures.zfill(-(-len(figures) // 3) * 3)
        parts = [figures[at : at + 3] for at in range(0, len(figures), 3)]
        place = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
        return f"tile/{level}/{place}" + (f".p/{self.width}" if self.width < WIDTH else "")


def parse_path(path: str) -> Tile:
    """The tile that is served at `path`, which no other path is the path of.

    Raises:
        Refused: none is (L106).
    """
    found = _PATH.fullmatch(path)
    if found is not None:
        level = ENTRIES if found[1] == "entries" else int(found[1])
        index = int(found[2].replace("x", "").replace("/", ""))
        tile = Tile(level, index, int(found[3] or WIDTH))
        if level < 64 and index <= MOST and 0 < tile.width <= WIDTH and tile.path == path:
            return tile
    raise Refused("L106", f"`{path[:80]}` is the path of no tile")


def tiles_of(size: int) -> list[Tile]:
    """Every tile and bundle of a log of so many entries, partial ones included."""
    return grown(0, size)


def grown(old: int, size: int) -> list[Tile]:
    """The tiles and bundles to write when a log grows from `old` to `size` entries: completed or longer than before.

    Bundles first, then levels upwards, so that whoever writes them in this order never has a tile above a gap.
    """
    if not 0 <= old <= size <= MOST:
        raise ValueError(f"a log of {old:,} entries does not grow into one of {size:,}")
    found = []
    for level in range(ENTRIES, 64):
        shift = 8 * max(level, 0)
        before, now = old >> shift, size >> shift
        if not now:
            break
        for index in range(before // WIDTH, -(-now // WIDTH)):
            width = min(now - index * WIDTH, WIDTH)
            if index * WIDTH + width > before:
                found.append(Tile(level, index, width))
    return found


def tile_data(read: Reader, tile: Tile) -> bytes:
    """The hashes of a tile, one behind the other, from the nodes that the log stores."""
    first = tile.index * WIDTH
    return b"".join(read(8 * tile.level, first + at) for at in range(tile.width))


def parse_tile(data: bytes, width: int = WIDTH) -> tuple[bytes, ...]:
    """The hashes of a tile that is so wide.

    Raises:
        Refused: it has not so many (L106).
    """
    if len(data) != width * HASH_SIZE:
        raise Refused("L106", f"the tile has {len(data):,} bytes, and not {width * HASH_SIZE:,}")
    return tuple(data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE))


def bundle_data(entries: Sequence[bytes]) -> bytes:
    """A bundle: each entry with its length before it, in two bytes.

    Raises:
        ValueError: an entry has more than 65,535 bytes, or there are none or more than 256.
    """
    if not 0 < len(entries) <= WIDTH:
        raise ValueError(f"a bundle has 1 to {WIDTH} entries")
    if any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise ValueError(f"an entry has at most {LONGEST_ENTRY:,} bytes")
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def parse_bundle(data: bytes, width: int = WIDTH) -> list[bytes]:
    """The entries of a bundle that is so wide.

    Raises:
        Refused: it has not so many, or ends within one (L106).
    """
    entries = []
    at = 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        entries.append(data[start:at])
    if at != len(data) or len(entries) != width:
        raise Refused("L106", f"the bundle has not {width} whole entries")
    return entries


class TileReader:
    """Reads nodes (`merkle.Reader`) out of the tiles of a log of `size` entries; each tile is fetched once.

    `fetch` gives the bytes of a tile. They are not verified: prove what is read against a root.
    """

    def __init__(self, fetch: Callable[[Tile], bytes], size: int) -> None:
        self._fetch = fetch
        self._size = size
        self._rows: dict[tuple[int, int], list[Sequence[bytes]]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        of, above = divmod(level, 8)
        first = index << above
        rows = self._tile(of, first // WIDTH)
        while len(rows) <= above:
            row = rows[-1]
            rows.append(paired(row[: len(row) & ~1]))
        place = (first % WIDTH) >> above
        if place >= len(rows[above]):
            raise self._missing()
        return rows[above][place]

    def _tile(self, level: int, index: int) -> list[Sequence[bytes]]:
        rows = self._rows.get((level, index))
        if rows is None:
            width = min((self._size >> 8 * level) - index * WIDTH, WIDTH)
            if width <= 0:
                raise self._missing()
            tile = Tile(level, index, width)
            rows = [parse_tile(self._fetch(tile), width)]
            self._rows[level, index] = rows
        return rows

    def _missing(self) -> ValueError:
        return ValueError(f"a log of {self._size:,} entries has no such node")
