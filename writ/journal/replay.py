"""The fast replay: the record of `reference.Reference`, one entry at a time.

Each entry costs what it touches. The norms on an act come from an index, a condition is asked again only when something
that it looks at has changed, days wait in a heap, and of the past only what the book can ask for is kept (`core`).
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Iterable
from functools import partial

from writ.book import dates
from writ.engine.answer import Decision, Outcome
from writ.engine.request import Request
from writ.engine.situation import thing_of
from writ.journal import life as lives
from writ.journal.acts import Ruling, event_of, incomplete, recorded, request_of, rule
from writ.journal.core import DOUBT, DUE, END, EPOCH, REPEAL, Timer
from writ.journal.dossier import Dossier
from writ.journal.entry import Entry, Kind
from writ.journal.garbage import uncollected
from writ.journal.record import ActStatus, DutyStatus
from writ.journal.replay_memory import Recall
from writ.journal.replay_reviews import Reviews
from writ.journal.rules import ActRules

# Names of their own: a member of an enumeration is looked up by its metaclass, and these are asked of every entry.
ACT = Kind.ACT
PERMITTED = Outcome.PERMITTED
AUTHORISED, NO_AUTHORITY, NO_EFFECT = ActStatus


class Replay(Reviews):
    """A replay under way. Entries are given in order: `sequence.seen` sorts and sifts them."""

    # --- entries

    def feed(self, entry: Entry) -> None:
        """Let the next entry change what is the case."""
        core, at = self.core, entry.at
        if core.start is None:
            self.start_on(dates.day_of(at, self.zone))
        dossiers = core.dossiers
        if len(dossiers.live) > dossiers.limit:
            dossiers.shed()
        timers, limit = core.timers, self.clock.past(at)
        if timers and timers[0][0] < limit:
            self.advance(limit)
        self.settle(at)
        self.enter(entry)
        self.settle(at)
        if timers and timers[0][0] < limit:  # a day that it set may be past
            self.advance(limit)

    def start_on(self, day: dt.date) -> None:
        """The journal begins."""
        self.core.start = day
        for epoch in self.rules.epochs:
            if epoch > day:
                self.set_timer(EPOCH, 0, "", epoch - lives.ONE_DAY)
        self.all_dated.update(dict.fromkeys(duty.norm.id for duty in self.rules.dated))

    def feed_all(self, entries: Iterable[Entry]) -> None:
        """Let the next entries, in order, change what is the case: faster than one by one."""
        with uncollected():
            for entry in entries:
                self.feed(entry)

    def finish(self, as_of: dt.date) -> None:
        """Let time pass to the end."""
        if self.core.start is None:  # the journal has not begun
            return
        limit = self.clock.past(as_of)
        self.advance(limit)
        self.settle(as_of)
        self.advance(limit)

    def enter(self, entry: Entry) -> None:
        core, kind = self.core, entry.kind
        if core.brought:
            core.brought.clear()
        if kind is ACT:
            rules = self.rules.acts.get(entry.name) or self.rules.act(entry.name)
            if entry.about:
                self.mention(entry.about, entry.thing or rules.thing)
            self.act(entry, rules)
            return
        if entry.about:
            self.mention(entry.about, self.thing_told(entry))
        match kind:
            case Kind.FACT:
                self.fact(entry)
            case Kind.EVENT:
                event = event_of(entry, "")
                self.remember(
                    event, frozenset({entry.name}), thing_of(self.book.vocabulary, entry.name)
                )
                if entry.name in self.rules.by_event:
                    self.fire(entry, self.rules.by_event[entry.name], "")
            case Kind.STATE:
                self.give(entry)
            case Kind.GONE:
                core.offices.take(entry)
                self.remove(entry)
            case _:
                core.offices.take(entry)

    def fact(self, entry: Entry) -> None:
        core = self.core
        self._stands.clear()
        if entry.about:
            store = core.dossier(entry.about).facts
        elif entry.actor or entry.person:
            store = core.of.setdefault((entry.actor, entry.person), {})
        else:
            store = core.facts
        for slot, value in entry.facts.items():
            if value is None:
                store.pop(slot, None)
            else:
                store[slot] = value
            key = self.rules.heard_slots.get(slot)
            if key is None:
                continue
            if store is core.facts:
                self.announce(key, "", "")
            elif entry.about:
                self.announce_of(key, entry.about)

    def thing_told(self, entry: Entry) -> str:
        """What kind of thing an entry that is no act speaks of, as far as it tells."""
        vocabulary = self.book.vocabulary
        if entry.kind is Kind.STATE:
            return vocabulary.states[entry.name].thing
        if entry.kind is Kind.EVENT:
            return vocabulary.events[entry.name].thing
        for slot in entry.facts:
            owner = slot.rpartition(".")[0]
            if owner in vocabulary.things:
                return owner
        return ""

    def mention(self, about: str, thing: str) -> None:
        """Remember of what family a thing is (`World.mention`)."""
        dossiers = self.core.dossiers
        dossier = dossiers.live.get(about)
        if dossier is None:
            dossier = dossiers.get(about)
        if dossier is not None and (not thing or thing == dossier.family):
            dossiers.touched.add(about)
            return
        families = self.core.families
        if dossier is None:
            dossier = dossiers[about] = Dossier(about)
        else:
            dossiers.touched.add(about)
            families[dossier.family] -= 1
            families += Counter()  # drops those of which none is left
        families[thing] += 1
        self.dirty_dated["", about] = None
        for duty in self.rules.dated_of(dossier.family).all:
            self.dirty_dated[duty.norm.id, ""] = None
        dossier.family = thing

    # --- acts

    def act(self, entry: Entry, rules: ActRules) -> None:
        core, stated, about = self.core, entry.stated, entry.about
        if core.of:
            facts = self.facts(about, entry.actor, entry.person, stated)
        else:
            facts = self._stands.get(about) or self.stands(about)
            if stated:
                facts = {**facts, **stated}
        past = Recall(self, rules.looks, about, entry.thing or rules.thing)
        request = request_of(entry, facts, (), self.known_at)
        ruling = self.ruling(entry, request, past)
        if rules.befores:
            self.due_before(entry, rules, request, past)
        allowed = ruling.decision.outcome is PERMITTED or entry.lawful
        shared = not allowed and incomplete(ruling.decision)
        status = AUTHORISED if allowed else NO_AUTHORITY
        reasons: tuple[str, ...] = ()
        late = False
        if shared:
            status, reasons = NO_EFFECT, ("it has its effect with the act of the others",)
        if allowed or shared or rules.material:
            event = event_of(entry, ruling.actor)
            if entry.actor not in core.acted:
                self.appear(entry.actor)
            late = self.discharge(entry, event, rules, request, shared)
            if rules.effects and not shared:
                idle = self.affect(entry, event, rules, ruling, request, past, allowed)
                if allowed and idle:
                    status, reasons = NO_EFFECT, (idle,)
            if rules.touches:
                self.remember(event, rules.touches, rules.thing)
            if rules.triggered.all and not shared:
                self.fire(entry, rules.triggered, ruling.actor)
            if allowed:
                if entry.name in core.grants.delegating:
                    core.grants.take(entry, ruling.decision, ruling.chain)
                for name in entry.revokes:
                    self.end_with_grants(core.grants.revoke(name, entry.at), entry)
            self.current = (entry, event)
        self.late = late
        self.settle(entry.at)
        self.sink.act(recorded(entry, ruling, status, reasons, rules.material, self.late))
        self.current = None

    def ruling(self, entry: Entry, request: Request, past: Recall) -> Ruling:
        core, offices = self.core, self.core.offices
        own: Decision | None = None
        if entry.actor not in offices.holders and entry.actor not in offices.gone:
            own = self.decide(request, True, past, None)
            if own.outcome is PERMITTED or not (offices.holders or core.grants.all):
                return Ruling(own, entry.actor)
        decide = partial(self.decide_by, past)
        return rule(self.book, entry, request, offices, core.grants, decide, own)

    def decide_by(
        self, past: Recall, request: Request, granted: dict[int, Decision] | None
    ) -> Decision:
        """Decide a recorded act, perhaps on grants that were decided on."""
        return self.engine.decide(request, True, past, granted)

    def due_before(self, entry: Entry, rules: ActRules, request: Request, past: Recall) -> None:
        """Open and at once decide the duties that were due before an act."""
        past.fix()  # a breach may change states
        for duty in rules.befores:
            mine = self.rules.duties[duty.id]
            compiled = mine.compiled
            if not compiled.in_force(entry.at.toordinal(), self.known):
                continue
            truth = compiled.joint(
                request.facts, self.paper(request, past).asked(compiled.calendar)
            )
            family = thing_of(self.book.vocabulary, duty.act)
            for life in self.open(
                mine, truth, entry.at, entry.id, entry.about, entry.stated, (entry.at, False)
            ):
                doing = [
                    event.at
                    for event in self.past_of(duty.act, life.about, family)
                    if event.at is not None
                    and lives.performs(self.book, duty, life.about, life.to, event)
                ]
                self.decide_before(duty, life, doing, entry.at)

    # --- time passes

    def advance(self, limit: int) -> None:
        """Let everything happen, in order, that time alone brings before a time (`Clock.past`)."""
        timers = self.core.timers
        while timers and timers[0][0] < limit:
            moment = timers[0][0]
            group: list[Timer] = []
            while timers and timers[0][0] == moment:
                timer = heapq.heappop(timers)
                if self.is_valid(timer):
                    group.append(timer)
            if not group:
                continue
            then = self.then(group[0][4])
            if then != self.core.latest:
                self.core.brought.clear()
            for _, kind, number, about, when in sorted(group, key=lambda one: (one[1], one[2])):
                if kind == DUE:
                    life = self.core.life(about, number)
                    if life is not None and life.status is DutyStatus.OPEN and life.due == when:
                        self.breach(life, when, then)
                elif kind == REPEAL:
                    self.dirty_until[number] = about
                elif kind != EPOCH:
                    self.touched[number] = about
                    stretch = self.core.stretch(about, number)
                    if stretch is not None:
                        self.announce_state(stretch)
            self.settle(then)

    def then(self, moment: dt.date) -> dt.date:
        """The first moment past that one, or the latest that was settled: time does not run back."""
        latest = self.core.latest
        return lives.after(moment) if latest is None or self.is_ahead(moment) else latest

    def is_valid(self, timer: Timer) -> bool:
        """Whether what a timer was set for is still to come."""
        _, kind, number, about, when = timer
        if number not in self.core.live and kind != EPOCH:
            return False
        if kind in (DUE, REPEAL):
            life = self.core.life(about, number)
            if life is None or life.status is not DutyStatus.OPEN:
                return False
            return kind == REPEAL or life.due == when
        if kind == EPOCH:
            return self.is_ahead(when)
        stretch = self.core.stretch(about, number)
        if stretch is None or stretch.over:
            return False
        if kind == DOUBT:
            return stretch.view.sure_until == when and self.is_ahead(when)
        return (
            stretch.started and stretch.view.until == when if kind == END else not stretch.started
        )

    # --- what the state of things makes of it

    def settle(self, now: dt.date) -> None:
        """Let everything that the law says of the moment take hold."""
        core, rules = self.core, self.rules
        if now is not core.latest:
            core.latest = now
            if core.epoch < len(rules.epochs):
                self.enter_epochs(now)
        if rules.watches_now:
            self.announce("now", "", "")
        if self.dirty_bounds:
            self.bound(now)
        if self.touched:
            self.turns(now)
        if self.dirty_until:
            self.reviews(now)
        if self.dirty_dated or self.all_dated:
            self.watches(now)
        if core.waiting:
            self.begin_periods(now)

    def enter_epochs(self, now: dt.date) -> None:
        """Look at everything again where a day has come on which the law changes."""
        core, epochs, day = self.core, self.rules.epochs, dates.day_of(now)
        if epochs[core.epoch] <= day:
            while core.epoch < len(epochs) and epochs[core.epoch] <= day:
                core.epoch += 1
            self.look_again()

    def look_again(self) -> None:
        """A norm has come into force or gone out of it: look at everything again."""
        for state, running in self.core.running.items():
            if self.rules.states[state].lapses:
                self.dirty_bounds.update(running)
        for norm in self.core.tracked:
            self.review_of(norm)
        self.all_dated.update(dict.fromkeys(duty.norm.id for duty in self.rules.dated))
