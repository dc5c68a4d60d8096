"""What each kind of key signs, and the bytes of its signature (C2SP signed-note; tlog-cosignature, *Format*)."""

from __future__ import annotations

from writ.journal.log.codes import Refused
from writ.journal.log.fields import MOST
from writ.journal.log.head import parse_head
from writ.journal.log.keys import Kind, SigningKey, VerifierKey

_MLDSA_LABEL = b"subtree/v1\n\x00"
_TIME_SIZE = 8


def sign(key: SigningKey, text: str, time: int) -> bytes:
    """The signature of a note's text, as a signature line has it behind the id; `time` in seconds since 1970.

    Keys that sign no time leave it out.

    Raises:
        Refused: the key signs only checkpoints, and the text is none (L103).
        ValueError: the time is before 1970 or too late for the format.
    """
    if not 0 <= time <= MOST:
        raise ValueError("a time is not negative, and below 2**63")
    message = _message(key.name, key.kind, text, time)
    signature = key.private.sign(message)
    return time.to_bytes(_TIME_SIZE, "big") + signature if key.kind.timed else signature


def verify(key: VerifierKey, text: str, signature: bytes) -> int | None:
    """The time that the signature states, in seconds since 1970; None for a kind of key that states none.

    Raises:
        Refused: it is not a signature of the text by this key (L203).
    """
    time, rest = 0, signature
    if key.kind.timed:
        time, rest = int.from_bytes(signature[:_TIME_SIZE], "big"), signature[_TIME_SIZE:]
    good = False
    if len(signature) > _TIME_SIZE and time <= MOST:
        try:
            good = key.verify(_message(key.name, key.kind, text, time), rest)
        except Refused:
            good = False
    if not good:
        raise Refused("L203", f"the signature of `{key.name}` does not verify")
    return time if key.kind.timed else None


def _message(name: str, kind: Kind, text: str, time: int) -> bytes:
    """The bytes that are signed.

    Raises:
        Refused: the key signs only checkpoints, and the text is none (L103).
    """
    if kind is Kind.ED25519:
        return text.encode()
    head = parse_head(text)
    if kind is Kind.ED25519_COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    return b"".join(
        (
            _MLDSA_LABEL,
            _short(name),
            time.to_bytes(8, "big"),
            _short(head.origin),
            (0).to_bytes(8, "big"),
            head.size.to_bytes(8, "big"),
            head.root,
        )
    )


def _short(text: str) -> bytes:
    """A text with its length before it, in one byte."""
    data = text.encode()
    if not 0 < len(data) < 256:
        raise Refused("L103", "ML-DSA-44 signs no name or origin of more than 255 bytes")
    return bytes([len(data)]) + data
