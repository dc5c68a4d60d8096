"""The kinds of notices, and from what they come. A desk registers both.

```python
kind("approval-asked", _("Approvals asked of your office"), _("An act is asked of your office"), asks=True)

@tells("request-approval")
def asked(one: Happened) -> Iterator[News]:
    href = f"/approvals/{one.record}/"
    yield Told("approval-asked", one.record, href, thing=one.record, offices=tuple(one.data["offices"]))

@tells("decline-request")
def declined(one: Happened) -> Iterator[News]:
    yield Over(("approval-asked",), one.about)

@in_time
def falling_due(span: Span) -> Iterator[News]: ...
```

What tells reads the tables and writes nothing. It may be asked again about the same record: of one kind, key, person
and office there is one notice, ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from django.utils.functional import Promise

from ministry.editions.queries import Law

Words = str | Promise


class Kind(msgspec.Struct, frozen=True):
    """A kind of notice: what many of them are called, and what one says, by what is `said` of it.

    `asks`: somebody has to do something.
    """

    name: str
    title: Words
    lines: Mapping[str, Words]
    asks: bool = False

    def line(self, said: str) -> str:
        """What a notice says."""
        return str(self.lines.get(said) or self.title)


class Happened(msgspec.Struct, frozen=True):
    """An act as its record has it. `law` is the edition in force now, by which it is found whom it concerns."""

    record: str
    number: int
    at: dt.datetime
    act: str
    outcome: str
    office: str
    person: str
    about: str
    label: str
    data: Mapping[str, Any]
    missing: tuple[str, ...]
    law: Law


class Span(msgspec.Struct, frozen=True):
    """A stretch of time: after `since`, until `until`."""

    since: dt.datetime
    until: dt.datetime
    law: Law


class Told(msgspec.Struct, frozen=True):
    """Something to be told: to whoever is in one of the offices, and to the people themselves.

    `key` names it within its kind, `thing` what it is about until that is `Over`. `but` is a person who is not told:
    whoever did it knows it. `label`: that of the record, unless another is named.
    """

    kind: str
    key: str
    href: str
    said: str = ""
    thing: str = ""
    offices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    about: str = ""
    by: str = ""
    but: str = ""
    due: dt.datetime | None = None
    at: dt.datetime | None = None
    label: str | None = None
    record: str | None = None


class Over(msgspec.Struct, frozen=True):
    """What was told of a thing, by notices of these kinds, waits no longer; but for those of the keys in `keep`."""

    kinds: tuple[str, ...]
    thing: str
    keep: frozenset[tuple[str, str]] = frozenset()
    """Kinds and keys."""


News = Told | Over
OfOne = Callable[[Happened], Iterable[News]]
OfMany = Callable[[list[Happened]], Iterable[tuple[News, Happened | None]]]
OfTime = Callable[[Span], Iterable[News]]

_kinds: dict[str, Kind] = {}
_of_act: dict[str, list[OfOne]] = {}
_of_all: list[OfMany] = []
_of_time: list[OfTime] = []
_tell_their_duties: set[str] = set()


def kind(name: str, title: Words, lines: Words | Mapping[str, Words], asks: bool = False) -> None:
    """Register a kind of notice; `lines` are one line, or several by what is said."""
    if name in _kinds:
        raise ValueError(f"notices of the kind {name} are told twice")
    _kinds[name] = Kind(name, title, lines if isinstance(lines, Mapping) else {"": lines}, asks)


def kinds() -> dict[str, Kind]:
    """Every kind, in the order in which they were registered."""
    return dict(_kinds)


def tells(*acts: str) -> Callable[[OfOne], OfOne]:
    """Let a function say what an act of one of these names, done or done in part, tells whom."""

    def registered(tell: OfOne) -> OfOne:
        for act in acts:
            _of_act.setdefault(act, []).append(tell)
        return tell

    return registered


def tells_its_duty(act: str) -> None:
    """Say that what an act tells is the duty that it opens: nobody is told of it twice."""
    _tell_their_duties.add(act)


def duty_is_told(act: str) -> bool:
    """Whether the act tells of the duty that it opens by a notice of its own kind."""
    return act in _tell_their_duties


def tells_of_all(tell: OfMany) -> OfMany:
    """Let a function say what acts tell, whatever their names; it is given many at once."""
    _of_all.append(tell)
    return tell


def in_time(tell: OfTime) -> OfTime:
    """Let a function say what a stretch of time brought."""
    _of_time.append(tell)
    return tell


def told_of(some: list[Happened]) -> Iterator[tuple[News, Happened | None]]:
    """What these acts tell, each with the act."""
    for one in some:
        for tell in _of_act.get(one.act, ()):
            for news in tell(one):
                yield news, one
    for many in _of_all:
        yield from many(some)


def told_in(span: Span) -> Iterator[News]:
    """What a stretch of time tells."""
    for tell in _of_time:
        yield from tell(span)
