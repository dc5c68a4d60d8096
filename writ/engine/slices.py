"""Rare questions, put to the reference over a part of the book: enough norms to answer as the whole would."""

from __future__ import annotations

from collections.abc import Iterable

from writ.book.model import Book
from writ.engine import reference
from writ.engine.answer import Decision
from writ.engine.index import Index
from writ.engine.request import Request

MANY = 1_000
"""So many parts are kept."""


class Slices:
    """The parts of a book that matter to some acts."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._parts: dict[tuple[frozenset[str], frozenset[str]], Book] = {}

    def decide(self, request: Request) -> Decision:
        """The reference's own answer."""
        return reference.decide(self.part(request), request)

    def part(self, request: Request) -> Book:
        """The norms on the acts asked about and relied on, and what gives effect to the history."""
        acts = frozenset([request.act, *(grant.act for grant in request.delegations)])
        past = frozenset(e.name for e in request.done if e.name in self.index.effective)
        found = self._parts.get((acts, past))
        if found is None:
            if len(self._parts) >= MANY:
                self._parts.clear()
            places = set(self.index.lapses)
            for act in acts:
                places.update(self._around(act))
            for act in past:
                places.update(self.index.effective[act])
            found = self._parts[acts, past] = part_of(self.index.book, places)
        return found

    def _around(self, act: str) -> set[int]:
        """The norms on an act, duties due before it, opened by it, or left undone by it."""
        index = self.index
        on_act = index.on_act(act)
        places = {*on_act.norms, *on_act.befores, *on_act.triggered, *on_act.shut}
        for at in on_act.norms:
            for effect in index.book.norms[at].effects:
                moment = {"begins": "start", "ends": "end"}.get(effect.verb, "")
                places.update(index.by_moment.get((moment, effect.state), ()))
        return places


def part_of(book: Book, places: Iterable[int]) -> Book:
    """The book with only the norms at these places. Its vocabulary and instruments are the same."""
    norms = tuple(book.norms[at] for at in sorted(set(places)))
    kept = {norm.id for norm in norms}
    part = Book(
        book.name,
        book.title,
        book.ranks,
        book.default_calendar,
        book.vocabulary,
        book.instruments,
        norms,
        tuple(o for o in book.overrides if o.winner in kept and o.loser in kept),
        book.sources,
        book.root,
    )
    part.__dict__["made_under"] = book.made_under
    return part
