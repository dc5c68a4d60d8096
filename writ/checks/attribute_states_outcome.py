"""V256: an attribute that states the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writ.book.model import AttributeDef
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "V256",
    "attribute-states-outcome",
    Severity.WARNING,
    "an attribute states what the law is asked to decide",
    "whoever fills it in decides the case, and the book only repeats it.",
    """
act issue-order "issue an order"
  lawful: yes-no "the order is lawful"
""",
    "ask for the facts on which it depends, in the terms of the law.",
)

OUTCOMES = frozenset(
    [
        "allowed",
        "authorised",
        "authorized",
        "compliant",
        "forbidden",
        "illegal",
        "impermissible",
        "invalid",
        "lawful",
        "legal",
        "legitimate",
        "permissible",
        "permitted",
        "prohibited",
        "unauthorised",
        "unauthorized",
        "unlawful",
        "valid",
    ]
)
GENERIC = frozenset(
    [
        "act",
        "action",
        "conduct",
        "decision",
        "exercise",
        "is",
        "it",
        "measure",
        "order",
        "power",
        "request",
        "use",
    ]
)
"""Before an outcome they say whose it is: that of the act asked about. `previously-authorised` is a fact."""
SENTENCE = re.compile(
    rf"(?:the |this )?(?:{'|'.join(sorted(GENERIC - {'is'}))}) (?:is|was|would be) (?:{'|'.join(sorted(OUTCOMES))})\b"
    r"(?! by)"
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each yes-no attribute that says so in its name or its description."""
    for item in view.vocabulary.attributes.values():
        if item.type.base == "yes-no" and (
            _named(item) or SENTENCE.match(item.description.lower())
        ):
            message = f"`{item.name}` states an outcome, which the book is there to decide"
            yield finding(view, DOC, item.place, message, "ask for the facts it depends on")


def _named(item: AttributeDef) -> bool:
    rest, _, last = item.name.rpartition("-")
    if last not in OUTCOMES:
        return False
    return not rest or rest == item.owner or all(word in GENERIC for word in rest.split("-"))


CHECK = Check(DOC, Unit.VOCABULARY, find)
