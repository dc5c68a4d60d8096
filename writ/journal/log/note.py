"""Signed notes: a text, and lines with signatures of it (C2SP signed-note)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from writ.journal.log.codes import Refused
from writ.journal.log.fields import decoded_loosely, encoded
from writ.journal.log.keys import SigningKey, VerifierKey, valid_name
from writ.journal.log.signing import sign, verify

MOST_BYTES = 1_000_000
MOST_SIGNATURES = 100
"""What is longer is not read. The specification asks for at least 16 signatures."""

_DASH = "— "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class Signature(msgspec.Struct, frozen=True):
    """A signature line: who signed, and in base64 the id of the key and the signature, as it was written."""

    name: str
    base64: str

    @property
    def data(self) -> bytes:
        """The id of the key, four bytes, and the signature."""
        return decoded_loosely(self.base64) or b""

    @property
    def line(self) -> str:
        """As it stands in a note, with its end."""
        return f"{_DASH}{self.name} {self.base64}\n"


class Note(msgspec.Struct, frozen=True):
    """A text, which ends in a line feed, and its signatures, none of them verified."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def first(self) -> int:
        """The line of the first signature."""
        return self.text.count("\n") + 2

    def encode(self) -> bytes:
        """The note as it was read, byte for byte."""
        return f"{self.text}\n{signature_lines(self.signatures)}".encode()


class Signed(msgspec.Struct, frozen=True):
    """A signature that was verified."""

    key: VerifierKey
    time: int | None
    """When, in seconds since 1970, by the clock of the signer; None where the kind of key states none."""
    signature: Signature


def parse_note(data: bytes) -> Note:
    """The note that the bytes are.

    Raises:
        Refused: they are none, or more than is read, or have a signature twice (L101).
    """
    if len(data) > MOST_BYTES:
        raise Refused("L101", f"a note has at most {MOST_BYTES:,} bytes")
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise Refused("L101", "a note is in UTF-8") from None
    control = _CONTROL.search(whole)
    if control is not None:
        line = whole.count("\n", 0, control.start()) + 1
        raise Refused("L101", "a note has no control characters", line)
    text, empty, rest = whole.rpartition("\n\n")
    if not empty:
        raise Refused("L101", "no empty line stands between the text and the signatures")
    above = text.count("\n") + 2
    try:
        return Note(f"{text}\n", parse_signatures(rest))
    except Refused as refused:
        raise refused.beneath(above) from None


def parse_signatures(lines: str) -> tuple[Signature, ...]:
    """Signature lines, one or more: those of a note, or the answer of a witness.

    Raises:
        Refused: they are none (L101).
    """
    each = lines.split("\n")
    if each.pop():
        raise Refused("L101", "the last line of a note has no end", len(each) + 1)
    if not each:
        raise Refused("L101", "a note has signatures")
    if len(each) > MOST_SIGNATURES:
        raise Refused("L101", f"a note has at most {MOST_SIGNATURES} signatures")
    found: list[Signature] = []
    seen: set[tuple[str, bytes]] = set()
    for at, line in enumerate(each):
        name, space, base64 = line.removeprefix(_DASH).partition(" ")
        signature = Signature(name, base64)
        if not (line.startswith(_DASH) and space and valid_name(name) and len(signature.data) > 4):
            raise Refused("L101", "a signature line is `— NAME BASE64`", at + 1)
        written = (name, signature.data)
        if written in seen:
            raise Refused("L101", f"the note has one signature of `{name}` twice", at + 1)
        seen.add(written)
        found.append(signature)
    return tuple(found)


def signature_lines(signatures: Iterable[Signature]) -> str:
    """The signatures as lines of a note."""
    return "".join(signature.line for signature in signatures)


def sign_note(text: str, keys: Iterable[SigningKey], time: int) -> Note:
    """The text with a signature of each key, made at `time` (seconds since 1970).

    Raises:
        ValueError: the text is none that a note can have.
        Refused: a key signs only checkpoints, and the text is none (L103).
    """
    if not text.endswith("\n") or _CONTROL.search(text):
        raise ValueError(
            "the text of a note ends in a line feed and has no other control character"
        )
    return Note(text, tuple(signature_by(key, text, time) for key in keys))


def signature_by(key: SigningKey, text: str, time: int) -> Signature:
    """The signature of a text by a key; errors as of `sign_note`."""
    return Signature(key.name, encoded(key.verifier.id + sign(key, text, time)))


def verify_note(note: Note, keys: Sequence[VerifierKey]) -> tuple[Signed, ...]:
    """The signatures by these keys, the latest of each; those by any other key are passed over.

    Raises:
        Refused: one that claims to be by these keys is not (L203): the note is then refused as a whole.
    """
    known = {(key.name, key.id): key for key in keys}
    found: dict[VerifierKey, Signed] = {}
    for at, signature in enumerate(note.signatures):
        data = signature.data
        key = known.get((signature.name, data[:4]))
        if key is None:
            continue
        try:
            signed = Signed(key, verify(key, note.text, data[4:]), signature)
        except Refused as refused:
            raise Refused(refused.code, refused.message, note.first + at) from None
        # A witness that was asked twice cosigned twice.
        if key not in found or (signed.time or 0) > (found[key].time or 0):
            found[key] = signed
    return tuple(found.values())
