"""V255: words of the vocabulary that no norm uses."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Place
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "V255",
    "unused-name",
    Severity.NOTE,
    "a kind, thing, state, event or attribute is declared, and no norm speaks of it",
    "whoever asks is made to state what decides nothing, or a norm that should speak of it is missing.",
    """
fact owner-informed: yes-no "the owner was told"
-- and no norm has `owner-informed` in a condition
""",
    "write the norm, or delete the word.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each such name. Acts and offices have codes of their own."""
    for place, sort, name in (*_attributes(view), *_names(view)):
        yield finding(view, DOC, place, f"no norm speaks of the {sort} `{name}`")


def _names(view: View) -> Iterator[tuple[Place, str, str]]:
    vocabulary, mentioned = view.vocabulary, view.mentioned
    typed = {item.type.of for item in vocabulary.attributes.values()}
    for kind in vocabulary.kinds.values():
        if kind.name not in typed:
            yield kind.place, "levels" if kind.ordered else "kind", kind.name
    with_things = {act.thing for act in vocabulary.acts.values()}
    with_things |= typed | {state.thing for state in vocabulary.states.values()}
    for thing in vocabulary.things.values():
        family = vocabulary.thing_down[thing.name] | vocabulary.thing_up[thing.name]
        if family.isdisjoint(with_things) and not any(name in mentioned for name in family):
            yield thing.place, "thing", thing.name
    for state in vocabulary.states.values():
        if state.name not in mentioned:
            yield state.place, "state", state.name
    for event in vocabulary.events.values():
        if event.name not in mentioned:
            yield event.place, "event", event.name


def _attributes(view: View) -> Iterator[tuple[Place, str, str]]:
    vocabulary, mentioned = view.vocabulary, view.mentioned
    idle = [item for item in vocabulary.attributes.values() if item.slot not in mentioned]
    if not idle:
        return
    stateful = {
        item.name
        for item in vocabulary.attributes.values()
        if item.owner in vocabulary.states and item.slot in mentioned
    }
    for item in idle:
        if item.name in stateful and item.owner not in vocabulary.states:
            continue
        if item.owner not in vocabulary.events or item.owner in mentioned:
            yield item.place, "fact" if not item.owner else "attribute", item.slot


CHECK = Check(DOC, Unit.BOOK, find)
