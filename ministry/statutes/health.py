"""How the body of law stands, edition by edition: what the checks find, and what is counted.

It follows from the digest alone, the checks taking the day of the last change in the text; so each edition is measured
once on a host, and what was measured is kept in a file beside its index.
"""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import mkstemp

import msgspec

from ministry.editions import content, indexed
from ministry.editions.models import Edition
from ministry.editions.queries import is_compiled, law_of
from ministry.statutes.checked import checked
from writ.book.model import Book
from writ.corpus.search.index import Index, index_of
from writ.corpus.stats import stats_of
from writ.diagnostics import Severity

MOST = 300
"""Findings that are kept in full."""
VERSION = 1


class Finding(msgspec.Struct, frozen=True):
    """What a check found, and in which provision."""

    severity: str
    code: str
    message: str
    help: str
    instrument: str
    line: int


class Health(msgspec.Struct, frozen=True):
    """The figures of one edition."""

    digest: str
    instruments: int
    provisions: int
    without_norms: int
    """Provisions that have none."""
    unheard: int
    """Of these, provisions whose text says `shall`, `must` or `may`."""
    words: int
    norms: int
    errors: int
    warnings: int
    notes: int
    codes: dict[str, int]
    modalities: dict[str, int]
    assurances: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def assured(self) -> int:
        return sum(self.assurances.values())


def place_of(digest: str) -> Path:
    index = indexed.place_of(digest)
    return index.with_name(f"{index.stem}.health-{VERSION}.json")


@lru_cache(maxsize=64)
def _read(place: Path) -> Health:
    return msgspec.json.decode(place.read_bytes(), type=Health)


def kept(digest: str) -> Health | None:
    """What was measured of an edition on this host; None where nothing was yet."""
    with suppress(OSError, msgspec.DecodeError):
        return _read(place_of(digest))
    return None


def health_of(digest: str, wait: bool = True) -> Health | None:
    """The figures of an edition, measured where they are not there; None where another process does so.

    Raises:
        Edition.DoesNotExist: there is no such edition.
    """
    found = kept(digest)
    if found is not None:
        return found
    indexed.folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    place = place_of(digest)
    with (indexed.folder() / f"{place.stem}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return None
        found = kept(digest)
        if found is None:
            found = _measured(digest)
            descriptor, draft = mkstemp(prefix=f"{place.name}.", dir=place.parent)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(found))
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, place)
    return found


def measure_ahead(digest: str) -> None:
    """Measure an edition before anybody asks, if no other process does."""
    health_of(digest, wait=False)


def _measured(digest: str) -> Health:
    """Measured; an edition that is not in use is compiled for this alone, and puts none out that is."""
    if is_compiled(digest):
        book = law_of(digest).book
    else:
        packed = Edition.objects.values_list("content", flat=True).get(digest=digest)
        book = content.compiled(content.unpacked(bytes(packed)))
    if indexed.is_made(digest):
        with indexed.searching(digest) as index:
            return figures(digest, book, index)
    return figures(digest, book, index_of(book))


def figures(digest: str, book: Book, index: Index) -> Health:
    """The figures of a book and its index."""
    found = checked(digest, book)
    stats = stats_of(book, index, found)
    sql = (
        "SELECT count(*), coalesce(sum(modal > 0), 0) FROM row"
        " WHERE sort IN ('provision', 'assurance') AND norms = 0"
    )
    without, unheard = index.connection.execute(sql).fetchone()
    severities = Counter(one.severity for one in found)
    called = {item.place.file: name for name, item in book.instruments.items()}
    return Health(
        digest,
        stats.instruments,
        stats.provisions,
        without,
        unheard,
        stats.words,
        stats.norms,
        severities[Severity.ERROR],
        severities[Severity.WARNING],
        len(found) - severities[Severity.ERROR] - severities[Severity.WARNING],
        stats.diagnostics,
        stats.modalities,
        stats.assurances,
        tuple(
            Finding(
                str(one.severity.value),
                one.code,
                one.message,
                one.help,
                called.get(one.span.file, ""),
                one.span.line,
            )
            for one in found[:MOST]
        ),
    )
