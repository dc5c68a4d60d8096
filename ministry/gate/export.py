"""The register as a journal: what was done, one canonical entry a line, as `writ audit` reads it.

Refusals and reads are no acts of the ministry and are left out; so is a part of an act that the Book by itself would
take for none: it needs more persons, or others who did the act before must do it again. What an act told besides (who
holds an office from then on) follows it, under its name and a number.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ministry.gate.parts import counts, is_part
from ministry.register.models import Kind, Record
from ministry.register.record import opened
from writ.journal.entry import Entry

AT_ONCE = 2_000


def entries() -> Iterator[Entry]:
    """The entries of the acts that were done, in the order of the register."""
    bodies = (
        Record.everything.filter(kind=Kind.ACT).order_by("number").values_list("body", flat=True)
    )
    for body in bodies.iterator(chunk_size=AT_ONCE):
        envelope = opened(bytes(body))
        if is_part(envelope) and not counts(envelope):
            continue
        entry = envelope.entry_of()
        yield entry
        for number, told in enumerate(envelope.tells_of(), 1):
            yield msgspec.structs.replace(told, id=f"{entry.id}.{number}")
