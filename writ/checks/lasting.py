"""How long a period runs, and a state lasts, for sure."""

from __future__ import annotations

from typing import cast

from writ.book.model import Calendar, Place
from writ.book.terms import ActorTerm, Condition, Done, InEffect, Not, Period, walk
from writ.checks.check import clause, consequence
from writ.checks.view import View

EMERGENCIES = ("emergency", "siege", "martial", "crisis", "alarm", "curfew")
"""Words by which a state is known to be one of emergency."""
Bound = tuple[int, Place]
"""A number of days, and where the law says so."""


def emergency(view: View, state: str) -> bool:
    """Whether the name or the description of a state speaks of an emergency."""
    item = view.vocabulary.states[state]
    return any(word in f"{item.name} {item.description}".lower() for word in EMERGENCIES)


def longest(period: Period) -> int | None:
    """After how many days a period has ended at the latest; None where the calendar may make it any length."""
    amount = period.amount
    match period.unit:
        case "hours":
            return -(-amount // 24)
        case "days" | "weeks" | "months" | "years":
            return amount * {"days": 1, "weeks": 7, "months": 31, "years": 366}[period.unit]
        case "calendar months":
            return 31 * (amount + 1)
        case "calendar years":
            return 366 * (amount + 1)
    return None


def shortest(period: Period, calendar: Calendar | None) -> int:
    """After how many days a period has ended at the earliest."""
    amount = period.amount
    if period.unit == "hours":
        return amount // 24
    days = {"weeks": 7, "months": 28, "years": 365, "calendar months": 28, "calendar years": 365}
    first = 1 if calendar is not None and calendar.counts_first_day else 0
    return amount * days.get(period.unit, 1) - first


def most(view: View, state: str) -> Bound | None:
    """How many days after its beginning a state is over for sure, if any law says so.

    By a lapse norm in force from before the state can begin and without conditions; or by the period that every norm
    gives it that begins it, where none continues it.
    """
    key = ("most", state)
    if key not in view.memory:
        view.memory[key] = _most(view, state)
    return cast("Bound | None", view.memory[key])


def _most(view: View, state: str) -> Bound | None:
    effects = view.consequences.get(state, [])
    begun = [(norm, effect) for norm, effect in effects if effect.verb == "begins"]
    if not begun:
        return None
    starts = [norm.start for norm, _ in begun if norm.start is not None]
    found: list[Bound] = []
    for norm in view.bounding:
        if norm.kind != "lapse" or norm.state != state or norm.lapse_after is None or norm.when:
            continue
        always = norm.start is not None and all(norm.start <= start for start in starts)
        days = longest(norm.lapse_after)
        if always and norm.end is None and not norm.gaps and days is not None:
            found.append((days, clause(norm, "after")))
    if not any(effect.verb == "continues" for _, effect in effects):
        periods = [longest(e.duration) if e.duration else None for _, e in begun]
        known = [days for days in periods if days is not None]
        if len(known) == len(periods):
            at = known.index(max(known))
            found.append((known[at], consequence(*begun[at])))
    return min(found, key=lambda bound: bound[0], default=None)


def required(conditions: tuple[Condition, ...]) -> frozenset[str]:
    """The states that must be in effect for the conditions to hold."""
    return frozenset(each.state for each in conditions if isinstance(each, InEffect))


def ending(conditions: tuple[Condition, ...]) -> frozenset[str]:
    """The states whose end alone makes one of the conditions true (`until not alarm in effect`)."""
    if len(conditions) != 1:
        return frozenset()
    only = conditions[0]
    return required((only.of,)) if isinstance(only, Not) else frozenset()


def speaks_of_persons(conditions: tuple[Condition, ...]) -> bool:
    """Whether the conditions ask who the actor is, as a person."""
    return any(
        isinstance(term, ActorTerm) or (isinstance(term, Done) and term.by_actor)
        for term in walk(conditions)
    )
