"""C402: two duties that cannot both be met."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from writ.book import terms
from writ.book.model import Norm
from writ.checks.check import Check, Unit, document, finding
from writ.checks.opposition import meet, pairs
from writ.checks.phrase import phrase, written
from writ.checks.view import View
from writ.checks.witness import example
from writ.diagnostics import Diagnostic, Severity
from writ.engine.answer import Decision, Outcome
from writ.engine.precedence import prevails

DOC = document(
    "C402",
    "conflicting-duties",
    Severity.ERROR,
    "two duties of the same person cannot both be met, and no maxim decides between them",
    "whatever the person does breaks the law.",
    """
duty 5
  minister must report
  so that form is written
duty 6
  minister must report
  so that form is oral
""",
    "say which prevails, or give each its own case by `when`.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Duties on this act of different manners, and duties on it and on an act that it excludes."""
    seen: set[frozenset[str]] = set()
    for one, other in (*_manners(view, unit), *_exclusions(view, unit)):
        if one.id == other.id or frozenset((one.id, other.id)) in seen:
            continue
        seen.add(frozenset((one.id, other.id)))
        if prevails(view.book, one, other) or prevails(view.book, other, one):
            continue
        if not meet(view, one, other):
            continue
        request = example(view, unit, (one, other), partial(_shows, (one, other)))
        if request is None:
            continue
        message = f"`{one.citation}` and `{other.citation}` are duties that cannot both be met"
        related = ((other.label_place, "the other duty"),)
        way = (
            f"write `subject to {written(other)}` beneath it, or `notwithstanding {written(other)}`"
        )
        help = f"{way}; neither prevails in {phrase(request)}"
        yield finding(view, DOC, one.label_place, message, help, related)


def _manners(view: View, act: str) -> Iterator[tuple[Norm, Norm]]:
    if not any(norm.so_that for norm in view.norms_on(act)):
        return
    for one, other in pairs(view, act, ("duty",), ("duty",)):
        if one.so_that and other.so_that and _differ(one, other):
            yield one, other


def _differ(one: Norm, other: Norm) -> bool:
    required = dict(_values(one))
    return any(path in required and required[path] != value for path, value in _values(other))


def _values(duty: Norm) -> Iterator[tuple[object, object]]:
    for condition in duty.so_that:
        if isinstance(condition, terms.Compare) and condition.op == "is":
            yield condition.left, condition.right


def _exclusions(view: View, act: str) -> Iterator[tuple[Norm, Norm]]:
    for excluded in view.vocabulary.acts[act].excludes:
        others = [norm for norm in view.norms_about(excluded) if norm.kind == "duty"]
        if not others:
            continue
        for one in view.norms_about(act):
            if one.kind == "duty":
                yield from ((one, other) for other in others)


def _shows(pair: tuple[Norm, Norm], answer: Decision) -> bool:
    return answer.outcome is Outcome.CONFLICT and {norm.id for norm in pair} <= set(answer.deciding)


CHECK = Check(DOC, Unit.ACT, find)
