"""What the source records of changes: days of coming into force, historical notes, lists of recent amendments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from writ.formats.legislation.building import day
from writ.formats.legislation.model import Block, Document, Mark, Provision, Runs
from writ.formats.legislation.text import normalised, plain

_DAY = "lims:inforce-start-date"
_CURRENT = "lims:current-date"


def as_of(document: Document) -> dt.date | None:
    """The day to which the text of a file is current; None where it says none.

    Justice Canada's `current-date`, and not its `pit-date`: that is the first day of the text, and goes back when
    an appendix is taken out again.
    """
    return day(dict(document.attributes).get(_CURRENT)) or document.version


def known_from(document: Document) -> dt.date | None:
    """The first day on which the text of a file stood as it does there: nothing was amended since."""
    last = as_of(document)
    days = [each for each in (document.amended, document.version, last) if each is not None]
    return min(days) if days else None


def days_of(provision: Provision) -> frozenset[dt.date]:
    """The days that its own words carry: those of its head and blocks, without its historical notes."""
    return frozenset(_days(block for block in provision.blocks() if block.kind != "history"))


def _days(parts: Iterable[Block | Mark | str]) -> Iterator[dt.date]:
    for part in parts:
        if isinstance(part, str):
            continue
        for name, value in part.attributes:
            if name.endswith(_DAY) and (found := day(value)) is not None:
                yield found
        yield from _days(part.runs)


def notes(provision: Provision) -> list[tuple[str, dt.date | None]]:
    """Its historical notes, each with its day where it has one: `2019, c. 13, s. 2`.

    The note of the original enactment tells of no amendment; its day may be that on which it was first printed.
    """
    found = []
    for block in provision.body:
        if isinstance(block, Block) and block.kind == "history":
            for run in block.runs:
                words = normalised(run) if isinstance(run, str) else plain((run,))
                given = {} if isinstance(run, str) else dict(run.attributes)
                if words and given.get("type") != "original":
                    found.append((words, day(given.get(_DAY))))
    return found


def recent(document: Document) -> Iterator[tuple[dt.date, str]]:
    """The amending laws that a file lists for the whole, with their days."""
    for block in document.body:
        if isinstance(block, Block) and block.name == "RecentAmendments":
            for each in _named(block.runs, "Amendment"):
                words = "".join(plain(one.runs) for one in _named(each.runs, "AmendmentCitation"))
                when = "".join(plain(one.runs) for one in _named(each.runs, "AmendmentDate"))
                found = day(when)
                if found is not None and words:
                    yield found, words


def _named(runs: Runs, name: str) -> Iterator[Mark]:
    for run in runs:
        if isinstance(run, Mark):
            if run.name == name:
                yield run
            else:
                yield from _named(run.runs, name)
