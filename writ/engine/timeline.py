"""What time does in the fast engine: instances of states from what a request gives, and duties that an act would open.

Instances that acts of the history begin or change are the reference's own work, over the few norms with such effects.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.book import dates
from writ.book.model import Book, Norm
from writ.engine import history
from writ.engine.answer import Opened
from writ.engine.asked import Paper
from writ.engine.entry import Entry
from writ.engine.index import Index
from writ.engine.instance import Instance
from writ.engine.request import Request
from writ.engine.slices import part_of

MANY = 10_000
"""So many dates are remembered."""


class Lapse(msgspec.Struct):
    """A lapse norm, compiled. `simple` where it is a period without a condition."""

    entry: Entry
    norm: Norm
    simple: bool
    ends: dict[dt.date, dt.date | None] = {}


class Timeline:
    """The lapses, effects and triggers of a book."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.book = index.book
        self._lapses: dict[str, list[Lapse]] | None = None
        self._parts: dict[frozenset[str], Book] = {}
        self._bounds: dict[frozenset[str], Book] = {}
        self._due: dict[tuple[int, dt.date], dt.date | None] = {}

    @property
    def lapses(self) -> dict[str, list[Lapse]]:
        """The lapse norms of each state."""
        if self._lapses is None:
            self._lapses = {}
            for at in self.index.lapses:
                norm = self.book.norms[at]
                simple = not norm.when and norm.lapse_after is not None
                lapse = Lapse(self.index.entry(at), norm, simple)
                self._lapses.setdefault(norm.state, []).append(lapse)
        return self._lapses

    # --- instances

    def instances(self, request: Request) -> tuple[Instance, ...]:
        """Every instance that the request gives or its history implies (`history.instances`)."""
        acts = frozenset(e.name for e in request.done if e.name in self.index.effective)
        if acts:
            return history.instances(self._with_effects(acts), request)
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
        self._lapse(request, found)
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

    def _lapse(self, request: Request, found: list[Instance]) -> None:
        lapses = self.lapses
        states = frozenset(instance.state for instance in found if instance.state in lapses)
        if any(not lapse.simple for state in states for lapse in lapses[state]):
            history.lapse(self._with_lapses(states), request, found)
            return
        # Periods without a condition ask nothing of each other: one pass settles them.
        for instance in found:
            for lapse in lapses.get(instance.state, ()):
                if not instance.given_end and instance.since is not None:
                    self._bound(request, lapse, instance, instance.since)

    def _with_lapses(self, states: frozenset[str]) -> Book:
        """The part of the book that bounds these states."""
        found = self._bounds.get(states)
        if found is None:
            if len(self._bounds) > MANY:
                self._bounds.clear()
            places = {lapse.entry.at for state in states for lapse in self.lapses[state]}
            found = self._bounds[states] = part_of(self.book, places)
        return found

    def _bound(self, request: Request, lapse: Lapse, instance: Instance, since: dt.date) -> None:
        """Let a period without a condition bound one instance (`history._bound`)."""
        norm, entry = lapse.norm, lapse.entry
        zone = entry.zone
        until = self._period_end(lapse, since)
        known = request.known_at.toordinal() if request.known_at else None
        if not entry.in_force(request.at.toordinal(), known):
            # What has lapsed does not revive with the repeal of the norm that ended it.
            past = until is not None and dates.compare(until, request.at, zone) < 0
            if until is None or not past or not entry.in_force(until.toordinal(), known):
                return
        if until is None:
            assert norm.lapse_after is not None
            sure = dates.last_sure(since, norm.lapse_after, entry.calendar)
            if sure is not None and (
                instance.until is None or dates.compare(sure, instance.until, zone) < 0
            ):
                instance.doubt(sure, zone)
        elif instance.until is None or dates.compare(until, instance.until, zone) < 0:
            instance.until = until
            instance.because = (norm.id,)

    def _period_end(self, lapse: Lapse, since: dt.date) -> dt.date | None:
        assert lapse.norm.lapse_after is not None
        if dates.is_moment(since):
            return dates.add(since, lapse.norm.lapse_after, lapse.entry.calendar)
        if since not in lapse.ends:
            if len(lapse.ends) > MANY:
                lapse.ends.clear()
            lapse.ends[since] = dates.add(since, lapse.norm.lapse_after, lapse.entry.calendar)
        return lapse.ends[since]

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
