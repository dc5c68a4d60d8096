"""Stretches of states as decisions see them where the history of a request does not tell them.

A breach comes by time, and no act tells of it; a part of an act that several must do is in the history, and begins
nothing. So where a decision may look at a state on which either has a hand, all states that it looks at are taken from
the docket, which follows the register as the replay of the journal does, settled to the moment; none is then told by
the history as well. Other decisions do not ask the docket, and cost nothing.
"""

from __future__ import annotations

import datetime as dt
from weakref import WeakKeyDictionary

from ministry.database import router
from ministry.database.transaction import now
from ministry.editions.queries import Law
from ministry.gate.docket import Docket
from ministry.gate.duties import docket
from ministry.gate.parts import joint_acts
from ministry.gate.transaction import in_act
from ministry.labels.rows import lifted
from writ.book.dates import zone_of
from writ.book.model import Book
from writ.engine.asked import Given
from writ.engine.engine import Engine
from writ.engine.instance import Instance
from writ.engine.request import Request
from writ.journal.looks import looks_of_effects, looks_of_norm
from writ.journal.rules import Rules
from writ.journal.sequence import zone_of_book

States = tuple[Instance, ...]
PRESENT = dt.timedelta(minutes=1)
"""A question of a moment so near is one of how things stand."""

_untold: WeakKeyDictionary[Book, frozenset[str]] = WeakKeyDictionary()
_rests: WeakKeyDictionary[Book, dict[str, bool]] = WeakKeyDictionary()
_reading: dict[str, Docket] = {}


def untold(book: Book) -> frozenset[str]:
    """The states of which a history does not tell all: a breach does something to them, or an act done in parts."""
    found = _untold.get(book)
    if found is None:
        joint, down = joint_acts(book), book.vocabulary.act_down
        effects = [one for norm in book.norms for one in norm.breach]
        for norm in book.norms:
            if norm.effects and not joint.isdisjoint(down.get(norm.act, ())):
                effects += norm.effects
        found = _untold[book] = frozenset(one.state for one in effects if one.verb != "escalates")
    return found


def asks_docket(law: Law, act: str) -> bool:
    """Whether a decision on an act may look at such a state, or at one that begins or ends as such a one does."""
    states = untold(law.book)
    if not states or act not in law.book.vocabulary.acts:
        return False
    known = _rests.setdefault(law.book, {})
    if act not in known:
        known[act] = not states.isdisjoint(looked_at(law.rules, law.rules.act(act).looks.states))
    return known[act]


def looked_at(rules: Rules, states: frozenset[str]) -> set[str]:
    """Some states, and those on which it depends when they begin and end."""
    left, found = set(states), set[str]()
    while left:
        state = left.pop()
        found.add(state)
        more = rules.states[state].looks.states
        for norm in rules.book.norms:
            effects = (*norm.effects, *norm.breach)
            if any(effect.state == state for effect in effects):
                more |= looks_of_norm(norm).states | looks_of_effects(effects).states
        left |= more - found
    return found


def standing_docket() -> Docket:
    """The docket that an act goes on from; for a question one that sees only what is committed."""
    if in_act():
        return docket()
    return _reading.setdefault(router.current(), Docket(reads=True))


def states_at(
    law: Law,
    act: str,
    thing: str,
    about: str,
    at: dt.datetime,
    within: Docket | None = None,
    before: int | None = None,
) -> States | None:
    """The stretches of states that a decision on an act may look at; None where its history tells them all.

    They are as of a moment: a duty whose day was past by then is breached, whether or not anything was done since.
    """
    if not asks_docket(law, act):
        return None
    taken = within or standing_docket()
    with lifted(), taken.lock:
        taken.up_to(before)
        if taken.law is not None and taken.law.digest != law.digest:
            return None  # a question to an edition that is not in force
        replay = taken.as_of(at)
        if replay is None:
            return ()
        rules = law.rules.act(act)
        return replay.views(rules.looks, about, thing or rules.thing)


def past_of(law: Law, request: Request, states: States | None) -> Given | None:
    """The past of a request whose states are given: nothing that its history tells begins or ends another."""
    if states is None:
        return None
    engine: Engine = law.engine
    return Given(law.book, request, engine.timeline.instances, states)


def as_things_stand(law: Law, request: Request) -> States | None:
    """The states that a question of the present looks at, unless it tells the past itself."""
    if request.done or request.states or not asks_docket(law, request.act):
        return None
    at = now()
    if not is_present(law.book, request.at, at):
        return None
    return states_at(law, request.act, request.thing, request.about, at)


def is_present(book: Book, asked: dt.date, at: dt.datetime) -> bool:
    if isinstance(asked, dt.datetime):
        return asked.tzinfo is not None and abs(at - asked) < PRESENT
    zone = zone_of_book(book)
    return asked == (at.astimezone(zone_of(zone)) if zone else at).date()
