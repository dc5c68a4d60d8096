"""A log in memory, with the keys of everybody: what the tests verify and falsify."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from writ.journal.log.checkpoint import Checkpoint, sign_checkpoint
from writ.journal.log.commitment import commit
from writ.journal.log.cosign import cosign
from writ.journal.log.head import TreeHead
from writ.journal.log.keys import Kind, SigningKey
from writ.journal.log.merkle import (
    CompactRange,
    consistency_proof,
    inclusion_proof,
    leaf_hashes,
    root_of,
)
from writ.journal.log.note import Note
from writ.journal.log.policy import Policy, any_of
from writ.journal.log.receipt import Receipt

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "decide"
"""Vectors of others. Without the folder those tests are skipped, which pytest reports."""

ORIGIN = "example.gov/register"
NOW = 1_790_000_000


def key_of(name: str, kind: Kind) -> SigningKey:
    """The same key for the same name, in every run."""
    seed = sha256(bytes([kind]) + name.encode()).digest()
    if kind is Kind.MLDSA44_COSIGNATURE:
        return SigningKey(name, kind, MLDSA44PrivateKey.from_seed_bytes(seed))
    return SigningKey(name, kind, Ed25519PrivateKey.from_private_bytes(seed))


LOG = key_of(ORIGIN, Kind.ED25519)
LOG_MLDSA = key_of(ORIGIN, Kind.MLDSA44_COSIGNATURE)
AUDITOR = key_of("auditor.example", Kind.ED25519_COSIGNATURE)
COURT = key_of("court.example", Kind.MLDSA44_COSIGNATURE)
PARLIAMENT = key_of("parliament.example", Kind.ED25519_COSIGNATURE)
LOG_KEYS = (LOG, LOG_MLDSA)
WITNESSES = (AUDITOR, COURT, PARLIAMENT)
STRANGER = key_of("stranger.example", Kind.ED25519_COSIGNATURE)


def trusting(threshold: int = 2) -> Policy:
    """The policy of so many of the three witnesses."""
    witnesses = [key.verifier for key in WITNESSES]
    return any_of(threshold, witnesses, [key.verifier for key in LOG_KEYS])


class Register:
    """Every node of a log, as a database would have them."""

    def __init__(self, entries: Sequence[bytes] = ()) -> None:
        self.tree = CompactRange()
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.entries: list[bytes] = []
        self.append(entries)

    def append(self, entries: Sequence[bytes]) -> None:
        grown, completed = self.tree.extended(leaf_hashes(entries))
        for level, row in enumerate(completed):
            for at, node in enumerate(row, self.tree.size >> level):
                assert (level, at) not in self.nodes, "a node is written once"
                self.nodes[level, at] = node
        self.tree = grown
        self.entries += entries

    def read(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]

    @property
    def size(self) -> int:
        return self.tree.size

    def root(self, size: int) -> bytes:
        return root_of(self.read, size)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        return inclusion_proof(self.read, index, size)

    def consistency(self, old: int, size: int) -> list[bytes]:
        return consistency_proof(self.read, old, size)

    def head(self, size: int | None = None) -> TreeHead:
        size = self.size if size is None else size
        return TreeHead(ORIGIN, size, self.root(size))

    def checkpoint(
        self,
        size: int | None = None,
        witnesses: Sequence[SigningKey] = (),
        keys: Sequence[SigningKey] = LOG_KEYS,
    ) -> Checkpoint:
        signed = sign_checkpoint(self.head(size), keys, NOW)
        more = cosign(signed, witnesses, NOW + 1) if witnesses else ()
        return Checkpoint(signed.head, Note(signed.note.text, (*signed.note.signatures, *more)))


SALTS = [bytes([at]) * 32 for at in range(200)]
RECORDS = [f'{{"id":"{at}"}}'.encode() for at in range(200)]


@cache
def committed(size: int) -> Register:
    """The register of so many records, by their commitments."""
    pairs = zip(SALTS[:size], RECORDS[:size], strict=True)
    return Register([commit(salt, record) for salt, record in pairs])


def receipt_of(index: int, size: int, witnesses: Sequence[SigningKey] = WITNESSES[:2]) -> Receipt:
    """The receipt of one of the records."""
    register = committed(size)
    proof = tuple(register.inclusion(index, size))
    checkpoint = register.checkpoint(size, witnesses)
    return Receipt.of(SALTS[index], RECORDS[index], index, proof, checkpoint)


def members(archive: str, suffix: str) -> dict[str, bytes]:
    """The files of a shared archive; none if it is not there."""
    path = SHARED / archive
    if not path.exists():
        return {}
    found = {}
    with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(suffix) else None
            if file is not None:
                found[member.name] = file.read()
    return found
