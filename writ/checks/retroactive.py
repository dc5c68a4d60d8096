"""T606: a norm in force before it was made."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T606",
    "retroactive",
    Severity.WARNING,
    "a norm is in force before the day on which it was enacted",
    "nobody could know it when it bound them; retroactive penalties are barred everywhere (ICCPR, art. 15).",
    """
-- `enacted: 2020-05-01`, `in-force: 2020-01-01`
prohibition 1
  no one may assemble
""",
    "correct the dates, or enact it for the future.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """The instrument, at the first of its norms that begins before it was enacted."""
    for norm in view.norms_of[unit]:
        if norm.start is not None and norm.enacted is not None and norm.start < norm.enacted:
            yield finding(
                view,
                DOC,
                norm.label_place,
                f"{norm.citation} is in force from {norm.start}, before it was enacted on {norm.enacted}",
                "correct the dates, or let it begin on the day it is made",
            )
            return


CHECK = Check(DOC, Unit.INSTRUMENT, find)
