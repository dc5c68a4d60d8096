"""V260: a step that is required, and that nobody may do."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import GRANTS
from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.syntax.tree import Bearer

DOC = document(
    "V260",
    "step-nobody-can-take",
    Severity.WARNING,
    "a norm waits for an act that nobody, or nobody of those it names, may do",
    "the power can never be used, or is used on a step that was taken without authority.",
    """
power 5
  minister may issue-order
  after consult by council      -- and only the clerk has a norm on `consult`
""",
    "give the act to whom the step names, by a power or a duty.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each norm that waits for this act, where some norm speaks of the act and none lets the right actor do it."""
    waiting = view.awaited.get(unit, ())
    if not waiting:
        return
    family = view.vocabulary.act_up[unit] | view.vocabulary.act_down[unit]
    norms = [norm for act in sorted(family) for norm in view.norms_on(act)]
    if not norms:
        return
    grants = [norm for norm in norms if norm.kind in GRANTS and not norm.omission]
    free = _at_liberty(view, unit)
    for norm, by in waiting:
        if any(_meet(view, grant.bearer, by) for grant in grants):
            continue
        if (by is None and free) or (by is not None and any(_reaches(view, by, p) for p in free)):
            continue
        who = "nobody" if by is None else "nobody of those who must"
        message = f"`{unit}` must be done first, and {who} may do it"
        yield finding(view, DOC, clause(norm, "after", "with"), message, "write the power or duty")


def _at_liberty(view: View, act: str) -> list[str]:
    acts = view.vocabulary.acts
    if any(acts[name].reserved for name in view.vocabulary.act_up[act]):
        return []
    return [actor.name for actor in view.vocabulary.actors.values() if actor.kind == "person"]


def _meet(view: View, grant: Bearer, by: Bearer | None) -> bool:
    if by is None or grant.mode == "none" or not grant.actors:
        return True
    return any(_reaches(view, by, actor.name) for actor in grant.actors)


def _reaches(view: View, by: Bearer, name: str) -> bool:
    if by.mode == "none" or not by.actors:
        return True
    return any(view.overlap(actor.name, name) for actor in by.actors)


CHECK = Check(DOC, Unit.ACT, find)
