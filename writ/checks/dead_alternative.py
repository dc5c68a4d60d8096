"""V254: an alternative that can never be the one that holds."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book import terms
from writ.book.wording import say
from writ.checks.check import Check, Unit, condition, conditions, document, finding
from writ.checks.possible import asked_in, impossible
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity
from writ.engine.scope import implies

DOC = document(
    "V254",
    "dead-alternative",
    Severity.WARNING,
    "an alternative of an `or` can never be true, or adds nothing to another",
    "whoever wrote it had a case in mind that the norm does not reach.",
    """
power 5
  minister may issue-order
  when kind is war
  when severe or kind is public-order
""",
    "correct or delete the alternative.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each member of a disjunction that contradicts the other conjuncts, or implies another member."""
    for norm in view.entangled(unit):
        for field, items in conditions(norm).items():
            norms = asked_in(norm, field)
            for at, item in enumerate(items):
                if not isinstance(item, terms.AnyOf):
                    continue
                beside = (*items[:at], *items[at + 1 :])
                if impossible(view, (item, *beside), norms):
                    continue
                place = condition(norm, field, at)
                for one in item.items:
                    if impossible(view, (one, *beside), norms):
                        message = f"the alternative `{say(one)}` can never be true here"
                        yield finding(view, DOC, place, message)
                    elif any(
                        other != one and implies(view.vocabulary, one, other)
                        for other in item.items
                    ):
                        message = f"the alternative `{say(one)}` is already covered by another"
                        yield finding(view, DOC, place, message, "delete the narrower one")


CHECK = Check(DOC, Unit.INSTRUMENT, find)
