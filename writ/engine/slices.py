"""Rare questions, put to the reference over a part of the book: enough norms to answer as the whole would."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from writ.book.model import GRANTS, Book
from writ.engine import reference
from writ.engine.answer import Decision, Outcome
from writ.engine.applies import bears
from writ.engine.asked import Past
from writ.engine.index import Bucket, Index
from writ.engine.instance import Instance
from writ.engine.request import Request

MANY = 1_000
"""So many parts are kept."""
MANY_NORMS = 100
"""On one act: then it pays to make a part for one request."""


class Slices:
    """The parts of a book that matter to some acts."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._parts: dict[tuple[frozenset[str], frozenset[str], frozenset[int]], Book] = {}
        self._near: dict[tuple[object, ...], Book] = {}

    def decide(
        self,
        request: Request,
        bucket: Bucket,
        past: Past | None = None,
        granted: dict[int, Decision] | None = None,
    ) -> Decision:
        """The reference's own answer, for the actor named alone.

        Where decisions on grants are given, the actor's own authority is known not to make the act permitted.
        """
        given: tuple[Instance, ...] | None = None
        if past is not None:
            request, given = msgspec.structs.replace(request, done=past.done()), past.instances()
        if granted is not None and request.delegations and not request.omit:
            near = self.part_near(request, bucket, given)
            case = reference.look(near, request, granted, given)
            answer = reference.positive(case)
            if not case.at_a_loss:
                return answer
            # Where nothing was near, what is left is among the norms that the facts ruled out.
            case = reference.look(self.part(request, given), request, granted, given)
            return reference.positive(case)
        if len(self.index.on_act(request.act).norms) > MANY_NORMS and not request.delegations:
            narrowed = self.narrowed(request, bucket, given)
            answer = reference.decide(narrowed, request, granted, given)
            settled = answer.deciding and answer.outcome is not Outcome.NO_AUTHORITY
            if settled and not bucket.at_liberty:
                return answer
            # Where nothing decided, what was nearest is among the norms that the facts ruled out.
        return reference.decide(self.part(request, given), request, granted, given)

    def narrowed(
        self, request: Request, bucket: Bucket, given: tuple[Instance, ...] | None = None
    ) -> Book:
        """The part without the norms on the act that bind others, or that the facts rule out."""
        index, act = self.index, request.act
        known = request.known_at.toordinal() if request.known_at else None
        view = bucket.shelf.view(request.at.toordinal(), known)
        left = view.narrowed(request.facts).entries
        winners = {name for entry in left for name in index.yields.get(entry.id, ())}
        places = {entry.at for entry in left} | {index.place[name] for name in winners}
        places |= self._context(act)
        places.update(index.lapses)
        for event in request.done:
            places.update(index.effective.get(event.name, ()))
        places.update(self._bounding(given))
        return part_of(index.book, places)

    def part(self, request: Request, given: tuple[Instance, ...] | None = None) -> Book:
        """The norms on the acts asked about and relied on, and what gives effect to the history."""
        acts = frozenset([request.act, *(grant.act for grant in request.delegations)])
        past = frozenset(e.name for e in request.done if e.name in self.index.effective)
        bounding = self._bounding(given)
        found = self._parts.get((acts, past, bounding))
        if found is None:
            if len(self._parts) >= MANY:
                self._parts.clear()
            places = {*self.index.lapses, *bounding}
            for act in acts:
                places.update(self.index.on_act(act).norms)
                places |= self._context(act)
            for act in past:
                places.update(self.index.effective[act])
            found = self._parts[acts, past, bounding] = part_of(self.index.book, places)
        return found

    def part_near(
        self, request: Request, bucket: Bucket, given: tuple[Instance, ...] | None
    ) -> Book:
        """The part without the grants of others that the facts rule out, and that no chain can reach: they are not
        even near."""
        index, by = self.index, request.delegations[0].by
        known = request.known_at.toordinal() if request.known_at else None
        left = bucket.others.view(request.at.toordinal(), known).narrowed(request.facts)
        acts = frozenset(grant.act for grant in request.delegations)
        past = frozenset(e.name for e in request.done if e.name in index.effective)
        bounding = self._bounding(given)
        key = (left, by, acts, past, bounding)
        found = self._near.get(key)
        if found is None:
            if len(self._near) >= MANY:
                self._near.clear()
            places = {index.place[norm.id] for norm in self.part(request, given).norms}
            kept = {entry.at for entry in left.entries} | bounding
            for act in acts:
                kept.update(index.on_act(act).norms)
            for entry in bucket.others.entries:
                grants = entry.kind in GRANTS and not bears(index.book, entry.norm.bearer, by)
                if grants and entry.at not in kept:
                    places.discard(entry.at)
            found = self._near[key] = part_of(index.book, places)
        return found

    def _bounding(self, given: tuple[Instance, ...] | None) -> frozenset[int]:
        """The norms that began, bounded or ended the states given: an answer may cite them."""
        names = {name for one in given or () for name in (one.begun_by, *one.because) if name}
        return frozenset(self.index.place[name] for name in names)

    def _context(self, act: str) -> set[int]:
        """Duties due before an act (and what spares them), opened by it, or left undone by it."""
        index = self.index
        on_act = index.on_act(act)
        places = {*on_act.befores, *on_act.spares, *on_act.triggered, *on_act.shut}
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
