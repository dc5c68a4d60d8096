"""The timeline of an audit: lanes of bars and marks, one for each state and each duty, folded when they are many."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import msgspec

from writ.formats import audit_words as words
from writ.formats.audit_axis import NOON, Axis, axis, days, zone_of
from writ.journal.record import (
    ActRecord,
    Audit,
    DutyRecord,
    DutyStatus,
    StateRecord,
    StateStatus,
)

SINGLE = 30
"""Lanes of one sort that are shown one by one; of more, those alike are folded together."""
FOLDS = 60
"""Folded lanes of one sort that are shown."""
WITHIN = 40
"""Lanes shown inside a folded one."""
MARKS = 150
"""Bars or marks of one lane; of more, how many there were at a time is drawn."""
BINS = 160
One = TypeVar("One", DutyRecord, StateRecord)


class Bar(msgspec.Struct, frozen=True):
    """`kind`: in effect, suspended, open, spare (what was left of a period), overdue, ahead (not yet come)."""

    start: float
    end: float
    kind: str


class Mark(msgspec.Struct, frozen=True):
    """`kind`: a status, or `due`, `on` (it goes on beyond the picture)."""

    at: float
    kind: str
    title: str
    row: str = ""
    """The row of a table that says more."""


class Lane(msgspec.Struct, frozen=True):
    label: str
    status: str
    title: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    row: str = ""
    levels: tuple[int, ...] = ()
    """How many there were at a time, where they are too many to be drawn; then there are no bars."""
    amiss: tuple[int, ...] = ()
    """How many of these were breached or late."""
    within: tuple[Lane, ...] = ()
    """Of a folded lane, the lanes that it stands for: the first of them."""
    stands_for: int = 1


class Timeline(msgspec.Struct, frozen=True):
    axis: Axis
    as_of: float
    as_of_said: str
    groups: tuple[tuple[str, tuple[Lane, ...], int], ...]
    """Title, lanes, and how many lanes more there would be."""


def timeline(audit: Audit) -> Timeline | None:
    """The picture of an audit; None where nothing in it has a time."""
    times: list[dt.date] = [one.at for one in audit.acts]
    times += [one.opened for one in audit.duties if one.opened]
    times += [turn.at for one in audit.states for turn in one.turns if turn.at]
    reach = [one.since for one in audit.states if one.since]
    if not times and not reach:
        return None
    zone = zone_of((*times[:1000], audit.as_of))
    now = days(audit.as_of, zone, 1.0)
    core = [days(time, zone) for time in times or reach]
    wanted = [days(time, zone) for time in reach]
    wanted += [days(one.until, zone, 1.0) for one in audit.states if one.until]
    wanted += [days(one.due, zone, 1.0) for one in audit.duties if one.due and one.opened]
    first, last = min(core), max(core)
    last = max(last, now)
    over = axis((min(first, now), last), wanted, zone)
    drawing = _Drawing(over, now, audit.as_of)
    groups = [
        ("Acts", tuple(drawing.acts(audit.acts)), 0),
        ("States", *drawing.folded(audit.states, drawing.state, _named, words.by_running)),
        ("Duties", *drawing.folded(audit.duties, drawing.duty, _cited, words.by_status)),
    ]
    said = f"as of {words.moment(audit.as_of)[:16].replace('T', ' ')}"
    return Timeline(over, over.place(now), said, tuple(group for group in groups if group[1]))


def _named(record: StateRecord) -> str:
    return record.state


def _cited(record: DutyRecord) -> str:
    return f"{record.citation} {record.act}"


_FALLEN_AWAY = (DutyStatus.WAIVED, DutyStatus.LAPSED, DutyStatus.NOT_OPENED)
_RUNNING_ON = (DutyStatus.OPEN, DutyStatus.LATE, DutyStatus.BREACHED)


class _Drawing:
    def __init__(self, over: Axis, now: float, as_of: dt.date) -> None:
        self.axis = over
        self.now = now
        self.as_of = as_of

    # --- acts

    def acts(self, acts: Sequence[ActRecord]) -> Iterator[Lane]:
        for status in words.ACTS:
            places = [at for at, act in enumerate(acts) if act.status is status]
            if not places:
                continue
            title = f"{words.number(len(places), 'act')}: {status}"
            lane = Lane(str(status), str(status), title, stands_for=len(places))
            if len(places) <= MARKS:
                marks = tuple(self.act(at, acts[at]) for at in places)
                yield msgspec.structs.replace(lane, marks=marks)
            else:
                times = [self.axis.days(acts[at].at, NOON) for at in places]
                yield _hill(lane, self.levels(times, times))

    def act(self, index: int, act: ActRecord) -> Mark:
        title = f"{words.moment(act.at)} {words.actor(act)} did {words.act(act)}: {act.status}"
        return Mark(self.at(act.at, NOON), str(act.status), title, f"act-{index}")

    # --- states and duties

    def folded(
        self,
        records: Sequence[One],
        lane: Callable[[int, One], Lane | None],
        alike: Callable[[One], str],
        order: Callable[[One], float],
    ) -> tuple[tuple[Lane, ...], int]:
        """The lanes, and how many are left out."""
        ranked = words.ranked(records, order)
        if len(ranked) <= SINGLE:
            return tuple(one for at in ranked if (one := lane(at, records[at]))), 0
        groups: dict[str, list[int]] = {}
        for at in ranked:
            groups.setdefault(alike(records[at]), []).append(at)
        lanes = []
        for label, places in list(groups.items())[:FOLDS]:
            first = places[0]
            single = len(places) == 1
            one = lane(first, records[first]) if single else self.fold(label, places, records, lane)
            if one is not None:
                lanes.append(one)
        return tuple(lanes), max(len(groups) - FOLDS, 0)

    def fold(
        self,
        label: str,
        places: Sequence[int],
        records: Sequence[One],
        lane: Callable[[int, One], Lane | None],
    ) -> Lane | None:
        """One lane for all of these."""
        statuses = Counter(records[at].status for at in places)
        title = ", ".join(f"{many:,} {status}" for status, many in statuses.items())
        within = tuple(one for at in places[:WITHIN] if (one := lane(at, records[at])))
        folded = Lane(
            label,
            str(records[places[0]].status),
            f"{label}: {title}",
            within=within,
            stands_for=len(places),
        )
        if len(places) <= WITHIN:
            bars = tuple(bar for one in within for bar in one.bars)
            marks = tuple(mark for one in within for mark in one.marks if mark.kind != "due")
            if len(bars) + len(marks) <= MARKS:
                return msgspec.structs.replace(folded, bars=bars, marks=marks)
        spans = [self.span(records[at]) for at in places]
        if not any(spans):
            return None
        wrong = [
            span
            for at, span in zip(places, spans, strict=True)
            if records[at].status in (DutyStatus.BREACHED, DutyStatus.LATE)
        ]
        return _hill(folded, self.heights(spans), self.heights(wrong) if any(wrong) else ())

    def heights(self, spans: Sequence[tuple[float, float] | None]) -> tuple[int, ...]:
        return self.levels([span[0] for span in spans if span], [span[1] for span in spans if span])

    def span(self, record: DutyRecord | StateRecord) -> tuple[float, float] | None:
        """From when until when it was so, as far as it has come."""
        if isinstance(record, StateRecord):
            start = self.axis.days(record.since) if record.since else self.axis.start
            if record.status in words.RUNNING or record.until is None:
                return start, self.now
            return start, min(self.axis.days(record.until, 1.0), self.now)
        if record.opened is None:
            return None
        end = record.discharged
        if end is None and record.status not in (DutyStatus.OPEN, DutyStatus.BREACHED):
            end = record.turns[-1].at if record.turns else record.due
        return self.axis.days(record.opened), self.axis.days(end, NOON) if end else self.now

    def levels(self, starts: Sequence[float], ends: Sequence[float]) -> tuple[int, ...]:
        """How many of the spans lie over each of `BINS` equal parts of the width."""
        import numpy as np

        first, last = (
            (self.axis.places(np.asarray(times)) * (BINS / 100)).astype(int).clip(0, BINS - 1)
            for times in (starts, ends)
        )
        steps = np.bincount(first, minlength=BINS + 1)
        steps = steps - np.bincount(np.maximum(first, last) + 1, minlength=BINS + 1)
        return tuple(np.cumsum(steps[:BINS]).tolist())

    def state(self, index: int, record: StateRecord) -> Lane:
        bars: list[Bar] = []
        marks: list[Mark] = []
        label = words.state(record)
        row = f"state-{index}"
        since = self.axis.days(record.since) if record.since else self.axis.start
        until = self.axis.days(record.until, 1.0) if record.until else None
        running = record.status in words.RUNNING
        turns = [(turn, self.axis.days(turn.at)) for turn in record.turns if turn.at is not None]
        stretches = [(time, str(turn.status)) for turn, time in turns] or [(since, "in effect")]
        if stretches[0][0] > since:
            stretches.insert(0, (since, "in effect"))
        close = self.now if running or until is None else until
        for at, (start, status) in enumerate(stretches):
            end = stretches[at + 1][0] if at + 1 < len(stretches) else max(close, start)
            if status in ("in effect", "suspended"):
                bars.append(self.bar(start, min(end, max(self.now, start)), status))
        if running and until is not None and until > self.now:
            bars.append(self.bar(self.now, until, "ahead"))
        title = f"{label}: {record.status}, {words.ended(record)}"
        if not running and record.status is not StateStatus.NOT_BEGUN and until is not None:
            by_day = turns[-1][1] if turns and not _is_day(turns[-1][0].at) else until
            marks.append(Mark(self.axis.place(by_day), str(record.status), title, row))
        if running and (until is None or until > self.axis.end):
            marks.append(Mark(100.0, "on", f"{label}: {words.ended(record)}", row))
        title = f"{label}: {record.status}; since {words.moment(record.since) or 'the beginning'}"
        said = f"{title}, {words.ended(record)}"
        return Lane(label, str(record.status), said, tuple(bars), tuple(marks), row)

    def duty(self, index: int, record: DutyRecord) -> Lane | None:
        if record.opened is None:
            return None
        row = f"duty-{index}"
        label = words.duty(record)
        start = self.axis.days(record.opened)
        due = self.axis.days(record.due, 1.0) if record.due else None
        closed = record.discharged or (
            record.turns[-1].at if record.turns and record.status in _FALLEN_AWAY else None
        )
        end = self.axis.days(closed, NOON) if closed else self.now
        if not closed and due is not None and record.status not in _RUNNING_ON:
            end = min(due, self.now)
        bars = []
        marks = []
        if due is None:
            bars.append(self.bar(start, end, "open"))
        else:
            bars.append(self.bar(start, min(end, due), "open"))
            if end > due:
                late = record.status in (DutyStatus.LATE, DutyStatus.BREACHED)
                bars.append(self.bar(due, end, "overdue" if late else "spare"))
            elif closed:
                bars.append(self.bar(end, due, "spare"))
            else:
                bars.append(self.bar(end, due, "ahead"))
            title = f"due {words.moment(record.due)}: {label}"
            if due <= self.axis.end:
                marks.append(Mark(self.axis.place(due), "due", title))
        said = f"{label}: {record.status}"
        if record.status is DutyStatus.BREACHED and due is not None:
            title = f"{said}, {words.delay(record, self.as_of)}"
            marks.append(Mark(self.axis.place(due), "breached", title, row))
        elif closed:
            title = f"{said}, {words.moment(closed)}"
            marks.append(Mark(self.axis.place(end), str(record.status), title, row))
        if not closed and (due is None or due > self.axis.end):
            until = f"until {words.moment(record.due)}" if record.due else "without a day"
            marks.append(Mark(100.0, "on", f"{label}: owed {until}", row))
        when = f"; due {words.moment(record.due)}" if record.due else ""
        more = words.delay(record, self.as_of)
        if record.status is DutyStatus.OPEN and record.due:
            more = words.left(record.due, self.as_of)
        title = f"{said}; opened {words.opened(record)}{when}" + (f"; {more}" if more else "")
        return Lane(
            f"{record.citation} {label}", str(record.status), title, tuple(bars), tuple(marks), row
        )

    def bar(self, start: float, end: float, kind: str) -> Bar:
        return Bar(self.axis.place(start), self.axis.place(max(start, end)), kind)

    def at(self, when: dt.date, of_day: float) -> float:
        return self.axis.place(self.axis.days(when, of_day))


def _hill(lane: Lane, levels: tuple[int, ...], amiss: tuple[int, ...] = ()) -> Lane:
    title = f"{lane.title}; at most {max(levels):,} at a time"
    return msgspec.structs.replace(lane, title=title, levels=levels, amiss=amiss)


def _is_day(at: dt.date | None) -> bool:
    return not isinstance(at, dt.datetime)
