"""Cedar's entities and schemas, read by Cedar, and values in its JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from writ.formats.cedar.bounds import bounded
from writ.formats.cedar.codes import Refused, finding
from writ.formats.cedar.evaluate import call
from writ.formats.cedar.extensions import CONSTRUCTORS, METHODS, Erring
from writ.formats.cedar.policies import cedar, said
from writ.formats.cedar.values import Value, boolean, entity, record

Uid = tuple[str, str]
"""Type and id."""


class Entities:
    """Attributes, tags and the hierarchy, by entity."""

    def __init__(self, items: Iterable[tuple[Uid, dict[str, Value], dict[str, Value], list[Uid]]]):
        self._attributes: dict[Uid, dict[str, Value]] = {}
        self._tags: dict[Uid, dict[str, Value]] = {}
        self._parents: dict[Uid, list[Uid]] = {}
        self._up: dict[Uid, frozenset[Uid]] = {}
        for uid, attributes, tags, parents in items:
            self._attributes[uid], self._tags[uid] = attributes, tags
            self._parents[uid] = parents

    def __iter__(self) -> Any:
        return iter(self._attributes)

    def attributes(self, uid: Uid) -> Mapping[str, Value] | None:
        """By name; None for an entity that is not there."""
        return self._attributes.get(uid)

    def tags(self, uid: Uid) -> Mapping[str, Value] | None:
        """By name; None for an entity that is not there."""
        return self._tags.get(uid)

    def up(self, uid: Uid) -> frozenset[Uid]:
        """The entity itself and all that it is beneath."""
        found = self._up.get(uid)
        if found is None:
            seen, todo = {uid}, [uid]
            while todo:
                more = [one for one in self._parents.get(todo.pop(), ()) if one not in seen]
                seen.update(more)
                todo += more
            found = self._up[uid] = frozenset(seen)
        return found


NO_ENTITIES = Entities(())


def read_schema(text: str, file: str) -> Any:
    """The schema, as Cedar holds it; of Cedar's own form or of its JSON.

    Raises:
        Refused: Cedar cannot read it.
    """
    bounded(text, file, "the declarations", chains=False)
    make = cedar(file).Schema
    try:
        return (make.from_json_str if text.lstrip()[:1] == "{" else make.from_str)(text)
    except ValueError as error:
        raise Refused(finding("X102", f"the schema cannot be read: {said(error)}", file)) from None


def read_entities(text: str, file: str, schema: Any = None) -> Entities:
    """The entities of a JSON text; with a schema, also its actions, and its reading of plain values.

    Raises:
        Refused: Cedar cannot read them.
    """
    try:
        # Cedar writes them out anew with every entity and extension value marked as such.
        data = json.loads(str(cedar(file).Entities.from_json_str(text, schema)))
        return Entities(_entity(one) for one in data)
    except (ValueError, RecursionError, Erring) as error:
        message = f"the entities cannot be read: {said(error)}"
        raise Refused(finding("X102", message, file)) from None


def _entity(data: dict[str, Any]) -> tuple[Uid, dict[str, Value], dict[str, Value], list[Uid]]:
    attributes = {name: read_value(one) for name, one in data["attrs"].items()}
    tags = {name: read_value(one) for name, one in data.get("tags", {}).items()}
    return _uid(data["uid"]), attributes, tags, [_uid(one) for one in data["parents"]]


def _uid(data: dict[str, Any]) -> Uid:
    inner = data.get("__entity", data)
    return inner["type"], inner["id"]


def read_value(data: Any) -> Value:
    """A value in Cedar's JSON, where entities and extension values are marked.

    Raises:
        Erring: it is none.
    """
    if isinstance(data, bool):
        return boolean(data)
    if isinstance(data, int):
        return _long(data)
    if isinstance(data, str):
        return Value("string", data)
    if isinstance(data, list):
        return Value("set", frozenset([read_value(one) for one in data]))
    match data:
        case {"__entity": {"type": str(type_name), "id": str(id), **rest}} if not rest:
            return entity(type_name, id)
        case {"__extn": {"fn": str(function), "arg": str(arg)}} if function in CONSTRUCTORS:
            return CONSTRUCTORS[function](arg)
        case {"__extn": {"fn": str(function), "args": list(args)}} if function in METHODS:
            return call(function, [read_value(one) for one in args], NO_ENTITIES)
        case {"__entity": _} | {"__extn": _}:
            raise Erring("a marked value that is none")
        case dict():
            return record({str(name): read_value(one) for name, one in data.items()})
        case _:
            raise Erring("null and fractions are no values of Cedar")


def _long(number: int) -> Value:
    if not -(2**63) <= number < 2**63:
        raise Erring("a number beyond 64 bits")
    return Value("long", number)
