"""A301: an instrument without authority."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A301",
    "no-authority-chain",
    Severity.ERROR,
    "an instrument rests on nothing, or on a chain that does not reach the top of the law",
    "nobody has shown by what power it was made; everything decided under it falls with it.",
    """
-- in the front matter: neither `under:` nor `top: true`
power 1
  minister may issue-order
""",
    "name the power that it is made under (`under: INSTRUMENT LABEL`), or mark the highest source with `top: true`.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """The instrument, if following `under` from it does not end at a `top`."""
    seen: list[str] = []
    name = unit
    while name not in seen:
        seen.append(name)
        item = view.book.instruments.get(name)
        if item is None:
            return  # an unknown instrument in `under` has been reported where it is written
        if item.top:
            return
        if item.under is None:
            if name == unit:
                yield finding(
                    view,
                    DOC,
                    item.place,
                    f"`{unit}` is made under nothing",
                    "add `under: INSTRUMENT LABEL`, or `top: true` for the highest source of law",
                )
            return
        name = item.under[0]
    circle = " -> ".join([*seen[seen.index(name) :], name])
    if unit in seen[seen.index(name) :]:
        place = view.instrument(unit).place
        yield finding(
            view, DOC, place, f"`{unit}` is made under itself: {circle}", "break the circle"
        )


CHECK = Check(DOC, Unit.AUTHORITY, find)
