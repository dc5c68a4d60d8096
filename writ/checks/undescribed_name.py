"""G807: a word that whoever asks must understand, and that is not described."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Place
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "G807",
    "undescribed-name",
    Severity.WARNING,
    "an act, an attribute, a state or an event is declared without a description",
    "whoever phrases a request has only the description to know what is meant, and will guess.",
    """
fact reasonable-grounds: yes-no
""",
    'say in a sentence what it means, with the words of the law: `: yes-no "…"`.',
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each such word. The values of a kind, and offices, mostly say what they are by their names."""
    vocabulary = view.vocabulary
    for item in vocabulary.attributes.values():
        if not item.description:
            yield _report(view, item.place, "fact" if not item.owner else "attribute", item.slot)
    for act in vocabulary.acts.values():
        if not act.description:
            yield _report(view, act.place, "act", act.name)
    for state in vocabulary.states.values():
        if not state.description:
            yield _report(view, state.place, "state", state.name)
    for event in vocabulary.events.values():
        if not event.description:
            yield _report(view, event.place, "event", event.name)


def _report(view: View, place: Place, sort: str, name: str) -> Diagnostic:
    help = "add it in quotes after the name"
    if sort in ("fact", "attribute"):
        help = "add it in quotes after the type"
    return finding(view, DOC, place, f"the {sort} `{name}` has no description", help)


CHECK = Check(DOC, Unit.VOCABULARY, find)
