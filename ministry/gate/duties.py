"""The table of duties: what the docket tells of them, one row for each."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from django.db.transaction import atomic

from ministry.database import router
from ministry.database.statements import insert
from ministry.database.states import State
from ministry.database.wall import permit
from ministry.editions.queries import Law
from ministry.gate.docket import Docket, Moved
from ministry.gate.following import Told
from ministry.gate.models import Duty
from ministry.gate.transaction import by_itself
from ministry.register.models import Kind, Record
from writ.book import dates
from writ.book.model import Book, Norm
from writ.journal.acts import Ruling
from writ.journal.entry import Entry
from writ.journal.life import LIVE
from writ.journal.record import DutyStatus

_dockets: dict[str, Docket] = {}


def follow(law: Law, entry: Entry, found: Ruling) -> None:
    """Let an act that was done, and is on the record, open and move duties.

    Such acts stand in the register in the order in which they were done: no other is under way.
    """
    taken = docket()
    if taken.is_concerned(law, entry):
        by_itself()
        write(taken.catch_up(entry.id))


def docket() -> Docket:
    """What this process has taken of the register for the database that is written to."""
    return _dockets.setdefault(router.current(), Docket())


def forget() -> None:
    """Take the register from its beginning for the database that is written to."""
    _dockets.pop(router.current(), None)


def renew(**_: object) -> None:
    """Write the table anew from the register where an earlier release wrote it, which kept less of duties."""
    if not Duty.everything.filter(turns=[]).exists():
        return
    last = Record.everything.filter(kind=Kind.ACT).order_by("-number").values_list("id", flat=True)
    with atomic(using=router.current()), permit(State.INSTITUTIONAL):
        Duty.everything.all().delete()
        Docket(write).catch_up(last[0])


def write(changed: list[Moved]) -> None:
    """Let the table say what was told."""
    for one, is_new in changed:
        row = row_of(one)
        if is_new:
            insert(Duty, {**row, "label": ""})
        else:
            Duty.everything.filter(id=row.pop("id")).update(**row)


def row_of(one: Told) -> dict[str, Any]:
    """A duty as its row has it."""
    last = one.turns[-1]
    over = one.status not in LIVE
    office = asked(one)
    breached = next((turn.at for turn in one.turns if turn.status == DutyStatus.BREACHED), None)
    return {
        "id": name_of(one),
        "record": one.record,
        "norm": one.norm,
        "citation": one.citation,
        "act": one.act,
        "bearer": office or one.bearer,
        "offices": [office] if office else list(one.offices),
        "to": one.to,
        "about": one.about,
        "opened": first_moment(one.opened, one.zone),
        "due": last_moment(one.due, one.zone),
        "due_day": one.due.isoformat() if one.due is not None else "",
        "occurrence": one.occurrence,
        "status": one.status.value,
        "breached": last_moment(breached, one.zone),
        "discharged": last_moment(last.at, one.zone) if over else None,
        "discharged_by": last.by if over else "",
        "waived": one.status is DutyStatus.WAIVED,
        "turns": [msgspec.to_builtins(turn) for turn in one.turns],
        "follows": list(one.follows),
        "unsure": one.unsure,
    }


ANYONE = "anyone"


def asked(one: Told) -> str:
    """Of what anyone owes, the office to which the act was addressed that opened it; else nothing."""
    if one.offices != (ANYONE,) or not one.record:
        return ""
    found = Record.everything.using("default").filter(id=one.record).values_list("to", flat=True)
    return next(iter(found), "")


def name_of(one: Told) -> str:
    """The name of a duty: of its number in the docket, and of what it is."""
    said = (str(one.number), one.record, one.norm, one.about, one.heir, str(one.occurrence))
    return f"d-{hashlib.sha256(chr(0).join(said).encode()).hexdigest()[:32]}"


_duties: WeakKeyDictionary[Book, list[Norm]] = WeakKeyDictionary()


def duties(book: Book) -> list[Norm]:
    """The duties of a book."""
    if book not in _duties:
        _duties[book] = [norm for norm in book.norms if norm.kind == "duty"]
    return _duties[book]


def first_moment(day: dt.date | None, zone: str) -> dt.datetime | None:
    """The first moment of a day in a zone; a moment is its own."""
    if day is None or isinstance(day, dt.datetime):
        return day.astimezone(dt.UTC) if day is not None else None
    start = dt.datetime.combine(day, dt.time(), dates.zone_of(zone) if zone else dt.UTC)
    return start.astimezone(dt.UTC)


def last_moment(day: dt.date | None, zone: str) -> dt.datetime | None:
    """The last moment of a day in a zone; a moment is its own."""
    if day is None or isinstance(day, dt.datetime):
        return first_moment(day, zone)
    if day >= dt.date.max - dt.timedelta(days=1):
        return None
    after = first_moment(day + dt.timedelta(days=1), zone)
    return after - dt.timedelta(microseconds=1) if after is not None else None
