"""Conditions in a world: the truths of `writ.engine.truth`, as formulas.

Every rule is in `docs/semantics.md`, "Truth"; the tests hold the two to each other on random books.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, Self

import z3

from writ.book import terms
from writ.book.terms import Condition
from writ.engine.readings import spoken_of, told_apart
from writ.proof.expressions import Expressions
from writ.proof.logic import (
    FALSE,
    TRUE,
    Formula,
    Tri,
    both,
    conj,
    counted,
    disj,
    either,
    equal,
    less,
    neg,
    opposite,
    pick,
    sure,
)
from writ.proof.values import Listed, Members, Moment, Value, below, earlier, ordered, same_time
from writ.proof.world import StateSlot


class Reader(Expressions):
    """The truth of conditions, in one reading of a world."""

    def together(self, conditions: tuple[Condition, ...]) -> Tri:
        """The truth of conditions for the best choice of the states that they speak of (`applies.truth_of`)."""
        key = self._key(conditions)
        found = self.world.remembered.get(key)
        if found is None:
            found = self.world.remembered[key] = self._together(conditions)
        return found

    def _key(self, asked: Condition | tuple[Condition, ...]) -> object:
        """What the truth of a condition hangs on: itself, the calendar, the actor, and of what is chosen and bound what
        it speaks of."""
        chosen = [
            (state, self.bound[state]) for state in self._states(asked) if state in self.bound
        ]
        stretches = tuple((state, slot and slot.number) for state, slot in chosen)
        members = tuple((name, id(member)) for name, member in sorted(self.variables.items()))
        calendar = self.calendar.name if self.calendar else ""
        return asked, id(self.rules), calendar, self.actor, stretches, members

    def _states(self, asked: Condition | tuple[Condition, ...]) -> tuple[str, ...]:
        found = self.world.spoken.get(asked)
        if found is None:
            found = self.world.spoken[asked] = tuple(sorted(spoken_of(asked)))
        return found

    def _together(self, conditions: tuple[Condition, ...]) -> Tri:
        some, every = told_apart(conditions)
        return both(
            self._choosing(group, some & states, every & states)
            for group, states in self._groups(conditions, some | every)
        )

    def _choosing(
        self, conditions: list[Condition], some: frozenset[str], every: frozenset[str]
    ) -> Tri:
        """The truth of conditions for the best choice of some states, and whatever the choice of others."""
        if not some and not every:
            return both(self.holds(condition) for condition in conditions)
        choices = []
        for guard, choice in self.readings(some):
            truths = [
                _guarded(apart, reading.holds(condition))
                for apart, reading in choice.readings(every)
                for condition in conditions
            ]
            truth = both(truths)
            choices.append(Tri(conj((guard, truth.yes)), disj((neg(guard), truth.no))))
        return either(choices)

    def _groups(
        self, conditions: tuple[Condition, ...], states: frozenset[str]
    ) -> list[tuple[list[Condition], frozenset[str]]]:
        """The conditions in groups that speak of no state together: what is chosen for one tells nothing of another."""
        groups: list[tuple[list[Condition], frozenset[str]]] = []
        for condition in conditions:
            mine = states & set(self._states(condition))
            joined = [group for group in groups if group[1] & mine or not (group[1] or mine)]
            groups = [group for group in groups if group not in joined]
            together = [each for group in joined for each in group[0]]
            spoken = mine.union(*(group[1] for group in joined))
            groups.append(([*together, condition], spoken))
        return groups

    def spoken(self, conditions: tuple[Condition, ...]) -> Formula:
        """Whether an assurance with these conditions speaks of the world: all are true together, of one choice of the
        states that they speak of; one that is negated may be unknown, which excuses nothing."""
        some, every = told_apart(conditions)
        return conj(
            disj(
                conj(
                    (
                        guard,
                        *(
                            disj((neg(apart), _not_excused(reading, condition)))
                            for apart, reading in choice.readings(every & states)
                            for condition in group
                        ),
                    )
                )
                for guard, choice in self.readings(some & states)
            )
            for group, states in self._groups(conditions, some | every)
        )

    def readings(self, states: Iterable[str]) -> Iterator[tuple[Formula, Self]]:
        """The reading once for each choice of the stretches of these states, and when there is that choice."""
        named = [state for state in sorted(states) if state not in self.bound]
        if not named:
            yield True, self
            return
        options: list[list[tuple[Formula, StateSlot | None]]] = []
        for state in named:
            slots = self.world.states.get(state, ())
            none = neg(slots[0].there) if slots else True
            options.append([*((slot.there, slot) for slot in slots), (none, None)])
        for choice in itertools.product(*options):
            guard = conj(there for there, _ in choice)
            yield guard, self.choosing(dict(zip(named, (slot for _, slot in choice), strict=True)))

    def holds(self, condition: Condition) -> Tri:
        """The truth of one condition in this reading."""
        key = self._key(condition)
        found = self.world.remembered.get(key)
        if found is None:
            found = self.world.remembered[key] = self._holds(condition)
        return found

    def _holds(self, condition: Condition) -> Tri:
        match condition:
            case terms.Always():
                return TRUE if condition.value else FALSE
            case terms.Holds():
                value = self.attribute(condition.path)
                if value.data is None:
                    return Tri(False, neg(value.unknown))
                yes = conj((value.given, value.data))
                return Tri(yes, conj((neg(value.unknown), neg(yes))))
            case terms.Compare():
                return self._compare(condition)
            case terms.Member():
                return self._member(condition)
            case terms.Stated():
                return sure(self.stated(condition.path))
            case terms.InEffect():
                return self.in_effect(condition.state)
            case terms.Done():
                since = None if condition.since is None else self.value(condition.since)
                return self.done(condition.act, condition.by, condition.by_actor, since)
            case terms.Happened():
                since = None if condition.since is None else self.value(condition.since)
                return self._timely(self.told(condition.event), since)
            case terms.ActorHolds():
                above = self.book.vocabulary.actor_up.get(self.actor, ())
                return TRUE if condition.office in above else FALSE
            case terms.Not():
                return opposite(self.holds(condition.of))
            case terms.All():
                return both(self.holds(item) for item in condition.items)
            case terms.AnyOf():
                return either(self.holds(item) for item in condition.items)
            case terms.Counted():
                truths = [self.holds(item) for item in condition.items]
                return counted(condition.mode, condition.number, truths)
            case terms.Quantified():
                return self._quantified(condition)

    def _quantified(self, condition: terms.Quantified) -> Tri:
        value = self.attribute(condition.path)
        if value.data is None:
            return Tri(False, neg(value.unknown)) if condition.mode != "every" else TRUE
        listed: Listed = value.data
        bodies = [
            (member.there, self.binding(condition.variable, member).holds(condition.body))
            for member in listed.members
        ]
        present = [Tri(conj((there, t.yes)), disj((neg(there), t.no))) for there, t in bodies]
        match condition.mode:
            case "every":
                truth = both(_guarded(there, body) for there, body in bodies)
            case "some":
                truth = either(present)
            case "no":
                truth = opposite(either(present))
            case _:
                truth = counted("at least", condition.number, present)
        known = neg(value.unknown)
        return Tri(conj((known, truth.yes)), conj((known, truth.no)))

    def _member(self, condition: terms.Member) -> Tri:
        item = self.value(condition.item)
        if item.absent is True:
            return FALSE
        if condition.path is not None:
            members = self.attribute(condition.path)
            given = conj((item.given, neg(members.unknown)))
            inside = False if members.data is None else members.data.has(item.data)
            return Tri(conj((given, inside)), disj((item.absent, conj((given, neg(inside))))))
        options = [self.value(each) for each in condition.items]
        same = disj(conj((o.given, _equal(item, o))) for o in options)
        yes = conj((item.given, same))
        doubt = disj(o.unknown for o in options)
        return Tri(yes, disj((item.absent, conj((item.given, neg(same), neg(doubt))))))

    def _compare(self, condition: terms.Compare) -> Tri:
        left, right = self.value(condition.left), self.value(condition.right)
        if left.absent is True or right.absent is True:
            return FALSE
        absent = disj((left.absent, right.absent))
        known = conj((left.given, right.given))
        if left.data is None or right.data is None:
            return Tri(False, absent)
        yes = self.compared(condition.op, condition.kind, left.data, right.data)
        return Tri(conj((known, yes)), disj((absent, conj((known, neg(yes))))))

    def compared(self, op: str, kind: terms.Type, left: Any, right: Any) -> Formula:
        """Two values of one type, by one of the operators of `terms.Compare`."""
        if op == "includes":
            return left.has(right)
        if isinstance(left, Members) and isinstance(right, Members):
            return self._sets(op, left, right)
        if isinstance(left, Moment):
            return _by_order(op, earlier(left, right), earlier(right, left))
        if op == "is":
            if isinstance(left, bool) or z3.is_bool(left):
                return pick(left, right, neg(right))
            return equal(left, right)
        if kind.base == "levels":
            codes = self.world.codes(kind.of)
            order = self.book.vocabulary.kinds[kind.of].order
            one, other = ordered(codes, order, left), ordered(codes, order, right)
            return _by_order(op, below(one, other), below(other, one))
        return _by_order(op, less(left, right), less(right, left))

    def _sets(self, op: str, left: Members, right: Members) -> Formula:
        every = left.every if left.every is not None else right.every
        if every is None:
            code = z3.BitVec("member", self.world.texts.width)
            match op:
                case "within":
                    return z3.ForAll([code], z3.Implies(left.has(code), right.has(code)))
                case "shares with":
                    return z3.Exists([code], z3.And(left.has(code), right.has(code)))
            return z3.ForAll([code], left.has(code) == right.has(code))
        if op == "within":
            return conj(disj((neg(left.has(each)), right.has(each))) for each in every)
        if op == "shares with":
            return disj(conj((left.has(each), right.has(each))) for each in every)
        return conj(pick(left.has(each), right.has(each), neg(right.has(each))) for each in every)


def _not_excused(reading: Reader, condition: Condition) -> Formula:
    if isinstance(condition, terms.Not):
        return neg(reading.holds(condition.of).yes)
    return reading.holds(condition).yes


def _guarded(guard: Formula, truth: Tri) -> Tri:
    """A truth that is asked only where the guard holds; elsewhere it is true."""
    return Tri(disj((neg(guard), truth.yes)), conj((guard, truth.no)))


def _by_order(op: str, before: Formula, after: Formula) -> Formula:
    match op:
        case "is":
            return conj((neg(before), neg(after)))
        case "at least" | "on or after":
            return neg(before)
        case "at most" | "on or before":
            return neg(after)
        case "above" | "after":
            return after
        case _:
            return before


def _equal(one: Value, other: Value) -> Formula:
    if one.data is None or other.data is None:
        return False
    if isinstance(one.data, Moment):
        # Members of a list of days are compared as they are written: a day is no moment.
        return conj(
            (
                same_time(one.data, other.data),
                pick(one.data.exact, other.data.exact, neg(other.data.exact)),
            )
        )
    return equal(one.data, other.data)
