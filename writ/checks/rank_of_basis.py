"""A306: a rank above its basis."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A306",
    "rank-above-basis",
    Severity.ERROR,
    "an instrument ranks above the instrument that it is made under",
    "lex superior would let it defeat the law that it owes its force to.",
    """
-- a `kind: statute` made under a `kind: regulation`
power 1
  minister may issue-order
""",
    "correct the kind or the basis.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """The instrument, if it ranks above what it is made under."""
    item = view.instrument(unit)
    basis = view.book.instruments.get(item.under[0]) if item.under else None
    if basis is not None and item.rank < basis.rank:
        yield finding(
            view,
            DOC,
            item.place,
            f"`{unit}` ({item.kind}) ranks above `{basis.id}` ({basis.kind}), which it is made under",
            "correct `kind`, `rank` or `under`",
            ((basis.place, "its basis"),),
        )


CHECK = Check(DOC, Unit.AUTHORITY, find)
