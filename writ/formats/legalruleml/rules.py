"""Norms as legal rules: who, what, and what must be the case.

What the standard has a deontic word for becomes a prescriptive rule; what changes the legal state (powers, what they
bring about, what takes them away) becomes a constitutive one. The table in `docs/legalruleml.md` says it of each kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from writ.book.model import EffectTerm, Norm, StepTerm
from writ.book.terms import Attr, Expr
from writ.formats.legalruleml.conditions import Formulas, bearer, bearing, period
from writ.formats.legalruleml.markup import (
    Node,
    applied,
    atom,
    conjunction,
    data,
    function,
    individual,
    lrml,
    node,
    shielded,
    variable,
)

MODALITIES = {
    "power": "Permission",
    "permission": "Permission",
    "duty": "Obligation",
    "prohibition": "Prohibition",
    "limit": "Prohibition",
    "right": "Right",
    "delegation": "Permission",
}
"""The deontic word of the standard for each kind of norm that has one."""
DEFEATERS = frozenset({"disability", "immunity"})
"""They give nobody anything: they keep a power from being had."""


class Rule(NamedTuple):
    """A rule before it stands in a statement; `part` tells several of one norm apart."""

    part: str
    constitutive: bool
    premise: Node
    conclusion: Node


class Rules:
    """The rules of norms of one book."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas

    def of(self, norm: Norm) -> Iterator[Rule]:
        """The rules of a norm: the prescriptive one first, where it has one."""
        premises = self._premises(norm)
        if norm.kind in MODALITIES:
            yield Rule("", False, conjunction(self._guarded(norm, premises)), self._deontic(norm))
        if norm.kind in ("power", "delegation"):
            head = atom("has-authority", variable("actor"), individual(norm.act))
            enabled = [atom("enables", individual(norm.act), individual(e)) for e in norm.enabling]
            yield Rule("power", True, conjunction(premises), _stated([head, *enabled]))
        if norm.kind in DEFEATERS:
            yield Rule("no-power", True, conjunction(premises), self._without(norm))
        if norm.kind == "delegation":
            yield self._granted(norm, premises)
        if norm.kind == "lapse":
            yield self._lapse(norm, premises)
        if norm.effects and norm.kind not in ("lapse",):
            done = [atom("done", individual(norm.act), by=variable("actor")), *premises]
            brought = _stated([self.effect(each) for each in norm.effects])
            yield Rule("effect", True, conjunction(done), brought)
        if norm.waived_by or norm.waiver:
            waived = atom("done", individual(norm.waiver or "waive"), by=bearer(norm.waived_by))
            yield Rule("waiver", True, waived, atom("waived", individual(norm.id)))

    # --- premises

    def _premises(self, norm: Norm) -> list[Node]:
        """Who acts, on what, when: all that makes the norm apply."""
        who = "actor" if norm.kind != "immunity" else "against"
        found = bearing(norm.bearer, who) if norm.kind != "lapse" else []
        if norm.thing:
            found.append(atom("is-a", variable("thing"), individual(norm.thing)))
        found += [self.formulas.condition(each) for each in norm.when]
        if norm.trigger:
            by = bearer(norm.trigger.by)
            found.append(
                atom(f"opened-by-{norm.trigger.kind}", individual(norm.trigger.name), by=by)
            )
        if norm.while_state:
            found.append(atom("in-effect", individual(norm.while_state)))
        found += [self.formulas.negation(self.formulas.condition(u), u) for u in norm.until]
        if norm.waived_by or norm.waiver:
            found.append(node("ruleml:Naf", {}, atom("waived", individual(norm.id))))
        if norm.for_each:
            found.append(atom("for-each", individual(norm.for_each)))
        if norm.kind != "limit":
            found += self._required(norm)
        return found

    def _required(self, norm: Norm) -> list[Node]:
        """What must have come before the act, or come with it."""
        found = [self._step(each) for each in norm.after]
        found += [self.formulas.condition(each) for each in norm.with_]
        found += [_carried("states", each) for each in norm.stating]
        found += [_carried("records", each) for each in norm.recording]
        return found

    def _guarded(self, norm: Norm, premises: list[Node]) -> list[Node]:
        """A limit forbids the act while something that it asks for is missing."""
        if norm.kind != "limit":
            return premises
        return [*premises, node("ruleml:Naf", {}, shielded(conjunction(self._required(norm))))]

    def _step(self, step: StepTerm) -> Node:
        span = period(step.within) if step.within else None
        return atom("done", individual(step.act), by=bearer(step.by), within=span)

    # --- conclusions

    def _deontic(self, norm: Norm) -> Node:
        name = MODALITIES[norm.kind]
        held = _role("Bearer", variable("actor"))
        other = (
            _role("AuxiliaryParty", variable("addressee")) if norm.to or norm.recipients else None
        )
        return lrml(name, {"type": f"writ:{norm.kind}"}, held, other, self._content(norm))

    def _content(self, norm: Norm) -> Node:
        """What is allowed or asked: the act, its manner, and its time."""
        act = self._act(norm)
        if norm.omission:
            return node("ruleml:Neg", {}, act)
        found = [act, *(self.formulas.condition(each) for each in norm.so_that)]
        if norm.kind == "duty":
            found += self._due(norm)
        return conjunction(found)

    def _act(self, norm: Norm) -> Node:
        terms = [variable("actor")]
        if norm.thing:
            terms.append(variable("thing", norm.thing))
        to = bearer(norm.to or norm.recipients)
        return applied("book", norm.act, *terms, to=to)

    def _due(self, norm: Norm) -> Iterator[Node]:
        if norm.within:
            opened = function("writ", "opening-of-duty")
            yield atom("within", period(norm.within), opened)
        if norm.due_by:
            yield atom("by", self.formulas.term(norm.due_by))
        if norm.before:
            yield atom("before-act", individual(norm.before))
        if norm.every:
            yield atom("every", period(norm.every))

    def _without(self, norm: Norm) -> Node:
        against = variable("against") if norm.kind == "immunity" else None
        head = atom("has-authority", variable("actor"), individual(norm.act), against=against)
        return node("ruleml:Neg", {}, head)

    def _granted(self, norm: Norm, premises: list[Node]) -> Rule:
        """What a delegation gives, once it is made."""
        made = atom("done", individual(norm.act), by=variable("actor"), to=variable("recipient"))
        bounds = [self.formulas.condition(each) for each in norm.limited_to]
        whom = bearing(norm.recipients, "recipient")
        lasts = period(norm.lasts) if norm.lasts else None
        depth = data(str(norm.depth), "integer")
        given = [
            atom("has-authority", variable("recipient"), individual(a), lasts=lasts, depth=depth)
            for a in norm.delegated
        ]
        return Rule("grant", True, conjunction([made, *whom, *premises, *bounds]), _stated(given))

    def _lapse(self, norm: Norm, premises: list[Node]) -> Rule:
        state = individual(norm.state)
        if norm.lapse_after:
            begun = function("writ", "start-of", state)
            premises = [*premises, atom("elapsed", period(norm.lapse_after), begun)]
        if norm.lapse_at:
            premises = [*premises, atom("reached", self.formulas.term(norm.lapse_at))]
        over = node("ruleml:Neg", {}, atom("in-effect", state))
        return Rule("lapse", True, conjunction(premises), over)

    def effect(self, item: EffectTerm) -> Node:
        """What an act, or a breach, brings about."""
        span = period(item.duration) if item.duration else None
        until, start = self._maybe(item.until), self._maybe(item.start)
        return atom(item.verb, individual(item.state), for_=span, until=until, from_=start)

    def _maybe(self, item: Expr | None) -> Node | None:
        return self.formulas.maybe(item)


def _stated(items: list[Node]) -> Node:
    return conjunction(items)


def _carried(how: str, path: Attr) -> Node:
    return atom(how, individual(path.slot))


def _role(name: str, who: Node) -> Node:
    return node("ruleml:slot", {}, lrml(name), who)


__all__ = ["DEFEATERS", "MODALITIES", "Rule", "Rules"]
