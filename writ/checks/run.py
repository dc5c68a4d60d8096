"""Running the checks: once, or again and again on a book that is being edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable

from writ.book.model import Book
from writ.checks.changes import Changes, compare
from writ.checks.check import Check, Unit
from writ.checks.registry import checks
from writ.checks.view import View
from writ.diagnostics import Diagnostic, ordered

Found = dict[str, tuple[Diagnostic, ...]]
"""What one check found, by the key of the unit; only where it found something."""


def run(
    book: Book, codes: Collection[str] | None = None, today: dt.date | None = None
) -> list[Diagnostic]:
    """What the checks (those of `codes`, or all) find in a book on a day, in the order of the files."""
    return Runner(codes).run(book, today)


class Runner:
    """Checks successive editions of one book; in each it looks only at what can have changed since the last."""

    def __init__(self, codes: Collection[str] | None = None) -> None:
        chosen = checks() if codes is None else {c: checks()[c] for c in codes if c in checks()}
        self.checks: tuple[Check, ...] = tuple(chosen.values())
        self._found: dict[str, Found] = {check.doc.code: {} for check in self.checks}
        self._view: View | None = None

    def run(self, book: Book, today: dt.date | None = None) -> list[Diagnostic]:
        """What the checks find in this edition. Without a day, checks that need one take the day of the last change."""
        found = self.run_unless(book, lambda: False, today)
        assert found is not None
        return found

    def run_unless(
        self, book: Book, stopped: Callable[[], bool], today: dt.date | None = None
    ) -> list[Diagnostic] | None:
        """The same; None as soon as `stopped` says so between two checks, and then the last edition stays the last."""
        last = self._view
        day = today or latest(book)
        view = View(book, day, last)
        changes = compare(last, view) if last else None
        all_found: dict[str, Found] = {}
        for check in self.checks:
            if stopped():
                return None
            found: Found = {}
            if changes is None or last is None or (check.dated and last.today != day):
                keys: Iterable[str] = everything(check.unit, view)
            else:
                found = dict(self._found[check.doc.code])
                keys = again(check, found, changes, view)
            for key in keys:
                findings = tuple(check.find(view, key))
                if findings:
                    found[key] = findings
            all_found[check.doc.code] = found
        self._view = view
        self._found = all_found
        unique = dict.fromkeys(
            diagnostic
            for found in all_found.values()
            for findings in found.values()
            for diagnostic in findings
        )
        return ordered(unique)


def latest(book: Book) -> dt.date:
    """The latest day on which an instrument of the book was enacted or came into force."""
    days = [day for item in book.instruments.values() for day in (item.enacted, item.start) if day]
    return max(days, default=dt.date.min)


def everything(unit: Unit, view: View) -> Collection[str]:
    """The keys of every unit of this sort."""
    if unit is Unit.ACT:
        return view.vocabulary.acts
    if unit in (Unit.INSTRUMENT, Unit.AUTHORITY):
        return view.book.instruments
    return ("",)


def again(check: Check, found: Found, changes: Changes, view: View) -> Iterable[str]:
    """The keys to look at again; what was found there is forgotten, and what was found in units that are gone."""
    known = everything(check.unit, view)
    keys = set(changes.touched(check.unit, view))
    for key, findings in tuple(found.items()):
        if key not in known:
            del found[key]
        elif key in keys or any(points_into(changes.files, each) for each in findings):
            del found[key]
            keys.add(key)
    return sorted(keys)


def points_into(files: frozenset[str], diagnostic: Diagnostic) -> bool:
    """Whether a place of the diagnostic lies in one of these files, and may have moved."""
    return diagnostic.span.file in files or any(r.span.file in files for r in diagnostic.related)
