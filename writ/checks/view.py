"""A book as the checks look at it: what several of them ask is found once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cached_property

from writ.book.model import ANYONE, Book, EffectTerm, Instrument, Norm, Override
from writ.book.terms import Done
from writ.checks.meeting import Meeting
from writ.checks.profile import Profile, profile_of
from writ.syntax.tree import Bearer

Remembered = dict[str, tuple[Norm, Profile]]


class View:
    """A book on one day. `remembered` holds what was found of norms that have not changed since the last run."""

    def __init__(self, book: Book, today: dt.date, remembered: Remembered | None = None) -> None:
        self.book = book
        self.vocabulary = book.vocabulary
        self.today = today
        self.remembered: Remembered = {} if remembered is None else remembered
        self.extracts: dict[str, Book] = {}
        """The part of the book that decides on an act, once it has been needed."""
        self._meetings: dict[str, Meeting] = {}
        self._matched: dict[Bearer, frozenset[str]] = {}

    # --- norms

    @cached_property
    def norms_of(self) -> dict[str, tuple[Norm, ...]]:
        """The norms of each instrument, in order; every instrument has an entry."""
        found: dict[str, list[Norm]] = {name: [] for name in self.book.instruments}
        for norm in self.book.norms:
            found.setdefault(norm.instrument, []).append(norm)
        return {name: tuple(norms) for name, norms in found.items()}

    def norms_on(self, act: str) -> tuple[Norm, ...]:
        """The norms that name this act: neither a broader nor a narrower one."""
        return self.book.by_act.get(act, ())

    def norms_about(self, act: str) -> tuple[Norm, ...]:
        """The norms that a request for this act meets: on it, and on the broader acts."""
        above = self.vocabulary.act_up.get(act, ())
        if len(above) == 1:
            return self.norms_on(act)
        return tuple(norm for name in sorted(above) for norm in self.norms_on(name))

    def meeting(self, act: str) -> Meeting:
        """The norms that name an act, indexed by what can tell them apart."""
        found = self._meetings.get(act)
        if found is None:
            found = self._meetings[act] = Meeting(self, self.norms_on(act))
        return found

    def profile(self, norm: Norm) -> Profile:
        known = self.remembered.get(norm.id)
        if known is not None and known[0] is norm:
            return known[1]
        profile = profile_of(norm)
        self.remembered[norm.id] = (norm, profile)
        return profile

    # --- names

    @cached_property
    def mentions(self) -> dict[str, frozenset[str]]:
        """The names that the norms of each instrument speak of (see `Profile.mentions`)."""
        return {
            name: frozenset().union(*(self.profile(norm).mentions for norm in norms))
            for name, norms in self.norms_of.items()
        }

    @cached_property
    def mentioned(self) -> Counter[str]:
        """How many instruments speak of each name."""
        found: Counter[str] = Counter()
        for names in self.mentions.values():
            found.update(names)
        return found

    @cached_property
    def awaited(self) -> dict[str, list[tuple[Norm, Bearer | None]]]:
        """The norms that wait for an act to be done (`after`, or `with` it `done`), and by whom."""
        found: dict[str, list[tuple[Norm, Bearer | None]]] = {}
        for norm in self.book.norms:
            for step in norm.after:
                found.setdefault(step.act, []).append((norm, step.by))
            for condition in norm.with_:
                if isinstance(condition, Done):
                    found.setdefault(condition.act, []).append((norm, condition.by))
        return found

    @cached_property
    def effects(self) -> dict[str, list[tuple[Norm, EffectTerm]]]:
        """What is done to each state, and by which norm."""
        found: dict[str, list[tuple[Norm, EffectTerm]]] = {}
        for norm in self.book.norms:
            for effect in norm.effects:
                found.setdefault(effect.state, []).append((norm, effect))
        return found

    @cached_property
    def lapsing(self) -> frozenset[str]:
        """The states that a lapse norm bounds."""
        return frozenset(norm.state for norm in self.book.norms if norm.kind == "lapse")

    # --- actors

    def members(self, name: str) -> frozenset[str]:
        """An actor with all that are it."""
        return self.vocabulary.actor_down.get(name, frozenset({name}))

    def overlap(self, one: str, other: str) -> bool:
        """Whether some actor is both."""
        if one == other or ANYONE in (one, other):
            return True
        return not self.members(one).isdisjoint(self.members(other))

    def matched(self, bearer: Bearer) -> frozenset[str]:
        """Every actor that a bearer matches, by itself or as one of so many."""
        found = self._matched.get(bearer)
        if found is None:
            names = [actor.name for actor in bearer.actors]
            if bearer.mode == "none" or not names:
                names = [ANYONE]
            reached = frozenset().union(*(self.members(name) for name in names))
            found = reached.difference(*(self.members(a.name) for a in bearer.excepted), {ANYONE})
            self._matched[bearer] = found
        return found

    # --- instruments

    def instrument(self, name: str) -> Instrument:
        return self.book.instruments[name]

    @cached_property
    def beneath(self) -> dict[str, tuple[str, ...]]:
        """The instruments made directly under each."""
        found: dict[str, list[str]] = {}
        for item in self.book.instruments.values():
            if item.under:
                found.setdefault(item.under[0], []).append(item.id)
        return {name: tuple(items) for name, items in found.items()}

    @cached_property
    def overrides_in(self) -> dict[str, tuple[Override, ...]]:
        """The overrides that each instrument declares."""
        owner = {item.place.file: item.id for item in self.book.instruments.values()}
        found: dict[str, list[Override]] = {}
        for override in self.book.overrides:
            found.setdefault(owner.get(override.place.file, ""), []).append(override)
        return {name: tuple(items) for name, items in found.items()}

    @cached_property
    def ranked(self) -> dict[str, list[Override]]:
        """The overrides that each norm has a part in."""
        found: dict[str, list[Override]] = {}
        for override in self.book.overrides:
            found.setdefault(override.winner, []).append(override)
            found.setdefault(override.loser, []).append(override)
        return found
