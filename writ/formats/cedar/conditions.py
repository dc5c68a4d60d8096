"""Cedar conditions as conditions of our language.

Cedar evaluates from the left, stops where the answer is sure, and skips a policy that errs. So each expression becomes
two conditions: when it is true, and when it is false; where it errs, neither holds.

    a && b   true: a true and b true        false: a false, or a true and b false
    a || b   true: a true, or a false and b true        false: a false and b false
    !a       true: a false                  false: a true
"""

from __future__ import annotations

from typing import NamedTuple

from writ.formats.cedar import expressions as ex
from writ.formats.cedar.comparisons import Tests, Truths
from writ.formats.cedar.evaluate import constant
from writ.formats.cedar.expressions import Node, Unsupported
from writ.formats.cedar.extensions import RESULTS, Erring
from writ.formats.cedar.facts import Facts
from writ.formats.cedar.logic import ALWAYS, NEVER, every, some
from writ.formats.cedar.values import FALSE, TRUE

ERRS = Truths(NEVER, NEVER, False)
HOLDS = Truths(ALWAYS, NEVER, True)
FAILS = Truths(NEVER, ALWAYS, True)
LOGIC = ex.Not | ex.Both | ex.Either | ex.If
ARITHMETIC = frozenset({"+", "-", "*", "neg"})
FEW = 4
"""So many parts of a chain are written one after the other."""
BUDGET = 3_000
"""Expressions looked at for one policy: what is written in few words may ask for more."""


class Found(NamedTuple):
    """A logical expression inside an operand, and the operand with each of its outcomes."""

    test: Node
    then: Node
    otherwise: Node


class Conditions:
    """Translates the conditions of one policy."""

    def __init__(self, facts: Facts) -> None:
        self._tests = Tests(facts)
        self._left = BUDGET

    def truths(self, node: Node) -> Truths:
        """When the expression is true, and when it is false.

        Raises:
            Unsupported: it has something that neither our conditions nor a single fact can say.
        """
        self._left -= 1
        if self._left < 0:
            raise Unsupported("a condition too large")
        try:
            known = constant(node)
        except Erring:
            return ERRS
        if known is not None:
            return HOLDS if known == TRUE else FAILS if known == FALSE else ERRS
        match node:
            case ex.Not():
                inner = self.truths(node.of)
                return Truths(inner.false, inner.true, inner.total)
            case ex.Both():
                return self._both([self.truths(one) for one in _until(node.items, FALSE)])
            case ex.Either():
                parts = [self.truths(one) for one in _until(node.items, TRUE)]
                turned = self._both([Truths(one.false, one.true, one.total) for one in parts])
                return Truths(turned.false, turned.true, turned.total)
            case ex.If():
                return self._choice(node.test, node.then, node.otherwise)
            case ex.SetOf() | ex.RecordOf() | ex.Var():
                return ERRS
            case _:
                return self._test(node)

    def _both(self, parts: list[Truths]) -> Truths:
        """A chain of `&&`. What follows a part is asked only where that part is true."""
        total = all(one.total for one in parts)
        if len(parts) > FEW:
            # In halves, so that a long chain is not nested as deep as it is long.
            half = len(parts) // 2
            first, second = self._both(parts[:half]), self._both(parts[half:])
            true, asked = (first.true, second.true), every((first.true, second.false))
            either = (first.false, second.false if first.total else asked)
            return Truths(every(true), some(either), total)
        false = NEVER
        for part in reversed(parts):
            asked = false if part.total else every((part.true, false))
            false = some((part.false, asked))
        return Truths(every(one.true for one in parts), false, total)

    def _choice(self, test: Node, then: Node, otherwise: Node) -> Truths:
        asked, first, second = self.truths(test), self.truths(then), self.truths(otherwise)
        return Truths(
            some((every((asked.true, first.true)), every((asked.false, second.true)))),
            some((every((asked.true, first.false)), every((asked.false, second.false)))),
            asked.total and first.total and second.total,
        )

    def _test(self, node: Node) -> Truths:
        """A single test. Logic inside its operands is taken out first: it belongs to the norm, not to a fact."""
        inner = _logic_in(node)
        if inner is not None:
            return self._choice(inner.test, inner.then, inner.otherwise)
        for one in _beneath(node):
            if isinstance(one, ex.Call) and one.name in ARITHMETIC and not _sure(one):
                raise Unsupported(f"arithmetic (`{'-' if one.name == 'neg' else one.name}`)")
        return self._tests.truths(node)


def _until(items: tuple[Node, ...], end: object) -> list[Node]:
    """The parts of a chain, as far as it can be asked: what follows a constant that settles it never is."""
    found = []
    for item in items:
        found.append(item)
        if _sure(item) and _constant(item) == end:
            break
    return found


def _constant(node: Node) -> object:
    try:
        return constant(node)
    except Erring:
        return None


def _sure(node: Node) -> bool:
    """Whether it depends on nothing."""
    try:
        return constant(node) is not None
    except Erring:
        return True


def _beneath(node: Node) -> list[Node]:
    found, todo = [], [node]
    while todo:
        one = todo.pop()
        found.append(one)
        todo.extend(ex.children(one))
    return found


def _logic_in(node: Node) -> Found | None:
    """The first logical expression that depends on something, inside the operands of a test."""
    for at, child in enumerate(ex.children(node)):
        if _sure(child):
            continue
        if isinstance(child, ex.If):
            return Found(child.test, _with(node, at, child.then), _with(node, at, child.otherwise))
        if isinstance(child, LOGIC) or _is_test(child):
            return Found(
                child, _with(node, at, ex.Literal(TRUE)), _with(node, at, ex.Literal(FALSE))
            )
        inner = _logic_in(child)
        if inner is not None:
            return Found(inner.test, _with(node, at, inner.then), _with(node, at, inner.otherwise))
    return None


def _is_test(node: Node) -> bool:
    if isinstance(node, ex.Has | ex.Like | ex.Is):
        return True
    return isinstance(node, ex.Call) and not (
        node.name in RESULTS
        or node.name in ARITHMETIC
        or node.name in ("getTag", "decimal", "ip", "datetime", "duration")
    )


def _with(node: Node, at: int, child: Node) -> Node:
    """The expression with another child at a place."""
    match node:
        case ex.Get():
            return ex.Get(child, node.name)
        case ex.Has():
            return ex.Has(child, node.name)
        case ex.Like():
            return ex.Like(child, node.pattern)
        case ex.Is():
            return ex.Is(child, node.type)
        case ex.Call():
            return ex.Call(node.name, (*node.args[:at], child, *node.args[at + 1 :]))
        case ex.SetOf():
            return ex.SetOf((*node.items[:at], child, *node.items[at + 1 :]))
        case ex.RecordOf():
            fields = list(node.fields)
            fields[at] = (fields[at][0], child)
            return ex.RecordOf(tuple(fields))
        case _:
            raise Unsupported("logic in an operand")
