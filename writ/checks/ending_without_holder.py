"""O707: a state that only a vacant office may end."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import GRANTS, Norm
from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.holders import concrete, manned
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "O707",
    "ending-without-holder",
    Severity.WARNING,
    "every office that may end a state is vacant, and nobody succeeds to it",
    "the state goes on although the reason for it is gone, because there is nobody to end it.",
    """
office governor
  vacant from 2024-01-01
power 5
  governor may end-emergency
  ends emergency
""",
    "fill the office, name a `succession`, or let another office end it.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each state that norms in force today end, none of them by an office that is held."""
    for state, effects in view.effects.items():
        ends = [norm for norm, effect in effects if effect.verb == "ends" and _in_force(view, norm)]
        holders = [_holders(view, norm) for norm in ends]
        if not ends or not all(holders) or any(_held(view, names) for names in holders):
            continue
        vacant = holders[0][0]
        message = f"nobody can end `{state}`: `{vacant}` is vacant and nobody succeeds"
        help = "fill the office, give it a `succession`, or let another office end it"
        related = ((view.vocabulary.actors[vacant].place, "the vacant office"),)
        yield finding(view, DOC, clause(ends[0], "ends"), message, help, related)


def _in_force(view: View, norm: Norm) -> bool:
    return (
        norm.start is not None
        and norm.start <= view.today
        and (norm.end is None or norm.end > view.today)
    )


def _holders(view: View, norm: Norm) -> list[str]:
    """The offices that may do it; none where anyone may, or where it may be delegated."""
    if norm.act in view.delegated:
        return []
    names = [name for actor in norm.bearer.actors for name in concrete(view, actor.name)]
    if norm.kind != "limit":
        return names
    related = view.vocabulary.act_up[norm.act] | view.vocabulary.act_down[norm.act]
    grants = [g for act in related for g in view.norms_on(act) if g.kind in GRANTS]
    able = frozenset().union(*(view.matched(g.bearer) for g in grants if not g.omission))
    return [name for name in names if name in able]


def _held(view: View, names: list[str]) -> bool:
    return any(manned(view, name) for name in names)


CHECK = Check(DOC, Unit.BOOK, find, dated=True)
