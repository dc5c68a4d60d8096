"""Permissions to leave undone what a duty commands, in a replay; and by what a duty that fell away is not owed."""

from __future__ import annotations

from collections.abc import Iterable

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
    book: Book, permissions: Iterable[Norm], duty: Norm, request: Request, views: Views
) -> tuple[str, ...]:
    """The provisions by which a duty that fell away is not owed: the permissions that hold, and the norms that took
    out of effect a state on which it hung.
    """
    found = list(sparing(book, permissions, duty, request, views))
    states = hung_on(book, duty, request, views)
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


def hung_on(book: Book, duty: Norm, request: Request, views: Views) -> set[str]:
    """The states of which the conditions speak that let a duty fall away: `while`, `until`, a `when` that is false."""
    found = {duty.while_state} - {""}
    of_until = states_in(duty.until)
    if of_until and truth_of(book, duty, request, duty.until, views) is True:
        found |= of_until
    if duty.trigger is None:  # else its `when` was asked at the trigger
        for condition in duty.when:
            asked = states_in((condition,))
            if asked and truth_of(book, duty, request, (condition,), views) is False:
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
