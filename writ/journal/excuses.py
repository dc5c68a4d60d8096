"""Permissions to leave undone what a duty commands, in a replay; and by what a duty that fell away is not owed."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from writ.book import terms
from writ.book.model import Book, Norm
from writ.book.terms import Condition
from writ.engine.applies import in_force, truth_of
from writ.engine.instance import Instance
from writ.engine.precedence import prevails
from writ.engine.request import Request
from writ.engine.scope import bearer_includes
from writ.engine.situation import Situation, candidates

Views = tuple[Instance, ...]
OUT = frozenset({"lapsed", "ended", "suspended"})
"""The statuses in which a state was in effect, and is not."""


def excuses_of(book: Book, duty: Norm) -> list[Norm]:
    """The `need not` permissions that may spare a duty: on its act or a broader one, for all who bear it."""
    vocabulary = book.vocabulary
    return [
        norm
        for norm in book.norms
        if norm.omission
        and norm.act in vocabulary.act_up.get(duty.act, ())
        and bearer_includes(vocabulary, norm.bearer, duty.bearer)
    ]


def excuses(book: Book, norm: Norm, duty: Norm, request: Request, views: Views) -> bool:
    """Whether one of them is in force, applies and prevails over the duty."""
    return (
        in_force(norm, request.at, request.known_at)
        and prevails(book, norm, duty, request.at, request.known_at) is not None
        and truth_of(book, norm, request, norm.when, views) is True
    )


def sparing(
    book: Book, permissions: Iterable[Norm], duty: Norm, request: Request, views: Views
) -> tuple[str, ...]:
    """The provisions of those that hold at the moment. One that need not prevail, since nothing is owed, is among them.

    Not one over which the duty prevails.
    """
    return tuple(
        dict.fromkeys(
            norm.citation
            for norm in permissions
            if in_force(norm, request.at, request.known_at)
            and prevails(book, duty, norm, request.at, request.known_at) is None
            and truth_of(book, norm, request, norm.when, views) is True
        )
    )


def grounds(
    book: Book,
    permissions: Iterable[Norm],
    duty: Norm,
    request: Request,
    views: Views,
    hangs: Hanging | None = None,
) -> tuple[str, ...]:
    """The provisions by which a duty that fell away is not owed: the permissions that hold, and the norms that took
    out of effect a state on which it hung. `hangs` is `hanging_of` the duty, where it is at hand.
    """
    found = list(sparing(book, permissions, duty, request, views))
    states = hung_on(book, duty, hangs or hanging_of(duty), request, views)
    if states:
        told = Situation(book, request, book.calendar_of(duty.instrument), views)
        found += [
            book.by_id[name].citation
            for state in sorted(states)
            for one in candidates(told, state)
            if one.status(told.now, told.zone) in OUT
            for name in one.because
        ]
    return tuple(dict.fromkeys(found))


class Hanging(msgspec.Struct, frozen=True):
    """The states of which the conditions speak that may let a duty fall away."""

    of_while: set[str]
    of_until: set[str]
    of_when: tuple[tuple[Condition, set[str]], ...]
    """By conjunct."""

    def is_free(self) -> bool:
        """Whether there is none."""
        return not (self.of_while or self.of_until or self.of_when)


def hanging_of(duty: Norm) -> Hanging:
    """The states in its `while`, its `until`, and its `when` unless that was asked at the trigger."""
    conditions = duty.when if duty.trigger is None else ()
    of_when = ((condition, states_in((condition,))) for condition in conditions)
    return Hanging(
        {duty.while_state} - {""},
        states_in(duty.until),
        tuple((condition, states) for condition, states in of_when if states),
    )


def hung_on(book: Book, duty: Norm, hangs: Hanging, request: Request, views: Views) -> set[str]:
    """Those of them that let a duty fall away: of a `while`, an `until` that is true, a `when` that is false."""
    found = set(hangs.of_while)
    if hangs.of_until and truth_of(book, duty, request, duty.until, views) is True:
        found |= hangs.of_until
    for condition, asked in hangs.of_when:
        if truth_of(book, duty, request, (condition,), views) is False:
            found |= asked
    return found


def states_in(conditions: tuple[Condition, ...]) -> set[str]:
    found: set[str] = set()
    for term in terms.walk(conditions):
        match term:
            case terms.InEffect():
                found.add(term.state)
            case terms.Attr(space="state"):
                found.add(term.owner)
    return found
