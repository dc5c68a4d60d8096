"""How the acts of oversight change the tables of the register and of people."""

from __future__ import annotations

from ministry.gate.deed import Change
from ministry.people import apply as people
from ministry.register.models import LogKey, Quorum, Witness


def admitted(change: Change) -> None:
    data = change.data
    Witness.objects.create(name=data.name, key=data.key, url=data.url, admitted=change.at)


def retired(change: Change) -> None:
    Witness.objects.filter(name=change.data.name).update(retired=change.at)


def counted(change: Change) -> None:
    Quorum.objects.update_or_create(id=1, defaults={"needed": change.data.needed})


def rotated(change: Change) -> None:
    data = change.data
    LogKey.objects.filter(key=data.old).update(until=data.size + data.overlap)
    LogKey.objects.create(key=data.new, since=data.size)


def erased(change: Change) -> None:
    people.erase(change.data.person)
