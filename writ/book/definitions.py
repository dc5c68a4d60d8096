"""Definitions: named conditions, dates and numbers, put in place of their names wherever these are used.

A definition speaks of facts and of attributes by their full path, so that it means the same in every norm. It may use
other definitions, in no circle, and none may grow beyond `MAX_TERMS`: a condition always ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from writ.book.attributes import Attributes
from writ.book.conditions import condition
from writ.book.expressions import a, expression, type_of
from writ.book.hierarchy import acyclic
from writ.book.lexicon import Lexicon
from writ.book.model import DefinitionDef, Place
from writ.book.report import Report
from writ.book.resolve import Context
from writ.book.terms import Condition, Expr, Term, Type
from writ.syntax import tree

MAX_TERMS = 2_000
"""Terms in one definition with all that it uses; a statute's longest has some dozens."""


MAX_NESTED = 64
"""Levels of terms within one another, so that a visitor of a condition may recurse freely."""


def define(lexicon: Lexicon, declared: Sequence[tuple[Report, tree.Declaration]]) -> None:
    """Link every definition into the vocabulary of the lexicon, each after those that it uses."""
    definer = _Definer(lexicon, {item.name: (report, item) for report, item in declared})
    lexicon.define = definer.meaning
    uses = {
        item.name: tuple([name for name in names_in(item.meaning) if name in definer.declared])
        for _, item in declared
    }
    for name in acyclic(uses, definer.refuse):
        definer.link(name)


class _Definer:
    def __init__(
        self, lexicon: Lexicon, declared: dict[str, tuple[Report, tree.Declaration]]
    ) -> None:
        self.lexicon = lexicon
        self.declared = declared
        self.done: dict[str, Condition | Expr | None] = {}

    def meaning(self, name: str) -> Condition | Expr | None:
        """What a definition means; None once an error in it has been reported."""
        return self.done.get(name)

    def refuse(self, code: str, name: str, used: str) -> None:
        """Report a definition that uses itself, or too many others in a row."""
        if name in self.done:
            return
        self.done[name] = None
        report, item = self.declared[name]
        if code == "V209":
            message = f"`{name}` rests on too many definitions, each within the next"
            report.add("V213", item.name_span, message, "write out some of them")
            return
        way = "" if used == name else f", by way of `{used}`"
        report.add(
            "V213", item.name_span, f"`{name}` is defined by itself{way}", "break the circle"
        )

    def link(self, name: str) -> None:
        """Link one definition, when those that it uses have been."""
        if name not in self.done:
            self.done[name] = self._link(*self.declared[name])

    def _link(self, report: Report, item: tree.Declaration) -> Condition | Expr | None:
        if item.type is None or item.meaning is None:
            return None
        lexicon = self.lexicon
        kind = Attributes(lexicon.names, lexicon.vocabulary.kinds).type_of(report, item.type)
        if kind is None:
            return None
        context = Context(lexicon, report, lexicon.scope((), ""))
        meaning = (
            condition(context, item.meaning)  # type: ignore[arg-type]
            if kind.base == "yes-no"
            else self._value(context, item, kind)
        )
        if meaning is not None and not _bounded(meaning):
            report.add(
                "V213",
                item.name_span,
                f"`{item.name}` comes to more than {MAX_TERMS:,} terms, or {MAX_NESTED} within one another, "
                "with all that it uses",
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


def _bounded(term: object) -> bool:
    """Whether a meaning keeps the limits, counted no further than just above them."""
    count = 0
    todo = [(term, 0)]
    while todo:
        item, level = todo.pop()
        if isinstance(item, tuple):
            todo.extend((each, level) for each in item)
        elif isinstance(item, Term):
            count += 1
            if count > MAX_TERMS or level > MAX_NESTED:
                return False
            todo.extend((getattr(item, name), level + 1) for name in item.__struct_fields__)
    return True


def names_in(node: object) -> list[str]:
    """The names in a tree, each once."""
    found: dict[str, None] = {}
    todo = [node]
    while todo:
        item = todo.pop()
        if isinstance(item, tuple):
            todo.extend(item)
        elif isinstance(item, tree.Name):
            found[item.text] = None
        elif isinstance(item, tree.Node):
            todo.extend(getattr(item, name) for name in item.__struct_fields__)
    return list(found)
