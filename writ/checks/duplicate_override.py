"""C406: an override that says what another has said."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Override, Place
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "C406",
    "duplicate-override",
    Severity.NOTE,
    "an override ranks only norms that another clause already ranks in the same way",
    "two clauses have to be kept in step, and who amends one of them changes nothing.",
    """
prohibition 5
  no one may publish
  subject to 6
permission 6
  minister may publish
  notwithstanding 5
""",
    "keep the clause that stands where a reader looks for it.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each clause of which every pair has been said by clauses before it."""
    clauses: dict[Place, list[Override]] = {}
    for override in view.overrides_in.get(unit, ()):
        clauses.setdefault(override.place, []).append(override)
    for place, overrides in clauses.items():
        first: Override | None = None
        for override in overrides:
            first = _before(view, override)
            if first is None:
                break
        if first is not None:
            norms = view.book.by_id
            message = f"`{norms[first.winner].citation}` already prevails over `{norms[first.loser].citation}`"
            yield finding(view, DOC, place, message, related=((first.place, "said here"),))


def _before(view: View, override: Override) -> Override | None:
    """An equal override that is written before this one."""
    mine = (override.place.file, override.place.span)
    for other in view.ranked[override.winner]:
        if (
            other.winner == override.winner
            and other.loser == override.loser
            and (other.place.file, other.place.span) < mine
            and other.rank <= view.book.by_id[other.loser].rank
            and _lasts_as_long(view, other, override)
        ):
            return other
    return None


def _lasts_as_long(view: View, other: Override, override: Override) -> bool:
    """Whether the other is in force whenever this one has effect."""
    norms = view.book.by_id
    if other.covers(norms[other.winner], norms[other.loser]):
        return True
    dates = [(each.start, each.end, each.gaps, each.known) for each in (other, override)]
    return dates[0] == dates[1]


CHECK = Check(DOC, Unit.INSTRUMENT, find)
