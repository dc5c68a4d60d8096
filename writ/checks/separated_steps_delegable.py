"""A313: two steps of two offices that one of them can come to take alone."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Norm
from writ.checks.check import Check, Unit, conditions, document, finding
from writ.checks.lasting import speaks_of_persons
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.syntax.tree import Bearer

DOC = document(
    "A313",
    "separated-steps-delegable",
    Severity.NOTE,
    "a power waits for the act of another office, to which its holder may delegate it",
    "the other office then proposes and decides: the law keeps the two apart, and the delegation joins them.",
    """
power 5
  director may pay
  after propose-payment by clerk
delegation 6
  director may delegate pay to clerk by delegate-paying
""",
    "except the other office from the recipients, or forbid the act to the person who took the first step.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each delegation to those alone of whom the power waits, where no norm on the act asks which person acts."""
    for rule in view.eventful:
        if rule.kind != "delegation" or rule.recipients is None:
            continue
        if speaks_of_persons(rule.limited_to) or rule.recipients.excepted:
            continue
        for act in rule.delegated:
            step = _joined(view, rule, rule.recipients, act)
            if step is not None:
                power, taken = step
                message = f"`{act}` waits for `{taken}` by whom it may be delegated to"
                help = "name other recipients, or forbid it to the person who took that step"
                related = ((power.label_place, "the power that waits"),)
                yield finding(view, DOC, rule.label_place, message, help, related)
                break


def _joined(view: View, rule: Norm, to: Bearer, act: str) -> tuple[Norm, str] | None:
    """A power of the grantor on the act that waits for an act of the recipients, and that act."""
    above = view.vocabulary.act_up[act]
    norms = [norm for name in sorted(above) for norm in view.norms_on(name)]
    if any(speaks_of_persons(each) for norm in norms for each in conditions(norm).values()):
        return None
    received = view.matched(to)
    for power in norms:
        if power.kind != "power" or view.matched(power.bearer).isdisjoint(
            view.matched(rule.bearer)
        ):
            continue
        for step in power.after:
            # The same bearer on both sides keeps nothing apart.
            if step.by is None or not view.matched(step.by).isdisjoint(view.matched(power.bearer)):
                continue
            if received and received <= view.matched(step.by):
                return power, step.act
    return None


CHECK = Check(DOC, Unit.BOOK, find)
