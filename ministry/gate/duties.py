"""Duties: what an act opens, and what it discharges."""

from __future__ import annotations

import datetime as dt
from weakref import WeakKeyDictionary

from django.db.models import Q

from ministry.editions.queries import Law
from ministry.gate.models import Duty
from writ.book import dates
from writ.book.model import Book, Norm
from writ.engine.answer import Opened
from writ.engine.situation import same_family, thing_of
from writ.journal import life as lives
from writ.journal.acts import Ruling, event_of
from writ.journal.entry import Entry


def follow(law: Law, entry: Entry, found: Ruling) -> None:
    """Let an act that was done discharge the duties that it does or waives, and open those that it opens."""
    discharge(law, entry, found)
    for one in found.decision.opens:
        open_duty(law, entry, one)


def open_duty(law: Law, entry: Entry, one: Opened, occurrence: int = 1) -> None:
    duty = law.book.by_id[one.norm]
    Duty.objects.create(
        id=f"{entry.id}:{one.norm}:{one.to}",
        record=entry.id,
        norm=one.norm,
        citation=one.citation,
        act=one.act,
        bearer=one.bearer,
        offices=[actor.name for actor in duty.bearer.actors],
        to=one.to,
        about=entry.about,
        opened=moment(entry.at),
        due=last_moment(one.due, zone_of(law, duty)),
        due_day=one.due.isoformat() if one.due is not None else "",
        occurrence=occurrence,
    )


def discharge(law: Law, entry: Entry, found: Ruling) -> None:
    vocabulary = law.book.vocabulary
    above = vocabulary.act_up.get(entry.name, frozenset())
    acts = {duty.act for duty in duties(law.book) if duty.act in above or (duty.waiver in above)}
    if not acts:
        return
    mine = thing_of(vocabulary, entry.name)
    near = {act for act in acts if same_family(vocabulary, mine, thing_of(vocabulary, act))}
    there = Q(act__in=acts)
    if entry.about:
        there &= Q(about__in=("", entry.about)) | Q(act__in=acts - near)
    event = event_of(entry, found.actor)
    for row in Duty.objects.filter(there, discharged__isnull=True).order_by("opened", "id"):
        duty = law.book.by_id.get(row.norm)
        if duty is None:
            continue  # an edition that no longer has the norm: it stays open, for people to see
        waived = lives.waives(law.book, duty, row.about, event)
        if not waived and not lives.performs(law.book, duty, row.about, row.to, event):
            continue
        Duty.objects.filter(id=row.id).update(
            discharged=moment(entry.at), discharged_by=entry.id, waived=waived
        )
        if duty.every is not None and not waived:
            again(law, entry, duty, row)


_duties: WeakKeyDictionary[Book, list[Norm]] = WeakKeyDictionary()


def duties(book: Book) -> list[Norm]:
    """The duties of a book."""
    if book not in _duties:
        _duties[book] = [norm for norm in book.norms if norm.kind == "duty"]
    return _duties[book]


def again(law: Law, entry: Entry, duty: Norm, row: Duty) -> None:
    """Open the next occurrence of a recurring duty, counted from when the last was done."""
    assert duty.every is not None
    calendar = law.book.calendar_of(duty.instrument)
    due, _ = lives.due_after(entry.at, duty.every, calendar)
    open_duty(
        law,
        entry,
        Opened(row.norm, row.citation, row.act, row.bearer, due, row.to),
        row.occurrence + 1,
    )


def zone_of(law: Law, duty: Norm) -> str:
    calendar = law.book.calendar_of(duty.instrument)
    return calendar.zone if calendar is not None else ""


def last_moment(day: dt.date | None, zone: str) -> dt.datetime | None:
    """The last moment of a day in a zone; a moment is its own."""
    if day is None or isinstance(day, dt.datetime):
        return moment(day) if day is not None else None
    next_day = dt.datetime.combine(
        day + dt.timedelta(days=1), dt.time(), dates.zone_of(zone) if zone else dt.UTC
    )
    return next_day.astimezone(dt.UTC) - dt.timedelta(microseconds=1)


def moment(at: dt.date) -> dt.datetime:
    assert isinstance(at, dt.datetime)
    return at.astimezone(dt.UTC)
