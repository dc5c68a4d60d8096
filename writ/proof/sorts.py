"""Which questions stand for all: the acts and things an assurance speaks of, and of the offices one of each sort.

Two offices are of one sort on an act where the same norms bind them and the same conditions on the actor hold of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from writ.book import terms
from writ.book.model import BARS, Norm
from writ.book.terms import Condition
from writ.engine.chain import DELEGABLE
from writ.proof.asked import matching
from writ.proof.rules import Rules
from writ.syntax.tree import Bearer


def narrower(rules: Rules, act: str) -> list[str]:
    """An act and the narrower ones, those of which the norms tell nothing apart left out."""
    vocabulary = rules.book.vocabulary
    found, seen = [], set()
    for name in sorted(vocabulary.act_down.get(act, {act}), key=lambda name: (name != act, name)):
        told = (
            tuple(norm.id for norm in rules.on(name)),
            tuple(norm.id for norm in rules.duties_before(name)),
            vocabulary.acts[name].thing,
            tuple(norm.id for norm in rules.excluded_by(name)),
        )
        if told not in seen:
            seen.add(told)
            found.append(name)
    return found


def things(rules: Rules, act: str, thing: str = "") -> list[str]:
    """The thing that an act is done to, and the narrower ones that norms on the act tell apart; of an act that names
    none, every thing that they name."""
    vocabulary = rules.book.vocabulary
    base = thing or vocabulary.acts[act].thing
    named = {norm.thing for norm in rules.on(act) if norm.thing}
    options = (
        vocabulary.thing_down.get(base, {base}) if base else {"", *named, *_beneath(rules, named)}
    )
    found, seen = [], set()
    for name in sorted(options, key=lambda name: (name != base, name)):
        told = frozenset(named & vocabulary.thing_up.get(name, frozenset()))
        if told not in seen:
            seen.add(told)
            found.append(name)
    return found


def _beneath(rules: Rules, names: set[str]) -> set[str]:
    down = rules.book.vocabulary.thing_down
    return {each for name in names for each in down.get(name, ())}


def offices(
    rules: Rules, act: str, bearer: Bearer, conditions: Iterable[Condition] = ()
) -> list[str]:
    """One actor of each sort among those whom a bearer admits, where some grant or bar could tell."""
    vocabulary = rules.book.vocabulary
    named = bearer.actors or bearer.excepted
    admitted = rules.admitted(bearer) if named else frozenset(vocabulary.actors)
    norms = rules.on(act)
    asked = [norm.bearer for norm in norms]
    of_actor = sorted(
        {
            term.office
            for item in (*norms, *rules.duties_before(act), *rules.excluded_by(act))
            for term in terms.walk(_conditions(item))
            if isinstance(term, terms.ActorHolds)
        }
        | {t.office for t in terms.walk(tuple(conditions)) if isinstance(t, terms.ActorHolds)}
    )
    sides = [rules.admitted(one) for one in dict.fromkeys(asked)]
    sides += [rules.admitted(norm.bearer) for norm in rules.excluded_by(act)]
    handed = [rule.recipients for rule in delegating(rules, act) if rule.recipients is not None]
    sides += [rules.admitted(one) for one in dict.fromkeys(handed)]
    chosen: dict[object, str] = {}
    for name in sorted(admitted):
        above = vocabulary.actor_up.get(name, frozenset())
        told = (
            tuple(name in side for side in sides),
            tuple(office in above for office in of_actor),
            vocabulary.actors[name].kind == "person",
        )
        chosen.setdefault(told, name)
    return list(chosen.values())


def _conditions(norm: Norm) -> tuple[Condition, ...]:
    return (*norm.when, *norm.with_, *norm.so_that, *norm.until)


def fallen(rules: Rules, bearer: Bearer) -> list[tuple[str, str]]:
    """Offices that are vacant at some time, and those of a bearer to whom they may then fall; where the office itself
    is none of them."""
    named = bearer.actors or bearer.excepted
    admitted = rules.admitted(bearer) if named else frozenset(rules.book.vocabulary.actors)
    return [
        (office.name, heir)
        for office in rules.book.offices_once_vacant
        if office.name not in admitted
        for heir in office.succession
        if heir in admitted
    ]


def protected(rules: Rules, act: str) -> list[str]:
    """Whom an act may be done to, as far as immunities tell: nobody in particular, and one of each sort."""
    immunities = [norm for norm in rules.on(act) if norm.kind == "immunity"]
    if not immunities:
        return [""]
    sides = [rules.admitted(norm.bearer) for norm in immunities]
    chosen: dict[tuple[bool, ...], str] = {tuple(False for _ in sides): ""}
    for name in sorted(rules.book.vocabulary.actors):
        chosen.setdefault(tuple(name in side for side in sides), name)
    return list(chosen.values())


def delegating(rules: Rules, act: str) -> list[Norm]:
    """The norms under which the power to do an act can be handed on."""
    vocabulary = rules.book.vocabulary
    mine = vocabulary.act_up.get(act, frozenset())
    return [
        rule
        for rule in rules.delegations
        if any(name in mine or act in vocabulary.act_up.get(name, ()) for name in rule.delegated)
    ]


def grantors(rules: Rules, act: str, actor: str) -> list[tuple[str, tuple[Norm, ...]]]:
    """From whom the power to do an act may have come to an actor by delegation, and under which norms."""
    usable = delegating(rules, act)
    if not usable:
        return []
    own = {norm.id for norm in matching(rules, act, actor)}
    found = []
    for name in sorted(_sources(rules, usable, actor)):
        reached = [n for n in matching(rules, act, name) if n.kind in DELEGABLE and n.id not in own]
        if reached:
            found.append((name, tuple(usable)))
    return _one_of_each(rules, act, found)


def _sources(rules: Rules, usable: list[Norm], actor: str) -> set[str]:
    """Who can have given it, by however many hands."""
    found: set[str] = set()
    todo = [actor]
    while todo:
        to = todo.pop()
        for rule in usable:
            if rule.recipients is not None and to not in rules.admitted(rule.recipients):
                continue
            new = rules.admitted(rule.bearer) - found - {actor}
            found |= new
            todo.extend(new)
    return found


def _one_of_each(
    rules: Rules, act: str, found: list[tuple[str, tuple[Norm, ...]]]
) -> list[tuple[str, tuple[Norm, ...]]]:
    chosen: dict[object, tuple[str, tuple[Norm, ...]]] = {}
    for name, usable in found:
        chosen.setdefault(tuple(n.id for n in matching(rules, act, name)), (name, usable))
    return list(chosen.values())


def opposable(rules: Rules, act: str) -> Iterator[tuple[Norm, Norm]]:
    """Pairs of norms on an act that could be in conflict, as far as their kinds tell."""
    norms = rules.on(act)
    open_ = [
        norm for norm in norms if norm.kind in ("permission", "right", "duty") and not norm.omission
    ]
    bars = [norm for norm in norms if norm.kind in BARS - {"disability"}]
    yield from ((one, other) for one in open_ for other in bars)
    duties = [norm for norm in open_ if norm.kind == "duty"]
    yield from ((one, other) for at, one in enumerate(duties) for other in duties[at + 1 :])
    yield from ((one, other) for one in duties for other in rules.excluded_by(act))
