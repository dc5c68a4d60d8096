"""The context of a request. A schema may read a plain text as an address, or an object as an entity: Cedar is asked."""

from __future__ import annotations

import json
from typing import Any

from writ.formats.cedar.codes import Refused, finding
from writ.formats.cedar.entities import read_value
from writ.formats.cedar.extensions import CONSTRUCTORS, Erring
from writ.formats.cedar.facts import Mismatch
from writ.formats.cedar.policies import cedar, said
from writ.formats.cedar.values import Value, entity, members, record

DEEPEST = 40
Place = tuple[str, ...]


def context_of(
    data: Any, request: dict[str, Any], variables: dict[str, Value], schema: Any, file: str
) -> Value:
    """The context as a record.

    Raises:
        Refused: it is no object of values, or does not fit the schema.
        Mismatch: the schema reads it otherwise than it is written, in a way not known here.
    """
    if data is None:
        data = {}
    if not isinstance(data, dict) or _deep(data):
        raise Refused(finding("X105", "`context` is no object, or is nested too deep", file))
    try:
        plain = _marked(data) if schema is None else _Reading(schema, variables, file).read(data)
    except Erring as error:
        raise Refused(finding("X105", f"`context`: {error}", file)) from None
    if plain.kind != "record":
        raise Refused(finding("X105", "`context` is a value, and should be an object", file))
    return plain


def _marked(data: dict[str, Any]) -> Value:
    return read_value(data)


def _deep(data: Any) -> bool:
    level, depth = [data], 0
    while level:
        depth += 1
        level = [
            inner
            for one in level
            for inner in (
                one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
            )
        ]
        if depth > DEEPEST:
            return True
    return False


class _Reading:
    """Finds what each value of a context is under a schema: written plainly, or as the schema lets it be written."""

    def __init__(self, schema: Any, variables: dict[str, Value], file: str) -> None:
        self.schema = schema
        self.file = file
        self.question = {
            name: {"type": one.of[0], "id": one.of[1]} for name, one in variables.items()
        }

    def read(self, data: dict[str, Any]) -> Value:
        choices: dict[Place, list[Value]] = {}
        plain = self._walk(data, (), choices)
        unsure = {place: found for place, found in choices.items() if len(found) > 1}
        if not unsure:
            return plain
        taken = self._asked(data, unsure)
        for place, value in taken.items():
            plain = _placed(plain, place, value)
        if not self._asked(data, {(): [plain]}):
            raise Mismatch("the schema reads the context in a way of its own")
        return plain

    def _walk(self, data: Any, place: Place, choices: dict[Place, list[Value]]) -> Value:
        """The value as written, with what else it could be."""
        others: list[Value] = []
        if isinstance(data, str):
            for make in CONSTRUCTORS.values():
                try:
                    others.append(make(data))
                except Erring:
                    continue
        match data:
            case {"type": str(type_name), "id": str(id)} if len(data) == 2:
                others.append(entity(type_name, id))
            case {"fn": str(function), "arg": str(arg)} if len(data) == 2:
                if function in CONSTRUCTORS:
                    others.append(CONSTRUCTORS[function](arg))
            case dict() if not data.keys() & {"__entity", "__extn"}:
                fields = {
                    name: self._walk(one, (*place, name), choices) for name, one in data.items()
                }
                return record(fields)
            case list():
                return self._set(data, place, choices)
        written = read_value(data)
        choices[place] = [written, *others]
        return written

    def _set(self, data: list[Any], place: Place, choices: dict[Place, list[Value]]) -> Value:
        """A set is one of plain members, or every one is of one other kind."""
        apart: dict[Place, list[Value]] = {}
        inner = [self._walk(one, (str(at),), apart) for at, one in enumerate(data)]
        kinds = {other.kind for found in apart.values() for other in found[1:]}
        choices[place] = [Value("set", frozenset(inner))]
        for kind in sorted(kinds):
            turned = list(inner)
            for at in range(len(inner)):
                among = [one for one in apart.get((str(at),), [])[1:] if one.kind == kind]
                turned[at] = among[0] if among else turned[at]
            choices[place].append(Value("set", frozenset(turned)))
        return choices[place][0]

    def _asked(self, data: dict[str, Any], choices: dict[Place, list[Value]]) -> dict[Place, Value]:
        """Which of the values each place has, in Cedar's own reading of the request under the schema."""
        policies: dict[str, Any] = {}
        meant: dict[str, tuple[Place, Value]] = {}
        for place, found in choices.items():
            path: dict[str, Any] = {"Var": "context"}
            for name in place:
                path = {".": {"left": path, "attr": name}}
            for value in found:
                id = f"choice{len(policies)}"
                body = {"==": {"left": path, "right": as_json(value)}}
                policies[id] = {
                    "effect": "permit",
                    **{part: {"op": "All"} for part in ("principal", "action", "resource")},
                    "conditions": [{"kind": "when", "body": body}],
                }
                meant[id] = place, value
        package = cedar(self.file)
        text = json.dumps({"staticPolicies": policies, "templates": {}, "templateLinks": []})
        try:
            answer = package.is_authorized(
                {**self.question, "context": data},
                package.PolicySet.from_json_str(text),
                "[]",
                self.schema,
            )
        except (ValueError, RecursionError) as error:
            message = f"Cedar refuses the request: {said(error)}"
            raise Refused(finding("X105", message, self.file)) from None
        if answer.decision.value == "NoDecision":
            why = said(ValueError("; ".join(answer.diagnostics.errors)))
            raise Refused(finding("X105", f"Cedar refuses the request: {why}", self.file))
        return {meant[id][0]: meant[id][1] for id in answer.diagnostics.reasons if id in meant}


def _placed(of: Value, place: Place, value: Value) -> Value:
    if not place:
        return value
    fields = members(of)
    return record({**fields, place[0]: _placed(fields[place[0]], place[1:], value)})


def as_json(value: Value) -> dict[str, Any]:
    """The value as an expression in Cedar's JSON."""
    of = value.of
    match value.kind:
        case "entity":
            return {"Value": {"__entity": {"type": of[0], "id": of[1]}}}
        case "set":
            return {"Set": [as_json(one) for one in of]}
        case "record":
            return {"Record": {name: as_json(one) for name, one in of}}
        case "bool" | "long" | "string":
            return {"Value": of}
        case kind:
            return {kind: [{"Value": _plain(kind, of)}]}


def _plain(kind: str, of: Any) -> str:
    """An extension value as its constructor takes it."""
    if kind == "decimal":
        sign, whole = "-" if of < 0 else "", abs(of)
        return f"{sign}{whole // 10_000}.{whole % 10_000:04}"
    if kind == "datetime":
        return _moment(of)
    return f"{of}ms" if kind == "duration" else str(of)


def _moment(milliseconds: int) -> str:
    import datetime as dt

    try:
        moment = dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=milliseconds)
    except OverflowError:
        raise Mismatch("a datetime before the year 1 or after 9999") from None
    return moment.strftime("%Y-%m-%dT%H:%M:%S.").rjust(20, "0") + f"{milliseconds % 1000:03}Z"
