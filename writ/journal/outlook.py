"""What is in effect and what is owed at a moment: counted at once, and read as it is looked at."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Generic, TypeVar, overload

import msgspec

from writ.journal.audit import duty_record, state_record
from writ.journal.core import START
from writ.journal.dossier import Dossier
from writ.journal.record import DutyRecord, StateRecord
from writ.journal.replay import Replay

R = TypeVar("R")
Place = tuple[int, str]
"""The number of a stretch or duty, and its thing."""
NEAR = 4_096
"""So many dossiers are kept while records are read: one thing has several."""


class Found(Sequence[R], Generic[R]):
    """Records in the order in which what they are of began. Their count is known; each is made when it is asked for."""

    def __init__(
        self, count: int, places: Callable[[], Iterable[Place]], read: Callable[[Place], R]
    ) -> None:
        self._count = count
        self._places = places
        self._read = read
        self._kept: list[R] | None = None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[R]:
        return iter(self._kept) if self._kept is not None else map(self._read, self._places())

    @overload
    def __getitem__(self, at: int) -> R: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[R]: ...

    def __getitem__(self, at: int | slice) -> R | Sequence[R]:
        if self._kept is not None:
            return self._kept[at]
        if isinstance(at, slice):
            places = list(islice(self._places(), max(range(self._count)[at], default=-1) + 1))
            return [self._read(places[n]) for n in range(self._count)[at]]
        return self._read(next(islice(self._places(), range(self._count)[at], None)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} records>"

    def settle(self) -> None:
        """Read all of them now: what they would be read from is about to change."""
        if self._kept is None:
            self._kept = list(self)
            del self._places, self._read


class Outlook(msgspec.Struct, frozen=True, weakref=True):
    """What is in effect and what is owed at a moment, as known at another."""

    as_of: dt.date
    known_at: dt.date | None
    states: Sequence[StateRecord]
    """In effect or suspended."""
    duties: Sequence[DutyRecord]
    """Open or breached."""

    def settle(self) -> None:
        """Read all records now (see `Found`)."""
        for found in (self.states, self.duties):
            if isinstance(found, Found):
                found.settle()


def outlook(replay: Replay, at: dt.date, known_at: dt.date | None, about: str) -> Outlook:
    """What a replay that has reached a moment concludes of it: of everything, or `about` one thing."""
    book, core, zone = replay.book, replay.core, replay.zone
    if about:
        dossier = core.dossiers.get(about)
        stretches = list(dossier.stretches.values()) if dossier is not None else []
        lives = list(dossier.lives.values()) if dossier is not None else []
        return Outlook(
            at,
            known_at,
            tuple(
                state_record(book, one, at, zone)
                for one in sorted(stretches, key=lambda one: one.number)
                if one.started
            ),
            tuple(duty_record(book, one) for one in sorted(lives, key=lambda one: one.number)),
        )
    ahead = set()
    for _, kind, number, thing, _ in core.timers:
        stretch = core.stretch(thing, number) if kind == START and number in core.live else None
        if stretch is not None and not stretch.started:
            ahead.add(number)

    def running() -> Iterator[Place]:
        there = {number: name for some in core.running.values() for number, name in some.items()}
        return ((number, there[number]) for number in sorted(there) if number not in ahead)

    def owed() -> Iterator[Place]:
        there = {
            number: name
            for things in core.owed.values()
            for name, numbers in things.items()
            for number in numbers
        }
        return ((number, there[number]) for number in sorted(there))

    @lru_cache(maxsize=NEAR)
    def dossier_of(thing: str) -> Dossier:
        found = core.dossiers.peek(thing)
        assert found is not None
        return found

    def state(place: Place) -> StateRecord:
        return state_record(book, dossier_of(place[1]).stretches[place[0]], at, zone)

    def duty(place: Place) -> DutyRecord:
        return duty_record(book, dossier_of(place[1]).lives[place[0]])

    in_memory = sum(len(numbers) for things in core.owed.values() for numbers in things.values())
    return Outlook(
        at,
        known_at,
        Found(sum(map(len, core.running.values())) - len(ahead), running, state),
        Found(
            in_memory + sum(core.away.values()),
            lambda: heapq.merge(owed(), core.dossiers.owing_elsewhere()),
            duty,
        ),
    )
