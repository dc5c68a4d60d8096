"""G801: an act that no norm covers."""

from __future__ import annotations

from collections.abc import Iterator

from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "G801",
    "uncovered-act",
    Severity.WARNING,
    "an act is declared, and no norm speaks of it, of a broader act or of a narrower one",
    "an official who asks is told that there is no authority, and a private person that there is no law.",
    """
act destroy-record "destroy a record"
-- and no norm on `destroy-record`
""",
    "write the power, duty or prohibition; or delete the act.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """The act, if it is one. What the law only waits for, and private persons are free to do, needs no norm."""
    family = view.vocabulary.act_up[unit] | view.vocabulary.act_down[unit]
    if any(view.norms_on(name) for name in family):
        return
    act = view.vocabulary.acts[unit]
    if unit in view.mentioned and free_to_persons(view, unit):
        return
    waiting = view.awaited.get(unit, ())
    related = tuple((norm.label_place, "waits for it to be done") for norm, _ in waiting[:4])
    help = "say who may or must do it"
    yield finding(view, DOC, act.place, f"no norm covers the act `{unit}`", help, related)


def free_to_persons(view: View, act: str) -> bool:
    """Whether the book has private persons, and they are at liberty to do the act."""
    vocabulary = view.vocabulary
    if any(vocabulary.acts[name].reserved for name in vocabulary.act_up[act]):
        return False
    return any(actor.kind == "person" for actor in vocabulary.actors.values())


CHECK = Check(DOC, Unit.ACT, find)
