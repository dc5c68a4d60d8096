"""The causes of what is concluded otherwise: found by replaying up to some time, or without some entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

import msgspec

from writ.book import dates
from writ.book.model import Book
from writ.engine.amended import Amendment, changes
from writ.journal.audit import audit
from writ.journal.conclusions import Conclusions, Key, Record, conclusions, said
from writ.journal.entry import Entry, Journal
from writ.journal.record import ActRecord, DutyRecord, StateRecord
from writ.journal.sequence import zone_of_book
from writ.journal.steps import Cause, Day, Step, between, cause_of

MOST_REPLAYED = 60_000
"""Entries that are replayed in search of causes; what is then not found is unresolved."""


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
        if dates.compare(last.at, steps[0].at, self.zone) < 0:
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
        texts = changes(self.book, self.book.norms, day - dates.ONE_DAY, day + dates.ONE_DAY)
        mine = amendments(one for one in texts if one.citation in cited)
        return tuple(mine or [Cause("time", at=last.at)])

    def dated(
        self, known: Day, last: Conclusions, causes: dict[Key, tuple[Cause, ...]]
    ) -> dict[Key, tuple[Cause, ...]]:
        """What time did, with the first day on which it is so: what ends with a day is over on the next."""
        days: dict[dt.date, list[Key]] = {}
        for key, some in causes.items():
            if key in last and some[0].kind == "time" and some[0].at is not None:
                days.setdefault(dates.day_of(some[0].at, self.zone), []).append(key)
        found: dict[Key, tuple[Cause, ...]] = {}
        for day, keys in days.items():
            if self.left > 0:
                then = self.conclude(Step(day, known))
                for key in keys:
                    so = key in then and then[key].status == last[key].status
                    when = day if so else day + dates.ONE_DAY
                    found[key] = (Cause("time", at=when),)
        return found


def amendments(texts: Iterable[Amendment]) -> list[Cause]:
    causes = [Cause("amendment", one.citation, one.at, one.how) for one in texts]
    return list(dict.fromkeys(causes))
