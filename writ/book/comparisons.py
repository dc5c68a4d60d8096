"""Comparisons and membership: which types go together, and the one form that each takes."""

from __future__ import annotations

from writ.book.expressions import a, expression, type_of
from writ.book.resolve import Context, attribute
from writ.book.terms import (
    AnyOf,
    Attr,
    Compare,
    Condition,
    Const,
    DateConst,
    Expr,
    Holds,
    Member,
    Not,
    Period,
    Type,
)
from writ.syntax import tree

DATED = frozenset({"before", "after", "on or before", "on or after"})
_AS_DATES = {
    "at least": "on or after",
    "at most": "on or before",
    "above": "after",
    "below": "before",
}
_AS_ORDER = {dated: order for order, dated in _AS_DATES.items()}


def compare(context: Context, node: tree.Compare) -> Condition | None:
    """`EXPR op EXPR` in its one form: `is not` is a negation, and a yes-no is by itself."""
    op = node.op
    if op in ("includes", "within", "shares with"):
        return _sets(context, node)
    sides = _sides(context, node.left, node.right)
    if sides is None:
        return None
    left, right = sides
    kind = _common(context, node, type_of(left), type_of(right))
    if kind is None or not _ordered(context, node, kind):
        return None
    if op not in ("is", "is not"):
        return Compare(op, left, right, kind)
    negated = op == "is not"
    if kind.base == "yes-no":
        if isinstance(left, Const):
            left, right = right, left
        if isinstance(left, Attr) and isinstance(right, Const):
            return Not(Holds(left)) if (right.value is True) == negated else Holds(left)
    found = Compare("is", left, right, kind)
    return Not(found) if negated else found


def _sides(context: Context, left: tree.Expr, right: tree.Expr) -> tuple[Expr, Expr] | None:
    """Both sides. Each may be a value that only the type of the other explains."""
    if _needs_other(context, left):
        second = expression(context, right)
        first = None if second is None else expression(context, left, type_of(second))
        return None if first is None or second is None else (first, second)
    first = expression(context, left)
    if first is None:
        return None
    second = expression(context, right, type_of(first))
    return None if second is None else (first, second)


def _needs_other(context: Context, node: tree.Expr) -> bool:
    """Whether the left side says nothing of its type: a number, a text, or a name that is no attribute."""
    if isinstance(node, tree.Name):
        text = node.text
        return (
            "." not in text
            and text != "actor"
            and text not in context.variables
            and context.scope.find(text) is None
            and _value_somewhere(context, text)
        )
    return isinstance(node, tree.Number | tree.Text | tree.Duration)


def _value_somewhere(context: Context, text: str) -> bool:
    kinds = context.lexicon.vocabulary.kinds.values()
    return any(text in kind.order for kind in kinds)


def _common(context: Context, node: tree.Compare, left: Type, right: Type) -> Type | None:
    """The type in which the two sides are compared."""
    if left == right and left.base != "list":
        return left
    if left.base == right.base == "number":
        if not left.of or not right.of:
            return left if left.of else right
        context.report.add(
            "V206",
            node.span,
            f"{left.of} cannot be compared with {right.of}",
            "state both in one unit",
        )
        return None
    bases = {left.base, right.base}
    help = ""
    if bases == {"number", "duration"}:
        number = left if left.base == "number" else right
        help = f"compare it in {number.of}" if number.of else "write a number without a unit"
    elif "set" in bases and left.of == right.of:
        help = "write `SET includes VALUE`"
    elif "list" in bases:
        help = "ask of its members: `some x in LIST satisfies (…)`"
    context.report.add("V205", node.span, f"{a(left)} cannot be compared with {a(right)}", help)
    return None


def _ordered(context: Context, node: tree.Compare, kind: Type) -> bool:
    """Whether the operator fits the type; if it does not, that is reported."""
    op, base = node.op, kind.base
    if op in ("is", "is not"):
        return True
    if op in DATED:
        if base == "date":
            return True
        help = f"write `{_AS_ORDER[op]}`" if base in ("number", "levels", "duration") else ""
        message = f"`{op}` compares dates, not {a(kind)}"
    else:
        if base in ("number", "levels", "duration"):
            return True
        if base == "kind":
            context.report.add(
                "V207",
                node.span,
                f"the values of `{kind.of}` have no order",
                "declare it as `levels`, lowest first, or use `is` and `in {…}`",
            )
            return False
        help = f"write `{_AS_DATES[op]}`" if base == "date" else ""
        message = f"`{op}` compares numbers, levels and durations, not {a(kind)}"
    context.report.add("V205", node.span, message, help)
    return False


def _sets(context: Context, node: tree.Compare) -> Condition | None:
    if not isinstance(node.left, tree.Name):
        context.report.add("V205", node.left.span, f"a set is expected before `{node.op}`")
        return None
    left = _set(context, node.left, node.op)
    if left is None:
        return None
    if node.op == "includes":
        item = expression(context, node.right, left.type)
        if item is None or not _is_member(context, node.right.span, item, left.type):
            return None
        return Compare("includes", left, item, left.type)
    if not isinstance(node.right, tree.Name):
        context.report.add("V205", node.right.span, f"a set is expected after `{node.op}`")
        return None
    right = _set(context, node.right, node.op)
    if right is None:
        return None
    if left.type != right.type:
        context.report.add(
            "V205", node.span, f"{a(left.type)} cannot be compared with {a(right.type)}"
        )
        return None
    return Compare(node.op, left, right, left.type)


def _set(context: Context, name: tree.Name, op: str) -> Attr | None:
    attr = attribute(context, name)
    if attr is None or attr.type.base == "set":
        return attr
    help = "ask of its members: `some x in LIST satisfies (…)`" if attr.type.base == "list" else ""
    context.report.add(
        "V205", name.span, f"`{op}` is said of sets, and `{name.text}` is {a(attr.type)}", help
    )
    return None


def _is_member(context: Context, span: int, item: Expr, of: Type) -> bool:
    kind = type_of(item)
    if kind.base in ("kind", "levels") and kind.of == of.of:
        return True
    context.report.add("V205", span, f"{a(kind)} cannot be a member of {a(of)}")
    return False


def member(context: Context, node: tree.Member) -> Condition | None:
    """`EXPR in {…}` or `EXPR in PATH`."""
    if node.path is not None:
        path = _set(context, node.path, "in")
        if path is None:
            return None
        item = expression(context, node.item, path.type)
        if item is None or not _is_member(context, node.item.span, item, path.type):
            return None
        return Member(item, (), path)
    item = expression(context, node.item)
    if item is None:
        return None
    kind = type_of(item)
    values: list[Expr] = []
    others: list[Condition] = []
    sound = True
    for each in node.items:
        found = expression(context, each, kind)
        common = None
        if found is not None:
            probe = tree.Compare("is", node.item, each, each.span)
            common = _common(context, probe, kind, type_of(found))
        if found is None or common is None:
            sound = False
        elif isinstance(found, Const | DateConst | Period):
            values.append(found)
        else:
            others.append(Compare("is", item, found, common))
    if not sound:
        return None
    if kind.base == "yes-no" and isinstance(item, Attr):
        return _truths(item, values)
    among = Member(item, tuple(dict.fromkeys(values)))
    if not others:
        return among
    tests = (among, *others) if values else tuple(others)
    return tests[0] if len(tests) == 1 else AnyOf(tests)


def _truths(item: Attr, values: list[Expr]) -> Condition:
    """A yes-no in a set of yes and no, in the form of a condition."""
    tests: list[Condition] = [
        Holds(item) if value.value is True else Not(Holds(item))
        for value in dict.fromkeys(values)
        if isinstance(value, Const)
    ]
    return tests[0] if len(tests) == 1 else AnyOf(tuple(tests))
