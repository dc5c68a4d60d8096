"""The checks of a journal: whether what it says can be so, apart from what the law says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from writ.book import dates
from writ.book.labels import beneath
from writ.book.model import Book
from writ.diagnostics import Diagnostic, Related, ordered
from writ.engine.ask import near
from writ.journal.codes import severity_of
from writ.journal.entry import Entry, Expectation, Journal, Kind
from writ.journal.order import Order, found_at, said
from writ.journal.tenure import Tenures, Wrong

MOST = 1_000
"""Findings of one journal; nobody reads more."""

MOST_LIKE = 5_000
"""Ids among which one like a misspelt one is looked for."""


def check_journal(book: Book, journal: Journal) -> tuple[Diagnostic, ...]:
    """What is odd in a journal that was read over this book, by place."""
    found: list[Diagnostic] = []
    for one in _Checks(book, journal).run():
        found.append(one)
        if len(found) >= MOST:
            break
    return tuple(ordered(found))


class _Checks:
    def __init__(self, book: Book, journal: Journal) -> None:
        self.book = book
        self.journal = journal
        calendar = book.vocabulary.calendars.get(book.default_calendar)
        self.zone = calendar.zone if calendar is not None else ""
        lines = journal.lines or tuple(range(1, len(journal.entries) + 1))
        self.placed = list(zip(journal.entries, lines, strict=True))
        self.by_id: dict[str, tuple[int, Entry, int]] = {}
        for at, (entry, line) in enumerate(self.placed):
            self.by_id.setdefault(entry.id, (at, entry, line))
        self.since: dict[str, dt.date | None] = {}
        self.duties: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        self.looked = 0
        self.grants = self._grants()

    def run(self) -> Iterator[Diagnostic]:
        order = Order(self.book, self.journal.file)
        for entry, line in self.placed:
            yield from order.add(entry, line)
        tenures = Tenures(self.book, self.journal.entries)
        gone: dict[str, tuple[dt.date, int]] = {}
        # What happened, in the order in which it happened: late entries come in their place.
        for at in sorted(range(len(self.placed)), key=self._when):
            entry, line = self.placed[at]
            for code, message, help in tenures.add(entry):
                yield self._wrong(code, line, message, help)
            yield from self._of_what_is_gone(entry, line, gone)
            if entry.kind == Kind.GONE and not entry.under:
                gone.setdefault(entry.name, (entry.at, line))
            if entry.kind == Kind.ACT and not entry.lawful:
                yield from self._before_the_law(entry, line)
            for revoked in entry.revokes:
                for code, message, help in self._revoked(entry, at, revoked):
                    yield self._wrong(code, line, message, help)
        lines = self.journal.expected_lines
        for number, expectation in enumerate(self.journal.expectations):
            for message, help in self._unknown(expectation):
                line = lines[number] if number < len(lines) else 1
                yield self._wrong("J212", line, message, help)

    def _when(self, at: int) -> tuple[dt.date, bool, dt.datetime]:
        """By day; what has no time before what has."""
        when = self.placed[at][0].at
        if isinstance(when, dt.datetime):
            return dates.day_of(when, self.zone), True, when
        return when, False, _FIRST

    def _wrong(
        self, code: str, line: int, message: str, help: str = "", *related: Related
    ) -> Diagnostic:
        span = found_at(self.journal.file, line)
        return Diagnostic(code, severity_of(code), message, span, help, related)

    # --- what is gone

    def _of_what_is_gone(
        self, entry: Entry, line: int, gone: dict[str, tuple[dt.date, int]]
    ) -> Iterator[Diagnostic]:
        if not gone:
            return
        named = [entry.about, entry.actor, entry.to]
        if entry.kind != Kind.EVENT:
            named.append(entry.name)
        for name in dict.fromkeys(named):
            if name not in gone or entry.kind == Kind.LEAVES:
                continue
            since, where = gone[name]
            if dates.compare(since, entry.at, self.zone) < 0:
                place = Related(found_at(self.journal.file, where), "gone since here")
                message = f"`{name}` is gone since {said(since)}"
                yield self._wrong("J209", line, message, "correct the date or the name", place)

    # --- the law

    def _before_the_law(self, entry: Entry, line: int) -> Iterator[Diagnostic]:
        if entry.name not in self.since:
            self.since[entry.name] = self._first_norm(entry.name)
        first = self.since[entry.name]
        if first is not None and dates.compare(entry.at, first, self.zone) < 0:
            message = f"no norm about `{entry.name}` was in force before {first}"
            help = "correct the date; or the book lacks the law of then"
            yield self._wrong("J208", line, message, help)

    def _first_norm(self, act: str) -> dt.date | None:
        """The day on which the first norm about an act came into force; None where there is no such norm."""
        ups = self.book.vocabulary.act_up.get(act, frozenset({act}))
        norms = (norm for above in ups for norm in self.book.by_act.get(above, ()))
        return min((norm.start for norm in norms if norm.start is not None), default=None)

    # --- grants

    def _grants(self) -> frozenset[str]:
        """The acts by which powers are delegated, the narrower ones too."""
        down = self.book.vocabulary.act_down
        acts = {norm.act for norm in self.book.norms if norm.kind == "delegation"}
        return frozenset(narrow for act in acts for narrow in down.get(act, {act}))

    def _revoked(self, entry: Entry, at: int, id: str) -> Iterator[Wrong]:
        there = self.by_id.get(id)
        if there is None:
            yield "J211", f"there is no entry `{id[:60]}` to revoke", self._near(id)
            return
        place, grant, _ = there
        if grant.kind != Kind.ACT or grant.name not in self.grants:
            what = f"`{grant.name}`" if grant.name else "facts"
            message = f"the entry `{id}` ({what}) is no grant of a delegated power"
            yield "J211", message, "`revokes` names grants; an act ends a state by its norm"
        elif place >= at or dates.compare(grant.at, entry.at, self.zone) > 0:
            yield "J211", f"the grant `{id}` comes later", "only what was granted is revoked"

    # --- expectations

    def _unknown(self, one: Expectation) -> Iterator[tuple[str, str]]:
        """What the expectation speaks of, and is not there; a message and a help."""
        if one.subject == "act" and one.name not in self.by_id:
            yield f"there is no entry `{one.name[:60]}`", self._near(one.name)
        elif one.subject == "state" and one.name not in self.book.vocabulary.states:
            states = [*self.book.vocabulary.states]
            yield f"there is no state `{one.name[:60]}`", near(one.name[:60], states)
        elif one.subject == "duty":
            asked = (one.provision, one.name)
            if asked not in self.duties:
                self.duties[asked] = tuple(self._unknown_duty(one))
            yield from self.duties[asked]

    def _near(self, id: str) -> str:
        """Ids like this one; a journal may have too many of them to look, or to look often."""
        self.looked += 1
        few = len(self.by_id) <= MOST_LIKE and self.looked <= 20
        return near(id[:60], [*self.by_id]) if few else ""

    def _unknown_duty(self, one: Expectation) -> Iterator[tuple[str, str]]:
        instrument, _, label = one.provision.rpartition(" ")
        if instrument and instrument not in self.book.instruments:
            help = near(instrument[:60], [*self.book.instruments])
            yield f"there is no instrument `{instrument[:60]}`", help
            return
        duties = [
            norm
            for norm in self.book.norms
            if norm.kind == "duty"
            and (not instrument or norm.instrument == instrument)
            and (not label or beneath(norm.label, label))
        ]
        if not duties:
            yield f"there is no duty at `{one.provision[:60]}`", ""
        elif one.name:
            related = self.book.vocabulary
            acts = {act for norm in duties for act in related.act_down.get(norm.act, {norm.act})}
            if one.name not in acts:
                where = f" at `{one.provision[:60]}`" if one.provision else ""
                help = near(one.name[:60], sorted(acts)) if one.provision else ""
                yield f"there is no duty{where} to `{one.name[:60]}`", help


_FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)
