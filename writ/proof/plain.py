"""A request as plain data: what `writ decide --request` and a file of cases read (`docs/language.md`, "Asking")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from writ.book.model import Book
from writ.book.terms import Period, Value
from writ.engine.request import Event, Grant, Request, StateGiven

Plain = dict[str, object]


def as_data(book: Book, request: Request) -> Plain:
    """The fields that say something, in the order of the language reference. `read_request` gives the request back."""
    return _filled(
        {
            "actor": request.actor,
            "act": request.act,
            "thing": request.thing,
            "about": request.about,
            "against": request.against,
            "person": request.person,
            "number": request.number,
            "at": _day(request.at),
            "known-at": _day(request.known_at),
            "omit": request.omit,
            "facts": _facts(request.facts),
            "done": [_event(book, one) for one in request.done],
            "states": [_state(one) for one in request.states],
            "delegations": [_grant(one) for one in request.delegations],
        }
    )


def _event(book: Book, event: Event) -> Plain:
    return _filled(
        {
            "event" if event.name in book.vocabulary.events else "act": event.name,
            "by": event.by,
            "person": event.person,
            "to": event.to,
            "about": event.about,
            "at": _day(event.at),
            "facts": _facts(event.facts),
        }
    )


def _state(given: StateGiven) -> Plain:
    return _filled(
        {
            "state": given.state,
            "about": given.about,
            "since": _day(given.since),
            "until": _day(given.until),
            "facts": _facts(given.facts),
        }
    )


def _grant(grant: Grant) -> Plain:
    return _filled(
        {
            "by": grant.by,
            "by-person": grant.by_person,
            "to": grant.to,
            "to-person": grant.to_person,
            "act": grant.act,
            "at": _day(grant.at),
            "until": _day(grant.until),
            "revoked": _day(grant.revoked),
            "facts": _facts(grant.facts),
        }
    )


def _facts(facts: Mapping[str, Value]) -> Plain:
    return {name: _value(value) for name, value in facts.items()}


def _value(value: Value) -> object:
    if isinstance(value, dt.date):
        return _day(value)
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_facts(member) for member in value]
    return value


def _day(at: dt.date | None) -> str | None:
    return None if at is None else at.isoformat()


def _filled(fields: Plain) -> Plain:
    """Without the fields that say nothing."""
    return {name: value for name, value in fields.items() if value}
