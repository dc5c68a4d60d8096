"""Checkpoints: tree heads that are signed (C2SP tlog-checkpoint)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from writ.journal.log.head import TreeHead, parse_head
from writ.journal.log.keys import SigningKey
from writ.journal.log.note import Note, parse_note, sign_note


class Checkpoint(msgspec.Struct, frozen=True):
    """A tree head and the note that says it. Nothing is verified: `policy.accept` does that."""

    head: TreeHead
    note: Note

    def encode(self) -> bytes:
        """The checkpoint as it is served at `<prefix>/checkpoint`."""
        return self.note.encode()


def parse_checkpoint(data: bytes) -> Checkpoint:
    """The checkpoint that the bytes are.

    Raises:
        Refused: they are no note (L101), or its text says no tree head (L103).
    """
    note = parse_note(data)
    return Checkpoint(parse_head(note.text), note)


def sign_checkpoint(head: TreeHead, keys: Iterable[SigningKey], time: int) -> Checkpoint:
    """The tree head signed by the keys of the log at `time` (seconds since 1970).

    The caller answers for signing only heads that grow out of one another (tlog-checkpoint, *Signatures*).

    Raises:
        ValueError: there is no key, or one has another name than the origin, by which no policy would know it.
    """
    signing = list(keys)
    if not signing or any(key.name != head.origin for key in signing):
        raise ValueError("a checkpoint is signed by keys that have the origin for a name")
    return Checkpoint(head, sign_note(head.text, signing, time))
