"""Why two audits of one journal differ: the late entry, the amendment, or the time that passed.

An answer is as of a moment and as known at another. Between two such answers each conclusion that differs has a cause:
an entry that came to be known, a text that came to be known or into force, an entry that happened, or time alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

import msgspec

from writ.book import dates
from writ.book.model import Book
from writ.engine.amended import Amendment, changes
from writ.journal.audit import audit
from writ.journal.entry import Entry, Journal
from writ.journal.record import ActRecord, Audit, DutyRecord, StateRecord
from writ.journal.sequence import with_days, zone_of_book
from writ.journal.steps import Cause, Day, Step, between, cause_of, learning, passing

Record = ActRecord | StateRecord | DutyRecord
Key = tuple[str, ...]
"""Which act, state or duty a record is of: the same in every audit of one journal."""
Conclusions = dict[Key, Record]

MOST_REPLAYED = 60_000
"""Entries that are replayed in search of causes; what is then not found is unresolved."""


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
    book, journal = with_days(book, journal.days), msgspec.structs.replace(journal, days=())
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


class Search:
    """Looks for the causes of differences by replaying the journal up to some time, or without some entries."""

    def __init__(self, book: Book, journal: Journal, premises: tuple[str, ...]) -> None:
        self.book = book
        self.zone = zone_of_book(book)
        self.journal = journal
        self.premises = premises
        self.left = MOST_REPLAYED // max(1, len(journal.entries))
        """Replays that are left."""

    def conclude(self, step: Step, without: Collection[Entry] = ()) -> Conclusions:
        journal = self.journal
        if without:
            left_out = {entry.id for entry in without}
            kept = tuple(entry for entry in journal.entries if entry.id not in left_out)
            journal = msgspec.structs.replace(journal, entries=kept)
        self.left -= 1
        return conclusions(audit(self.book, journal, step.at, step.known, self.premises))

    def causes(
        self, steps: Sequence[Step], first: Conclusions, last: Conclusions, keys: list[Key]
    ) -> dict[Key, tuple[Cause, ...]]:
        """The causes of conclusions that differ from the first step to the last."""
        found: dict[Key, tuple[Cause, ...]] = {}
        new = {entry.id: entry for step in steps for entry in step.entries}
        for key in keys:
            if key[0] == "act" and key[1] in new:
                found[key] = (cause_of(new[key[1]], self.zone),)
        rest = [key for key in keys if key not in found]
        if not rest:
            return found
        if len(steps) <= self.left:
            turned = self.walked(steps, first, last, rest)
        else:
            turned = self.halved(steps, 0, len(steps) - 1, last, rest)
        for at, some in turned.items():
            if at < 0:
                found |= dict.fromkeys(some, (Cause("unresolved"),))
            else:
                found |= self.guilty(steps[at - 1], steps[at], first, last, some)
        return found

    def walked(
        self, steps: Sequence[Step], first: Conclusions, last: Conclusions, keys: list[Key]
    ) -> dict[int, list[Key]]:
        """By step the conclusions that turned in it for the last time, looked for from the end."""
        found: dict[int, list[Key]] = {}
        for at in range(len(steps) - 1, 0, -1):
            if not keys:
                break
            now = self.conclude(steps[at - 1]) if at > 1 else first
            found[at] = [key for key in keys if said(now, key) != said(last, key)]
            keys = [key for key in keys if said(now, key) == said(last, key)]
        return {at: some for at, some in found.items() if some}

    def halved(
        self, steps: Sequence[Step], low: int, high: int, last: Conclusions, keys: list[Key]
    ) -> dict[int, list[Key]]:
        """Likewise by halves, for a long way: a step at which each turned to what it is at the end; -1 if not found."""
        if high - low == 1 or not keys:
            return {high: keys} if keys else {}
        if self.left < 2:
            return {-1: keys}
        middle = (low + high) // 2
        now = self.conclude(steps[middle])
        later = [key for key in keys if said(now, key) != said(last, key)]
        sooner = [key for key in keys if said(now, key) == said(last, key)]
        found = self.halved(steps, middle, high, last, later)
        for at, some in self.halved(steps, low, middle, last, sooner).items():
            found.setdefault(at, []).extend(some)
        return found

    def guilty(
        self, before: Step, step: Step, first: Conclusions, last: Conclusions, keys: list[Key]
    ) -> dict[Key, tuple[Cause, ...]]:
        """Of what is new in a step, that without which each conclusion would be another; else the texts, or time."""
        by_entries: set[Key] = set()
        found: dict[Key, list[Cause]] = {key: [] for key in keys}
        if step.entries and self.left > 0:
            now = self.conclude(step, step.entries)
            by_entries = {key for key in keys if said(now, key) != said(last, key)}
        if len(step.entries) > 1 and by_entries:
            for entry in step.entries if self.left >= len(step.entries) else ():
                now = self.conclude(step, [entry])
                for key in by_entries:
                    if said(now, key) != said(last, key):
                        found[key].append(cause_of(entry, self.zone))
        for key in by_entries:
            # None alone: each would have been enough, or there were too many to try.
            found[key] = found[key] or [cause_of(entry, self.zone) for entry in step.entries]
        for key in keys:
            if key not in by_entries:
                records = [one for one in (first.get(key), last.get(key)) if one is not None]
                found[key] = self.otherwise(before, step, records)
        return {key: tuple(some) for key, some in found.items()}

    def otherwise(self, before: Step, step: Step, records: Iterable[Record]) -> list[Cause]:
        """Of a step whose entries are not the cause, the texts that changed in it; else time."""
        cited = {citation for one in records for citation in one.citations}
        if before.at == step.at:
            texts = [
                Amendment(norm.citation, "known", norm.known)
                for norm in self.book.norms
                if norm.known is not None
                and before.known is not None
                and between(norm.known, before.known, step.known, self.zone)
            ]
            texts = [one for one in texts if one.citation in cited] or texts
            return amendments(texts) or [Cause("time", at=step.known)]
        low, high = dates.day_of(before.at, self.zone), dates.day_of(step.at, self.zone)
        texts = changes(self.book, self.book.norms, low, high)
        ends = [one.until for one in records if isinstance(one, StateRecord) and one.until]
        passed = [end for end in ends if not dates.compare(end, before.at, self.zone) < 0]
        when = passed[-1] if passed else step.at if (high - low).days <= 1 else None
        return amendments(one for one in texts if one.citation in cited) or [Cause("time", at=when)]

    def told(
        self, steps: Sequence[Step], now: Record | None, old: Record | None
    ) -> tuple[Cause, ...]:
        """The cause that the record itself tells: by which entry, or on which day, its status last turned."""
        if now is None or isinstance(now, ActRecord) or not now.turns:
            return ()
        last = now.turns[-1]
        if last.at is None or last.status != now.status or (old and old.status == now.status):
            return ()
        if not between(last.at, steps[0].at, steps[-1].at, self.zone):
            return ()
        new = {entry.id: entry for step in steps for entry in step.entries}
        by = next((turn.by for turn in reversed(now.turns) if turn.by and turn.at == last.at), "")
        if isinstance(now, DutyRecord) and not by and now.opened is not None:
            # What opens a duty that had been done meets it as well, though only the first turn names it.
            by = now.opened_by if dates.compare(last.at, now.opened, self.zone) <= 0 else ""
        if by:
            return (cause_of(new[by], self.zone),) if by in new else ()
        if any(dates.compare(entry.at, last.at, self.zone) == 0 for entry in new.values()):
            return ()
        day = dates.day_of(last.at, self.zone)
        cited = {*now.citations, *(old.citations if old is not None else ())}
        texts = changes(self.book, self.book.norms, day - dates.ONE_DAY, day)
        mine = amendments(one for one in texts if one.citation in cited)
        return tuple(mine or [Cause("time", at=last.at)])


def amendments(texts: Iterable[Amendment]) -> list[Cause]:
    causes = [Cause("amendment", one.citation, one.at, one.how) for one in texts]
    return list(dict.fromkeys(causes))


# --- what an audit concludes


def conclusions(report: Audit) -> Conclusions:
    """What an audit says of each act, state and duty."""
    found: Conclusions = {}
    records: list[Record] = [*report.acts, *report.states, *report.duties]
    for record in records:
        key = key_of(record)
        count = 1
        while (*key, str(count)) in found:
            count += 1
        found[*key, str(count)] = record
    return found


def key_of(record: Record) -> Key:
    match record:
        case ActRecord():
            return ("act", record.entry)
        case StateRecord():
            return ("state", record.entry, record.state, record.about)
        case _:
            opened = record.opened_by
            return ("duty", opened, record.norm, record.about, record.to, str(record.occurrence))


def words(record: Record) -> str:
    """What a record is of."""
    match record:
        case ActRecord():
            who = f"{record.actor} {record.person}" if record.person else record.actor
            return f"{who} did {record.act}"
        case StateRecord():
            return record.state
        case _:
            to = f" to {record.to}" if record.to else ""
            which = f" (no. {record.occurrence})" if record.occurrence else ""
            return f"{record.bearer} must {record.act}{to}{which}"


def said(found: Conclusions, key: Key) -> str:
    """What is concluded, in words; empty where there is no such record."""
    record = found.get(key)
    match record:
        case None:
            return ""
        case ActRecord():
            return f"{record.status}, late" if record.late else str(record.status)
        case StateRecord():
            until = f", until {moment(record.until)}" if record.until is not None else ""
            return f"{record.status}{until}"
        case _:
            due = f", due {moment(record.due)}" if record.due is not None else ""
            return f"{record.status}{due}"


def moment(at: dt.date) -> str:
    """A day, or a moment without its seconds."""
    return at.isoformat(timespec="minutes") if isinstance(at, dt.datetime) else at.isoformat()


# --- since then


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
