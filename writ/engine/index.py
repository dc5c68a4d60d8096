"""Which norms can matter to a request: by act and actor; `view` narrows them by day and by facts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from writ.book.model import ANYONE, BARS, GRANTS, Book, Override
from writ.book.terms import Value
from writ.engine.closures import Closures
from writ.engine.entry import Entry
from writ.engine.situation import NOT_STATED, bearer_admits, thing_of
from writ.engine.truth import ABSENT, UNKNOWN, Lack
from writ.engine.view import Shelf

CONSIDERED = GRANTS | BARS | {"limit"}
"""The kinds of norms that a request may apply."""
Key = tuple[str, str, str, str]
"""Act, actor, thing, and the actor that the act is aimed at."""


class Bucket:
    """The norms that bind one actor (and protect one other) in one act on one thing."""

    def __init__(self, index: Index, key: Key) -> None:
        act, actor, thing, against = key
        vocabulary = index.book.vocabulary
        self.index = index
        self.above = vocabulary.actor_up.get(actor, frozenset())
        """What the actor is; empty for a name that the book does not know."""
        self._act = index.on_act(act)
        self._things = index.things_above(act, thing)
        admitted = vocabulary.actor_up.get(actor, frozenset({actor, ANYONE}))
        protected = vocabulary.actor_up.get(against, frozenset({against, ANYONE}))
        found = {
            at
            for at in self._act.reached(admitted)
            if index.book.norms[at].kind != "immunity" and self._bound(at, admitted)
        }
        self._matched = frozenset(found)
        if against:
            found |= {at for at in self._act.immunities if self._bound(at, protected)}
        entries = index.entries(at for at in found if self._covers(at))
        befores = index.entries(self._act.befores)
        timed = index.overrides_of((*entries, *befores))
        self.shelf = Shelf(entries, befores, index.not_stated, timed=timed)
        self._others: Shelf | None = None
        self.opens = index.entries(at for at in self._act.triggered if index.fires(at, actor))
        """Duties that the act triggers."""
        self.spared = bool(self._act.spares)
        """Whether what is due before the act perhaps need not be done: then the reference decides."""
        self.shut = any(self._bound(at, admitted) for at in self._act.shut)
        """Whether a duty of the actor is left undone by the act: then the reference decides."""
        duties = [entry for entry in entries if entry.duty]
        self.unsettled = len(duties) > 1 and any(e.values_required is None for e in duties)
        """Whether duties may clash by values that only the request tells: then also."""
        definition = vocabulary.actors.get(actor)
        self.at_liberty = (
            definition is not None and definition.kind == "person" and not self._act.reserved
        )

    @property
    def others(self) -> Shelf:
        """Norms on the act whose bearer is someone else."""
        if self._others is None:
            norms = self.index.book.norms
            places = [
                at
                for at in self._act.norms
                if at not in self._matched and norms[at].kind != "immunity" and self._covers(at)
            ]
            self._others = Shelf(self.index.entries(places), (), self.index.not_stated, False)
        return self._others

    def _covers(self, at: int) -> bool:
        thing = self.index.book.norms[at].thing
        return not thing or thing in self._things

    def _bound(self, at: int, above: frozenset[str]) -> bool:
        bearer = self.index.book.norms[at].bearer
        if bearer.excepted and any(actor.name in above for actor in bearer.excepted):
            return False
        return bearer.mode == "none" or any(actor.name in above for actor in bearer.actors)


class OnAct:
    """The norms on one act and on the acts that it is, by place in the book."""

    def __init__(self, book: Book, act: str, index: Index) -> None:
        vocabulary = book.vocabulary
        mine = vocabulary.act_up.get(act, frozenset())
        self.norms = sorted(at for name in mine for at in index.by_act.get(name, ()))
        self.immunities = [at for at in self.norms if book.norms[at].kind == "immunity"]
        self._by_name: dict[str, list[int]] = {}
        self._by_none: list[int] = []
        for at in self.norms:
            bearer = book.norms[at].bearer
            if bearer.mode == "none":
                self._by_none.append(at)
            else:
                for actor in bearer.actors:
                    self._by_name.setdefault(actor.name, []).append(at)
        self.befores = sorted(at for name in mine for at in index.by_before.get(name, ()))
        duties = {book.norms[at].act for at in self.befores}
        self.spares = sorted(
            at
            for name in frozenset().union(*(vocabulary.act_up.get(act, ()) for act in duties))
            for at in index.by_act.get(name, ())
            if book.norms[at].omission
        )
        """Permissions to leave undone what is due before the act."""
        self.triggered = sorted(at for name in mine for at in index.by_trigger.get(name, ()))
        shut = {
            name
            for broad in mine
            if broad in vocabulary.acts
            for name in vocabulary.acts[broad].excludes
        }
        shut |= {name for broad in mine for name in index.excluded_by.get(broad, ())}
        self.shut = [
            at
            for name in shut
            for at in index.by_act.get(name, ())
            if book.norms[at].kind == "duty"
        ]
        self.reserved = any(
            vocabulary.acts[name].reserved for name in mine if name in vocabulary.acts
        )

    def reached(self, above: Iterable[str]) -> Iterable[int]:
        """The norms that name one of these actors."""
        yield from self._by_none
        for name in above:
            yield from self._by_name.get(name, ())


class Index:
    """The look-up tables of a book, and its norms compiled on first use."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.place = {norm.id: at for at, norm in enumerate(book.norms)}
        self.by_act: dict[str, list[int]] = {}
        """Norms that a request may apply, by the act that they name."""
        self.by_before: dict[str, list[int]] = {}
        self.by_trigger: dict[str, list[int]] = {}
        self.by_moment: dict[tuple[str, str], list[int]] = {}
        """Duties by the start or end of a state that opens them."""
        self.excluded_by: dict[str, list[str]] = {}
        self._entries: dict[int, Entry] = {}
        self._on_act: dict[str, OnAct] = {}
        for at, norm in enumerate(book.norms):
            if norm.act and norm.kind in CONSIDERED:
                self.by_act.setdefault(norm.act, []).append(at)
            if norm.kind == "duty":
                if norm.before:
                    self.by_before.setdefault(norm.before, []).append(at)
                if norm.trigger is not None and norm.trigger.kind == "act":
                    self.by_trigger.setdefault(norm.trigger.name, []).append(at)
                elif norm.trigger is not None:
                    moment = (norm.trigger.kind, norm.trigger.name)
                    self.by_moment.setdefault(moment, []).append(at)
        for name, act in book.vocabulary.acts.items():
            for other in act.excludes:
                self.excluded_by.setdefault(other, []).append(name)
        self.delegations = [at for at, n in enumerate(book.norms) if n.kind == "delegation"]
        self.lapses = [at for at, norm in enumerate(book.norms) if norm.kind == "lapse"]
        self.effective = self._effective()
        """The norms that give effect to each act done."""
        self.yields: dict[str, list[str]] = {}
        """The norms that a norm is subject to."""
        for override in book.overrides:
            if not override.own_word:
                self.yields.setdefault(override.loser, []).append(override.winner)
        self.timed: dict[str, list[Override]] = {}
        """The overrides that have effect on some days only, by each of the two norms."""
        for (winner, loser), overrides in book.ranking.at_times.items():
            self.timed.setdefault(winner, []).extend(overrides)
            self.timed.setdefault(loser, []).extend(overrides)
        self._closures: dict[tuple[str, bool], Closures] = {}

    def overrides_of(self, entries: Iterable[Entry]) -> list[Override]:
        """The overrides that rank these norms on some days only."""
        if not self.timed:
            return []
        return [override for entry in entries for override in self.timed.get(entry.id, ())]

    def _effective(self) -> dict[str, list[int]]:
        by_act: dict[str, list[int]] = {}
        for at, norm in enumerate(self.book.norms):
            if norm.effects and norm.act:
                by_act.setdefault(norm.act, []).append(at)
        found: dict[str, list[int]] = {}
        for act, down in self.book.vocabulary.act_down.items():
            for narrow in down if act in by_act else ():
                found.setdefault(narrow, []).extend(by_act[act])
        return found

    @cached_property
    def by_bearer(self) -> dict[str, list[int]]:
        """Norms that a request may apply, by each actor that their bearer names."""
        found: dict[str, list[int]] = {}
        for at, norm in enumerate(self.book.norms):
            if norm.act and norm.kind in CONSIDERED:
                for actor in norm.bearer.actors:
                    found.setdefault(actor.name, []).append(at)
        return found

    def entry(self, at: int) -> Entry:
        found = self._entries.get(at)
        if found is None:
            norm = self.book.norms[at]
            closed, open_ = (self.closures(norm.instrument, world) for world in (False, True))
            found = self._entries[at] = Entry(self.book, norm, at, closed, open_)
        return found

    def entries(self, places: Iterable[int]) -> tuple[Entry, ...]:
        """The entries at some places, in the order of the book."""
        return tuple(self.entry(at) for at in sorted(places))

    def closures(self, instrument: str, open_world: bool = False) -> Closures:
        """The compiler of the calendar that an instrument counts by."""
        calendar = self.book.calendar_of(instrument)
        key = (calendar.name if calendar else "", open_world)
        found = self._closures.get(key)
        if found is None:
            found = Closures(self.book.vocabulary, calendar, open_world)
            self._closures[key] = found
        return found

    def on_act(self, act: str) -> OnAct:
        found = self._on_act.get(act)
        if found is None:
            found = OnAct(self.book, act, self)
            if act in self.book.vocabulary.acts:
                self._on_act[act] = found
        return found

    def things_above(self, act: str, thing: str) -> frozenset[str]:
        vocabulary = self.book.vocabulary
        return vocabulary.thing_up.get(thing or thing_of(vocabulary, act), frozenset())

    def fires(self, at: int, actor: str) -> bool:
        """Whether the act of this actor triggers a duty that its act may trigger."""
        trigger = self.book.norms[at].trigger
        assert trigger is not None
        return trigger.by is None or bearer_admits(self.book.vocabulary, trigger.by, actor)

    def not_stated(self, slot: str) -> Value | Lack:
        """What a fact is where nothing is stated."""
        definition = self.book.vocabulary.attributes[slot]
        if definition.unknown:
            return UNKNOWN
        if definition.default is not None:
            return definition.default
        return NOT_STATED.get(definition.type.base, ABSENT)
