"""What sort of thing each declared name is, and what to say where another was expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from writ.book.model import ANYONE
from writ.book.report import Report
from writ.book.suggest import did_you_mean

ACTORS = frozenset({"office", "body", "person"})
KINDS = frozenset({"kind", "levels"})
ACTS = frozenset({"act"})
THINGS = frozenset({"thing"})
STATES = frozenset({"state"})
EVENTS = frozenset({"event"})
BODIES = frozenset({"body"})
CALENDARS = frozenset({"calendar"})

RESERVED = frozenset({ANYONE, "actor", "grant", "now", "yes", "no"})
"""Names with a meaning of their own."""

_CALLED = {
    "kind": "a kind",
    "levels": "levels",
    "office": "an office",
    "body": "a body",
    "person": "a person",
    "act": "an act",
    "thing": "a thing",
    "state": "a state",
    "event": "an event",
    "fact": "a fact",
    "calendar": "a calendar",
    "definition": "a definition",
}


def called(sorts: Iterable[str]) -> str:
    """`an office, a body or a person`."""
    names = [text for sort, text in _CALLED.items() if sort in set(sorts)]
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


class Names:
    """Every declared name with its sort: the word that declared it."""

    def __init__(self, sorts: Mapping[str, str], lost: frozenset[str] = frozenset()) -> None:
        self.sorts = sorts
        self.lost = lost
        """Names that the parser may have refused to declare: nobody complains that they are missing."""
        self._suggested: dict[tuple[str, frozenset[str]], str] = {}

    def expect(self, report: Report, text: str, span: int, sorts: frozenset[str]) -> bool:
        """Whether `text` names one of these sorts; if it does not, that is reported."""
        sort = self.sorts.get(text)
        if sort in sorts or (text == ANYONE and "office" in sorts):
            return True
        if report.full() or (sort is None and text in self.lost):
            return False
        wanted = called(sorts)
        if sort is not None:
            report.add(
                "V203",
                span,
                f"`{text}` is {called((sort,))}, and {wanted} is expected here",
                self.suggest(report, text, sorts),
            )
        elif text == "actor" and "office" in sorts:
            report.add(
                "V203",
                span,
                f"`actor` is whoever acts, and {wanted} is expected here",
                "name one, or `anyone`",
            )
        else:
            report.add(
                "V201",
                span,
                f"`{text}` is not declared; {wanted} is expected here",
                self.suggest(report, text, sorts) or f"declare it: `{min(sorts)} {text}`",
            )
        return False

    def suggest(self, report: Report, text: str, sorts: frozenset[str]) -> str:
        """A near name of these sorts as a help text. Remembered: one missing name is missed in many places."""
        if not report.search(len(self.sorts)):
            return ""
        key = (text, sorts)
        if key not in self._suggested:
            known = [name for name, sort in self.sorts.items() if sort in sorts]
            self._suggested[key] = did_you_mean(text, known)
        return self._suggested[key]
