"""Duties that fall away, and those that the law alone opens, in the fast replay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from writ.book import dates
from writ.book.model import Norm
from writ.book.terms import Value
from writ.engine.applies import in_force
from writ.journal import life as lives
from writ.journal.core import DUE
from writ.journal.entry import Entry
from writ.journal.excuses import excuses, grounds, sparing
from writ.journal.life import Due, Life
from writ.journal.record import DutyStatus
from writ.journal.replay_duties import Duties
from writ.journal.rules import DutyRules


class Reviews(Duties):
    """What is asked again when something has changed."""

    def is_ahead(self, moment: dt.date) -> bool:
        """Whether nothing was settled after a day or moment."""
        latest = self.core.latest
        return latest is None or dates.compare(latest, moment, self.zone) <= 0

    # --- falling away

    def reviews(self, now: dt.date) -> None:
        """Close the duties that have fallen away, of those that something changed for."""
        todo, self.dirty_until = self.dirty_until, {}
        for number in sorted(todo):
            life = self.core.life(todo[number], number)
            if life is not None:
                self.review(life, now)
                self.close(life)

    def review(self, life: Life, now: dt.date) -> None:
        duty = self.book.by_id[life.norm]
        if duty.while_state and not self.runs(duty, life.about):
            if life.status is DutyStatus.OPEN:
                self.drop(life, DutyStatus.NOT_OPENED, now)
            return
        if life.status is not DutyStatus.OPEN:
            return
        if duty.end is not None and dates.day_of(now, self.zone) >= duty.end:
            life.move(DutyStatus.LAPSED, now)
        elif self.fallen(duty, life, now):
            self.drop(life, DutyStatus.LAPSED, now)
        elif duty.trigger is not None and duty.due_by is not None:
            day = self.day(duty, life.about, now, life.facts)
            if day[0] is not None:
                self.move_day(life, day)

    def breach(self, life: Life, at: dt.date, then: dt.date) -> None:
        """The day of a duty has passed without it (`Reference.breach`)."""
        duty, in_time = self.book.by_id[life.norm], self.is_ahead(at)
        moment = at if in_time else then
        if in_time and lives.is_dated(duty) and not self.owed(duty, life.about, at):
            self.drop(life, DutyStatus.NOT_OPENED, moment)
            self.note_day(life)
        elif self.fallen(duty, life, moment):
            self.drop(life, DutyStatus.LAPSED, moment)
        else:
            life.move(DutyStatus.BREACHED, moment)
            self.untrack(life)
            self.note_day(life)
            self.follow(duty, life, then)
        self.close(life)

    def owed(self, duty: Norm, about: str, at: dt.date) -> bool:
        """Whether a duty that the law alone opens was owed on its day."""
        return self.asked(duty, about, at, {}) is not False and not self.excused(
            duty, about, at, {}
        )

    def move_day(self, life: Life, day: Due) -> None:
        if life.due != day[0] and day[0] is not None:
            self.set_timer(DUE, life.number, life.about, day[0])
        life.due, life.moved = day

    def fallen(self, duty: Norm, life: Life, now: dt.date) -> bool:
        """Whether its `until` has come true, or, of one that something opened, somebody need not do it."""
        rules = self.rules.duties[duty.id]
        if rules.falls is not None and (
            self.holds(duty, rules.falls, rules.until, life.about, now, life.facts) is True
        ):
            return True
        return not lives.is_dated(duty) and self.excused(duty, life.about, now, life.facts)

    def excused(self, duty: Norm, about: str, now: dt.date, facts: Mapping[str, Value]) -> bool:
        """Whether a permission to leave it undone prevails over it."""
        rules = self.rules.duties[duty.id]
        if not rules.excuses:
            return False
        request = self.question(duty, about, now, facts, rules.until)
        views = self.views(rules.until, about, rules.family)
        return any(excuses(self.book, norm, duty, request, views) for norm in rules.excuses)

    def drop(self, life: Life, status: DutyStatus, now: dt.date) -> None:
        """Let a duty fall away, with the provisions by which it is not owed."""
        rules = self.rules.duties[life.norm]
        found: tuple[str, ...] = ()
        if rules.excuses or not rules.hangs.is_free():
            request = self.question(rules.norm, life.about, now, life.facts, rules.falling)
            views = self.views(rules.falling, life.about, rules.family)
            found = grounds(self.book, rules.excuses, rules.norm, request, views, rules.hangs)
        life.move(status, now, citations=found)

    def spared(self, duty: Norm, about: str, now: dt.date) -> tuple[str, ...]:
        """The provisions of the permissions to leave it undone that hold."""
        rules = self.rules.duties[duty.id]
        request = self.question(duty, about, now, {}, rules.until)
        views = self.views(rules.until, about, rules.family)
        return sparing(self.book, rules.excuses, duty, request, views)

    def runs(self, duty: Norm, about: str) -> bool:
        """Whether a state that it lasts with is not over."""
        running = self.core.running.get(duty.while_state, {})
        family = self.rules.states[duty.while_state].thing
        if not about or not self.rules.related(self.rules.duties[duty.id].family, family):
            return bool(running)
        for one in (about, ""):
            dossier = self.core.dossiers.get(one)
            for stretch in dossier.stretches.values() if dossier else ():
                if stretch.raw.state == duty.while_state:
                    return True
        return False

    def remove(self, entry: Entry) -> None:
        """What is owed about a thing, or by an office, that is no more falls away."""
        known = self.core.dossiers.get(entry.name)
        mine = list(known.lives.values()) if known is not None else []
        if entry.name in self.book.vocabulary.actors:
            mine += [
                life
                for about in self.core.things_owed()
                for life in self.core.dossier(about).lives.values()
                if {a.name for a in self.book.by_id[life.norm].bearer.actors} == {entry.name}
            ]
        for life in mine:
            if life.status is DutyStatus.OPEN:
                life.move(DutyStatus.LAPSED, entry.at, entry.id)
                self.close(life)

    # --- what the law alone opens

    def watches(self, now: dt.date) -> None:
        """Look again at the duties with a day of their own, of those that something changed for."""
        todo, self.dirty_dated = self.dirty_dated, {}
        everything, self.all_dated = self.all_dated, {}
        if everything:
            self.spread_wide(list(everything), now, todo)
        self.spread(todo)
        if not todo:
            return
        order, day, dossiers = self.rules.index.place, now.toordinal(), self.core.dossiers
        for name, about in sorted(todo, key=lambda one: (order[one[0]], one[1])):
            rules = self.rules.duties[name]
            if not rules.compiled.in_force(day, self.known):
                continue
            if about:
                known = dossiers.get(about)
                if known is None or not self.rules.is_subject(rules.family, known.family):
                    continue
            elif any(self.rules.is_subject(rules.family, thing) for thing in self.core.families):
                continue
            self.watch(rules.norm, about, now)
            if len(dossiers.live) > dossiers.limit:
                dossiers.shed()

    def spread_wide(
        self, names: list[str], now: dt.date, todo: dict[tuple[str, str], None]
    ) -> None:
        """Add some duties for each thing about which they are, or may be, owed: in the archive it is only read."""
        core, index = self.core, self.rules.index
        asked = [self.rules.duties[name] for name in names]
        asked = [duty for duty in asked if in_force(duty.norm, now, self.known_at)]
        of_family: dict[str, list[DutyRules]] = {}
        for about, family in core.dossiers.things() if asked else ():
            duties = of_family.get(family)
            if duties is None:
                duties = [one for one in asked if self.rules.is_subject(one.family, family)]
                of_family[family] = duties
            dossier = core.dossiers.peek(about) if about and duties else None
            if dossier is None:
                continue
            facts = {**core.facts, **dossier.facts}
            owed = {life.norm for life in dossier.lives.values()}
            for duty in duties:
                if duty.norm.id in owed or not duty.is_out(facts, index):
                    todo[duty.norm.id, about] = None
        todo.update(dict.fromkeys((name, "") for name in names))

    def spread(self, todo: dict[tuple[str, str], None]) -> None:
        """Put the duties that may be owed about a thing, and those that are, in the place of ("", thing)."""
        for about in [about for name, about in todo if not name]:
            del todo["", about]
            dossier = self.core.dossiers.get(about)
            if dossier is None:
                continue
            dated, facts = self.rules.dated_of(dossier.family), self.stands(about)
            for duty in dated.among(facts):
                todo[duty.norm.id, about] = None
            for life in dossier.lives.values():
                if lives.is_dated(self.rules.duties[life.norm].norm):
                    todo[life.norm, about] = None

    def watch(self, duty: Norm, about: str, now: dt.date) -> None:
        """Open, move or close a duty that the law alone opens (`Reference.watch`)."""
        rules = self.rules.duties[duty.id]
        dossier = self.core.dossier(about)
        live = [one for one in dossier.lives.values() if one.norm == duty.id]
        if not live and rules.is_out(self.stands(about), self.rules.index):
            return
        truth = self.put(rules, rules.compiled.joint, rules.watched, about, now, {})
        if truth is False and not live:
            return
        if truth is not False and self.excused(duty, about, now, {}):
            truth = False
        day = self.day(duty, about, now, {})
        for one in live:
            if one.status is not DutyStatus.OPEN:
                continue
            if truth is False or day[0] is None:
                self.drop(one, DutyStatus.NOT_OPENED, now)
                self.close(one)
            else:
                self.move_day(one, day)
        if live or truth is False or day[0] is None or (duty.id, day[0]) in dossier.dues:
            return
        start = self.core.start
        if start is not None and dates.compare(day[0], start, self.zone) < 0:
            event = self.current[1] if self.current is not None else None
            if event is None or not any(
                lives.performs(self.book, duty, about, to, event) for to in lives.heirs(duty)
            ):
                dossier.dues.add((duty.id, day[0]))
                return  # what was due before the journal began it does not tell
        for life in self.open(rules, truth, now, "", about, {}, day):
            if self.current is None:
                continue
            entry, event = self.current
            if lives.performs(self.book, duty, life.about, life.to, event):
                self.perform(life, entry)
                self.note_day(life)
                self.close(life)

    def appear(self, actor: str) -> None:
        """Somebody acts for the first time: what recurs for them by the law alone begins."""
        core = self.core
        core.acted.add(actor)
        for duty in self.rules.periodic:
            if duty.id not in core.periods and self.admits(duty.bearer, actor):
                core.waiting[duty.id] = None

    def begin_periods(self, now: dt.date) -> None:
        """Open the recurring duties that the law alone opens, from the day on which a bearer first acted."""
        core = self.core
        for name in [name for name in self.rules.period_names if name in core.waiting]:
            rules = self.rules.duties[name]
            duty = rules.norm
            if not in_force(duty, now, self.known_at):
                continue
            opened = dates.day_of(now, self.zone)
            if self.open(rules, self.asked(duty, "", now, {}), opened, "", "", {}):
                core.periods.add(name)
                del core.waiting[name]
