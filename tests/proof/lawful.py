"""Random books in one zone, lawful requests about them, and the pins that make a world one of those requests."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import msgspec
import z3

from tests.engine.worlds import World as Source
from writ.book.model import Book
from writ.book.terms import Period, Type
from writ.engine.request import Event, Request, StateGiven
from writ.engine.truth import days_of
from writ.proof.logic import Formula, neg
from writ.proof.question import Question
from writ.proof.shown import Shown
from writ.proof.values import Listed, Members, Moment, Value


def random_book(source: Source, norms: int, effects: bool) -> Book:
    """A random book whose calendars are of one zone; without `effects` no act begins or ends a state."""
    book = source.book(norms)
    source.request()
    vocabulary = book.vocabulary
    calendars = {
        name: msgspec.structs.replace(calendar, zone="UTC")
        for name, calendar in vocabulary.calendars.items()
    }
    kept = book.norms
    if not effects:
        kept = tuple(
            msgspec.structs.replace(norm, effects=()) for norm in kept if norm.kind != "lapse"
        )
    ids = {norm.id for norm in kept}
    overrides = tuple(o for o in book.overrides if o.winner in ids and o.loser in ids)
    plain = Book(
        book.name, "", book.ranks, "", vocabulary, book.instruments, kept, overrides, {}
    )  # fmt: skip
    return plain.with_calendars(calendars)


def random_question(source: random.Random, book: Book) -> Question:
    actors = list(book.vocabulary.actors)
    against = source.choice(("", source.choice(actors)))
    act = source.choice(list(book.vocabulary.acts))
    return Question(book, act, source.choice(actors), against=against)


def lawful_request(source: Source, question: Question, states: bool) -> Request:
    """A random request that the world of a question has a place for: persons and times are told, and who may have
    done a thing did it."""
    world = question.world
    _ = question.outcomes
    at = source.moment()
    done = []
    for name, slots in world.events.items():
        for _slot in slots:
            when = source.moment()
            if source.maybe(0.6) and _instant(when) <= _instant(at):
                doers = world.needs.doers[name]
                by = source.choice(doers) if doers else ""
                person = source.choice(("ann", "bob")) if doers is not None else ""
                if doers is None or doers:
                    done.append(Event(name, when, by, person))
    given = []
    if states:
        for state, places in world.states.items():
            for _place in places:
                since = source.moment()
                if source.maybe(0.6) and _instant(since) <= _instant(at):
                    until = source.choice((None, since + dt.timedelta(days=source.randint(0, 90))))
                    facts: dict[str, Any] = {}
                    if state == "alarm" and source.maybe(0.7):
                        facts = {"colour": source.choice(("red", "blue")), "amount": 4}
                    given.append(StateGiven(state, since, until, facts=facts))
    return Request(
        question.actor,
        question.act,
        at,
        source.facts(),
        against=question.against,
        person=source.choice(("ann", "bob")),
        number=source.randint(1, 4),
        done=tuple(done),
        states=tuple(sorted(given, key=lambda one: _instant(one.since))),
    )


def _instant(at: dt.date | None) -> float:
    assert at is not None
    if isinstance(at, dt.datetime):
        return at.timestamp()
    return dt.datetime(at.year, at.month, at.day, tzinfo=dt.UTC).timestamp()


def in_utc(request: Request) -> Request:
    """The same with every moment told in UTC, which is the zone of these books."""

    def moved(when: Any) -> Any:
        return when.astimezone(dt.UTC) if isinstance(when, dt.datetime) else when

    replace = msgspec.structs.replace
    return replace(
        request,
        at=moved(request.at),
        facts={name: moved(value) for name, value in request.facts.items()},
        done=tuple(replace(event, at=moved(event.at)) for event in request.done),
        states=tuple(
            replace(each, since=moved(each.since), until=moved(each.until))
            for each in request.states
        ),
    )


class Pins:
    """What makes the world of a question one request."""

    def __init__(self, question: Question, request: Request) -> None:
        self.question, self.world, self.request = question, question.world, request

    def fits(self) -> bool:
        """Whether the lists of the request have no more members than the world has places."""
        return all(
            len(self.request.facts.get(name, ())) <= len(value.data.members)
            for name, value, _ in self.world.facts()
            if isinstance(value.data, Listed)
        )

    def all(self, states: bool) -> list[Formula]:
        request, world = self.request, self.world
        pins = [
            *self.moment(world.now, request.at),
            world.person == world.persons.code(request.person),
            world.number == request.number,
        ]
        for name, value, stated in list(world.facts()):
            if " " not in name:
                given = request.facts.get(name)
                pins.append(stated if given is not None else neg(stated))
                if given is not None:
                    pins += self.value(name, self._type(name), value, given)
        for name, slots in world.events.items():
            told = [event for event in request.done if event.name == name]
            for at, slot in enumerate(slots):
                pins.append(slot.there if at < len(told) else neg(slot.there))
                if at < len(told):
                    pins += self.moment(slot.at, told[at].at)
                    if told[at].by:
                        pins.append(slot.by == world.actors.code(told[at].by))
                        pins.append(slot.person == world.persons.code(told[at].person))
        return [*pins, *(self.states() if states else ())]

    def states(self) -> list[Formula]:
        """The stretches: those in effect, else the last that there was."""
        pins: list[Formula] = []
        for state, slots in self.world.states.items():
            given = [one for one in self.request.states if one.state == state]
            running = [one for one in given if not self.over(one)]
            kept = (running or given[-1:])[::-1]
            for at, slot in enumerate(slots):
                pins.append(slot.there if at < len(kept) else neg(slot.there))
                if at >= len(kept):
                    continue
                one = kept[at]
                pins.append(slot.over if self.over(one) else neg(slot.over))
                pins += self.moment(slot.since, one.since)
                absent = one.until is None
                pins.append(slot.end.absent if absent else neg(slot.end.absent))
                pins += [] if absent else self.moment(slot.end.data, one.until)
                for name, value, stated in list(self.world.facts()):
                    start = f"{state} #{slot.number} "
                    if name.startswith(start):
                        fact = one.facts.get(name.removeprefix(start))
                        pins.append(stated if fact is not None else neg(stated))
                        if fact is not None:
                            slot_name = f"{state}.{name.removeprefix(start)}"
                            pins += self.value(name, self._type(slot_name), value, fact)
        return pins

    def too_many(self) -> bool:
        """Whether more stretches of one state run at once than the world has places for."""
        return any(
            len([one for one in self.request.states if one.state == state and not self.over(one)])
            > len(slots)
            for state, slots in self.world.states.items()
        )

    def over(self, one: StateGiven) -> bool:
        from writ.book.dates import compare

        return one.until is not None and compare(self.request.at, one.until, "UTC") > 0

    def _type(self, slot: str) -> Type:
        return self.question.book.vocabulary.attributes[slot].type

    def moment(self, moment: Moment, when: dt.date | None) -> list[Formula]:
        assert when is not None
        exact = isinstance(when, dt.datetime)
        pins: list[Formula] = [
            moment.day == when.toordinal(),
            moment.exact if exact else neg(moment.exact),
        ]
        if isinstance(when, dt.datetime):
            pins.append(moment.minute == when.hour * 60 + when.minute)
        return pins

    def value(self, name: str, type: Type, value: Value, given: Any) -> list[Formula]:
        world, data = self.world, value.data
        match type.base:
            case "yes-no":
                return [z3.Bool(name) == given]
            case "number":
                return [z3.Real(name) == z3.RealVal(str(given))]
            case "duration":
                assert isinstance(given, Period)
                return [z3.Int(name) == days_of(given)]
            case "date":
                return self.moment(data, given)
            case "set":
                assert isinstance(data, Members)
                codes = world.codes(type.of)
                return [z3.Bool(f"{name} {value}") == (value in given) for value in codes.values]
            case "list":
                return self.members(name, data, given)
        codes = world.codes_of(type)
        return [codes.variable(name) == codes.code(str(given))]

    def members(
        self, name: str, listed: Listed, given: tuple[dict[str, Any], ...]
    ) -> list[Formula]:
        pins: list[Formula] = [z3.Int(f"{name} count") == len(given)]
        for at in range(len(listed.members)):
            there = z3.Bool(f"{name} [{at}]")
            pins.append(there == (at < len(given)))
            if at >= len(given):
                continue
            start = f"{name} [{at}] "
            for fact, value, stated in list(self.world.facts()):
                if fact.startswith(start):
                    said = given[at].get(fact.removeprefix(start))
                    pins.append(stated if said is not None else neg(stated))
                    if said is not None:
                        slot = fact.removeprefix(start)
                        pins += self.value(fact, self._type(slot), value, said)
        return pins


__all__ = ["Pins", "Shown", "in_utc", "lawful_request", "random_book", "random_question"]
