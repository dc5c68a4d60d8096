"""D502: a duty that its bearer may not fulfil."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.engine.scope import includes

DOC = document(
    "D502",
    "duty-without-power",
    Severity.ERROR,
    "a higher or wider norm forbids the bearer of a duty the very act that the duty commands",
    "whoever obeys one breaks the other, and the higher law prevails: the duty is dead on the page.",
    """
-- in the constitution:
prohibition 1
  no one may censor-press
-- in a directive:
duty 2
  press-officer must censor-press
""",
    "amend the duty, or make an exception in the higher instrument.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each duty on the act beneath a prohibition, disability or immunity of higher rank that covers it whole."""
    book, norms = view.book, view.norms_about(unit)
    bars = [norm for norm in norms if norm.kind in ("prohibition", "disability")]
    for duty in view.norms_on(unit):
        if duty.kind != "duty":
            continue
        for bar in bars:
            ranked = ((duty.id, bar.id) in found for found in (book.beats, book.ranking.at_times))
            if bar.rank >= duty.rank or any(ranked):
                continue
            if bar.kind == "disability" and duty.instrument not in book.made_under[bar.instrument]:
                continue
            if includes(view.vocabulary, bar, duty):
                yield finding(
                    view,
                    DOC,
                    duty.label_place,
                    f"{bar.citation} forbids what this duty commands, and ranks higher",
                    "amend the duty, or make an exception in the higher instrument",
                    ((bar.label_place, "the higher bar"),),
                )
                break


CHECK = Check(DOC, Unit.ACT, find)
