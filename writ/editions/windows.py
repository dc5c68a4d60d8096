"""How the days on which something is in force changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from writ.book.model import Instrument, Norm, Vacancy
from writ.editions import wording
from writ.editions.change import Detail


class Window(msgspec.Struct, frozen=True):
    """The days in force: from `start` (None: never yet) until the day before `end`, without the suspensions."""

    start: dt.date | None
    end: dt.date | None = None
    gaps: tuple[Vacancy, ...] = ()

    def contains(self, other: Window) -> bool:
        """Whether this is in force whenever the other is."""
        if other.start is None:
            return True
        if self.start is None or self.start > other.start:
            return False
        if self.end is not None and (other.end is None or other.end > self.end):
            return False
        return all(other.free_of(gap) for gap in self.gaps)

    def free_of(self, gap: Vacancy) -> bool:
        """Whether this is in force on no day of the gap."""
        if self.start is None or (gap.end is not None and gap.end < self.start):
            return True
        if self.end is not None and gap.start >= self.end:
            return True
        return any(
            mine.start <= gap.start
            and (mine.end is None or (gap.end is not None and gap.end <= mine.end))
            for mine in self.gaps
        )

    def words(self) -> tuple[str, ...]:
        return wording.window(self.start, self.end, self.gaps)


def in_force(old: Window, new: Window) -> Iterator[Detail]:
    """The respect `in force`, where the days differ. `how` names the commonest causes."""
    if old == new:
        return
    narrower, wider = old.contains(new), new.contains(old)
    if narrower and wider:
        return
    how = "narrower" if narrower else "wider" if wider else "other"
    if old.start is None:
        how = "commenced"
    elif old.start == new.start and old.end == new.end:
        how = "suspended" if narrower else "resumed" if wider else "other"
    elif old.start == new.start and old.gaps == new.gaps and old.end is None:
        how = "repealed"
    yield Detail("in force", how, old.words(), new.words())


def of_norms(
    old: Norm, new: Norm, instruments: tuple[Instrument, Instrument] | None
) -> tuple[Window, Window]:
    """The windows of a norm in both editions. What only follows its instrument's is as if it had not changed."""
    start, end = old.start, old.end
    if instruments is not None:
        before, after = instruments
        if start == before.start and new.start == after.start:
            start = new.start
        if end == before.end and new.end == after.end:
            end = new.end
    return Window(start, end, old.gaps), Window(new.start, new.end, new.gaps)


def of_instruments(old: Instrument, new: Instrument) -> Iterator[Detail]:
    """How the days of an instrument changed."""
    return in_force(Window(old.start, old.end), Window(new.start, new.end))
