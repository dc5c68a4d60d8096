"""G805: a disability or immunity where there is no power."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import GRANTS
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.engine.precedence import opposes

DOC = document(
    "G805",
    "idle-bar",
    Severity.NOTE,
    "a disability or immunity speaks of an act that no norm within its reach lets anybody do",
    "it bars nothing. A disability reaches its own instrument and those made under it, not the law beside or above.",
    """
-- in a regulation, while the power stands in the statute above it
disability 5
  no one has power to search
""",
    "put it into the instrument that gives the power, or write a prohibition.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each such norm on this act, whoever its bearer is: to deny a power to those who lack it is usual."""
    bars = [norm for norm in view.norms_on(unit) if norm.kind in ("disability", "immunity")]
    if not bars:
        return
    vocabulary = view.vocabulary
    family = sorted(vocabulary.act_up[unit] | vocabulary.act_down[unit])
    grants = [
        grant for name in family for grant in view.meeting(name).of(GRANTS) if not grant.omission
    ]
    free = not any(vocabulary.acts[name].reserved for name in vocabulary.act_up[unit])
    persons = free and any(actor.kind == "person" for actor in vocabulary.actors.values())
    for bar in bars:
        if bar.kind == "immunity" and persons:
            continue
        if not any(opposes(view.book, bar, grant) for grant in grants):
            message = (
                f"`{bar.citation}` bars `{unit}`, and no norm in its reach gives power to do it"
            )
            help = "a disability reaches only what is made under its instrument"
            yield finding(
                view, DOC, bar.label_place, message, help if bar.kind == "disability" else ""
            )


CHECK = Check(DOC, Unit.ACT, find)
