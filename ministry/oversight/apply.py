"""How the acts of oversight change the tables of the register and of people."""

from __future__ import annotations

from django.db.models import Q

from ministry.database import router
from ministry.gate.deed import Change
from ministry.people import apply as people
from ministry.register import held
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


def begun(change: Change) -> None:
    data = change.data
    first = data.size + 1
    old = LogKey.objects.filter(Q(until__isnull=True) | Q(until__gt=first))
    old.update(until=first)
    for key in data.log_keys:
        LogKey.objects.create(key=key, since=first)
    if router.current() == "default":  # a replay has no log
        held.forget()


def erased(change: Change) -> None:
    people.erase(change.data.person)
