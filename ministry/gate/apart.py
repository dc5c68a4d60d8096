"""A replay led on apart: what time alone brings until a moment, without touching the replay that follows the register.

A question, or an act that is then refused, is no entry of the journal: what the law says of its moment is looked at and
forgotten. Copied is what time may change, of things as soon as it comes to them; the rest is shared.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from copy import copy

import msgspec

from ministry.gate.following import Closed, Following
from writ.journal.core import Core, Dossiers
from writ.journal.dossier import Dossier
from writ.journal.life import Life, Stretch

PENDING = ("dirty_bounds", "touched", "dirty_until", "dirty_dated", "all_dated")
"""What a replay still has to look at again."""


class Apart(Dossiers):
    """The dossiers of another replay; one that is asked for is copied."""

    def __init__(self, others: Dossiers) -> None:
        self._others = others
        super().__init__()

    def get(self, about: str) -> Dossier | None:
        found = self.live.get(about)
        if found is None:
            there = self._others.live.get(about)
            if there is None:
                return None
            found = self.live[about] = copied(there)
        self.touched.add(about)
        return found

    def peek(self, about: str) -> Dossier | None:
        return self.live.get(about) or self._others.live.get(about)

    def things(self) -> Iterator[tuple[str, str]]:
        there = {**self._others.live, **self.live}
        return iter(sorted((about, one.family) for about, one in there.items()))


def copied(dossier: Dossier) -> Dossier:
    """A dossier of which the duties and the states may move. What was done about the thing only an act changes."""
    found = Dossier(dossier.about)
    found.family, found.facts, found.done = dossier.family, dossier.facts, dossier.done
    found.dues, found.last_over = {*dossier.dues}, {**dossier.last_over}
    found.stretches = {number: stretch(one) for number, one in dossier.stretches.items()}
    found.lives = {number: life(one) for number, one in dossier.lives.items()}
    return found


def stretch(one: Stretch) -> Stretch:
    raw, view = msgspec.structs.replace(one.raw), msgspec.structs.replace(one.view)
    return msgspec.structs.replace(one, raw=raw, view=view, turns=[*one.turns])


def life(one: Life) -> Life:
    return msgspec.structs.replace(one, turns=[*one.turns])


def apart(old: Following) -> Following:
    """The same replay, to be led on and thrown away. No entry may be fed to it."""
    core, mine = Core.__new__(Core), old.core
    core.__dict__.update(mine.__dict__)
    core.dossiers = Apart(mine.dossiers)
    core.timers = [*mine.timers]
    core.running = {state: {**there} for state, there in mine.running.items()}
    core.owed = {act: {a: {**n} for a, n in there.items()} for act, there in mine.owed.items()}
    core.tracked = {
        one: {a: {**n} for a, n in there.items()} for one, there in mine.tracked.items()
    }
    core.last_over, core.waiting = {**mine.last_over}, {**mine.waiting}
    core.acted, core.live, core.periods = {*mine.acted}, {*mine.live}, {*mine.periods}
    core.families, core.brought = mine.families.copy(), {*mine.brought}
    found = Following(old.book, Closed(), None, core, old.rules)
    for name in PENDING:
        setattr(found, name, {**getattr(old, name)})
    return found


def whole(old: Following) -> Following:
    """The same with all that it has copied, so that it may go on under another edition."""
    found = apart(old)
    for about in list(old.core.dossiers.live):
        found.core.dossiers.get(about)
    found.core.dossiers.touched.clear()
    found.core.offices = copy(old.core.offices)
    return found


def is_due(replay: Following, limit: int) -> bool:
    """Whether anything happens by time alone before a time (`writ.journal.core.Clock`)."""
    timers = replay.core.timers
    while timers and timers[0][0] < limit:
        if replay.is_valid(timers[0]):
            return True
        heapq.heappop(timers)  # of what is over: the next entry would let go of it, too
    return False
