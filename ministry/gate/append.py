"""Appending to the register."""

from __future__ import annotations

import uuid

from ministry.database.states import State
from ministry.database.wall import permit
from ministry.labels.marking import label_of
from ministry.register.record import Envelope, body
from ministry.register.rows import put
from writ.journal.entry import Entry
from writ.journal.log.commitment import new_salt


def new_id() -> str:
    return f"r-{uuid.uuid4().hex}"


def new_key(kind: str) -> str:
    """A new key, of which nothing can be read but what it is of."""
    return f"{kind}-{uuid.uuid4().hex[:20]}"


def append(
    envelope: Envelope,
    entry: Entry,
    sealed: dict[str, tuple[bytes, str]] | None = None,
    subject: str = "",
) -> int:
    """Put a record at the end of the register, in the transaction under way; its number."""
    record = {
        "id": envelope.id,
        "kind": envelope.kind,
        "at": entry.at,
        "act": entry.name,
        "actor": entry.actor,
        "person": entry.person,
        "place": envelope.place or entry.actor,
        "about": entry.about,
        "to": entry.to,
        "outcome": envelope.outcome,
        "edition": envelope.edition,
        "label": label_of(envelope.label),
        "body": body(envelope),
        "salt": new_salt(),
    }
    seals = [
        {"record": envelope.id, "field": field, "subject": subject, "salt": salt, "value": value}
        for field, (salt, value) in sorted((sealed or {}).items())
    ]
    with permit(State.REGISTER):
        return put(record, seals)
