"""O701: a circle in the line of command."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "O701",
    "command-circle",
    Severity.ERROR,
    "an office reports to itself, directly or through others",
    "an order goes round, and nobody is answerable.",
    """
office general "the general"
  reports to minister
office minister "the minister"
  reports to general
""",
    "break the circle where it is wrong.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each circle once, at its first office by name."""
    actors = view.vocabulary.actors
    done: set[str] = set()
    for start in sorted(actors):
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            name, depth = stack.pop()
            del path[depth:]
            if name in path:
                circle = path[path.index(name) :]
                if min(circle) == circle[0]:
                    line = " -> ".join([*circle, name])
                    yield finding(
                        view,
                        DOC,
                        actors[name].place,
                        f"`{name}` is in its own line of command: {line}",
                        "break the circle",
                        tuple((actors[one].place, "through here") for one in circle[1:]),
                    )
                continue
            if name in done or name not in actors:
                continue
            path.append(name)
            stack.extend((superior, len(path)) for superior in actors[name].reports_to)
        done.update(reachable(view, start))


def reachable(view: View, start: str) -> set[str]:
    actors = view.vocabulary.actors
    seen: set[str] = set()
    todo = [start]
    while todo:
        name = todo.pop()
        if name not in seen and name in actors:
            seen.add(name)
            todo.extend(actors[name].reports_to)
    return seen


CHECK = Check(DOC, Unit.VOCABULARY, find)
