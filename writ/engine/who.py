"""Who may do this, and what may this actor do: by index over the bearers of grants, not by asking for everyone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from writ.book.model import ANYONE, Norm
from writ.book.wording import say
from writ.engine.answer import Decision, Outcome
from writ.engine.chain import DELEGABLE
from writ.engine.entry import Entry
from writ.engine.request import Request
from writ.engine.situation import bearer_admits

if TYPE_CHECKING:
    from writ.engine.engine import Engine

COULD = (Outcome.PERMITTED, Outcome.NEEDS)


class Held(msgspec.Struct, frozen=True):
    """A norm that bears on an act of an actor, with what it asks, in words. `thing` is empty for any thing."""

    norm: str
    citation: str
    kind: str
    title: str
    thing: str
    when: tuple[str, ...]
    needs: tuple[str, ...]


class Delegable(msgspec.Struct, frozen=True):
    """A power that could be delegated to the actor: by whom, by which act, under which norm, and within what bounds."""

    by: tuple[str, ...]
    through: str
    norm: str
    citation: str
    when: tuple[str, ...]
    limited_to: tuple[str, ...]


class Power(msgspec.Struct, frozen=True):
    """An act (with those that are it) that an actor holds a grant for, or could be delegated."""

    act: str
    narrower: tuple[str, ...]
    grants: tuple[Held, ...]
    bounds: tuple[Held, ...]
    """Bars and limits on the same act for the same actor."""
    delegable: tuple[Delegable, ...]


def who(engine: Engine, request: Request, persons: bool = False) -> list[tuple[str, Decision]]:
    """The offices and bodies (and persons) that could do it: the answer is `permitted` or `needs`."""
    found = []
    for actor in candidates(engine, request, persons):
        decision = engine.decide(msgspec.structs.replace(request, actor=actor))
        if decision.outcome in COULD:
            found.append((actor, decision))
    return found


def candidates(engine: Engine, request: Request, persons: bool) -> list[str]:
    """Those whom a grant names, by itself or by what they are, in the order of the book; all, for an omission."""
    index, vocabulary = engine.index, engine.book.vocabulary
    on_act = index.on_act(request.act)
    day = request.at.toordinal()
    known = request.known_at.toordinal() if request.known_at else None
    named: set[str] = set()
    for at in on_act.norms:
        entry = index.entry(at)
        if entry.grant and entry.in_force(day, known):
            named |= reach(engine, entry.norm)
    if request.delegations:
        named |= vocabulary.actor_down.get(request.delegations[-1].to, frozenset())
    free = request.omit
    return [
        name
        for name, actor in vocabulary.actors.items()
        if (persons or actor.kind != "person")
        and (free or name in named or (actor.kind == "person" and not on_act.reserved))
    ]


def reach(engine: Engine, norm: Norm) -> set[str]:
    """The actors whom the bearer of a norm admits."""
    vocabulary, bearer = engine.book.vocabulary, norm.bearer
    found: set[str] = set()
    for actor in bearer.actors:
        found |= vocabulary.actor_down.get(actor.name, frozenset())
    for actor in bearer.excepted:
        found -= vocabulary.actor_down.get(actor.name, frozenset())
    return found


def may(engine: Engine, actor: str, at: dt.date, known_at: dt.date | None = None) -> list[Power]:
    """The acts that an actor holds a grant for, or could be delegated, in the order of the vocabulary."""
    day, known = at.toordinal(), known_at.toordinal() if known_at else None
    grants: dict[str, list[Entry]] = {}
    for entry in bearing(engine, actor):
        if entry.grant and entry.in_force(day, known):
            grants.setdefault(entry.norm.act, []).append(entry)
    passed = delegable(engine, actor, day, known)
    vocabulary = engine.book.vocabulary
    found = []
    for act in vocabulary.acts:
        if act not in grants and act not in passed:
            continue
        above = vocabulary.act_up[act]
        bounds = [
            entry
            for entry in engine.index.entries(engine.index.on_act(act).norms)
            if (entry.bar or entry.limit)
            and entry.kind != "immunity"
            and entry.norm.act in above
            and entry.in_force(day, known)
            and bearer_admits(vocabulary, entry.norm.bearer, actor)
        ]
        found.append(
            Power(
                act,
                tuple(sorted(vocabulary.act_down[act] - {act})),
                tuple(held(entry.norm) for entry in grants.get(act, ())),
                tuple(held(entry.norm) for entry in bounds),
                tuple(passed.get(act, ())),
            )
        )
    return found


def bearing(engine: Engine, actor: str) -> tuple[Entry, ...]:
    """The norms that bind an actor, by name or by what it is."""
    index, vocabulary = engine.index, engine.book.vocabulary
    above = vocabulary.actor_up.get(actor, frozenset({ANYONE}))
    places = {at for name in above for at in index.by_bearer.get(name, ())}
    return index.entries(
        at for at in places if bearer_admits(vocabulary, index.book.norms[at].bearer, actor)
    )


def delegable(
    engine: Engine, actor: str, day: int, known: int | None
) -> dict[str, list[Delegable]]:
    """What could be delegated to an actor, by act: where the rule allows it and its bearer has something to give."""
    index, vocabulary = engine.index, engine.book.vocabulary
    found: dict[str, list[Delegable]] = {}
    for at in index.delegations:
        entry = index.entry(at)
        rule = entry.norm
        if not entry.in_force(day, known):
            continue
        if rule.recipients is not None and not bearer_admits(vocabulary, rule.recipients, actor):
            continue
        givers = reach(engine, rule)
        for act in rule.delegated:
            holders: set[str] = set()
            for place in index.on_act(act).norms:
                power = index.entry(place)
                if power.kind in DELEGABLE and power.grant and power.in_force(day, known):
                    holders |= reach(engine, power.norm)
            by = tuple(name for name in vocabulary.actors if name in givers & holders)
            if by:
                found.setdefault(act, []).append(
                    Delegable(
                        by,
                        rule.act,
                        rule.id,
                        rule.citation,
                        tuple(say(condition) for condition in rule.when),
                        tuple(say(condition) for condition in rule.limited_to),
                    )
                )
    return found


def held(norm: Norm) -> Held:
    needs = [f"after {say(step)}" for step in norm.after]
    needs += [f"with {say(condition)}" for condition in norm.with_]
    needs += [f"stating {path.name}" for path in norm.stating]
    needs += [f"recording {path.name}" for path in norm.recording]
    needs += [f"together: {say(actor)}" for actor in norm.bearer.actors if actor.number]
    if norm.bearer.mode == "each":
        needs.append(f"together: {say(norm.bearer)}")
    return Held(
        norm.id,
        norm.citation,
        norm.kind,
        norm.title,
        norm.thing,
        tuple(say(condition) for condition in norm.when),
        tuple(needs),
    )
