"""To what a person is cleared, as the tables have it."""

from __future__ import annotations

import datetime as dt

import msgspec

from ministry.database import router
from ministry.database.transaction import is_settled
from ministry.people.models import Clearance

KEPT = 20_000


class Cleared(msgspec.Struct, frozen=True):
    """A level, compartments, and the allied state that the person serves. Nothing of it for whoever is not cleared."""

    level: str = ""
    compartments: tuple[str, ...] = ()
    serves: str = ""


class _File(msgspec.Struct, frozen=True):
    cleared: Cleared
    until: dt.datetime | None = None


_files: dict[tuple[str, str], tuple[int, _File]] = {}
"""By person: how often standing had changed when it was read, and what was read."""


def cleared(person: str, at: dt.datetime, changes: int) -> Cleared:
    """To what a person is cleared at a moment. `changes` counts, as of `Standing`, when it has to be read again."""
    key = (router.current(), person)
    kept = _files.get(key)
    settled = is_settled()
    if kept is None or kept[0] != changes or not settled:
        kept = (changes, _read(person))
        if len(_files) >= KEPT:
            _files.clear()
        if settled:
            _files[key] = kept
    file = kept[1]
    if file.until is None or at < file.until:
        return file.cleared
    return Cleared(serves=file.cleared.serves)


def current(person: str, at: dt.datetime) -> Clearance | None:
    """The clearance of a person that is good at a moment."""
    return Clearance.objects.filter(person=person, ended=None, until__gt=at).first()


def _read(person: str) -> _File:
    row = Clearance.objects.filter(person=person, ended=None).first()
    if row is None:
        return _File(Cleared())
    return _File(Cleared(row.level, tuple(row.compartments), row.serves), row.until)
