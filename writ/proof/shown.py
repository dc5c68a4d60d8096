"""One situation of a question, read from a model as a request that the engine can be asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import z3

from writ.book.terms import Period, Type
from writ.engine.request import Event, Request, StateGiven
from writ.proof.logic import Formula, at_least, conj, iff, neg, true_in
from writ.proof.periods import number
from writ.proof.values import Listed, Members, Moment, Value, moment_of

if TYPE_CHECKING:
    from writ.proof.question import Question


class Shown:
    """One world of a question, read from a model."""

    def __init__(self, question: Question, model: Any) -> None:
        self.question, self.world, self.model = question, question.world, model

    def truth(self, formula: Formula) -> bool:
        return true_in(self.model, formula)

    def request(self, omit: bool = False) -> Request:
        world, question = self.world, self.question
        facts: dict[str, Any] = {}
        for name, value, stated in list(world.facts()):
            if " " in name or not self.truth(stated):
                continue
            facts[name] = self.value(name, self._type(name), value)
        return Request(
            actor=question.heir or question.actor,
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

    def elsewhere(self, apart: int) -> Formula:
        """That a situation differs from this one in so many facts stated, acts done or states begun."""
        flags = [stated for _, _, stated in list(self.world.facts())]
        flags += [slot.there for slots in self.world.events.values() for slot in slots]
        flags += [slot.there for slots in self.world.states.values() for slot in slots]
        told = [neg(iff(flag, self.truth(flag))) for flag in flags if not isinstance(flag, bool)]
        return at_least(min(apart, len(told)), told)

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
        return sorted(found, key=lambda event: _day(event.at))

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
        return sorted(found, key=lambda given: _day(given.since))


def _day(at: dt.date | None) -> int:
    """By day: of one day, things stay as the world has them."""
    return 0 if at is None else at.toordinal()
