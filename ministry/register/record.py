"""What the register keeps of one act: an envelope around the entry of the journal, as canonical bytes.

JSON in UTF-8 on one line, keys in order, nothing that says nothing. `entry` and `tells` are the canonical bytes of
`writ.journal.canonical`, so that the journal can be written out again byte for byte. Of a sealed field it holds the
SHA-256 of 32 random bytes and the value: the value may be erased, and the record still proves what it proved.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from writ.engine.answer import Decision, Missing, Outcome
from writ.journal.canonical import NotCanonical, canonical, read_entry
from writ.journal.entry import Entry

ERASED = "(erased)"
"""What stands in a field whose value was erased."""


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The record as it is hashed."""

    id: str
    kind: str
    edition: str
    """The digest of the edition that decided."""
    entry: msgspec.Raw
    """The act, with the facts on which it was decided."""
    outcome: str
    place: str = ""
    """The office in whose place it was done, where that is another than the actor's."""
    deciding: tuple[str, ...] = ()
    """The norms that decided, by id."""
    citations: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    """The records of the grants relied on."""
    tells: tuple[msgspec.Raw, ...] = ()
    """What else the act tells the journal: who holds an office from now on."""
    data: dict[str, Any] = {}
    """What the act was given, as its tables are changed by it."""
    sealed: dict[str, str] = {}
    """By field of the data: the digest of its seal."""
    subject: str = ""
    """The person of whom the sealed fields tell."""
    label: str = ""
    """The marking, in its text (`labels.marking`)."""
    override: str = ""
    """The record of the act by which the refusal of this one was overridden."""
    missing: tuple[str, ...] = ()
    part: str = ""
    """Of an act that several do: the record of the first part of this doing (its own, if it is that)."""
    reason: str = ""
    """Of a refusal that is not of the Book: why the gate itself refused."""

    def entry_of(self) -> Entry:
        return read_entry(bytes(self.entry))

    def tells_of(self) -> tuple[Entry, ...]:
        return tuple(read_entry(bytes(one)) for one in self.tells)

    def decision(self) -> Decision:
        """As much of the decision as was kept."""
        missing = tuple(
            Missing(kind, what, "", "")
            for kind, _, what in (m.partition(": ") for m in self.missing)
        )
        outcome = Outcome(self.outcome)
        return Decision(outcome, self.deciding, self.citations, missing=missing)


_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(Envelope).decode


def raw(entry: Entry) -> msgspec.Raw:
    return msgspec.Raw(canonical(entry))


def body(envelope: Envelope) -> bytes:
    """The canonical bytes of a record."""
    return _encode(envelope)


def opened(data: bytes) -> Envelope:
    """The record of which these are the canonical bytes.

    Raises:
        NotCanonical: they are not.
    """
    try:
        return _decode(data)
    except msgspec.MsgspecError as error:
        raise NotCanonical(f"not a record: {error}") from error


def sealed(value: str, salt: bytes) -> str:
    """The commitment to a sealed field, in hexadecimal figures."""
    return hashlib.sha256(salt + value.encode()).hexdigest()
