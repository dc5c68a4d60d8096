"""A dossier's contents as plain values: what is on disk is written and read twice as fast, and is a third smaller.

To pickle a class costs its name, and a moment costs three. So a day is its ordinal here, a moment in UTC its
microseconds, and the fields of a thing stand one after another, as its class has them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from writ.engine.instance import Instance
from writ.engine.request import Event
from writ.journal.life import Life, Stretch
from writ.journal.record import DutyStatus, Turn

Plain = tuple[Any, ...]
"""The fields of one thing."""
LAST = dt.date.max.toordinal()
"""A number up to it is a day; moments so soon after the beginning of 1970 stay what they are, like any not in UTC."""
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
UTC, DAY = dt.UTC, dt.date
STATUSES = {status.value: status for status in DutyStatus}


def when_to(when: dt.date | None) -> int | dt.date | None:
    """A day or moment as a number."""
    if when is None:
        return None
    if type(when) is DAY:
        return when.toordinal()
    if isinstance(when, dt.datetime) and when.tzinfo is UTC:
        past = when - EPOCH
        number = (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds
        if number > LAST:
            return number
    return when


def when_of(plain: int | dt.date | None) -> dt.date | None:
    if type(plain) is not int:
        return plain  # type: ignore[return-value]
    return DAY.fromordinal(plain) if plain <= LAST else EPOCH + dt.timedelta(microseconds=plain)


def events_to(events: Iterable[Event]) -> list[Plain]:
    found: list[Plain] = []
    for one in events:
        at = when_to(one.at)
        found.append((one.name, at, one.by, one.person, one.about, one.to, one.facts))
    return found


def events_of(plain: list[Plain]) -> list[Event]:
    return [Event(name, when_of(at), *rest) for name, at, *rest in plain]


def turns_to(turns: list[Turn]) -> list[Plain]:
    found: list[Plain] = []
    for one in turns:
        found.append((when_to(one.at), one.status, one.by, one.citations))
    return found


def turns_of(plain: list[Plain]) -> list[Turn]:
    return [Turn(when_of(at), *rest) for at, *rest in plain]


def instance_to(one: Instance) -> Plain:
    return (
        one.state,
        when_to(one.since),
        when_to(one.until),
        when_to(one.ended),
        when_to(one.suspended),
        one.about,
        one.facts,
        one.continued,
        one.given_end,
        one.because,
        one.begun_by,
        one.by_law,
        when_to(one.sure_until),
    )


def instance_of(plain: Plain) -> Instance:
    state, since, until, ended, suspended, about, facts, *bounds, sure_until = plain
    continued, given_end, because, begun_by, by_law = bounds
    return Instance(
        state,
        when_of(since),
        when_of(until),
        when_of(ended),
        when_of(suspended),
        about,
        facts,
        continued,
        given_end,
        because,
        begun_by,
        by_law,
        when_of(sure_until),
    )


def stretches_to(stretches: Iterable[Stretch]) -> list[Plain]:
    """Of one that is over, `raw` and `view` are the same."""
    found: list[Plain] = []
    for one in stretches:
        raw, view = one.raw, one.view
        plain = None if view is raw else instance_to(view)
        told = (one.entry, one.started, one.over, one.ended_by, turns_to(one.turns), one.number)
        found.append((instance_to(raw), plain, *told))
    return found


def stretches_of(plain: list[Plain]) -> list[Stretch]:
    found = []
    for of_raw, of_view, entry, started, over, ended_by, turns, number in plain:
        raw = instance_of(of_raw)
        view = raw if of_view is None else instance_of(of_view)
        found.append(Stretch(raw, view, entry, started, over, ended_by, turns_of(turns), number))
    return found


def lives_to(lives: Iterable[Life]) -> list[Plain]:
    found: list[Plain] = []
    for one in lives:
        found.append(
            (
                one.norm,
                when_to(one.opened),
                one.status.value,
                one.opened_by,
                when_to(one.due),
                one.about,
                one.to,
                one.facts,
                one.occurrence,
                when_to(one.discharged),
                one.discharged_by,
                one.unsure,
                turns_to(one.turns),
                one.follows,
                one.number,
                one.moved,
            )
        )
    return found


def lives_of(plain: list[Plain]) -> list[Life]:
    found = []
    for norm, opened, status, by, due, about, to, facts, occurrence, done, *rest in plain:
        done_by, unsure, turns, follows, number, moved = rest
        life = Life(
            norm,
            when_of(opened),
            STATUSES[status],
            by,
            when_of(due),
            about,
            to,
            facts,
            occurrence,
            when_of(done),
            done_by,
            unsure,
            turns_of(turns),
            follows,
            number,
            moved,
        )
        found.append(life)
    return found
