"""What the fast replay remembers of one thing: as much as the book can still ask about, and no more."""

from __future__ import annotations

import datetime as dt

from writ.book.terms import Value
from writ.engine.request import Event
from writ.journal.life import Life, Stretch
from writ.journal.record import DutyStatus

Key = tuple[str, str, str]


class Digest:
    """The first and the last doing of one act, by each actor and person, to each addressee.

    No condition tells more of the past apart: `done … since` and `time of` ask for the last, `first time of` for the
    first, and by whom.
    """

    __slots__ = ("_events", "_first", "_last", "every")

    def __init__(self, every: bool = False) -> None:
        self._first: dict[Key, Event] = {}
        self._last: dict[Key, Event] = {}
        self.every: list[Event] | None = [] if every else None
        """All of them, where some differ in what they were done to."""
        self._events: list[Event] | None = None

    def add(self, event: Event) -> None:
        self._events = None
        if self.every is not None:
            self.every.append(event)
            return
        key = (event.by, event.person, event.to)
        if key in self._first:
            self._last[key] = event
        else:
            self._first[key] = event

    @property
    def events(self) -> list[Event]:
        if self._events is None:
            if self.every is not None:
                self._events = self.every
            else:
                self._events = [*self._first.values(), *self._last.values()]
        return self._events

    def __getstate__(self) -> tuple[object, ...]:
        return (self._first, self._last, self.every)

    def __setstate__(
        self, state: tuple[dict[Key, Event], dict[Key, Event], list[Event] | None]
    ) -> None:
        self._first, self._last, self.every = state
        self._events = None


class Dossier:
    """Everything kept about one thing; the one about "" is of what concerns none."""

    __slots__ = ("about", "done", "dues", "facts", "family", "last_over", "lives", "stretches")

    def __init__(self, about: str) -> None:
        self.about = about
        self.family = ""
        self.facts: dict[str, Value] = {}
        self.done: dict[str, Digest] = {}
        self.stretches: dict[int, Stretch] = {}
        """Those that are not over, by number."""
        self.last_over: dict[str, Stretch] = {}
        self.lives: dict[int, Life] = {}
        """Duties that may still move, by number."""
        self.dues: set[tuple[str, dt.date | None]] = set()
        """The days of those that the law alone opened, and that were done or breached."""

    @property
    def closed(self) -> bool:
        """Whether nothing about it can move but by an act about it: no state, and no duty but breached ones."""
        if self.stretches:
            return False
        return all(life.status is DutyStatus.BREACHED for life in self.lives.values())

    def __getstate__(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        for name, value in zip(self.__slots__, state, strict=True):
            setattr(self, name, value)
