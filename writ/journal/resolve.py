"""What is written -> entries and expectations: every name looked up in the book, every value given its type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from writ.book import dates
from writ.book.model import Book
from writ.diagnostics import LENGTH_BITS, LENGTH_MASK
from writ.journal.entry import Days, Entry, Expectation, Kind, Premise
from writ.journal.facts import Facts
from writ.journal.heads import Written
from writ.journal.statements import Dated, Supposed
from writ.syntax.cursor import Mistake, shown
from writ.syntax.tree import HolidayRule, Name


class Resolver:
    """Reads statements one after another, noting what is wrong in `mistakes`."""

    def __init__(self, book: Book, mistakes: list[Mistake]) -> None:
        self.book = book
        self.vocabulary = book.vocabulary
        self.mistakes = mistakes
        self.facts = Facts(book, mistakes)
        self.premises: dict[str, Premise] = {}
        self.days: list[Days] = []
        self._declared: dict[str, int] = {}
        self._used: set[str] = set()
        self._supposed: list[Name] = []
        """Premises named before they were declared, if they were at all."""

    def wrong(self, code: str, span: int, message: str, help: str = "") -> None:
        start = span >> LENGTH_BITS
        self.mistakes.append(Mistake(code, start, start + (span & LENGTH_MASK), message, help))

    # --- names

    def known(self, name: Name | None, among: Mapping[str, object], what: str) -> bool:
        """Whether it is declared; nothing there is right too."""
        if name is None or name.text in among:
            return True
        help = self.facts.near(name.text, [*among])
        if not help:
            sort = self._sort(name.text)
            help = f"`{name.text}` is {sort}" if sort else ""
        self.wrong("J110", name.span, f"`{shown(name.text)}` is not a known {what}", help)
        return False

    def _sort(self, name: str) -> str:
        vocabulary = self.vocabulary
        sorts: tuple[tuple[Mapping[str, Any], str], ...] = (
            (vocabulary.acts, "an act"),
            (vocabulary.events, "an event"),
            (vocabulary.states, "a state"),
            (vocabulary.things, "a thing"),
            (vocabulary.actors, "an office, a body or a person"),
            (vocabulary.definitions, "a definition"),
        )
        return next((sort for names, sort in sorts if name in names), "")

    def under(self, names: tuple[Name, ...]) -> tuple[str, ...]:
        self._supposed += (name for name in names if name.text not in self.premises)
        self._used.update(name.text for name in names)
        return tuple(dict.fromkeys(name.text for name in names))

    # --- entries

    def entry(self, written: Written, number: int) -> Entry | None:
        """The entry; None where its head names what the book does not have."""
        kind = Kind(written.kind)
        name = written.name
        vocabulary = self.vocabulary
        at = self.facts.when(written.at)
        right = at is not None and self._named(kind, written)
        clauses = written.clauses
        about, until, known = clauses.get("about"), clauses.get("until"), clauses.get("known")
        given = clauses.get("where", ())
        owner = name.text if name is not None else ""
        actor, person = written.subject, written.person
        to, to_person = clauses.get("to", (None, None))
        facts: dict[str, Any] = {}
        if not right:
            return None
        match kind:
            case Kind.ACT:
                act = vocabulary.acts[owner]
                thing = written.thing.text if written.thing is not None else act.thing
                facts = self.facts.typed(given, owner, thing) if given else {}
            case Kind.FACT:
                actor, person = clauses.get("of", (None, None))
                facts = self.facts.typed(written.facts, "", "", withdrawn=True)
            case Kind.EVENT | Kind.STATE if given:
                facts = self.facts.typed(given, owner, "")
        actors = vocabulary.actors
        against = clauses.get("against")
        known_to = self.known(to, actors, "office, body or person")
        known_against = self.known(against, actors, "office, body or person")
        if kind == Kind.FACT and not self.known(actor, actors, "office, body or person"):
            return None
        return Entry(
            kind=kind,
            at=at or dt.date.min,
            name=owner,
            id=written.id.text if written.id is not None else str(number),
            known=self.facts.when(known) if known is not None else None,
            actor=actor.text if actor is not None else "",
            person=person.text if person is not None else "",
            number=written.number,
            thing=written.thing.text if written.thing is not None else "",
            about=about.text if about is not None else "",
            to=to.text if to is not None and known_to else "",
            to_person=to_person.text if to_person is not None and known_to else "",
            against=against.text if against is not None and known_against else "",
            facts=facts,
            until=self.facts.when(until) if until is not None else None,
            revokes=tuple(dict.fromkeys(each.text for each in clauses.get("revokes", ()))),
            under=self.under(clauses["under"]) if "under" in clauses else (),
            lawful="taken" in clauses,
            source=clauses.get("source", ""),
            note=clauses.get("note", ""),
        )

    def _named(self, kind: Kind, written: Written) -> bool:
        vocabulary, name = self.vocabulary, written.name
        match kind:
            case Kind.ACT:
                actor = self.known(written.subject, vocabulary.actors, "office, body or person")
                act = self.known(name, vocabulary.acts, "act")
                thing = self.known(written.thing, vocabulary.things, "thing")
                return actor and act and thing
            case Kind.EVENT:
                return self.known(name, vocabulary.events, "event")
            case Kind.STATE:
                return self.known(name, vocabulary.states, "state")
            case Kind.HOLDS | Kind.ACTS | Kind.LEAVES:
                return self.known(name, vocabulary.actors, "office")
        return True

    def expectation(self, written: Written) -> Expectation | None:
        """The expectation; whether it speaks of an entry or a duty that there is, is for the checks to say."""
        clauses, name = written.clauses, written.name
        subject = written.subject.text if written.subject is not None else ""
        vocabulary = self.vocabulary
        named: dict[str, Mapping[str, object]] = {
            "state": vocabulary.states,
            "duty": vocabulary.acts,
        }
        among = named.get(subject)
        if among is not None and not self.known(
            name, among, "act" if subject == "duty" else subject
        ):
            return None
        as_of = self.facts.when(written.at)
        if as_of is None:
            return None
        due = clauses.get("due") or clauses.get("until")
        known = clauses.get("known")
        to = clauses.get("to")
        known_to = self.known(to, vocabulary.actors, "office, body or person")

        def text(word: str) -> str:
            found = clauses.get(word)
            return found.text if isinstance(found, Name) else found or ""

        return Expectation(
            subject=subject,
            name=name.text if name is not None else "",
            status=written.status,
            as_of=as_of,
            known_at=self.facts.when(known) if known is not None else None,
            under=self.under(clauses["under"]) if "under" in clauses else (),
            provision=written.provision,
            about=text("about"),
            to=text("to") if known_to else "",
            of=text("of"),
            due=self.facts.when(due) if due is not None else None,
            cites=clauses.get("cites", ()),
            id=text("id"),
            shared=text("shared"),
            text=text("text"),
        )

    # --- the other statements

    def premise(self, node: Supposed) -> None:
        name = node.name.text
        if name in self.premises:
            self.wrong("J108", node.name.span, f"a second premise `{name}`", "keep one of the two")
            return
        self.premises[name] = Premise(name, node.text)
        self._declared[name] = node.name.span

    def calendar(self, node: Dated) -> None:
        """Days added to a calendar of the book."""
        vocabulary = self.vocabulary
        if not self.known(node.calendar, vocabulary.calendars, "calendar"):
            return
        sittings: dict[str, set[dt.date]] = {}
        holidays: list[HolidayRule] = []
        for line in node.lines:
            if line.holiday is not None:
                holidays.append(msgspec.structs.replace(line.holiday, span=0))
                continue
            body = line.names[0]
            if not self.known(body, vocabulary.actors, "body"):
                continue
            if not line.dates:
                message = "a journal gives sittings by their days"
                self.wrong("J109", line.span, message, "list them: `2025-02-03, 2025-02-04`")
            sittings.setdefault(body.text, set()).update(map(dates.parse, line.dates))
        days = {body: tuple(sorted(each)) for body, each in sittings.items()}
        self.days.append(Days(node.calendar.text, days, tuple(holidays)))

    def about(self, name: Name | None) -> None:
        """The book that the journal says it is about must be this one."""
        if name is not None and self.book.name and name.text != self.book.name:
            message = f"the journal is about the book `{name.text}`, and this is `{self.book.name}`"
            self.wrong("J107", name.span, message, "give it the book that it is about")

    def finish(self) -> None:
        """What could only be said at the end."""
        for name in self._supposed:
            if name.text not in self.premises:
                help = (
                    self.facts.near(name.text, [*self.premises]) or 'declare it: `premise NAME "…"`'
                )
                self.wrong("J118", name.span, f"`{shown(name.text)}` is not a premise", help)
        for premise, span in () if self.mistakes else self._declared.items():
            # Where an entry was lost, nobody can say that it was not under the premise.
            if premise not in self._used:
                message = f"nothing is under the premise `{premise}`"
                self.wrong("J213", span, message, f"put `under {premise}` beneath an entry")
