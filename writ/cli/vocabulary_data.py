"""The vocabulary of a book as data: all that an outsider needs to phrase a request. `docs/cli.md` documents it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeGuard

from writ.book.model import ActDef, Book, Norm
from writ.book.terms import Attr, Term, walk
from writ.book.wording import say
from writ.cli import norm_text
from writ.cli.attribute_words import kinds_of, not_stated, written
from writ.cli.conventions import CONVENTIONS, OUTCOMES, REQUEST
from writ.cli.example import example
from writ.cli.relevance import Relevance, changers, opened_by, relevance

SCHEMA = "writ-vocabulary/1"

Json = dict[str, object]


def vocabulary(book: Book, acts: Iterable[str] | None = None) -> Json:
    """The whole vocabulary, or as much of it as questions about `acts` need."""
    words = book.vocabulary
    chosen = list(words.acts) if acts is None else list(acts)
    found = {act: relevance(book, act) for act in chosen}
    slots = list(words.attributes) if acts is None else _slots(book, found.values())
    states = list(words.states) if acts is None else _named(f.states for f in found.values())
    events = list(words.events) if acts is None else _named(f.events for f in found.values())
    things = list(words.things) if acts is None else _things(book, found.values(), slots)
    kinds = list(words.kinds) if acts is None else kinds_of(book, slots)
    return {
        "schema": SCHEMA,
        "book": {"name": book.name, "title": book.title},
        "instruments": [
            {
                "id": item.id,
                "title": item.title,
                "kind": item.kind,
                "citation": item.citation,
                "in_force": item.start,
                "repealed": item.end,
            }
            for item in book.instruments.values()
        ],
        "request": REQUEST,
        "outcomes": OUTCOMES,
        "conventions": CONVENTIONS,
        "actors": {name: actor(book, name) for name in words.actors},
        "acts": {name: act(book, words.acts[name], found[name]) for name in chosen},
        "things": {name: thing(book, name) for name in things},
        "states": {name: state(book, name) for name in states},
        "events": {
            name: {
                "description": words.events[name].description,
                "thing": words.events[name].thing,
                "attributes": list(words.events[name].attributes),
            }
            for name in events
        },
        "attributes": {slot: attribute(book, slot) for slot in slots if slot in words.attributes},
        "kinds": {name: kind(book, name) for name in kinds},
    }


def actor(book: Book, name: str) -> Json:
    item = book.vocabulary.actors[name]
    data: Json = {"kind": item.kind, "description": item.description, "is": list(item.parents)}
    if item.body:
        data["in"] = item.body
    if item.members:
        data["members"] = item.members
    return data


def act(book: Book, item: ActDef, found: Relevance) -> Json:
    """One act, with what a question about it can turn on."""
    words = book.vocabulary
    return {
        "description": item.description,
        "is": list(item.parents),
        "narrower": [name for name, other in words.acts.items() if item.name in other.parents],
        "thing": item.thing,
        "reserved": any(
            words.acts[name].reserved for name in words.act_up[item.name] if name in words.acts
        ),
        "excludes": list(item.excludes),
        "attributes": own_attributes(book, item),
        "authority": [grant(norm) for norm in found.grants],
        "relevant": {
            "facts": found.facts,
            "states": found.states,
            "state_facts": found.state_facts,
            "done": found.done,
            "events": found.events,
            "fields": found.fields,
            "delegations": [delegation(book, norm) for norm in found.delegations],
        },
        "opens": [
            {"citation": norm.citation, "duty": norm_text.line(norm)}
            for norm in opened_by(book, item.name)
        ],
        "example": example(book, found),
    }


def own_attributes(book: Book, item: ActDef) -> list[str]:
    """Slots of the act's own attributes, of those of the broader acts, and of its thing."""
    words = book.vocabulary
    acts = [item.name, *(name for name in words.acts if name in words.act_up[item.name])]
    slots = [slot for name in dict.fromkeys(acts) for slot in words.acts[name].attributes]
    above = words.thing_up.get(item.thing, frozenset())
    slots += [
        slot for name in words.things if name in above for slot in words.things[name].attributes
    ]
    return slots


def grant(norm: Norm) -> Json:
    return {"who": say(norm.bearer), "kind": norm.kind, "citation": norm.citation}


def delegation(book: Book, norm: Norm) -> Json:
    """A rule by which authority for the act can be passed on, and what the grant itself turns on."""
    facts = relevance(book, norm.act).facts if norm.act in book.vocabulary.acts else {}
    return {
        "citation": norm.citation,
        "by": say(norm.bearer),
        "to": say(norm.recipients) if norm.recipients else "anyone",
        "act": norm.act,
        "limited_to": [say(condition) for condition in norm.limited_to],
        "facts": list(facts),
    }


def thing(book: Book, name: str) -> Json:
    item = book.vocabulary.things[name]
    return {
        "description": item.description,
        "is": list(item.parents),
        "attributes": list(item.attributes),
    }


def state(book: Book, name: str) -> Json:
    item = book.vocabulary.states[name]
    return {
        "description": item.description,
        "of": item.thing,
        "attributes": [slot.rpartition(".")[2] for slot in item.attributes],
        "changed_by": [
            {"act": norm.act, "effect": norm_text.effect(term), "citation": norm.citation}
            for norm, term in changers(book, name)
        ],
        "lapses": [
            {"citation": norm.citation, "how": norm_text.qualified(norm)}
            for norm in book.norms
            if norm.kind == "lapse" and norm.state == name
        ],
    }


def attribute(book: Book, slot: str) -> Json:
    item = book.vocabulary.attributes[slot]
    return {
        "of": owner(book, item.owner),
        "type": str(item.type),
        "write": written(book, item.type),
        "not_stated": not_stated(item),
        "description": item.description,
    }


def owner(book: Book, name: str) -> str:
    """What an attribute is of: `act issue-declaration`, `actor`, or `fact`."""
    words = book.vocabulary
    sorts = (("act", words.acts), ("thing", words.things), ("state", words.states))
    for sort, names in (*sorts, ("event", words.events)):
        if name in names:
            return f"{sort} {name}"
    return name or "fact"


def kind(book: Book, name: str) -> Json:
    item = book.vocabulary.kinds[name]
    return {
        "description": item.description,
        "ordered": item.ordered,
        "values": {value.name: value.description for value in item.values},
    }


def is_fact(term: Term) -> TypeGuard[Attr]:
    return isinstance(term, Attr) and term.space == "fact"


def _named(homes: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(name for home in homes for name in home))


def _slots(book: Book, found: Iterable[Relevance]) -> list[str]:
    """What is relevant, what a grant of delegated authority turns on, and the members of lists."""
    words = book.vocabulary
    slots: dict[str, None] = {}
    for one in found:
        slots.update(dict.fromkeys(one.slots))
        for state in one.states:
            effects = [(term.start, term.until) for _, term in changers(book, state)]
            slots.update({t.name: None for t in walk(tuple(effects)) if is_fact(t)})
        for norm in one.delegations:
            if norm.act in words.acts:
                slots.update(dict.fromkeys(relevance(book, norm.act).facts))
    for slot in list(slots):
        definition = words.attributes.get(slot)
        if definition is not None and definition.type.base == "list":
            members = words.things[definition.type.of].attributes
            slots.update(dict.fromkeys(members))
    return list(slots)


def _things(book: Book, found: Iterable[Relevance], slots: Iterable[str]) -> list[str]:
    words = book.vocabulary
    homes = [words.acts[one.act].thing for one in found]
    homes += [slot.partition(".")[0] for slot in slots]
    return [name for name in words.things if name in homes]
