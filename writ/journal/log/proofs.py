"""Verification of inclusion and consistency proofs: RFC 9162, sections 2.1.3.2 and 2.1.4.2.

The algorithms of the RFC presuppose hashes of 32 bytes and sizes above 0; what is not so is refused here.
"""

from __future__ import annotations

from collections.abc import Sequence

from writ.journal.log.codes import Refused
from writ.journal.log.fields import MOST
from writ.journal.log.merkle import HASH_SIZE, node_hash

LONGEST = 63
"""Hashes of the longest proof in a tree of `MOST` leaves (tlog-witness, *add-checkpoint*)."""


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """That the leaf with this hash stands at `index` in the tree of this size and root.

    Raises:
        Refused: it does not (L201), or sizes or hashes are such as no tree has.
    """
    if not 0 <= index < size <= MOST:
        raise Refused("L201", f"a tree of {size:,} leaves has no leaf {index:,}")
    _only_hashes("L201", (leaf, root, *proof))
    at, last, found = index, size - 1, leaf
    for other in proof:
        if last == 0:
            raise Refused("L201", "the inclusion proof is longer than the tree is high")
        if at & 1 or at == last:
            found = node_hash(other, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, other)
        at, last = at >> 1, last >> 1
    if last:
        raise Refused("L201", "the inclusion proof is shorter than the tree is high")
    if found != root:
        raise Refused("L201", "the inclusion proof leads to another root")


def verify_consistency(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> None:
    """That the tree of `size` leaves and `root` begins with the tree of `old` leaves and `old_root`.

    Raises:
        Refused: it does not (L205), or sizes or hashes are such as no two trees have. An empty old tree is refused
            too: everything begins with it, so there is nothing to verify.
    """
    if not 0 < old <= size <= MOST:
        raise Refused("L205", f"no consistency proof leads from {old:,} leaves to {size:,}")
    if old == size:
        if proof:
            raise Refused("L205", "the consistency proof of a tree with itself has no hashes")
        if old_root != root:
            raise Refused("L205", "two trees of one size have different roots")
        return
    _only_hashes("L205", (old_root, root, *proof))
    if not proof:
        raise Refused("L205", "the consistency proof has no hashes")
    # A complete old tree is a node of the new one, and the proof leaves it out.
    path = [old_root, *proof] if old & old - 1 == 0 else proof
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    was = found = path[0]
    for other in path[1:]:
        if last == 0:
            raise Refused("L205", "the consistency proof is longer than the tree is high")
        if at & 1 or at == last:
            was = node_hash(other, was)
            found = node_hash(other, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, other)
        at, last = at >> 1, last >> 1
    if last:
        raise Refused("L205", "the consistency proof is shorter than the tree is high")
    if was != old_root:
        raise Refused("L205", "the consistency proof does not lead to the earlier root")
    if found != root:
        raise Refused("L205", "the consistency proof does not lead to the later root")


def _only_hashes(code: str, hashes: Sequence[bytes]) -> None:
    if len(hashes) > LONGEST + 3:
        raise Refused(code, f"a proof has at most {LONGEST} hashes")
    if any(len(one) != HASH_SIZE for one in hashes):
        raise Refused(code, f"a hash has {HASH_SIZE} bytes")
