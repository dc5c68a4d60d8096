"""The docket: the duties that the register has opened, followed record by record by the replay of the journal.

A process keeps the replay as of the last record that it took, and goes on from there: what an act costs does not grow
with the register. It takes the records on which a duty or a state may depend, and no others. If the last one is not
there any more (its transaction was undone) it begins again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from weakref import WeakKeyDictionary

import msgspec
from django.db import connections

from ministry.editions.queries import Law, law_of
from ministry.gate.following import Closed, Following, Told, told, under
from ministry.register.models import Kind, Record
from ministry.register.record import Envelope, opened
from writ.book.model import Book
from writ.engine.situation import bearer_admits
from writ.journal.acts import Ruling
from writ.journal.conform import Conformity
from writ.journal.entry import Entry
from writ.journal.entry import Kind as EntryKind
from writ.journal.life import LIVE
from writ.journal.looks import together
from writ.journal.rules import Rules, rules_of

AT_ONCE = 2_000
FOUNDS, PROMULGATES = "found-ministry", "promulgate-edition"
OF_OFFICES = frozenset({EntryKind.HOLDS, EntryKind.ACTS, EntryKind.LEAVES})
"""What is told of offices rulings depend on, and these are given."""


@cache
def statement(acts: int, actors: int) -> str:
    """The query for the last record taken and for those ahead; the register's own, also while it is replayed."""
    named = ['"act" IN (' + ", ".join(["%s"] * acts) + ")"]
    named += ['"actor" IN (' + ", ".join(["%s"] * actors) + ")"] if actors else []
    table = f'"{Record._meta.db_table}"'
    return f"""
        SELECT "number", "id", "body" FROM {table}
        WHERE "number" >= %s AND "number" <= (SELECT "number" FROM {table} WHERE "id" = %s) AND "kind" = %s
        AND ("number" = %s OR {" OR ".join(named)}) ORDER BY "number" LIMIT {AT_ONCE}
    """


class Concerns(msgspec.Struct, frozen=True):
    """On what duties and states may depend: acts, and whoever bears a duty that recurs by the law alone."""

    acts: frozenset[str]
    actors: frozenset[str]


_concerns: WeakKeyDictionary[Book, Concerns] = WeakKeyDictionary()


def concerns(book: Book) -> Concerns:
    """On what the duties and states of a book may depend."""
    found = _concerns.get(book)
    if found is None:
        found = _concerns[book] = _find(rules_of(book))
    return found


def _find(rules: Rules) -> Concerns:
    vocabulary = rules.book.vocabulary
    owed = {duty.norm.act for duty in rules.duties.values()}
    families = [duty.family for duty in rules.dated if duty.family]
    looked_at = together(
        [
            *(one.asking | one.until | one.watched for one in rules.duties.values()),
            *(one.looks for one in rules.states.values()),
            *(one.looks for one in map(rules.act, vocabulary.acts) if one.effects),
        ]
    ).names
    acts = {FOUNDS, PROMULGATES}
    for name in vocabulary.acts:
        act = rules.act(name)
        moves = act.triggered.all or act.befores or act.effects or act.touches & looked_at
        does = any(one in owed for one, _ in act.doing)
        if moves or does or any(rules.is_subject(one, act.thing) for one in families):
            acts.add(name)
    bearers = [norm.bearer for norm in rules.periodic]
    return Concerns(
        frozenset(acts),
        frozenset(
            name
            for name in vocabulary.actors
            if any(bearer_admits(vocabulary, one, name) for one in bearers)
        ),
    )


Moved = tuple[Told, bool]
"""A duty as it is now, and whether it is new."""


def nobody(changed: list[Moved]) -> None: ...


class Docket:
    """The duties as of the last record taken. `told` is told of what each record has opened or moved."""

    def __init__(self, told: Callable[[list[Moved]], None] = nobody) -> None:
        self.told = told
        self.forget()

    def forget(self) -> None:
        """Begin again."""
        self.number, self.record = 0, ""
        self.law: Law | None = None
        self.sink = Closed()
        self.local: Callable[[Entry], Entry] = lambda entry: entry
        self.replay: Following | None = None
        self.said: dict[int, Told] = {}
        """Of the duties that may still move: what was told of them last."""

    @property
    def latest(self) -> dt.date | None:
        """The moment of the last act that it followed: the duties are as of then."""
        return self.replay.core.latest if self.replay is not None else None

    def is_concerned(self, law: Law, entry: Entry) -> bool:
        """Whether a duty or a state may depend on an act. Who bears what recurs matters when they first act."""
        found = concerns(law.book)
        if entry.name in found.acts:
            return True
        acted = self.replay.core.acted if self.replay is not None else ()
        return entry.actor in found.actors and entry.actor not in acted

    def catch_up(self, record: str) -> list[Moved]:
        """Take the records up to one of them; the duties that this one has opened or moved."""
        try:
            return self._catch_up(record)
        except BaseException:
            self.forget()
            raise

    def _catch_up(self, record: str) -> list[Moved]:
        begun = 0
        while True:
            law, found = self.law, self._ahead(record)
            if self.record and (not found or found.pop(0)[1] != self.record):
                if begun > 1:
                    raise LookupError(f"record {self.record} is not where it was a moment ago")
                self.forget()  # the transaction of the last one was undone
                begun += 1
                continue
            for number, name, body in found:
                changed = self.take(number, opened(bytes(body)))
                self.record = name  # as the table has it, whatever the body says
                self.told(changed)
                if name == record:
                    return changed
                if self.law is not law:
                    break  # under this edition other records count
            if not found:
                return []

    def _ahead(self, record: str) -> list[tuple[int, str, bytes | memoryview]]:
        """The last record taken, and the next ones up to another."""
        found = Concerns(frozenset((FOUNDS,)), frozenset())
        if self.law is not None:
            found = concerns(self.law.book)
        acts, actors = sorted(found.acts), sorted(found.actors)
        with connections["default"].cursor() as cursor:
            cursor.execute(
                statement(len(acts), len(actors)),
                [self.number, record, Kind.ACT.value, self.number, *acts, *actors],
            )
            return list(cursor.fetchall())

    def take(self, number: int, envelope: Envelope) -> list[Moved]:
        """Take one record; the duties that it has opened or moved."""
        self.number, self.record = number, envelope.id
        entry = envelope.entry_of()
        law = law_of(envelope.edition)
        self.under(law, entry.at)
        assert self.replay is not None
        if self.is_concerned(law, entry):
            self.replay.given = Ruling(
                envelope.decision(), envelope.place or entry.actor, envelope.chain
            )
            self.replay.feed(self.local(entry))
            for at, one in enumerate(envelope.tells_of(), 1):
                if one.kind not in OF_OFFICES:
                    told_of = msgspec.structs.replace(self.local(one), id=f"{entry.id}.{at}")
                    self.replay.feed(told_of)
        if entry.name == PROMULGATES:
            self.under(law_of(entry.about), entry.at)
        return self.changed()

    def under(self, law: Law, at: dt.date) -> None:
        """See that it goes by an edition."""
        if self.replay is None:
            self.replay = Following(law.book, self.sink)
        elif self.law is not None and self.law.digest != law.digest:
            self.replay = under(self.replay, law.book, self.sink, at)
        if self.law is not law:
            self.law, self.local = law, Conformity(law.book).local

    def changed(self) -> list[Moved]:
        """The duties that are otherwise than they were told last, and whether they are new."""
        assert self.replay is not None
        book, dossiers = self.replay.book, self.replay.core.dossiers
        touched, closed = [*dossiers.touched], [*self.sink.lives]
        found = {life.number: life for life in closed}
        for about in touched:
            dossier = dossiers.get(about)
            found.update(dossier.lives if dossier is not None else {})
        dossiers.touched.clear()
        self.sink.lives.clear()
        changed: list[Moved] = []
        for number, life in sorted(found.items()):
            before = self.said.pop(number, None)
            if life.norm in book.by_id:
                now = told(book, life)
            elif before is not None:  # repealed
                turns = tuple(life.turns)
                now = msgspec.structs.replace(before, status=life.status, turns=turns)
            else:
                continue
            if life.status in LIVE:
                self.said[number] = now
            if now != before:
                changed.append((now, before is None))
        return changed
