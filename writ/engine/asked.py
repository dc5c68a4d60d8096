"""What the fast engine asks conditions against: the reference's `Situation`, made cheap and shared by a request.

`Paper` holds what belongs to one request; `Asked` is its view through one calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from writ.book.model import Book, Calendar
from writ.book.terms import Value
from writ.engine.instance import Instance
from writ.engine.request import Request
from writ.engine.situation import MOST_INSTANCES, Situation, same_family, thing_of
from writ.engine.truth import ABSENT, UNKNOWN, Lack, Truth

Instances = Callable[[Request], tuple[Instance, ...]]


class Asked(Situation):
    """A request seen through one calendar. The instances of states are found when a condition first needs them."""

    def __init__(self, paper: Paper, calendar: Calendar | None, open_world: bool = False) -> None:
        self.paper = paper
        self.book = paper.book
        self.request = paper.request
        self.calendar = calendar
        self.bound = {}
        self.variables = {}
        self.grant = None
        self.open_world = open_world
        self.now = paper.request.at
        self.zone = calendar.zone if calendar else ""
        self._found: dict[str, list[Instance]] = {}

    def __getattr__(self, name: str) -> Any:
        # `instances` is set on first use: most requests give none, and most conditions speak of none.
        if name == "instances":
            self.instances = self.paper.instances()
            return self.instances
        raise AttributeError(name)

    def choices(self, state: str) -> list[Instance]:
        """The instances of a state that a norm may be asked for (`situation.candidates`), found once."""
        found = self._found.get(state)
        if found is None:
            found = self._found[state] = self._candidates(state) if self.instances else []
        return found

    def _candidates(self, state: str) -> list[Instance]:
        vocabulary, request = self.book.vocabulary, self.request
        last: list[Instance] = []
        running: list[Instance] = []
        for instance in self.instances:
            if instance.state != state:
                continue
            if instance.about and request.about and instance.about != request.about:
                thing = vocabulary.states[state].thing
                mine = request.thing or thing_of(vocabulary, request.act)
                if same_family(vocabulary, mine, thing):
                    continue
            status = instance.status(self.now, self.zone)
            if status == "in effect":
                running.append(instance)
            if status != "not begun":
                last = [instance]
        return running[-MOST_INSTANCES:] or last

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

    # Without a history the answers are short.

    def done(self, act: str, by: Any, by_actor: bool, since: Value | Lack | None) -> Truth:
        if self.request.done:
            return super().done(act, by, by_actor, since)
        if since is ABSENT:
            return False
        if by is not None and by.mode == "each":
            return not by.actors
        return None if self.open_world else False

    def happened(self, event: str, since: Value | Lack | None) -> Truth:
        if self.request.done:
            return super().happened(event, since)
        return None if self.open_world and since is not ABSENT else False

    def time_of(self, name: str, first: bool = False) -> Value | Lack:
        if self.request.done:
            return super().time_of(name, first)
        return UNKNOWN if self.open_world else ABSENT


class Paper:
    """One request while it is decided: its instances, and its views."""

    __slots__ = ("_asked", "_find", "_instances", "book", "past", "request")

    def __init__(
        self,
        book: Book,
        request: Request,
        find: Instances,
        given: tuple[Instance, ...] | None = None,
    ) -> None:
        self.book = book
        self.request = request
        self._find = find
        self._instances = given
        self.past = bool(request.states or request.done or given)
        """Whether anything is told of the past."""
        self._asked: dict[tuple[int, bool], Asked] = {}

    def instances(self) -> tuple[Instance, ...]:
        if self._instances is None:
            self._instances = self._find(self.request)
        return self._instances

    def asked(self, calendar: Calendar | None, open_world: bool = False) -> Asked:
        key = (id(calendar), open_world)
        found = self._asked.get(key)
        if found is None:
            found = self._asked[key] = Asked(self, calendar, open_world)
        return found
