"""What is asked: the request, and the history it takes as given."""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.book.terms import Value


class Event(msgspec.Struct, frozen=True, gc=False):
    """An act done, or an event that happened, taken as given. `at` None: at a time not stated, before the request."""

    name: str
    at: dt.date | None = None
    by: str = ""
    person: str = ""
    about: str = ""
    to: str = ""
    facts: dict[str, Value] = {}
    """By slot, like a request's."""


class StateGiven(msgspec.Struct, frozen=True, gc=False):
    """An instance of a state taken as begun. Its end is computed from the lapse norms unless `until` is given."""

    state: str
    since: dt.date | None = None
    until: dt.date | None = None
    about: str = ""
    facts: dict[str, Value] = {}
    """By attribute name of the state."""


class Grant(msgspec.Struct, frozen=True, gc=False):
    """One link of a chain of delegations: `by` grants `to` by the act `act`, at `at`."""

    by: str
    to: str
    act: str
    at: dt.date
    until: dt.date | None = None
    revoked: dt.date | None = None
    by_person: str = ""
    to_person: str = ""
    facts: dict[str, Value] = {}
    """By slot, like a request's: the facts on which the grant is decided."""


class Request(msgspec.Struct, frozen=True, gc=False):
    """Who asks to do what, when, on which facts. Build one from plain data with `writ.engine.ask.read_request`."""

    actor: str
    act: str
    at: dt.date
    """A day, or an aware `datetime`."""
    facts: dict[str, Value] = {}
    """By slot: `actor.trained`, `issue-declaration.kind`, `reasonable-grounds`."""
    thing: str = ""
    about: str = ""
    against: str = ""
    person: str = ""
    number: int = 0
    omit: bool = False
    done: tuple[Event, ...] = ()
    states: tuple[StateGiven, ...] = ()
    delegations: tuple[Grant, ...] = ()
    known_at: dt.date | None = None
    recorded: bool = False
    """The act was done, and is being recorded: a duty to do it allows it although done or late; the record says so."""
    acting: tuple[str, ...] = ()
    """Offices in which the actor acts besides: what they may do, the actor may."""
