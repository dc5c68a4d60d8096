"""The audit of a journal: what was done with what warrant, what is in effect, what is owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from writ.book.model import Book, Norm
from writ.book.wording import say
from writ.journal.concluded import Concluded, Spared, conclude
from writ.journal.entry import Journal
from writ.journal.life import Life, Stretch, heirs
from writ.journal.record import (
    ActRecord,
    ActStatus,
    Audit,
    DutyRecord,
    DutyStatus,
    PowerInUse,
    StateRecord,
    StateStatus,
    Turn,
)
from writ.journal.sequence import end_of, seen, with_days, zone_of_book


def audit(
    book: Book,
    journal: Journal,
    as_of: dt.date | None = None,
    known_at: dt.date | None = None,
    premises: Collection[str] = (),
) -> Audit:
    """Replay a journal over a book: as of the end of a day or a moment (default: of its last entry), as known then."""
    zone = zone_of_book(book)
    until = as_of if as_of is not None else end_of(journal.entries, zone)
    entries = seen(journal.entries, until, known_at, premises, zone)
    found = conclude(with_days(book, journal.days), entries, until, known_at)
    return report(found, journal, tuple(premises))


def report(found: Concluded, journal: Journal, premises: tuple[str, ...]) -> Audit:
    """What a replay concluded, in the order in which it happened."""
    book = found.book
    states = tuple(
        state_record(book, stretch, found.as_of, found.zone) for stretch in found.stretches
    )
    duties = [duty_record(book, life) for life in found.lives]
    duties += [one for spared in found.spared for one in spared_records(book, spared)]
    duties += [standing_record(duty, done) for duty, done in found.standing]
    return Audit(
        book.name,
        book.title,
        journal.title,
        found.as_of,
        found.known_at,
        premises,
        found.entries,
        len(journal.entries) - found.entries,
        found.acts,
        states,
        tuple(duties),
        powers(book, found.acts, states),
    )


def state_record(book: Book, stretch: Stretch, at: dt.date, zone: str) -> StateRecord:
    view = stretch.view
    names = [view.begun_by, *view.because]
    cited = dict.fromkeys(book.by_id[name].citation for name in names if name)
    for turn in stretch.turns:
        cited.update(dict.fromkeys(turn.citations))
    return StateRecord(
        view.state,
        StateStatus(view.status(at, zone)),
        view.since,
        stretch.entry,
        view.about,
        view.end(zone),
        tuple(cited),
        tuple(stretch.turns),
        not stretch.over and view.doubtful(at, zone),
        stretch.ended_by,
    )


def duty_record(book: Book, life: Life) -> DutyRecord:
    duty = book.by_id[life.norm]
    return DutyRecord(
        duty.id,
        duty.citation,
        duty.act,
        say(duty.bearer),
        life.status,
        duty.title,
        life.opened,
        life.opened_by,
        life.due,
        life.about,
        life.to or (say(duty.to) if duty.to else ""),
        life.discharged,
        life.discharged_by,
        life.occurrence,
        cited(book, duty, life.moved, life.turns),
        tuple(life.turns),
        life.follows,
        life.unsure,
    )


def cited(book: Book, duty: Norm, moved: bool, turns: Iterable[Turn]) -> tuple[str, ...]:
    """Where a duty stands, what moved its day, and by what it is not owed."""
    found = [duty.citation, *(moving(book, duty) if moved else ())]
    found += [one for turn in turns for one in turn.citations]
    return tuple(dict.fromkeys(found))


def moving(book: Book, duty: Norm) -> tuple[str, ...]:
    """The provision in which the calendar stands that moved a day."""
    calendar = book.calendar_of(duty.instrument)
    if calendar is None or not calendar.provision:
        return ()
    for instrument in book.instruments.values():
        if instrument.place.file == calendar.place.file:
            return (instrument.cite(calendar.provision),)
    return ()


def spared_records(book: Book, spared: Spared) -> list[DutyRecord]:
    """A duty that was never opened because somebody need not do it, for each to whom it would be owed."""
    duty = book.by_id[spared.norm]
    turns = (Turn(None, DutyStatus.NOT_OPENED.value, "", spared.citations),)
    return [
        DutyRecord(
            duty.id,
            duty.citation,
            duty.act,
            say(duty.bearer),
            DutyStatus.NOT_OPENED,
            duty.title,
            due=spared.due[0],
            about=spared.about,
            to=to or (say(duty.to) if duty.to else ""),
            citations=cited(book, duty, spared.due[1], turns),
            turns=turns,
        )
        for to in heirs(duty)
    ]


def standing_record(duty: Norm, done: dt.date | None) -> DutyRecord:
    return DutyRecord(
        duty.id,
        duty.citation,
        duty.act,
        say(duty.bearer),
        DutyStatus.MET if done else DutyStatus.OPEN,
        duty.title,
        to=say(duty.to) if duty.to else "",
        discharged=done,
        citations=(duty.citation,),
        standing=True,
    )


def powers(
    book: Book, acts: Iterable[ActRecord], states: Iterable[StateRecord]
) -> tuple[PowerInUse, ...]:
    """The powers that were used, by whom, and which of the states that they began are in effect."""
    used: dict[str, list[ActRecord]] = {}
    for act in acts:
        if act.status is ActStatus.AUTHORISED:
            for name in act.deciding:
                if book.by_id[name].kind in ("power", "delegation"):
                    used.setdefault(name, []).append(act)
    running: dict[str, list[str]] = {}
    for state in states:
        if state.status is StateStatus.IN_EFFECT and state.entry:
            name = f"{state.state} ({state.about})" if state.about else state.state
            running.setdefault(state.entry, []).append(name)
    return tuple(
        PowerInUse(
            name,
            book.by_id[name].citation,
            found[0].act,
            tuple(dict.fromkeys(act.person or act.actor for act in found)),
            tuple(act.entry for act in found),
            tuple(dict.fromkeys(one for act in found for one in running.get(act.entry, ()))),
        )
        for name, found in used.items()
    )
