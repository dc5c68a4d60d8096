"""The past and the holders as a replay remembers them: the same answers as `past` and `holders`, without a database."""

from __future__ import annotations

import datetime as dt

from ministry.editions.queries import Law
from ministry.gate.docket import Docket
from ministry.gate.holders import Holders
from ministry.gate.parts import NOTHING, Begun, counts, is_part
from ministry.gate.past import Wanted, wanted
from ministry.gate.stretches import States, states_at
from ministry.register.record import Envelope
from writ.book.model import Book
from writ.engine.answer import Outcome
from writ.engine.request import Event
from writ.journal.acts import event_of, is_material
from writ.journal.entry import Entry
from writ.journal.grants import Grants
from writ.journal.offices import Offices

Key = tuple[str, str, str, bool]
"""In whose place, by whom, to whom, and whether it was permitted."""


class Memory:
    """What the records read so far have told."""

    def __init__(self, book: Book) -> None:
        self.offices = Offices(book)
        self.grants = Grants(book)
        self._by_thing: dict[tuple[str, str, bool], list[tuple[int, Event]]] = {}
        self._ends: dict[str, dict[Key, list[tuple[int, Event]]]] = {}
        self._number = 0
        self._begun: dict[tuple[str, str], Begun] = {}
        self.docket = Docket()
        self.last, self.before = (0, ""), 0
        """The record that was decided last, and the number of that which is decided now."""

    def past(self, law: Law, entry: Entry) -> tuple[Event, ...]:
        """What `gate.past.past` finds in the tables."""
        want = wanted(law, entry.name, entry.thing)
        if not want:
            return ()
        if not entry.about:
            want = Wanted(frozenset(), want.near | want.far)
        found: dict[int, Event] = {}
        for act in want.far:
            for key, ends in self._ends.get(act, {}).items():
                if key[3] or is_material(law.book, act):
                    found.update(ends)
        for act in want.near:
            for about in ("", entry.about):
                found.update(self._by_thing.get((act, about, True), ()))
                if is_material(law.book, act):
                    found.update(self._by_thing.get((act, about, False), ()))
        return tuple(found[number] for number in sorted(found))

    def states(self, law: Law, entry: Entry) -> States | None:
        """What `gate.decide.states_of` finds: duties and states as the records before this one made them."""
        if not isinstance(entry.at, dt.datetime):
            return None
        about = entry.about
        found = states_at(law, entry.name, entry.thing, about, entry.at, self.docket, self.before)
        if found is not None:
            self.docket.looked_at(*self.last)
        return found

    def comes_to(self, number: int, last: tuple[int, str]) -> None:
        """The record of a number is decided next, after the last one that there was."""
        self.before, self.last = number, last

    def holders(self) -> Holders:
        return Holders(0, self.offices, self.grants)

    def take(self, envelope: Envelope, entry: Entry) -> None:
        """Let an act that was done count from now on."""
        self._number += 1
        place = envelope.place or entry.actor
        part = is_part(envelope)
        if part:
            self._begin(envelope, entry, place)
        elif envelope.outcome == Outcome.PERMITTED:
            self._begun.pop((entry.name, entry.about), None)
        if part and not counts(envelope):
            return
        numbered = (self._number, event_of(entry, place))
        lawful = part or envelope.outcome == Outcome.PERMITTED
        self._by_thing.setdefault((entry.name, entry.about, lawful), []).append(numbered)
        key = (place, entry.person, entry.to, lawful)
        ends = self._ends.setdefault(entry.name, {}).setdefault(key, [])
        ends[1:] = [numbered]  # the first, and the last so far
        if part:
            return
        for told in envelope.tells_of():
            self.offices.take(told)
        if entry.name in self.grants.delegating:
            self.grants.take(entry, envelope.decision(), envelope.chain)
        for name in entry.revokes:
            self.grants.revoke(name, entry.at)

    def _begin(self, envelope: Envelope, entry: Entry, place: str) -> None:
        found = self.begun(entry)
        parts = found.parts if found.record == envelope.part else ()
        self._begun[entry.name, entry.about] = Begun(
            envelope.part, envelope.data, (*parts, (place, entry.person))
        )

    def begun(self, entry: Entry) -> Begun:
        """What `gate.parts.begun` finds."""
        return self._begun.get((entry.name, entry.about), NOTHING)

    def under(self, book: Book) -> None:
        """Another edition is in force."""
        self.offices.book = book
        kept, self.grants = self.grants, Grants(book)
        self.grants.all, self.grants._to = kept.all, kept._to
