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


NEAR = dt.timedelta(days=1)
"""What may have happened at any time, is told of the day before."""


def plain_day(when: dt.date) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


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
    if request.number:
        yield replace(request, number=0)
    if request.person:
        yield replace(request, person="")
    if isinstance(request.at, dt.datetime):
        yield replace(request, at=request.at.date())
    told = [plain_day(e.at) for e in request.done if e.at is not None]
    told += [plain_day(s.since) for s in request.states if s.since is not None]
    if told and plain_day(request.at) - max(told) > NEAR:
        yield replace(request, at=max(told) + NEAR)
    day = request.at.date() if isinstance(request.at, dt.datetime) else request.at
    for at, event in enumerate(request.done):
        if event.at is not None and day - plain_day(event.at) > NEAR:
            sooner = replace(event, at=day - NEAR)
            yield replace(request, done=(*request.done[:at], sooner, *request.done[at + 1 :]))
        if event.person:
            nobody = replace(event, person="")
            yield replace(request, done=(*request.done[:at], nobody, *request.done[at + 1 :]))
        if isinstance(event.at, dt.datetime):
            plain = replace(event, at=event.at.date())
            yield replace(request, done=(*request.done[:at], plain, *request.done[at + 1 :]))
