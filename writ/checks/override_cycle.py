"""C403: overrides that run in a circle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from writ.book.model import BARS, GRANTS, Norm, Override
from writ.checks.check import Check, Unit, document, finding
from writ.checks.circles import entwined
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


MAX_DAYS = 100
"""So many days are looked at, where overrides come and go."""


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """One finding for each circle, at the override in it that is written last."""
    book = view.book
    always = [pair for pair in book.beats if oppose(*(book.by_id[name] for name in pair))]
    at_times = {
        pair: overrides
        for pair, overrides in book.ranking.at_times.items()
        if oppose(*(book.by_id[name] for name in pair))
    }
    found = entwined(_links([*always, *at_times]))
    if at_times and found:
        found = [circle for outer in found for circle in _on_one_day(outer, always, at_times)]
    for circle in found:
        inside = [
            override
            for name in sorted(circle)
            for override in view.ranked.get(name, ())
            if override.winner == name and override.loser in circle
        ]
        yield _report(view, inside)


def _links(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    links: dict[str, set[str]] = {}
    for winner, loser in pairs:
        links.setdefault(winner, set()).add(loser)
    return links


def _on_one_day(
    outer: set[str],
    always: Iterable[tuple[str, str]],
    at_times: Mapping[tuple[str, str], list[Override]],
) -> list[set[str]]:
    """The circles within these norms on the days on which one of their overrides comes into force."""
    always = [pair for pair in always if outer.issuperset(pair)]
    timed = {pair: found for pair, found in at_times.items() if outer.issuperset(pair)}
    days: set[dt.date] = set()
    for override in (each for found in timed.values() for each in found):
        days |= {day for day in (override.start,) if day}
        days |= {gap.end + dt.timedelta(days=1) for gap in override.gaps if gap.end}
    found: dict[frozenset[str], set[str]] = {}
    for day in sorted(days)[:MAX_DAYS]:
        now = [pair for pair, found in timed.items() if any(o.in_force(day) for o in found)]
        for circle in entwined(_links([*always, *now])):
            found.setdefault(frozenset(circle), circle)
    return list(found.values()) if timed else [outer]


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


CHECK = Check(DOC, Unit.BOOK, find)
