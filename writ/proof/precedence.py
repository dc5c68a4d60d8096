"""Which norms stand, as formulas over the day: the engine's own graph of opposed norms (`writ.engine.precedence`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from writ.book.model import ActorDef, Book, Norm
from writ.book.overrides import Override
from writ.book.place import Vacancy
from writ.engine.precedence import by_maxim
from writ.proof.logic import Formula, conj, disj, neg
from writ.proof.values import Moment


def in_force(norm: Norm | Override, now: Moment) -> Formula:
    """Whether a norm, or an override, is in force on the day."""
    return within(norm.start, norm.end, norm.gaps, now)


def within(
    start: dt.date | None, end: dt.date | None, gaps: tuple[Vacancy, ...], now: Moment
) -> Formula:
    if start is None:
        return False
    parts: list[Formula] = [now.day >= start.toordinal()]
    if end is not None:
        parts.append(now.day < end.toordinal())
    for gap in gaps:
        after = False if gap.end is None else now.day > gap.end.toordinal()
        parts.append(disj((now.day < gap.start.toordinal(), after)))
    return conj(parts)


def away(office: ActorDef, now: Moment) -> Formula:
    """Whether the book says of an office that it is vacant on the day."""
    return disj(
        conj(
            (
                now.day >= gap.start.toordinal(),
                True if gap.end is None else now.day <= gap.end.toordinal(),
            )
        )
        for gap in office.vacancies
    )


def overrides(book: Book, one: Norm, other: Norm, now: Moment) -> Formula:
    """Whether an explicit override in force ranks the one above the other."""
    pair = (one.id, other.id)
    if pair in book.ranking.always:
        return True
    return disj(in_force(each, now) for each in book.ranking.at_times.get(pair, ()))


def prevails(book: Book, one: Norm, other: Norm, now: Moment) -> Formula:
    """Whether the one beats the other, by whichever maxim."""
    forth, back = overrides(book, one, other, now), overrides(book, other, one, now)
    if forth is True or back is True:
        return conj((forth, neg(back)))
    otherwise = by_maxim(book, one, other) is not None
    return disj((conj((forth, neg(back))), conj((neg(forth), neg(back), otherwise))))


Attacks = Mapping[str, Mapping[str, Formula]]
"""Each norm -> those that beat it, and when."""


def settle(
    names: list[str], attacks: Attacks, able: Mapping[str, Formula]
) -> dict[str, tuple[Formula, Formula]]:
    """For each norm, when it stands and when it is defeated (`writ.engine.precedence.settle`).

    In a graph without circles one pass in order of attack settles all; a circle is gone round as often as it is long.
    """
    graph = {name: [a for a in attacks.get(name, ()) if a in able] for name in names}
    try:
        order = list(TopologicalSorter(graph).static_order())
        rounds = 1
    except CycleError:
        order, rounds = list(names), len(names) + 1
    standing: dict[str, Formula] = dict.fromkeys(names, False)
    defeated: dict[str, Formula] = dict.fromkeys(names, False)
    for _ in range(rounds):
        for name in order:
            beaten = [conj((attacks[name][a], able[a], standing[a])) for a in graph.get(name, ())]
            safe = [
                disj((neg(attacks[name][a]), neg(able[a]), defeated[a]))
                for a in graph.get(name, ())
            ]
            if rounds == 1 or name not in standing:
                standing[name], defeated[name] = conj(safe), disj(beaten)
            else:
                standing[name] = disj((standing[name], conj(safe)))
                defeated[name] = disj((defeated[name], disj(beaten)))
    return {name: (standing[name], defeated[name]) for name in names}
