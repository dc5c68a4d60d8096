"""A question with its solver: which worlds are left, and one of them as a request that the engine can be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import z3

from writ.book.model import Book, Norm
from writ.book.terms import Condition, Type
from writ.engine.answer import Outcome
from writ.engine.request import Event, Request, StateGiven
from writ.proof.lawful import Lawful
from writ.proof.logic import Formula, conj, iff
from writ.proof.needs import Needs
from writ.proof.outcome import Asked, matching
from writ.proof.periods import Reckoning, number
from writ.proof.rules import Rules, rules_of
from writ.proof.values import Listed, Members, Moment, Value, moment_of
from writ.proof.world import World

ROUNDS = 24
"""So often a model is brought back to the calendar before the question is given up."""


class TimeUp(Exception):
    """The solver gave no answer within its limit."""


class Question:
    """May this office do this act, in every lawful world? Formulas over it can be checked, and a world shown."""

    def __init__(
        self,
        book: Book,
        act: str,
        actor: str,
        conditions: Iterable[tuple[Condition, ...]] = (),
        thing: str = "",
        against: str = "",
        done: Iterable[str] = (),
        world: World | None = None,
        via: str = "",
    ) -> None:
        self.book, self.rules = book, rules_of(book)
        self.act, self.actor, self.thing, self.against = act, actor, thing, against
        norms = matching(self.rules, act, actor, thing, against)
        if via:
            norms += matching(self.rules, act, via, thing, against)
        if world is None:
            needs = gather(self.rules, act, norms, conditions, done)
            world = World((book,), needs)
        self.world = world
        self.reckoning = Reckoning(world.axioms)
        self.asked = Asked(world, self.rules, self.reckoning, act, actor, thing, against, via)
        self._solver: Any = None
        self._told = 0
        """So many axioms of the world has the solver been told."""
        self._history: list[Formula] = []
        self._lawful = Lawful(self.asked)

    # --- asking

    @property
    def outcomes(self) -> dict[Outcome, Formula]:
        return self.asked.outcomes

    def solver(self, milliseconds: int) -> Any:
        if self._solver is None:
            lawful = self._lawful.axioms()
            self._history = self._lawful.history()
            self._solver = z3.SimpleSolver()
            self._add(lawful)
        # A formula built since may have brought variables of its own.
        self._add(self.world.axioms[self._told :])
        self._told = len(self.world.axioms)
        self._solver.set("timeout", max(1, milliseconds))
        return self._solver

    def _add(self, formulas: Iterable[Formula]) -> None:
        self._solver.add([each for each in formulas if each is not True])

    def model(self, wanted: Formula, milliseconds: int = 10_000) -> Any | None:
        """A model of what is wanted, its days those of the calendar; None where there is none.

        Raises:
            TimeUp: the solver did not come to an answer.
        """
        if wanted is False:
            return None
        solver = self.solver(milliseconds)
        solver.push()
        try:
            self._add([wanted])
            if not self._possible(solver):
                return None
            self._add(self._history)
            if not self._possible(solver):
                solver.pop()
                solver.push()
                self._add([wanted])
                self._possible(solver)
            return self._by_the_calendar(solver)
        finally:
            solver.pop()

    def _by_the_calendar(self, solver: Any) -> Any | None:
        """A model whose days are reckoned as the calendar reckons them."""
        for _ in range(ROUNDS):
            model = solver.model()
            found = self.reckoning.corrections(model)
            if not found:
                return model
            here, follows = [one for one, _ in found], [other for _, other in found]
            if all(
                z3.is_true(model.eval(each, model_completion=True))
                if not isinstance(each, bool)
                else each
                for each in follows
            ):
                return model
            solver.add(follows)
            if solver.check(*here) == z3.sat:
                return solver.model()
            if not self._possible(solver):
                return None
        raise TimeUp

    def _possible(self, solver: Any) -> bool:
        answer = solver.check()
        if answer == z3.unknown:
            raise TimeUp
        return bool(answer == z3.sat)

    # --- a world as a request

    def request(self, model: Any, omit: bool = False) -> Request:
        """The request that a model describes."""
        return Shown(self, model).request(omit)


class Shown:
    """One world of a question, read from a model."""

    def __init__(self, question: Question, model: Any) -> None:
        self.question, self.world, self.model = question, question.world, model

    def truth(self, formula: Formula) -> bool:
        if isinstance(formula, bool):
            return formula
        return z3.is_true(self.model.eval(formula, model_completion=True))

    def request(self, omit: bool = False) -> Request:
        world, question = self.world, self.question
        facts: dict[str, Any] = {}
        for name, value, stated in list(world.facts()):
            if " " in name or not self.truth(stated):
                continue
            facts[name] = self.value(name, self._type(name), value)
        return Request(
            actor=question.actor,
            act=question.act,
            at=self.moment(world.now),
            facts=facts,
            thing=question.thing,
            against=question.against,
            person=self._person(world.person),
            number=max(1, number(self.model, world.number)),
            omit=omit,
            done=tuple(self.events()),
            states=tuple(self.states()),
        )

    def _type(self, slot: str) -> Type:
        for book in self.world.books:
            if slot in book.vocabulary.attributes:
                return book.vocabulary.attributes[slot].type
        raise KeyError(slot)

    def _person(self, term: Any) -> str:
        return self.world.persons.text(number(self.model, term))

    def told(self) -> Formula:
        """That a situation is this one, as far as truths and names tell it."""
        same: list[Formula] = []
        for _, value, stated in list(self.world.facts()):
            same.append(iff(stated, self.truth(stated)))
            if isinstance(value.data, z3.BoolRef):
                same.append(iff(value.data, self.truth(value.data)))
            elif isinstance(value.data, z3.BitVecRef):
                same.append(value.data == number(self.model, value.data))
        for events in self.world.events.values():
            same += [iff(slot.there, self.truth(slot.there)) for slot in events]
        for states in self.world.states.values():
            for slot in states:
                same += [iff(each, self.truth(each)) for each in (slot.there, slot.over)]
        return conj(same)

    def moment(self, moment: Moment) -> dt.date:
        exact = self.truth(moment.exact)
        minute = number(self.model, moment.minute) if exact else 0
        return moment_of(number(self.model, moment.day), exact, minute, self.world.zone)

    def value(self, name: str, type: Type, value: Value) -> Any:
        """What a stated attribute is."""
        data = value.data
        match type.base:
            case "yes-no":
                return self.truth(z3.Bool(self.world.name(name)))
            case "number":
                return self._number(z3.Real(self.world.name(name)))
            case "duration":
                from writ.book.terms import Period

                return Period(number(self.model, z3.Int(self.world.name(name))), "hours")
            case "date":
                return self.moment(data)
            case "set":
                return self._set(type, data)
            case "list":
                return self._list(name, data)
            case _:
                codes = self.world.codes_of(type)
                return codes.text(number(self.model, codes.variable(self.world.name(name))))

    def _number(self, term: Any) -> int | float:
        found = self.model.eval(term, model_completion=True)
        fraction = found.as_fraction()
        return int(fraction) if fraction.denominator == 1 else float(fraction)

    def _set(self, type: Type, members: Members) -> frozenset[str]:
        codes = self.world.codes_of(
            Type(type.of) if type.of in ("text", "person-id") else Type("kind", type.of)
        )
        every = members.every if members.every is not None else range(len(codes.values) + 64)
        return frozenset(codes.text(each) for each in every if self.truth(members.has(each)))

    def _list(self, name: str, listed: Listed) -> tuple[dict[str, Any], ...]:
        found: list[dict[str, Any]] = []
        for at, member in enumerate(listed.members):
            if not self.truth(member.there):
                continue
            start = f"{name} [{at}] "
            facts = {}
            for fact, value, stated in list(self.world.facts()):
                if fact.startswith(start) and self.truth(stated):
                    slot = fact.removeprefix(start)
                    facts[slot.rpartition(".")[2]] = self.value(fact, self._type(slot), value)
            found.append(facts)
        while len(found) < number(self.model, listed.count) and len(found) < 1_000:
            found.append(dict(found[-1]) if found else {})
        return tuple(found)

    def events(self) -> list[Event]:
        found = []
        for slots in self.world.events.values():
            for slot in slots:
                if not self.truth(slot.there):
                    continue
                if self.world.needs.doers.get(slot.name) is None:
                    found.append(Event(slot.name, self.moment(slot.at)))
                    continue
                by = self.world.actors.text(number(self.model, slot.by))
                person = self._person(slot.person)
                found.append(Event(slot.name, self.moment(slot.at), by, person))
        return sorted(found, key=lambda event: _instant(event.at))

    def states(self) -> list[StateGiven]:
        found = []
        for state, slots in self.world.states.items():
            for slot in reversed(slots):
                if not self.truth(slot.there):
                    continue
                start = f"{state} #{slot.number} "
                facts = {
                    name.removeprefix(start): self.value(
                        name, self._type(f"{state}.{name.removeprefix(start)}"), value
                    )
                    for name, value, stated in list(self.world.facts())
                    if name.startswith(start) and self.truth(stated)
                }
                until = None if self.truth(slot.end.absent) else self.moment(slot.end.data)
                found.append(StateGiven(state, self.moment(slot.since), until, facts=facts))
        return sorted(found, key=lambda given: _instant(given.since))


def _instant(at: dt.date | None) -> tuple[int, float]:
    if at is None:
        return (0, 0.0)
    return (at.toordinal(), at.timestamp() if isinstance(at, dt.datetime) else 0.0)


def gather(
    rules: Rules,
    act: str,
    norms: Iterable[Norm],
    conditions: Iterable[tuple[Condition, ...]] = (),
    done: Iterable[str] = (),
) -> Needs:
    """What a question on an act can tell apart."""
    needs = Needs(rules)
    for norm in (*norms, *rules.duties_before(act), *rules.excluded_by(act)):
        needs.norm(norm)
    before = {duty.act for duty in rules.duties_before(act)}
    for norm in rules.omissions:
        if any(norm.act in rules.book.vocabulary.act_up[name] for name in before):
            needs.norm(norm)
    for each in conditions:
        needs.conditions(each)
    for name in done:
        needs.act(name, None, "given")
    needs.settle()
    return needs


__all__ = ["Question", "Shown", "TimeUp", "conj", "gather"]
