"""Why two audits of one journal differ: the late entry, the amendment, or the time that passed.

An answer is as of a moment and as known at another. Between two such answers each conclusion that differs has a cause:
an entry that came to be known, a text that came to be known or into force, an entry that happened, or time alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import msgspec

from writ.book import dates
from writ.book.model import Book
from writ.journal.causes import Search
from writ.journal.conclusions import said, words
from writ.journal.entry import Journal
from writ.journal.record import Audit
from writ.journal.sequence import settled, zone_of_book
from writ.journal.steps import Cause, Day, Step, learning, passing


class Difference(msgspec.Struct, frozen=True, omit_defaults=True):
    """One conclusion that is another, and what made it so."""

    subject: str
    """act, state or duty."""
    what: str
    """In words: `mayor did declare`, `alarm`, `clerk must report`."""
    about: str
    before: str
    """What was concluded, in words; empty where there was no such record."""
    after: str
    citations: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    entry: str = ""
    """The entry of the act, that began the state, that opened the duty."""


def difference(
    book: Book,
    journal: Journal,
    before: tuple[dt.date, Day],
    after: tuple[dt.date, Day],
    premises: Collection[str] = (),
) -> tuple[Difference, ...]:
    """What two audits conclude otherwise, each given as (as of, known at), and the cause of each difference.

    From one to the other it goes in steps: first what was known grows, on each day on which something came to be known;
    then time passes, on each day with entries. The step at which a conclusion last turned names its cause: of its
    entries those without which the conclusion would be another; if there are none, the texts that changed; else time.
    `known at` None is all that is recorded.

    Raises:
        ValueError: the second audit is as of an earlier time, or as known at one.
    """
    book, journal = settled(book, journal)
    zone = zone_of_book(book)
    if dates.compare(before[0], after[0], zone) > 0 or earlier(after[1], before[1], zone):
        raise ValueError("the second audit is of an earlier time than the first")
    search = Search(book, journal, tuple(premises))
    learned = learning(book, journal.entries, before[0], before[1], after[1], premises)
    passed = passing(book, journal.entries, before[0], after[0], after[1], premises)
    first, last = search.conclude(Step(*before)), search.conclude(Step(*after))
    differ = [key for key in dict.fromkeys((*first, *last)) if said(first, key) != said(last, key)]
    middle = search.conclude(Step(before[0], after[1])) if len(learned) > 1 and differ else first
    by_time = [key for key in differ if said(middle, key) != said(last, key)]
    by_knowledge = [key for key in differ if said(middle, key) == said(last, key)]
    causes = search.causes(learned, first, middle, by_knowledge)
    told = {key: search.told(passed, last.get(key), middle.get(key)) for key in by_time}
    causes |= {key: found for key, found in told.items() if found}
    causes |= search.causes(passed, middle, last, [key for key in by_time if not told[key]])
    causes |= search.dated(after[1], last, {key: causes[key] for key in by_time})
    return tuple(
        Difference(
            key[0],
            words(last.get(key) or first[key]),
            (last.get(key) or first[key]).about,
            said(first, key),
            said(last, key),
            (last.get(key) or first[key]).citations,
            causes[key],
            key[1],
        )
        for key in differ
    )


def earlier(one: Day, other: Day, zone: str) -> bool:
    """Whether what was known at one time is less than at another (None: all)."""
    if one is None or other is None:
        return one is not None
    return dates.compare(one, other, zone) < 0


class Since(msgspec.Struct, frozen=True):
    """What a report concludes otherwise than one of an earlier time."""

    as_of: dt.date
    known_at: Day
    changed: tuple[Difference, ...]


def since(
    book: Book,
    journal: Journal,
    report: Audit,
    premises: Collection[str] = (),
    as_of: Day = None,
    known_at: Day = None,
) -> Since:
    """What a report of the journal concludes otherwise than one as of, and as known at, earlier times.

    `premises` are those of the report; a time that is not given is that of the report.

    Raises:
        ValueError: one of them is later than that of the report.
    """
    then = (
        as_of if as_of is not None else report.as_of,
        known_at if known_at is not None else report.known_at,
    )
    now = (report.as_of, report.known_at)
    return Since(*then, difference(book, journal, then, now, premises))
