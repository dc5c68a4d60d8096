"""C409: a power that is forbidden in every case."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.inclusion import defeated
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.engine.precedence import Maxim

DOC = document(
    "C409",
    "dead-power",
    Severity.WARNING,
    "a norm of no higher rank forbids every use of a power or permission",
    "what the law grants, lower law may bound, but here nothing of it is left.",
    """
power 5
  minister may issue-order
-- in a policy
prohibition 2
  no one may issue-order
""",
    "give the prohibition its cases by `when`, or repeal the power.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each power on this act of which no use is left."""
    seen: set[str] = set()
    for norm, wide, maxim in defeated(view, unit):
        if (maxim is None or maxim is Maxim.CONTROL) and norm.id not in seen:
            seen.add(norm.id)
            message = f"`{wide.citation}` forbids every use of `{norm.citation}`"
            related = ((wide.label_place, "forbidden here"),)
            help = "give the prohibition its cases by `when`"
            yield finding(view, DOC, norm.label_place, message, help, related)


CHECK = Check(DOC, Unit.ACT, find)
