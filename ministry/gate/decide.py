"""The question that an act puts to the Book, and its answer."""

from __future__ import annotations

import datetime as dt
import re
from weakref import WeakKeyDictionary

import msgspec

from ministry.editions.queries import Law
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed
from ministry.gate.holders import Holders, holders
from ministry.gate.past import past
from ministry.gate.stretches import States, as_things_stand, past_of, states_at
from writ.book import dates
from writ.book.model import Book, Norm, Vacancy
from writ.engine.answer import Decision, Outcome
from writ.engine.request import Event, Request
from writ.engine.who import COULD, candidates
from writ.journal.acts import Ruling, request_of, rule
from writ.journal.entry import Entry, Kind


def entry_of(name: str, record: str, by: Acting, deed: Deed, at: dt.datetime) -> Entry:
    """The entry of the journal that an act is, if it is done."""
    return Entry(
        Kind.ACT,
        at,
        name,
        record,
        actor=by.office,
        person=by.person,
        thing=deed.thing,
        about=record if deed.itself else deed.about,
        to=deed.to,
        to_person=deed.to_person,
        against=deed.against,
        facts=dict(deed.facts),
        until=deed.until,
        revokes=deed.revokes,
        source=deed.source,
    )


def ruling(
    law: Law,
    entry: Entry,
    held: Holders | None = None,
    done: tuple[Event, ...] | None = None,
    states: States | None = None,
) -> Ruling:
    """What the Book says of an act, by whoever's authority it can be done.

    Who holds what and what was done before are read from the tables, unless they are given. `states` go with what was
    done, where the history does not tell them (`stretches.states_at`).
    """
    if done is None:
        done = past(law, entry.name, entry.thing, entry.about)
        states = states_of(law, entry)
    # A journal that records an act may leave out what it stated; before the gate it is not done without.
    request = msgspec.structs.replace(request_of(entry, entry.stated, done, None), recorded=False)
    held = held or holders(law)
    notes = suspended(law.book, entry)

    def decide(asked: Request, granted: dict[int, Decision] | None) -> Decision:
        return law.engine.decide(asked, True, past_of(law, asked, states), granted)

    if entry.name not in law.book.vocabulary.acts:
        return unknown_act(entry)
    found = rule(law.book, entry, request, held.offices, held.grants, decide)
    if not notes:
        return found
    told = msgspec.structs.replace(found.decision, notes=(*found.decision.notes, *notes))
    return msgspec.structs.replace(found, decision=told)


def suspended(book: Book, entry: Entry) -> tuple[str, ...]:
    """What bears on an act and does not apply on its day, until when, and by whom as the text says."""
    rows = _halted.get(book)
    if rows is None:
        rows = _halted[book] = tuple(norm for norm in book.norms if norm.gaps and norm.act)
    if not rows:
        return ()
    above = book.vocabulary.act_up.get(entry.name, frozenset())
    calendar = book.vocabulary.calendars.get(book.default_calendar)
    day = dates.day_of(entry.at, calendar.zone if calendar is not None else "")
    found: dict[str, None] = {}
    for norm in rows:
        if norm.act != entry.name and norm.act not in above:
            continue
        for gap in norm.gaps:
            if gap.start <= day and (gap.end is None or day <= gap.end):
                until = f" until {gap.end:%-d %B %Y}" if gap.end is not None else ""
                found[f"{norm.citation} is suspended{until}{_by(book, norm, gap)}"] = None
    return tuple(found)


def _by(book: Book, norm: Norm, gap: Vacancy) -> str:
    """By whom, where the statement that suspends it says so in its title: `suspended by the Minister`."""
    source = book.sources.get(norm.place.file)
    said = _SUSPENDS.finditer(source.text) if source is not None else ()
    for one in said:
        own = norm.label == one["label"] or norm.label.startswith(f"{one['label']}(")
        if own and one["from"] == gap.start.isoformat():
            return f" {one['by']}"
    return ""


def unknown_act(entry: Entry) -> Ruling:
    """The Book does not know the act: nobody has the power to do it."""
    note = f"the Book in force knows no act `{entry.name}`"
    return Ruling(Decision(Outcome.NO_AUTHORITY, (), (), notes=(note,)), entry.actor)


_halted: WeakKeyDictionary[Book, tuple[Norm, ...]] = WeakKeyDictionary()
_SUSPENDS = re.compile(
    r'(?m)^suspend (?P<label>\S+) "suspended (?P<by>by [^"\n]*)"\n.*\n +from (?P<from>[\d-]+)'
)

STRANGER = "somebody-else"
"""Stands for whoever holds an office, when it is asked who could do something."""


def could(law: Law, entry: Entry) -> list[tuple[str, Decision]]:
    """The offices and bodies that could do what an entry says, with the answer that they would get.

    Whoever is in them is taken to be another than the person of the entry.
    """
    if entry.name not in law.book.vocabulary.acts:
        return []
    done = past(law, entry.name, entry.thing, entry.about)
    request = request_of(entry, entry.stated, done, None)
    asked = msgspec.structs.replace(request, recorded=False, person=STRANGER, acting=())
    return who(law, asked, states_of(law, entry))


def answered(law: Law, request: Request) -> Decision:
    """The answer to a question. Of the present it is answered with what no history tells of states."""
    return law.engine.decide(request, True, past_of(law, request, as_things_stand(law, request)))


def states_of(law: Law, entry: Entry) -> States | None:
    """The states that no history tells, as a decision on an act sees them now."""
    assert isinstance(entry.at, dt.datetime)
    return states_at(law, entry.name, entry.thing, entry.about, entry.at)


def who(law: Law, asked: Request, states: States | None) -> list[tuple[str, Decision]]:
    """The offices and bodies that could do what is asked, whoever the request names (`Engine.who`)."""
    if states is None:
        return law.engine.who(asked)
    found = []
    for office in candidates(law.engine, asked, False):
        request = msgspec.structs.replace(asked, actor=office)
        decision = law.engine.decide(request, True, past_of(law, request, states))
        if decision.outcome in COULD:
            found.append((office, decision))
    return found
