"""A304: made by someone else than the power says."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Norm
from writ.book.wording import say
from writ.checks.check import Check, Unit, document, finding
from writ.checks.enabling import enabling
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A304",
    "wrong-maker",
    Severity.ERROR,
    "an instrument is enacted by someone other than the holder of the power it is made under",
    "whoever made it had no power to make it.",
    """
-- `enacted-by: minister`, `under: act 19(1)`, where
power 19(1)
  governor-in-council may make-order
""",
    "correct `enacted-by` or `under`, or add the delegation norm by which the maker holds the power.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """The instrument, if no bearer of its enabling powers, and no recipient of them, is its maker."""
    item = view.instrument(unit)
    powers = enabling(view, item)
    if not item.enacted_by or not powers:
        return
    above = view.vocabulary.actor_up.get(item.enacted_by, frozenset())
    if any(admits(view, norm, above) for norm in powers):
        return
    yield finding(
        view,
        DOC,
        item.place,
        f"`{item.enacted_by}` does not hold the power of {powers[0].citation}",
        f"it belongs to {say(powers[0].bearer)}",
        ((powers[0].label_place, "the power that it is made under"),),
    )


def admits(view: View, norm: Norm, above: frozenset[str]) -> bool:
    if bearer_names(norm) & above:
        return True
    return any(
        rule.kind == "delegation"
        and norm.act in rule.delegated
        and (rule.recipients is None or {a.name for a in rule.recipients.actors} & above)
        for rule in view.norms_of.get(norm.instrument, ())
    )


def bearer_names(norm: Norm) -> set[str]:
    return {actor.name for actor in norm.bearer.actors}


CHECK = Check(DOC, Unit.AUTHORITY, find)
