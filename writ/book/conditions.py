"""Conditions: tree to term, in one form for each meaning, so that scopes can be compared."""

from __future__ import annotations

from collections.abc import Iterable

from writ.book.bearers import bearer
from writ.book.comparisons import compare, member
from writ.book.expressions import a, date, type_of
from writ.book.names import ACTORS, ACTS, EVENTS, STATES
from writ.book.resolve import Context, attribute, resolve
from writ.book.terms import (
    ActorHolds,
    ActorTerm,
    All,
    Always,
    AnyOf,
    Attr,
    Compare,
    Condition,
    Counted,
    Done,
    Expr,
    Happened,
    Holds,
    InEffect,
    Not,
    Quantified,
    Stated,
    Type,
)
from writ.syntax import tree

PERSON = Type("person-id")


def conjuncts(context: Context, node: tree.Condition) -> tuple[Condition, ...] | None:
    """A condition as a list of conjuncts; None once an error in it has been reported."""
    found = condition(context, node)
    if found is None:
        return None
    return found.items if isinstance(found, All) else (found,)


def condition(context: Context, node: tree.Condition) -> Condition | None:
    """The linked condition."""
    match node:
        case tree.Name():
            return _holds(context, node)
        case tree.Truth(value=truth):
            return Always(truth)
        case tree.Compare():
            return compare(context, node)
        case tree.Member():
            return member(context, node)
        case tree.Stated(path=path):
            attr = attribute(context, path)
            return None if attr is None else Stated(attr)
        case tree.InEffect(state=state, span=span):
            known = context.lexicon.names.expect(context.report, state, span, STATES)
            return InEffect(state) if known else None
        case tree.Done():
            return _done(context, node)
        case tree.Happened(event=event, since=since, span=span):
            known = context.lexicon.names.expect(context.report, event, span, EVENTS)
            start, sound = _since(context, since)
            return Happened(event, start) if known and sound else None
        case tree.ActorIs(target=target):
            return _actor_is(context, target)
        case tree.Not(of=of):
            inner = condition(context, of)
            return None if inner is None else negation(inner)
        case tree.All(items=items):
            found = _each(context, items)
            return None if found is None else conjunction(found)
        case tree.Any(items=items):
            found = _each(context, items)
            return None if found is None else disjunction(found)
        case tree.Counted(mode=mode, number=number, items=items):
            found = _each(context, items)
            return None if found is None else Counted(mode, number, tuple(found))
        case tree.Quantified():
            return _quantified(context, node)


def negation(inner: Condition) -> Condition:
    """`not C`. Two negations cancel out, and none of several is each of them not: two conjuncts, not one."""
    if isinstance(inner, Not):
        return inner.of
    if isinstance(inner, AnyOf):
        return conjunction(negation(item) for item in inner.items)
    return Always(not inner.value) if isinstance(inner, Always) else Not(inner)


def denied(found: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conjuncts of `unless`: not all of these."""
    inner = negation(found[0] if len(found) == 1 else All(found))
    return inner.items if isinstance(inner, All) else (inner,)


def conjunction(items: Iterable[Condition]) -> Condition:
    """All of them, in one list and each once."""
    flat: list[Condition] = []
    for item in items:
        flat.extend(item.items if isinstance(item, All) else (item,))
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else All(unique)


def disjunction(items: Iterable[Condition]) -> Condition:
    """Any of them, in one list and each once."""
    flat: list[Condition] = []
    for item in items:
        flat.extend(item.items if isinstance(item, AnyOf) else (item,))
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else AnyOf(unique)


def _each(context: Context, items: tuple[tree.Condition, ...]) -> list[Condition] | None:
    """Every item, so that each mistake is reported; None if there was one."""
    found = [condition(context, item) for item in items]
    known = [item for item in found if item is not None]
    return known if len(known) == len(found) else None


def _holds(context: Context, name: tree.Name) -> Condition | None:
    if _is_definition(context, name.text):
        meaning = context.lexicon.define(name.text)
        if meaning is None or isinstance(meaning, Condition):
            return meaning
        context.report.add(
            "V205",
            name.span,
            f"`{name.text}` is {a(type_of(meaning))}, and yes or no is expected here",
            "compare it with something",
        )
        return None
    attr = attribute(context, name)
    if attr is None:
        return None
    if attr.type.base == "yes-no":
        return Holds(attr)
    help = {
        "set": "ask what it includes, or count its members: `count of … above 0`",
        "list": "ask of its members: `some x in LIST satisfies (…)`",
    }.get(attr.type.base, f"compare it, or ask whether it was stated: `{name.text} is stated`")
    context.report.add(
        "V205", name.span, f"`{name.text}` is {a(attr.type)}, and yes or no is expected here", help
    )
    return None


def _is_definition(context: Context, text: str) -> bool:
    return (
        context.lexicon.names.sorts.get(text) == "definition"
        and text not in context.variables
        and context.scope.find(text) is None
    )


def _since(context: Context, node: tree.Expr | None) -> tuple[Expr | None, bool]:
    if node is None:
        return None, True
    found = date(context, node)
    return found, found is not None


def _done(context: Context, node: tree.Done) -> Condition | None:
    names, report = context.lexicon.names, context.report
    known = names.expect(report, node.act, node.span, ACTS)
    by = None if node.by is None else bearer(context.lexicon, report, node.by)
    since, sound = _since(context, node.since)
    if not known or not sound or (node.by is not None and by is None):
        return None
    return Done(node.act, by, node.by_actor, since)


def _actor_is(context: Context, target: tree.Name) -> Condition | None:
    """`actor is` an office, or the person that an attribute names."""
    text = target.text
    names, report = context.lexicon.names, context.report
    if "." not in text and text not in context.variables:
        office = text == "anyone" or names.sorts.get(text) in ACTORS
        attrs = context.scope.find(text)
        persons = [attr for attr in attrs or () if attr.type == PERSON]
        if office and persons:
            report.add(
                "V204",
                target.span,
                f"`{text}` may mean the office or the attribute `{persons[0].owner}.{text}`",
                "write the full path of the attribute, or rename one of the two",
            )
            return None
        if office:
            return ActorHolds(text)
        if attrs is None:
            names.expect(report, text, target.span, ACTORS)
            return None
    found = resolve(context, target, PERSON)
    if found is None:
        return None
    if isinstance(found, Attr) and found.type == PERSON:
        return Compare("is", ActorTerm(), found, PERSON)
    kind = found.type if isinstance(found, Attr) else PERSON
    report.add(
        "V205",
        target.span,
        f"`{text}` is {a(kind)}, and an office or a person is expected here",
        "declare it as `person-id`" if isinstance(found, Attr) else "",
    )
    return None


def _quantified(context: Context, node: tree.Quantified) -> Condition | None:
    path = attribute(context, node.path)
    if path is None:
        return None
    if path.type.base != "list":
        help = "of a set, ask what it includes" if path.type.base == "set" else ""
        context.report.add(
            "V205",
            node.path.span,
            f"`{node.path.text}` is {a(path.type)}, and a list is expected here",
            help,
        )
        return None
    hidden = context.variables.get(node.variable)
    context.variables[node.variable] = path.type.of
    body = condition(context, node.body)
    if hidden is None:
        del context.variables[node.variable]
    else:
        context.variables[node.variable] = hidden
    if body is None:
        return None
    return Quantified(node.mode, node.number, node.variable, path, body)
