"""What is open, by number: the part of a replay's core that grows with it, and what of it has changed.

Each stretch that is not over, and each duty that may still move, has its places in the core: under its act or state,
under its norm, among what is live, with its timers. What has changed is told from the dossiers that were written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from writ.journal.core import DOUBT, DUE, END, EPOCH, REPEAL, START, Core, Timer
from writ.journal.dossier import Dossier
from writ.journal.life import ONE_DAY
from writ.journal.replay import Replay
from writ.journal.replay_states import before

Place = tuple[str, str, str, str]
"""Its thing; the act under which it is owed; its norm, if something else may close it; the state under which it is
running. Empty is what it is not."""
Open = tuple[Place, bool, tuple[tuple[int, int, dt.date], ...]]
"""Its place; whether a timer may be for it; its timers, without its number and thing."""
Change = tuple[int, Place | None, Open | None]
"""The number, where it was, and what it is; None: not in the core."""


def everything(core: Core) -> dict[str, dict[int, Open]]:
    """All that is open, by thing and number, as the core has it."""
    timers: dict[int, list[tuple[int, int, dt.date]]] = {}
    for moment, kind, number, _, when in core.timers:
        timers.setdefault(number, []).append((moment, kind, when))
    tracked = {
        number: norm
        for norm, there in core.tracked.items()
        for numbers in there.values()
        for number in numbers
    }
    found: dict[str, dict[int, Open]] = {}

    def add(number: int, about: str, act: str, state: str) -> None:
        place = (about, act, tracked.get(number, ""), state)
        one = (place, number in core.live, tuple(timers.get(number, ())))
        found.setdefault(about, {})[number] = one

    for act, there in core.owed.items():
        for about, numbers in there.items():
            for number in numbers:
                add(number, about, act, "")
    for state, running in core.running.items():
        for number, about in running.items():
            add(number, about, "", state)
    return found


def of_dossier(replay: Replay, dossier: Dossier) -> dict[int, Open]:
    """What is open about one thing. Of what left memory, nothing: it is owed elsewhere (`Core.away`)."""
    found: dict[int, Open] = {}
    about, core, instant = dossier.about, replay.core, replay.clock.instant
    if about and dossier.closed:
        return found
    for number, life in dossier.lives.items():
        norm = replay.book.by_id[life.norm]
        live = number in core.live
        timers: list[tuple[int, int, dt.date]] = []
        if live and life.due is not None:
            timers.append((instant(life.due), DUE, life.due))
        if live and norm.end is not None:
            last = norm.end - ONE_DAY
            timers.append((instant(last), REPEAL, last))
        tracked = number in core.tracked.get(life.norm, {}).get(about, ())
        place = (about, norm.act, life.norm if tracked else "", "")
        found[number] = (place, live, tuple(timers))
    for number, stretch in dossier.stretches.items():
        view = stretch.view
        whens: list[tuple[int, dt.date | None]] = [(END, view.until), (DOUBT, view.sure_until)]
        if not stretch.started and stretch.raw.since is not None:
            whens.append((START, before(stretch.raw.since)))
        ahead = tuple((instant(when), kind, when) for kind, when in whens if when is not None)
        found[number] = ((about, "", "", view.state), number in core.live, ahead)
    return found


def changes(
    replay: Replay, known: dict[str, dict[int, Open]], written: Iterable[Dossier]
) -> list[Change]:
    """What has changed about some things, which `known` tells of from then on."""
    found: list[Change] = []
    for dossier in written:
        now = of_dossier(replay, dossier)
        old = known.pop(dossier.about, {})
        if now:
            known[dossier.about] = now
        found += [(number, one[0], None) for number, one in old.items() if number not in now]
        for number, new in now.items():
            then = old.get(number)
            if new != then:
                found.append((number, then[0] if then is not None else None, new))
    return found


def net(parts: Iterable[list[Change]]) -> dict[int, tuple[Place | None, Open | None]]:
    """What several changes, one after another, come to."""
    found: dict[int, tuple[Place | None, Open | None]] = {}
    for part in parts:
        for number, old, new in part:
            first = found.get(number)
            found[number] = (old if first is None else first[0], new)
    return found


def apply(core: Core, changed: Mapping[int, tuple[Place | None, Open | None]]) -> None:
    """Let a core have what has changed. Timers of what is over may stay, as they do in any core."""
    for number in sorted(changed):  # what runs of a state is in the order in which it began
        old, new = changed[number]
        if old is not None and (new is None or old != new[0]):
            _take_out(core, number, old)
        if new is None:
            core.live.discard(number)
            continue
        (about, act, norm, state), live, timers = new
        if act:
            core.owed.setdefault(act, {}).setdefault(about, {})[number] = None
        if norm:
            core.tracked.setdefault(norm, {}).setdefault(about, {})[number] = None
        if state:
            core.running.setdefault(state, {})[number] = about
        if live:
            core.live.add(number)
        else:
            core.live.discard(number)
        core.timers += [(moment, kind, number, about, when) for moment, kind, when in timers]


def _take_out(core: Core, number: int, old: Place) -> None:
    about, act, norm, state = old
    for store, name in ((core.owed, act), (core.tracked, norm)):
        if name:
            there = store[name]
            there[about].pop(number)
            if not there[about]:
                del there[about]
    if state:
        core.running[state].pop(number)


def is_ahead(core: Core, timer: Timer) -> bool:
    """Whether a timer may still have something to do."""
    return timer[1] == EPOCH or timer[2] in core.live
