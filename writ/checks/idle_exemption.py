"""G808: an exemption from a duty that nobody has."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "G808",
    "idle-exemption",
    Severity.WARNING,
    "a norm says that somebody need not do an act, and no duty commands the act",
    "it frees from nothing; the duty that it had in mind is missing, or commands another act.",
    """
permission 5
  minister need not report
-- and no norm says that the minister must
""",
    "write the duty, or name the act that the duty commands.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each exemption on this act that meets no duty."""
    free = [norm for norm in view.norms_on(unit) if norm.omission]
    if not free:
        return
    vocabulary = view.vocabulary
    family = sorted(vocabulary.act_up[unit] | vocabulary.act_down[unit])
    duties = [duty for name in family for duty in view.meeting(name).of(("duty",))]
    for norm in free:
        mine = view.matched(norm.bearer)
        if not any(not mine.isdisjoint(view.matched(duty.bearer)) for duty in duties):
            message = f"no duty commands what `{norm.citation}` exempts from"
            yield finding(view, DOC, norm.label_place, message, f"say who must `{unit}`")


CHECK = Check(DOC, Unit.ACT, find)
