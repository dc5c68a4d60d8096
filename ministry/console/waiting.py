"""What waits for an office, and what shows that the watch is alive. Desks register what tells it.

A provider reads and writes nothing, and gives little: Today shows at most `MOST` of what waits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import msgspec

from ministry.gate.acting import Acting
from ministry.labels.reader import Reader

MOST = 20


class Waiting(msgspec.Struct, frozen=True):
    """Something that waits for an office: what is to be done, about what, where, since when and until when."""

    what: str
    href: str
    about: str = ""
    by: str = ""
    since: dt.datetime | None = None
    due: dt.datetime | None = None


class Light(msgspec.Struct, frozen=True):
    """Whether something that must never stop is running. `said` is a few words beside the light."""

    alive: bool
    said: str
    since: dt.datetime | None = None


Provider = Callable[[Acting, Reader, dt.datetime], Iterable[Waiting]]
Watched = Callable[[dt.datetime], Light]

_providers: dict[str, Provider] = {}
_lights: dict[str, Watched] = {}


def waits(name: str) -> Callable[[Provider], Provider]:
    """Register what tells of things that wait: `@waits("approvals")`."""

    def registered(provider: Provider) -> Provider:
        if name in _providers:
            raise ValueError(f"what waits in {name} is told twice")
        _providers[name] = provider
        return provider

    return registered


def light(name: str) -> Callable[[Watched], Watched]:
    """Register what tells whether something is running: `@light("watch")`."""

    def registered(watched: Watched) -> Watched:
        if name in _lights:
            raise ValueError(f"the light {name} is lit twice")
        _lights[name] = watched
        return watched

    return registered


def waiting(by: Acting, reader: Reader, at: dt.datetime) -> list[Waiting]:
    """All that waits for an office, of what whoever acts in it may read: what is due first, then the oldest."""
    found = [one for provider in _providers.values() for one in provider(by, reader, at)]
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(found, key=lambda one: (one.due or last, one.since or last, one.what))


def lights(at: dt.datetime) -> dict[str, Light]:
    return {name: watched(at) for name, watched in _lights.items()}
