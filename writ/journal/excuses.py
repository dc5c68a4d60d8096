"""Permissions to leave undone what a duty commands, in a replay."""

from __future__ import annotations

from writ.book.model import Book, Norm
from writ.engine.applies import in_force, truth_of
from writ.engine.instance import Instance
from writ.engine.precedence import prevails
from writ.engine.request import Request
from writ.engine.scope import bearer_includes


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


def excuses(
    book: Book, norm: Norm, duty: Norm, request: Request, views: tuple[Instance, ...]
) -> bool:
    """Whether one of them is in force, applies and prevails over the duty."""
    return (
        in_force(norm, request.at, request.known_at)
        and prevails(book, norm, duty, request.at, request.known_at) is not None
        and truth_of(book, norm, request, norm.when, views) is True
    )
