"""Decisions of many requests at once: outcomes and deciding norms.

Requests about one act, to which the same norms apply and of which the exercise asks the same, have the same decision.
So the rows are sorted into such classes with numpy, and `Engine.decide` is asked once for each class. Rows with a
history, and acts whose decision rests on more, are decided one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from writ.book import terms
from writ.book.model import ANYONE
from writ.book.terms import Attr, Condition, Holds
from writ.engine.answer import Outcome
from writ.engine.columns import ACTOR, AT, NUMBER, Batch, Column
from writ.engine.entry import Entry
from writ.engine.situation import bearer_admits
from writ.engine.vector import FALSE, TRUE, Question, Rows, Truths, Vectors, question
from writ.engine.view import Node, Shelf, View

if TYPE_CHECKING:
    from writ.engine.engine import Engine

OUTCOMES = tuple(Outcome)
"""The outcome of each code."""
Verdict = tuple[int, tuple[int, ...]]
"""An outcome and the deciding norms, as codes."""
MANY = 20_000
"""So many classes of one set of norms are remembered."""
PLACE = {outcome: at for at, outcome in enumerate(OUTCOMES)}


class Answers:
    """The outcome of each row (a place in `OUTCOMES`), and its deciding norms (places in the book, a run per row)."""

    def __init__(
        self,
        outcomes: npt.NDArray[np.uint8],
        classes: npt.NDArray[np.int64],
        found: list[tuple[int, ...]],
    ) -> None:
        self.outcomes = outcomes
        self._classes = classes
        self._found = found

    @cached_property
    def offsets(self) -> npt.NDArray[np.int64]:
        """Where each row's deciding norms begin among `norms`; one more than there are rows."""
        lengths = np.array([len(norms) for norms in self._found] or [0], np.int64)
        found = np.zeros(len(self._classes) + 1, np.int64)
        np.cumsum(lengths[self._classes], out=found[1:])
        return found

    @cached_property
    def norms(self) -> npt.NDArray[np.int32]:
        starts = np.cumsum([0, *(len(norms) for norms in self._found)])[self._classes]
        flat = np.array([at for norms in self._found for at in norms], np.int32)
        offsets = self.offsets
        step = np.arange(offsets[-1], dtype=np.int64)
        found: npt.NDArray[np.int32] = flat[
            step + np.repeat(starts - offsets[:-1], np.diff(offsets))
        ]
        return found

    def deciding(self, row: int) -> tuple[int, ...]:
        """The deciding norms of one row."""
        return self._found[int(self._classes[row])]


class Matter:
    """The norms on one act and thing, whoever they bind, and what their decisions rest on."""

    def __init__(self, engine: Engine, act: str, thing: str, against: str) -> None:
        index = engine.index
        on_act = index.on_act(act)
        things = index.things_above(act, thing)
        vocabulary = engine.book.vocabulary
        entries = index.entries(
            at
            for at in on_act.norms
            if (not (norm := engine.book.norms[at]).thing or norm.thing in things)
            and (
                norm.kind != "immunity"
                or (against and bearer_admits(vocabulary, norm.bearer, against))
            )
        )
        befores = index.entries(on_act.befores)
        spares = index.entries(on_act.spares)
        timed = index.overrides_of((*entries, *befores, *spares))
        self.shelf = Shelf(entries, (*befores, *spares), index.not_stated, timed=timed)
        duties = [entry for entry in entries if entry.duty]
        self.apart = (
            bool(on_act.shut)
            or bool(engine.book.offices_once_vacant)
            or (len(duties) > 1 and any(e.values_required is None for e in duties))
        )
        """Whether each row is decided by itself."""
        self.extra = [q for entry in (*entries, *befores, *spares) for q in required(engine, entry)]
        self.by_actor = any(
            entry.id in index.yields or entry.norm.bearer.mode == "each" or numbered(entry)
            for entry in (*entries, *spares)
        )
        """Whether the decision depends on who acts, beyond which norms bind them."""
        self.by_number = any(numbered(entry) for entry in (*entries, *spares))
        self.raw = sorted({name for entry in entries for name in raw_columns(entry)})
        """Columns of which each value may be decided differently: due days."""

        self._engine = engine
        self._questions: dict[int, list[Question]] = {}
        self._bound: dict[int, Truths] = {}

    def questions(self, entry: Entry) -> list[Question]:
        """The conjuncts of its `when`."""
        found = self._questions.get(entry.at)
        if found is None:
            found = self._questions[entry.at] = [
                question(condition, test, entry.calendar)
                for condition, test in zip(entry.norm.when, entry.tests, strict=True)
            ]
        return found

    def bound(self, entry: Entry) -> Truths:
        """Whether the norm binds each actor of the book; the last place is for strangers to it."""
        found = self._bound.get(entry.at)
        if found is None:
            bearer = entry.norm.bearer
            place, down = self._engine.actor_places, self._engine.book.vocabulary.actor_down
            found = np.zeros(len(place) + 1, np.uint8)
            if bearer.mode == "none" or any(actor.name == ANYONE for actor in bearer.actors):
                found[:] = TRUE
            for actors, truth in ((bearer.actors, TRUE), (bearer.excepted, FALSE)):
                for actor in actors:
                    if actor.name == ANYONE:
                        found[:] = truth
                    else:
                        found[[place[name] for name in down[actor.name]]] = truth
            self._bound[entry.at] = found
        return found


def numbered(entry: Entry) -> bool:
    return any(actor.number for actor in entry.norm.bearer.actors)


def raw_columns(entry: Entry) -> set[str]:
    facts = {t.name for t in terms.walk(entry.norm.due_by) if isinstance(t, Attr)}
    return {AT, *facts} if entry.norm.due_by is not None else set()


def required(engine: Engine, entry: Entry) -> list[Question]:
    """What the exercise of a norm asks of the facts."""
    norm = entry.norm
    said: list[Condition] = [
        Holds(path) if path.type.base == "yes-no" else terms.Stated(path)
        for path in (*norm.stating, *norm.recording)
    ]
    conditions: list[Condition] = [*norm.with_, *norm.so_that, *norm.until, *said]
    if norm.before or norm.omission:
        conditions += norm.when
    closures = engine.index.closures(norm.instrument)
    return [question(c, closures.test(c), entry.calendar) for c in conditions]


class Sorter:
    """Sorts the rows of one batch into classes and decides each class once."""

    def __init__(self, engine: Engine, batch: Batch) -> None:
        self.engine = engine
        self.batch = batch
        self.vectors = Vectors(engine.book, batch)
        self.outcomes = np.zeros(batch.count, np.uint8)
        self.classes = np.zeros(batch.count, np.int64)
        self.found: list[tuple[int, ...]] = []
        self._class: dict[Verdict, int] = {}
        vocabulary = engine.book.vocabulary
        place = engine.actor_places
        self._actors = np.array([place.get(a, len(place)) for a in batch.columns[ACTOR].values])
        """The place among the actors of the book of each actor of the batch; the last for a stranger."""
        kinds = [vocabulary.actors[name].kind for name in place]
        self._free = np.array([*(kind == "person" for kind in kinds), False], np.int64)

    def run(self) -> Answers:
        for row in self.batch.apart:
            self._alone(row)
        for matter, rows in self._matters():
            if matter.apart:
                for row in rows:
                    self._alone(int(row))
                continue
            for view, some in self._views(matter, rows):
                self._narrow(matter, view.root, some)
        return Answers(self.outcomes, self.classes, self.found)

    def _alone(self, row: int) -> None:
        self._settle(row, self._decide(row))

    def _decide(self, row: int) -> Verdict:
        decision = self.engine.decide(self.batch.request(row), near=False)
        place = self.engine.index.place
        return PLACE[decision.outcome], tuple(place[norm] for norm in decision.deciding)

    def _settle(self, rows: Rows | int, verdict: Verdict) -> None:
        self.outcomes[rows] = verdict[0]
        self.classes[rows] = self._class_of(verdict)

    def _class_of(self, verdict: Verdict) -> int:
        found = self._class.get(verdict)
        if found is None:
            found = self._class[verdict] = len(self.found)
            self.found.append(verdict[1])
        return found

    # --- which rows may share a decision

    def _matters(self) -> Iterator[tuple[Matter, Rows]]:
        columns = [self.batch.columns[name] for name in ("@act", "@thing", "@against")]
        rows = np.arange(self.batch.count)
        if self.batch.apart:
            rows = np.setdiff1d(rows, np.array(list(self.batch.apart)))
        for part in split(rows, columns):
            act, thing, against = (c.values[c.codes[part[0]]] for c in columns)
            yield self.engine.matter(act, thing, against), part

    def _views(self, matter: Matter, rows: Rows) -> Iterator[tuple[View, Rows]]:
        at, known = self.batch.columns[AT], self.batch.columns["@known"]
        parts: dict[int, tuple[View, list[Rows]]] = {}
        for part in split(rows, [at, known]):
            day, then = at.values[at.codes[part[0]]], known.values[known.codes[part[0]]]
            view = matter.shelf.view(day.toordinal(), then.toordinal() if then else None)
            parts.setdefault(id(view), (view, []))[1].append(part)
        for view, some in parts.values():
            yield view, np.concatenate(some)

    def _narrow(self, matter: Matter, node: Node, rows: Rows) -> None:
        if not node.slot:
            self._classify(matter, node, rows)
            return
        column = self.batch.columns.get(node.slot)
        if column is None:
            self._narrow(matter, node.child(None), rows)
            return
        for part in split(rows, [column]):
            self._narrow(matter, node.child(column.values[column.codes[part[0]]]), part)

    def _classify(self, matter: Matter, node: Node, rows: Rows) -> None:
        actors = self._actors[self.batch.columns[ACTOR].codes[rows]]
        parts: list[tuple[npt.NDArray[Any], int]] = [(self._free[actors], 2)]
        answered: dict[int, Truths] = {}
        for entry in node.entries:
            truth: Truths | None = None if entry.kind == "immunity" else matter.bound(entry)[actors]
            for asked in matter.questions(entry):
                found = answered.get(id(asked.test))
                if found is None:
                    found = answered[id(asked.test)] = self.vectors.truths(asked, rows)
                truth = found if truth is None else np.minimum(truth, found)
            if truth is not None:
                parts.append((truth, 3))
        parts += [(self.vectors.truths(asked, rows), 3) for asked in matter.extra]
        names = [*([ACTOR] if matter.by_actor else []), *([NUMBER] if matter.by_number else [])]
        own = [self.batch.columns[n] for n in (*names, *matter.raw) if n in self.batch.columns]
        parts += [(column.codes[rows], len(column.values)) for column in own]
        first, inverse = classes(parts, len(rows))
        known = None if own else node.verdicts
        classes_found = np.zeros(len(first), np.int64)
        outcomes = np.zeros(len(first), np.uint8)
        keys = np.stack([part[first] for part, _ in parts], axis=1).tolist()
        for at, (row, values) in enumerate(zip(rows[first].tolist(), keys, strict=True)):
            key = tuple(values)
            verdict = None if known is None else known.get(key)
            if verdict is None:
                verdict = self._decide(row)
                if known is not None and len(known) < MANY:
                    known[key] = verdict
            outcomes[at] = verdict[0]
            classes_found[at] = self._class_of(verdict)
        self.outcomes[rows] = outcomes[inverse]
        self.classes[rows] = classes_found[inverse]


def split(rows: Rows, columns: list[Column]) -> list[Rows]:
    """The rows by their values in some columns."""
    key = np.zeros(len(rows), np.int64)
    for column in columns:
        if len(column.values) > 1:
            key = key * len(column.values) + column.codes[rows]
    order = np.argsort(key, kind="stable")
    key = key[order]
    edges = np.flatnonzero(key[1:] != key[:-1]) + 1
    return [part for part in np.split(rows[order], edges) if len(part)]


def classes(
    parts: list[tuple[npt.NDArray[Any], int]], count: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The first row of each class of rows that are equal in all parts, and the class of each row."""
    key = np.zeros(count, np.int64)
    size = 1
    for part, values in parts:
        if size * values >= 2**62:
            kept, key = np.unique(key, return_inverse=True)
            size = len(kept)
        key = key * values + part
        size *= values
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return first, inverse
