"""What the fast replay remembers, and how it announces that something changed."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Container, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Protocol

import msgspec

from writ.book.model import Book, Norm
from writ.book.terms import Value
from writ.engine.asked import Paper
from writ.engine.instance import Instance
from writ.engine.request import Event, Request
from writ.engine.situation import MOST_INSTANCES, bearer_admits
from writ.engine.truth import UNKNOWN, Lack, Truth
from writ.journal.core import Clock, Core
from writ.journal.dossier import Digest, Dossier
from writ.journal.entry import Entry
from writ.journal.life import Life, Stretch
from writ.journal.looks import Looks
from writ.journal.record import ActRecord
from writ.journal.rules import Rules, rules_of
from writ.journal.sequence import zone_of_book
from writ.syntax.tree import Bearer


class Sink(Protocol):
    """Where conclusions go that no later entry in order can change."""

    def act(self, record: ActRecord) -> None: ...

    def duty(self, life: Life) -> None: ...

    def state(self, stretch: Stretch) -> None: ...


class Kept:
    """A sink that keeps everything."""

    def __init__(self) -> None:
        self.acts: list[ActRecord] = []
        self.duties: list[Life] = []
        self.states: list[Stretch] = []

    def act(self, record: ActRecord) -> None:
        self.acts.append(record)

    def duty(self, life: Life) -> None:
        self.duties.append(life)

    def state(self, stretch: Stretch) -> None:
        self.states.append(stretch)


NUMBER = attrgetter("number")


class Recall(msgspec.Struct, gc=False):
    """What a question about a thing may look back at (`asked.Past`): looked up when a condition first asks for it.

    INVARIANT: it is asked before anything changes that it would tell, or has been `fixed`.
    """

    _memory: Memory
    _looks: Looks
    _about: str
    _thing: str
    _instances: tuple[Instance, ...] | None = None
    _done: tuple[Event, ...] | None = None

    def is_empty(self) -> bool:
        return not self._looks.names

    def events(self, name: str, kind: str) -> list[Event]:
        return self._memory.past_of(name, self._about, self._thing)

    def done(self) -> tuple[Event, ...]:
        if self._done is None:
            self._done = self._memory.past(self._looks, self._about, self._thing)
        return self._done

    def instances(self) -> tuple[Instance, ...]:
        if self._instances is None:
            self._instances = self._memory.views(self._looks, self._about, self._thing)
        return self._instances

    def instances_of(self, state: str) -> Sequence[Instance]:
        if self._instances is not None:
            return self._instances
        found = self._memory.stretches_of(state, self._about, self._thing)
        return [stretch.view for stretch in found] if found else ()

    def runs(self, state: str, now: dt.date, zone: str) -> Truth | Lack:
        memory, about = self._memory, self._about
        if self._instances is not None or not about:
            return UNKNOWN
        if state not in memory.rules.states_of(self._thing):
            return UNKNOWN
        common, dossier = memory.common, memory.about(about)
        general: Truth | Lack = False
        if common.stretches or common.last_over:
            general = common.runs(state, now, zone)
            if general is True or general is UNKNOWN:
                return general
        if dossier is None:
            return general
        own = dossier.runs(state, now, zone)
        return general if own is False else own

    def fix(self) -> None:
        """Look everything up: what it tells of is about to change."""
        self.done()
        self.instances()


NO_FACTS: dict[str, Value] = {}
FEW_THINGS = 64
"""So many are dealt with over and over at one time."""


class Memory:
    """INVARIANT: what is forgotten no norm of the book can ask for."""

    def __init__(
        self,
        book: Book,
        sink: Sink,
        known_at: dt.date | None = None,
        core: Core | None = None,
        rules: Rules | None = None,
    ) -> None:
        self.book = book
        self.sink = sink
        self.known_at = known_at
        self.known = known_at.toordinal() if known_at is not None else None
        self.rules = rules if rules is not None else rules_of(book)
        self.zone = zone_of_book(book)
        self.clock = Clock(self.zone)
        self.core = core if core is not None else Core(book)
        self.core.dossiers.attach(self.core.owed, self.core.away, book.by_id)
        self.common = self.core.dossiers[""]
        """The dossier of what concerns no thing, to be read: what changes it asks the core for it."""
        self.engine = self.rules.engine
        places = self.engine.book.offices_once_vacant
        self.decide = self.engine.decide if places else self.engine.alone
        """How a recorded act is decided: nobody is asked in whose place the actor acts, where no office is vacant."""
        self.begin()

    def begin(self) -> None:
        """Forget what was to be looked at again."""
        self.dirty_bounds: dict[int, str] = {}
        self.touched: dict[int, str] = {}
        self.dirty_until: dict[int, str] = {}
        self.dirty_dated: dict[tuple[str, str], None] = {}
        self.all_dated: dict[str, None] = {}
        self._stands: dict[str, dict[str, Value]] = {}
        self.current: tuple[Entry, Event] | None = None
        """The act that is taking effect: a duty that it opens by itself it may do, too."""
        self.late = False

    def facts(
        self, about: str, actor: str, person: str, more: dict[str, Value]
    ) -> dict[str, Value]:
        """What stands for an actor dealing with one thing (`standing.Standing.facts`)."""
        core = self.core
        dossier = self.about(about) if about else None
        mine = dossier.facts if dossier is not None else NO_FACTS
        if not core.of:
            return {**core.facts, **mine, **more}
        found = dict(core.facts)
        if actor:
            found.update(core.of.get((actor, ""), NO_FACTS))
        if person:
            found.update(core.of.get(("", person), NO_FACTS))
            found.update(core.of.get((actor, person), NO_FACTS))
        found.update(mine)
        found.update(more)
        return found

    def stands(self, about: str) -> dict[str, Value]:
        """The facts that stand of all and of one thing. Not to be changed."""
        found = self._stands.get(about)
        if found is None:
            if len(self._stands) > FEW_THINGS:
                self._stands.clear()
            dossier = self.about(about) if about else None
            found = {**self.core.facts, **dossier.facts} if dossier else self.core.facts.copy()
            self._stands[about] = found
        return found

    def about(self, about: str) -> Dossier | None:
        """What is kept of a thing, to be read."""
        dossiers = self.core.dossiers
        return dossiers.live.get(about) or dossiers.get(about)

    def paper(self, request: Request, past: Recall) -> Paper:
        return Paper(self.book, request, self.engine.timeline.instances, None, past)

    def question(
        self,
        duty: Norm,
        about: str,
        now: dt.date,
        facts: Mapping[str, Value],
        looks: Looks | None = None,
    ) -> Request:
        """The question whether a duty applies (`World.question`)."""
        rules = self.rules.duties[duty.id]
        stands = self.stands(about)
        return Request(
            "",
            duty.act,
            now,
            {**facts, **stands} if facts else stands,
            about=about,
            done=self.past(looks or rules.asking, about, rules.family),
            known_at=self.known_at,
        )

    # --- the past

    def remember(self, event: Event, names: Iterable[str], thing: str) -> None:
        """Keep as much of an act or event as the book may ask for."""
        core, rules = self.core, self.rules
        stores = (core.general, core.dossier(event.about).done)
        for name in names:
            if name in rules.remembered:
                for store in stores:
                    digest = store.get(name)
                    if digest is None:
                        digest = store[name] = Digest(name in rules.uneven)
                    digest.add(event)
            if name in rules.heard_names:
                self.announce(rules.heard_names[name], event.about, thing)

    def past(self, looks: Looks, about: str, thing: str) -> tuple[Event, ...]:
        """What a question about a thing may need to know of what was done."""
        if not looks.names:
            return ()
        found: list[Event] = []
        for name in looks.names:
            found += self.past_of(name, about, thing)
        return tuple(found)

    def past_of(self, name: str, about: str, thing: str) -> list[Event]:
        core = self.core
        if not about or not self.rules.is_near(name, thing):
            digest = core.general.get(name)
            return digest.events if digest is not None else []
        found: list[Event] = []
        digest = self.common.done.get(name)
        if digest is not None:
            found = digest.events
        dossier = self.about(about)
        digest = dossier.done.get(name) if dossier is not None else None
        if digest is not None:
            found = [*found, *digest.events] if found else digest.events
        return found

    def views(self, looks: Looks, about: str, thing: str) -> tuple[Instance, ...]:
        """The stretches of states that a question about a thing may ask for, oldest first."""
        found: list[Stretch] = []
        for state in looks.states:
            found += self.stretches_of(state, about, thing)
        found.sort(key=NUMBER)
        return tuple(stretch.view for stretch in found)

    def stretches_of(self, state: str, about: str, thing: str) -> list[Stretch]:
        """Those of one state: for a thing of its family the thing's own, else of all the latest. Oldest first."""
        if not about or state not in self.rules.states_of(thing):
            return self.latest_of(state)
        found: list[Stretch] = []
        common = self.common
        if common.stretches or common.last_over:
            common.gather(state, found)
        dossier = self.about(about)
        if dossier is not None:
            dossier.gather(state, found)
        if len(found) > 1:
            found.sort(key=NUMBER)
        return found

    def latest_of(self, state: str) -> list[Stretch]:
        """The latest of one state, whatever they are of."""
        core = self.core
        found = [core.last_over[state]] if state in core.last_over else []
        running = core.running.get(state, {})
        shown = 0
        for number in reversed(running):
            stretch = core.stretch(running[number], number)
            if stretch is not None:
                found.append(stretch)
                shown += stretch.raw.suspended is None and stretch.started
            if shown > MOST_INSTANCES:
                break
        found.sort(key=NUMBER)
        return found

    def set_timer(self, kind: int, number: int, about: str, when: dt.date) -> None:
        heapq.heappush(self.core.timers, (self.clock.instant(when), kind, number, about, when))

    # --- announcements

    def announce(self, key: str, about: str, thing: str) -> None:
        """Let everything be asked again that looks at what has changed: only of this thing, where told apart."""
        rules, core = self.rules, self.core
        for state in rules.state_watchers.get(key, ()):
            if about and rules.related(thing, rules.states[state].thing):
                self.bound_about(state, about)
                if self.common.stretches:
                    self.bound_about(state, "")
            else:
                self.dirty_bounds.update(core.running.get(state, {}))
        if key in rules.dated_watchers:
            near, far = (
                rules.watching("dated", key, thing) if about else ((), rules.dated_watchers[key])
            )
            if near:
                self.dirty_dated["", about] = None
            for norm in near:
                self.dirty_dated[norm, ""] = None
            for norm in far:
                self.all_dated[norm] = None
        if key in rules.until_watchers:
            near, far = (
                rules.watching("until", key, thing) if about else ((), rules.until_watchers[key])
            )
            for norm in far:
                self.review_of(norm)
            if near:
                self.review_about(near, about)
                if self.common.lives:
                    self.review_about(near, "")

    def bound_about(self, state: str, about: str) -> None:
        """Let the stretches of a state about one thing be bounded again."""
        dossier = self.about(about)
        for number, stretch in dossier.stretches.items() if dossier is not None else ():
            if stretch.raw.state == state:
                self.dirty_bounds[number] = about

    def announce_of(self, key: str, about: str) -> None:
        """The same for a fact of one thing, which only questions about it look at."""
        rules = self.rules
        for state in rules.state_watchers.get(key, ()):
            self.bound_about(state, about)
        if key in rules.dated_watchers:
            self.dirty_dated["", about] = None
        for norm in rules.until_watchers.get(key, ()):
            self.review_of(norm, (about,))

    def review_about(self, norms: Container[str], about: str) -> None:
        """Let the duties of some norms about one thing be looked at again."""
        dossier = self.about(about)
        for number, life in dossier.lives.items() if dossier is not None else ():
            if life.norm in norms:
                self.dirty_until[number] = about

    def review_of(self, norm: str, things: Iterable[str] | None = None) -> None:
        """Let the duties of a norm be looked at again: those about some things, or all."""
        there = self.core.tracked.get(norm)
        if there:
            for about in tuple(there) if things is None else things:
                for number in there.get(about, ()):
                    self.dirty_until[number] = about

    def announce_state(self, stretch: Stretch) -> None:
        state = stretch.raw.state
        key = self.rules.heard_states.get(state)
        if key is not None:
            self.announce(key, stretch.raw.about, self.rules.states[state].thing)

    def admits(self, by: Bearer, actor: str) -> bool:
        return bearer_admits(self.book.vocabulary, by, actor)
