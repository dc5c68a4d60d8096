"""T608: a period that can be continued for ever."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book import terms
from writ.book.model import EffectTerm, Norm
from writ.checks.check import Check, Unit, clause, conditions, consequence, document, finding
from writ.checks.lasting import emergency
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "T608",
    "unbounded-continuation",
    Severity.NOTE,
    "a state of emergency has a period, and one act continues it as often as its bearer likes",
    "the period bounds nothing: whoever may continue it alone keeps the emergency for ever (ICCPR, art. 4).",
    """
power 5
  governor may declare-emergency
  begins emergency for 30 days
power 6
  governor may continue-emergency
  continues emergency for 30 days
""",
    "bound it by a `lapse`, let somebody else agree (`after`), or count the time that it has lasted in a `when`.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each continuation that asks neither another's act nor any time or earlier act, of a state that no law bounds."""
    for state, effects in view.consequences.items():
        if state in view.lapsing or not emergency(view, state):
            continue
        begun = [(norm, effect) for norm, effect in effects if effect.verb == "begins"]
        if not begun or not all(effect.duration for _, effect in begun):
            continue
        for norm, effect in effects:
            if effect in norm.effects and _continues(effect) and _free(view, norm):
                message = f"`{state}` can be continued without end by this alone"
                help = f"bound `{state}` by a lapse norm, or let somebody else agree"
                related = ((consequence(*begun[0]), "the period that it begins with"),)
                yield finding(view, DOC, clause(norm, "continues"), message, help, related)


def _continues(effect: EffectTerm) -> bool:
    return effect.verb == "continues" and effect.duration is not None


def _free(view: View, norm: Norm) -> bool:
    """Whether nothing but facts stands before the norm, and no limit or duty before its act."""
    found = [term for each in conditions(norm).values() for term in terms.walk(each)]
    if norm.after or norm.with_ or any(isinstance(term, _BOUNDING) for term in found):
        return False
    related = view.vocabulary.act_up[norm.act] | view.vocabulary.act_down[norm.act]
    if any(each.before in related for each in view.bounding):
        return False
    return not any(_bounds(each) for name in related for each in view.norms_on(name))


def _bounds(norm: Norm) -> bool:
    """Whether it is a limit that asks for something; one may be there for its effect alone."""
    asked = norm.after or norm.with_ or norm.stating or norm.recording
    return norm.kind == "limit" and bool(asked)


_BOUNDING = (
    terms.Done,
    terms.Happened,
    terms.Now,
    terms.StateTime,
    terms.TimeOf,
    terms.DaysBetween,
)
"""What may tell how long it has lasted, or that somebody agreed."""

CHECK = Check(DOC, Unit.BOOK, find)
