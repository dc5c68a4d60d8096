"""Who holds which office, and who acts in one, as the entries of a journal have it so far."""

from __future__ import annotations

from writ.book.model import Book
from writ.journal.entry import Entry, Kind

MANY_ASKED = 1_000
"""So many actors are remembered."""


class Offices:
    """See `docs/semantics.md`, "The journal": Acts. Of an office of which no entry spoke it says nothing."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.holders: dict[str, set[str]] = {}
        """Who holds each office of which an entry spoke."""
        self.deputies: dict[str, dict[str, None]] = {}
        """Who acts in each."""
        self.gone: set[str] = set()
        self._acting: dict[tuple[str, str], tuple[str, ...]] = {}
        """What was asked since an entry last counted (`acting`), of the book then."""
        self._asked_of = book

    def __getstate__(self) -> dict[str, object]:
        """Without the book, which whoever restores it gives back."""
        return {**self.__dict__, "book": None, "_asked_of": None, "_acting": {}}

    def take(self, entry: Entry) -> None:
        """Let an entry on an office, or on what is no more, count from now on."""
        office, person = entry.name, entry.person
        self._acting.clear()
        match entry.kind:
            case Kind.HOLDS:
                self.holders.setdefault(office, set()).add(person)
                self.gone.discard(office)
            case Kind.ACTS:
                self.holders.setdefault(office, set())
                self.deputies.setdefault(office, {})[person] = None
            case Kind.LEAVES:
                self.holders.setdefault(office, set()).discard(person)
                self.deputies.get(office, {}).pop(person, None)
            case Kind.GONE:
                self.gone.add(office)

    def refusal(self, actor: str, person: str) -> str:
        """Why the actor cannot act in that office at all; empty where they can, or nothing is known."""
        if actor in self.gone:
            return f"{actor} was no more"
        told = self.holders.get(actor)
        if told is None:
            return ""
        acting = self.deputies.get(actor, {})
        if not told and not acting:
            return f"{actor} was vacant"
        if not person or person in told or person in acting:
            return ""
        return f"{person} neither held {actor} nor acted in it"

    def acting(self, actor: str, person: str) -> tuple[str, ...]:
        """The other offices that the actor acts in: by an entry, or because they are vacant and have fallen to them."""
        if self._asked_of is not self.book or len(self._acting) > MANY_ASKED:
            self._asked_of = self.book
            self._acting.clear()
        asked = self._acting.get((actor, person))
        if asked is None:
            asked = self._acting[actor, person] = self._find_acting(actor, person)
        return asked

    def _find_acting(self, actor: str, person: str) -> tuple[str, ...]:
        found = [
            office
            for office, persons in self.deputies.items()
            if (person and person in persons) or actor in persons
        ]
        found += [
            office
            for office, persons in self.holders.items()
            if not persons and not self.deputies.get(office) and self._heir(office) == actor
        ]
        return tuple(
            office for office in dict.fromkeys(found) if office != actor and office not in self.gone
        )

    def _heir(self, office: str) -> str:
        """Who acts in a vacant office: the first in its succession whose own is neither vacant nor gone."""
        definition = self.book.vocabulary.actors.get(office)
        for name in definition.succession if definition else ():
            held = self.holders.get(name)
            if name not in self.gone and (held is None or held or self.deputies.get(name)):
                return name
        return ""
