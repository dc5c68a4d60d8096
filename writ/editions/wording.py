"""Parts of norms in words, as they would be written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from writ.book.model import EffectTerm, Norm, TriggerTerm, Vacancy
from writ.book.terms import Condition, Not
from writ.book.wording import say


def conditions(items: Iterable[Condition], word: str = "when") -> tuple[str, ...]:
    """A clause for each; `when not` is `unless`."""
    return tuple(
        f"unless {say(item.of)}"
        if word == "when" and isinstance(item, Not)
        else f"{word} {say(item)}"
        for item in items
    )


def effect(term: EffectTerm) -> str:
    """`begins alarm for 30 days`."""
    if term.verb == "escalates":
        return f"escalates to {term.state}"
    start = f" from {say(term.start)}" if term.start else ""
    period = f" for {term.duration}" if term.duration else ""
    until = f" until {say(term.until)}" if term.until else ""
    return f"{term.verb} {term.state}{start}{period}{until}"


def trigger(term: TriggerTerm) -> str:
    """`issue-declaration by minister`, `start of alarm`."""
    if term.kind in ("start", "end"):
        return f"{term.kind} of {term.name}"
    return f"{term.name} by {say(term.by)}" if term.by else term.name


def deadline(norm: Norm) -> tuple[str, ...]:
    """When a duty is due."""
    found = []
    if norm.within:
        of = f" of {trigger(norm.trigger)}" if norm.trigger else ""
        found.append(f"within {norm.within}{of}")
    if norm.due_by:
        found.append(f"by {say(norm.due_by)}")
    if norm.before:
        found.append(f"before {norm.before}")
    return tuple(found)


def recurrence(norm: Norm) -> tuple[str, ...]:
    """How often a duty is due."""
    if norm.every is None:
        return ()
    span = f" while {norm.while_state} in effect" if norm.while_state else ""
    return (f"every {norm.every}{span}",)


def waiver(norm: Norm) -> tuple[str, ...]:
    """Who may waive a duty."""
    if norm.waived_by is None:
        return ()
    return (f"waived by {say(norm.waived_by)}" + (f" by {norm.waiver}" if norm.waiver else ""),)


def window(
    start: dt.date | None, end: dt.date | None, gaps: tuple[Vacancy, ...] = ()
) -> tuple[str, ...]:
    """The days in force; the last is shown, as in `in force from … until …`."""
    if start is None:
        return ("not commenced",)
    last = f" until {end - dt.timedelta(1)}" if end and end > dt.date.min else ""
    found = [f"from {start}{last}"]
    for gap in gaps:
        found.append(f"suspended from {gap.start}" + (f" until {gap.end}" if gap.end else ""))
    return tuple(found)
