"""Replaying the register: every decision again, every change of a table again, and what differs.

The decisions are made again from the records alone, and the tables are built again beside the ministry's in an empty
database. A row that somebody changed without an act is found, and so is a record that does not say what was decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from django.apps import apps
from django.db import DatabaseError, connections, transaction
from django.db.models import Model

from ministry.database import router, sqlite_at
from ministry.database.states import State
from ministry.database.wall import opened as wall_opened
from ministry.editions.content import NotABook
from ministry.editions.models import Edition
from ministry.editions.queries import law_of
from ministry.gate.again import again, permitted
from ministry.gate.consistent import OVERRIDES, Consistent
from ministry.gate.deed import Data
from ministry.gate.do import change_tables, label_kept
from ministry.gate.duties import forget
from ministry.gate.memory import Memory
from ministry.gate.parts import is_part
from ministry.gate.registry import Act, act_named
from ministry.labels.marking import label_of, marking
from ministry.labels.rows import lifted
from ministry.register import intact
from ministry.register.models import Kind, Record, Sealed
from ministry.register.record import ERASED, Envelope, opened
from writ.engine.answer import Outcome
from writ.journal.acts import Ruling
from writ.journal.canonical import NotCanonical
from writ.journal.entry import Entry

REPLAY = "replay"
AT_ONCE = 2_000
BROKEN = (DatabaseError, LookupError, ValueError, TypeError, AttributeError)
"""Records that were changed by hand may say anything."""


class Difference(msgspec.Struct, frozen=True):
    """Something that is not as the register says. `what`: record, decision, edition, seal, row, log."""

    what: str
    where: str
    message: str


class Undecided(msgspec.Struct, frozen=True):
    """A record that cannot be decided again, and why: it does not hold all that it was decided on."""

    where: str
    why: str


class Replayed(msgspec.Struct):
    """What a replay came to."""

    records: int = 0
    markings: set[str] = set()
    acts: int = 0
    rows: int = 0
    differences: list[Difference] = []
    undecided: list[Undecided] = []

    def differs(self, what: str, where: str, message: str) -> None:
        self.differences.append(Difference(what, where, message))


@lifted()  # it reads everything, whoever asks
def verify(tables: bool = True) -> Replayed:
    """Replay the whole register; with `tables` build the institutional tables again and compare them."""
    found = Replayed()
    if not tables:
        for _ in decided(found):
            pass
        return found
    with empty_database():
        with wall_opened(), router.directed(REPLAY):
            forget()
            for envelope, entry, ruled in decided(found):
                applied(found, envelope, entry, ruled)
            for text in sorted(found.markings):
                label_kept(marking(text))  # those of refusals and reads
        compare(found)
    for where, message in intact.log():
        found.differs("log", where, message)
    return found


def records() -> Iterator[Record]:
    """The register in order."""
    return Record.everything.using("default").order_by("number").iterator(chunk_size=AT_ONCE)


def decided(found: Replayed) -> Iterator[tuple[Envelope, Entry, Ruling]]:
    """Decide every record again; give those of acts that were done."""
    memory: Memory | None = None
    edition = ""
    consistent = Consistent()
    overriding: tuple[Envelope, Entry] | None = None
    now, before = (0, ""), (0, "")
    for record in records():
        found.records += 1
        now, before = (record.number, record.id), now
        try:
            envelope = opened(bytes(record.body))
            entry = envelope.entry_of()
        except NotCanonical as error:
            found.differs("record", record.id, f"its body cannot be read: {error}")
            continue
        if envelope.label:
            found.markings.add(envelope.label)
        for name, there, said in columns(record, envelope, entry):
            if there != said:
                found.differs("record", record.id, f"{name} is {there!r}, its body says {said!r}")
        try:
            law = law_of(envelope.edition)
        except (Edition.DoesNotExist, NotABook) as error:
            found.differs("edition", envelope.edition, f"record {record.id} needs it: {error}")
            continue
        if memory is None:
            memory = Memory(law.book)
        elif edition != law.digest:
            memory.under(law.book)
        edition = law.digest
        try:
            if overriding is not None:
                if envelope.override and permitted(law, entry, memory):
                    found.differs("record", record.id, "it overrides nothing: it was permitted")
                memory.take(*overriding)
                overriding = None
            memory.comes_to(now[0], before)
            seen = again(law, envelope, entry, memory)
        except BROKEN as error:
            found.differs("record", record.id, f"it cannot be decided again: {str(error)[:200]}")
            continue
        for message in seen.wrong:
            found.differs("decision", record.id, message)
        if seen.undecided:
            found.undecided.append(Undecided(record.id, seen.undecided))
        for wrong in consistent.take(envelope, entry):
            found.differs(*wrong)
        if envelope.kind != Kind.ACT:
            continue
        if envelope.reason or seen.ruled is None:
            found.differs("record", record.id, "an act that was done has no reason for a refusal")
            continue
        done = envelope.outcome == Outcome.PERMITTED or envelope.override or is_part(envelope)
        if not done:
            found.differs("decision", record.id, "it was done although it was not permitted")
        found.acts += 1
        if entry.name == OVERRIDES:
            overriding = envelope, entry  # what it overrides was refused before it
        else:
            memory.take(envelope, entry)
        yield envelope, entry, seen.ruled
    for wrong in consistent.end():
        found.differs(*wrong)


def columns(record: Record, envelope: Envelope, entry: Entry) -> Iterator[tuple[str, Any, Any]]:
    """What the columns of a row say beside what its body says."""
    yield "id", record.id, envelope.id
    yield "kind", record.kind, envelope.kind
    yield "edition", record.edition, envelope.edition
    yield "outcome", record.outcome, envelope.outcome
    yield "place", record.place, envelope.place or entry.actor
    yield "label", record.label, label_of(envelope.label)
    yield "act", record.act, entry.name
    yield "at", record.at, entry.at
    yield "actor", record.actor, entry.actor
    yield "person", record.person, entry.person
    yield "about", record.about, entry.about
    yield "to", record.to, entry.to


def applied(found: Replayed, envelope: Envelope, entry: Entry, ruled: Ruling) -> None:
    """Let an act change the tables of the replay."""
    data = dict(envelope.data)
    if envelope.sealed:
        data.update(unsealed(envelope))
    try:
        with transaction.atomic(using=REPLAY):
            act = act_named(entry.name)
            law = law_of(envelope.edition)
            gave, label = given(act, data), marking(envelope.label)
            change_tables(act, law, entry, ruled, gave, label, is_part(envelope))
    except BROKEN as error:
        found.differs("record", envelope.id, f"it cannot be done again: {str(error)[:200]}")


def given(act: Act, data: dict[str, Any]) -> Data:
    """What the act was given; what was erased of it is no longer as its form asks."""
    if ERASED in data.values():
        return act.data.model_construct(None, **data)
    return act.data.model_validate(data)


def unsealed(envelope: Envelope) -> dict[str, str]:
    """The sealed fields of a record, or a stub for those that were erased."""
    kept = {one.field: one for one in Sealed.objects.using("default").filter(record_id=envelope.id)}
    return {field: kept[field].value if field in kept else ERASED for field in envelope.sealed}


@contextmanager
def empty_database() -> Iterator[None]:
    """An empty database with the institutional tables, which goes when it was used."""
    with TemporaryDirectory(prefix="ministry-replay-") as folder:
        connections.databases[REPLAY] = connections.configure_settings(
            {"default": sqlite_at(Path(folder) / "replay.sqlite3")}
        )["default"]
        connection = connections[REPLAY]
        try:
            with wall_opened():
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA synchronous=OFF")
                    cursor.execute("PRAGMA foreign_keys=OFF")
                with connection.schema_editor() as editor:
                    models: list[type[Model]] = [*institutional(), Record, Sealed]
                    for model in models:
                        editor.create_model(model)
            yield
        finally:
            connection.close()
            del connections[REPLAY]
            del connections.databases[REPLAY]


def compare(found: Replayed) -> None:
    """Compare every institutional table with that of the replay."""
    for model in institutional():
        compare_table(found, model)


def institutional() -> list[type[Model]]:
    """The tables that acts alone change."""
    return [
        model for model in apps.get_models() if getattr(model, "state", None) is State.INSTITUTIONAL
    ]


def compare_table(found: Replayed, model: type[Model]) -> None:
    fields = [one.attname for one in model._meta.concrete_fields]
    key = fields.index(model._meta.pk.attname)
    rows = model._meta.base_manager

    def of(alias: str) -> Iterator[tuple[Any, ...]]:
        return iter(rows.using(alias).order_by("pk").values_list(*fields).iterator(AT_ONCE))

    ours: dict[Any, tuple[Any, ...]] = {}
    theirs: dict[Any, tuple[Any, ...]] = {}
    # The two databases may sort texts otherwise: what has no partner yet waits for it.
    for mine, rebuilt in zip_longest(of("default"), of(REPLAY)):
        found.rows += mine is not None
        if mine == rebuilt:
            continue
        for row, side, other in ((mine, ours, theirs), (rebuilt, theirs, ours)):
            if row is None:
                continue
            partner = other.pop(row[key], None)
            if partner is None:
                side[row[key]] = row
            elif partner != row:
                differing(
                    found, model, fields, *((row, partner) if side is ours else (partner, row))
                )
    for name in ours:
        found.differs("row", f"{model._meta.label} {name}", "no act of the register made it")
    for name in theirs:
        found.differs("row", f"{model._meta.label} {name}", "it is missing from the table")


def differing(
    found: Replayed,
    model: type[Model],
    fields: list[str],
    mine: tuple[Any, ...],
    again: tuple[Any, ...],
) -> None:
    key = mine[fields.index(model._meta.pk.attname)]
    said = [
        f"{field} is {one!r}, by the register {other!r}"
        for field, one, other in zip(fields, mine, again, strict=True)
        if one != other
    ]
    found.differs("row", f"{model._meta.label} {key}", "; ".join(said))
