"""Grants of power that a journal records: each rests on the chain that its grantor relied on."""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.book.model import Book
from writ.book.terms import Value
from writ.engine.answer import Decision
from writ.engine.request import Grant
from writ.journal.entry import Entry


class Granted(msgspec.Struct):
    """One grant in force until it ends. Mutable: it may be revoked."""

    entry: str
    by: str
    by_person: str
    to: str
    to_person: str
    act: str
    at: dt.date
    until: dt.date | None
    facts: dict[str, Value]
    decision: Decision
    relied: tuple[str, ...]
    """The entries of the grants by which its grantor had the power to give it."""
    revoked: dt.date | None = None

    def link(self) -> Grant:
        return Grant(
            self.by,
            self.to,
            self.act,
            self.at,
            self.until,
            self.revoked,
            self.by_person,
            self.to_person,
            self.facts,
        )


class Grants:
    """The grants made so far, by entry and by whom they were made to."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.all: dict[str, Granted] = {}
        self._to: dict[str, list[str]] = {}
        self.delegating = frozenset(
            act
            for norm in book.norms
            if norm.kind == "delegation"
            for act in book.vocabulary.act_down.get(norm.act, ())
        )
        """The acts by which a power may be given."""

    def __getstate__(self) -> dict[str, object]:
        """Without the book, which whoever restores it gives back."""
        return {name: value for name, value in self.__dict__.items() if name != "book"}

    def take(self, entry: Entry, decision: Decision, relied: tuple[str, ...]) -> None:
        """Record a grant that was permitted."""
        self.all[entry.id] = Granted(
            entry.id,
            entry.actor,
            entry.person,
            entry.to,
            entry.to_person,
            entry.name,
            entry.at,
            entry.until,
            entry.stated,
            decision,
            relied,
        )
        self._to.setdefault(entry.to, []).append(entry.id)

    def revoke(self, name: str, at: dt.date) -> frozenset[str]:
        """End a grant; what falls with it is every grant that rests on it, and itself."""
        grant = self.all.get(name)
        if grant is None or grant.revoked is not None:
            return frozenset()
        grant.revoked = at
        return frozenset(one.entry for one in self.all.values() if name in (one.entry, *one.relied))

    def chains(self, actor: str, person: str) -> list[tuple[str, ...]]:
        """The chains that end at an actor, latest grant first: a newer grant replaces an older one."""
        above = self.book.vocabulary.actor_up.get(actor, frozenset({actor}))
        found = [
            self.all[name]
            for to in above
            for name in self._to.get(to, ())
            if not self.all[name].to_person or not person or self.all[name].to_person == person
        ]
        order = {name: at for at, name in enumerate(self.all)}
        found.sort(key=lambda grant: -order[grant.entry])
        return [(*grant.relied, grant.entry) for grant in found]

    def links(self, chain: tuple[str, ...]) -> tuple[Grant, ...]:
        return tuple(self.all[name].link() for name in chain)

    def decisions(self, chain: tuple[str, ...]) -> dict[int, Decision]:
        return {at: self.all[name].decision for at, name in enumerate(chain)}
