"""A312: a delegation of a power that the grantor does not hold at the time."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import GRANTS, Norm
from writ.checks.check import Check, Unit, document, finding
from writ.checks.delegation_beyond_grant import reaches
from writ.checks.opposition import together
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A312",
    "delegation-out-of-time",
    Severity.ERROR,
    "an actor may delegate a power that it holds on no day on which the delegation is in force",
    "a grant can give no more than is held: every grant under it gives nothing.",
    """
power 5
  minister may sign
  in force from 2010-01-01 until 2015-12-31
delegation 6
  minister may delegate sign to director by delegate-signing
  in force from 2016-01-01
""",
    "repeal the delegation with the power, or correct the dates.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each delegation whose grantor has norms on the act, and none at any time with it; without any it is A307."""
    for rule in view.eventful:
        if rule.kind != "delegation" or rule.start is None:
            continue
        for act in rule.delegated:
            for actor in rule.bearer.actors:
                last: Norm | None = None
                for last in _grants(view, rule, act, actor.name):
                    if last.start is None or together(rule, last):
                        break
                else:
                    if last is not None:
                        yield _report(view, rule, act, actor.name, last)


def _report(view: View, rule: Norm, act: str, actor: str, held: Norm) -> Diagnostic:
    message = f"`{actor}` may delegate `{act}` at no time at which it holds it"
    related = ((held.label_place, "held by this"),)
    help = "correct the dates, or repeal the delegation too"
    return finding(view, DOC, rule.label_place, message, help, related)


def _grants(view: View, rule: Norm, act: str, actor: str) -> Iterator[Norm]:
    """The norms by which the actor holds the act, or may come to hold it."""
    reach = view.members(actor) | view.vocabulary.actor_up.get(actor, frozenset())
    related = view.vocabulary.act_up[act] | view.vocabulary.act_down[act]
    own = (norm for name in sorted(related) for norm in view.norms_on(name))
    for norm in own:
        grant = norm.kind in GRANTS and norm.kind != "delegation" and not norm.omission
        if grant and reaches(norm.bearer, reach):
            yield norm
    for norm in (each for name in sorted(related) for each in view.delegations.get(name, ())):
        if norm.id != rule.id and norm.recipients and reaches(norm.recipients, reach):
            yield norm


CHECK = Check(DOC, Unit.BOOK, find)
