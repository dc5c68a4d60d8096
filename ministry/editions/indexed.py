"""The index of an edition for searching: a file on this host for each digest, made once, by whoever needs it first.

An edition is content-addressed and never changes, so that its index follows from its digest alone: it is a cache, and
may be taken away at any time. It stands beside the database and not in it, also where that is PostgreSQL: every host
searches with what it has at hand, and the ranking is the same everywhere.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock

from django.conf import settings

from ministry.editions.queries import law_of
from writ.corpus.search.index import Index, program, read_index, write_index

KEPT = 4
"""So many indexes are held open in a process."""
FILES = 24
"""So many are kept on the disk: those made last."""


class BeingMade(LookupError):
    """Another process is making the index just now."""


_open: OrderedDict[str, tuple[Index, Lock]] = OrderedDict()
_opening = RLock()


def folder() -> Path:
    """Where the indexes of this host lie."""
    return Path(settings.HOME) / "search"


def place_of(digest: str) -> Path:
    """The file of the index of an edition, as this version of the program makes it."""
    return folder() / f"{digest}-{program().hex()[:12]}.sqlite3"


def is_made(digest: str) -> bool:
    return place_of(digest).exists()


def make(digest: str, wait: bool = True) -> bool:
    """Make the index where it is not there; False where it was, or where another process makes it and we do not wait.

    Raises:
        Edition.DoesNotExist: there is no such edition.
    """
    place = place_of(digest)
    if place.exists():
        return False
    law = law_of(digest)
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder() / f"{place.stem}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        if place.exists():
            return False
        write_index(law.book, place)
        _thinned(place)
    return True


def _thinned(new: Path) -> None:
    """Take away the oldest files, and what a process that was killed left half made."""
    for draft in folder().glob(f"{new.name}.*"):
        with suppress(OSError):
            draft.unlink()
    made = sorted(folder().glob("*.sqlite3"), key=_age)
    for old in made[:-FILES]:
        for each in (old, old.with_suffix(".lock")):
            with suppress(OSError):
                each.unlink()


def _age(place: Path) -> int:
    try:
        return place.stat().st_mtime_ns
    except OSError:
        return 0


@contextmanager
def searching(digest: str, wait: bool = True) -> Iterator[Index]:
    """The index of an edition, for one thread of this process at a time.

    Raises:
        BeingMade: another process is making it, and we do not wait.
    """
    index, lock = _kept(digest, wait)
    with lock:
        yield index


def _kept(digest: str, wait: bool) -> tuple[Index, Lock]:
    found = _open.get(digest)
    if found is None:
        if not is_made(digest):
            make(digest, wait)
            if not is_made(digest):
                raise BeingMade(f"the index of edition {digest[:12]} is being made")
        with _opening:
            found = _open.get(digest)
            if found is None:
                found = _open[digest] = (_read(digest), Lock())
                while len(_open) > KEPT:
                    _open.popitem(last=False)  # closed when whoever still reads it is done
    with suppress(KeyError):
        _open.move_to_end(digest)
    return found


def _read(digest: str) -> Index:
    """Opened; a file that is damaged is made anew."""
    place = place_of(digest)
    try:
        with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as one:
            whole = one.execute("PRAGMA quick_check(1)").fetchone()[0]
        if whole != "ok":
            raise sqlite3.DatabaseError(whole)
        return read_index(place)
    except sqlite3.Error:
        with suppress(OSError):
            os.unlink(place)
        make(digest)
        return read_index(place)


def forget() -> None:
    """Let this process open anew what it is asked for."""
    _open.clear()
