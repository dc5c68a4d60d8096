"""Bearers: the names of who, checked, and without the places where they were written."""

from __future__ import annotations

from writ.book.lexicon import Lexicon
from writ.book.names import ACTORS
from writ.book.report import Report
from writ.syntax.tree import Actor, Bearer

NOBODY = Bearer("any", ())
"""The bearer of a lapse."""


def bearer(lexicon: Lexicon, report: Report, written: Bearer) -> Bearer | None:
    """The bearer, equal to every other that names the same; None once an unknown name has been reported."""
    sound = True
    for actor in (*written.actors, *written.excepted):
        if not lexicon.names.expect(report, actor.name, actor.span, ACTORS):
            sound = False
    if not sound:
        return None
    return shared(lexicon, written)


def shared(lexicon: Lexicon, written: Bearer) -> Bearer:
    """The one bearer of this form: a book has a few hundred, and tens of thousands of places where they stand."""
    plain = Bearer(
        written.mode,
        tuple([Actor(each.name, each.number) for each in written.actors]),
        tuple([Actor(each.name, each.number) for each in written.excepted]),
    )
    return lexicon.bearers.setdefault(plain, plain)
