"""Grants of power that a journal records: each rests on the chain that its grantor relied on."""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.book import dates
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
    number: int = 0

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
        self._wanted: dict[str, frozenset[str]] = {}
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
            number=len(self.all),
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
        found.sort(key=lambda grant: -grant.number)
        return [(*grant.relied, grant.entry) for grant in found]

    def concern(self, chain: tuple[str, ...], act: str) -> bool:
        """Whether a delegation norm behind the last grant of a chain gives this act, or passes one on by it."""
        book = self.book
        given = book.vocabulary.act_up
        wanted = self._wanted.get(act)
        if wanted is None:
            passed = (
                name
                for norm in book.norms
                if norm.kind == "delegation" and norm.act in given.get(act, ())
                for name in norm.delegated
            )
            wanted = self._wanted[act] = frozenset().union(
                *(given.get(name, ()) for name in (act, *passed))
            )
        rules = (book.by_id[name] for name in self.all[chain[-1]].decision.deciding)
        return any(act in wanted for rule in rules for act in rule.delegated)

    def is_over(self, chain: tuple[str, ...], at: dt.date) -> bool:
        """Whether a grant of a chain had been revoked or had ended (`engine.chain.link`)."""
        for name in chain:
            grant = self.all[name]
            if grant.until is not None and dates.compare(at, grant.until) > 0:
                return True
            if grant.revoked is not None and dates.compare(at, grant.revoked) >= 0:
                return True
            if all(self._has_run_out(grant, norm, at) for norm in grant.decision.deciding):
                return True
        return False

    def _has_run_out(self, grant: Granted, norm: str, at: dt.date) -> bool:
        """Whether a grant lasts no longer by a norm that allowed it (`engine.chain.passes`)."""
        rule = self.book.by_id[norm]
        if rule.kind != "delegation":
            return True
        if rule.lasts is None:
            return False
        end = dates.add(grant.at, rule.lasts, self.book.calendar_of(rule.instrument))
        return end is not None and dates.compare(at, end) > 0

    def links(self, chain: tuple[str, ...]) -> tuple[Grant, ...]:
        return tuple(self.all[name].link() for name in chain)

    def decisions(self, chain: tuple[str, ...]) -> dict[int, Decision]:
        return {at: self.all[name].decision for at, name in enumerate(chain)}
