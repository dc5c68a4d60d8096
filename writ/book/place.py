"""Where something in a book is written, and for how long something is not so."""

from __future__ import annotations

import datetime as dt

import msgspec


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where something is written: a file and a packed range in it."""

    file: str
    span: int


class Vacancy(msgspec.Struct, frozen=True, gc=False):
    """From the first day to the last: an office is vacant, a norm suspended. Without an end for good."""

    start: dt.date
    end: dt.date | None
