"""Conditions and expressions in a world: the truths of `writ.engine.truth`, as formulas.

Every rule is in `docs/semantics.md`, "Truth"; the tests hold the two to each other on random books.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import z3

from writ.book import dates, terms
from writ.book.model import Book, Calendar, Norm
from writ.book.terms import Attr, Condition, Expr, Period
from writ.engine.readings import told_apart
from writ.engine.truth import days_of
from writ.proof.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
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
from writ.proof.periods import Reckoning
from writ.proof.rules import Rules
from writ.proof.values import (
    ABSENT,
    Listed,
    Member,
    Members,
    Moment,
    Value,
    below,
    constant_moment,
    earlier,
    ordered,
    pick_moment,
    same_time,
)
from writ.proof.world import EventSlot, StateSlot, World
from writ.syntax.tree import Bearer

Bound = Mapping[str, StateSlot | None]


class Reader:
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

    def choosing(self, chosen: Bound) -> Reader:
        return Reader(
            self.world, self.rules, self.calendar, self.actor, self.reckoning,
            {**self.bound, **chosen}, self.variables,
        )  # fmt: skip

    def binding(self, variable: str, member: Member) -> Reader:
        return Reader(
            self.world, self.rules, self.calendar, self.actor, self.reckoning,
            self.bound, {**self.variables, variable: member},
        )  # fmt: skip

    # --- conditions that are asked together

    def together(self, conditions: tuple[Condition, ...]) -> Tri:
        """The truth of conditions for the best choice of the states that they speak of (`applies.truth_of`)."""
        some, every = told_apart(conditions)
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

    def readings(self, states: Iterable[str]) -> Iterator[tuple[Formula, Reader]]:
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
                return sure(self._stated(condition.path))
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
        same = disj(conj((o.given, self._equal(item, o, condition.item))) for o in options)
        yes = conj((item.given, same))
        doubt = disj(o.unknown for o in options)
        return Tri(yes, disj((item.absent, conj((item.given, neg(same), neg(doubt))))))

    def _equal(self, one: Value, other: Value, item: Expr) -> Formula:
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

    # --- attributes and expressions

    def attribute(self, path: Attr) -> Value:
        if path.space == "variable":
            return self.variables[path.owner].attribute(path.name)
        if path.space == "grant":
            return self.world.fact(f"grant {path.name}", path.name)
        if path.space == "state":
            return self._of_state(path)
        return self.world.fact(path.name, path.slot)

    def _of_state(self, path: Attr) -> Value:
        return self.world.of_state(self.instance(path.owner), path)

    def _stated(self, path: Attr) -> Formula:
        if path.space == "state":
            return self.world.stated_of_state(self.instance(path.owner), path)
        if path.space == "variable":
            return self.variables[path.owner].stated(path.name)
        if path.space == "grant":
            return self.world.stated(f"grant {path.name}", path.name)
        return self.world.stated(path.name, path.slot)

    def stated(self, path: Attr) -> Formula:
        """Whether an attribute is stated; by itself, of the last stretch of a state."""
        return self._by_last(
            (path.owner,) if path.space == "state" else (), lambda r: sure(r._stated(path))
        ).yes

    def _by_last(self, states: tuple[str, ...], ask: Any) -> Tri:
        """Asked of the last stretch there is, where no norm has chosen one (`Situation.instance`)."""
        found = FALSE
        for guard, reading in self.readings(states):
            truth = ask(reading)
            found = either((found, Tri(conj((guard, truth.yes)), disj((neg(guard), truth.no)))))
        return found

    def value(self, item: Expr) -> Value:
        match item:
            case Attr():
                return self.attribute(item)
            case terms.Const():
                return self._constant(item)
            case terms.DateConst():
                return Value(constant_moment(dates.parse(item.value), self.world.zone))
            case Period():
                return Value(days_of(item))
            case terms.Now():
                return Value(self.world.now)
            case terms.ActorTerm():
                return Value(self.world.person)
            case terms.Arithmetic():
                return self._arithmetic(item)
            case terms.Select():
                return self._select(item)
            case terms.StateTime():
                return self._state_time(item.which, item.state)
            case terms.TimeOf():
                return self.time_of(item.name, item.first)
            case terms.PeriodBound():
                base = self.value(item.of)
                if base.data is None:
                    return base
                return _lacking(base, self.reckoning.bound(base.data, item.which, item.unit))
            case terms.DaysBetween():
                start, end = self.value(item.start), self.value(item.end)
                if start.data is None or end.data is None:
                    return _lack(start, end)
                return _lack(start, end)._replace(data=_real(end.data.day - start.data.day))
            case terms.CountOf():
                return self._count(self.attribute(item.path))

    def _count(self, value: Value) -> Value:
        if value.data is None:
            return value
        if isinstance(value.data, Listed):
            return value._replace(data=_real(value.data.count))
        members: Members = value.data
        if members.every is None:
            return Value(None, unknown=True)
        return value._replace(
            data=_real(z3.Sum([z3.If(members.has(m), 1, 0) for m in members.every]))
        )

    def _constant(self, item: terms.Const) -> Value:
        base, value = item.type.base, item.value
        if base == "yes-no":
            return Value(bool(value))
        if base in ("kind", "levels", "text", "person-id"):
            return Value(self.world.codes_of(item.type).code(str(value)))
        return Value(z3.RealVal(str(value)))

    def _arithmetic(self, item: terms.Arithmetic) -> Value:
        left, right = self.value(item.left), self.value(item.right)
        if left.data is None or right.data is None:
            return _lack(left, right)
        sign = 1 if item.op == "+" else -1
        if isinstance(left.data, Moment) and isinstance(item.right, Period):
            return _lacking(left, self.reckoning.add(left.data, item.right, self.calendar, sign))
        if isinstance(left.data, Moment):
            # A day moved by a period that is itself stated: any day, as far as the prover knows.
            return _lack(left, right)._replace(data=self.world.moment(f"moved {id(item)}"))
        return _lack(left, right)._replace(
            data=left.data + right.data if sign > 0 else left.data - right.data
        )

    def _select(self, item: terms.Select) -> Value:
        best = ABSENT
        unknown: Formula = False
        for each in item.items:
            value = self.value(each)
            unknown = disj((unknown, value.unknown))
            if value.data is None:
                continue
            if best.data is None:
                best = Value(value.data, absent=value.absent)
                continue
            first, second = (value.data, best.data)
            better = earlier(first, second) if item.which == "earlier" else earlier(second, first)
            take = conj((neg(value.absent), disj((best.absent, better))))
            best = Value(
                pick_moment(take, value.data, best.data), absent=conj((best.absent, value.absent))
            )
        return best._replace(unknown=unknown, absent=conj((best.absent, neg(unknown))))

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
            better = earlier(slot.at, best) if first else earlier(best, slot.at)
            best = pick_moment(conj((also, disj((neg(there), better)))), slot.at, best)
            there = disj((there, also))
        return Value(best, absent=neg(there))


def reader_for(world: World, rules: Rules, norm: Norm, actor: str, reckoning: Reckoning) -> Reader:
    """The reading for a norm: by the calendar of its instrument."""
    return Reader(world, rules, rules.book.calendar_of(norm.instrument), actor, reckoning)


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


def _lack(*values: Value) -> Value:
    """Absent where one is, else unknown where one is."""
    absent = disj(value.absent for value in values)
    return Value(None, absent=absent, unknown=conj((neg(absent), disj(v.unknown for v in values))))


def _lacking(base: Value, found: Value) -> Value:
    """What was reckoned from a base: absent and unknown as that is, and unknown where it could not be reckoned."""
    unknown = disj((base.unknown, conj((neg(base.absent), found.unknown))))
    return Value(found.data, absent=base.absent, unknown=unknown)


def _real(term: Any) -> Any:
    return z3.RealVal(term) if isinstance(term, int) else z3.ToReal(term)


__all__ = ["UNKNOWN", "Reader", "reader_for"]
