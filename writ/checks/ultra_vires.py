"""A302: a norm beyond the enabling power."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.enabling import enabling
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A302",
    "ultra-vires",
    Severity.ERROR,
    "a norm is about an act that the power its instrument is made under does not enable",
    "a subordinate instrument can do only what the power behind it allows; the norm is void.",
    """
power 19(1)
  governor-in-council may make-order
  enabling travel-ban
-- and in an order made under 19(1):
prohibition 2
  no one may hold-meeting
""",
    "drop the norm, or find (or enact) a power whose `enabling` covers the act.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each norm of the instrument on an act outside what its enabling powers name."""
    item = view.instrument(unit)
    if item.under is None:
        return
    powers = enabling(view, item)
    enabled = {act for norm in powers for act in norm.enabling}
    if not enabled:
        return
    for norm in view.norms_of[unit]:
        if not norm.act or not enabled.isdisjoint(view.vocabulary.act_up.get(norm.act, ())):
            continue
        yield finding(
            view,
            DOC,
            norm.label_place,
            f"`{norm.act}` is not among what {powers[0].citation} enables",
            f"it enables {', '.join(f'`{act}`' for act in sorted(enabled)[:8])}",
            ((powers[0].label_place, "the power that it is made under"),),
        )


CHECK = Check(DOC, Unit.AUTHORITY, find)
