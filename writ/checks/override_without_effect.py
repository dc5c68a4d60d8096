"""C405: an override between norms that never oppose each other."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Norm, Override, Place
from writ.checks.check import Check, Unit, document, finding
from writ.checks.opposition import together
from writ.checks.override_cycle import oppose
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "C405",
    "override-without-effect",
    Severity.WARNING,
    "an override ranks norms of which none ever opposes the other",
    "somebody meant to settle a conflict, and it is not settled: the reference probably leads to the wrong provision.",
    """
permission 5
  minister may publish
  notwithstanding 7      -- which forbids something else
""",
    "refer to the norm that is in the way, or delete the override.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each clause of which no pair of norms can meet and oppose."""
    clauses: dict[Place, list[Override]] = {}
    for override in view.overrides_in.get(unit, ()):
        clauses.setdefault(override.place, []).append(override)
    norms = view.book.by_id
    for place, overrides in clauses.items():
        pairs = [(norms[each.winner], norms[each.loser], each) for each in overrides]
        if any(_effective(view, winner, loser, each) for winner, loser, each in pairs):
            continue
        winner, loser = norms[overrides[0].winner], norms[overrides[0].loser]
        message = f"`{winner.citation}` and `{loser.citation}` never oppose each other"
        if together(winner, loser) and not any(_in_time(*pair) for pair in pairs):
            message += " while this is in force"
        help = "refer to the norm that is in the way" if overrides[0].own_word else ""
        yield finding(
            view, DOC, place, message, help, ((_other(place, winner, loser), "the other"),)
        )


def _other(place: Place, winner: Norm, loser: Norm) -> Place:
    return loser.label_place if winner.place.file == place.file else winner.label_place


def _effective(view: View, winner: Norm, loser: Norm, override: Override) -> bool:
    """Whether it can change an outcome; one that yields by its own word also makes the answer cite the other."""
    if override.rank > loser.rank:
        return True  # C404 says so
    if override.own_word and not oppose(winner, loser):
        return False
    if not override.own_word and "lapse" in (winner.kind, loser.kind):
        return False
    if winner.start and loser.start and not _in_time(winner, loser, override):
        return False
    if not view.matched(winner.bearer) or not view.matched(loser.bearer):
        return True
    return _acts_meet(view, winner, loser) and _bearers_meet(view, winner, loser)


def _in_time(winner: Norm, loser: Norm, override: Override) -> bool:
    """Whether it is in force on a day on which both norms are; one that waits to be commenced perhaps is."""
    return override.start is None or together(winner, loser, override) is not None


def _acts_meet(view: View, one: Norm, other: Norm) -> bool:
    up, acts = view.vocabulary.act_down, view.vocabulary.acts
    for first in filter(None, (one.act, one.before)):
        for second in filter(None, (other.act, other.before)):
            if not up[first].isdisjoint(up[second]):
                return True
            if second in acts[first].excludes or first in acts[second].excludes:
                return True
    return False


def _bearers_meet(view: View, one: Norm, other: Norm) -> bool:
    if "immunity" in (one.kind, other.kind) or one.before or other.before:
        return True
    return not view.matched(one.bearer).isdisjoint(view.matched(other.bearer))


CHECK = Check(DOC, Unit.INSTRUMENT, find)
