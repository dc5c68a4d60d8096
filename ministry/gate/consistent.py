"""What the records say of each other: the edition in force at each place, overrides with their acts, and the seals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ministry.editions import content
from ministry.editions.models import Edition, Promulgation
from ministry.gate.docket import FOUNDS, PROMULGATES, promulgated, reached
from ministry.gate.parts import is_part
from ministry.register.models import Kind, Sealed
from ministry.register.record import Envelope, sealed
from writ.journal.entry import Entry

BRINGS = (FOUNDS, *PROMULGATES)
"""The acts that bring an edition into force."""
OVERRIDES = "override-refusal"
ERASES = "erase-person"

Wrong = tuple[str, str, str]
"""What kind of difference, where, and what is wrong."""


class Consistent:
    """Reads the records in order, once each."""

    def __init__(self) -> None:
        self.promulgated: list[tuple[dt.datetime, str]] = []
        """From when which editions are in force."""
        self.overriding: tuple[Envelope, Entry] | None = None
        self.seals: dict[tuple[str, str], tuple[str, str]] = {}
        self.erased: set[str] = set()

    def take(self, envelope: Envelope, entry: Entry) -> Iterator[Wrong]:
        """What of a record does not follow on those before."""
        yield from self._edition(envelope, entry)
        yield from self._override(envelope, entry)
        for field, digest in envelope.sealed.items():
            self.seals[envelope.id, field] = (digest, envelope.subject)
        if entry.name == ERASES and envelope.kind == Kind.ACT and not is_part(envelope):
            self.erased.add(str(envelope.data.get("person", "")))

    def _edition(self, envelope: Envelope, entry: Entry) -> Iterator[Wrong]:
        due = [edition for since, edition in self.promulgated if reached(since, entry.at)]
        if due and envelope.edition != due[-1]:
            yield "decision", envelope.id, "it was decided under an edition that was not in force"
        if envelope.kind == Kind.ACT and entry.name in BRINGS and not is_part(envelope):
            self.promulgated += promulgated(envelope.data, entry.at)

    def _override(self, envelope: Envelope, entry: Entry) -> Iterator[Wrong]:
        before, self.overriding = self.overriding, None
        if before is not None and envelope.override != before[0].id:
            yield "record", before[0].id, "the act that it let be done does not follow"
        if envelope.override:
            if before is None or envelope.override != before[0].id:
                yield "record", envelope.id, "no override of its refusal stands before it"
            elif (before[0].data.get("act"), before[1].actor, before[1].person) != (
                entry.name,
                entry.actor,
                entry.person,
            ):
                yield "record", envelope.id, "the override before it is of another act"
        if envelope.kind == Kind.ACT and entry.name == OVERRIDES:
            self.overriding = (envelope, entry)

    def end(self) -> Iterator[Wrong]:
        """What is found once all are read."""
        if self.overriding is not None:
            yield "record", self.overriding[0].id, "the act that it let be done does not follow"
        yield from self._seals()
        yield from texts()

    def _seals(self) -> Iterator[Wrong]:
        left = dict(self.seals)
        for one in Sealed.objects.using("default").order_by("record_id", "field").iterator():
            digest, subject = left.pop((one.record_id, one.field), ("", ""))
            if not digest:
                yield "seal", one.record_id, f"it sealed no {one.field}"
            elif sealed(one.value, bytes(one.salt)) != digest:
                yield "seal", one.record_id, f"the sealed {one.field} is not what was sealed"
            elif subject and one.subject != subject:
                yield "seal", one.record_id, f"the sealed {one.field} tells of {subject}"
            elif subject in self.erased:
                yield "seal", one.record_id, f"the sealed {one.field} was erased by an act"
        for (record, field), (_, subject) in left.items():
            if subject not in self.erased:
                yield "seal", record, f"the sealed {field} is gone, and no act erased it"


def texts() -> Iterator[Wrong]:
    """Each edition that was ever in force is there as it was deposited."""
    wanted = Promulgation.objects.using("default").values("edition")
    for one in Edition.objects.using("default").filter(digest__in=wanted).order_by("digest"):
        try:
            files = content.unpacked(bytes(one.content))
            book = content.compiled(files)
        except content.NotABook as error:
            yield "edition", one.digest, str(error)
            continue
        if content.digest(files) != one.digest:
            yield "edition", one.digest, "its text was changed"
        if (one.title, one.norms) != (book.title or book.name, len(book.norms)):
            yield "edition", one.digest, "its title or the number of its norms is another"
