"""The docket: the duties that the register has opened, followed record by record by the replay of the journal.

A process keeps the replay as of the last record that it took, and goes on from there: what an act costs does not grow
with the register. It takes the records on which a duty or a state may depend, and no others. If the last one is not
there any more (its transaction was undone) it begins again. How things stand at a moment after that record is looked at
apart (`gate.apart`): nothing of it stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from django.db import connections

from ministry.editions.models import Edition
from ministry.editions.queries import Law, law_of
from ministry.gate.apart import apart, is_due, whole
from ministry.gate.following import Closed, Following, Told, told, under
from ministry.gate.parts import counts, is_part
from ministry.register.models import Kind, Record
from ministry.register.record import Envelope, opened
from writ.book.model import Book
from writ.engine.situation import bearer_admits
from writ.journal.acts import Ruling
from writ.journal.conform import Conformity
from writ.journal.entry import Entry
from writ.journal.entry import Kind as EntryKind
from writ.journal.life import LIVE, Life
from writ.journal.looks import together
from writ.journal.rules import Rules, rules_of

AT_ONCE = 2_000
FOUNDS = "found-ministry"
PROMULGATES = (
    "promulgate-edition",
    "suspend-provision",
    "lift-suspension",
    "correct-clerical-error",
)
"""The acts that bring editions into force, at once or at a moment to come."""
OF_OFFICES = frozenset({EntryKind.HOLDS, EntryKind.ACTS, EntryKind.LEAVES})
"""What is told of offices rulings depend on, and these are given."""


TABLE = f'"{Record._meta.db_table}"'
UNTIL = f'AND "number" <= (SELECT "number" FROM {TABLE} WHERE "id" = %s)'
BEFORE = 'AND "number" < %s'


@cache
def statement(acts: int, actors: int, bound: str, last: bool) -> str:
    """The query for the last record looked at and for those ahead; the register's own, also while it is replayed."""
    named = ['"act" IN (' + ", ".join(["%s"] * acts) + ")"]
    named += ['"actor" IN (' + ", ".join(["%s"] * actors) + ")"] if actors else []
    very_last = f'OR "number" = (SELECT max("number") FROM {TABLE})' if last else ""
    return f"""
        SELECT "number", "id", "kind", "body" FROM {TABLE} WHERE "number" >= %s {bound}
        AND ("number" = %s OR ("kind" = %s AND ({" OR ".join(named)})) {very_last})
        ORDER BY "number" LIMIT {AT_ONCE}
    """


class Concerns(msgspec.Struct, frozen=True):
    """On what duties and states may depend: acts, and whoever bears a duty that recurs by the law alone."""

    acts: frozenset[str]
    actors: frozenset[str]
    things: frozenset[str] = frozenset()
    """Acts that do no more than to tell of which family a thing is, perhaps of another than was known."""


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
    acts, things = {FOUNDS, *PROMULGATES}, set[str]()
    for name in vocabulary.acts:
        act = rules.act(name)
        moves = act.triggered.all or act.befores or act.effects or act.touches & looked_at
        does = any(one in owed for one, _ in act.doing)
        if moves or does or any(rules.is_subject(one, act.thing) for one in families):
            acts.add(name)
        elif families and act.thing:
            things.add(name)
    bearers = [norm.bearer for norm in rules.periodic]
    return Concerns(
        frozenset(acts),
        frozenset(
            name
            for name in vocabulary.actors
            if any(bearer_admits(vocabulary, one, name) for one in bearers)
        ),
        frozenset(things),
    )


Moved = tuple[Told, bool]
"""A duty as it is now, and whether it is new."""


def nobody(changed: list[Moved]) -> None: ...


Row = tuple[int, str, str, bytes | memoryview]
"""Of a record: its number, its id, its kind and its body."""


class Docket:
    """The duties as of the last record taken. `told` is told of what each record has opened or moved.

    With `reads` it is no part of what it reads: it sees what is committed alone, and takes nothing of an act under way.
    """

    def __init__(self, told: Callable[[list[Moved]], None] = nobody, reads: bool = False) -> None:
        self.told, self.reads = told, reads
        self.lock = RLock()
        self.forget()

    def forget(self) -> None:
        """Begin again."""
        self.number, self.record = 0, ""
        self.seen = (0, "")
        """The last record looked at, whether it was taken or not: what is ahead is behind it."""
        self.law: Law | None = None
        self.coming: list[tuple[dt.datetime, str]] = []
        """From when which editions are in force that are promulgated for a moment to come."""
        self.sink = Closed()
        self.local: Callable[[Entry], Entry] = lambda entry: entry
        self.replay: Following | None = None
        self.ahead: tuple[int, Following] | None = None
        """The same led on apart, to a time."""
        self.came: tuple[int, Following] | None = None
        """The same under what has come into force since: so many of those to come."""
        self.said: dict[int, Told] = {}
        """Of the duties that may still move: what was told of them last."""

    @property
    def latest(self) -> dt.date | None:
        """The moment of the last act that it followed: the duties are as of then."""
        return self.replay.core.latest if self.replay is not None else None

    def is_concerned(self, law: Law, entry: Entry) -> bool:
        """Whether a duty or a state may depend on an act. Who bears what recurs matters when they first act."""
        found = concerns(law.book)
        if entry.name in found.acts or (entry.about and entry.name in found.things):
            return True
        acted = self.replay.core.acted if self.replay is not None else ()
        return entry.actor in found.actors and entry.actor not in acted

    def catch_up(self, record: str) -> list[Moved]:
        """Take the records up to one of them; the duties that this one has opened or moved."""
        return self._whole(UNTIL, record)

    def up_to(self, before: int | None = None) -> None:
        """Take the records before a number, or all that there are."""
        if before is None:
            self._whole("", "")
        else:
            self._whole(BEFORE, before)

    def looked_at(self, number: int, record: str) -> None:
        """No record up to this one is left to be taken: whoever says so has just looked, and it is behind them."""
        if number > self.seen[0]:
            self.seen = number, record

    def _whole(self, bound: str, until: str | int) -> list[Moved]:
        with self.lock:
            try:
                return self._catch_up(bound, until)
            except BaseException:
                self.forget()
                raise

    def _catch_up(self, bound: str, until: str | int) -> list[Moved]:
        begun = 0
        while True:
            law, found = self.law, self._ahead(bound, until)
            left = len(found) == AT_ONCE
            if self.seen[1] and (not found or found.pop(0)[1] != self.seen[1]):
                if self.seen[0] != self.number:
                    self.seen = (
                        self.number,
                        self.record,
                    )  # it was undone, but nothing was taken of it
                    continue
                if begun > 1:
                    raise LookupError(f"record {self.record} is not where it was a moment ago")
                self.forget()  # the transaction of the last one was undone
                begun += 1
                continue
            for number, name, kind, body in found:
                if kind == Kind.ACT:
                    changed = self.take(number, opened(bytes(body)))
                    self.record = name  # as the table has it, whatever the body says
                    self.told(changed)
                    if name == until:
                        self.seen = number, name
                        return changed
                self.seen = number, name
                if self.law is not law:
                    break  # under this edition other records count
            if not left and self.law is law:
                return []

    def _ahead(self, bound: str, until: str | int) -> list[Row]:
        """The last record looked at, and the next ones."""
        acts, actors = self._wanted()
        sql = statement(len(acts), len(actors), bound, self.reads and not bound)
        ends = [until] if bound else []
        with connections["default"].cursor() as cursor:
            cursor.execute(sql, [self.seen[0], *ends, self.seen[0], Kind.ACT.value, *acts, *actors])
            return list(cursor.fetchall())

    def _wanted(self) -> tuple[list[str], list[str]]:
        """The acts and actors on which duties may depend, under this edition and under those that are to come."""
        if self.law is None:
            return [FOUNDS], []
        found = [concerns(self.law.book)]
        try:
            found += [concerns(law_of(edition).book) for _, edition in self.coming]
        except Edition.DoesNotExist:  # this is another register than the one that it was taken of
            self.forget()
            return [FOUNDS], []
        acts = {act for one in found for act in one.acts | one.things}
        return sorted(acts), sorted({actor for one in found for actor in one.actors})

    def as_of(self, at: dt.datetime) -> Following | None:
        """How things stand at a moment after the last record; to be read. None where nothing was taken."""
        if self.replay is None:
            return None
        replay = self._after(sum(since <= at for since, _ in self.coming))
        limit, asks_now = replay.clock.past(at), replay.rules.watches_now
        if not asks_now and not is_due(replay, limit):
            return replay
        if asks_now or self.ahead is None or self.ahead[0] > limit:
            self.ahead = limit, apart(replay)
        ahead = self.ahead[1]
        ahead.advance(limit)
        if asks_now:  # what the law says of this very moment
            ahead.settle(at.astimezone(ahead.clock.zone))
            ahead.advance(limit)
        self.ahead = limit, ahead
        return ahead

    def _after(self, came: int) -> Following:
        """Where things stand once so many editions have come into force since the last record."""
        assert self.replay is not None
        if not came:
            return self.replay
        if self.came is None or self.came[0] != came:
            found = whole(self.replay)
            for since, edition in self.coming[:came]:
                found.advance(found.clock.past(since))
                found = under(found, law_of(edition).book, found.sink, since)
            self.came, self.ahead = (came, found), None
        return self.came[1]

    def moved_since(self, at: dt.datetime) -> list[Moved]:
        """The duties that time alone has opened or moved between the last record and a moment."""
        ahead = self.as_of(at)
        if ahead is None or ahead is self.replay:
            return []
        dossiers = ahead.core.dossiers
        found = {life.number: life for life in ahead.sink.lives}
        for about in dossiers.touched:
            dossier = dossiers.peek(about)
            found.update(dossier.lives if dossier is not None else {})
        moved = []
        for number, life in sorted(found.items()):
            before = self.said.get(number)
            now = retold(ahead.book, life, before)
            if now is not None and now != before:
                moved.append((now, before is None))
        return moved

    def take(self, number: int, envelope: Envelope) -> list[Moved]:
        """Take one record; the duties that it has opened or moved."""
        self.number, self.record, self.ahead, self.came = number, envelope.id, None, None
        entry = envelope.entry_of()
        law = law_of(envelope.edition)
        if not self.is_concerned(law, entry):
            return []  # nor was it followed when it was done: it is of an edition that came into force since
        self._come(entry.at)
        if self.law is None:
            self.under(law, entry.at)
        assert self.replay is not None
        whole = not is_part(envelope)
        if whole or counts(envelope):
            self.replay.given = Ruling(
                envelope.decision(), envelope.place or entry.actor, envelope.chain
            )
            self.replay.feed(self.local(entry))
            for at, one in enumerate(envelope.tells_of(), 1):
                if one.kind not in OF_OFFICES:
                    told_of = msgspec.structs.replace(self.local(one), id=f"{entry.id}.{at}")
                    self.replay.feed(told_of)
        if entry.name in PROMULGATES and whole:
            found = promulgated(envelope.data, entry.at)
            # What was to come later comes as it is carried on here, or not at all.
            self.coming = [one for one in self.coming if one[0] < found[0][0]] + found
            self._come(entry.at)
        return self.changed()

    def _come(self, at: dt.date) -> None:
        """Go by the editions that have come into force by a moment, each from its own."""
        while self.coming and self.replay is not None and reached(self.coming[0][0], at):
            since, edition = self.coming.pop(0)
            self.replay.advance(self.replay.clock.past(since))
            self.under(law_of(edition), since)

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
            now = retold(book, life, before)
            if now is None:
                continue
            if life.status in LIVE:
                self.said[number] = now
            if now != before:
                changed.append((now, before is None))
        return changed


def retold(book: Book, life: Life, before: Told | None) -> Told | None:
    """What is known of a duty, also of one that the book has no longer: of that, what was told of it before."""
    if life.norm in book.by_id:
        return told(book, life)
    if before is None:
        return None
    return msgspec.structs.replace(before, status=life.status, turns=tuple(life.turns))


def promulgated(data: Mapping[str, Any], at: dt.date) -> list[tuple[dt.datetime, str]]:
    """From when which editions are in force, by the record of the act that brings them into force.

    An act that changes the text of the edition in force changes that of those to come as well: `brings` has them all.
    """
    several = data.get("brings") or [(data.get("edition", ""), data.get("since") or at)]
    found = []
    for edition, since in several:
        moment = dt.datetime.fromisoformat(since) if isinstance(since, str) else since
        assert isinstance(moment, dt.datetime)  # the server's acts have a moment
        found.append((moment, str(edition)))
    return found


def reached(since: dt.datetime, at: dt.date) -> bool:
    """Whether a moment is no later than that of an entry."""
    return not isinstance(at, dt.datetime) or since <= at
