"""The replay of the journal, led by the register: each act counts as it was decided, under the edition of its day."""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.book import dates
from writ.book.model import Book
from writ.book.wording import say
from writ.engine.request import Request
from writ.engine.situation import bearer_admits
from writ.journal import life as lives
from writ.journal.acts import Ruling
from writ.journal.core import EPOCH, REPEAL, Core
from writ.journal.dossier import Dossier
from writ.journal.entry import Entry
from writ.journal.grants import Grants
from writ.journal.life import LIVE, Life, Stretch
from writ.journal.record import ActRecord, DutyStatus, Turn
from writ.journal.replay import Replay
from writ.journal.replay_memory import Recall
from writ.journal.rules import rules_of


class Closed:
    """A sink that gives away the duties that can move no more."""

    def __init__(self) -> None:
        self.lives: list[Life] = []

    def act(self, record: ActRecord) -> None: ...

    def duty(self, life: Life) -> None:
        self.lives.append(life)

    def state(self, stretch: Stretch) -> None: ...


class Following(Replay):
    """A replay in which the ruling of each act is given."""

    given: Ruling
    sink: Closed

    def ruling(self, entry: Entry, request: Request, past: Recall) -> Ruling:
        return self.given


class Told(msgspec.Struct, frozen=True):
    """What is known of a duty."""

    number: int
    norm: str
    citation: str
    act: str
    bearer: str
    offices: tuple[str, ...]
    record: str
    heir: str
    """Of what is owed to one of several, to which."""
    to: str
    about: str
    opened: dt.date | None
    due: dt.date | None
    zone: str
    occurrence: int
    status: DutyStatus
    turns: tuple[Turn, ...]
    follows: tuple[str, ...]
    unsure: str


def told(book: Book, life: Life) -> Told:
    """What is known of a duty of the book."""
    duty = book.by_id[life.norm]
    calendar = book.calendar_of(duty.instrument)
    return Told(
        life.number,
        duty.id,
        duty.citation,
        duty.act,
        say(duty.bearer),
        tuple(actor.name for actor in duty.bearer.actors),
        life.opened_by,
        life.to,
        life.to or (say(duty.to) if duty.to else ""),
        life.about,
        life.opened,
        life.due,
        calendar.zone if calendar is not None else "",
        max(life.occurrence, 1),
        life.status,
        tuple(life.turns),
        life.follows,
        life.unsure,
    )


def under(old: Following, book: Book, sink: Closed, at: dt.date) -> Following:
    """Go on under another edition from a moment.

    What it does not have any more is repealed: its duties lapse, its states are over.
    """
    core, vocabulary = old.core, book.vocabulary
    rules = rules_of(book)
    core.owed, core.tracked = {}, {}
    for dossier in core.dossiers.values():
        repealed(dossier, book, sink, at)
        if dossier.family not in vocabulary.things:
            dossier.family = ""
        for life in dossier.lives.values():
            duty = book.by_id[life.norm]
            core.owed.setdefault(duty.act, {}).setdefault(life.about, {})[life.number] = None
            if rules.duties[duty.id].tracked and life.status is DutyStatus.OPEN:
                tracked = core.tracked.setdefault(duty.id, {}).setdefault(life.about, {})
                tracked[life.number] = None
    there = [*core.dossiers.values()]
    core.families.clear()
    core.families.update(one.family for one in there if one.about)
    core.running = {name: {} for name in core.running if name in vocabulary.states}
    core.last_over = {n: one for n, one in core.last_over.items() if n in vocabulary.states}
    core.live = set()
    for dossier in there:
        core.live.update(n for n, one in dossier.lives.items() if one.status is DutyStatus.OPEN)
        for number, stretch in sorted(dossier.stretches.items()):
            core.live.add(number)
            core.running.setdefault(stretch.raw.state, {})[number] = dossier.about
    core.periods = {name for name in core.periods if name in rules.period_names}
    core.waiting = {
        norm.id: None
        for norm in rules.periodic
        if norm.id not in core.periods
        and any(bearer_admits(vocabulary, norm.bearer, actor) for actor in core.acted)
    }
    core.offices.book = book
    kept, core.grants = core.grants, Grants(book)
    core.grants.all, core.grants._to = kept.all, kept._to
    new = Following(book, sink, None, core, rules)
    timed(new, core, at)
    new.look_again()
    new.settle(at)
    return new


def repealed(dossier: Dossier, book: Book, sink: Closed, at: dt.date) -> None:
    """Let what the book does not have lapse."""
    for number, life in list(dossier.lives.items()):
        duty = book.by_id.get(life.norm)
        if duty is not None and duty.kind == "duty":
            continue
        del dossier.lives[number]
        if life.status is DutyStatus.OPEN:
            life.move(DutyStatus.LAPSED, at)
        sink.duty(life)
    states = book.vocabulary.states
    for number, stretch in list(dossier.stretches.items()):
        if stretch.raw.state not in states:
            del dossier.stretches[number]
    dossier.last_over = {n: one for n, one in dossier.last_over.items() if n in states}


def timed(replay: Following, core: Core, at: dt.date) -> None:
    """Set the timers of what the new edition bounds by a day."""
    epochs, day = replay.rules.epochs, dates.day_of(at, replay.zone)
    core.timers[:] = sorted(one for one in core.timers if one[2] in core.live and one[1] != EPOCH)
    core.epoch = sum(one <= day for one in epochs)
    for one in epochs[core.epoch :]:
        replay.set_timer(EPOCH, 0, "", one - lives.ONE_DAY)
    for dossier in core.dossiers.values():
        for number, life in dossier.lives.items():
            end = replay.book.by_id[life.norm].end
            if end is not None and life.status in LIVE:
                replay.set_timer(REPEAL, number, dossier.about, end - lives.ONE_DAY)
