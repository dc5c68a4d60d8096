"""T601: an emergency power without a sunset."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, consequence, document, finding
from writ.checks.lasting import emergency
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T601",
    "emergency-without-sunset",
    Severity.WARNING,
    "a power begins a state of emergency with no period, and no lapse norm bounds it",
    "an emergency that nothing ends by itself becomes the ordinary law (ICCPR, art. 4).",
    """
state emergency "an emergency is declared"
power 17(1)
  governor may declare-emergency
  begins emergency
""",
    "give the state a period (`begins emergency for 30 days`) or a `lapse` norm.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each norm that begins, without an end, a state whose name or description speaks of an emergency."""
    for name, effects in view.consequences.items():
        for norm, effect in effects:
            if effect.verb != "begins" or effect.duration or effect.until or name in view.lapsing:
                continue
            state = view.vocabulary.states[effect.state]
            if emergency(view, effect.state):
                yield finding(
                    view,
                    DOC,
                    consequence(norm, effect),
                    f"`{effect.state}` has no end of its own",
                    f"write `begins {effect.state} for …`, or a lapse norm for it",
                    ((state.place, "the state"),),
                )


CHECK = Check(DOC, Unit.BOOK, find)
