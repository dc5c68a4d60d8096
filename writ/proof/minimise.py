"""Leaving out of a situation whatever its answer does not hang on, with the engine as the judge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec

from writ.book.model import Book
from writ.engine.request import Request


def minimised(book: Book, request: Request, shows: Callable[[Request], bool]) -> Request:
    """The request with each part left out that can be, one after the other; `shows` says whether it still can."""
    smaller = True
    while smaller:
        smaller = False
        for lesser in _lesser(book, request):
            if shows(lesser):
                request, smaller = lesser, True
                break
    return request


def _lesser(book: Book, request: Request) -> Iterator[Request]:
    """The request with one thing less in it."""
    replace = msgspec.structs.replace
    for name in request.facts:
        yield replace(request, facts={n: v for n, v in request.facts.items() if n != name})
    for at in range(len(request.done)):
        yield replace(request, done=request.done[:at] + request.done[at + 1 :])
    for at, state in enumerate(request.states):
        yield replace(request, states=request.states[:at] + request.states[at + 1 :])
        for name in state.facts:
            less = replace(state, facts={n: v for n, v in state.facts.items() if n != name})
            yield replace(request, states=(*request.states[:at], less, *request.states[at + 1 :]))
    if request.against:
        yield replace(request, against="")
    if request.number > 1:
        yield replace(request, number=1)
    if isinstance(request.at, dt.datetime):
        yield replace(request, at=request.at.date())
    for at, event in enumerate(request.done):
        if isinstance(event.at, dt.datetime):
            plain = replace(event, at=event.at.date())
            yield replace(request, done=(*request.done[:at], plain, *request.done[at + 1 :]))
