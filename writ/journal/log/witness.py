"""What a witness answers to `add-checkpoint` (C2SP tlog-witness), decided without storage, network or clock.

Whoever runs a witness reads what it knows of the log under a lock, asks `add_checkpoint`, stores what is new, and only
then answers: two requests at once must not roll the log back (tlog-witness, end of *add-checkpoint*).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from writ.journal.log.checkpoint import Checkpoint, parse_checkpoint
from writ.journal.log.codes import Refused
from writ.journal.log.cosign import cosign
from writ.journal.log.fields import decoded, encoded, number
from writ.journal.log.head import empty
from writ.journal.log.keys import SigningKey, VerifierKey
from writ.journal.log.merkle import EMPTY_ROOT, HASH_SIZE
from writ.journal.log.note import MOST_BYTES, signature_lines, verify_note
from writ.journal.log.proofs import LONGEST, verify_consistency

SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"


class Seen(msgspec.Struct, frozen=True):
    """The latest tree of a log that the witness cosigned; of a log that is new to it, the empty one."""

    size: int = 0
    root: bytes = EMPTY_ROOT


class Request(msgspec.Struct, frozen=True):
    """The body of a request: from which size the proof leads, the proof, and the new checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint

    def encode(self) -> bytes:
        """The body, as a log sends it."""
        lines = [f"old {self.old}", *(encoded(one) for one in self.proof), ""]
        return "".join(f"{line}\n" for line in lines).encode() + self.checkpoint.encode()


class Answer(msgspec.Struct, frozen=True):
    """An HTTP response, and what to store before it is sent: None where nothing is new."""

    status: int
    body: str
    type: str = TEXT_TYPE
    seen: Seen | None = None


def parse_request(body: bytes) -> Request:
    """The request that a body is.

    Raises:
        Refused: it is none; its checkpoint is none (L101, L103).
    """
    if len(body) > MOST_BYTES:
        raise Refused("L101", f"a request has at most {MOST_BYTES:,} bytes")
    above, empty_line, note = body.partition(b"\n\n")
    lines = above.decode("utf-8", "replace").split("\n")
    if not empty_line:
        raise Refused("L101", "no empty line stands above the checkpoint")
    old = number(lines[0].removeprefix("old ")) if lines[0].startswith("old ") else None
    if old is None:
        raise Refused("L101", "the first line is `old SIZE`", 1)
    if len(lines) - 1 > LONGEST:
        raise Refused("L101", f"a consistency proof has at most {LONGEST} lines")
    proof = [decoded(line, HASH_SIZE) for line in lines[1:]]
    if None in proof:
        raise Refused("L101", "a line of the proof is not a hash in base64", proof.index(None) + 2)
    try:
        checkpoint = parse_checkpoint(note)
    except Refused as refused:
        raise refused.beneath(len(lines) + 1) from None
    return Request(old, tuple(one for one in proof if one is not None), checkpoint)


def add_checkpoint(
    body: bytes,
    seen: Mapping[str, Seen],
    logs: Mapping[str, Sequence[VerifierKey]],
    keys: Iterable[SigningKey],
    time: int,
) -> Answer:
    """The answer to a request: 200 with cosignatures and what to store, or 400, 403, 404, 409 or 422.

    Args:
        body: of the POST request.
        seen: by origin, the latest tree that was cosigned; that of the request's origin is enough.
        logs: by origin, the keys that the witness trusts the log to sign with.
        keys: of the witness, for cosignatures.
        time: now, in seconds since 1970.
    """
    try:
        request = parse_request(body)
    except Refused as refused:
        return Answer(400, f"{refused}\n")
    head = request.checkpoint.head
    trusted = logs.get(head.origin)
    if trusted is None:
        return Answer(404, "unknown log\n")
    try:
        if not verify_note(request.checkpoint.note, trusted):
            return Answer(403, "no signature by a key of the log\n")
    except Refused as refused:
        return Answer(403, f"invalid signature: {refused}\n")
    if request.old > head.size:
        return Answer(400, "the old size is greater than that of the checkpoint\n")
    known = seen.get(head.origin, Seen())
    if request.old != known.size:
        return Answer(409, f"{known.size}\n", SIZE_TYPE)
    try:
        _require_growth(request, known)
    except Refused as refused:
        return Answer(422, f"bad consistency proof: {refused}\n")
    lines = signature_lines(cosign(request.checkpoint, keys, time))
    return Answer(200, lines, seen=Seen(head.size, head.root))


def _require_growth(request: Request, known: Seen) -> None:
    """That the checkpoint grows out of what is known.

    Raises:
        Refused: it does not (L205).
    """
    head = request.checkpoint.head
    if request.old:
        verify_consistency(known.size, head.size, request.proof, known.root, head.root)
    elif request.proof:
        raise Refused("L205", "nothing is to be proven of an empty tree")
    elif not head.size and not empty(head):
        raise Refused("L205", "an empty tree has the hash of nothing for a root")
