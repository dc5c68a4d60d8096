"""Single tests of Cedar: the comparison of our language that says the same, or else a fact of its own."""

from __future__ import annotations

from typing import NamedTuple

from writ.formats.cedar import expressions as ex
from writ.formats.cedar.evaluate import constant
from writ.formats.cedar.expressions import Node, Unsupported
from writ.formats.cedar.extensions import Erring
from writ.formats.cedar.facts import Facts, literal
from writ.formats.cedar.kinds import sure
from writ.formats.cedar.logic import ALWAYS, LARGEST, NEVER, Cond, every, some, test
from writ.formats.cedar.values import Value, written

ORDER = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
DATED = {"<": "before", "<=": "on or before", ">": "after", ">=": "on or after"}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
DECIMALS = {
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}
LONGEST = 2_000
"""Characters of a text in a condition."""


class Truths(NamedTuple):
    """When something is true, when it is false, and whether it never errs."""

    true: Cond
    false: Cond
    total: bool


class Tests:
    """Translates tests whose operands are paths, conversions and constants."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def truths(self, node: Node) -> Truths:
        match node:
            case ex.Is():
                kind = self.facts.fact("type", node.of)
                return self._equal(kind.slot, node.type, _total(node.of))
            case ex.Has():
                return self._fact(node, total=_total(node.of) or _context(node.of))
            case ex.Get():
                return self._holds(self.facts.fact("bool", node).slot)
            case ex.Call():
                return self._call(node)
            case _:
                return self._fact(node)

    def _call(self, node: ex.Call) -> Truths:
        name = node.name
        if name == "getTag":
            return self._holds(self.facts.fact("bool", node).slot)
        found: Truths | None = None
        sides = [_constant(one) for one in node.args]
        if len(sides) != 2:
            return self._fact(node)
        match name:
            case "==":
                found = self._equality(node.args, sides)
            case "!=":
                same = self._equality(node.args, sides) or self._fact(ex.Call("==", node.args))
                return Truths(same.false, same.true, same.total)
            case "in" if sides[1] is not None:
                found = self._beneath(node.args[0], sides[1])
            case "contains" | "containsAll" | "containsAny":
                found = self._membership(name, node.args, sides)
            case "<" | "<=" | ">" | ">=":
                found = self._order(name, node.args, sides, ("long", "datetime", "duration"))
            case _ if name in DECIMALS:
                found = self._order(DECIMALS[name], node.args, sides, ("decimal",))
        key = sides[1]
        sure = name == "hasTag" and key is not None and key.kind == "string"
        return found or self._fact(node, total=sure and _total(node.args[0]))

    def _fact(self, node: Node, total: bool = False) -> Truths:
        """A test of which our language knows nothing: whether it is passed is a fact of the request."""
        return self._holds(self.facts.fact("test", node).slot, total)

    def _holds(self, slot: str, total: bool = False) -> Truths:
        denied = test(f"not {slot}")
        if not total:
            denied = every((test(f"{slot} is stated"), denied))
        return Truths(test(slot), denied, total)

    def _equal(self, slot: str, text: str, total: bool) -> Truths:
        denied = test(f'{slot} is not "{text}"')
        if not total:
            denied = every((test(f"{slot} is stated"), denied))
        return Truths(test(f'{slot} is "{text}"'), denied, total)

    def _equality(self, args: tuple[Node, ...], sides: list[Value | None]) -> Truths | None:
        left, right = args
        first, second = sides
        if first is not None:
            left, right, first, second = right, left, second, first
        if second is None:
            return self._same(left, right)
        if _total(left) and second.kind != "entity":
            return Truths(NEVER, ALWAYS, True)
        if second.kind == "bool":
            inner = self._holds(self.facts.fact("bool", left, strict=True).slot)
            return inner if second.of else Truths(inner.false, inner.true, False)
        number = literal(second) if second.kind == "long" else None
        if number is not None:
            slot = self.facts.fact("long", left, strict=True).slot
            stated = test(f"{slot} is stated")
            denied = every((stated, test(f"{slot} is not {number}")))
            return Truths(test(f"{slot} is {number}"), denied, False)
        text = written(second)
        if len(text) > LONGEST:
            return None
        return self._equal(self.facts.fact("text", left).slot, text, _total(left))

    def _same(self, left: Node, right: Node) -> Truths:
        """Two values of the request: the same text is the same value."""
        first, second = self.facts.fact("text", left).slot, self.facts.fact("text", right).slot
        unsure = [one for one, node in ((first, left), (second, right)) if not _total(node)]
        denied = [*(test(f"{slot} is stated") for slot in unsure)]
        return Truths(
            test(f"{first} is {second}"),
            every((*denied, test(f"{first} is not {second}"))),
            not unsure,
        )

    def _beneath(self, node: Node, of: Value) -> Truths | None:
        among = _listed(of) if of.kind == "set" else [of]
        if any(one.kind != "entity" for one in among):
            return Truths(NEVER, NEVER, False)
        if not among:
            return None
        slot, total = self.facts.fact("up", node).slot, _total(node)
        return self._includes(slot, [self.facts.entity(one) for one in among], "any", total)

    def _membership(
        self, name: str, args: tuple[Node, ...], sides: list[Value | None]
    ) -> Truths | None:
        """A set of the request and constants, or one of a set of constants; else it is a fact."""
        first, second = sides
        if first is not None and first.kind == "set" and name == "contains":
            texts = [f'"{written(one)}"' for one in _listed(first)]
            if not texts or sum(map(len, texts)) > LONGEST:
                return None
            slot = self.facts.fact("text", args[1]).slot
            among = f"{{{', '.join(texts)}}}"
            denied = every((test(f"{slot} is stated"), test(f"{slot} not in {among}")))
            return Truths(test(f"{slot} in {among}"), denied, False)
        if first is not None or second is None:
            return None
        if name == "contains":
            wanted = [second]
        elif second.kind == "set":
            wanted = _listed(second)
        else:
            return Truths(NEVER, NEVER, False)
        if not wanted:
            return None
        slot = self.facts.fact("set", args[0]).slot
        names = [self.facts.value(one) for one in wanted]
        return self._includes(slot, names, "any" if name == "containsAny" else "all", False)

    def _includes(self, slot: str, names: list[str], how: str, total: bool) -> Truths:
        stated = ALWAYS if total else test(f"{slot} is stated")
        inside = [test(f"{slot} includes {one}") for one in names]
        outside = [test(f"not {slot} includes {one}") for one in names]
        if how == "any":
            return Truths(some(inside), every((stated, *outside)), total)
        return Truths(every(inside), every((stated, some(outside))), total)

    def _order(
        self, sign: str, args: tuple[Node, ...], sides: list[Value | None], kinds: tuple[str, ...]
    ) -> Truths | None:
        left, right = args
        first, second = sides
        if first is not None:
            left, right, first, second, sign = right, left, second, first, TURNED[sign]
        guessed = False
        if second is not None:
            if second.kind not in kinds:
                return Truths(NEVER, NEVER, False)
            kind, said = second.kind, literal(second)
            if said is None:
                return None
        else:
            kind = sure(left) or sure(right) or (kinds[0] if len(kinds) == 1 else "")
            # What is only guessed from other uses must be so in each request, or the request is refused.
            guessed = not kind
            kind = kind or self.facts.kinds.get(left) or self.facts.kinds.get(right) or ""
            if kind not in kinds:
                return None
            said = self.facts.fact(kind, right, guessed).slot
        slot = self.facts.fact(kind, left, guessed).slot
        signs = DATED if kind == "datetime" else ORDER
        return Truths(
            test(f"{slot} {signs[sign]} {said}"),
            test(f"{slot} {signs[OPPOSITE[sign]]} {said}"),
            False,
        )


def _listed(of: Value) -> list[Value]:
    """The members of a set, in the order of their texts."""
    if len(of.of) > LARGEST:
        raise Unsupported("a condition too large")
    return sorted(of.of, key=written)


def _total(node: Node) -> bool:
    """Whether evaluating this never errs, and gives an entity."""
    return isinstance(node, ex.Literal) or (isinstance(node, ex.Var) and node.name != "context")


def _context(node: Node) -> bool:
    return node == ex.Var("context")


def _constant(node: Node) -> Value | None:
    try:
        return constant(node)
    except Erring:
        return None
