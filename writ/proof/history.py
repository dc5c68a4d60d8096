"""What was done and which states run, in a world: the history that conditions ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from writ.book.model import Book, Calendar
from writ.proof.logic import FALSE, Formula, Tri, both, conj, disj, equal, neg, sure
from writ.proof.periods import Reckoning
from writ.proof.rules import Rules
from writ.proof.values import ABSENT, Member, Value, earlier, pick_moment
from writ.proof.world import EventSlot, StateSlot, World
from writ.syntax.tree import Bearer

Bound = Mapping[str, StateSlot | None]


class History:
    """One way of reading a world for the norms of one instrument: a calendar, the states chosen, the variables."""

    def __init__(
        self,
        world: World,
        rules: Rules,
        calendar: Calendar | None,
        actor: str,
        reckoning: Reckoning,
        bound: Bound | None = None,
        variables: Mapping[str, Member] | None = None,
    ) -> None:
        self.world = world
        self.rules = rules
        self.book: Book = rules.book
        self.calendar = calendar
        self.actor = actor
        self.reckoning = reckoning
        self.bound: Bound = bound or {}
        self.variables: Mapping[str, Member] = variables or {}

    def choosing(self, chosen: Bound) -> Self:
        """The same reading, of these stretches."""
        return self._with({**self.bound, **chosen}, self.variables)

    def binding(self, variable: str, member: Member) -> Self:
        """The same reading, with a variable of a quantifier bound."""
        return self._with(self.bound, {**self.variables, variable: member})

    def _with(self, bound: Bound, variables: Mapping[str, Member]) -> Self:
        return type(self)(
            self.world, self.rules, self.calendar, self.actor, self.reckoning, bound, variables
        )

    # --- states

    def instance(self, state: str) -> StateSlot | None:
        """The stretch that the norm is asked for; by itself the last, for which the first of the world stands."""
        if state in self.bound:
            return self.bound[state]
        slots = self.world.states.get(state, ())
        return slots[0] if slots else None

    def in_effect(self, state: str) -> Tri:
        slot = self.instance(state)
        if slot is None:
            return FALSE
        running = conj((slot.there, neg(slot.over)))
        return Tri(conj((running, neg(slot.doubtful))), neg(running))

    def _state_time(self, which: str, state: str) -> Value:
        slot = self.instance(state)
        if slot is None:
            return ABSENT
        if which == "start":
            return Value(slot.since, absent=neg(slot.there))
        unknown = conj((slot.there, slot.doubtful))
        absent = disj((neg(slot.there), slot.end.absent))
        return Value(slot.end.data, absent=conj((absent, neg(unknown))), unknown=unknown)

    # --- acts and events

    def told(self, name: str) -> list[tuple[Formula, EventSlot]]:
        """The events of the history that are such an act or event."""
        vocabulary = self.book.vocabulary
        names = vocabulary.act_down.get(name, (name,)) if name in vocabulary.acts else (name,)
        return [
            (slot.there, slot) for each in sorted(names) for slot in self.world.events.get(each, ())
        ]

    def by(self, slot: EventSlot, bearer: Bearer | None) -> Formula:
        """Whether one of the bearer did it."""
        if bearer is None:
            return True
        admitted = self.rules.admitted(bearer)
        able = self.world.needs.doers.get(slot.name)
        return disj(
            slot.by == self.world.actors.code(name)
            for name in (able if able is not None else sorted(admitted))
            if name in admitted
        )

    def done(self, act: str, by: Bearer | None, by_actor: bool, since: Value | None) -> Tri:
        found = self.told(act)
        if by is not None and by.mode == "each":
            single = [Bearer("any", (actor,)) for actor in by.actors]
            return both(
                self._timely(
                    [(conj((there, self.by(slot, one))), slot) for there, slot in found], since
                )
                for one in single
            )
        if by is not None:
            found = [(conj((there, self.by(slot, by))), slot) for there, slot in found]
        if by_actor:
            found = [
                (conj((there, slot.person == self.world.person)), slot) for there, slot in found
            ]
        return self._timely(found, since)

    def _timely(self, found: list[tuple[Formula, EventSlot]], since: Value | None) -> Tri:
        """Whether one of these is in the history, since a time."""
        if since is None:
            return sure(disj(there for there, _ in found))
        if since.absent is True:
            return FALSE
        if since.data is None:
            return Tri(False, disj((since.absent, neg(disj(there for there, _ in found)))))
        after = disj(conj((there, neg(earlier(slot.at, since.data)))) for there, slot in found)
        there = disj(there for there, _ in found)
        return Tri(
            conj((since.given, after)),
            disj((since.absent, neg(there), conj((since.given, neg(after))))),
        )

    def time_of(self, name: str, first: bool = False) -> Value:
        """When the act or event last (or first) was."""
        found = self.told(name)
        if not found:
            return ABSENT
        best, there = found[0][1].at, found[0][0]
        for also, slot in found[1:]:
            # Of one day, a moment is sooner the first, and sooner the last, than the day alone.
            sooner = conj((equal(slot.at.day, best.day), slot.at.exact, neg(best.exact)))
            before = earlier(slot.at, best) if first else earlier(best, slot.at)
            better = disj((before, sooner))
            best = pick_moment(conj((also, disj((neg(there), better)))), slot.at, best)
            there = disj((there, also))
        return Value(best, absent=neg(there))
