"""The reference replay: `docs/semantics.md`, "The journal", as a slow, obvious program.

At every entry and at every moment at which time alone changes something, it looks at everything again. The fast replay
(`writ.journal.replay`) must give the same record; tests hold it to that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from writ.book import dates
from writ.book.model import Book, Norm
from writ.engine import reference as law
from writ.engine.applies import in_force, truth_of
from writ.engine.instance import Instance
from writ.engine.request import Event, Request
from writ.engine.situation import bearer_admits
from writ.journal import life as lives
from writ.journal.acts import Ruling, event_of, incomplete, is_material, recorded, request_of, rule
from writ.journal.effects import Effects
from writ.journal.entry import Entry, Journal, Kind
from writ.journal.grants import Grants
from writ.journal.life import LIVE, Life, Stretch
from writ.journal.offices import Offices
from writ.journal.passage import Passage
from writ.journal.record import ActRecord, ActStatus, DutyStatus
from writ.journal.sequence import seen, with_days, zone_of_book
from writ.journal.standing import Standing


class Reference(Passage):
    """One replay. `run` takes it to the end of what it may see."""

    def __init__(
        self,
        book: Book,
        journal: Journal,
        as_of: dt.date,
        known_at: dt.date | None = None,
        premises: Collection[str] = (),
    ) -> None:
        self.book = with_days(book, journal.days)
        self.as_of = as_of
        self.known_at = known_at
        self.premises = tuple(premises)
        self.zone = zone_of_book(book)
        self.entries = seen(journal.entries, as_of, known_at, premises, self.zone)
        self.start = dates.day_of(self.entries[0].at, self.zone) if self.entries else as_of
        self.done: list[Event] = []
        self.standing = Standing()
        self.offices = Offices(self.book)
        self.grants = Grants(self.book)
        self.stretches: list[Stretch] = []
        self.lives: list[Life] = []
        self.acts: list[ActRecord] = []
        self.acted: set[str] = set()
        """Who has acted so far."""
        self.things: dict[str, str] = {}
        """Each thing that was mentioned, with its family."""
        self.effects = Effects(self)
        self.current: tuple[Entry, Event] | None = None
        """The act that is taking effect: a duty that it opens by itself it may do, too."""
        self.late = False
        self.epochs = lives.epochs_of(self.book)
        self.latest = None
        self.passed = set()
        self.brought = set()

    def run(self) -> Reference:
        for entry in self.entries:
            self.advance(entry.at)
            self.settle(entry.at)
            self.enter(entry)
            self.settle(entry.at)
            self.advance(entry.at)  # a day that it set may be past
        if self.entries:  # else the journal has not begun
            self.advance(self.as_of)
            self.settle(self.as_of)
            self.advance(self.as_of)
        return self

    # --- what the state of things makes of it

    def settle(self, now: dt.date) -> None:
        """Let everything that the law says of the moment take hold."""
        self.latest = now
        self.effects.bound(now)
        for stretch in list(self.stretches):
            self.turn(stretch, now)
        for life in self.lives:
            if life.status in LIVE:
                self.review(life, now)
        for duty in self.book.norms:
            if lives.is_dated(duty) and in_force(duty, now, self.known_at):
                for about in self.subjects(duty):
                    self.watch(duty, about, now)
            elif lives.is_periodic(duty) and in_force(duty, now, self.known_at):
                self.begin_period(duty, now)

    def turn(self, stretch: Stretch, now: dt.date) -> None:
        """Note that a stretch has begun, or is over, and open what that opens."""
        status = stretch.view.status(now, self.zone)
        if not stretch.started and status != "not begun":
            stretch.started = True
            self.trigger("start", stretch, stretch.raw.since or now, now)
        if not stretch.over and status in ("lapsed", "ended"):
            stretch.over = True
            stretch.raw = stretch.view
            self.trigger("end", stretch, stretch.view.end(self.zone) or now, now)

    def trigger(self, kind: str, stretch: Stretch, at: dt.date, now: dt.date) -> None:
        """Open the duties that the start or end of a state opens."""
        for duty in self.book.norms:
            trigger = duty.trigger
            if (
                duty.kind != "duty"
                or trigger is None
                or (trigger.kind, trigger.name)
                != (
                    kind,
                    stretch.raw.state,
                )
            ):
                continue
            if in_force(duty, at, self.known_at):
                bound = tuple(
                    other.view
                    for other in self.stretches
                    if other is stretch or other.raw.state != stretch.raw.state
                )
                request = self.question(duty, stretch.raw.about, now, {})
                truth = truth_of(self.book, duty, request, duty.when, bound)
                entry = stretch.entry if kind == "start" else stretch.ended_by
                self.open(duty, truth, at, entry, stretch.raw.about, {})

    def review(self, life: Life, now: dt.date) -> None:
        """Close a duty that has fallen away."""
        duty = self.norm(life)
        if duty.while_state and not self.runs(duty, life.about):
            if life.status is DutyStatus.OPEN:
                self.drop(life, DutyStatus.NOT_OPENED, now)
            return
        if life.status is not DutyStatus.OPEN:
            return
        if duty.end is not None and dates.day_of(now, self.zone) >= duty.end:
            life.move(DutyStatus.LAPSED, now)
        elif self.fallen(duty, life, now):
            self.drop(life, DutyStatus.LAPSED, now)
        elif duty.trigger is not None and duty.due_by is not None:
            day = self.day(duty, life.about, now, life.facts)
            if day[0] is not None:
                life.due, life.moved = day

    def follow(self, duty: Norm, life: Life, at: dt.date) -> None:
        self.effects.of_breach(duty, life, at)

    def fallen(self, duty: Norm, life: Life, now: dt.date) -> bool:
        """Whether its `until` has come true, or, of one that something opened, somebody need not do it."""
        until = duty.until
        if until and self.holds(duty, until, life.about, now, life.facts) is True:
            return True
        return not lives.is_dated(duty) and self.excused(duty, life.about, now, life.facts)

    def runs(self, duty: Norm, about: str) -> bool:
        return any(
            stretch.raw.state == duty.while_state
            and not stretch.over
            and self.of_one_thing(duty, about, stretch)
            for stretch in self.stretches
        )

    def watch(self, duty: Norm, about: str, now: dt.date) -> None:
        """Open, move or close a duty that the law alone opens, with a day of its own."""
        truth = self.asked(duty, about, now, {})
        if truth is not False and self.excused(duty, about, now, {}):
            truth = False
        day = self.day(duty, about, now, {})
        mine = [one for one in self.lives if one.norm == duty.id and one.about == about]
        live = [one for one in mine if one.status in LIVE]
        for one in live:
            if one.status is DutyStatus.OPEN and (truth is False or day[0] is None):
                self.drop(one, DutyStatus.NOT_OPENED, now)
            elif one.status is DutyStatus.OPEN:
                one.due, one.moved = day
        known = (duty.id, about, day[0]) in self.passed or any(
            one.due == day[0] for one in mine if one.status is not DutyStatus.NOT_OPENED
        )
        if live or truth is False or day[0] is None or known:
            return
        if dates.compare(day[0], self.start, self.zone) < 0 and not self.does_now(duty, about):
            self.passed.add((duty.id, about, day[0]))
            return  # what was due before the journal began it does not tell
        for life in self.open(duty, truth, now, "", about, {}, day):
            self.do_at_once(duty, life)

    def does_now(self, duty: Norm, about: str) -> bool:
        """Whether the act that is taking effect is the doing of a duty."""
        if self.current is None:
            return False
        event = self.current[1]
        return any(lives.performs(self.book, duty, about, to, event) for to in lives.heirs(duty))

    def do_at_once(self, duty: Norm, life: Life) -> None:
        """The act that opened a duty by making its `when` true may be the doing of it."""
        if self.current is None:
            return
        entry, event = self.current
        if lives.performs(self.book, duty, life.about, life.to, event):
            self.finish(life, entry)

    def finish(self, life: Life, entry: Entry) -> None:
        status = lives.timely(life, entry.at, self.zone)
        life.discharged, life.discharged_by = entry.at, entry.id
        life.move(status, entry.at, entry.id)
        self.late = self.late or status is DutyStatus.LATE

    def begin_period(self, duty: Norm, now: dt.date) -> None:
        """Open a recurring duty that the law alone opens, from the day on which the journal first tells of a bearer."""
        if any(one.norm == duty.id for one in self.lives):
            return
        vocabulary = self.book.vocabulary
        if any(bearer_admits(vocabulary, duty.bearer, actor) for actor in self.acted):
            truth = self.asked(duty, "", now, {})
            self.open(duty, truth, dates.day_of(now, self.zone), "", "", {})

    # --- entries

    def enter(self, entry: Entry) -> None:
        """Let one entry change what is the case."""
        self.brought.clear()
        self.mention(entry)
        match entry.kind:
            case Kind.FACT:
                self.standing.take(entry)
            case Kind.HOLDS | Kind.ACTS | Kind.LEAVES:
                self.offices.take(entry)
            case Kind.GONE:
                self.offices.take(entry)
                self.remove(entry)
            case Kind.STATE:
                self.effects.give(entry)
            case Kind.EVENT:
                self.done.append(event_of(entry, ""))
                self.fire("event", entry, "")
            case Kind.ACT:
                self.act(entry)

    def act(self, entry: Entry) -> None:
        facts = self.standing.facts(entry.about, entry.actor, entry.person, entry.stated)
        request = request_of(entry, facts, tuple(self.done), self.known_at)
        views = self.views()
        ruling = rule(
            self.book,
            entry,
            request,
            self.offices,
            self.grants,
            lambda asked, granted: law.decide(self.book, asked, granted, views),
        )
        self.due_before(entry, request, views)
        allowed = ruling.decision.outcome == "permitted" or entry.lawful
        material = is_material(self.book, entry.name)
        partial = not allowed and incomplete(ruling.decision)
        status = ActStatus.AUTHORISED if allowed else ActStatus.NO_AUTHORITY
        reasons: tuple[str, ...] = ()
        late = False
        if partial:
            status, reasons = ActStatus.NO_EFFECT, ("it has its effect with the act of the others",)
        if allowed or material or partial:
            event = event_of(entry, ruling.actor)
            self.acted.add(entry.actor)
            late = self.discharge(entry, event, request, partial)
            if not partial:
                idle = self.effects.of_act(entry, event, ruling, request, views, allowed)
                if allowed and idle:
                    status, reasons = ActStatus.NO_EFFECT, (idle,)
            self.done.append(event)
            if not partial:
                self.fire("act", entry, ruling.actor)
            if allowed and entry.name in self.grants.delegating:
                self.grants.take(entry, ruling.decision, ruling.chain)
            for name in entry.revokes if allowed else ():
                self.effects.end_with_grants(self.grants.revoke(name, entry.at), entry)
            self.current = (entry, event)
        self.late = late
        self.settle(entry.at)
        self.acts.append(recorded(entry, ruling, status, reasons, material, self.late))
        self.current = None

    def due_before(self, entry: Entry, request: Request, views: tuple[Instance, ...]) -> None:
        """Open and at once decide the duties that were due before an act."""
        for duty in self.book.norms:
            if duty.kind != "duty" or duty.before not in self.book.vocabulary.act_up[entry.name]:
                continue
            if not in_force(duty, entry.at, self.known_at):
                continue
            truth = truth_of(self.book, duty, request, duty.when, views)
            for life in self.open(
                duty, truth, entry.at, entry.id, entry.about, entry.stated, (entry.at, False)
            ):
                doing = [
                    event.at
                    for event in self.done
                    if event.at is not None
                    and lives.performs(self.book, duty, life.about, life.to, event)
                ]
                if doing:
                    life.discharged = max(doing, key=self.instant)
                    life.move(DutyStatus.MET, life.discharged)
                else:
                    life.move(DutyStatus.BREACHED, entry.at)
                    self.effects.of_breach(duty, life, entry.at)

    def discharge(self, entry: Entry, event: Event, request: Request, partial: bool) -> bool:
        """Close the duties that an act does or waives; whether one was done late.

        A duty of `each of` several is done with the act of the last of them.
        """
        late = False
        for life in [one for one in self.lives if one.status in LIVE]:
            duty = self.norm(life)
            if lives.waives(self.book, duty, life.about, event):
                life.move(DutyStatus.WAIVED, entry.at, entry.id)
            elif partial and duty.bearer.mode == "each":
                continue
            elif lives.performs(self.book, duty, life.about, life.to, event):
                manner = self.holds(duty, duty.so_that, life.about, entry.at, request.facts)
                if manner is False:
                    continue
                self.finish(life, entry)
                late = late or life.status is DutyStatus.LATE
                if duty.every is not None:
                    self.recur(duty, life, entry)
        return late

    def recur(self, duty: Norm, life: Life, entry: Entry) -> None:
        """Open the next occurrence, counted from when the last was done."""
        assert duty.every is not None
        due = lives.due_after(entry.at, duty.every, self.book.calendar_of(duty.instrument))
        for new in self.add(duty, True, entry.at, entry.id, life.about, life.facts, due, life.to):
            new.occurrence = life.occurrence + 1

    def fire(self, kind: str, entry: Entry, actor: str) -> None:
        """Open the duties that an act or event triggers."""
        names = self.book.vocabulary.act_up.get(entry.name, frozenset({entry.name}))
        for duty in self.book.norms:
            trigger = duty.trigger
            if duty.kind != "duty" or trigger is None or trigger.kind != kind:
                continue
            if trigger.name not in names or not in_force(duty, entry.at, self.known_at):
                continue
            if trigger.by and actor and not bearer_admits(self.book.vocabulary, trigger.by, actor):
                continue
            if duty.every is not None and self.series(duty, entry.about):
                continue
            truth = self.asked(duty, entry.about, entry.at, entry.stated)
            day = self.day(duty, entry.about, entry.at, entry.stated)
            self.open(duty, truth, entry.at, entry.id, entry.about, entry.stated, day)

    def series(self, duty: Norm, about: str) -> bool:
        """Whether a recurring duty is running already."""
        return any(
            one.norm == duty.id and one.about == about and one.status in LIVE for one in self.lives
        )

    def remove(self, entry: Entry) -> None:
        """What is owed about a thing, or by an office, that is no more falls away."""
        for life in self.lives:
            bearers = {actor.name for actor in self.norm(life).bearer.actors}
            mine = entry.name == life.about or bearers == {entry.name}
            if mine and life.status is DutyStatus.OPEN:
                life.move(DutyStatus.LAPSED, entry.at, entry.id)


def replay(
    book: Book,
    journal: Journal,
    as_of: dt.date,
    known_at: dt.date | None = None,
    premises: Collection[str] = (),
) -> Reference:
    """The record of a journal over a book, as of one moment, as known at another."""
    return Reference(book, journal, as_of, known_at, premises).run()


__all__ = ["Reference", "Ruling", "replay"]
