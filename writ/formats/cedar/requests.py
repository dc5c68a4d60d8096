"""A Cedar request as one of ours: who asks, for what, and the facts that the imported norms speak of."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from writ.book.terms import Value as FactValue
from writ.engine.request import Request
from writ.formats.cedar.codes import Refused, finding
from writ.formats.cedar.context import context_of
from writ.formats.cedar.entities import Entities
from writ.formats.cedar.evaluate import evaluate
from writ.formats.cedar.extensions import Erring
from writ.formats.cedar.facts import Mismatch, stated
from writ.formats.cedar.policies import uid
from writ.formats.cedar.values import Value
from writ.formats.cedar.vocabulary import ANY_ACT

if TYPE_CHECKING:
    from writ.formats.cedar.bring import Imported

ENTITIES = ("principal", "action", "resource")


def request(imported: Imported, data: Any, entities: Entities, file: str, at: dt.date) -> Request:
    """The request.

    Raises:
        Refused: it is malformed, or holds what the book cannot.
    """
    if not isinstance(data, dict):
        raise Refused(finding("X105", "the request is no object", file))
    variables: dict[str, Value] = {}
    for name in ENTITIES:
        found = uid(data.get(name))
        if found is None:
            raise Refused(finding("X105", f"`{name}` is no entity", file))
        variables[name] = found
    context = data.get("context")
    try:
        variables["context"] = context_of(context, data, variables, imported.schema, file)
        act = _act(imported, variables["action"], entities)
        facts = _facts(imported, act, variables, entities)
    except Mismatch as error:
        raise Refused(finding("X106", f"{error}", file), construct="value") from None
    return Request(
        actor=imported.principals.names.get(variables["principal"].of[0], imported.principals.root),
        act=act,
        at=at,
        facts=facts,
        thing=imported.resources.names.get(variables["resource"].of[0], imported.resources.root),
    )


def _facts(
    imported: Imported, act: str, variables: dict[str, Value], entities: Entities
) -> dict[str, FactValue]:
    """Each fact that the norms on the act speak of and that can be told; not what errs."""
    found: dict[str, FactValue] = {}
    for fact in imported.facts_of(act):
        try:
            value = evaluate(fact.node, variables, entities)
            given = stated(imported.facts, fact, value, entities)
        except Erring:
            continue
        if given is not None:
            found[fact.slot] = given
    return found


def _act(imported: Imported, action: Value, entities: Entities) -> str:
    """The act of the book that the action is, if it stands there where it stands now."""
    acts = imported.acts
    above = acts.named & entities.up(action.of)
    if action.of in acts.names:
        if above - {action.of} == acts.above[action.of]:
            return acts.names[action.of]
    elif not above:
        return ANY_ACT
    raise Mismatch(
        f"the action `{action.of[1]}` stands elsewhere in the hierarchy than when it was imported"
    )
