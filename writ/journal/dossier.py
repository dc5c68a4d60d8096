"""What the fast replay remembers of one thing: as much as the book can still ask about, and no more."""

from __future__ import annotations

import datetime as dt

from writ.book.terms import Value
from writ.engine.request import Event
from writ.engine.situation import MOST_INSTANCES
from writ.engine.truth import UNKNOWN, Lack, Truth
from writ.journal.life import Life, Stretch
from writ.journal.plain import (
    Plain,
    events_of,
    events_to,
    lives_of,
    lives_to,
    stretches_of,
    stretches_to,
)
from writ.journal.record import DutyStatus

Key = tuple[str, str, str]
BREACHED = DutyStatus.BREACHED


class Digest:
    """The first and the last doing of one act, by each actor and person, to each addressee.

    No condition tells more of the past apart: `done … since` and `time of` ask for the last, `first time of` for the
    first, and by whom.
    """

    __slots__ = ("_first", "_last", "_shown", "every")

    def __init__(self, every: bool = False) -> None:
        self._shown: list[Event] | None = []
        """Those kept, where nothing was added since they were last asked for, or none but one."""
        self.every: list[Event] | None = self._shown if every else None
        """All of them, where some differ in what they were done to."""
        self._first: dict[Key, Event] | None = None
        self._last: dict[Key, Event] | None = None

    def add(self, event: Event) -> None:
        shown = self._shown
        if shown is not None and (shown is self.every or not shown):
            shown.append(event)
            return
        if self._first is None or self._last is None:
            assert shown
            # Most acts are done to a thing but once: for one doing there are no tables.
            self._first, self._last = {key_of(shown[0]): shown[0]}, {}
        key = key_of(event)
        if key in self._first:
            self._last[key] = event
        else:
            self._first[key] = event
        self._shown = None

    @property
    def events(self) -> list[Event]:
        """Not to be changed."""
        if self._shown is None:
            assert self._first is not None and self._last is not None
            self._shown = [*self._first.values(), *self._last.values()]
        return self._shown

    def __reduce__(self) -> tuple[object, ...]:
        return digest_of, (self.every is not None, self.events, len(self._first or ()))


def digest_of(every: bool, events: list[Event], first: int) -> Digest:
    """A digest as it was, from its events: so many of them are first ones, where there are tables."""
    found = Digest()
    found._shown = events
    found.every = events if every else None
    if first:
        found._first = {key_of(event): event for event in events[:first]}
        found._last = {key_of(event): event for event in events[first:]}
    return found


def key_of(event: Event) -> Key:
    return (event.by, event.person, event.to)


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
        for life in self.lives.values():  # noqa: SIM110  # asked of everything that is shed
            if life.status is not BREACHED:
                return False
        return True

    def runs(self, state: str, now: dt.date, zone: str) -> Truth | Lack:
        """Whether a stretch of a state is in effect; `UNKNOWN` where there are too many to tell."""
        if 2 * len(self.stretches) >= MOST_INSTANCES:
            return UNKNOWN
        found: Truth = False
        for stretch in self.stretches.values():
            view = stretch.view
            if view.state == state and view.status(now, zone) == "in effect":
                if view.sure_until is None or not view.doubtful(now, zone):
                    return True
                found = None
        over = self.last_over.get(state)
        # Of a day, what was over at an hour of it may be in effect.
        if over is not None and over.view.status(now, zone) == "in effect":
            return None if over.view.doubtful(now, zone) else True
        return found

    def gather(self, state: str, found: list[Stretch]) -> None:
        """Add the stretches of a state, the last that is over and those that are not."""
        over = self.last_over.get(state)
        if over is not None:
            found.append(over)
        for stretch in self.stretches.values():
            if stretch.raw.state == state:
                found.append(stretch)

    def __reduce__(self) -> tuple[object, ...]:
        done = {
            name: (digest.every is not None, len(digest._first or ()), events_to(digest.events))
            for name, digest in self.done.items()
        }
        stretches = self.stretches
        return dossier_of, (
            self.about,
            self.family,
            self.facts,
            done,
            self.dues or None,
            (tuple(self.last_over), stretches_to(self.last_over.values())),
            (tuple(stretches), stretches_to(stretches.values())),
            (tuple(self.lives), lives_to(self.lives.values())),
        )


def dossier_of(
    about: str,
    family: str,
    facts: dict[str, Value],
    done: dict[str, tuple[bool, int, list[Plain]]],
    dues: set[tuple[str, dt.date | None]] | None,
    last_over: tuple[tuple[str, ...], list[Plain]],
    stretches: tuple[tuple[int, ...], list[Plain]],
    lives: tuple[tuple[int, ...], list[Plain]],
) -> Dossier:
    """A dossier as it was."""
    found = Dossier(about)
    found.family, found.facts = family, facts
    for name, (every, first, events) in done.items():
        found.done[name] = digest_of(every, events_of(events), first)
    if dues is not None:
        found.dues = dues
    found.last_over = dict(zip(last_over[0], stretches_of(last_over[1]), strict=True))
    found.stretches = dict(zip(stretches[0], stretches_of(stretches[1]), strict=True))
    found.lives = dict(zip(lives[0], lives_of(lives[1]), strict=True))
    return found
