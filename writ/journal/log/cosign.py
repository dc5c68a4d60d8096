"""Cosignatures: that a witness saw a checkpoint grow out of every one it saw before (C2SP tlog-cosignature)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from writ.journal.log.checkpoint import Checkpoint
from writ.journal.log.codes import Refused
from writ.journal.log.keys import SigningKey, VerifierKey
from writ.journal.log.note import (
    Note,
    Signature,
    Signed,
    parse_signatures,
    signature_by,
    verify_note,
)


def cosign(checkpoint: Checkpoint, keys: Iterable[SigningKey], time: int) -> tuple[Signature, ...]:
    """The cosignatures of a witness, one of each of its keys, made at `time` (seconds since 1970).

    The caller has verified what they attest; `witness.add_checkpoint` does.

    Raises:
        ValueError: a key is not one of a witness, or the time is left out.
    """
    signing = list(keys)
    if time <= 0 or not all(key.kind.timed for key in signing):
        raise ValueError("a witness has keys for cosignatures, and states the time")
    return tuple(signature_by(key, checkpoint.note.text, time) for key in signing)


def cosigned(checkpoint: Checkpoint, answer: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint with what a witness answered: its signatures by these keys, in place of earlier ones by them.

    Signatures by other keys are dropped (tlog-witness, *add-checkpoint*): a log need not carry what nobody asked for.

    Raises:
        Refused: the answer has no signature lines (L101), none by these keys (L204), or a false one (L203).
    """
    try:
        text = answer.decode()
    except UnicodeDecodeError:
        raise Refused("L101", "the answer of a witness is in UTF-8") from None
    note = Note(checkpoint.note.text, parse_signatures(text))
    new = [signed for signed in verify_note(note, keys) if signed.key.kind.timed]
    if not new:
        raise Refused("L204", "the witness answered without a cosignature by its keys")
    given = {(signed.key.name, signed.key.id) for signed in new}
    kept = [one for one in checkpoint.note.signatures if (one.name, one.data[:4]) not in given]
    signatures = (*kept, *(signed.signature for signed in new))
    return Checkpoint(checkpoint.head, Note(checkpoint.note.text, signatures))


def cosignatures(checkpoint: Checkpoint, keys: Sequence[VerifierKey]) -> tuple[Signed, ...]:
    """The cosignatures by these keys, verified, with their times.

    Raises:
        Refused: one of them is false (L203).
    """
    return verify_note(checkpoint.note, [key for key in keys if key.kind.timed])
