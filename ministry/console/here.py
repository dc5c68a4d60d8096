"""What a page stands on: who asks, in which office, and the edition in force. Read once for each request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from ministry.editions.models import Promulgation
from ministry.editions.queries import Law, NoEdition, law_of
from ministry.gate.acting import ONESELF, Acting
from ministry.gate.holders import Holders, holders, people_in
from ministry.gate.markings import of_label, together
from ministry.gate.readers import SORTS, hidden, reader_of
from ministry.gate.reading import L, shown
from ministry.labels.keep import known
from ministry.labels.marking import OPEN, Marking
from ministry.labels.reader import Reader
from ministry.labels.rows import confine
from ministry.people.models import Appointment, Person
from ministry.register.models import Record
from writ.book.dates import zone_of


class Here:
    """Who asks, and under which law. Every part is read when it is first looked at."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self._names: dict[str, str] = {}
        self._labels: set[str] = set()

    @cached_property
    def at(self) -> dt.datetime:
        return timezone.now()

    @cached_property
    def acting(self) -> Acting | None:
        """Who acts in which office; None where nobody signed in, or who did holds no office."""
        found = getattr(self.request, "acting", None)
        return found if isinstance(found, Acting) and found.office != ONESELF else None

    @cached_property
    def promulgation(self) -> Promulgation:
        """Of the edition in force.

        Raises:
            NoEdition: none is.
        """
        found = Promulgation.objects.filter(since__lte=self.at).order_by("-number").first()
        if found is None:
            raise NoEdition(gettext("no edition of the Book is in force"))
        return found

    @cached_property
    def law(self) -> Law:
        return law_of(self.promulgation.edition)

    @cached_property
    def held(self) -> Holders:
        return holders(self.law)

    @cached_property
    def reader(self) -> Reader:
        """Whoever asks, as one who reads: what is shown is asked of the tables with it.

        From then on the database gives this request nothing that they may not read, however it is asked.
        """
        assert self.acting is not None
        found = reader_of(self.acting, self.at, self.law, self.held)
        confine(found, SORTS)
        return found

    def known_in(self, office: str) -> list[str]:
        """Those who hold an office, then those who act in it, of whom whoever asks may know."""
        keys = people_in(self.held, office)
        unknown = hidden(self.reader, keys, self.held.changes)
        return [key for key in keys if key not in unknown]

    @cached_property
    def vacant(self) -> str:
        """What is said of an office that nobody holds of whom whoever asks may know."""
        all_of_it = known(self.held.changes).keys() <= self.reader.sight(Appointment.sort).others
        return gettext("vacant") if all_of_it else gettext("nobody named")

    def shown(self, rows: Iterable[L]) -> list[L]:
        """Rows that are shown, once it is on the record that those are read which are read only so.

        Raises:
            Refused: they were open a moment ago, and are not now.
        """
        assert self.acting is not None
        found = shown(self.acting, self.reader, rows, self.at)
        self._labels |= {row.label for row in found if row.label}
        return found

    @property
    def marking(self) -> Marking:
        """The marking of the page: of all that was shown so far, taken together."""
        if not self._labels:
            return OPEN  # and no edition need be in force to say so
        return together(self.law, (self.marked(label) for label in sorted(self._labels)))

    def marked(self, label: str) -> Marking:
        """The marking of a label."""
        return of_label(self.held, label)

    @property
    def inspects(self) -> bool:
        """Whether whoever asks reads the records of others."""
        return bool(self.reader.sight(Record.sort).others)

    def mine(self, record: Record) -> bool:
        """Whether a record is their own, or of the office that they act in."""
        return any(record.connected(self.reader))

    @cached_property
    def zone(self) -> dt.tzinfo:
        """The time by which the book's own calendar counts."""
        calendar = self.law.book.vocabulary.calendars.get(self.law.book.default_calendar)
        return zone_of(calendar.zone) if calendar is not None else dt.UTC

    @cached_property
    def today(self) -> dt.date:
        return self.at.astimezone(self.zone).date()

    @cached_property
    def offices(self) -> tuple[str, ...]:
        """The offices that whoever asks may act in."""
        return tuple(getattr(self.request, "offices", ()))

    # --- names

    def office(self, name: str) -> str:
        """An office, body or person of the Book, in words."""
        actor = self.law.book.vocabulary.actors.get(name)
        return (actor.description if actor is not None else "") or name

    def act(self, name: str) -> str:
        """An act of the Book, in words."""
        found = self.law.book.vocabulary.acts.get(name)
        said = (found.description if found is not None else "") or name
        return said[:1].upper() + said[1:]

    def person(self, key: str) -> str:
        """The name of a person; their key where it was erased, nobody has it, or whoever asks may not know it."""
        if key not in self._names:
            self.know({key})
        return self._names[key]

    def know(self, keys: Iterable[str]) -> None:
        """Read the names of these people at once."""
        wanted = {key for key in keys if key and key not in self._names}
        if wanted:
            rows = (
                self.shown(Person.objects.seen_by(self.reader).filter(key__in=wanted))
                if self.acting
                else ()
            )
            names = {row.key: row.name for row in rows}
            self._names |= {key: names.get(key) or key for key in wanted}
        self._names.setdefault("", "")


def here(request: HttpRequest) -> Here:
    """What the page of this request stands on."""
    found: Here | None = getattr(request, "_here", None)
    if found is None:
        found = Here(request)
        request._here = found  # type: ignore[attr-defined]
    return found
