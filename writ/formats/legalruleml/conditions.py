"""Conditions and expressions of the model as formulas and terms of RuleML: every construct has its form."""

from __future__ import annotations

import decimal
from collections.abc import Mapping

from writ.book import terms as t
from writ.book.model import AttributeDef
from writ.formats.legalruleml.markup import (
    Node,
    applied,
    atom,
    data,
    day_or_moment,
    function,
    individual,
    node,
    shielded,
    variable,
)
from writ.syntax.tree import Actor, Bearer

_EXACT = {"hours": "PT{}H", "days": "P{}D", "weeks": "P{}D", "months": "P{}M", "years": "P{}Y"}
"""Units that XML Schema has; of a week, which it has not, seven days."""


class Formulas:
    """Formulas over the vocabulary of one book."""

    def __init__(self, attributes: Mapping[str, AttributeDef]) -> None:
        self._unknown = frozenset(slot for slot, each in attributes.items() if each.unknown)

    def condition(self, item: t.Condition) -> Node:
        match item:
            case t.Holds():
                return applied("book", item.path.slot, *self._owner(item.path))
            case t.Compare():
                left, right = self.term(item.left), self.term(item.right)
                if item.op == "is":
                    return node("ruleml:Equal", {}, left, right)
                return atom(item.op.replace(" ", "-"), left, right)
            case t.Member():
                among = self.term(item.path) if item.path else self._list(item.items)
                return atom("member-of", self.term(item.item), among)
            case t.Stated():
                return atom("stated", self.term(item.path))
            case t.InEffect():
                return atom("in-effect", individual(item.state))
            case t.Done():
                by = variable("actor") if item.by_actor else bearer(item.by)
                return atom("done", individual(item.act), by=by, since=self.maybe(item.since))
            case t.Happened():
                return atom("happened", individual(item.event), since=self.maybe(item.since))
            case t.ActorHolds():
                return atom("holds", variable("actor"), individual(item.office))
        return self._connective(item)

    def _connective(self, item: t.Condition) -> Node:
        match item:
            case t.Not():
                return self.negation(self.condition(item.of), item.of)
            case t.All():
                return node("ruleml:And", {}, *map(self.condition, item.items))
            case t.AnyOf():
                return node("ruleml:Or", {}, *map(self.condition, item.items))
            case t.Counted():
                mode = item.mode.replace(" ", "-")
                return self._counted(f"{mode}.{item.number}", *map(self.condition, item.items))
            case t.Quantified():
                return self._quantified(item)
            case t.Always():
                return node("ruleml:And" if item.value else "ruleml:Or")
        raise TypeError(f"no formula for {type(item).__name__}")

    def _counted(self, how: str, *parts: Node) -> Node:
        """RuleML has no counting; its generic operation takes the formulas, and its type says how."""
        return node("ruleml:Operation", {"type": f"writ:{how}"}, *parts)

    def _quantified(self, item: t.Quantified) -> Node:
        one = variable(item.variable, item.path.type.of)
        among = atom("member-of", one, self.term(item.path))
        body = self.condition(item.body)
        if item.mode == "every":
            premise, conclusion = node("ruleml:if", {}, among), shielded(body)
            rule = node("ruleml:Implies", {}, premise, node("ruleml:then", {}, conclusion))
            return node("ruleml:Forall", {}, one, rule)
        some = node("ruleml:Exists", {}, one, node("ruleml:And", {}, among, body))
        if item.mode == "some":
            return some
        if item.mode == "no":
            return self.negation(some, item.body)
        return self._counted(f"{item.mode.replace(' ', '-')}.{item.number}", some)

    def negation(self, formula: Node, of: object) -> Node:
        """Negation as failure where silence means no; strong where a part may be unknown."""
        open = any(isinstance(each, t.Attr) and each.slot in self._unknown for each in t.walk(of))
        return node("ruleml:Neg" if open else "ruleml:Naf", {}, shielded(formula))

    # --- terms

    def maybe(self, item: t.Expr | None) -> Node | None:
        return None if item is None else self.term(item)

    def term(self, item: t.Expr) -> Node:
        match item:
            case t.Attr():
                return function("book", item.slot, *self._owner(item))
            case t.Const():
                return constant(item)
            case t.DateConst():
                return day_or_moment(item.value)
            case t.Period():
                return period(item)
            case t.Now():
                return function("writ", "now")
            case t.ActorTerm():
                return variable("actor")
            case t.Arithmetic():
                name = "plus" if item.op == "+" else "minus"
                return function("writ", name, self.term(item.left), self.term(item.right))
            case t.Select():
                return function("writ", f"{item.which}-of", *map(self.term, item.items))
            case t.StateTime():
                return function("writ", f"{item.which}-of", individual(item.state))
            case t.TimeOf():
                name = "first-time-of" if item.first else "time-of"
                return function("writ", name, individual(item.name))
            case t.PeriodBound():
                return function("writ", f"{item.which}-of-{item.unit}", self.term(item.of))
            case t.DaysBetween():
                return function("writ", "days-from", self.term(item.start), self.term(item.end))
            case t.CountOf():
                return function("writ", "count-of", self.term(item.path))
        raise TypeError(f"no term for {type(item).__name__}")

    def _owner(self, path: t.Attr) -> tuple[Node, ...]:
        """What an attribute is of: the variable of that name; nothing for a fact."""
        if path.space == "variable":
            return (variable(path.owner),)
        owner = path.owner or path.slot.rpartition(".")[0]
        return (variable(owner),) if owner else ()

    def _list(self, items: tuple[t.Expr, ...]) -> Node:
        return node("ruleml:Plex", {}, *map(self.term, items))


def constant(item: t.Const) -> Node:
    if isinstance(item.value, bool):
        return data("true" if item.value else "false", "boolean")
    if isinstance(item.value, int | float):
        return data(format(decimal.Decimal(str(item.value)), "f"), "decimal")
    if item.type.base in ("kind", "levels", "set"):
        return individual(f"{item.type.of}.{item.value}" if item.type.of else item.value)
    return data(item.value)


def period(item: t.Period) -> Node:
    """A duration of XML Schema, or for units that are counted by a calendar, an expression."""
    if item.unit in _EXACT:
        amount = item.amount * 7 if item.unit == "weeks" else item.amount
        return data(_EXACT[item.unit].format(amount), "duration")
    of = (individual(item.of),) if item.of else ()
    count = data(str(item.amount), "integer")
    return function("writ", item.unit.replace(" ", "-"), count, *of)


def bearer(item: Bearer | None) -> Node | None:
    """Who, as one term: an individual where it is one, else a list with its mode."""
    if item is None:
        return None
    if item.mode == "any" and len(item.actors) == 1 and not item.excepted:
        return _actor(item.actors[0])
    named = function("writ", f"{item.mode}-of", *map(_actor, item.actors))
    if not item.excepted:
        return named
    return function("writ", "except", named, *map(_actor, item.excepted))


def _actor(item: Actor) -> Node:
    if not item.number:
        return individual(item.name)
    return function("writ", "together", data(str(item.number), "integer"), individual(item.name))


def bearing(item: Bearer | None, who: str) -> list[Node]:
    """Premises that say who the variable `who` stands for; none where it is anyone."""
    if item is None:
        return []
    found: list[Node] = []
    named = [_holding(each, who) for each in item.actors if each.name != "anyone" or each.number]
    if named and len(named) == len(item.actors):
        found.append(named[0] if len(named) == 1 else node("ruleml:Or", {}, *named))
    if item.mode == "each":
        found.append(atom("each-of", variable(who), *map(_actor, item.actors)))
    for each in item.excepted:
        found.append(node("ruleml:Naf", {}, _holding(each, who)))
    return found


def _holding(item: Actor, who: str) -> Node:
    if item.number:
        number = data(str(item.number), "integer")
        return atom("holds", variable(who), individual(item.name), at_least=number)
    return atom("holds", variable(who), individual(item.name))
