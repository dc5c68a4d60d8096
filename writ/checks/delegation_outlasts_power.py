"""A310: a grant that lasts longer than the power it gives."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import GRANTS, Norm
from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.delegation_beyond_grant import reaches
from writ.checks.lasting import most, required, shortest
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A310",
    "delegation-outlasts-power",
    Severity.WARNING,
    "a grant lasts longer than the state in which alone the delegated power exists",
    "who relies on the grant in its last days relies on nothing.",
    """
power 5
  minister may close-road
  when emergency in effect       -- which lapses after 30 days
delegation 6
  minister may delegate close-road to police by delegate-power
  for 90 days
""",
    "let the grant last no longer than the state.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each delegation with a period, of an act that its grantor may do in one state alone, which is shorter."""
    for norm in view.eventful:
        if norm.kind != "delegation" or norm.lasts is None:
            continue
        days = shortest(norm.lasts, view.book.calendar_of(norm.instrument))
        for act in norm.delegated:
            for state in sorted(_states(view, norm, act)):
                bound = most(view, state)
                if bound is not None and bound[0] < days:
                    message = f"`{act}` is given for {norm.lasts}, and `{state}`, which it needs, is over before"
                    related = ((bound[1], "it ends here"),)
                    help = "let the grant last no longer"
                    yield finding(view, DOC, clause(norm, "for"), message, help, related)
                    break


def _states(view: View, rule: Norm, act: str) -> frozenset[str]:
    """The states that every grant of the act to the grantor asks for; none where another delegation gives it."""
    related = view.vocabulary.act_up[act] | view.vocabulary.act_down[act]
    if any(each is not rule for name in related for each in view.delegations.get(name, ())):
        return frozenset()
    reach = frozenset(
        name
        for actor in rule.bearer.actors
        for name in (*view.members(actor.name), *view.vocabulary.actor_up.get(actor.name, ()))
    )
    found = [
        required(norm.when)
        for name in related
        for norm in view.norms_on(name)
        if norm.kind in GRANTS and norm.kind != "delegation" and reaches(norm.bearer, reach)
    ]
    return frozenset.intersection(*found) if found else frozenset()


CHECK = Check(DOC, Unit.BOOK, find)
