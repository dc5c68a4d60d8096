"""V260: a step that is required of somebody who may not take it."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import GRANTS
from writ.book.wording import say
from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.syntax.tree import Bearer

DOC = document(
    "V260",
    "step-by-the-powerless",
    Severity.WARNING,
    "a norm waits for an act by somebody who has no power to do it, though others have",
    "the step is never taken lawfully by the one who is named, so that the power can never be used.",
    """
permission 4
  clerk may consult
power 5
  minister may issue-order
  after consult by council
""",
    "name the one who may do the act, or give it to the one who is named.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each norm that waits for this act by those whom no norm lets do it; an act that nobody may do is D503."""
    waiting = [(norm, by) for norm, by in view.awaited.get(unit, ()) if by is not None]
    if not waiting:
        return
    family = view.vocabulary.act_up[unit] | view.vocabulary.act_down[unit]
    grants = [
        grant
        for name in sorted(family)
        for grant in view.meeting(name).of(GRANTS)
        if not grant.omission
    ]
    free = not any(view.vocabulary.acts[name].reserved for name in view.vocabulary.act_up[unit])
    for norm, by in waiting:
        if not grants or any(_overlap(view, grant.bearer, by) for grant in grants):
            continue
        persons = (view.vocabulary.actors[name].kind == "person" for name in view.matched(by))
        if (free and any(persons)) or unit in view.delegated:
            continue
        message = f"`{unit}` must be done by `{say(by)}`, and only others may do it"
        yield finding(view, DOC, clause(norm, "after", "with"), message, "name who may do it")


def _overlap(view: View, one: Bearer, other: Bearer) -> bool:
    return not view.matched(one).isdisjoint(view.matched(other))


CHECK = Check(DOC, Unit.ACT, find)
