"""What a check is, and how it words a finding.

A check is one module of this package. It declares `CHECK`: the documentation of its code, the unit that it looks at,
and a pure function of a `View` and the key of one unit. It reads no clock, no file and nothing that another check left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from writ.book.model import EffectTerm, Norm, Place
from writ.book.terms import Condition
from writ.diagnostics import CodeDoc, Diagnostic, Related, Severity

if TYPE_CHECKING:
    from writ.checks.view import View


class Unit(StrEnum):
    """What a check looks at in one call. An edited file is rechecked only in the units that it can touch.

    A check may read beyond its unit only as far as is said here; what it reads there decides when it is run again.
    """

    VOCABULARY = "vocabulary"
    """The declarations, without the norms; the key is empty."""
    INSTRUMENT = "instrument"
    """The norms of one instrument, the meaning of the names that they use, to whom the acts that they name may be
    delegated, the overrides that it declares and the norms that those rank; the key is its id."""
    ACT = "act"
    """One act: the norms on it, on its broader and on its narrower acts and on those that exclude each other with it,
    the overrides between them, and the norms that mention it; the key is its name."""
    AUTHORITY = "authority"
    """One instrument with its norms, those it is made under and those made under it; the key is its id."""
    BOOK = "book"
    """Everything, at every run: only for a pass that is cheap on 20,000 norms; the key is empty."""


Find = Callable[["View", str], Iterator[Diagnostic]]


class Check(msgspec.Struct, frozen=True):
    """One check. `dated`: it reads `View.today`, and is run again on another day."""

    doc: CodeDoc
    unit: Unit
    find: Find
    dated: bool = False


def document(
    code: str,
    name: str,
    severity: Severity,
    summary: str,
    why: str,
    example: str,
    fix: str,
) -> CodeDoc:
    """The documentation of a code, in the form that all of them have."""
    text = (
        f"{summary[0].upper()}{summary[1:]}.\n\n"
        f"Why it is bad: {why}\n\n"
        f"For example:\n\n```writ\n{example.strip()}\n```\n\n"
        f"Instead: {fix}\n"
    )
    return CodeDoc(code, name, severity, summary, text)


def finding(
    view: View,
    doc: CodeDoc,
    place: Place,
    message: str,
    help: str = "",
    related: tuple[tuple[Place, str], ...] = (),
) -> Diagnostic:
    """A diagnostic of this code; its severity is that of the code."""
    span = view.book.span
    return Diagnostic(
        doc.code,
        doc.severity,
        message,
        span(place),
        help,
        tuple(Related(span(where), text) for where, text in related),
    )


def clause(norm: Norm, *words: str) -> Place:
    """Where the first clause of one of these words stands; the label of the norm where it has none."""
    for word, span in norm.clause_places:
        if word in words:
            return Place(norm.place.file, span)
    return norm.label_place


def consequence(norm: Norm, effect: EffectTerm) -> Place:
    """Where an effect of the norm, or of its breach, stands; the first of its sort where clauses were left out."""
    word, alike = "if breached", list(norm.breach)
    if effect in norm.effects:
        word = effect.verb
        alike = [each for each in norm.effects if each.verb == word]
    spans = [span for found, span in norm.clause_places if found == word]
    if len(spans) != len(alike):
        return clause(norm, word)
    return Place(norm.place.file, spans[alike.index(effect)])


def condition(norm: Norm, field: str, at: int) -> Place:
    """Where the `at`-th conjunct of a field stands: its own clause where each clause gave one, else the first."""
    words = ("when", "unless") if field == "when" else (field,)
    spans = [span for word, span in norm.clause_places if word in words]
    if not spans:
        return norm.label_place
    conjuncts = len(conditions(norm)[field])
    return Place(norm.place.file, spans[at] if len(spans) == conjuncts else spans[0])


def conditions(norm: Norm) -> dict[str, tuple[Condition, ...]]:
    """The conditions of a norm by the clause word that they stand under."""
    return {
        "when": norm.when,
        "with": norm.with_,
        "so that": norm.so_that,
        "until": norm.until,
        "limited to": norm.limited_to,
    }
