"""What is wrong with a crosswalk, as far as it can be seen without judging what the texts mean."""

from __future__ import annotations

from collections.abc import Iterator

from writ.diagnostics import Diagnostic
from writ.formats.crosswalks.codes import finding
from writ.formats.crosswalks.frameworks import Framework
from writ.formats.crosswalks.rows import Collection, Crosswalk, Relationship, Row

_SAME = frozenset({Relationship.EQUAL, Relationship.EQUIVALENT})
"""The two relationships that can both hold of one pair; every other two exclude each other."""
SHOWN = 10
"""Ids named in one message."""


def check(
    collection: Collection, old: Framework | None = None, new: Framework | None = None
) -> list[Diagnostic]:
    """Unknown ids and unmapped controls (of the frameworks that are given), duplicates and contradictions."""
    found: list[Diagnostic] = []
    for crosswalk in collection.crosswalks:
        if old is not None:
            found += _ids(crosswalk, old, 0, collection.file)
        if new is not None:
            found += _ids(crosswalk, new, 1, collection.file)
        found += _duplicates(crosswalk, collection.file)
        found += _contradictions(crosswalk, collection.file)
    return found


def sides(row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return row.sources, row.targets


def within(framework: Framework, id: str) -> str:
    """The entry that an id names: itself, in other capitals, or the control that a statement belongs to; or none."""
    if id in framework.by_id:
        return id
    control = id.partition("_smt")[0]
    known = framework.folded
    return known.get(id.casefold(), "") or known.get(control.casefold(), "")


def mapped(crosswalk: Crosswalk, framework: Framework, side: int) -> set[str]:
    """The entries of a framework that the rows name, those with `no-relationship` and the gaps included."""
    named = {id for row in crosswalk.rows for id in sides(row)[side]} | crosswalk.gaps[side]
    return {entry for id in named if (entry := within(framework, id))}


def _ids(crosswalk: Crosswalk, framework: Framework, side: int, file: str) -> Iterator[Diagnostic]:
    named = dict.fromkeys(id for row in crosswalk.rows for id in sides(row)[side])
    for id in [*named, *sorted(crosswalk.gaps[side])]:
        if not within(framework, id):
            yield finding("X502", f"`{id}` is not in {framework.title}", file)
    known = mapped(crosswalk, framework, side)
    left = [
        one.id
        for one in framework.entries
        if framework.heights[one.id] == 0 and one.id not in known
    ]
    if left:
        shown = ", ".join(left[:SHOWN]) + (" …" if len(left) > SHOWN else "")
        are = "control is" if len(left) == 1 else "controls are"
        message = f"of {framework.title} {len(left)} {are} in no row: {shown}"
        yield finding("X505", message, file)


def _duplicates(crosswalk: Crosswalk, file: str) -> Iterator[Diagnostic]:
    seen: set[tuple[frozenset[str], frozenset[str], Relationship]] = set()
    for row in crosswalk.rows:
        key = frozenset(row.sources), frozenset(row.targets), row.relationship
        if key in seen:
            yield finding("X503", f"a second row says {_said(row)}", file)
        seen.add(key)


def _contradictions(crosswalk: Crosswalk, file: str) -> Iterator[Diagnostic]:
    """Of rows between the same ends: what is true of several together need not be of each."""
    seen: dict[tuple[frozenset[str], frozenset[str]], Row] = {}
    for row in crosswalk.rows:
        key = frozenset(row.sources), frozenset(row.targets)
        first = seen.setdefault(key, row)
        both = {first.relationship, row.relationship}
        if len(both) > 1 and not both <= _SAME:
            message = f"{_said(row)}, and by another row it is {first.relationship}"
            yield finding("X504", message, file)
    for side, what in enumerate(("source", "target")):
        related = {
            id
            for row in crosswalk.rows
            if row.relationship is not Relationship.NONE
            for id in sides(row)[side]
        }
        for id in sorted(related & crosswalk.gaps[side]):
            yield finding("X504", f"`{id}` is mapped, and among the gaps of the {what}", file)


def _said(row: Row) -> str:
    return f"{', '.join(row.sources)} {row.relationship} {', '.join(row.targets)}"
