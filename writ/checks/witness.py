"""An example request that falls under given norms, built from their conditions and confirmed by deciding it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

import msgspec

from writ.book import terms
from writ.book.model import Book, Norm
from writ.book.terms import Condition, Value
from writ.checks.literals import cases
from writ.checks.opposition import together
from writ.checks.possible import Assignment, assign, candidates
from writ.checks.view import View
from writ.engine.answer import Decision, Outcome
from writ.engine.reference import decide
from writ.engine.request import Event, Request, StateGiven
from writ.engine.truth import Lack, compare_values

MAX_TRIES = 12
"""Requests tried before an example is given up: each may meet one more norm that has to be kept out."""

Confirm = Callable[[Decision], bool]


def example(view: View, act: str, norms: tuple[Norm, ...], confirm: Confirm) -> Request | None:
    """A request for `act` under all of `norms` of which the decision is as wanted; None if none is found."""
    book = around(view, act, norms[0])
    kept: tuple[Condition, ...] = tuple(c for norm in norms for c in norm.when)
    own = {norm.id for norm in norms}
    for _ in range(MAX_TRIES):
        request = next(requests(view, act, norms, kept), None)
        if request is None:
            return None
        answer = decide(book, request)
        if confirm(answer):
            return request
        other = _in_the_way(book, answer, own)
        if other is None or not other.when:
            return None
        denied = terms.Not(terms.All(other.when) if len(other.when) > 1 else other.when[0])
        if denied in kept:
            return None
        kept = (*kept, denied)
    return None


def around(view: View, act: str, norm: Norm) -> Book:
    """The book with only what a request for the act under this norm can touch: deciding then costs what that costs."""
    book, vocabulary = view.book, view.vocabulary
    acts = set(vocabulary.act_up[act])
    shut = {name for each in acts for name in vocabulary.acts[each].excludes}
    shut |= {name for name, item in vocabulary.acts.items() if acts.intersection(item.excludes)}
    found = {each.id: each for name in sorted(shut - acts) for each in view.norms_on(name)}
    for name in sorted(acts):
        there = view.meeting(name)
        everything = (1 << len(there.norms)) - 1
        found |= {each.id: each for each in there.named(there.meeting(norm, everything))}
    found |= {
        norm.id: norm for norm in view.bounding if norm.kind == "lapse" or norm.before in acts
    }
    norms = tuple(found.values())
    overrides = tuple(
        each
        for norm in norms
        for each in view.ranked.get(norm.id, ())
        if each.winner == norm.id and each.loser in found
    )
    return Book(
        book.name,
        book.title,
        book.ranks,
        book.default_calendar,
        vocabulary,
        book.instruments,
        norms,
        overrides,
        book.sources,
    )


def _in_the_way(book: Book, answer: Decision, own: set[str]) -> Norm | None:
    """A norm that kept the example from showing what it should: one that defeats ours, or decides instead."""
    for item in answer.considered:
        if item.norm in own and item.status == "defeated" and item.by not in own:
            return book.by_id[item.by]
    if answer.outcome in (Outcome.PROHIBITED, Outcome.NO_AUTHORITY, Outcome.CONFLICT):
        for name in answer.deciding:
            if name not in own:
                return book.by_id[name]
    return None


def requests(
    view: View, act: str, norms: tuple[Norm, ...], conditions: Iterable[Condition]
) -> Iterator[Request]:
    """Requests under all of the norms in which the conditions should hold, one for each way to make them true."""
    aimed = [norm for norm in norms if norm.kind == "immunity"]
    acting = [norm for norm in norms if norm.kind != "immunity"]
    people = [view.matched(norm.bearer) for norm in acting]
    possible = frozenset.intersection(*people) if people else frozenset(view.vocabulary.actors)
    against = (
        sorted(frozenset.intersection(*(view.matched(norm.bearer) for norm in aimed)))
        if aimed
        else []
    )
    day = _day(norms)
    if day is None or (aimed and not against):
        return
    things = [norm.thing for norm in norms if norm.thing]
    thing = max(things, key=lambda name: len(view.vocabulary.thing_up[name]), default="")
    for literals in cases([_chosen(condition) for condition in conditions]):
        if literals is None:
            return
        values = assign(view, literals, norms)
        if values is None:
            continue
        draft = _Draft(view, day, values)
        for literal in literals:
            draft.add(literal)
        actor = draft.actor(possible, norms)
        if actor:
            yield Request(
                actor,
                act,
                draft.at,
                draft.facts,
                thing,
                against=against[0] if against else "",
                person=draft.person,
                number=max((a.number for norm in norms for a in norm.bearer.actors), default=0),
                done=tuple(msgspec.structs.replace(e, by=e.by or "") for e in draft.done),
                states=tuple(
                    StateGiven(name, day, facts=facts) for name, facts in draft.states.items()
                ),
            )


def _day(norms: tuple[Norm, ...]) -> dt.date | None:
    days = [together(one, other) for one in norms for other in norms]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _chosen(condition: Condition) -> Condition:
    """A counted condition as the first of its items that make up the number."""
    if isinstance(condition, terms.Counted):
        holding = condition.items[: condition.number]
        rest = condition.items[condition.number :] if condition.mode == "exactly" else ()
        return terms.All((*holding, *(terms.Not(item) for item in rest)))
    return condition


class _Draft:
    """The parts of a request, as the literals ask for them."""

    def __init__(self, view: View, day: dt.date, values: Assignment) -> None:
        self.view = view
        self.at = day
        self.facts: dict[str, Value] = {}
        self.states: dict[str, dict[str, Value]] = {}
        self.done: list[Event] = []
        self.person = ""
        self.held: list[str] = []
        self.shunned: list[str] = []
        for subject, value in values.items():
            if isinstance(subject, terms.Now) and isinstance(value, dt.date):
                self.at = value
            elif isinstance(subject, terms.Attr) and not isinstance(value, Lack):
                self.put(subject, value)

    def put(self, path: terms.Attr, value: Value) -> None:
        if path.space == "fact":
            self.facts[path.name] = value
        elif path.space == "state":
            self.states.setdefault(path.owner, {})[path.name] = value

    def add(self, literal: Condition) -> None:
        match literal:
            case terms.Not(of=terms.ActorHolds(office=office)):
                self.shunned.append(office)
            case terms.ActorHolds(office=office):
                self.held.append(office)
            case terms.InEffect(state=state):
                self.states.setdefault(state, {})
            case terms.Happened(event=event):
                self.done.append(Event(event, self.at))
            case terms.Done(act=act, by=by, by_actor=by_actor):
                who = by.actors[0].name if by is not None and by.actors else ""
                if by_actor:
                    self.person = "ann"
                self.done.append(Event(act, self.at, who, self.person if by_actor else ""))
            case terms.Compare(
                op="includes", left=terms.Attr() as path, right=terms.Const(value=value)
            ):
                self._include(path, value)
            case terms.Compare(left=terms.Attr() as left, right=terms.Attr() as right):
                self._relate(literal, left, right)
            case terms.Quantified(mode="some" | "at least", path=path, body=body) as some:
                self._populate(path, body, max(some.number, 1))

    def _include(self, path: terms.Attr, value: Value) -> None:
        known = self.facts.get(path.name)
        members = known if isinstance(known, frozenset) else frozenset()
        self.put(path, members | {str(value)})

    def _relate(self, literal: terms.Compare, left: terms.Attr, right: terms.Attr) -> None:
        """Values for two attributes that are compared with each other."""
        vocabulary = self.view.vocabulary
        sides: list[list[Value]] = []
        for path in (left, right):
            known = self.facts.get(path.name)
            found = [known] if known is not None else list(candidates(vocabulary, path, []))
            sides.append([value for value in found if not isinstance(value, Lack)])
        for one in sides[0]:
            for other in sides[1]:
                if compare_values(vocabulary, literal.op, literal.kind, one, other, ""):
                    self.put(left, one)
                    self.put(right, other)
                    return

    def _populate(self, path: terms.Attr, body: Condition, number: int) -> None:
        for literals in cases((body,)):
            values = assign(self.view, literals) if literals is not None else None
            if values is not None:
                member = {
                    subject.bare: value
                    for subject, value in values.items()
                    if isinstance(subject, terms.Attr)
                    and subject.space == "variable"
                    and not isinstance(value, Lack)
                }
                self.put(path, (member,) * number)
                return

    def actor(self, possible: frozenset[str], norms: tuple[Norm, ...]) -> str:
        """Somebody whom all the norms match and who holds what is asked for; one that a norm names, if possible."""
        members = self.view.members
        for office in self.held:
            possible &= members(office)
        for office in self.shunned:
            possible -= members(office)
        named = [a.name for norm in norms for a in norm.bearer.actors if a.name in possible]
        broad = self.view.vocabulary.actor_up
        return min(
            named or possible, key=lambda name: (-len(broad.get(name, ())), name), default=""
        )
