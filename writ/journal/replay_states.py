"""What acts do to states, and lapses to both, in the fast replay (`effects.Effects` in the reference)."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable

import msgspec

from writ.book.model import GRANTS, EffectTerm, Norm
from writ.book.terms import Value
from writ.engine import history
from writ.engine.asked import Paper
from writ.engine.instance import Instance
from writ.engine.request import Event, Request
from writ.engine.situation import Situation
from writ.engine.truth import Truth
from writ.engine.view import NOBODY
from writ.journal.acts import Ruling
from writ.journal.core import DOUBT, END, START
from writ.journal.effects import NOTHING_REACHED, TURNS, VERBS, change
from writ.journal.entry import Entry
from writ.journal.life import Life, Stretch
from writ.journal.record import Turn
from writ.journal.replay_memory import Memory, Recall
from writ.journal.rules import ActRules, StateRules


class States(Memory, ABC):
    """The states of a replay. What opens duties is the business of `replay_duties`."""

    @abstractmethod
    def trigger(self, kind: str, stretch: Stretch, at: dt.date, now: dt.date) -> None:
        """Open the duties that the start or end of a state opens."""

    # --- acts

    def affect(
        self,
        entry: Entry,
        event: Event,
        rules: ActRules,
        ruling: Ruling,
        request: Request,
        past: Recall,
        allowed: bool,
    ) -> str:
        """Let an act have its effects; why it had none, if nothing was there that it could reach."""
        chosen = self.chosen(entry, rules, ruling, request, past, allowed)
        if not chosen:
            return ""
        given: tuple[Instance, ...] = ()
        # Loops, because a comprehension is a function made anew.
        for _, effect in chosen:
            if effect.until or effect.start:
                # These are told by what was the case before the act, and `past` would tell what is after the first.
                given = past.instances()
                request = msgspec.structs.replace(request, done=past.done())
                break
        # What one act does to a state, it does to the state as it found it.
        reach: list[Stretch | None] = []
        for _, effect in chosen:
            mine = None
            if effect.verb != "begins":
                mine = self.reached(effect, event, request, rules.thing)
            reach.append(mine)
        moved = False
        for (norm, effect), stretch in zip(chosen, reach, strict=True):
            if effect.verb == "begins":
                self.start(norm, effect, event, request, given, entry.id, entry.until)
            elif stretch is not None:
                self.change(norm, effect, event, request, given, stretch, entry.id)
            else:
                continue
            moved = True
        if moved:
            return ""
        effect = chosen[0][1]
        return NOTHING_REACHED.format(effect.state, VERBS[effect.verb])

    def chosen(
        self,
        entry: Entry,
        rules: ActRules,
        ruling: Ruling,
        request: Request,
        past: Recall,
        allowed: bool,
    ) -> list[tuple[Norm, EffectTerm]]:
        """For each state and verb the norm that gives the act this effect (`effects.Effects.chosen`)."""
        permitted = allowed and not entry.lawful
        deciding, effects = ruling.decision.deciding, rules.effects
        best: dict[tuple[str, str], tuple[Truth, Norm, EffectTerm]] = {}
        day = entry.at.toordinal()
        paper = None
        mine: Iterable[str] = effects
        if permitted:  # of the norms that grant, those that permit it have effect
            mine = deciding
            if rules.bounding:
                mine = {*deciding, *rules.bounding}
                mine = sorted(mine, key=self.rules.index.place.__getitem__)
        for name in mine:
            if name not in effects:
                continue
            norm, compiled = effects[name]
            granting = permitted and norm.kind in GRANTS
            if not compiled.in_force(day, self.known):
                continue
            if norm.bearer.mode != "none" and not self.rules.bears(norm, ruling.actor):
                continue
            truth: Truth
            if granting or not norm.when:
                truth = True
            else:
                if paper is None:
                    paper = self.paper(request, past)
                truth = compiled.joint(request.facts, paper.asked(compiled.calendar))
                if truth is False:
                    continue
            for effect in norm.effects:
                if effect.verb == "escalates":
                    continue
                known = best.get((effect.verb, effect.state))
                if known is None or (known[0] is None and truth is True):
                    best[effect.verb, effect.state] = (truth, norm, effect)
        found = []
        for _, norm, effect in best.values():
            found.append((norm, effect))
        return found

    def reached(
        self, effect: EffectTerm, event: Event, request: Request, thing: str
    ) -> Stretch | None:
        """The last stretch about the same thing that has begun and is not over."""
        core, state = self.core, self.rules.states[effect.state]
        if event.about and self.rules.related(request.thing or thing, state.thing):
            for stretch in reversed(self.stretches_of(effect.state, event.about, state.thing)):
                if not stretch.over and self.is_there(stretch, request.at):
                    return stretch
            return None
        running = core.running.get(effect.state, {})
        for number in reversed(running):
            other = core.stretch(running[number], number)
            if other is not None and self.is_there(other, request.at):
                return other
        return None

    def is_there(self, stretch: Stretch, at: dt.date) -> bool:
        """Whether it has begun and is not over, for an act to change."""
        return stretch.view.status(at, self.zone) in ("in effect", "suspended")

    def start(
        self,
        norm: Norm,
        effect: EffectTerm,
        event: Event,
        request: Request,
        given: tuple[Instance, ...],
        entry: str,
        until: dt.date | None = None,
    ) -> None:
        told = Situation(self.book, request, self.book.calendar_of(norm.instrument), given)
        begun = history.begin(self.book, norm, effect, event.about, request.at, request.facts, told)
        if until is not None:
            begun.cap(until, self.zone)  # the grant that it rests on is over then
        self.add_stretch(begun, entry)

    def add_stretch(self, begun: Instance, entry: str) -> None:
        core = self.core
        number = core.next()
        turn = Turn(begun.since, "in effect", entry)
        view = msgspec.structs.replace(begun)
        stretch = Stretch(begun, view, entry, turns=[turn], number=number)
        core.dossier(begun.about).stretches[number] = stretch
        core.live.add(number)
        core.running.setdefault(begun.state, {})[number] = begun.about
        self.dirty_bounds[number] = begun.about
        self.touched[number] = begun.about
        if begun.sure_until is not None:
            self.set_timer(DOUBT, number, begun.about, begun.sure_until)
        if begun.until is not None:
            self.set_timer(END, number, begun.about, begun.until)
        since, latest = begun.since, core.latest
        if (
            since is not None
            and latest is not None
            and since is not latest
            and self.clock.instant(since) > self.clock.instant(latest)
        ):
            self.set_timer(START, number, begun.about, before(since))
        self.announce_state(stretch)

    def change(
        self,
        norm: Norm,
        effect: EffectTerm,
        event: Event,
        request: Request,
        given: tuple[Instance, ...],
        stretch: Stretch,
        entry: str,
    ) -> None:
        """Let an act end, suspend, resume, amend or continue a stretch."""
        change(self.book, norm, effect, request, given, stretch, entry)
        about = stretch.raw.about
        self.dirty_bounds[stretch.number] = self.touched[stretch.number] = about
        self.announce_state(stretch)

    def end_with_grants(self, grants: frozenset[str], entry: Entry) -> None:
        """End the stretches that grants began which are revoked, or rest on one that is."""
        for running in list(self.core.running.values()) if grants else ():
            for number, about in list(running.items()):
                stretch = self.core.stretch(about, number)
                if stretch is None or stretch.entry not in grants or stretch.raw.ended:
                    continue
                stretch.raw.ended, stretch.ended_by = entry.at, entry.id
                stretch.turns.append(Turn(entry.at, TURNS["ends"], entry.id))
                self.dirty_bounds[number] = self.touched[number] = about
                self.announce_state(stretch)

    def give(self, entry: Entry) -> None:
        """Take a state as begun."""
        facts = {slot.rpartition(".")[2]: value for slot, value in entry.stated.items()}
        begun = Instance(
            entry.name,
            entry.at,
            entry.until,
            about=entry.about,
            facts=facts,
            given_end=entry.until is not None,
        )
        self.add_stretch(begun, entry.id)

    def affect_by_breach(self, duty: Norm, life: Life, at: dt.date) -> None:
        """What the breach of a duty does to states."""
        event = Event(duty.act, at, about=life.about, facts=life.facts)
        request = self.question(duty, life.about, at, life.facts)
        rules = self.rules.duties[duty.id]
        thing = rules.family
        given = self.views(rules.asking, life.about, thing)
        for effect in duty.breach:
            if effect.verb == "begins":
                self.start(duty, effect, event, request, given, "")
            elif effect.verb != "escalates":
                stretch = self.reached(effect, event, request, thing)
                if stretch is not None:
                    self.change(duty, effect, event, request, given, stretch, "")

    # --- lapses

    def bound(self, now: dt.date) -> None:
        """Let the lapse norms bound what has changed, until nothing moves."""
        for _ in range(64):
            todo, self.dirty_bounds = self.dirty_bounds, {}
            if not todo:
                return
            for number in sorted(todo):
                stretch = self.core.stretch(todo[number], number)
                if stretch is not None and not stretch.over:
                    self.bound_one(stretch, now)

    def bound_one(self, stretch: Stretch, now: dt.date) -> None:
        old = stretch.view
        raw = stretch.raw
        if raw.by_law:  # it is over already
            return
        view = stretch.view = msgspec.structs.replace(raw)
        self.lapse(view, now)
        if view.ended is not None and raw.ended is None:
            raw.ended, raw.because, raw.by_law = view.ended, view.because, True
        if view.until != old.until and view.until is not None:
            self.set_timer(END, stretch.number, raw.about, view.until)
        if view.sure_until is not None and view.sure_until != old.sure_until:
            self.set_timer(DOUBT, stretch.number, raw.about, view.sure_until)
        if (view.until, view.ended, view.sure_until) != (old.until, old.ended, old.sure_until):
            self.touched[stretch.number] = raw.about
            self.announce_state(stretch)
            self.dirty_bounds.pop(stretch.number, None)

    def lapse(self, view: Instance, now: dt.date) -> None:
        """Let the lapse norms bound one stretch until nothing moves, the others being as they are (`history.bound`)."""
        state = self.rules.states[view.state]
        facts = self.stands(view.about)
        lapses, paper = state.lapses.among(facts), None
        for turn in range(len(lapses) + 1):
            moved = False
            for lapse in lapses:
                if turn and view.state not in lapse.states:
                    continue  # what it asks for is as it was
                asked = NOBODY
                if not lapse.plain:
                    if paper is None:
                        paper = self.paper_of(state, view.about, facts, now)
                    asked = paper.asked(lapse.calendar)
                    asked.bound = {view.state: view}
                moved = lapse.bound(view, facts, asked, now, self.known_at) or moved
            if not moved:
                return

    def paper_of(
        self, state: StateRules, about: str, facts: dict[str, Value], now: dt.date
    ) -> Paper:
        """The question that the lapses of a state are asked with: about its thing."""
        looks, thing = state.elsewhere, state.thing
        request = Request("", "", now, facts, thing=thing, about=about, known_at=self.known_at)
        return self.paper(request, Recall(self, looks, about, thing))

    # --- beginnings and ends

    def turns(self, now: dt.date) -> None:
        """Note which stretches have begun or are over, and open what that opens."""
        core = self.core
        todo, self.touched = self.touched, {}
        for number in sorted(todo):
            stretch = core.stretch(todo[number], number)
            if stretch is None:
                continue
            status = stretch.view.status(now, self.zone)
            if not stretch.started and status != "not begun":
                stretch.started = True
                self.trigger("start", stretch, stretch.raw.since or now, now)
            if status in ("lapsed", "ended"):
                stretch.over = True
                stretch.raw = stretch.view
                self.trigger("end", stretch, stretch.view.end(self.zone) or now, now)
                self.file_away(stretch)

    def file_away(self, stretch: Stretch) -> None:
        """A stretch is over: keep it as the last of its state, and close what lasted with it."""
        core, state = self.core, stretch.raw.state
        dossier = core.dossier(stretch.raw.about)
        del dossier.stretches[stretch.number]
        core.live.discard(stretch.number)
        core.running[state].pop(stretch.number, None)
        for store in (dossier.last_over, core.last_over):
            if state not in store or store[state].number < stretch.number:
                store[state] = stretch
        self.sink.state(stretch)
        for duty in self.rules.states[state].closing:
            about, rules = stretch.raw.about, self.rules
            near = about and rules.related(rules.duties[duty.id].family, rules.states[state].thing)
            self.review_of(duty.id, (about, "") if near else None)
        self.announce_state(stretch)


def before(moment: dt.date) -> dt.date:
    """The last day or moment before it."""
    from writ.journal.life import AN_INSTANT, ONE_DAY

    return moment - (AN_INSTANT if isinstance(moment, dt.datetime) else ONE_DAY)
