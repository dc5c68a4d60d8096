"""Conditions, as the reference page writes their grammar out.

A parenthesis may hold a condition or an expression, and only what follows it tells: `(a or b) and c`,
`(a + b) before c`. So a value may come up out of parentheses; `_comparison` goes on with it, and whoever needs a
condition refuses it.
"""

from __future__ import annotations

from collections.abc import Callable

from writ.diagnostics import LENGTH_BITS
from writ.syntax.bearers import bearer
from writ.syntax.cursor import FOLLOWING, Cursor
from writ.syntax.expressions import arithmetic, expression
from writ.syntax.tree import (
    ActorIs,
    All,
    Any,
    Arithmetic,
    Compare,
    Condition,
    Counted,
    CountOf,
    Date,
    DaysBetween,
    Done,
    Duration,
    Expr,
    Happened,
    InEffect,
    Member,
    Name,
    Not,
    Now,
    Number,
    PeriodBound,
    Quantified,
    Select,
    Stated,
    StateTime,
    Text,
    TimeOf,
    Truth,
)

VALUES = (
    Number,
    Text,
    Truth,
    Date,
    Duration,
    Now,
    Arithmetic,
    Select,
    StateTime,
    TimeOf,
    PeriodBound,
    DaysBetween,
    CountOf,
)
"""What is an expression and never a condition: a bare name may be either."""


def condition(c: Cursor, listed: bool = False) -> Condition:
    """A whole condition; `listed` where a comma would end it."""
    return _required(c, _disjunction(c, listed))


def _required(c: Cursor, node: Condition | Expr) -> Condition:
    if isinstance(node, VALUES):
        c.wrong(
            "S142",
            c.at - 1,
            "a value stands where a condition should",
            "compare it: `… is …`, `… above …`",
        )
    return node


def _disjunction(c: Cursor, listed: bool) -> Condition | Expr:
    first = _conjunction(c, listed)
    if c.words[c.at] != "or":
        return first
    items: list[Condition] = []
    node = _required(c, first)
    while True:
        # Joined alternatives are one list, however they were bracketed.
        if type(node) is Any:
            items.extend(node.items)
        else:
            items.append(node)
        if not c.take("or"):
            break
        node = _required(c, _conjunction(c, listed))
    c.bound(len(items))
    return Any(tuple(items), c.since(first.span >> LENGTH_BITS))


def _conjunction(c: Cursor, listed: bool) -> Condition | Expr:
    first = _unary(c, listed)
    if c.words[c.at] != "and":
        return first
    items: list[Condition] = []
    node = _required(c, first)
    while True:
        if type(node) is All:
            items.extend(node.items)
        else:
            items.append(node)
        if not c.take("and"):
            break
        node = _required(c, _unary(c, listed))
    c.bound(len(items))
    return All(tuple(items), c.since(first.span >> LENGTH_BITS))


def _unary(c: Cursor, listed: bool) -> Condition | Expr:
    i = c.at
    word = c.words[i]
    if word == "not":
        c.at = i + 1
        c.deeper()
        inner = _required(c, _unary(c, listed))
        c.depth -= 1
        return Not(inner, c.since(c.start(i)))
    if word == "(":
        c.at = i + 1
        c.deeper()
        node = _disjunction(c, False)
        c.expect(")")
        c.depth -= 1
        if isinstance(node, VALUES) or type(node) is Name:
            return _comparison(c, arithmetic(c, node), listed)
        return node
    leading = _LEADING.get(word)
    if leading is not None:
        counted = leading(c)
        if counted is not None:
            return counted
    return _comparison(c, expression(c), listed)


def _comparison(c: Cursor, left: Expr, listed: bool) -> Condition | Expr:
    """What `left` is compared with; `left` itself if nothing follows that compares."""
    word = c.words[c.at]
    operator = _OPERATORS.get(word)
    if operator is not None:
        node = operator(c, left, listed)
        c.operators = 0
        return node
    if type(left) is Name or word == ")":
        return left
    if word in ("", "and", "or", ","):
        _required(c, left)
    c.unexpected("a comparison", "compare the value: `is`, `in`, `at least`, `before` …")


# --- simple conditions: one function for each word that may follow a value


def _compare(c: Cursor, op: str, words: int, left: Expr) -> Compare:
    c.at += words
    right = expression(c)
    return Compare(op, left, right, c.since(left.span >> LENGTH_BITS))


def _is(c: Cursor, left: Expr, listed: bool) -> Condition:
    words, at = c.words, c.at
    negated = words[at + 1] == "not"
    follows = words[at + 1 + negated]
    if follows == "stated":
        c.at = at + 2 + negated
        path = _named(c, left, at, "`stated`")
        return _maybe_not(c, negated, Stated(path, c.since(left.span >> LENGTH_BITS)))
    if type(left) is Name and left.text == "actor":
        c.at = at + 1 + negated
        target = c.path("a person or an office")
        return _maybe_not(c, negated, ActorIs(target, c.since(left.span >> LENGTH_BITS)))
    return _compare(c, "is not" if negated else "is", 1 + negated, left)


def _in(c: Cursor, left: Expr, listed: bool) -> Condition:
    at = c.at
    follows = c.words[at + 1]
    start = left.span >> LENGTH_BITS
    if follows == "effect":
        c.at = at + 2
        return InEffect(_thing(c, left, at, "`in effect`"), c.since(start))
    c.at = at + 1
    if follows != "{":
        path = c.path("a set in braces, or an attribute that holds one")
        return Member(left, (), path, c.since(start))
    c.at += 1
    items = [expression(c)]
    while c.take(","):
        items.append(expression(c))
    c.bound(len(items))
    c.expect("}")
    return Member(left, tuple(items), None, c.since(start))


def _not(c: Cursor, left: Expr, listed: bool) -> Condition:
    at = c.at
    operator = _NEGATABLE.get(c.words[at + 1])
    if operator is None:
        c.at = at + 1
        c.unexpected("`in`, `done` or `happened` after `not`")
    c.at = at + 1
    return _maybe_not(c, True, operator(c, left, listed))


def _maybe_not(c: Cursor, negated: bool, node: Condition) -> Condition:
    return Not(node, node.span) if negated else node


def _named(c: Cursor, left: Expr, i: int, before: str) -> Name:
    if type(left) is not Name:
        c.wrong("S140", i, f"expected a name before {before}")
    return left


def _thing(c: Cursor, left: Expr, i: int, before: str) -> str:
    name = _named(c, left, i, before).text
    if "." in name:
        c.wrong("S140", i, f"expected a name before {before}, found the path `{name}`")
    return name


def _includes(c: Cursor, left: Expr, listed: bool) -> Condition:
    _named(c, left, c.at, "`includes`")
    return _compare(c, "includes", 1, left)


def _within(c: Cursor, left: Expr, listed: bool) -> Condition:
    _named(c, left, c.at, "`within`")
    c.at += 1
    right = c.path("the wider set")
    return Compare("within", left, right, c.since(left.span >> LENGTH_BITS))


def _shares(c: Cursor, left: Expr, listed: bool) -> Condition:
    _named(c, left, c.at, "`shares with`")
    c.expect("shares", "with")
    right = c.path("the other set")
    return Compare("shares with", left, right, c.since(left.span >> LENGTH_BITS))


def _at(c: Cursor, left: Expr, listed: bool) -> Condition:
    bound = c.words[c.at + 1]
    if bound not in ("least", "most"):
        c.at += 1
        c.unexpected("`least` or `most` after `at`")
    return _compare(c, f"at {bound}", 2, left)


def _on(c: Cursor, left: Expr, listed: bool) -> Condition:
    side = c.words[c.at + 2]
    if c.words[c.at + 1] != "or" or side not in ("before", "after"):
        c.unexpected("`on or before` or `on or after`")
    return _compare(c, f"on or {side}", 3, left)


def _plain(c: Cursor, left: Expr, listed: bool) -> Condition:
    return _compare(c, c.words[c.at], 1, left)


def _done(c: Cursor, left: Expr, listed: bool) -> Condition:
    act = _thing(c, left, c.at, "`done`")
    c.at += 1
    by = None
    by_actor = False
    if c.take("by"):
        if c.sees("the", "actor"):
            c.at += 2
            by_actor = True
        else:
            by = bearer(c, listed)
    since = expression(c) if c.take("since") else None
    return Done(act, by, by_actor, since, c.since(left.span >> LENGTH_BITS))


def _happened(c: Cursor, left: Expr, listed: bool) -> Condition:
    event = _thing(c, left, c.at, "`happened`")
    c.at += 1
    since = expression(c) if c.take("since") else None
    return Happened(event, since, c.since(left.span >> LENGTH_BITS))


_Operator = Callable[[Cursor, Expr, bool], Condition]
_NEGATABLE: dict[str, _Operator] = {"in": _in, "done": _done, "happened": _happened}
_OPERATORS: dict[str, _Operator] = {
    **_NEGATABLE,
    "is": _is,
    "not": _not,
    "includes": _includes,
    "within": _within,
    "shares": _shares,
    "at": _at,
    "above": _plain,
    "below": _plain,
    "before": _plain,
    "after": _plain,
    "on": _on,
}


# --- counted and quantified


def _counted(c: Cursor) -> Condition | None:
    """`all of (…)`, `any of (…)`, `at least N of (…)`, `exactly N of (…)`."""
    i = c.at
    mode = c.words[i]
    number = 0
    if mode in ("all", "any"):
        if not c.sees(mode, "of", "("):
            return None
        c.at = i + 1
    else:
        c.at = i + 1
        if mode == "at":
            c.expect("least")
            mode = "at least"
        number = c.whole("how many")
        if mode == "at least" and c.words[c.at] != "of":
            return _quantified_rest(c, i, mode, number)
    c.expect("of", "(")
    c.deeper()
    items: list[Condition] = []
    while True:
        item = condition(c, listed=True)
        if (type(item) is All and mode == "all") or (type(item) is Any and mode == "any"):
            items.extend(item.items)
        else:
            items.append(item)
        if not c.take(","):
            break
    c.bound(len(items))
    c.expect(")")
    c.depth -= 1
    span = c.since(c.start(i))
    if mode not in ("all", "any"):
        return Counted(mode, number, tuple(items), span)
    if len(items) == 1:
        return items[0]
    return All(tuple(items), span) if mode == "all" else Any(tuple(items), span)


def _quantified(c: Cursor) -> Condition | None:
    i = c.at
    if c.words[i + 2] != "in" or c.words[i + 1] in FOLLOWING:
        return None
    c.at = i + 1
    return _quantified_rest(c, i, c.words[i], 0)


def _quantified_rest(c: Cursor, i: int, mode: str, number: int) -> Condition:
    variable = c.name("a name for the member")
    c.expect("in")
    path = c.path("a set or a list")
    c.expect("satisfies", "(")
    c.deeper()
    body = condition(c)
    c.expect(")")
    c.depth -= 1
    return Quantified(mode, number, variable.text, path, body, c.since(c.start(i)))


_LEADING: dict[str, Callable[[Cursor], Condition | None]] = {
    "all": _counted,
    "any": _counted,
    "at": _counted,
    "exactly": _counted,
    "every": _quantified,
    "some": _quantified,
    "no": _quantified,
}
