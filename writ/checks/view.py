"""A book as the checks look at it: what several of them ask is found once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cached_property
from itertools import chain

from writ.book.model import ANYONE, Book, EffectTerm, Instrument, Norm, Override
from writ.book.terms import Done
from writ.checks.meeting import Meeting
from writ.checks.profile import Profile, profile_of
from writ.syntax.tree import Bearer

Remembered = dict[str, tuple[Norm, Profile]]


def eventful(norm: Norm) -> bool:
    """Whether the norm has to do with acts or states before or after what it is about."""
    return bool(
        norm.kind == "lapse"
        or norm.trigger
        or norm.after
        or norm.with_
        or norm.effects
        or norm.breach
        or norm.before
        or norm.delegated
        or norm.waiver
    )


class View:
    """A book on one day. What was found of norms that have not changed is taken over from `last`."""

    def __init__(self, book: Book, today: dt.date, last: View | None = None) -> None:
        self.book = book
        self.vocabulary = book.vocabulary
        self.today = today
        self.remembered: Remembered = {} if last is None else last.remembered
        self.memory: dict[tuple[str, str], object] = {}
        """What one check found on a unit that another one asks for too."""
        self._meetings: dict[str, Meeting] = {}
        self._matched: dict[Bearer, frozenset[str]] = {}
        self._entangled: dict[str, tuple[Norm, ...]] = {}
        self._take_over(last)

    def _take_over(self, last: View | None) -> None:
        """Count again the names of those instruments alone of which the norms changed."""
        known = {} if last is None else last.mentions
        norms = {} if last is None else last.norms_of
        self.mentions: dict[str, frozenset[str]] = {}
        """The names that the norms of each instrument speak of (see `Profile.mentions`)."""
        self.mentioned: Counter[str] = Counter() if last is None else last.mentioned.copy()
        """How many instruments speak of each name."""
        self._eventful: dict[str, tuple[Norm, ...]] = {}
        for name, mine in self.norms_of.items():
            if last is not None and name in known and norms[name] == mine:
                self.mentions[name] = known[name]
                self._eventful[name] = last._eventful[name]
                continue
            self._eventful[name] = tuple([norm for norm in mine if eventful(norm)])
            found = frozenset().union(*(self.profile(norm).mentions for norm in mine))
            self.mentions[name] = found
            self.mentioned.update(found)
            self.mentioned.subtract(known.get(name, ()))
        for name in known.keys() - self.mentions.keys():
            self.mentioned.subtract(known[name])
        if last is not None:
            self.mentioned = +self.mentioned

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

    def entangled(self, instrument: str) -> tuple[Norm, ...]:
        """Its norms of which conditions have to do with each other, or may be decided beforehand."""
        found = self._entangled.get(instrument)
        if found is None:
            plain = self.defaulted
            found = self._entangled[instrument] = tuple(
                [
                    norm
                    for norm in self.norms_of[instrument]
                    if not (profile := self.profile(norm)).independent
                    or not profile.mentions.isdisjoint(plain)
                ]
            )
        return found

    @cached_property
    def defaulted(self) -> frozenset[str]:
        """The attributes that have a value when it is not stated."""
        return frozenset(
            slot for slot, item in self.vocabulary.attributes.items() if item.default is not None
        )

    # --- what norms do to acts and states

    @cached_property
    def eventful(self) -> tuple[Norm, ...]:
        """The norms that wait for an act or a state, or change one; in a large book the fewer."""
        return tuple(chain.from_iterable(self._eventful.values()))

    @cached_property
    def awaited(self) -> dict[str, list[tuple[Norm, Bearer | None]]]:
        """The norms that wait for an act to be done (`after`, or `with` it `done`), and by whom."""
        found: dict[str, list[tuple[Norm, Bearer | None]]] = {}
        for norm in self.eventful:
            for step in norm.after:
                found.setdefault(step.act, []).append((norm, step.by))
            for condition in norm.with_:
                if isinstance(condition, Done):
                    found.setdefault(condition.act, []).append((norm, condition.by))
        return found

    @cached_property
    def effects(self) -> dict[str, list[tuple[Norm, EffectTerm]]]:
        """What acts do to each state, and by which norm."""
        found: dict[str, list[tuple[Norm, EffectTerm]]] = {}
        for norm in self.eventful:
            for effect in norm.effects:
                found.setdefault(effect.state, []).append((norm, effect))
        return found

    @cached_property
    def consequences(self) -> dict[str, list[tuple[Norm, EffectTerm]]]:
        """What acts, and the breaches of duties, do to each state, and by which norm."""
        found: dict[str, list[tuple[Norm, EffectTerm]]] = {}
        for norm in self.eventful:
            for effect in (*norm.effects, *norm.breach):
                if effect.verb != "escalates":
                    found.setdefault(effect.state, []).append((norm, effect))
        return found

    @cached_property
    def bounding(self) -> tuple[Norm, ...]:
        """The lapse norms, and the duties that are due before another act."""
        return tuple(norm for norm in self.eventful if norm.kind == "lapse" or norm.before)

    @cached_property
    def lapsing(self) -> frozenset[str]:
        """The states that a lapse norm bounds."""
        return frozenset(norm.state for norm in self.eventful if norm.kind == "lapse")

    @cached_property
    def delegations(self) -> dict[str, list[Norm]]:
        """The delegation norms by each act that they let an actor give away."""
        found: dict[str, list[Norm]] = {}
        for norm in self.eventful:
            for act in norm.delegated:
                found.setdefault(act, []).append(norm)
        return found

    @cached_property
    def delegated(self) -> frozenset[str]:
        """The acts that a delegation may give to somebody else, with the narrower ones."""
        return frozenset().union(*(self.vocabulary.act_down[act] for act in self.delegations))

    @cached_property
    def recipients(self) -> dict[str, frozenset[str]]:
        """To which actors each act may be delegated, by itself or with a broader one."""
        found: dict[str, frozenset[str]] = {}
        for act, rules in self.delegations.items():
            to = [self.matched(rule.recipients) for rule in rules if rule.recipients is not None]
            for name in self.vocabulary.act_down[act]:
                found[name] = frozenset().union(found.get(name, ()), *to)
        return found

    def entrusted(self, norm: Norm) -> frozenset[str]:
        """Who may meet a norm through a grant, without being its bearer."""
        if norm.kind in ("duty", "lapse"):
            return frozenset()
        below = self.vocabulary.act_down.get(norm.act, frozenset())
        return frozenset().union(*(self.recipients.get(act, ()) for act in below))

    # --- actors

    def members(self, name: str) -> frozenset[str]:
        """An actor with all that are it."""
        return self.vocabulary.actor_down.get(name, frozenset({name}))

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
