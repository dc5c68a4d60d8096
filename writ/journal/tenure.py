"""Who holds which office by the journal's own entries, and who acted in one without holding it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from writ.book import dates
from writ.book.model import Book
from writ.engine.ask import near
from writ.journal.entry import Entry, Kind
from writ.journal.order import said

Wrong = tuple[str, str, str]
"""Code, message, help."""


class Tenures:
    """The holders of offices as the entries come, in the order of what happened."""

    def __init__(self, book: Book, entries: Iterable[Entry]) -> None:
        self.vocabulary = book.vocabulary
        calendar = book.vocabulary.calendars.get(book.default_calendar)
        self.zone = calendar.zone if calendar is not None else ""
        self.told = frozenset(
            one.name for one in entries if one.kind in (Kind.HOLDS, Kind.ACTS) and not one.under
        )
        """The offices of which the journal says who holds them."""
        self.several = frozenset(
            actor.members for actor in book.vocabulary.actors.values() if actor.members
        )
        """Offices that many hold at once: the members of bodies."""
        self.holders: dict[str, dict[str, dt.date]] = {}
        self.left: dict[tuple[str, str], dt.date] = {}

    def add(self, entry: Entry) -> Iterator[Wrong]:
        """What is wrong with an entry, as far as offices go; entries under premises change nothing."""
        office, person = entry.name, entry.person
        match entry.kind:
            case Kind.HOLDS | Kind.ACTS:
                if not entry.under:
                    self.holders.setdefault(office, {}).setdefault(person, entry.at)
                    self.left.pop((office, person), None)
            case Kind.LEAVES:
                holders = self.holders.get(office, {})
                if person not in holders:
                    help = near(person, [*holders])
                    if not help:
                        help = f"say so before: `{person[:40]} holds {office}`"
                    yield "J210", f"`{person[:60]}` leaves `{office}`, and never held it", help
                elif not entry.under:
                    del holders[person]
                    self.left[office, person] = entry.at
            case Kind.ACT:
                yield from self._acted(entry)

    def _acted(self, entry: Entry) -> Iterator[Wrong]:
        office, person = entry.actor, entry.person
        actor = self.vocabulary.actors.get(office)
        if actor is None or actor.kind != "office":
            return
        holders = self.holders.get(office, {})
        if person and person not in holders and office in self.told - self.several:
            left = self.left.get((office, person))
            if left is not None:
                message = f"`{person[:60]}` left `{office}` on {said(left)}"
                yield "J206", message, "correct the date or the person"
            elif holders:
                held = " and ".join(f"`{one}`" for one in holders)
                message = f"`{person[:60]}` acts for `{office}`, which {held[:80]} holds"
                yield "J206", message, near(person, [*holders]) or "correct the person"
        day = dates.day_of(entry.at, self.zone)
        vacant = any(
            gap.start <= day and (gap.end is None or day <= gap.end) for gap in actor.vacancies
        )
        if vacant and not holders:
            message = f"`{office}` is vacant by the book on {day}"
            help = f"say who acts in it: `PERSON acts as {office}`"
            if actor.succession:
                help = f"by the book `{actor.succession[0]}` acts then; or say who acts in it"
            yield "J207", message, help
