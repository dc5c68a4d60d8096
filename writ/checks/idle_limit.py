"""G804: a limit on what nobody may do anyway."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import GRANTS, Norm
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "G804",
    "idle-limit",
    Severity.WARNING,
    "a limit bounds the exercise of a power, and no norm gives the power to anybody whom it binds",
    "`may … only` gives no power: the act stays without authority, whatever the limit asks for.",
    """
limit 5
  minister may issue-order only
  after consult
-- and no norm says that the minister may issue orders
""",
    "write the power, or correct the act or bearer of the limit.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each limit on this act that meets no grant and no liberty."""
    limits = [norm for norm in view.norms_on(unit) if norm.kind == "limit"]
    if not limits:
        return
    vocabulary = view.vocabulary
    family = sorted(vocabulary.act_up[unit] | vocabulary.act_down[unit])
    grants = [grant for name in family for grant in view.meeting(name).of(GRANTS)]
    able = frozenset().union(*(view.matched(g.bearer) for g in grants if not g.omission))
    lent = unit in view.delegated and any(grant.kind != "duty" for grant in grants)
    # A deed has the effects of the limits on it even where nobody allowed it.
    material = any(vocabulary.acts[name].material for name in vocabulary.act_up[unit])
    for norm in limits:
        if lent or not able.isdisjoint(view.matched(norm.bearer)) or _at_liberty(view, norm):
            continue
        if norm.effects and material:
            continue
        message = f"no norm gives the power that `{norm.citation}` limits"
        yield finding(view, DOC, norm.label_place, message, f"say who may `{unit}`")


def _at_liberty(view: View, limit: Norm) -> bool:
    """Whether it binds a private person, who needs no power to do the act."""
    vocabulary = view.vocabulary
    if any(vocabulary.acts[name].reserved for name in vocabulary.act_up[limit.act]):
        return False
    return any(vocabulary.actors[name].kind == "person" for name in view.matched(limit.bearer))


CHECK = Check(DOC, Unit.ACT, find)
