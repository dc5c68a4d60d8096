"""Receipts: that a record is in a log, and who saw the log, in one file that proves it offline (C2SP tlog-proof).

The `extra` line carries what the leaf is computed from, so that nothing else is needed but a policy:

    "writ.record/v1" || 0x0A || salt || record
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from writ.journal.log.checkpoint import Checkpoint, parse_checkpoint
from writ.journal.log.codes import Refused
from writ.journal.log.commitment import LABEL, SALT_SIZE, commit
from writ.journal.log.fields import decoded, encoded, number
from writ.journal.log.head import TreeHead
from writ.journal.log.merkle import HASH_SIZE, leaf_hash
from writ.journal.log.note import MOST_BYTES, Signed
from writ.journal.log.policy import Policy, require_quorum, signatures
from writ.journal.log.proofs import LONGEST, verify_inclusion

HEADING = "c2sp.org/tlog-proof@v1"
SUFFIX = ".tlog-proof"


class Receipt(msgspec.Struct, frozen=True):
    """A proof of logging, none of it verified."""

    index: int
    """The place of the record in the log, from 0."""
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint
    extra: bytes | None = None
    """What the leaf is computed from; None if it comes another way."""

    def encode(self) -> bytes:
        """The receipt as a file."""
        lines = [HEADING]
        if self.extra is not None:
            lines.append(f"extra {encoded(self.extra)}")
        lines += [f"index {self.index}", *(encoded(one) for one in self.proof), ""]
        return "".join(f"{line}\n" for line in lines).encode() + self.checkpoint.encode()

    @property
    def lines_above(self) -> int:
        """The lines that stand above the checkpoint."""
        return len(self.proof) + (3 if self.extra is None else 4)

    @property
    def disclosed(self) -> tuple[bytes, bytes] | None:
        """The salt and the record that the receipt carries; None if it carries none."""
        start = len(LABEL) + SALT_SIZE
        if self.extra is None or not self.extra.startswith(LABEL) or len(self.extra) < start:
            return None
        return self.extra[len(LABEL) : start], self.extra[start:]

    @classmethod
    def of(
        cls,
        salt: bytes,
        record: bytes,
        index: int,
        proof: tuple[bytes, ...],
        checkpoint: Checkpoint,
    ) -> Receipt:
        """The receipt of a record, with the record in it.

        Raises:
            ValueError: the salt has not 32 bytes.
        """
        if len(salt) != SALT_SIZE:
            raise ValueError(f"a salt has {SALT_SIZE} bytes")
        return cls(index, proof, checkpoint, LABEL + salt + record)

    def without_record(self) -> Receipt:
        """The same proof, which no longer tells what of: the record is then to be had another way."""
        return Receipt(self.index, self.proof, self.checkpoint)


class Verdict(msgspec.Struct, frozen=True):
    """What came of verifying a receipt. Nothing of the record is believed unless `verified`."""

    head: TreeHead
    index: int
    logs: tuple[Signed, ...]
    """The signatures of the log that verify."""
    witnesses: Mapping[str, Signed]
    """The cosignatures that verify, by the name of the witness in the policy."""
    refused: tuple[Refused, ...]
    """Everything that does not hold; empty if all does."""
    record: bytes | None
    """The canonical bytes of the record, if it is proven to be in the log, and None otherwise."""

    @property
    def verified(self) -> bool:
        """Whether the record is in the log, the log's own, and seen by as many as the policy asks for."""
        return not self.refused


def parse_receipt(data: bytes) -> Receipt:
    """The receipt that a file has.

    Raises:
        Refused: it has none (L105), or its checkpoint is none (L101, L103), with the line.
    """
    if len(data) > 2 * MOST_BYTES:
        raise Refused("L105", f"a receipt has at most {2 * MOST_BYTES:,} bytes")
    above, empty, note = data.partition(b"\n\n")
    lines = above.decode("utf-8", "replace").split("\n")
    if lines[0] != HEADING:
        raise Refused("L105", f"the first line of a receipt is `{HEADING}`", 1)
    if not empty:
        raise Refused("L105", "no empty line stands above the checkpoint")
    at = 1
    extra: bytes | None = None
    if len(lines) > 1 and lines[1].startswith("extra "):
        extra = decoded(lines[1].removeprefix("extra "))
        if extra is None:
            raise Refused("L105", "what follows `extra` is not base64", 2)
        at = 2
    place = lines[at] if at < len(lines) else ""
    index = number(place.removeprefix("index ")) if place.startswith("index ") else None
    if index is None:
        raise Refused("L105", "a line `index NUMBER` is missing", at + 1)
    hashes = []
    for number_of, line in enumerate(lines[at + 1 :], at + 2):
        one = decoded(line, HASH_SIZE)
        if one is None:
            raise Refused(
                "L105", "a line of the inclusion proof is not a hash in base64", number_of
            )
        hashes.append(one)
    if len(hashes) > LONGEST:
        raise Refused("L105", f"an inclusion proof has at most {LONGEST} hashes")
    try:
        checkpoint = parse_checkpoint(note)
    except Refused as refused:
        raise refused.beneath(len(lines) + 1) from None
    return Receipt(index, tuple(hashes), checkpoint, extra)


def verify(
    receipt: Receipt, policy: Policy, disclosed: tuple[bytes, bytes] | None = None
) -> Verdict:
    """The receipt held against a policy (tlog-proof, *Verifying a tlog proof*); everything that fails is listed.

    `disclosed` is the salt and the record, where they come apart from the receipt.
    """
    refused: list[Refused] = []
    logs: tuple[Signed, ...] = ()
    witnesses: Mapping[str, Signed] = {}
    head = receipt.checkpoint.head
    try:
        found = signatures(receipt.checkpoint, policy)
        logs, witnesses = found.logs, found.witnesses
        require_quorum(receipt.checkpoint, found, policy)
    except Refused as one:
        refused.append(one.beneath(receipt.lines_above))
    salt_and_record = disclosed or receipt.disclosed
    record = None
    try:
        if salt_and_record is None:
            raise Refused("L206", "the receipt carries no record and salt to verify", 1)
        salt, record = salt_and_record
        leaf = leaf_hash(commit(salt, record))
        verify_inclusion(leaf, receipt.index, head.size, receipt.proof, head.root)
    except Refused as one:
        place = 2 if receipt.extra is None else 3
        refused.append(Refused(one.code, one.message, one.line or place, one.help))
    return Verdict(
        head, receipt.index, logs, witnesses, tuple(refused), None if refused else record
    )
