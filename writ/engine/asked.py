"""What the fast engine asks conditions against: the reference's `Situation`, made cheap and shared by a request.

`Asked` is a request seen through one calendar; `Paper` is the first such view of it, and gives the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from writ.book import dates
from writ.book.model import Book, Calendar
from writ.book.terms import Value
from writ.engine.instance import Instance
from writ.engine.request import Event, Request
from writ.engine.situation import (
    MOST_INSTANCES,
    Situation,
    bearer_admits,
    is_such,
    same_family,
    thing_of,
)
from writ.engine.truth import ABSENT, UNKNOWN, Lack, Truth

Instances = Callable[[Request], tuple[Instance, ...]]


class Past(Protocol):
    """What was before a request: looked up when a condition first asks for it."""

    def is_empty(self) -> bool:
        """Whether surely no act and no event is told."""
        ...

    def events(self, name: str, kind: str) -> Sequence[Event]:
        """The doings of an act or of narrower ones, or (`kind`) the events of that name; perhaps of other things."""
        ...

    def done(self) -> tuple[Event, ...]:
        """All of them that a norm on the act may ask for."""
        ...

    def instances(self) -> tuple[Instance, ...]:
        """The instances of states, oldest first."""
        ...

    def instances_of(self, state: str) -> Sequence[Instance]:
        """Those of one state, oldest first; perhaps others as well."""
        ...

    def runs(self, state: str, now: dt.date, zone: str) -> Truth | Lack:
        """Whether one of a state is in effect; `UNKNOWN` where they are to be looked at one by one."""
        ...


class Given:
    """The past as the request itself tells it. The instances of states are found once."""

    __slots__ = ("_find", "_instances", "_request", "_vocabulary")

    def __init__(
        self,
        book: Book,
        request: Request,
        find: Instances,
        instances: tuple[Instance, ...] | None = None,
    ) -> None:
        self._vocabulary = book.vocabulary
        self._request = request
        self._find = find
        self._instances = instances

    def is_empty(self) -> bool:
        return not self._request.done

    def events(self, name: str, kind: str) -> list[Event]:
        done = self._request.done
        return [event for event in done if is_such(self._vocabulary, event, name, kind)]

    def done(self) -> tuple[Event, ...]:
        return self._request.done

    def instances(self) -> tuple[Instance, ...]:
        if self._instances is None:
            told = self._request.done or self._request.states
            self._instances = self._find(self._request) if told else ()
        return self._instances

    def instances_of(self, state: str) -> tuple[Instance, ...]:
        return self.instances()

    def runs(self, state: str, now: dt.date, zone: str) -> Truth | Lack:
        return UNKNOWN


NOTHING: dict[str, Any] = {}
"""Shared: what is bound while a condition is asked is bound by another dictionary."""


class Asked(Situation):
    """A request seen through one calendar. The instances of states are found when a condition first needs them."""

    # Most conditions ask for little: what they do not ask for is not made.
    calendar: Calendar | None = None
    grant: Mapping[str, Value] | None = None
    bound: dict[str, Instance | None] = NOTHING
    variables: dict[str, Mapping[str, Value]] = NOTHING
    _found: dict[str, list[Instance]] | None = None
    _running: dict[str, bool] = NOTHING
    _told: dict[str, list[Event]] | None = None

    def __init__(
        self,
        book: Book,
        request: Request,
        past: Past,
        calendar: Calendar | None,
        open_world: bool = False,
    ) -> None:
        self.book = book
        self.request = request
        self.past = past
        self.calendar = calendar
        self.open_world = open_world
        self.now = request.at
        self.zone = calendar.zone if calendar else ""

    @cached_property
    def instances(self) -> tuple[Instance, ...]:  # type: ignore[override]  # most requests give none
        return self.past.instances()

    def choices(self, state: str) -> list[Instance]:
        """The instances of a state that a norm may be asked for (`situation.candidates`), found once."""
        if self._found is None:
            self._found, self._running = {}, {}
        found = self._found.get(state)
        if found is None:
            found = self._found[state] = self._candidates(state)
        return found

    def _candidates(self, state: str) -> list[Instance]:
        last: list[Instance] = []
        running: list[Instance] = []
        about = self.request.about
        for instance in self.past.instances_of(state):
            if instance.state != state:
                continue
            if instance.about != about and self._is_of_another(instance):
                continue
            status = instance.status(self.now, self.zone)
            if status == "in effect":
                running.append(instance)
            if status != "not begun":
                last = [instance]
        self._running[state] = bool(running)
        return running[-MOST_INSTANCES:] or last

    def _is_of_another(self, instance: Instance) -> bool:
        """Whether it is of another thing than the request is about, and the two are told apart."""
        request = self.request
        if not instance.about or not request.about or instance.about == request.about:
            return False
        vocabulary = self.book.vocabulary
        mine = request.thing or thing_of(vocabulary, request.act)
        return same_family(vocabulary, mine, vocabulary.states[instance.state].thing)

    def runs(self, state: str) -> Truth:
        """Whether some instance of a state is in effect: the best that `in_effect` comes to over all of them."""
        if not self.open_world:
            truth = self.past.runs(state, self.now, self.zone)
            if not isinstance(truth, Lack):
                return truth
        found = self.choices(state)
        if not self._running[state]:
            return None if self.open_world and not found else False
        for instance in found:
            if instance.sure_until is None or not instance.doubtful(self.now, self.zone):
                return True
        return None

    def instance(self, state: str) -> Instance | None:
        if state in self.bound:
            return self.bound[state]
        found = self.choices(state)
        return found[-1] if found else None

    def in_effect(self, state: str) -> Truth:
        instance = self.instance(state)
        if instance is None:
            return None if self.open_world else False
        if instance.status(self.now, self.zone) != "in effect":
            return False
        return None if instance.doubtful(self.now, self.zone) else True

    def told(self, name: str, kind: str) -> list[Event]:
        """See `Situation.told`; found once."""
        if self._told is None:
            self._told = {}
        found = self._told.get(name)
        if found is None:
            found = self._told[name] = [
                event for event in self.past.events(name, kind) if self._concerns(event)
            ]
        return found

    def _concerns(self, event: Event) -> bool:
        request = self.request
        if event.about and request.about and event.about != request.about:
            return super()._concerns(event)
        at = event.at
        if at is None or self.now.toordinal() - at.toordinal() >= dates.FAR:
            return True
        return dates.compare(at, self.now, self.zone) <= 0

    # Without a history the answers are short; and mostly it is asked whether a thing was done at all.

    def done(self, act: str, by: Any, by_actor: bool, since: Value | Lack | None) -> Truth:
        if not self.past.is_empty():
            if since is not None or by_actor or (by is not None and by.mode == "each"):
                return super().done(act, by, by_actor, since)
            vocabulary = self.book.vocabulary
            for event in self.past.events(act, "act"):
                admitted = by is None or not event.by or bearer_admits(vocabulary, by, event.by)
                if admitted and self._concerns(event):
                    return True
            return None if self.open_world else False
        if since is ABSENT:
            return False
        if by is not None and by.mode == "each":
            return not by.actors
        return None if self.open_world else False

    def happened(self, event: str, since: Value | Lack | None) -> Truth:
        if not self.past.is_empty():
            return super().happened(event, since)
        return None if self.open_world and since is not ABSENT else False

    def time_of(self, name: str, first: bool = False) -> Value | Lack:
        if not self.past.is_empty():
            return super().time_of(name, first)
        return UNKNOWN if self.open_world else ABSENT


UNSEEN = "?"
"""The zone of no calendar."""
UNTOLD: Past = None  # type: ignore[assignment]  # what the request tells is looked at when a condition first asks


class Paper(Asked):
    """One request while it is decided, and its views.

    A view of its own, through the calendar that is first asked for: mostly there is no other.
    """

    _others: dict[tuple[str, bool], Asked] | None = None

    def __init__(
        self,
        book: Book,
        request: Request,
        find: Instances,
        given: tuple[Instance, ...] | None = None,
        past: Past | None = None,
    ) -> None:
        self.book = book
        self.request = request
        self.past = UNTOLD if past is None else past
        self.now = request.at
        self.zone = UNSEEN
        self.open_world = False
        self._find = find
        self._given = given

    def asked(self, calendar: Calendar | None, open_world: bool = False) -> Asked:
        """The request through a calendar. Of one the conditions ask no more than its zone: the rest is compiled."""
        zone = calendar.zone if calendar is not None else ""
        if open_world:
            return self._through(calendar, zone, open_world)
        if zone == self.zone:
            return self
        if self.zone is UNSEEN and self.past is not UNTOLD:
            self.calendar, self.zone = calendar, zone
            return self
        return self._through(calendar, zone, open_world)

    def _through(self, calendar: Calendar | None, zone: str, open_world: bool) -> Asked:
        """A view that was not asked for before, or not first."""
        if self.past is UNTOLD:
            self.past = Given(self.book, self.request, self._find, self._given)
        if self.zone is UNSEEN and not open_world:
            self.calendar, self.zone = calendar, zone
            return self
        if self._others is None:
            self._others = {}
        found = self._others.get((zone, open_world))
        if found is None:
            # Its past, not this paper: a circle would be left to the garbage collector.
            found = Asked(self.book, self.request, self.past, calendar, open_world)
            self._others[zone, open_world] = found
        return found
