"""The mentions in conditions and expressions."""

from __future__ import annotations

from writ.book.expressions import expression, type_of
from writ.book.resolve import Context
from writ.book.terms import Type
from writ.lsp.analysis.notebook import Notebook
from writ.syntax import tree

DATE, PERSON = Type("date"), Type("person-id")


def condition(book: Notebook, context: Context, node: tree.Condition) -> None:
    """Note every name in a condition."""
    match node:
        case tree.Name():
            book.path(context, node)
        case tree.Compare():
            _compare(book, context, node)
        case tree.Member(item=item, items=items, path=path):
            if path is not None:
                kind = book.path(context, path)
                value(book, context, item, kind)
                return
            kind = value(book, context, item, None)
            for each in items:
                value(book, context, each, kind)
        case tree.Stated(path=path):
            book.path(context, path)
        case tree.InEffect(state=state, span=span):
            book.within(state, span)
        case tree.Done(act=act, by=by, since=since, span=span):
            book.within(act, span)
            book.bearer(by)
            if since is not None:
                value(book, context, since, DATE)
        case tree.Happened(event=event, since=since, span=span):
            book.within(event, span)
            if since is not None:
                value(book, context, since, DATE)
        case tree.ActorIs(target=target):
            if book.lexicon.names.sorts.get(target.text) in ("office", "body", "person"):
                book.named(target)
            else:
                book.path(context, target, PERSON)
        case tree.Not(of=of):
            condition(book, context, of)
        case tree.All(items=items) | tree.Any(items=items) | tree.Counted(items=items):
            for one in items:
                condition(book, context, one)
        case tree.Quantified():
            _quantified(book, context, node)


def _quantified(book: Notebook, context: Context, node: tree.Quantified) -> None:
    kind = book.path(context, node.path)
    at = book.place(node.variable, node.span, skip=3 if node.mode == "at least" else 1)
    if kind is None or at < 0:
        return
    book.bind(node.variable, at)
    hidden = context.variables.get(node.variable)
    context.variables[node.variable] = kind.of
    condition(book, context, node.body)
    if hidden is None:
        del context.variables[node.variable]
    else:
        context.variables[node.variable] = hidden


def _compare(book: Notebook, context: Context, node: tree.Compare) -> None:
    """Either side may be a value that only the type of the other explains."""
    kind = typed(context, node.left)
    if kind is None:
        kind = typed(context, node.right)
        value(book, context, node.right, None)
        value(book, context, node.left, kind)
        return
    value(book, context, node.left, None)
    value(book, context, node.right, kind)


def typed(context: Context, node: tree.Expr) -> Type | None:
    """The type of an expression, where it says one by itself."""
    found = expression(context, node)
    return None if found is None else type_of(found)


def value(book: Notebook, context: Context, node: tree.Expr, expected: Type | None) -> Type | None:
    """Note every name in an expression; returns its type where a name gives it."""
    match node:
        case tree.Name(text="actor") | tree.Name(text="now"):
            return None
        case tree.Name():
            return book.path(context, node, expected)
        case tree.Duration(of=of, span=span) if of:
            book.within(of, span, last=True)
        case tree.Arithmetic(left=left, right=right):
            kind = value(book, context, left, expected)
            value(book, context, right, kind)
            return kind
        case tree.Select(items=items):
            for item in items:
                value(book, context, item, DATE)
        case tree.StateTime(state=state, span=span):
            book.within(state, span, skip=2)
        case tree.TimeOf(name=name, span=span, first=first):
            book.within(name, span, skip=3 if first else 2)
        case tree.PeriodBound(of=inner):
            value(book, context, inner, DATE)
        case tree.DaysBetween(start=start, end=end):
            value(book, context, start, DATE)
            value(book, context, end, DATE)
        case tree.CountOf(path=path):
            book.path(context, path)
    return None
