"""Pages of a book as data: the norms of a provision, an instrument, an office, an act or a state."""

from __future__ import annotations

from writ.book.model import Book, Norm
from writ.cli import norm_text
from writ.cli.finding import Found, norms_at
from writ.cli.relevance import bearing

Json = dict[str, object]


def page(book: Book, found: Found | None) -> Json:
    """What was found, with its norms; all of the book without."""
    if found is None:
        norms = list(book.norms)
        return {
            "book": {"name": book.name, "title": book.title},
            "instruments": list(book.instruments.values()),
            "norms": [one(book, norm) for norm in norms],
        }
    chosen = chosen_norms(book, found)
    return {
        "sort": found.sort,
        "name": found.name,
        "label": found.label,
        "norms": [one(book, norm) for norm in chosen],
    }


def chosen_norms(book: Book, found: Found) -> list[Norm]:
    from writ.engine.applies import bears

    match found.sort:
        case "provision":
            return norms_at(book, found.name, found.label)
        case "instrument":
            return [norm for norm in book.norms if norm.instrument == found.name]
        case "actor":
            return [norm for norm in book.norms if bears(book, norm.bearer, found.name)]
        case "act":
            return bearing(book, found.name)
        case "state":
            return [
                norm
                for norm in book.norms
                if norm.state == found.name or any(e.state == found.name for e in norm.effects)
            ]
    return []


def one(book: Book, norm: Norm) -> Json:
    return {
        "id": norm.id,
        "citation": norm.citation,
        "kind": norm.kind,
        "title": norm.title,
        "line": norm_text.line(norm),
        "clauses": norm_text.clauses(norm),
        "in_force": norm.start,
        "repealed": norm.end,
        "place": book.span(norm.place),
    }
