"""A307: delegating what one does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import ANYONE, GRANTS, Norm
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.syntax.tree import Bearer

DOC = document(
    "A307",
    "delegation-beyond-grant",
    Severity.ERROR,
    "a delegation norm lets an actor give away a power that no norm gives it",
    "nobody delegates more than they hold; what the recipient does under it is done without authority.",
    """
power 1
  minister may approve-budget
delegation 2
  secretary may delegate approve-budget to director by delegate-approval
""",
    "give the power to the delegator first, or let its holder delegate.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each delegated act on which its delegator has no power, by itself or through another delegation."""
    for norm in view.norms_of[unit]:
        if norm.kind != "delegation":
            continue
        for act in norm.delegated:
            for actor in norm.bearer.actors:
                if not held(view, norm, act, actor.name):
                    yield finding(
                        view,
                        DOC,
                        norm.label_place,
                        f"`{actor.name}` may delegate `{act}`, which no norm lets it do",
                        "give it the power, or name the office that holds it",
                    )


def held(view: View, rule: Norm, act: str, actor: str) -> bool:
    """Whether some grant on the act, or some delegation of it, reaches the actor (or one that is it)."""
    reach = view.members(actor) | view.vocabulary.actor_up.get(actor, frozenset())
    related = view.vocabulary.act_up.get(act, frozenset()) | view.vocabulary.act_down.get(
        act, frozenset()
    )
    for name in related:
        for norm in view.norms_on(name):
            if norm.kind in GRANTS and norm.kind != "delegation" and reaches(norm.bearer, reach):
                return True
    for name in view.book.by_act:
        for norm in view.norms_on(name):
            if norm.kind != "delegation" or norm.id == rule.id or norm.recipients is None:
                continue
            if not related.isdisjoint(norm.delegated) and reaches(norm.recipients, reach):
                return True
    return False


def reaches(bearer: Bearer, names: frozenset[str]) -> bool:
    return bearer.mode == "none" or any(a.name in names or a.name == ANYONE for a in bearer.actors)


CHECK = Check(DOC, Unit.INSTRUMENT, find)
