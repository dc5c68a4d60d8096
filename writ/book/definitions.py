"""Definitions: named conditions, dates and numbers, put in place of their names wherever these are used.

A definition speaks of facts and of attributes by their full path, so that it means the same in every norm. It may use
other definitions, in no circle, and none may grow beyond `MAX_TERMS`: a condition always ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from writ.book.attributes import Attributes
from writ.book.conditions import condition
from writ.book.expressions import a, expression, type_of
from writ.book.lexicon import Lexicon
from writ.book.model import DefinitionDef, Place
from writ.book.report import Report
from writ.book.resolve import Context
from writ.book.terms import Condition, Expr, Term, Type
from writ.syntax import tree

MAX_TERMS = 2_000
"""Terms in one definition with all that it uses; a statute's longest has some dozens."""


def define(lexicon: Lexicon, declared: Sequence[tuple[Report, tree.Declaration]]) -> None:
    """Link every definition into the vocabulary of the lexicon."""
    definer = _Definer(lexicon, {item.name: (report, item) for report, item in declared})
    lexicon.define = definer.meaning
    for _, item in declared:
        definer.meaning(item.name)


class _Definer:
    def __init__(
        self, lexicon: Lexicon, declared: dict[str, tuple[Report, tree.Declaration]]
    ) -> None:
        self.lexicon = lexicon
        self.declared = declared
        self.open: list[str] = []
        self.done: dict[str, Condition | Expr | None] = {}

    def meaning(self, name: str) -> Condition | Expr | None:
        """What a definition means; None once an error in it has been reported."""
        if name not in self.done and name in self.declared:
            report, item = self.declared[name]
            if name in self.open:
                circle = " -> ".join([*self.open[self.open.index(name) :], name])
                report.add(
                    "V213",
                    item.name_span,
                    f"`{name}` is defined by itself: {circle}",
                    "break the circle",
                )
                return None
            self.open.append(name)
            self.done[name] = self._link(report, item)
            self.open.pop()
        return self.done.get(name)

    def _link(self, report: Report, item: tree.Declaration) -> Condition | Expr | None:
        if item.type is None or item.meaning is None:
            return None
        lexicon = self.lexicon
        kind = Attributes(lexicon.names, lexicon.vocabulary.kinds).type_of(report, item.type)
        if kind is None:
            return None
        context = Context(lexicon, report, lexicon.scope((), ""))
        meaning: Condition | Expr | None
        if kind.base == "yes-no":
            meaning = condition(context, item.meaning)  # type: ignore[arg-type]
        else:
            meaning = self._value(context, item, kind)
        if meaning is not None and size(meaning) > MAX_TERMS:
            report.add(
                "V213",
                item.name_span,
                f"`{item.name}` comes to more than {MAX_TERMS:,} terms with all that it uses",
                "define less by way of other definitions",
            )
            return None
        if meaning is not None:
            self.lexicon.vocabulary.definitions[item.name] = DefinitionDef(
                item.name, kind, item.description, Place(report.source.path, item.span), meaning
            )
        return meaning

    def _value(self, context: Context, item: tree.Declaration, kind: Type) -> Expr | None:
        value = expression(context, item.meaning, kind)  # type: ignore[arg-type]
        if value is None:
            return None
        found = type_of(value)
        if found.base == kind.base and (not found.of or not kind.of or found.of == kind.of):
            return value
        span = item.meaning.span if item.meaning is not None else item.span
        context.report.add("V205", span, f"this is {a(found)}, and `{item.name}` is {a(kind)}")
        return None


def size(term: object) -> int:
    """How many terms there are, counted no further than just above `MAX_TERMS`."""
    count = 0
    todo = [term]
    while todo and count <= MAX_TERMS:
        item = todo.pop()
        if isinstance(item, tuple):
            todo.extend(item)
        elif isinstance(item, Term):
            count += 1
            todo.extend(getattr(item, name) for name in item.__struct_fields__)
    return count
