"""Comparing two editions of a book."""

from __future__ import annotations

import datetime as dt

from writ.book.model import Book
from writ.checks.run import latest
from writ.diagnostics import Span
from writ.editions.change import Change, Comparison
from writ.editions.holders import Holders
from writ.editions.instruments import instruments
from writ.editions.norms import Norms
from writ.editions.pairs import pair
from writ.editions.ranking import Overrides, reranked
from writ.editions.touched import touched
from writ.editions.words import Words


def compare(old: Book, new: Book, today: dt.date | None = None) -> Comparison:
    """What the new edition changes in norms: what each actor may, must and must not do.

    `today` is the day on which it is asked who holds an office; without it, the day of the last change of either book.
    Both books must compile: of a norm that was not read nothing is known.
    """
    if old.digest and old.digest == new.digest:
        return Comparison((), ())
    pairs = pair(old, new)
    ranked = Overrides(old), Overrides(new)
    day = today or max(latest(old), latest(new))
    norms = Norms(old, new, pairs, ranked, Holders(old.vocabulary, new.vocabulary, day))
    moved = {
        (before.instrument, before.label): (after.instrument, after.label)
        for before, after in pairs.apart
        if before.label != after.label
    }
    found = [
        *instruments(old, new, norms.renamed, moved),
        *norms.changes(),
        *reranked(*ranked, pairs),
        *Words(old, new).changes(),
    ]
    apart = {after.id: (before, after) for before, after in pairs.apart}
    return Comparison(
        tuple(sorted(found, key=place)),
        touched(old, new, found, apart),
    )


def place(change: Change) -> tuple[Span, str, str]:
    """By place in the new edition; what is gone, by its place in the old one."""
    return change.new or change.old or Span("", 0, 0, 0, 0), change.subject, change.name
