"""Merkle trees as RFC 6962, section 2.1, defines them (RFC 9162, section 2.1, says the same in other words).

A *node* is the root of a complete subtree: `(level, index)` covers the leaves from `index << level` to
`(index + 1) << level`. Nodes never change once they are complete, so they are all that a log stores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

import msgspec

from writ.journal.log.fields import MOST

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves."""

Reader = Callable[[int, int], bytes]
"""`read(level, index)` gives the hash of a node, which the caller has stored."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: SHA-256 over 0x00 and the data."""
    return sha256(b"\x00" + data).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """The hashes of many leaves."""
    hashed = sha256
    return [hashed(b"\x00" + data).digest() for data in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256 over 0x01 and the hashes of its halves."""
    return sha256(b"\x01" + left + right).digest()


def paired(hashes: Sequence[bytes]) -> list[bytes]:
    """The level above an even number of hashes."""
    hashed = sha256
    each = iter(hashes)
    return [hashed(b"\x01" + left + right).digest() for left, right in zip(each, each, strict=True)]


class CompactRange(msgspec.Struct, frozen=True):
    """A tree in O(log n) hashes: its size and its complete subtrees, the largest (the leftmost) first.

    It is frozen: a batch that fails leaves the old one as it was.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size <= MOST or len(self.peaks) != self.size.bit_count():
            raise ValueError("the number of subtrees does not fit the size")
        if any(len(peak) != HASH_SIZE for peak in self.peaks):
            raise ValueError("a hash has 32 bytes")

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        return _folded(self.peaks)

    def extended(self, leaves: Sequence[bytes]) -> tuple[CompactRange, list[list[bytes]]]:
        """The tree with these leaf hashes appended, and the nodes completed by it.

        `completed[level]` are the new nodes of that level in order; the first of them has the index `size >> level`.
        Costs O(len(leaves) + log size).
        """
        at = dict(zip(levels(self.size), self.peaks, strict=True))
        completed: list[list[bytes]] = []
        new = list(leaves)
        level = 0
        while new:
            completed.append(new)
            # An odd number of nodes so far: the last of them waits for its right half.
            row = [at.pop(level), *new] if level in at else new
            if len(row) % 2:
                at[level] = row[-1]
                row = row[:-1]
            new = paired(row)
            level += 1
        peaks = tuple(at[level] for level in sorted(at, reverse=True))
        return CompactRange(self.size + len(leaves), peaks), completed

    @classmethod
    def of(cls, read: Reader, size: int) -> CompactRange:
        """The tree of so many leaves, from its nodes."""
        return cls(size, tuple(_nodes(read, 0, size)))


def levels(size: int) -> list[int]:
    """The levels of the complete subtrees of a tree, from the left."""
    return [level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]


def root_of(read: Reader, size: int) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _folded(_nodes(read, 0, size))


def inclusion_proof(read: Reader, index: int, size: int) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962, section 2.1.1: from the sibling of the leaf upwards.

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < size <= MOST:
        raise ValueError(f"a tree of {size:,} leaves has no leaf {index:,}")
    proof = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _half(end - begin)
        if index < middle:
            proof.append(_folded(_nodes(read, middle, end)))
            end = middle
        else:
            proof.append(_folded(_nodes(read, begin, middle)))
            begin = middle
    return proof[::-1]


def consistency_proof(read: Reader, old: int, size: int) -> list[bytes]:
    """PROOF(old, D[size]) of RFC 6962, section 2.1.2; empty where nothing is to be proven (`old` is 0 or `size`).

    Raises:
        ValueError: the old tree is the larger one.
    """
    if not 0 <= old <= size <= MOST:
        raise ValueError(f"a tree of {old:,} leaves does not grow into one of {size:,}")
    if old == 0:
        return []
    proof = []
    begin, end = 0, size
    while old < end:
        middle = begin + _half(end - begin)
        if old <= middle:
            proof.append(_folded(_nodes(read, middle, end)))
            end = middle
        else:
            proof.append(_folded(_nodes(read, begin, middle)))
            begin = middle
    if begin:
        # Otherwise it is the old root itself, which the verifier has.
        proof.append(_folded(_nodes(read, begin, end)))
    return proof[::-1]


def _half(size: int) -> int:
    """The largest power of two below `size`: the leaves of the left half."""
    return 1 << (size - 1).bit_length() - 1


def _nodes(read: Reader, begin: int, end: int) -> list[bytes]:
    """The complete subtrees from one leaf to another, where `begin` is a multiple of each of their sizes."""
    found = []
    for level in levels(end - begin):
        found.append(read(level, begin >> level))
        begin += 1 << level
    return found


def _folded(nodes: Sequence[bytes]) -> bytes:
    """The root over complete subtrees of falling size."""
    if not nodes:
        return EMPTY_ROOT
    root = nodes[-1]
    for left in reversed(nodes[:-1]):
        root = node_hash(left, root)
    return root
