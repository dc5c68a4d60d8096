"""D503: a required act that nobody may do."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import GRANTS, Norm
from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "D503",
    "step-nobody-may-do",
    Severity.ERROR,
    "a norm requires an act that no norm lets anybody do",
    "the condition can never be fulfilled, so the power can never be used, or the duty is always breached.",
    """
power 1
  minister may close-port
  after consult-council       -- and no norm lets anyone consult-council
""",
    "give somebody the power or permission to do the step.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each step, waiver or later act of a norm that has no grant and is not free to all."""
    able = free(view)
    for norm in view.eventful:
        for word, act in required(norm):
            if act in view.vocabulary.acts and act not in able:
                yield finding(
                    view,
                    DOC,
                    clause(norm, word),
                    f"nobody may `{act}`, which this requires",
                    f"say who may: `permission … may {act}`",
                )


def required(norm: Norm) -> Iterator[tuple[str, str]]:
    for step in norm.after:
        yield "after", step.act
    if norm.waiver:
        yield "waived by", norm.waiver
    if norm.before:
        yield "before", norm.before


def free(view: View) -> set[str]:
    """The acts that a grant covers, itself or on a broader or narrower act, or that private persons are free to do."""
    acts, up, down = view.vocabulary.acts, view.vocabulary.act_up, view.vocabulary.act_down
    granted = {
        act
        for act, norms in view.book.by_act.items()
        if any(norm.kind in GRANTS and not norm.omission for norm in norms)
    }
    found = {other for act in granted for other in (*up.get(act, ()), *down.get(act, ()))}
    if any(actor.kind == "person" for actor in view.vocabulary.actors.values()):
        found |= {act for act in acts if not any(acts[above].reserved for above in up[act])}
    return found


CHECK = Check(DOC, Unit.BOOK, find)
