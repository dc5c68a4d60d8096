"""Attributes: their types, and their values when not stated."""

from __future__ import annotations

from writ.book import dates
from writ.book.model import AttributeDef, KindDef, Place
from writ.book.names import KINDS, THINGS, Names
from writ.book.report import Report
from writ.book.terms import Period, Type, Value
from writ.diagnostics import Related
from writ.syntax import tree

PLAIN = frozenset({"yes-no", "number", "text", "date", "duration", "person-id"})
"""The types that are not named after something declared."""


class Attributes:
    """Reads attribute lines into `found`; the slots of lines with an error are in `broken`."""

    def __init__(self, names: Names, kinds: dict[str, KindDef]) -> None:
        self.names = names
        self.kinds = kinds
        self.found: dict[str, AttributeDef] = {}
        self.broken: set[str] = set()
        self._spans: dict[str, tuple[Report, int]] = {}

    def read(
        self, report: Report, owner: str, items: tuple[tree.Attribute, ...]
    ) -> tuple[str, ...]:
        """The slots of the attributes of one owner (empty for a fact)."""
        slots = []
        for item in items:
            slot = f"{owner}.{item.name}" if owner else item.name
            if slot in self._spans:
                first, span = self._spans[slot]
                report.add(
                    "V202",
                    item.span,
                    f"`{item.name}` is already an attribute of `{owner}`",
                    "keep one of the two",
                    (Related(first.source.span(span), "first declared here"),),
                )
                continue
            self._spans[slot] = (report, item.span)
            kind = self.type_of(report, item.type)
            if kind is None:
                self.broken.add(slot)
                continue
            slots.append(slot)
            self.found[slot] = AttributeDef(
                slot,
                owner,
                item.name,
                kind,
                item.description,
                Place(report.source.path, item.span),
                item.unknown,
                None if item.default is None else self.default(report, kind, item.default),
            )
        return tuple(slots)

    def type_of(self, report: Report, written: tree.TypeName) -> Type | None:
        """The type that was written, its kind or thing found."""
        base, of, span = written.base, written.of, written.span
        if base in PLAIN:
            return Type(base, of)
        if base == "set":
            known = self.names.expect(report, of, span, KINDS)
        elif base == "list":
            known = self.names.expect(report, of, span, THINGS)
        else:
            sort = self.names.sorts.get(base)
            if sort is None:
                report.add(
                    "V201",
                    span,
                    f"`{base}` is not a type: no kind or levels of that name is declared",
                    like=(base, [*PLAIN, *self.kinds]),
                )
                return None
            known = self.names.expect(report, base, span, KINDS)
            base, of = sort, base
        return Type(base, of) if known else None

    def default(self, report: Report, kind: Type, written: tree.Expr) -> Value | None:
        """The value when not stated, if it is one of the type."""
        match written, kind.base:
            case (tree.Truth(value=value), "yes-no"):
                return value
            case (tree.Number(value=value), "number"):
                return value
            case (tree.Duration(amount=amount, unit=unit), "number") if unit == kind.of:
                return amount
            case (tree.Text(value=value), "text" | "person-id"):
                return value
            case (tree.Date(value=value), "date"):
                return dates.parse(value)
            case (tree.Duration(amount=amount, unit=unit, of=of), "duration"):
                return Period(amount, unit, of)
            case (tree.Name(text=text), "kind" | "levels") if text in self.kinds[kind.of].order:
                return text
            case (tree.Name(text=text, span=span), "kind" | "levels"):
                report.add(
                    "V201",
                    span,
                    f"`{text}` is not a value of `{kind.of}`",
                    like=(text, self.kinds[kind.of].order),
                )
                return None
        report.add(
            "V205",
            written.span,
            f"the value when not stated is not of the type `{kind}`",
            "leave it out: a set or list is then empty, the rest absent"
            if kind.base in ("set", "list")
            else "",
        )
        return None
