"""A303: `under` names no power."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.enabling import enabling, provisions
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A303",
    "basis-no-power",
    Severity.ERROR,
    "the provision that an instrument is made under gives no power",
    "a duty or a prohibition authorises nobody to make law.",
    """
-- `under: charter 4`, and in the charter:
prohibition 4
  no one may enter
""",
    "name the provision that gives the power.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """The instrument, if what it is made under holds norms and no power."""
    item = view.instrument(unit)
    found = provisions(view, item)
    if found and not enabling(view, item):
        assert item.under is not None
        yield finding(
            view,
            DOC,
            item.place,
            f"`{' '.join(item.under)}`, which `{unit}` is made under, gives no power",
            f"it is a {found[0].kind}",
            ((found[0].label_place, "the provision"),),
        )


CHECK = Check(DOC, Unit.AUTHORITY, find)
