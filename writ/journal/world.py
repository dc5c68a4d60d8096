"""What is the case while the reference replay runs, and the questions that it asks of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from writ.book import dates
from writ.book.model import Book, Norm
from writ.book.terms import Condition, Value
from writ.engine.applies import truth_of
from writ.engine.instance import Instance
from writ.engine.request import Event, Request
from writ.engine.situation import Situation, same_family, thing_of
from writ.engine.truth import Truth, evaluate
from writ.journal import life as lives
from writ.journal.entry import Entry, Kind
from writ.journal.excuses import excuses, excuses_of, grounds, sparing
from writ.journal.life import NO_DAY, Due, Life, Stretch
from writ.journal.record import DutyStatus
from writ.journal.standing import Standing


class World:
    """The part of a replay that only answers."""

    book: Book
    known_at: dt.date | None
    zone: str
    done: list[Event]
    standing: Standing
    stretches: list[Stretch]
    lives: list[Life]
    things: dict[str, str]

    def norm(self, life: Life) -> Norm:
        return self.book.by_id[life.norm]

    def views(self) -> tuple[Instance, ...]:
        return tuple(stretch.view for stretch in self.stretches)

    def instant(self, when: dt.date) -> dt.datetime:
        """A moment to order by; a day counts as its end."""
        if isinstance(when, dt.datetime):
            return when.astimezone(dt.UTC)
        zone = dates.zone_of(self.zone) if self.zone else dt.UTC
        last = dt.datetime(when.year, when.month, when.day, 23, 59, 59, 999999, tzinfo=zone)
        return last.astimezone(dt.UTC)

    # --- questions

    def question(self, duty: Norm, about: str, now: dt.date, facts: Mapping[str, Value]) -> Request:
        """The question whether a duty applies: of its act, about its thing, on what is the case now."""
        stands = self.standing.facts(about, "", "", {})
        return Request(
            "",
            duty.act,
            now,
            {**facts, **stands},
            about=about,
            done=tuple(self.done),
            known_at=self.known_at,
        )

    def situation(self, norm: Norm, request: Request) -> Situation:
        return Situation(self.book, request, self.book.calendar_of(norm.instrument), self.views())

    def asked(self, duty: Norm, about: str, now: dt.date, facts: Mapping[str, Value]) -> Truth:
        """Whether the `when` of a duty holds."""
        return self.holds(duty, duty.when, about, now, facts)

    def holds(
        self,
        norm: Norm,
        conditions: tuple[Condition, ...],
        about: str,
        now: dt.date,
        facts: Mapping[str, Value],
    ) -> Truth:
        request = self.question(norm, about, now, facts)
        return truth_of(self.book, norm, request, conditions, self.views())

    def day(self, duty: Norm, about: str, now: dt.date, facts: Mapping[str, Value]) -> Due:
        """The day that its `by` tells, if it has one."""
        if duty.due_by is None:
            return lives.NO_DAY
        request = self.question(duty, about, now, facts)
        calendar = self.book.calendar_of(duty.instrument)
        return lives.rolled(evaluate(self.situation(duty, request), duty.due_by), calendar)

    def excused(self, duty: Norm, about: str, now: dt.date, facts: Mapping[str, Value]) -> bool:
        """Whether a permission to leave it undone prevails over it."""
        request = self.question(duty, about, now, facts)
        return any(
            excuses(self.book, norm, duty, request, self.views())
            for norm in excuses_of(self.book, duty)
        )

    def drop(self, life: Life, status: DutyStatus, now: dt.date) -> None:
        """Let a duty fall away, with the provisions by which it is not owed."""
        duty = self.norm(life)
        request = self.question(duty, life.about, now, life.facts)
        found = grounds(self.book, excuses_of(self.book, duty), duty, request, self.views())
        life.move(status, now, citations=found)

    def spared(self, duty: Norm, about: str, now: dt.date) -> tuple[str, ...]:
        """The provisions of the permissions to leave it undone that hold."""
        request = self.question(duty, about, now, {})
        return sparing(self.book, excuses_of(self.book, duty), duty, request, self.views())

    def of_one_thing(self, norm: Norm, about: str, stretch: Stretch) -> bool:
        """Whether a state may be of the thing that a norm's act is about."""
        theirs = stretch.raw.about
        if not about or not theirs or about == theirs:
            return True
        vocabulary = self.book.vocabulary
        family = vocabulary.states[stretch.raw.state].thing
        return not same_family(vocabulary, thing_of(vocabulary, norm.act), family)

    def subjects(self, duty: Norm) -> list[str]:
        """The things of the kind that a duty is about; "" where it is about none, or none was mentioned."""
        vocabulary = self.book.vocabulary
        family = duty.thing or thing_of(vocabulary, duty.act)
        if not family:
            return sorted(about for about, thing in self.things.items() if not thing) or [""]
        return sorted(
            about
            for about, thing in self.things.items()
            if thing and same_family(vocabulary, thing, family)
        ) or [""]

    def mention(self, entry: Entry) -> None:
        """Remember which things there are, and of what family."""
        if not entry.about:
            return
        vocabulary = self.book.vocabulary
        thing = ""
        if entry.kind is Kind.ACT:
            thing = entry.thing or thing_of(vocabulary, entry.name)
        elif entry.kind is Kind.STATE:
            thing = vocabulary.states[entry.name].thing
        elif entry.kind is Kind.EVENT:
            thing = vocabulary.events[entry.name].thing
        else:
            owners = (slot.rpartition(".")[0] for slot in entry.facts)
            thing = next((owner for owner in owners if owner in vocabulary.things), "")
        if thing or entry.about not in self.things:
            self.things[entry.about] = thing

    # --- opening duties

    def open(
        self,
        duty: Norm,
        truth: Truth,
        at: dt.date,
        entry: str,
        about: str,
        facts: Mapping[str, Value],
        due: Due = NO_DAY,
    ) -> list[Life]:
        """Open a duty for each of its addressees, unless its `when` is false."""
        if truth is False:
            return []
        if due[0] is None:
            due = lives.first_due(duty, at, self.book.calendar_of(duty.instrument))
        return [
            life
            for to in lives.heirs(duty)
            for life in self.add(duty, truth, at, entry, about, facts, due, to)
        ]

    def add(
        self,
        duty: Norm,
        truth: Truth,
        at: dt.date,
        entry: str,
        about: str,
        facts: Mapping[str, Value],
        due: Due,
        to: str,
    ) -> list[Life]:
        life = lives.opened(duty, truth, at, entry, about, facts, due, to, len(self.lives))
        self.lives.append(life)
        return [life]
