"""The life of one duty, and one stretch of a state, as a replay keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from writ.book import dates
from writ.book.model import Book, Calendar, Norm
from writ.book.terms import Period, Value
from writ.book.wording import say
from writ.engine.instance import Instance
from writ.engine.request import Event
from writ.engine.situation import bearer_admits, same_family, thing_of
from writ.engine.truth import Truth
from writ.journal.record import MOVES, DutyStatus, Turn
from writ.syntax.tree import Actor, Bearer

LIVE = frozenset({DutyStatus.OPEN, DutyStatus.BREACHED})
WORDS = {status: status.value for status in DutyStatus}
OPENED = WORDS[DutyStatus.OPEN]
ONE_DAY = dt.timedelta(days=1)
AN_INSTANT = dt.timedelta(microseconds=1)


class Life(msgspec.Struct, gc=False):
    """One duty of the record. Mutable: its status moves as the replay goes on."""

    norm: str
    opened: dt.date | None
    status: DutyStatus = DutyStatus.OPEN
    opened_by: str = ""
    due: dt.date | None = None
    about: str = ""
    to: str = ""
    facts: dict[str, Value] = {}
    """What the entry stated that triggered it."""
    occurrence: int = 0
    discharged: dt.date | None = None
    discharged_by: str = ""
    unsure: str = ""
    turns: list[Turn] = []
    follows: tuple[str, ...] = ()
    number: int = 0
    """Its place among all that the replay opened."""
    moved: bool = False
    """Whether the calendar moved its day, off a holiday or on to a sitting."""

    def move(
        self,
        status: DutyStatus,
        at: dt.date | None,
        by: str = "",
        citations: tuple[str, ...] = (),
    ) -> None:
        """Let its status move along one of the allowed edges; `citations` are the provisions by which it moves."""
        assert status in MOVES[self.status], (self.status, status)
        self.status = status
        self.turns.append(Turn(at, WORDS[status], by, citations))


class Stretch(msgspec.Struct, gc=False):
    """One stretch of a state. `raw` is what acts made of it, `view` what the lapse norms make of that now."""

    raw: Instance
    view: Instance
    entry: str = ""
    started: bool = False
    over: bool = False
    ended_by: str = ""
    turns: list[Turn] = []
    number: int = 0


def after(when: dt.date) -> dt.date:
    """The first moment that is past a day or a moment."""
    if isinstance(when, dt.datetime):
        return when + AN_INSTANT
    return when + ONE_DAY if when < dt.date.max else when


Due = tuple[dt.date | None, bool]
"""A day, and whether the calendar moved it."""
NO_DAY: Due = (None, False)


def rolled(day: object, calendar: Calendar | None) -> Due:
    """The day on which a duty is due that ends then, moved where the calendar says so."""
    if not isinstance(day, dt.date):
        return NO_DAY
    due = dates.roll(day, calendar)
    return due, due is not None and due != day


def due_after(start: dt.date, period: Period, calendar: Calendar | None) -> Due:
    """The day on which a period that starts there is due."""
    return rolled(dates.add(start, period, calendar), calendar)


def first_due(duty: Norm, opened: dt.date, calendar: Calendar | None) -> Due:
    """When a duty that opens then falls due for the first time."""
    period = duty.within or duty.every
    return due_after(opened, period, calendar) if period is not None else NO_DAY


def opened(
    duty: Norm,
    truth: Truth,
    at: dt.date,
    entry: str,
    about: str,
    facts: Mapping[str, Value],
    due: Due,
    to: str,
    number: int,
) -> Life:
    """A duty that opens; one whose `when` is unknown depends on it."""
    return Life(
        duty.id,
        at,
        DutyStatus.OPEN,
        entry,
        due[0],
        about,
        to,
        dict(facts),
        1 if duty.every is not None else 0,
        unsure="" if truth else " and ".join(say(one) for one in duty.when),
        turns=[Turn(at, OPENED, entry)],
        number=number,
        moved=due[1],
    )


def heirs(duty: Norm) -> tuple[str, ...]:
    """To whom it is owed apart: one duty for each addressee, or one in all."""
    if duty.to is not None and duty.to.mode == "each" and duty.to.actors:
        return tuple(actor.name for actor in duty.to.actors)
    return ("",)


def same_thing(book: Book, one: str, about: str, other: str, theirs: str) -> bool:
    """Whether an act on `about` may concern what another act did on `theirs`: see `situation.event_matches`."""
    if not about or not theirs or about == theirs:
        return True
    vocabulary = book.vocabulary
    return not same_family(vocabulary, thing_of(vocabulary, one), thing_of(vocabulary, other))


def performs(book: Book, duty: Norm, about: str, to: str, event: Event) -> bool:
    """Whether an act is the doing of a duty: by a bearer, about its thing, to its addressee."""
    vocabulary = book.vocabulary
    if duty.act not in vocabulary.act_up.get(event.name, ()):
        return False
    if event.by and not bearer_admits(vocabulary, duty.bearer, event.by):
        return False
    if event.to and to:
        if not bearer_admits(vocabulary, Bearer("any", (Actor(to),)), event.to):
            return False
    elif event.to and duty.to is not None and not bearer_admits(vocabulary, duty.to, event.to):
        return False
    return same_thing(book, duty.act, about, event.name, event.about)


def waives(book: Book, duty: Norm, about: str, event: Event) -> bool:
    """Whether an act waives a duty."""
    vocabulary = book.vocabulary
    if not duty.waiver or duty.waiver not in vocabulary.act_up.get(event.name, ()):
        return False
    if event.by and duty.waived_by and not bearer_admits(vocabulary, duty.waived_by, event.by):
        return False
    return same_thing(book, duty.act, about, event.name, event.about)


def timely(life: Life, at: dt.date, zone: str) -> DutyStatus:
    """Met or late; what has been breached can only be late."""
    if life.status is DutyStatus.BREACHED:
        return DutyStatus.LATE
    on_time = life.due is None or dates.compare(at, life.due, zone) <= 0
    return DutyStatus.MET if on_time else DutyStatus.LATE


def is_dated(duty: Norm) -> bool:
    """Whether the law alone opens it, with a day: `by`, or `every` without a trigger."""
    return duty.kind == "duty" and duty.trigger is None and duty.due_by is not None


def is_standing(duty: Norm) -> bool:
    """Whether it is owed at all times: neither trigger nor day."""
    return (
        duty.kind == "duty"
        and duty.trigger is None
        and duty.due_by is None
        and not duty.before
        and duty.every is None
    )


def is_periodic(duty: Norm) -> bool:
    """Whether it recurs by the law alone."""
    return duty.kind == "duty" and duty.trigger is None and duty.every is not None


def epochs_of(book: Book) -> list[dt.date]:
    """The days on which something comes into force, or goes out of it, that changes states or duties by itself."""
    days: set[dt.date] = set()
    for norm in book.norms:
        if norm.kind not in ("lapse", "duty") and not norm.omission:
            continue
        days.update(day for day in (norm.start, norm.end) if day is not None)
        for gap in norm.gaps:
            days.add(gap.start)
            if gap.end is not None and gap.end < dt.date.max:
                days.add(gap.end + ONE_DAY)
    return sorted(days)
