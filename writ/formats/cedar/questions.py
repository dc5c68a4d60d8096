"""Requests of ours as requests of Cedar, for an exported book."""

from __future__ import annotations

import datetime as dt
from typing import Any

from writ.book import dates
from writ.book.model import Vocabulary
from writ.book.terms import Type, Value
from writ.diagnostics import Diagnostic
from writ.engine.request import Request
from writ.engine.situation import thing_of
from writ.formats.cedar.codes import finding
from writ.formats.cedar.export import Exported
from writ.formats.cedar.outward import asked_name
from writ.formats.cedar.printed import NO_THING, actor_type


class Unsayable(Exception):
    """What Cedar cannot be asked. The text says why."""


def question(
    exported: Exported, request: Request
) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """The request as Cedar takes it: principal, action, resource and context. It is allowed where ours is permitted."""
    try:
        return _question(exported, request), []
    except Unsayable as error:
        return None, [finding("X203", f"Cedar cannot be asked: {error}", "")]


def _question(exported: Exported, request: Request) -> dict[str, Any]:
    vocabulary = exported.book.vocabulary
    if request.act not in exported.acts:
        raise Unsayable(f"`{request.act}` is not exported")
    if (
        request.omit
        or request.delegations
        or request.acting
        or request.known_at
        or request.recorded
    ):
        raise Unsayable("it is about more than whether the act may be done")
    day = dates.day_of(request.at)
    first, after = exported.span
    if (first is not None and day < first) or (after is not None and day >= after):
        raise Unsayable(f"on {day} other norms are in force than were exported")
    thing = request.thing or thing_of(vocabulary, request.act) or NO_THING
    return {
        "principal": {"type": actor_type(request.actor, vocabulary), "id": request.actor},
        "action": {"type": "Action", "id": request.act},
        "resource": {"type": "Thing", "id": thing},
        "context": _context(exported, request),
    }


def _context(exported: Exported, request: Request) -> dict[str, Any]:
    outward, found = exported.outward, dict[str, Any]()
    for slot, kind in outward.slots.items():
        if slot in request.facts:
            found[slot] = _value(request.facts[slot], kind, slot, exported.book.vocabulary)
        elif slot in outward.filled:
            found[slot] = []
    for slot in outward.asked:
        found[asked_name(slot)] = slot in request.facts
    return found


def _value(value: Value, kind: Type, slot: str, vocabulary: Vocabulary) -> Any:
    match value:
        case bool() | frozenset():
            return sorted(value) if isinstance(value, frozenset) else value
        case int() | float() if value == int(value) and abs(value) < 2**63:
            return int(value)
        case str() if kind.base == "levels":
            return vocabulary.kinds[kind.of].order[value]
        case str():
            return value
        case dt.date() if not isinstance(value, dt.datetime):
            return {"__extn": {"fn": "datetime", "arg": str(value)}}
        case _:
            raise Unsayable(f"`{slot}` is {value}, for which Cedar has no value")
