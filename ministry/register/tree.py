"""The Merkle tree over the register, in the tables."""

from __future__ import annotations

from collections.abc import Sequence

from ministry.register import models
from writ.journal.log.merkle import CompactRange, Reader
from writ.journal.log.tiles import ENTRIES, WIDTH, Tile, TileReader, bundle_data


def reader(size: int) -> Reader:
    """Reads the nodes of the tree of so many leaves."""
    return TileReader(hashes_of, size)


def hashes_of(tile: Tile) -> bytes:
    """The hashes of a tile, or the first of them where it is asked for as it once was.

    Raises:
        LookupError: there is none so wide.
    """
    found = (
        models.Tile.objects.filter(level=tile.level, index=tile.index)
        .values_list("hashes", flat=True)
        .first()
    )
    data = bytes(found)[: 32 * tile.width] if found is not None else b""
    if len(data) < 32 * tile.width:
        raise LookupError(f"the log has no {tile.path}")
    return data


def bundle_of(tile: Tile) -> bytes:
    """The commitments of a bundle, as it is served.

    Raises:
        LookupError: there are not so many.
    """
    first = tile.index * WIDTH
    rows = models.Leaf.objects.filter(index__gte=first, index__lt=first + tile.width)
    found = [bytes(one) for one in rows.order_by("index").values_list("commitment", flat=True)]
    if len(found) < tile.width:
        raise LookupError(f"the log has no {tile.path}")
    return bundle_data(found)


def served(tile: Tile) -> bytes:
    """A tile or a bundle, as it is served."""
    return bundle_of(tile) if tile.level == ENTRIES else hashes_of(tile)


def size() -> int:
    """How many leaves the tree has."""
    last = models.Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def extended(old: int, leaves: Sequence[bytes]) -> CompactRange:
    """Append leaf hashes to the tree of `old` leaves and keep the tiles that have grown; the tree then."""
    tree, completed = CompactRange.of(reader(old), old).extended(leaves)
    for level in range(0, len(completed), 8):
        grow(level // 8, old >> level, completed[level])
    return tree


def grow(level: int, have: int, nodes: Sequence[bytes]) -> None:
    """Put the new nodes of a level of tiles behind the `have` that there are."""
    at = 0
    while at < len(nodes):
        index, used = divmod(have + at, WIDTH)
        some = b"".join(nodes[at : at + WIDTH - used])
        if used:
            tile = models.Tile.objects.get(level=level, index=index)
            models.Tile.objects.filter(level=level, index=index).update(
                hashes=bytes(tile.hashes) + some
            )
        else:
            models.Tile.objects.create(level=level, index=index, hashes=some)
        at += WIDTH - used
