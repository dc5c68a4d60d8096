"""Appending to the register."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import connections

from ministry.database import router
from ministry.database.states import State
from ministry.database.wall import permit
from ministry.gate.transaction import now
from ministry.register.models import Pending, Record, Sealed
from ministry.register.record import Envelope, body, new_salt
from writ.journal.entry import Entry


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
) -> Record:
    """Put a record at the end of the register, in the transaction under way."""
    with permit(State.REGISTER):
        record = Record.objects.create(
            id=envelope.id,
            kind=envelope.kind,
            at=entry.at,
            act=entry.name,
            actor=entry.actor,
            person=entry.person,
            place=envelope.place or entry.actor,
            about=entry.about,
            to=entry.to,
            outcome=envelope.outcome,
            edition=envelope.edition,
            label=envelope.label,
            body=body(envelope),
            salt=new_salt(),
        )
        Pending.objects.create(number=record.number)
        Sealed.objects.bulk_create(
            Sealed(record_id=record.id, field=field, subject=subject, salt=salt, value=value)
            for field, (salt, value) in sorted((sealed or {}).items())
        )
    return record


def moment() -> dt.datetime:
    """When an act is done: now, or with the last record if the clock of this machine was set back behind it.

    Otherwise an older edition would be in force again. PostgreSQL has one clock for all, and to look at the last record
    there would make every act depend on every other.
    """
    at = now()
    if connections[router.current()].vendor == "postgresql":
        return at
    last = Record.objects.order_by("-number").values_list("at", flat=True).first()
    return at if last is None else max(at, last)
