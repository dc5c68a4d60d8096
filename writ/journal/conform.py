"""Whether an entry read from canonical bytes speaks of what the book has: its names, its slots, its types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from writ.book import dates
from writ.book.model import Book
from writ.book.terms import Period, Type
from writ.engine.ask import near
from writ.journal.entry import Entry, Kind

Wrong = tuple[str, str, str]
"""Code, message, help."""


class Conformity:
    """Holds entries against a book."""

    def __init__(self, book: Book) -> None:
        self.vocabulary = book.vocabulary
        calendar = book.vocabulary.calendars.get(book.default_calendar)
        self.zone: dt.tzinfo = dates.zone_of(calendar.zone) if calendar is not None else dt.UTC
        vocabulary = book.vocabulary
        self._named: dict[Kind, tuple[Mapping[str, object], str]] = {
            Kind.ACT: (vocabulary.acts, "act"),
            Kind.EVENT: (vocabulary.events, "event"),
            Kind.STATE: (vocabulary.states, "state"),
            Kind.HOLDS: (vocabulary.actors, "office"),
            Kind.ACTS: (vocabulary.actors, "office"),
            Kind.LEAVES: (vocabulary.actors, "office"),
        }

    def wrong(self, entry: Entry) -> Iterator[Wrong]:
        """What the book does not have."""
        named = self._named.get(entry.kind)
        if named is not None:
            yield from self._known(entry.name, *named)
        for name in (entry.actor, entry.to, entry.against):
            if name:
                yield from self._known(name, self.vocabulary.actors, "office, body or person")
        if entry.kind == Kind.ACT and not entry.actor:
            yield "J102", "the entry does not say who acted", ""
        if entry.thing:
            yield from self._known(entry.thing, self.vocabulary.things, "thing")
        for slot, value in entry.facts.items():
            definition = self.vocabulary.attributes.get(slot)
            if definition is None:
                help = near(slot, [*self.vocabulary.attributes])
                yield "J111", f"unknown attribute `{slot[:60]}`", help
            elif not self._fits(definition.type, value, entry.kind == Kind.FACT):
                yield "J112", f"`{slot}` is not of the type `{definition.type}`", ""

    def _known(self, name: str, among: Mapping[str, object], what: str) -> Iterator[Wrong]:
        if name not in among:
            yield "J110", f"`{name[:60]}` is not a known {what}", near(name[:60], [*among])

    def _fits(self, kind: Type, value: Any, withdrawn: bool = False) -> bool:
        if value is None:
            return withdrawn
        match kind.base:
            case "yes-no":
                return isinstance(value, bool)
            case "number":
                return isinstance(value, int | float) and not isinstance(value, bool)
            case "date":
                return isinstance(value, dt.date)
            case "duration":
                return isinstance(value, Period)
            case "kind" | "levels":
                return self._one(kind.of, value)
            case "set":
                return isinstance(value, frozenset) and all(self._one(kind.of, v) for v in value)
            case "list":
                return isinstance(value, tuple) and all(self._member(kind.of, v) for v in value)
        return isinstance(value, str)

    def _one(self, kind: str, value: object) -> bool:
        definition = self.vocabulary.kinds.get(kind)
        return isinstance(value, str) and (definition is None or value in definition.order)

    def _member(self, thing: str, member: Mapping[str, Any]) -> bool:
        attributes = self.vocabulary.attributes
        above = (thing, *sorted(self.vocabulary.thing_up.get(thing, ())))
        for name, value in member.items():
            found = (attributes.get(f"{each}.{name}") for each in above)
            definition = next(filter(None, found), None)
            if definition is None or not self._fits(definition.type, value):
                return False
        return True

    # --- moments

    def local(self, entry: Entry) -> Entry:
        """The entry with its moments by the clock of the book's calendar."""
        changed: dict[str, Any] = {
            name: self._local(when)
            for name in ("at", "known", "until")
            if isinstance(when := getattr(entry, name), dt.datetime)
        }
        facts = {
            slot: self._local(value)
            for slot, value in entry.facts.items()
            if isinstance(value, dt.datetime)
        }
        if facts:
            changed["facts"] = {**entry.facts, **facts}
        return msgspec.structs.replace(entry, **changed) if changed else entry

    def _local(self, moment: dt.datetime) -> dt.datetime:
        try:
            local = moment.astimezone(self.zone)
        except OverflowError:
            return moment
        return local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()), fold=0)
