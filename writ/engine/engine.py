"""The fast engine: the answers of `reference.decide`, by index and compiled conditions.

A request finds its norms by act and actor (`index`), in force on its day and not ruled out by a fact (`view`); their
conditions are closures (`closures`); what follows from their truth is worked out once (`plan`). What is rare (a chain
of delegations, an omission, duties that the act leaves undone, duties with a history or a day) is put to the reference
over the few norms that matter.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from writ.book.model import Book
from writ.engine.answer import Considered, Decision
from writ.engine.asked import Paper, Past
from writ.engine.entry import Entry
from writ.engine.index import Bucket, Index
from writ.engine.office import acting, in_place_of
from writ.engine.plan import Plan
from writ.engine.precedence import COMMANDING, Maxim, prevails
from writ.engine.request import Request
from writ.engine.slices import Slices
from writ.engine.timeline import Timeline
from writ.engine.view import NOTHING, Node, View
from writ.engine.who import Power, may, who

if TYPE_CHECKING:  # numpy is imported by the first batch
    from writ.engine.batch import Answers, Matter
    from writ.engine.columns import Batch

Found = tuple[int, int, Node, View, Bucket, bool]
"""The norms that a request may apply: from a day on, and before another, the node and view of these days, the bucket;
and whether the reference decides."""
MANY_PLANS = 4_096
"""So many plans are kept for one set of norms."""
OUT = frozenset({"lapsed", "ended", "suspended"})
"""The statuses of a state that was in effect, and is not."""
LONG = 64
"""A longer set of norms seldom has the same truths twice."""


class Engine:
    """Answers requests about one book. Norms are compiled when a request first needs them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.index = Index(book)
        self.timeline = Timeline(self.index)
        self._slices = Slices(self.index)
        self._buckets: dict[tuple[str, str, str, str], Bucket] = {}
        self._at_hand: dict[tuple[str, str, str, str], Found] = {}
        self._matters: dict[tuple[str, str, str], Matter] = {}
        self._maxims: dict[tuple[int, int], Maxim | None] = {}

    def decide(
        self,
        request: Request,
        near: bool = True,
        past: Past | None = None,
        granted: dict[int, Decision] | None = None,
    ) -> Decision:
        """The outcome with its deciding norms and the record, as `reference.decide` gives them.

        `near` False leaves out what was nearest, and its citations, where nothing decided. `past` stands in the place
        of the request's history, and `granted` are the decisions on the grants relied on, where whoever asks knows them
        already (and that the actor's own authority does not make the act permitted).
        """
        if request.acting or self.book.offices_once_vacant:
            places = () if request.omit else in_place_of(self.book, request)
            if places:
                return acting(request, places, lambda one: self.alone(one, near, past, granted))
        return self.alone(request, near, past, granted)

    def alone(
        self,
        request: Request,
        near: bool,
        past: Past | None,
        granted: dict[int, Decision] | None,
    ) -> Decision:
        """The answer for the actor named alone."""
        day = request.at.toordinal()
        found = self._at_hand.get((request.act, request.actor, request.thing, request.against))
        if found is None or not found[0] <= day < found[1] or request.known_at is not None:
            found = self._find(request, day)
        _, _, node, view, bucket, referred = found
        if referred or request.omit or request.delegations:
            return self._slices.decide(request, bucket, past, granted)
        facts = request.facts
        if node.slot:
            node = view.narrowed(facts)
        paper = None
        if not node.plain:
            paper = Paper(self.book, request, self.timeline.instances, None, past)
        key = (node.written or node.codes)(facts, paper or NOTHING)
        plan = node.plans.get(key)
        if plan is None:
            plan = self._plan(bucket, view, node, key)
        recorded = request.recorded
        if plan.apart_recorded if recorded else plan.apart and plan.told(request, past):
            return self._slices.decide(request, bucket, past, granted)
        fixed = plan.recorded if recorded else plan.fixed
        if fixed is not None:
            return fixed
        if paper is None:
            paper = Paper(self.book, request, self.timeline.instances, None, past)
        return plan.answer(facts, paper, near)

    def _find(self, request: Request, day: int) -> Found:
        """Where to look for the answer; kept for the days on which it is the same."""
        bucket, known = self.bucket(request), request.known_at
        shelf = bucket.shelf
        view = shelf.view(day, known.toordinal() if known is not None else None)
        referred = bucket.shut or bucket.unsettled
        if known is not None:
            return 0, 0, view.root, view, bucket, referred
        found = (*shelf.days, view.root, view, bucket, referred)
        key = (request.act, request.actor, request.thing, request.against)
        if key in self._buckets:
            self._at_hand[key] = found
        return found

    def encode(self, requests: Sequence[Request]) -> Batch:
        """Requests as columns, for `decide_batch`."""
        from writ.engine.columns import encode

        return encode(requests)

    def decide_batch(self, batch: Batch) -> Answers:
        """The outcome and the deciding norms of each request, as `decide` gives them."""
        from writ.engine.batch import Sorter

        return Sorter(self, batch).run()

    def who(self, request: Request, persons: bool = False) -> list[tuple[str, Decision]]:
        """The offices and bodies (and persons) that could do what is asked, whoever the request names."""
        return who(self, request, persons)

    def may(self, actor: str, at: dt.date, known_at: dt.date | None = None) -> list[Power]:
        """The acts that an actor holds a grant for or could be delegated, with their norms and conditions."""
        return may(self, actor, at, known_at)

    def matter(self, act: str, thing: str, against: str) -> Matter:
        """The norms on an act for a batch. Kept for names that the book knows."""
        from writ.engine.batch import Matter

        key = (act, thing, against)
        found = self._matters.get(key)
        if found is None:
            found = Matter(self, act, thing, against)
            vocabulary = self.book.vocabulary
            known = act in vocabulary.acts and thing in ("", *vocabulary.things)
            if known and against in ("", *vocabulary.actors):
                self._matters[key] = found
        return found

    def bucket(self, request: Request) -> Bucket:
        """The norms on the act that bind the actor. Kept for names that the book knows."""
        vocabulary = self.book.vocabulary
        key = (request.act, request.actor, request.thing, request.against)
        found = self._buckets.get(key)
        if found is None:
            found = Bucket(self.index, key)
            if (
                request.act in vocabulary.acts
                and request.actor in vocabulary.actors
                and (not request.thing or request.thing in vocabulary.things)
                and (not request.against or request.against in vocabulary.actors)
            ):
                self._buckets[key] = found
        return found

    def _plan(self, bucket: Bucket, view: View, node: Node, codes: tuple[int, ...]) -> Plan:
        plan = Plan(self, bucket, view, node.entries, codes)
        if len(codes) <= LONG:
            if len(node.plans) >= MANY_PLANS:
                node.plans.clear()
            node.plans[codes] = plan
        return plan

    @cached_property
    def actor_places(self) -> dict[str, int]:
        """The place of each actor in the vocabulary."""
        return {name: at for at, name in enumerate(self.book.vocabulary.actors)}

    # --- what plans ask of the book

    def entry_of(self, item: Considered) -> Entry:
        return self.index.entry(self.index.place[item.norm])

    def prevails(self, one: Entry, other: Entry, view: View) -> Maxim | None:
        """The maxim by which one norm beats another on the days of a view; found once where no day matters."""
        if self.index.timed and self.book.ranking.varies(one.id, other.id):
            return prevails(self.book, one.norm, other.norm, view.day, view.known)
        key = (one.at, other.at)
        if key not in self._maxims:
            self._maxims[key] = prevails(self.book, one.norm, other.norm)
        return self._maxims[key]

    def lifted(self, limit: Entry, used: list[Entry], view: View) -> bool:
        """Whether a grant in use overrides the limit on these days, or a right or duty of higher rank does."""
        beats, day, known = self.book.ranking.on, view.day, view.known
        for entry in used:
            back = beats(limit.id, entry.id, day, known)
            if not back and beats(entry.id, limit.id, day, known):
                return True
            if entry.kind in COMMANDING and entry.rank < limit.rank:
                return not back
        return False

    def endings(self, asking: tuple[Entry, ...], paper: Paper) -> tuple[str, ...]:
        """Citations of the norms by which the states for which some norms ask went out of effect."""
        found: list[str] = []
        for entry in asking:
            asked = paper.asked(entry.calendar)
            for state in sorted(entry.in_effect):
                for instance in asked.choices(state):
                    if instance.because and instance.status(asked.now, entry.zone) in OUT:
                        found += [self.book.by_id[name].citation for name in instance.because]
        return tuple(found)


_engines: WeakKeyDictionary[Book, Engine] = WeakKeyDictionary()


def engine_of(book: Book) -> Engine:
    """The engine of a book, made once for all who ask, and forgotten with the book."""
    found = _engines.get(book)
    if found is None:
        # The engine holds a copy, shallow: it must not keep the key of its own entry alive.
        found = _engines[book] = Engine(copy.copy(book))
    return found
