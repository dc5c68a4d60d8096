"""A norm in the making, and what one file contributes to the book."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from writ.book.lexicon import Lexicon
from writ.book.model import Assurance, Instrument, Norm
from writ.book.report import Report
from writ.book.resolve import Context
from writ.diagnostics import Diagnostic
from writ.syntax import tree


class Mention(msgspec.Struct, frozen=True, gc=False):
    """One clause or statement that refers to provisions. They are followed once every file is linked.

    `word`: notwithstanding, subject to, replaces, override, repeal, suspend, commence, under. `by` is the norm that
    says it (or the provision of the statement); `over` are the losers of an override, whose `start`, `end` and `known`
    are those of a norm (`end` is the first day no longer in force).
    """

    word: str
    by: str
    span: int
    refs: tuple[tree.Ref, ...]
    over: tuple[tree.Ref, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    known: dt.date | None = None


class Part(msgspec.Struct, frozen=True):
    """What one file contributes: an instrument with its norms, as far as the file alone and the vocabulary tell."""

    path: str
    instrument: Instrument | None
    instrument_span: int
    norms: tuple[Norm, ...]
    mentions: tuple[Mention, ...]
    labels: frozenset[str]
    """Every provision that has a heading, a norm or an assurance, even one that was dropped for an error."""
    diagnostics: tuple[Diagnostic, ...]
    partial: bool = False
    """Whether the file has errors, so that a provision may be missing because of them."""
    claim: str = ""
    """The id of an instrument that has an error in its front matter, and is no part of the book."""
    assurances: tuple[Assurance, ...] = ()


class Draft:
    """The fields of a norm so far, and what its clauses are resolved against."""

    def __init__(
        self,
        lexicon: Lexicon,
        report: Report,
        instrument: Instrument,
        statement: tree.NormStatement,
        id: str,
    ) -> None:
        self.lexicon = lexicon
        self.report = report
        self.instrument = instrument
        self.statement = statement
        self.id = id
        self.fields: dict[str, Any] = {}
        self.mentions: list[Mention] = []
        self.dropped = False
        """Whether its line has an error, so that its clauses are read only for their own."""
        self.context: Context
        """Of every clause but `limited to`."""

    def extend(self, field: str, items: tuple[object, ...]) -> None:
        """Add to a field that several clauses may fill."""
        before = self.fields.get(field)
        self.fields[field] = items if before is None else (*before, *items)
