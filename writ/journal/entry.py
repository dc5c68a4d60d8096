"""The entries of a journal: what was done, what happened, what was the case, who held which office."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from writ.book.terms import Value
from writ.syntax.tree import HolidayRule


class Kind(StrEnum):
    """What an entry records."""

    ACT = "act"
    """An actor did an act."""
    EVENT = "event"
    """Something happened that nobody does by authority."""
    FACT = "fact"
    """Facts are so from then on, until another entry says otherwise."""
    STATE = "state"
    """A state is taken as begun, with the end that the book gives it."""
    HOLDS = "holds"
    """A person holds an office from then on."""
    ACTS = "acts"
    """A person acts in an office from then on."""
    LEAVES = "leaves"
    """A person holds or acts in it no more."""
    GONE = "gone"
    """A thing, office or body is no more."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One entry. Frozen; its canonical bytes are `writ.journal.canonical`'s."""

    kind: Kind
    at: dt.date
    """When it happened: a day, or an aware `datetime`."""
    name: str = ""
    """Of the act, event, state or office; for `gone`, of the thing, office or body. Empty for facts."""
    id: str = ""
    """Its label in the journal, unique there; where none was written, its number (`12`)."""
    known: dt.date | None = None
    """When it came to be known; None: when it happened."""
    actor: str = ""
    """The office, body or kind of person that acts; of `fact`, whom `actor.…` facts are about."""
    person: str = ""
    """Who that is; of `holds`, `acts` and `leaves`, the person."""
    number: int = 0
    """How many acted together."""
    thing: str = ""
    """A narrower thing than the act's own."""
    about: str = ""
    """Which one: the identity of the thing."""
    to: str = ""
    """The office or body that the act is addressed to; for an act of delegation, to whom the power is given."""
    to_person: str = ""
    against: str = ""
    """The actor that the act is aimed at (immunities)."""
    facts: dict[str, Value | None] = {}
    """By slot, like a request's. Only a `fact` entry may give None: no longer stated."""
    until: dt.date | None = None
    """Of an act of delegation, the last day of the grant; of a state, its last day, where it is given."""
    revokes: tuple[str, ...] = ()
    """Of an act: the entries whose grant it revokes."""
    under: tuple[str, ...] = ()
    """The premises under which alone the entry counts; empty: always."""
    lawful: bool = False
    """Of an act: taken as authorised, whatever the book says of it."""
    source: str = ""
    note: str = ""

    @property
    def stated(self) -> dict[str, Value]:
        """The facts that it states."""
        return self.facts  # type: ignore[return-value]  # a cast is a call, and this is asked of every entry

    @property
    def known_at(self) -> dt.date:
        """When it came to be known."""
        return self.known if self.known is not None else self.at


# The same attribute by its other type: a property is a call, and a replay asks several times of every entry.
Entry.stated = Entry.facts  # type: ignore[method-assign, assignment]


class Expectation(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a journal expects of its replay: the status of one act, state or duty on a day."""

    subject: str
    """act, state or duty."""
    name: str
    """Of an act the id of its entry, of a state its name, of a duty its act."""
    status: str
    as_of: dt.date
    known_at: dt.date | None = None
    under: tuple[str, ...] = ()
    provision: str = ""
    """Of a duty: the provision (`[instrument] label`) where it stands; empty: any."""
    about: str = ""
    to: str = ""
    of: str = ""
    """Of a duty: the person bound by it."""
    due: dt.date | None = None
    """Of a duty its due day; of a state its last day."""
    cites: tuple[str, ...] = ()
    """At least one of them is among what the record cites."""
    id: str = ""
    shared: str = ""
    """The id of the same expectation in another collection."""
    text: str = ""
    """The question in words."""


class Premise(msgspec.Struct, frozen=True):
    name: str
    text: str = ""


class Days(msgspec.Struct, frozen=True):
    """Days that a journal adds to a calendar of the book."""

    calendar: str
    sittings: dict[str, tuple[dt.date, ...]] = {}
    holidays: tuple[HolidayRule, ...] = ()


class Journal(msgspec.Struct, frozen=True):
    """A journal as it was read: entries in the order in which they were written."""

    title: str = ""
    book: str = ""
    """The name of the book that it is about, where it says so."""
    entries: tuple[Entry, ...] = ()
    premises: tuple[Premise, ...] = ()
    days: tuple[Days, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    file: str = ""
    lines: tuple[int, ...] = ()
    """The first line of each entry in its file, where it was read from one."""
    expected_lines: tuple[int, ...] = ()
    notes: str = ""
    """What the journal says of itself: where it comes from, what is not verified."""
