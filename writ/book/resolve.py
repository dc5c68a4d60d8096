"""What a name in a condition means: an attribute, or a value of a kind."""

from __future__ import annotations

from writ.book.lexicon import OWNERS, Lexicon, Scope
from writ.book.names import called
from writ.book.report import Report
from writ.book.suggest import did_you_mean
from writ.book.terms import ActorTerm, Attr, Const, Expr, Type
from writ.syntax import tree

_INSTEAD = {
    "state": "`{} in effect`",
    "act": "`{} done`",
    "event": "`{} happened`",
    "office": "`actor is {}`",
    "body": "`actor is {}`",
    "person": "`actor is {}`",
}
"""How a condition speaks of a name that is no attribute."""


class Context:
    """What the names of one norm are resolved against. `variables` are those bound by `every … in …`."""

    def __init__(self, lexicon: Lexicon, report: Report, scope: Scope, grant: str = "") -> None:
        self.lexicon = lexicon
        self.report = report
        self.scope = scope
        self.grant = grant
        """The delegating act, inside `limited to`."""
        self.variables: dict[str, str] = {}
        """Each with the thing that it stands for."""


def attribute(context: Context, name: tree.Name) -> Attr | None:
    """The attribute named; what else the name may be is reported as an error."""
    found = resolve(context, name, None)
    if found is None or isinstance(found, Attr):
        return found
    if not isinstance(found, ActorTerm):
        context.report.add(
            "V205", name.span, f"`{name.text}` is a definition, and an attribute is expected here"
        )
        return None
    context.report.add(
        "V205", name.span, f"`{name.text}` is whoever acts, and an attribute is expected here"
    )
    return None


def resolve(context: Context, name: tree.Name, expected: Type | None) -> Expr | None:
    """What a name means; `expected` is the type of what it is compared with, whose values need no path."""
    owner, dot, rest = name.text.partition(".")
    if dot:
        return _path(context, name, owner, rest)
    text = name.text
    if text in context.variables:
        context.report.add(
            "V205",
            name.span,
            f"`{text}` is a member of a list, and a value is expected here",
            f"name one of its attributes: `{text}.NAME`",
        )
        return None
    if expected is not None and is_value(context.lexicon, expected, text):
        return Const(text, Type(_value_base(context.lexicon, expected), expected.of))
    if text == "actor":
        return ActorTerm()
    found = context.scope.find(text)
    if found is not None:
        return _one(context, name, found)
    if context.lexicon.names.sorts.get(text) == "definition":
        return _defined(context, name)
    _unknown(context, name, expected)
    return None


def _defined(context: Context, name: tree.Name) -> Expr | None:
    """The value that a definition gives."""
    meaning = context.lexicon.define(name.text)
    if meaning is None or isinstance(meaning, Expr):
        return meaning
    context.report.add(
        "V205",
        name.span,
        f"`{name.text}` is a condition, and a value is expected here",
        "write it by itself, or with `not`",
    )
    return None


def is_value(lexicon: Lexicon, kind: Type, text: str) -> bool:
    """Whether `text` is a value of a kind, of levels, or a member of a set of them."""
    if kind.base not in ("kind", "levels", "set"):
        return False
    known = lexicon.vocabulary.kinds.get(kind.of)
    return known is not None and text in known.order


def _value_base(lexicon: Lexicon, kind: Type) -> str:
    return "levels" if lexicon.vocabulary.kinds[kind.of].ordered else "kind"


def _one(context: Context, name: tree.Name, found: tuple[Attr, ...]) -> Attr | None:
    if len(found) == 1:
        return found[0]
    if found:
        paths = [f"`{attr.owner}.{name.text}`" for attr in found]
        context.report.add(
            "V204",
            name.span,
            f"`{name.text}` may mean {' or '.join(paths)}",
            "write the full path",
        )
    return None


def _path(context: Context, name: tree.Name, owner: str, rest: str) -> Attr | None:
    lexicon = context.lexicon
    space, homes_of = "", owner
    if owner in context.variables:
        space, homes_of = "variable", context.variables[owner]
    elif owner == "grant":
        space, homes_of = "grant", context.grant
        if not context.grant:
            context.report.add(
                "V203",
                name.span,
                "`grant` is the delegating act, and has a meaning only inside `limited to`",
            )
            return None
    elif owner != "actor" and not lexicon.names.expect(context.report, owner, name.span, OWNERS):
        return None
    homes = lexicon.homes(homes_of)
    found = homes.get(rest)
    if found is None:
        if homes_of not in lexicon.incomplete and rest not in lexicon.names.lost:
            context.report.add(
                "V201",
                name.span,
                f"`{homes_of}` has no attribute `{rest}`",
                "declare it there" if not homes else f"it has {_some(homes)}",
                like=(rest, homes),
            )
        return None
    attr = _one(context, name, found)
    if attr is None or not space:
        return attr
    if space == "variable":
        return Attr(space, owner, attr.name, attr.type)
    return Attr(space, attr.owner, attr.bare, attr.type)


def _some(names: object) -> str:
    listed = sorted(str(each) for each in names)  # type: ignore[attr-defined]
    shown = ", ".join(f"`{each}`" for each in listed[:5])
    return shown + (" and others" if len(listed) > 5 else "")


def _unknown(context: Context, name: tree.Name, expected: Type | None) -> None:
    lexicon, scope, text = context.lexicon, context.scope, name.text
    if context.report.full():
        return
    kind = None
    if expected is not None and expected.base in ("kind", "levels", "set"):
        kind = lexicon.vocabulary.kinds.get(expected.of)
    if scope.incomplete or text in lexicon.names.lost or (kind and kind.name in lexicon.incomplete):
        return
    wanted = f"a value of `{kind.name}`" if kind else "an attribute"
    values = list(kind.order) if kind else []
    sort = lexicon.names.sorts.get(text)
    if sort in _INSTEAD:
        context.report.add(
            "V203",
            name.span,
            f"`{text}` is {called((sort,))}, and {wanted} is expected here",
            f"did you mean {_INSTEAD[sort].format(text)}?",
        )
        return
    help = did_you_mean(text, values) or scope.suggest(context.report, text)
    elsewhere = lexicon.owners_of(text)
    if elsewhere:
        help = f"it is an attribute elsewhere; write the path: `{elsewhere[0]}.{text}`"
    elif text == "force" and not help:
        help = "a state is `in effect`"
    elif not help and kind is not None:
        help = f"its values are {_some(kind.order)}"
    context.report.add(
        "V201",
        name.span,
        f"`{text}` is not known here; {wanted} is expected",
        help or f"declare it: `fact {text}: yes-no`",
    )
