"""Everything that a request may say, as variables: facts, the moment, the person, what was done, the states.

A world is lawful: what its history holds was done by those to whom a norm gives it, and a state was begun by an act
that begins it. What the questions asked in it cannot tell apart is one variable (`writ.proof.needs` says how many
events, stretches of a state and members of a list they can tell apart).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

import z3

from writ.book.model import AttributeDef, Book
from writ.book.terms import Attr, Type
from writ.proof.logic import Formula, Tri, conj, disj, implies, neg, pick
from writ.proof.needs import Needs
from writ.proof.periods import Reckoning
from writ.proof.values import (
    ABSENT,
    MINUTES,
    Codes,
    Listed,
    Member,
    Members,
    Moment,
    Value,
    earlier,
    width_for,
)

FIRST, LAST = dt.date(1801, 1, 1).toordinal(), dt.date(2199, 12, 31).toordinal()
"""The days between which questions are asked, as day numbers."""
TEXTS = PERSONS = 10
"""Bits: more texts and persons than one question can name."""


class EventSlot(NamedTuple):
    """One act done or event that happened, if `there`."""

    name: str
    there: Formula
    by: Any
    person: Any
    at: Moment


class StateSlot(NamedTuple):
    """One stretch of a state, if `there`; in effect unless `over`."""

    state: str
    number: int
    there: Formula
    over: Formula
    doubtful: Formula
    continued: Formula
    since: Moment
    end: Value


class World:
    """The variables of one question, and what holds of them in every lawful world (`axioms`)."""

    def __init__(self, books: tuple[Book, ...], needs: Needs, prefix: str = "") -> None:
        self.books = books
        self.needs = needs
        self.prefix = prefix
        self.axioms: list[Formula] = []
        self.texts = Codes("text", TEXTS, sorted(needs.texts))
        self.persons = Codes("P", PERSONS, ("nobody", *sorted(needs.persons)))
        names = dict.fromkeys(name for book in books for name in book.vocabulary.actors)
        self.actors = Codes("actor", width_for(len(names)), names)
        calendar = books[0].vocabulary.calendars.get(books[0].default_calendar)
        self.zone = (calendar.zone if calendar else "") or "UTC"
        """In which all moments are told."""
        self._kinds: dict[str, Codes] = {}
        self._facts: dict[tuple[str, str], tuple[Value, Formula]] = {}
        self.reckoning = Reckoning(self.axioms, prefix)
        self.remembered: dict[object, Tri] = {}
        """The truths of conditions, by condition and reading."""
        self.spoken: dict[object, tuple[str, ...]] = {}
        """The states that each condition speaks of."""
        self.now = self.moment("now")
        self.person = self.persons.variable(self.name("person"))
        self.axioms.append(self.person != 0)
        self.number = z3.Int(self.name("number"))
        self.axioms.append(self.number >= 1)
        self.events = {
            name: tuple(self._event(name, at) for at in range(count))
            for name, count in needs.events.items()
        }
        self.states: dict[str, tuple[StateSlot, ...]] = {}
        for state, count in needs.states.items():
            slots = tuple(self._state(state, at) for at in range(count))
            self.states[state] = slots
            for later in slots[1:]:
                # Were the first over while another runs, the law would not look at it.
                self.axioms.append(implies(later.there, conj((slots[0].there, neg(slots[0].over)))))
                self.axioms.append(neg(conj((later.there, later.over))))

    def name(self, name: str) -> str:
        return self.prefix + name

    # --- variables

    def moment(self, name: str) -> Moment:
        """Any day of the calendar, or moment of one."""
        day, exact = z3.Int(self.name(name)), z3.Bool(self.name(f"{name} exact"))
        minute = z3.Int(self.name(f"{name} minute"))
        self.axioms += [minute >= 0, minute < MINUTES, day >= FIRST, day <= LAST]
        return Moment(day, exact, minute)

    def codes(self, kind: str) -> Codes:
        """The values of a kind, those of every book together."""
        found = self._kinds.get(kind)
        if found is None:
            defined = [
                book.vocabulary.kinds[kind] for book in self.books if kind in book.vocabulary.kinds
            ]
            values = dict.fromkeys(value.name for each in defined for value in each.values)
            found = self._kinds[kind] = Codes(kind, width_for(len(values)), values)
        return found

    def codes_of(self, type: Type) -> Codes:
        if type.base == "text":
            return self.texts
        return self.persons if type.base == "person-id" else self.codes(type.of)

    def variable(self, type: Type, name: str, slot: str = "") -> Any:
        """A value of a type, with what is known of it among the axioms."""
        full = self.name(name)
        match type.base:
            case "yes-no":
                return z3.Bool(full)
            case "number":
                return z3.Real(full)
            case "duration":
                hours = z3.Int(full)
                self.axioms.append(hours >= 0)
                return hours
            case "date":
                return self.moment(name)
            case "set":
                return self._set(type, full)
            case "list":
                return self._list(name, slot)
            case _:
                codes = self.codes_of(type)
                term = codes.variable(full)
                if type.base in ("kind", "levels"):
                    self.axioms.append(codes.known(term))
                elif type.base == "person-id":
                    self.axioms.append(term != 0)
                return term

    def _set(self, type: Type, full: str) -> Members:
        kind = type.of
        if kind in ("text", "person-id"):
            codes = self.codes_of(Type(kind))
            inside = z3.Function(full, z3.BitVecSort(codes.width), z3.BoolSort())
            return Members(inside, None)
        codes = self.codes(kind)
        flags = [z3.Bool(f"{full} {value}") for value in codes.values]

        def has(code: Any) -> Formula:
            if isinstance(code, int):
                return flags[code]
            return disj(conj((code == at, flag)) for at, flag in enumerate(flags))

        return Members(has, tuple(range(len(flags))))

    def _list(self, name: str, slot: str) -> Listed:
        members = []
        for at in range(self.needs.lists.get(slot, 0)):
            there = z3.Bool(self.name(f"{name} [{at}]"))

            def attribute(of_member: str, at: int = at) -> Value:
                return self.fact(f"{name} [{at}] {of_member}", of_member, self._having(of_member))

            def given(of_member: str, at: int = at) -> Formula:
                return self.stated(f"{name} [{at}] {of_member}", of_member, self._having(of_member))

            members.append(Member(there, attribute, given))
        count = z3.Int(self.name(f"{name} count"))
        if members:
            self.axioms.append(count >= z3.Sum([z3.If(each.there, 1, 0) for each in members]))
            # More than there are places for are like one of those.
            self.axioms.append(implies(count > 0, disj(each.there for each in members)))
        self.axioms.append(count >= 0)
        return Listed(tuple(members), count)

    # --- facts

    def fact(self, name: str, slot: str, book: Book | None = None) -> Value:
        """An attribute as the request states it, or as its declaration in a book says where it states nothing."""
        return self._told(name, slot, book)[0]

    def stated(self, name: str, slot: str, book: Book | None = None) -> Formula:
        return self._told(name, slot, book)[1]

    def facts(self) -> Iterator[tuple[str, Value, Formula]]:
        """Every fact asked about: its name, value, and whether it is stated."""
        seen = set()
        for (name, _), (value, stated) in list(self._facts.items()):
            if name not in seen:
                seen.add(name)
                yield name, value, stated

    def _told(self, name: str, slot: str, book: Book | None) -> tuple[Value, Formula]:
        book = book or self.books[0]
        declared = book.vocabulary.attributes.get(slot)
        # Two editions may say different things of what is not stated, and mean different things by a name.
        means = "" if declared is None else f"{declared.type} {declared.unknown} {declared.default}"
        found = self._facts.get((name, means))
        if found is None:
            first = book is self.books[0] or declared is None
            other = None if first else self.books[0].vocabulary.attributes.get(slot)
            apart = other is not None and declared is not None and other.type != declared.type
            found = self._fact(f"{name} anew" if apart else name, declared)
            self._facts[name, means] = found
        return found

    def _fact(self, name: str, declared: AttributeDef | None) -> tuple[Value, Formula]:
        if declared is None:
            return ABSENT, False
        slot = declared.slot
        stated = z3.Bool(self.name(f"{name} stated"))
        data = self.variable(declared.type, name, slot)
        if declared.unknown:
            return Value(data, unknown=neg(stated)), stated
        if declared.default is not None:
            return self._defaulted(data, declared.default, declared.type, stated), stated
        match declared.type.base:
            case "yes-no":
                return Value(conj((stated, data))), stated
            case "set":
                inside = Members(lambda code: conj((stated, data.has(code))), data.every)
                return Value(inside), stated
            case "list":
                members = tuple(m._replace(there=conj((stated, m.there))) for m in data.members)
                return Value(Listed(members, pick(stated, data.count, 0))), stated
            case _:
                return Value(data, absent=neg(stated)), stated

    def _defaulted(self, data: Any, default: Any, type: Type, stated: Formula) -> Value:
        if type.base == "yes-no":
            return Value(pick(stated, data, bool(default)))
        if type.base == "number":
            return Value(pick(stated, data, z3.RealVal(str(default))))
        if type.base in ("kind", "levels", "text", "person-id"):
            return Value(
                pick(
                    stated, data, z3.BitVecVal(self.codes_of(type).code(str(default)), data.size())
                )
            )
        # A default day, period or set is rare: a free value in its place allows no less.
        return Value(data)

    def _having(self, slot: str) -> Book:
        """A book that declares an attribute."""
        return next((b for b in self.books if slot in b.vocabulary.attributes), self.books[0])

    # --- history

    def _event(self, name: str, at: int) -> EventSlot:
        base = f"{name} #{at}"
        when = self.moment(base)
        there = z3.Bool(self.name(f"{base} there"))
        self.axioms.append(implies(there, neg(earlier(self.now, when))))
        person = self.persons.variable(self.name(f"{base} person"))
        by = self.actors.variable(self.name(f"{base} by"))
        doers = self.needs.doers.get(name)
        if doers is not None:
            self.axioms.append(implies(there, disj(by == self.actors.code(each) for each in doers)))
            self.axioms.append(person != 0)
        return EventSlot(name, there, by, person, when)

    def _state(self, state: str, at: int) -> StateSlot:
        base = f"{state} #{at}"
        there, over = z3.Bool(self.name(f"{base} there")), z3.Bool(self.name(f"{base} over"))
        doubtful = z3.Bool(self.name(f"{base} doubtful")) if state in self.needs.doubtful else False
        continued = (
            z3.Bool(self.name(f"{base} continued")) if state in self.needs.continued else False
        )
        since, end = self.moment(f"{base} since"), self.moment(f"{base} end")
        unbounded = z3.Bool(self.name(f"{base} unbounded"))
        self.axioms += [
            implies(there, neg(earlier(self.now, since))),
            implies(conj((there, neg(over), neg(unbounded))), neg(earlier(end, self.now))),
            implies(conj((there, neg(unbounded))), neg(earlier(end, since))),
        ]
        return StateSlot(
            state, at, there, over, conj((doubtful, neg(over))), continued, since,
            Value(end, absent=unbounded),
        )  # fmt: skip

    def of_state(self, slot: StateSlot | None, path: Attr, book: Book) -> Value:
        """An attribute of a stretch; of none, what its declaration says where nothing is stated."""
        number = "none" if slot is None else slot.number
        value, stated = self._told(f"{path.owner} #{number} {path.name}", path.slot, book)
        if slot is None:
            self.axioms.append(neg(stated))
        return value

    def stated_of_state(self, slot: StateSlot | None, path: Attr, book: Book) -> Formula:
        if slot is None:
            return False
        return self.stated(f"{path.owner} #{slot.number} {path.name}", path.slot, book)
