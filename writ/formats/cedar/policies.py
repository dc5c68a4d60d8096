"""A Cedar policy set, read by Cedar: its policies, templates filled in."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from writ.formats.cedar.bounds import bounded
from writ.formats.cedar.codes import Refused, finding
from writ.formats.cedar.expressions import Node, Unsupported, read
from writ.formats.cedar.values import Value, entity

if TYPE_CHECKING:
    import types

ONE_LINE = 300
"""So much of another program's message is shown."""


class Scope(NamedTuple):
    """What a policy says of principal, action or resource in its head. `op`: All, ==, in, is; `type` of an `is`;
    `entities` those of `==` and `in`, or none where there is no `in`."""

    op: str
    type: str
    entities: tuple[Value, ...]


class Policy(NamedTuple):
    id: str
    """Cedar's own: `policy3`, or the id of a link."""
    name: str
    """Of the annotation `@id`, if any."""
    permits: bool
    principal: Scope
    action: Scope
    resource: Scope
    conditions: tuple[tuple[bool, Node], ...]
    """Whether it is a `when`; and its expression."""
    source: dict[str, Any]
    template: str = ""
    """The id of the template that was filled in."""


def cedar(file: str = "") -> types.ModuleType:
    """The package that reads Cedar.

    Raises:
        Refused: it is not installed.
    """
    try:
        import cedarpy
    except ImportError:
        message = "Cedar cannot be read: `cedarpy` is not installed"
        raise Refused(finding("X101", message, file, "install `writ[proof]`")) from None
    module: types.ModuleType = cedarpy
    return module


def said(error: BaseException) -> str:
    """What another program says of an error, in one line."""
    line = " ".join(str(error).split())
    return line if len(line) <= ONE_LINE else line[: ONE_LINE - 1] + "…"


Templates = dict[str, dict[str, Any]]
"""Cedar's JSON of each template, by its id."""


def read_policies(text: str, file: str) -> tuple[list[Policy], Templates]:
    """The policies of a text, in order, and its templates, which decide nothing until they are filled in.

    Raises:
        Refused: Cedar cannot read it, or an expression has an unknown form.
    """
    bounded(text, file)
    try:
        data = json.loads(cedar(file).policies_to_json_str(text))
    except RecursionError:
        message = "the policies have a condition that is nested too deep"
        raise Refused(finding("X102", message, file)) from None
    except ValueError as error:
        message = f"the policies cannot be read: {said(error)}"
        raise Refused(finding("X102", message, file)) from None
    found = [policy_of(id, one, file) for id, one in data["staticPolicies"].items()]
    return in_order(found), data["templates"]


def in_order(policies: list[Policy]) -> list[Policy]:
    """By number, a policy made of a template where the template stands."""
    return sorted(policies, key=lambda one: _number(one.template or one.id))


def _number(id: str) -> tuple[int, str]:
    found = re.fullmatch(r"policy(\d{1,9})", id)
    return (int(found[1]), "") if found else (10**9, id)


def policy_of(id: str, data: dict[str, Any], file: str, template: str = "") -> Policy:
    annotations = data.get("annotations") or {}
    try:
        return Policy(
            id,
            annotations.get("id") or "",
            data["effect"] == "permit",
            _scope(data["principal"]),
            _scope(data["action"]),
            _scope(data["resource"]),
            tuple((one["kind"] == "when", read(one["body"])) for one in data["conditions"]),
            data,
            template,
        )
    except Unsupported as error:
        raise unsupported(id, error, file) from None
    except RecursionError:
        raise unsupported(id, Unsupported("a condition too large"), file) from None


def unsupported(id: str, error: Unsupported, file: str) -> Refused:
    message = f"policy `{id}`: {error} cannot be taken over"
    return Refused(finding("X103", message, file), construct=error.construct)


def _scope(data: dict[str, Any]) -> Scope:
    op = data["op"]
    beneath = data.get("in") if op == "is" else data
    entities: tuple[Value, ...] = ()
    if beneath and "entity" in beneath:
        entities = (_entity(beneath["entity"]),)
    elif beneath and "entities" in beneath:
        entities = tuple(_entity(one) for one in beneath["entities"])
    if op not in ("All", "==", "in", "is"):
        raise Unsupported(f"`{op}` in the head")
    return Scope(op, data.get("entity_type", ""), entities)


def _entity(data: dict[str, str]) -> Value:
    return entity(data["type"], data["id"])


LONGEST_UID = 10_000
"""Characters of an entity given as a text."""
_UID = re.compile(r'((?:[A-Za-z_]\w*::)+)"([^"\\]*)"', re.ASCII)


def uid(data: Any) -> Value | None:
    """An entity given as `Type::"id"` or as an object with `type` and `id`; None if it is none."""
    if isinstance(data, str):
        return _parsed(data)
    match data:
        case {"__entity": inner}:
            return uid(inner) if isinstance(inner, dict) and "__entity" not in inner else None
        case {"type": str(type_name), "id": str(id)}:
            return entity(type_name, id)
        case _:
            return None


@lru_cache(4_096)
def _parsed(text: str) -> Value | None:
    found = _UID.fullmatch(text)
    if found is not None:
        return entity(found[1][:-2], found[2])
    if len(text) > LONGEST_UID:
        return None
    try:
        bounded(text, "")
        made = json.loads(
            cedar().policies_to_json_str(f"permit(principal=={text},action,resource);")
        )
        (one,) = made["staticPolicies"].values()
        plain = one["action"]["op"] == one["resource"]["op"] == "All" and not one["conditions"]
        return _scope(one["principal"]).entities[0] if plain and not made["templates"] else None
    except (ValueError, IndexError, Unsupported, Refused):
        return None
