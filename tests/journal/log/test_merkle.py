"""Merkle trees: others' vectors, and every proof of any tree, right and falsified."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.log.register import Register, members
from writ.journal.log.codes import Refused
from writ.journal.log.merkle import (
    EMPTY_ROOT,
    CompactRange,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    node_hash,
    root_of,
)
from writ.journal.log.proofs import verify_consistency, verify_inclusion

VECTORS = {
    name.removeprefix("testdata/"): json.loads(data)
    for name, data in members("merkle-testdata.tar.gz", ".json").items()
    if name.split("/")[1] in ("inclusion", "consistency")
}


def holds(verify: Callable[..., None], *evidence: object) -> bool:
    try:
        verify(*evidence)
    except Refused:
        return False
    return True


def test_there_are_vectors() -> None:
    if not VECTORS:
        pytest.skip("the shared vectors are not here")
    assert len(VECTORS) == 196
    assert sum(not vector["wantErr"] for vector in VECTORS.values()) == 12


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector(name: str) -> None:
    vector = VECTORS[name]
    data = base64.b64decode
    proof = [data(one) for one in vector["proof"] or ()]
    if name.startswith("inclusion"):
        place = vector["leafIdx"], vector["treeSize"]
        good = holds(
            verify_inclusion, data(vector["leafHash"]), *place, proof, data(vector["root"])
        )
    else:
        sizes = vector["size1"], vector["size2"]
        roots = data(vector["root1"]), data(vector["root2"])
        good = holds(verify_consistency, *sizes, proof, *roots)
    assert good is not vector["wantErr"], vector["desc"]


# --- what RFC 6962, section 2.1, says, word for word


def mth(leaves: list[bytes]) -> bytes:
    """MTH of section 2.1."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = largest_power_below(len(leaves))
    return node_hash(mth(leaves[:k]), mth(leaves[k:]))


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.2."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = largest_power_below(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def largest_power_below(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k


LEAVES = [bytes([at]) * (at % 5) for at in range(40)]


@pytest.mark.parametrize("size", range(41))
def test_roots_and_proofs_are_those_of_the_rfc(size: int) -> None:
    register = Register(LEAVES)
    leaves = LEAVES[:size]
    assert register.root(size) == mth(leaves)
    assert CompactRange.of(register.read, size).root == mth(leaves)
    for index in range(size):
        assert register.inclusion(index, size) == path(index, leaves)
    for old in range(1, size + 1):
        assert register.consistency(old, size) == subproof(old, leaves, True)


# --- any tree


batches = st.lists(st.lists(st.binary(max_size=8), max_size=20), max_size=8)


@settings(max_examples=60)
@given(batches)
def test_any_appends_give_one_tree(batches: list[list[bytes]]) -> None:
    register = Register()
    for batch in batches:
        register.append(batch)
    entries = [entry for batch in batches for entry in batch]
    assert register.tree.root == register.root(len(entries)) == mth(entries)
    assert CompactRange.of(register.read, len(entries)) == register.tree
    assert Register(entries).nodes == register.nodes


@settings(max_examples=60)
@given(st.data())
def test_every_proof_verifies_and_no_other_does(data: st.DataObject) -> None:
    entries = data.draw(st.lists(st.binary(max_size=8), min_size=1, max_size=70, unique=True))
    register = Register(entries)
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    leaf, root = leaf_hash(entries[index]), register.root(size)
    proof = register.inclusion(index, size)
    verify_inclusion(leaf, index, size, proof, root)
    for wrong in falsified(data, proof):
        assert not holds(verify_inclusion, leaf, index, size, wrong, root)
    assert not holds(verify_inclusion, changed(data, leaf), index, size, proof, root)
    assert not holds(verify_inclusion, leaf, index, size, proof, changed(data, root))
    elsewhere = data.draw(st.integers(-1, size))
    if elsewhere != index:
        assert not holds(verify_inclusion, leaf, elsewhere, size, proof, root)


@settings(max_examples=60)
@given(st.data())
def test_every_later_tree_is_consistent_and_no_other_is(data: st.DataObject) -> None:
    entries = data.draw(st.lists(st.binary(max_size=8), min_size=1, max_size=70, unique=True))
    register = Register(entries)
    size = data.draw(st.integers(1, len(entries)))
    old = data.draw(st.integers(1, size))
    was, root = register.root(old), register.root(size)
    proof = register.consistency(old, size)
    verify_consistency(old, size, proof, was, root)
    for wrong in falsified(data, proof):
        assert not holds(verify_consistency, old, size, wrong, was, root)
    assert not holds(verify_consistency, old, size, proof, changed(data, was), root)
    assert not holds(verify_consistency, old, size, proof, was, changed(data, root))
    # A record of the past rewritten: no proof of the new log leads from the old root.
    at = data.draw(st.integers(0, old - 1))
    rewritten = Register([*entries[:at], entries[at] + b"!", *entries[at + 1 :]])
    proof = rewritten.consistency(old, size)
    assert not holds(verify_consistency, old, size, proof, was, rewritten.root(size))


def changed(data: st.DataObject, hash: bytes) -> bytes:
    """The hash with one bit of it changed."""
    at = data.draw(st.integers(0, len(hash) * 8 - 1))
    return (int.from_bytes(hash, "big") ^ 1 << at).to_bytes(len(hash), "big")


def falsified(data: st.DataObject, proof: list[bytes]) -> list[list[bytes]]:
    """The proof longer, shorter, and with a hash changed, cut or moved."""
    wrong = [[*proof, EMPTY_ROOT], [EMPTY_ROOT, *proof], [*proof, b""]]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        before, after = proof[:at], proof[at + 1 :]
        wrong += [proof[:-1], proof[1:], [*before, changed(data, proof[at]), *after]]
        wrong += [[*before, proof[at][:-1], *after], [*before, proof[at] + b"\0", *after]]
    if len(set(proof)) > 1:
        wrong.append(proof[::-1])
    return wrong


# --- what no tree has


def test_sizes_that_no_tree_has() -> None:
    one = leaf_hash(b"")
    for index, size in ((0, 0), (1, 1), (-1, 1), (0, 2**63), (0, -1)):
        assert not holds(verify_inclusion, one, index, size, [], one)
    for old, size in ((0, 0), (0, 1), (2, 1), (-1, 1), (1, 2**63)):
        assert not holds(verify_consistency, old, size, [], one, one)
    with pytest.raises(ValueError, match="no leaf 3"):
        inclusion_proof(Register(LEAVES[:3]).read, 3, 3)
    with pytest.raises(ValueError, match="does not grow"):
        consistency_proof(Register(LEAVES[:3]).read, 3, 2)
    assert consistency_proof(Register(LEAVES[:3]).read, 0, 3) == []


def test_what_is_refused_says_why() -> None:
    one = leaf_hash(b"")
    with pytest.raises(Refused, match="a hash has 32 bytes") as refused:
        verify_inclusion(one, 0, 2, [one[:31]], one)
    assert refused.value.code == "L201"
    with pytest.raises(Refused, match="at most 63 hashes"):
        verify_inclusion(one, 0, 2, [one] * 65, one)
    with pytest.raises(Refused, match="longer than the tree is high"):
        verify_inclusion(one, 0, 2, [one] * 2, one)
    with pytest.raises(Refused, match="two trees of one size") as refused:
        verify_consistency(2, 2, [], one, EMPTY_ROOT)
    assert refused.value.code == "L205"


def test_a_compact_range_is_of_its_size() -> None:
    tree, _ = CompactRange().extended(leaf_hashes(LEAVES[:5]))
    assert len(tree.peaks) == 2
    with pytest.raises(ValueError, match="does not fit"):
        CompactRange(6, (tree.peaks[0],))
    with pytest.raises(ValueError, match="32 bytes"):
        CompactRange(1, (b"",))
    assert CompactRange().root == EMPTY_ROOT == root_of(Register().read, 0)
