"""How the time of a duty changed: when it is due, what opens it, how often, to whom, and what ends it."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Norm
from writ.book.wording import say
from writ.editions import wording
from writ.editions.canonical import conjuncts, plain
from writ.editions.change import Detail
from writ.editions.widths import OTHER, SAME, Widths, periods, times
from writ.syntax.tree import Bearer


def deadlines(widths: Widths, old: Norm, new: Norm) -> Iterator[Detail]:
    """What changed in the time and the addressee of a duty, and in what ends it or follows from its breach."""
    if old.kind != "duty":
        return
    how = addressee(widths, old.to, new.to)
    if how:
        was = () if old.to is None else (f"to {say(old.to)}",)
        now = () if new.to is None else (f"to {say(new.to)}",)
        yield Detail("addressee", how, was, now)
    how = due(old, new)
    if how:
        yield Detail("deadline", how, wording.deadline(old), wording.deadline(new))
    yield from _opening(old, new)
    if (old.every, old.while_state) != (new.every, new.while_state):
        how = OTHER
        if old.while_state == new.while_state:
            how = {"shorter": "sooner", "longer": "later"}.get(periods(old.every, new.every), OTHER)
        yield Detail("recurrence", how, wording.recurrence(old), wording.recurrence(new))
    yield from _end(old, new)


def addressee(widths: Widths, old: Bearer | None, new: Bearer | None) -> str:
    """wider where more must be told, looser where there is more to choose from; empty for the same."""
    if old is None or new is None:
        return SAME if old is new else "added" if old is None else "removed"
    how = widths.bearers(old, new)
    if how in (SAME, OTHER) or old.mode == new.mode == "each":
        return how
    return "looser" if how == "wider" else "stricter"


def due(old: Norm, new: Norm) -> str:
    """sooner, later, other, or empty for the same. A deadline where there was none is sooner."""
    found = set()
    length = periods(old.within, new.within)
    if length:
        found.add({"shorter": "sooner", "longer": "later"}.get(length, OTHER))
    found.add(times(old.due_by, new.due_by))
    if old.before != new.before:
        found.add("sooner" if not old.before else "later" if not new.before else OTHER)
    found.discard(SAME)
    return found.pop() if len(found) == 1 else OTHER if found else SAME


def _opening(old: Norm, new: Norm) -> Iterator[Detail]:
    if plain(old.trigger) != plain(new.trigger):
        was = () if old.trigger is None else (wording.trigger(old.trigger),)
        now = () if new.trigger is None else (wording.trigger(new.trigger),)
        yield Detail("trigger", OTHER, was, now)
    if old.for_each != new.for_each:
        was = (f"for each {old.for_each}",) if old.for_each else ()
        now = (f"for each {new.for_each}",) if new.for_each else ()
        yield Detail("for each", OTHER, was, now)


def _end(old: Norm, new: Norm) -> Iterator[Detail]:
    """What makes the duty fall away. It is narrower where more does."""
    before, after = conjuncts(old.until), conjuncts(new.until)
    if before.keys() != after.keys():
        how = "wider" if not after else "narrower" if not before else OTHER
        gone = [written for form, written in before.items() if form not in after]
        come = [written for form, written in after.items() if form not in before]
        yield Detail(
            "until", how, wording.conditions(gone, "until"), wording.conditions(come, "until")
        )
    if plain(old.waived_by) != plain(new.waived_by) or old.waiver != new.waiver:
        was, now = wording.waiver(old), wording.waiver(new)
        yield Detail("waiver", "removed" if not now else "added" if not was else OTHER, was, now)
