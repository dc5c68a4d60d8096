"""What a question about an act can turn on: every fact, state, earlier act and event that a norm on it looks at.

It follows what the engine follows: norms on the act and on broader acts, limits, duties due before it, duties that it
would leave undone, the lapse of the states they speak of, and the rules of delegation that can lead to it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from writ.book import terms
from writ.book.model import BARS, GRANTS, Book, EffectTerm, Norm
from writ.cli import norm_text
from writ.syntax.tree import Bearer

Why = dict[str, list[str]]
"""A name -> the citations of the norms that look at it, in the order of the book."""


class Relevance(msgspec.Struct):
    """What bears on one act."""

    act: str
    norms: list[Norm]
    facts: Why
    """By slot."""
    states: Why
    state_facts: dict[str, Why]
    """By state, then by the name of its attribute."""
    done: Why
    events: Why
    fields: Why
    """Fields of a request that only some questions need: person, number, against, thing, omit."""
    delegations: list[Norm]

    @property
    def grants(self) -> list[Norm]:
        return [norm for norm in self.norms if norm.kind in GRANTS and self._own(norm)]

    @property
    def slots(self) -> list[str]:
        """Every slot to be described: the facts, and the attributes of the states."""
        of_states = [f"{state}.{name}" for state, why in self.state_facts.items() for name in why]
        return [*self.facts, *of_states]

    def _own(self, norm: Norm) -> bool:
        return not norm.before or norm.act == self.act


def relevance(book: Book, act: str) -> Relevance:
    """What bears on `act`."""
    return _Search(book, act).found


def bearing(book: Book, act: str) -> list[Norm]:
    """The norms that a question about the act can be decided by."""
    vocabulary = book.vocabulary
    above = vocabulary.act_up.get(act, frozenset({act}))
    shut = {
        one for name in above if name in vocabulary.acts for one in vocabulary.acts[name].excludes
    }
    shut |= {
        name
        for name, other in vocabulary.acts.items()
        if any(one in above for one in other.excludes)
    }
    return [
        norm
        for norm in book.norms
        if (
            norm.act in above and (norm.kind in GRANTS or norm.kind in BARS or norm.kind == "limit")
        )
        or (norm.kind == "duty" and (norm.before in above or norm.act in shut))
    ]


class _Search:
    """Collects what norms look at; each state and its lapse norms are followed once."""

    def __init__(self, book: Book, act: str) -> None:
        self.book = book
        self.above = book.vocabulary.act_up.get(act, frozenset({act}))
        self.found = Relevance(act, bearing(book, act), {}, {}, {}, {}, {}, {}, [])
        for norm in self.found.norms:
            self.norm(norm)
        for norm in book.norms:
            if norm.kind == "delegation" and any(one in self.above for one in norm.delegated):
                self.found.delegations.append(norm)
                self.terms(norm.limited_to, norm)
        self.found.facts = dict(sorted(self.found.facts.items(), key=lambda item: _order(item[0])))

    def norm(self, norm: Norm) -> None:
        required = norm.kind != "duty" or not norm.before
        self.terms((norm.when, norm.so_that, norm.until), norm)
        if norm.due_by is not None:
            self.terms((norm.due_by,), norm)
        if required:
            self.terms((norm.with_, norm.stating, norm.recording), norm)
            for step in norm.after:
                self.note(self.found.done, step.act, norm)
        if norm.before in self.above:
            self.note(self.found.done, norm.act, norm)
        if norm.waiver:
            self.note(self.found.done, norm.waiver, norm)
        if norm.trigger is not None:
            self.trigger(norm)
        self.fields(norm)

    def trigger(self, norm: Norm) -> None:
        assert norm.trigger is not None
        name = norm.trigger.name
        if norm.trigger.kind in ("start", "end"):
            self.state(name, norm)
        elif name in self.book.vocabulary.acts:
            self.note(self.found.done, name, norm)
        else:
            self.note(self.found.events, name, norm)

    def fields(self, norm: Norm) -> None:
        fields = self.found.fields
        if any(actor.number for actor in norm.bearer.actors):
            self.note(fields, "number", norm)
        if norm.bearer.mode == "each":
            self.note(self.found.done, norm.act, norm)
        if norm.kind == "immunity":
            self.note(fields, "against", norm)
        if norm.thing and norm.thing != self.thing():
            self.note(fields, "thing", norm)
        if (norm.kind == "duty" and norm.act in self.above) or norm.omission:
            self.note(fields, "omit", norm)
        if norm.kind == "duty" and norm.act in self.above:
            # Whether it is discharged, and when a duty that recurs is next due.
            self.note(self.found.done, norm.act, norm)

    def thing(self) -> str:
        act = self.book.vocabulary.acts.get(self.found.act)
        return act.thing if act else ""

    def terms(self, what: object, norm: Norm) -> None:
        for term in terms.walk(what):
            match term:
                case terms.Attr(space="fact"):
                    self.note(self.found.facts, term.name, norm)
                case terms.Attr(space="state"):
                    self.state(term.owner, norm)
                    self.note(self.found.state_facts.setdefault(term.owner, {}), term.name, norm)
                case terms.InEffect() | terms.StateTime():
                    self.state(term.state, norm)
                case terms.Done():
                    self.note(self.found.done, term.act, norm)
                    if term.by_actor:
                        self.note(self.found.fields, "person", norm)
                case terms.Happened():
                    self.note(self.found.events, term.event, norm)
                case terms.TimeOf():
                    acts = self.book.vocabulary.acts
                    home = self.found.done if term.name in acts else self.found.events
                    self.note(home, term.name, norm)
                case terms.ActorTerm():
                    self.note(self.found.fields, "person", norm)

    def state(self, state: str, norm: Norm) -> None:
        known = state in self.found.states
        self.note(self.found.states, state, norm)
        if known:
            return
        for lapse in self.book.norms:
            if lapse.kind == "lapse" and lapse.state == state:
                self.note(self.found.states, state, lapse)
                self.terms((lapse.when,), lapse)
                if lapse.lapse_at is not None:
                    self.terms((lapse.lapse_at,), lapse)

    def note(self, home: Why, name: str, norm: Norm) -> None:
        cited = home.setdefault(name, [])
        if norm.citation not in cited:
            cited.append(norm.citation)


def _order(slot: str) -> tuple[bool, bool, str]:
    """Facts of the act and its thing first, then those of the actor, then the plain ones."""
    return ("." not in slot, slot.startswith("actor."), "")


def changers(book: Book, state: str) -> list[tuple[Norm, EffectTerm]]:
    """The norms whose act begins, continues, amends, suspends, resumes or ends a state, with the effect."""
    return [(norm, term) for norm in book.norms for term in norm.effects if term.state == state]


def opened_by(book: Book, act: str) -> list[Norm]:
    """The duties that doing the act would open."""
    above = book.vocabulary.act_up.get(act, frozenset({act}))
    begun = {
        (("start" if e.verb == "begins" else "end"), e.state)
        for norm in book.norms
        if norm.act in above
        for e in norm.effects
        if e.verb in ("begins", "ends")
    }
    return [
        norm
        for norm in book.norms
        if norm.kind == "duty"
        and norm.trigger is not None
        and (
            (norm.trigger.kind == "act" and norm.trigger.name in above)
            or (norm.trigger.kind, norm.trigger.name) in begun
        )
    ]


def bearers(book: Book, bearer: Bearer) -> list[str]:
    """The declared actors that a bearer admits, by name or by what they are."""
    out = {name for one in bearer.excepted for name in book.vocabulary.actor_down.get(one.name, ())}
    admitted: Iterable[str] = book.vocabulary.actors
    if bearer.mode != "none":
        admitted = {
            name
            for one in norm_text.names(bearer)
            for name in book.vocabulary.actor_down.get(one, frozenset({one}))
        }
    return [name for name in book.vocabulary.actors if name in admitted and name not in out]
