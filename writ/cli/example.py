"""An example request about an act: every part that could matter, in the right form. Its answer teaches nothing."""

from __future__ import annotations

import datetime as dt

from writ.book.model import Book, Norm
from writ.cli import norm_text
from writ.cli.attribute_words import sample
from writ.cli.relevance import Relevance, bearers

SOME_DAY = dt.date(2025, 1, 1)


def example(book: Book, found: Relevance) -> dict[str, object]:
    """A request that `read_request` accepts, as plain data."""
    at = day(found)
    before = (at - dt.timedelta(days=7)).isoformat()
    data: dict[str, object] = {"actor": actor(book, found), "act": found.act, "at": at.isoformat()}
    if "number" in found.fields:
        data["number"] = max(
            (one.number for norm in found.norms for one in norm.bearer.actors), default=1
        )
    if "person" in found.fields:
        data["person"] = "the-actor"
    attributes = book.vocabulary.attributes
    facts = {
        slot: sample(book, attributes[slot].type, at) for slot in found.facts if slot in attributes
    }
    if facts:
        data["facts"] = facts
    done: list[object] = [{"act": act, "at": before} for act in found.done]
    done += [{"event": event, "at": before} for event in found.events]
    if done:
        data["done"] = done
    states = [_state(book, found, state, at, before) for state in found.states]
    if states:
        data["states"] = states
    return data


def day(found: Relevance) -> dt.date:
    """A day on which the norms on the act are in force: the latest first day among those that have not ended."""
    norms = found.grants or found.norms
    starts = [norm.start for norm in norms if norm.start is not None and norm.end is None]
    return max(starts, default=None) or next((n.start for n in norms if n.start), None) or SOME_DAY


def actor(book: Book, found: Relevance) -> str:
    """One who could have authority, else any actor."""
    order: list[Norm] = sorted(found.grants, key=lambda norm: norm.kind == "duty")
    for norm in [*order, *found.norms]:
        for name in norm_text.names(norm.bearer):
            if name in book.vocabulary.actors:
                return name
        admitted = bearers(book, norm.bearer)
        if admitted:
            return admitted[0]
    return next(iter(book.vocabulary.actors), "")


def _state(book: Book, found: Relevance, state: str, at: dt.date, before: str) -> dict[str, object]:
    facts = {}
    for name in found.state_facts.get(state, ()):
        definition = book.vocabulary.attributes.get(f"{state}.{name}")
        if definition is not None:
            facts[name] = sample(book, definition.type, at)
    return {"state": state, "since": before, **({"facts": facts} if facts else {})}
