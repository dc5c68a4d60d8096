"""What time alone brings in the reference replay: days that pass, ends of states, norms that come into force."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable

from writ.book import dates
from writ.book.model import Norm
from writ.journal import life as lives
from writ.journal.life import Life, after
from writ.journal.record import DutyStatus
from writ.journal.world import World


class Passage(World, ABC):
    """The part of a replay that lets time pass. `settle` says what the law makes of a moment."""

    epochs: list[dt.date]
    latest: dt.date | None
    """The latest moment at which everything was looked at."""
    passed: set[tuple[str, str, dt.date | None]]
    """Duties that the law alone opens, with their things and days, that were not owed on their day."""
    brought: set[tuple[str, str]]
    """Of which duties, about which things, a breach has had its effects at this moment."""

    @abstractmethod
    def settle(self, now: dt.date) -> None:
        """Let everything that the law says of the moment take hold."""

    @abstractmethod
    def fallen(self, duty: Norm, life: Life, now: dt.date) -> bool:
        """Whether its `until` has come true, or, of one that something opened, somebody need not do it."""

    @abstractmethod
    def follow(self, duty: Norm, life: Life, at: dt.date) -> None:
        """What a breach brings."""

    def advance(self, now: dt.date) -> None:
        """Let everything happen that time alone brings before `now`, in order."""
        while True:
            due = [moment for moment in self.timers() if dates.compare(now, moment, self.zone) > 0]
            if not due:
                return
            moment = min(due, key=self.instant)
            then = self.then(moment)
            if then != self.latest:
                self.brought.clear()
            for life in self.lives:
                due_day = life.due if life.status is DutyStatus.OPEN else None
                if due_day is not None and self.instant(due_day) <= self.instant(moment):
                    self.breach(life, due_day, then)
            self.settle(then)

    def then(self, moment: dt.date) -> dt.date:
        """The first moment past that one, or the latest that was looked at: time does not run back."""
        latest = self.latest
        return after(moment) if latest is None or self.is_ahead(moment) else latest

    def timers(self) -> Iterable[dt.date]:
        """The days and moments after which something changes by itself."""
        for life in self.lives:
            if life.status is DutyStatus.OPEN and life.due is not None:
                yield life.due
        for stretch in self.stretches:
            if stretch.started and not stretch.over and stretch.view.until is not None:
                yield stretch.view.until
            sure = stretch.view.sure_until
            if sure is not None and not stretch.over and self.is_ahead(sure):
                yield sure
            if not stretch.started and stretch.raw.since is not None:
                yield self.before(stretch.raw.since)
        for life in self.lives:
            end = self.norm(life).end
            if life.status is DutyStatus.OPEN and end is not None:
                yield end - lives.ONE_DAY
        for day in self.epochs if self.latest is not None else ():
            if self.is_ahead(day - lives.ONE_DAY):
                yield day - lives.ONE_DAY

    def is_ahead(self, moment: dt.date) -> bool:
        """Whether nothing was looked at after a day or moment."""
        return self.latest is None or dates.compare(self.latest, moment, self.zone) <= 0

    def before(self, moment: dt.date) -> dt.date:
        """The last day or moment before it."""
        if isinstance(moment, dt.datetime):
            return moment - lives.AN_INSTANT
        return moment - lives.ONE_DAY

    def breach(self, life: Life, at: dt.date, then: dt.date) -> None:
        """The day of a duty has passed without it; before it was opened, or its day moved, if `then` is later."""
        duty, in_time = self.norm(life), self.is_ahead(at)
        moment = at if in_time else then
        if in_time and lives.is_dated(duty) and not self.owed(duty, life.about, at):
            self.passed.add((duty.id, life.about, life.due))
            self.drop(life, DutyStatus.NOT_OPENED, moment)
        elif self.fallen(duty, life, moment):
            self.drop(life, DutyStatus.LAPSED, moment)
        else:
            life.move(DutyStatus.BREACHED, moment)
            self.follow(duty, life, then)

    def owed(self, duty: Norm, about: str, at: dt.date) -> bool:
        """Whether a duty that the law alone opens was owed on its day."""
        return self.asked(duty, about, at, {}) is not False and not self.excused(
            duty, about, at, {}
        )
