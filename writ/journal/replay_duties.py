"""The lives of duties in the fast replay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from writ.book.model import Norm
from writ.book.terms import Value
from writ.book.wording import say
from writ.engine.closures import Test
from writ.engine.instance import Instance
from writ.engine.request import Event, Request
from writ.engine.situation import Situation
from writ.engine.truth import Truth, evaluate
from writ.engine.view import NOBODY
from writ.journal import life as lives
from writ.journal.core import DUE, REPEAL, Owed
from writ.journal.entry import Entry
from writ.journal.life import Due, Life, Stretch
from writ.journal.looks import Looks
from writ.journal.narrow import Narrowed
from writ.journal.record import DutyStatus
from writ.journal.replay_memory import Recall
from writ.journal.replay_states import States
from writ.journal.rules import ActRules, DutyRules

NO_LIVES: list[Life] = []
OPEN, BREACHED, LATE = DutyStatus.OPEN, DutyStatus.BREACHED, DutyStatus.LATE


class Duties(States):
    # --- questions

    def asked(self, duty: Norm, about: str, now: dt.date, facts: Mapping[str, Value]) -> Truth:
        """Whether its `when` holds."""
        if not duty.when:
            return True
        rules = self.rules.duties[duty.id]
        return self.put(rules, rules.compiled.joint, rules.asking, about, now, facts)

    def holds(
        self,
        duty: Norm,
        test: Test,
        looks: Looks,
        about: str,
        now: dt.date,
        facts: Mapping[str, Value],
    ) -> Truth:
        """What a condition of a duty comes to."""
        return self.put(self.rules.duties[duty.id], test, looks, about, now, facts)

    def put(
        self,
        rules: DutyRules,
        test: Test,
        looks: Looks,
        about: str,
        now: dt.date,
        facts: Mapping[str, Value],
    ) -> Truth:
        """What a condition comes to, put as a question whether the duty applies (`question`)."""
        stands = self.stands(about)
        known = {**facts, **stands} if facts else stands
        if looks.plain:
            return test(known, NOBODY)
        request = Request("", rules.norm.act, now, known, about=about, known_at=self.known_at)
        paper = self.paper(request, Recall(self, looks, about, rules.family))
        return test(known, paper.asked(rules.compiled.calendar))

    def day(self, duty: Norm, about: str, now: dt.date, facts: Mapping[str, Value]) -> Due:
        """The day that its `by` tells."""
        assert duty.due_by is not None
        rules = self.rules.duties[duty.id]
        looks = rules.watched | rules.until
        request = self.question(duty, about, now, facts, looks)
        views = self.views(looks, about, rules.family)
        calendar = rules.compiled.calendar
        value = evaluate(Situation(self.book, request, calendar, views), duty.due_by)
        return lives.rolled(value, calendar)

    # --- opening

    def open(
        self,
        rules: DutyRules,
        truth: Truth,
        at: dt.date,
        entry: str,
        about: str,
        facts: Mapping[str, Value],
        due: Due = lives.NO_DAY,
    ) -> list[Life]:
        """Open a duty for each of its addressees, unless its `when` is false."""
        if truth is False:
            return []
        if due[0] is None:
            due = lives.first_due(rules.norm, at, rules.compiled.calendar)
        found = []
        for to in rules.heirs:  # no comprehension: that would be a function made anew
            found.append(self.add_life(rules, truth, at, entry, about, facts, due, to))
        return found

    def add_life(
        self,
        rules: DutyRules,
        truth: Truth,
        at: dt.date,
        entry: str,
        about: str,
        facts: Mapping[str, Value],
        due: Due,
        to: str,
    ) -> Life:
        core, duty = self.core, rules.norm
        number = core.next()
        life = lives.opened(duty, truth, at, entry, about, facts, due, to, number)
        core.dossier(about).lives[number] = life
        core.live.add(number)
        add_number(core.owed, duty.act, about, number)
        if rules.tracked:
            add_number(core.tracked, duty.id, about, number)
            self.dirty_until[number] = about
        if due[0] is not None:
            self.set_timer(DUE, number, about, due[0])
        if duty.end is not None:
            self.set_timer(REPEAL, number, about, duty.end - lives.ONE_DAY)
        return life

    def close(self, life: Life) -> None:
        """Let go of a duty that can move no more."""
        status = life.status
        if status is OPEN or status is BREACHED:
            return
        core, about, number = self.core, life.about, life.number
        if life.norm in self.rules.opened_by_law:
            if status is not DutyStatus.NOT_OPENED:
                self.note_day(life)
            self.dirty_dated[life.norm, about] = None  # it may open again for another day
        core.dossier(about).lives.pop(number, None)
        there = core.owed[self.rules.duties[life.norm].norm.act]
        numbers = there[about]
        numbers.pop(number, None)
        if not numbers:
            del there[about]
        self.untrack(life)
        self.sink.duty(life)

    def untrack(self, life: Life) -> None:
        """What is no more open only an act can move."""
        self.core.live.discard(life.number)
        tracked = self.core.tracked.get(life.norm)
        numbers = tracked.get(life.about) if tracked else None
        if tracked and numbers is not None:
            numbers.pop(life.number, None)
            if not numbers:
                del tracked[life.about]

    def note_day(self, life: Life) -> None:
        """Remember the day of a duty that the law alone opened: it opens no more for that day."""
        if life.norm in self.rules.opened_by_law:
            self.core.dossier(life.about).dues.add((life.norm, life.due))

    def fire(self, entry: Entry, duties: Narrowed[DutyRules], actor: str) -> None:
        """Open the duties that an act or event triggers."""
        at, stated, about = entry.at, entry.stated, entry.about
        stands = self._stands.get(about) or self.stands(about)
        known = {**stated, **stands} if stated else stands
        day_now = at.toordinal()
        for rules in duties.among(known):
            duty, compiled = rules.norm, rules.compiled
            if not compiled.in_force(day_now, self.known):
                continue
            trigger = duty.trigger
            assert trigger is not None
            if trigger.by and actor and not self.admits(trigger.by, actor):
                continue
            if duty.every is not None and self.series(duty, about):
                continue
            plain = rules.asking.plain
            truth = compiled.joint(known, NOBODY) if plain else self.asked(duty, about, at, stated)
            if truth is False:
                continue
            day = lives.NO_DAY
            if duty.due_by is not None:
                day = self.day(duty, about, at, stated)
            self.open(rules, truth, at, entry.id, about, stated, day)

    def series(self, duty: Norm, about: str) -> bool:
        """Whether a recurring duty is running already."""
        numbers = self.core.owed.get(duty.act, {}).get(about, {})
        found = (self.core.life(about, number) for number in numbers)
        return any(life is not None and life.norm == duty.id for life in found)

    def trigger(self, kind: str, stretch: Stretch, at: dt.date, now: dt.date) -> None:
        """Open the duties that the start or end of a state opens."""
        state = self.rules.states[stretch.raw.state]
        about = stretch.raw.about
        duties = state.starts if kind == "start" else state.ends
        for rules in duties.among(self.stands(about)) if duties.all else ():
            if not rules.compiled.in_force(at.toordinal(), self.known):
                continue
            truth: Truth = True
            if rules.norm.when:
                request = self.question(rules.norm, about, now, {})
                views: list[Instance] = [
                    view
                    for view in self.views(rules.asking, about, rules.family)
                    if view.state != stretch.raw.state
                ]
                told = (*views, stretch.view)
                past = Recall(self, rules.asking, about, rules.family, told)
                paper = self.paper(request, past)
                truth = rules.compiled.joint(request.facts, paper.asked(rules.compiled.calendar))
            entry = stretch.entry if kind == "start" else stretch.ended_by
            self.open(rules, truth, at, entry, about, {})

    # --- discharge and breach

    def discharge(
        self,
        entry: Entry,
        event: Event,
        rules: ActRules,
        request: Request,
        partial: bool,
    ) -> bool:
        """Close the duties that an act does or waives; whether one was done late."""
        late = False
        for life in self.concerned(event, rules):
            duty = self.book.by_id[life.norm]
            if duty.waiver and lives.waives(self.book, duty, life.about, event):
                life.move(DutyStatus.WAIVED, entry.at, entry.id)
            elif partial and duty.bearer.mode == "each":
                continue
            elif lives.performs(self.book, duty, life.about, life.to, event):
                mine = self.rules.duties[duty.id]
                if mine.manner is not None and (
                    self.holds(duty, mine.manner, mine.asking, life.about, entry.at, request.facts)
                    is False
                ):
                    continue
                self.perform(life, entry)
                late = late or life.status is LATE
                if duty.every is not None:
                    self.recur(duty, life, entry)
            else:
                continue
            self.note_day(life)
            self.close(life)
        return late

    def perform(self, life: Life, entry: Entry) -> None:
        status = lives.timely(life, entry.at, self.zone)
        life.discharged, life.discharged_by = entry.at, entry.id
        life.move(status, entry.at, entry.id)
        self.late = self.late or status is LATE

    def concerned(self, event: Event, rules: ActRules) -> list[Life]:
        """The duties that an act may do or waive, oldest first."""
        core, mine = self.core, event.about
        found: dict[int, Life] = {}
        for act, apart in rules.doing:
            there = core.owed.get(act)
            if there is None:
                continue
            if apart and mine:
                if mine in there:
                    self.add_lives(found, mine, there[mine])
                if "" in there:
                    self.add_lives(found, "", there[""])
                continue
            if core.away:
                self.recall(act, event)
            for about in tuple(there):
                self.add_lives(found, about, there[about])
        if not found:
            return NO_LIVES
        return [found[number] for number in sorted(found)]

    def add_lives(self, found: dict[int, Life], about: str, numbers: Iterable[int]) -> None:
        """Add the duties of some numbers about a thing, as far as they are there."""
        dossier = self.core.dossiers.get(about)
        if dossier is not None:
            for number in numbers:
                life = dossier.lives.get(number)
                if life is not None:
                    found[number] = life

    def recall(self, act: str, event: Event) -> None:
        """Have the breached duties in memory that an act which is done to no thing of theirs may still do or waive."""
        book, core, bare = self.book, self.core, msgspec.structs.replace(event, to="")
        duties = [duty for name in core.away if (duty := book.by_id[name]).act == act]
        norms = [
            duty.id
            for duty in duties
            if lives.performs(book, duty, "", "", bare) or lives.waives(book, duty, "", event)
        ]
        for about in core.dossiers.owing(norms) if norms else ():
            core.dossiers.get(about)

    def recur(self, duty: Norm, life: Life, entry: Entry) -> None:
        """Open the next occurrence, counted from when the last was done."""
        assert duty.every is not None
        rules = self.rules.duties[duty.id]
        due = lives.due_after(entry.at, duty.every, rules.compiled.calendar)
        new = self.add_life(rules, True, entry.at, entry.id, life.about, life.facts, due, life.to)
        new.occurrence = life.occurrence + 1

    def decide_before(self, duty: Norm, life: Life, doing: list[dt.date], at: dt.date) -> None:
        """A duty due before an act was done by then, or is breached."""
        if doing:
            life.discharged = max(doing, key=self.clock.instant)
            life.move(DutyStatus.MET, life.discharged)
            self.close(life)
        else:
            life.move(DutyStatus.BREACHED, at)
            self.untrack(life)
            self.follow(duty, life, at)

    def follow(self, duty: Norm, life: Life, at: dt.date) -> None:
        """What a breach brings."""
        if duty.breach:
            life.follows = (*life.follows, *(say(effect) for effect in duty.breach))
            if (duty.id, life.about) not in self.core.brought:
                self.core.brought.add((duty.id, life.about))
                self.affect_by_breach(duty, life, at)


def add_number(store: Owed, key: str, about: str, number: int) -> None:
    """Enter the number of a duty under an act or norm, and its thing."""
    there = store.get(key)
    if there is None:
        there = store[key] = {}
    numbers = there.get(about)
    if numbers is None:
        there[about] = {number: None}
    else:
        numbers[number] = None
