"""What time does in the fast engine: instances of states from what a request gives, and duties that an act would open.

Instances that acts of the history begin or change are the reference's own work, over the few norms with such effects.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from writ.book import dates
from writ.book.model import Book
from writ.engine import history
from writ.engine.answer import Opened
from writ.engine.asked import Asked, Paper
from writ.engine.closures import conjunction
from writ.engine.entry import Entry
from writ.engine.index import Index
from writ.engine.instance import Instance
from writ.engine.request import Request
from writ.engine.slices import part_of
from writ.engine.values import Facts, is_plain, states_named
from writ.engine.view import NOBODY

MANY = 10_000
"""So many dates are remembered."""


class Lapse:
    """A lapse norm, compiled.

    `simple` where it is a period without a condition, `plain` where it asks for nothing but facts; `states` are those
    that it looks at.
    """

    def __init__(self, index: Index, at: int) -> None:
        self.entry = index.entry(at)
        self.norm = norm = self.entry.norm
        self.calendar = self.entry.calendar
        self.simple = not norm.when and norm.lapse_after is not None
        asked = (norm.when, () if norm.lapse_at is None else (norm.lapse_at,))
        self.plain = is_plain(asked)
        self.states = frozenset(states_named(asked))
        self._when = conjunction(self.entry.tests) if norm.when else None
        closures = index.closures(norm.instrument)
        self._day = None if norm.lapse_at is None else closures.expression(norm.lapse_at)

    def bound(
        self, instance: Instance, facts: Facts, asked: Asked, at: dt.date, known_at: dt.date | None
    ) -> bool:
        """Ask it of an instance, to which `asked` binds the state, and let it bound that; whether it moved."""
        truth = True if self._when is None else self._when(facts, asked)
        if truth is False:
            return False
        day = None if self._day is None else self._day(facts, asked)
        known = known_at.toordinal() if known_at is not None else None
        now = self.entry.in_force(at.toordinal(), known)
        return history.lapse_by(self.norm, instance, truth, day, at, known_at, self.calendar, now)


class Timeline:
    """The lapses, effects and triggers of a book."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.book = index.book
        self._parts: dict[frozenset[str], Book] = {}
        self._due: dict[tuple[int, dt.date], dt.date | None] = {}

    @cached_property
    def lapses(self) -> dict[str, list[Lapse]]:
        """The lapse norms of each state."""
        found: dict[str, list[Lapse]] = {}
        for at in self.index.lapses:
            lapse = Lapse(self.index, at)
            found.setdefault(lapse.norm.state, []).append(lapse)
        return found

    # --- instances

    def instances(self, request: Request) -> tuple[Instance, ...]:
        """Every instance that the request gives or its history implies (`history.instances`)."""
        acts = frozenset(e.name for e in request.done if e.name in self.index.effective)
        if acts:
            return history.instances(self._with_effects(acts), request, self.lapse)
        if not request.states:
            return ()
        found = [
            Instance(
                given.state,
                given.since,
                given.until,
                about=given.about,
                facts=given.facts,
                given_end=given.until is not None,
            )
            for given in request.states
        ]
        self.lapse(request, found)
        return tuple(found)

    def _with_effects(self, acts: frozenset[str]) -> Book:
        """The part of the book that tells what these acts do to states."""
        found = self._parts.get(acts)
        if found is None:
            if len(self._parts) > MANY:
                self._parts.clear()
            places = {at for act in acts for at in self.index.effective[act]}
            places.update(self.index.lapses)
            found = self._parts[acts] = part_of(self.book, places)
        return found

    def lapse(self, request: Request, found: list[Instance]) -> None:
        """Bound every instance by the lapse norms, until nothing moves (`history.lapse`)."""
        facts, at, known_at = request.facts, request.at, request.known_at
        paper = Paper(self.book, request, self.instances, tuple(found))
        for turn in range(len(found) + 1):
            changed = False
            for instance in found:
                for lapse in self.lapses.get(instance.state, ()):
                    if turn and not lapse.states:
                        continue  # what it asks for is as it was
                    asked = NOBODY
                    if not lapse.plain:
                        asked = paper.asked(lapse.calendar)
                        asked.bound = {instance.state: instance}
                    if lapse.bound(instance, facts, asked, at, known_at):
                        changed = True
                        # What is in effect is found anew.
                        paper = Paper(self.book, request, self.instances, tuple(found))
            if not changed:
                return

    # --- duties that the act would open

    def opening(self, triggered: tuple[Entry, ...], used: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """The duties that an act may open: by itself, or by what these norms give it effect to."""
        moments = {
            ("start" if effect.verb == "begins" else "end", effect.state)
            for entry in used
            for effect in entry.norm.effects
            if effect.verb in ("begins", "ends")
        }
        places = {at for moment in moments for at in self.index.by_moment.get(moment, ())}
        if not places:
            return triggered
        return self.index.entries(places | {entry.at for entry in triggered})

    def opened(self, duties: tuple[Entry, ...], paper: Paper) -> tuple[Opened, ...]:
        """Those of the duties that doing the act now would open (`duties.opened`)."""
        request = paper.request
        day = request.at.toordinal()
        known = request.known_at.toordinal() if request.known_at else None
        found: list[Opened] = []
        for duty in duties:
            if not duty.in_force(day, known):
                continue
            asked = paper.asked(duty.calendar, True)
            if duty.norm.when and duty.open_when(request.facts, asked) is False:
                continue
            due = self._due_day(duty, request.at) if duty.norm.within or duty.norm.every else None
            for to in duty.heirs:
                found.append(Opened(duty.id, duty.citation, duty.norm.act, duty.bearer, due, to))
        return tuple(found)

    def _due_day(self, duty: Entry, at: dt.date) -> dt.date | None:
        if dates.is_moment(at):  # equal moments may be on different days
            return due_day(duty, at)
        key = (duty.at, at)
        if key not in self._due:
            if len(self._due) > MANY:
                self._due.clear()
            self._due[key] = due_day(duty, at)
        return self._due[key]


def due_day(duty: Entry, at: dt.date) -> dt.date | None:
    """The day by which a duty that opens now is due."""
    period = duty.norm.within or duty.norm.every
    assert period is not None
    due = dates.add(at, period, duty.calendar)
    return dates.roll(due, duty.calendar) if due else None
