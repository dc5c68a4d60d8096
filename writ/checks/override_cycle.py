"""C403: overrides that run in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import BARS, GRANTS, Norm, Override
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "C403",
    "override-cycle",
    Severity.ERROR,
    "norms override each other in a circle",
    "each gives way to another of them, so that none prevails and none yields.",
    """
prohibition 5
  no one may publish
  notwithstanding 6
permission 6
  minister may publish
  notwithstanding 5
""",
    "remove one of the overrides.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """One finding for each circle, at the override in it that is written last."""
    links: dict[str, set[str]] = {}
    for winner, loser in view.book.beats:
        if oppose(view.book.by_id[winner], view.book.by_id[loser]):
            links.setdefault(winner, set()).add(loser)
    for circle in _circles(links):
        inside = [
            override
            for name in sorted(circle)
            for override in view.ranked.get(name, ())
            if override.winner == name and override.loser in circle
        ]
        yield _report(view, inside)


def oppose(one: Norm, other: Norm) -> bool:
    """Whether norms of these kinds can stand against each other at all."""
    kinds = {one.kind, other.kind}
    if one.omission or other.omission:
        return "duty" in kinds
    return bool(
        kinds == {"duty"}
        or (kinds & GRANTS and kinds & (BARS | {"limit"}))
        or (kinds & GRANTS and (one.before or other.before))
    )


def _report(view: View, inside: list[Override]) -> Diagnostic:
    span = view.book.span
    by_place = {override.place: override for override in inside}
    written = sorted(by_place.values(), key=lambda override: span(override.place))
    last = written[-1]
    norms = view.book.by_id
    winner, loser = norms[last.winner].citation, norms[last.loser].citation
    message = f"`{winner}` prevails over `{loser}`, which prevails over it in turn"
    related = tuple(
        (each.place, f"`{norms[each.winner].citation}` over `{norms[each.loser].citation}`")
        for each in written[:-1][:8]
    )
    return finding(view, DOC, last.place, message, "remove one of these overrides", related)


def _circles(links: dict[str, set[str]]) -> list[set[str]]:
    """The sets of norms of which each leads to every other (Tarjan 1972), without recursion."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    inside: set[str] = set()
    found: list[set[str]] = []
    for start in sorted(links):
        todo: list[tuple[str, Iterator[str]]] = []
        if start not in order:
            todo.append((start, iter(sorted(links[start]))))
        while todo:
            name, rest = todo[-1]
            if name not in order:
                order[name] = low[name] = len(order)
                open_.append(name)
                inside.add(name)
            for after in rest:
                if after not in order:
                    todo.append((after, iter(sorted(links.get(after, ())))))
                    break
                if after in inside:
                    low[name] = min(low[name], order[after])
            else:
                todo.pop()
                if todo:
                    above = todo[-1][0]
                    low[above] = min(low[above], low[name])
                if low[name] == order[name]:
                    at = open_.index(name)
                    circle = set(open_[at:])
                    del open_[at:]
                    inside -= circle
                    if len(circle) > 1:
                        found.append(circle)
    return found


CHECK = Check(DOC, Unit.BOOK, find)
