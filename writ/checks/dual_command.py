"""O704: two superiors."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.command_cycle import reachable
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "O704",
    "dual-command",
    Severity.WARNING,
    "an office reports to two offices, neither of which is in the other's line",
    "in a crisis two orders arrive, and either can be blamed.",
    """
office base-commander "the base commander"
  reports to army-chief, navy-chief
""",
    "name one superior, or say by norms which orders come from whom.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each office with two superiors on separate lines."""
    for actor in view.vocabulary.actors.values():
        superiors = [name for name in actor.reports_to if name in view.vocabulary.actors]
        separate = [
            name
            for name in superiors
            if not any(name in reachable(view, other) for other in superiors if other != name)
        ]
        if len(separate) > 1:
            yield finding(
                view,
                DOC,
                actor.place,
                f"`{actor.name}` reports to {' and to '.join(f'`{name}`' for name in separate)}",
                "name one superior, or say by norms whose order prevails",
            )


CHECK = Check(DOC, Unit.VOCABULARY, find)
