"""A refusal as a problem: what the Book says, who could authorise it, and how to ask them."""

from __future__ import annotations

from typing import Any

from ministry.api import problems
from ministry.editions.queries import Law, law_of
from ministry.gate.acting import Acting
from ministry.gate.decide import could
from ministry.gate.do import STEP_UP, entry_moment
from ministry.gate.holders import Holders, holders, people_in
from ministry.gate.readers import hidden, reader_of
from ministry.gate.refusal import Refusal
from ministry.labels.reader import Reader
from writ.engine.answer import Decision, Missing

ASK = "/api/acts/request-approval"
MOST = 16
"""Offices named that could authorise something."""


def missing(found: tuple[Missing, ...]) -> list[dict[str, str]]:
    return [{"kind": one.kind, "what": one.what, "citation": one.citation} for one in found]


def authorities(
    law: Law, held: Holders, reader: Reader, found: list[tuple[str, Decision]]
) -> list[dict[str, Any]]:
    """Offices and bodies that could do something, with those in them, by their keys, of whom the reader may know."""
    actors = law.book.vocabulary.actors
    there = {office: people_in(held, office) for office, _ in found[:MOST]}
    unknown = hidden(reader, (key for keys in there.values() for key in keys), held.changes)
    return [
        {
            "office": office,
            "title": actors[office].description or office,
            "outcome": str(decision.outcome),
            "missing": missing(decision.missing),
            "people": [key for key in there[office] if key not in unknown],
        }
        for office, decision in found[:MOST]
    ]


def said(refusal: Refusal) -> dict[str, Any]:
    """The members of the problem."""
    law, entry, decision = law_of(refusal.edition), refusal.entry, refusal.decision
    found: list[dict[str, Any]] = []
    if refusal.reason != STEP_UP:
        held = holders(law)
        reader = reader_of(Acting(entry.person, entry.actor), entry_moment(entry))
        found = authorities(law, held, reader, could(law, entry))
    members: dict[str, Any] = {
        "act": entry.name,
        "about": entry.about,
        "outcome": str(decision.outcome),
        "citations": list(decision.citations),
        "missing": missing(decision.missing),
        "could": found,
        "record": refusal.record,
        "edition": refusal.edition,
    }
    if found:
        members["approval"] = {"href": ASK, "act": entry.name, "refusal": refusal.record}
    return members


def detail(refusal: Refusal) -> str:
    if refusal.reason == STEP_UP:
        return "this act asks for a proof by passkey just before it: do it on its page; a token proves nobody"
    return refusal.reason or "; ".join(refusal.decision.notes)


def body(refusal: Refusal) -> bytes:
    return problems.body("refused", detail(refusal), **said(refusal))
