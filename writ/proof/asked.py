"""One question in every world: which norms apply, what they ask for, whether a duty may be left undone.

A question fixes the act, the thing and the office; facts, history and the day are the variables of its world. Each step
follows the reference interpreter, in its order and under its names.
"""

from __future__ import annotations

from functools import cached_property

import z3

from writ.book.model import Norm
from writ.book.terms import Attr
from writ.engine.chain import DELEGABLE
from writ.engine.reference import RESTRAINTS
from writ.proof import precedence
from writ.proof.conditions import Reader
from writ.proof.duties import Duties
from writ.proof.logic import Formula, Tri, both, conj, disj, neg, opposite
from writ.proof.periods import Reckoning
from writ.proof.rules import Rules
from writ.proof.values import Moment
from writ.proof.world import World
from writ.syntax.tree import Actor, Bearer

Pair = tuple[Norm, Norm]


class Finding:
    """A norm of the question: when it applies, when it is open, and when it is neither."""

    def __init__(self, norm: Norm, truth: Tri) -> None:
        self.norm = norm
        self.truth = truth
        self.open = truth.unknown
        self.present = neg(truth.no)


class Asked:
    """One question: an act, a thing, an office, and whom it is done to; in one world."""

    def __init__(
        self,
        world: World,
        rules: Rules,
        reckoning: Reckoning,
        act: str,
        actor: str,
        thing: str = "",
        against: str = "",
        via: str = "",
    ) -> None:
        self.via = via
        """From whom the actor has the power by delegation, if so."""
        self.world, self.rules, self.book = world, rules, rules.book
        self.reckoning = reckoning
        self.act, self.actor, self.thing, self.against = act, actor, thing, against
        self.now: Moment = world.now
        self.duties = Duties(self.reader)
        self._readers: dict[str, Reader] = {}
        self._above = self.book.vocabulary.actor_up.get(actor, frozenset())

    def reader(self, norm: Norm) -> Reader:
        return self.reader_of(norm.instrument)

    def reader_of(self, instrument: str) -> Reader:
        """The reading for the norms of one instrument: by its calendar."""
        found = self._readers.get(instrument)
        if found is None:
            calendar = self.book.calendar_of(instrument)
            found = Reader(self.world, self.rules, calendar, self.actor, self.reckoning)
            self._readers[instrument] = found
        return found

    # --- the norms

    @cached_property
    def findings(self) -> list[Finding]:
        """The norms of the question that are in force on some day, with their truth."""
        found = []
        for norm in matching(self.rules, self.act, self.actor, self.thing, self.against):
            finding = Finding(norm, self.truth(norm))
            if finding.present is not False:
                found.append(finding)
        return [*found, *self._relied_on({finding.norm.id for finding in found})]

    def _relied_on(self, own: set[str]) -> list[Finding]:
        """What the actor reaches through a delegation, and what restrains whoever gave it (`reference.rely`)."""
        if not self.via:
            return []
        granted = z3.Bool(self.world.name("granted"))
        found: list[Finding] = []
        for norm in matching(self.rules, self.act, self.via, self.thing, self.against):
            if norm.id in own or norm.kind == "immunity":
                continue
            truth = self.truth(norm)
            if norm.kind in DELEGABLE and not norm.omission:
                found.append(Finding(norm, both((Tri(granted, False), truth))))
            elif norm.kind in RESTRAINTS:
                spared = any(actor.name in self._above for actor in norm.bearer.excepted)
                if not spared:
                    found.append(Finding(norm, truth))
        return [finding for finding in found if finding.present is not False]

    def truth(self, norm: Norm) -> Tri:
        truth = self.reader(norm).together(norm.when)
        if norm.kind == "duty":
            truth = both((truth, opposite(self.duties.fallen(norm))))
        there = precedence.in_force(norm, self.now)
        return Tri(conj((there, truth.yes)), disj((neg(there), truth.no)))

    def of_norm(self, norm: Norm) -> Formula:
        """Whether anything is missing of its number, others, steps, conditions, statements and record."""
        reader, lacking = self.reader(norm), []
        matched = [actor for actor in norm.bearer.actors if actor.name in self._above]
        numbers = [actor.number for actor in matched]
        if numbers and min(numbers) > 1 and 0 not in numbers:
            lacking.append(self.world.number < min(numbers))
        if norm.bearer.mode == "each":
            for actor in norm.bearer.actors:
                if actor.name not in self._above:
                    lacking.append(neg(reader.done(norm.act, only(actor), False, None).yes))
        for step in norm.after:
            truth = reader.done(step.act, step.by, False, None).yes
            if step.within is not None:
                earliest = reader.reckoning.add(self.now, step.within, reader.calendar, -1)
                recent = reader.done(step.act, step.by, False, earliest).yes
                truth = conj((truth, recent))
            lacking.append(neg(truth))
        for condition in norm.with_:
            lacking.append(neg(reader.together((condition,)).yes))
        for path in (*norm.stating, *norm.recording):
            lacking.append(neg(self._said(reader, path)))
        return disj(lacking)

    def _said(self, reader: Reader, path: Attr) -> Formula:
        if path.type.base != "yes-no":
            return reader.stated(path)
        value = reader.attribute(path)
        return False if value.data is None else conj((value.given, value.data))

    def prevails(self, one: Norm, other: Norm) -> Formula:
        return precedence.prevails(self.book, one, other, self.now)

    def excluded(self, maybe: bool = False) -> list[tuple[Norm, Formula]]:
        """Duties owed by this actor to do what this act leaves undone, and when; `maybe`: those that are open."""
        found = []
        for norm in self.rules.excluded_by(self.act):
            if self.actor not in self.rules.admitted(norm.bearer):
                continue
            truth = self.reader(norm).together(norm.when)
            there = precedence.in_force(norm, self.now)
            owed = self.duties.owed(norm, presupposed=False)
            found.append((norm, conj((there, truth.unknown if maybe else truth.yes, owed))))
        return found

    @property
    def at_liberty(self) -> bool:
        vocabulary = self.book.vocabulary
        actor = vocabulary.actors.get(self.actor)
        if actor is None or actor.kind != "person":
            return False
        above = vocabulary.act_up.get(self.act, ())
        return not any(vocabulary.acts[name].reserved for name in above if name in vocabulary.acts)

    @cached_property
    def omitted(self) -> Formula:
        """When leaving the act undone is prohibited (`reference.omission`)."""
        duties = [f for f in self.findings if f.norm.kind == "duty"]
        owed = {f.norm.id: self.duties.owed(f.norm, presupposed=True) for f in duties}
        due = [(f, conj((f.present, owed[f.norm.id]))) for f in duties]
        free = [f for f in self.findings if f.norm.omission]
        attacks: dict[str, dict[str, Formula]] = {}
        for permission in free:
            for duty, there in due:
                for one, other in ((permission.norm, duty.norm), (duty.norm, permission.norm)):
                    beats = conj((self.prevails(one, other), there))
                    if beats is not False:
                        attacks.setdefault(other.id, {})[one.id] = beats
        able = {f.norm.id: f.truth.yes for f in free}
        able |= {f.norm.id: conj((f.truth.yes, there)) for f, there in due}
        settled = precedence.settle([*able], attacks, able)
        firm = []
        for duty, there in due:
            stands = neg(settled[duty.norm.id][1])
            disputed = disj(conj((p.truth.yes, neg(settled[p.norm.id][1]))) for p in free)
            firm.append(conj((there, duty.truth.yes, stands, neg(disputed))))
        return disj(firm)


def only(actor: Actor) -> Bearer:
    """One actor of several, by name."""
    return Bearer("any", (Actor(actor.name),))


def matching(rules: Rules, act: str, actor: str, thing: str = "", against: str = "") -> list[Norm]:
    """The norms on the act and thing that bind the actor; an immunity, those that protect whom it is done to."""
    vocabulary = rules.book.vocabulary
    thing = thing or (vocabulary.acts[act].thing if act in vocabulary.acts else "")
    things = vocabulary.thing_up.get(thing, frozenset())
    return [
        norm
        for norm in rules.on(act)
        if (not norm.thing or norm.thing in things)
        and (against if norm.kind == "immunity" else actor) in rules.admitted(norm.bearer)
    ]
