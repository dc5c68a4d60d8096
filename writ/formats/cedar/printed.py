"""The schema and the entities that go with exported policies."""

from __future__ import annotations

from typing import Any

from writ.book.model import ActorDef, ThingDef, Vocabulary
from writ.formats.cedar.outward import TYPES, Outward, asked_name, text_of

ACTORS = ("Office", "Body", "Person")
NO_THING = "no thing"
"""The resource of a request about no thing; no name of a book has a blank."""


def schema_text(vocabulary: Vocabulary, acts: list[str], outward: Outward) -> str:
    """The schema in Cedar's own form. Every fact is an attribute of the context, and may be left out."""
    filled = outward.filled
    fields = []
    for slot in sorted(outward.slots):
        known = vocabulary.attributes[slot]
        if known.description:
            fields.append(f"  // {' '.join(known.description.split())}")
        mark = "" if slot in filled else "?"
        fields.append(f'  "{slot}"{mark}: {TYPES[outward.slots[slot].base]},')
        if slot in outward.asked:
            fields.append(f'  "{asked_name(slot)}": Bool,')
    lines = [*(f"entity {name} in [{', '.join(ACTORS)}];" for name in ACTORS)]
    lines += ["entity Thing in [Thing];", "", "type Facts = {", *fields, "};"]
    principals = ", ".join(ACTORS)
    for act in acts:
        known_act = vocabulary.acts[act]
        described = " ".join(known_act.description.split())
        lines += [
            "",
            *([f"// {described}"] if described else []),
            f"action {text_of(act)} appliesTo {{",
            f"  principal: [{principals}],",
            "  resource: [Thing],",
            "  context: Facts,",
            "};",
        ]
    return "\n".join(lines) + "\n"


def entities_json(vocabulary: Vocabulary, outward: Outward) -> list[dict[str, Any]]:
    """Every office, body, person and thing, beneath what it `is`."""
    found = [_actor(one, vocabulary, outward) for one in vocabulary.actors.values()]
    found += [_thing(one) for one in vocabulary.things.values()]
    return [*found, _entity("Thing", NO_THING, [])]


def actor_type(name: str, vocabulary: Vocabulary) -> str:
    """Office, Body or Person; what the book does not know is an office with nothing above it."""
    known = vocabulary.actors.get(name)
    return (known.kind if known else "office").capitalize()


def _actor(one: ActorDef, vocabulary: Vocabulary, outward: Outward) -> dict[str, Any]:
    above = [{"type": actor_type(up, vocabulary), "id": up} for up in one.parents]
    return _entity(actor_type(one.name, vocabulary), one.name, above)


def _thing(one: ThingDef) -> dict[str, Any]:
    return _entity("Thing", one.name, [{"type": "Thing", "id": up} for up in one.parents])


def _entity(type_name: str, id: str, parents: list[dict[str, str]]) -> dict[str, Any]:
    return {"uid": {"type": type_name, "id": id}, "attrs": {}, "parents": parents}
