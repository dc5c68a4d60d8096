"""Records of the register as the rows of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from ministry.console.here import Here
from ministry.gate.parts import is_part
from ministry.register.models import Record
from ministry.register.record import opened


class Row(msgspec.Struct, frozen=True):
    """One record in a list."""

    id: str
    number: int
    at: dt.datetime
    kind: str
    act: str
    actor: str
    place: str
    person: str
    about: str
    outcome: str
    edition: str
    citations: tuple[str, ...]
    reason: str
    marking: str
    part: bool
    """Of an act that several must do it is one part."""


def rows_of(here: Here, records: Iterable[Record]) -> list[Row]:
    """Records as rows, with the names of their people read at once."""
    rows = []
    for record in records:
        envelope = opened(bytes(record.body))
        rows.append(
            Row(
                record.id,
                record.number,
                record.at,
                record.kind,
                record.act,
                record.actor,
                record.place if record.place != record.actor else "",
                record.person,
                record.about,
                record.outcome,
                record.edition,
                envelope.citations,
                envelope.reason,
                envelope.label,
                is_part(envelope),
            )
        )
    here.know(name for row in rows for name in (row.person, row.about) if name.startswith("p-"))
    return rows
