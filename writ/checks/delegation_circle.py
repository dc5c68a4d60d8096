"""A308: a circle of delegation."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Norm
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "A308",
    "delegation-circle",
    Severity.WARNING,
    "those who receive a delegated power may delegate it back to those who gave it",
    "a power that goes in a circle has nobody answerable for it.",
    """
delegation 1
  minister may delegate sign to director by delegate-signing
delegation 2
  director may delegate sign to minister by delegate-signing
""",
    "take one of the two out, or narrow its recipients.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each delegation norm on this act of delegating from which giving on leads back to its giver."""
    rules = [norm for norm in view.norms_on(unit) if norm.kind == "delegation"]
    for norm in rules:
        for act in norm.delegated:
            givers = frozenset(actor.name for actor in norm.bearer.actors)
            path = back(rules, norm, act, givers)
            if path and norm.id == min(rule.id for rule in path):
                yield finding(
                    view,
                    DOC,
                    norm.label_place,
                    f"`{act}` can be delegated in a circle back to {', '.join(f'`{n}`' for n in sorted(givers))}",
                    "take one of the delegations out, or narrow its recipients",
                    tuple(
                        (rule.label_place, "passed on here") for rule in path if rule.id != norm.id
                    ),
                )
                break


def back(rules: list[Norm], first: Norm, act: str, givers: frozenset[str]) -> tuple[Norm, ...]:
    """The delegations by which the act comes back to its givers; empty if it does not. To oneself does not count."""
    todo: list[tuple[Norm, tuple[Norm, ...]]] = [(first, (first,))]
    seen = {first.id}
    while todo:
        norm, path = todo.pop()
        got = recipients(norm)
        if got & givers and len(path) != 1:
            return path
        for rule in rules:
            named = {actor.name for actor in rule.bearer.actors}
            if rule.id not in seen and act in rule.delegated and named & got:
                seen.add(rule.id)
                todo.append((rule, (*path, rule)))
    return ()


def recipients(norm: Norm) -> frozenset[str]:
    """The recipients by name: a wide class of officials that happens to take in the giver makes no circle."""
    return (
        frozenset(actor.name for actor in norm.recipients.actors)
        if norm.recipients
        else frozenset()
    )


CHECK = Check(DOC, Unit.ACT, find)
