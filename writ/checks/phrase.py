"""A request as one line of YAML, as it may be pasted into a case."""

from __future__ import annotations

import datetime as dt

from writ.book.model import Norm
from writ.book.terms import Value
from writ.engine.request import Request


def phrase(request: Request) -> str:
    """`{actor: …, act: …, at: …, facts: {…}}`, with what the request does not state left out."""
    actor = request.actor
    if request.person or request.number:
        parts = [f"office: {actor}"]
        parts += [f"person: {request.person}"] if request.person else []
        parts += [f"number: {request.number}"] if request.number else []
        actor = _braced(parts)
    found = [f"actor: {actor}", f"act: {request.act}"]
    for name in ("thing", "about", "against"):
        value = getattr(request, name)
        if value:
            found.append(f"{name}: {value}")
    found.append(f"at: {_value(request.at)}")
    if request.omit:
        found.append("omit: yes")
    if request.facts:
        found.append(f"facts: {_facts(request.facts)}")
    if request.done:
        done = []
        for event in request.done:
            by = [f"by: {event.by}"] if event.by else []
            at = [f"at: {_value(event.at)}"] if event.at else []
            done.append(_braced([f"act: {event.name}", *by, *at]))
        found.append(f"done: [{', '.join(done)}]")
    if request.states:
        states = []
        for state in request.states:
            since = [f"since: {_value(state.since)}"] if state.since else []
            facts = [f"facts: {_facts(state.facts)}"] if state.facts else []
            states.append(_braced([f"state: {state.state}", *since, *facts]))
        found.append(f"states: [{', '.join(states)}]")
    return _braced(found)


def written(norm: Norm) -> str:
    """A reference to the norm, as another instrument writes it."""
    return f"{norm.instrument} {norm.label}"


def _facts(facts: dict[str, Value]) -> str:
    return _braced([f"{name}: {_value(value)}" for name, value in facts.items()])


def _braced(parts: list[str]) -> str:
    return "{" + ", ".join(parts) + "}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return "[" + ", ".join(sorted(value)) + "]"
    if isinstance(value, tuple):
        return "[" + ", ".join(_facts(member) for member in value) + "]"
    return str(value)
