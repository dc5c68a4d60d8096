"""A comparison of two editions as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writ.book.model import Book
from writ.cli import norm_text
from writ.cli.diff_proof import impact_data
from writ.editions.bearing import KINDS
from writ.editions.change import GAINED, LOST, Change, Comparison, Reply

if TYPE_CHECKING:
    from writ.editions.answers import Asked
    from writ.proof.impact import Impact

Json = dict[str, object]
Edition = tuple[Book, str]
"""A book, and the folder as it was given."""

SCHEMA = "writ-diff/1"


def page(
    old: Edition,
    new: Edition,
    found: Comparison,
    asked: Asked | None,
    impacts: list[Impact] | None = None,
) -> Json:
    """Everything; keys as `docs/cli.md` lists them. `impacts` are there where they were asked for."""
    proof: Json = {} if impacts is None else {"proof": impact_data(new[0], impacts)}
    return {
        **proof,
        "schema": SCHEMA,
        "same": found.same and not (asked and asked.answers),
        "old": edition(old),
        "new": edition(new),
        "changes": [change(old[0], new[0], each) for each in found.changes],
        "touched": list(found.touched),
        "cases": {
            "asked": asked.asked if asked else 0,
            "changed": [
                {
                    "id": each.id,
                    "ask": each.ask,
                    "change": each.change,
                    "old": reply(each.old),
                    "new": reply(each.new),
                }
                for each in (asked.answers if asked else ())
            ],
            "malformed": {
                "old": asked.malformed[0] if asked else (),
                "new": asked.malformed[1] if asked else (),
            },
        },
    }


def edition(given: Edition) -> Json:
    book, folder = given
    return {"book": book.name, "title": book.title, "folder": folder, "norms": len(book.norms)}


def change(old: Book, new: Book, item: Change) -> Json:
    """A change, with what the norm says."""
    return {
        "subject": item.subject,
        "change": item.change,
        "name": item.name,
        "citation": item.citation,
        "was": item.was,
        "line": line(old, new, item),
        "acts": item.acts,
        "freer": item.freer,
        "bound": item.bound,
        "details": item.details,
        "old": item.old,
        "new": item.new,
    }


def line(old: Book, new: Book, item: Change) -> str:
    """The line of a norm; with its clauses where it came or went. Of a declaration, its description."""
    book = old if item.change == LOST else new
    if item.subject in KINDS or item.subject == "override":
        norm = book.by_id[item.name]
        whole = item.change in (GAINED, LOST) and item.subject != "override"
        return norm_text.qualified(norm) if whole else norm_text.line(norm)
    if item.subject in ("instrument", "book"):
        return book.instruments[item.name].title if item.subject == "instrument" else book.title
    words = book.vocabulary
    homes = (words.actors, words.acts, words.things, words.states, words.events, words.kinds)
    for home in (*homes, words.attributes, words.calendars, words.definitions):
        declared = home.get(item.name)
        if declared is not None:
            return str(declared.description)
    return ""


def reply(item: Reply) -> Json:
    return {
        "outcome": item.outcome,
        "citations": item.citations,
        "place": item.place,
        "unreadable": item.unreadable,
    }
