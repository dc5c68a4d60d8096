"""Grants of power that a journal records: each rests on the chain that its grantor relied on."""

from __future__ import annotations

import datetime as dt
from collections import Counter

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


MOST_CHAINS = 16
"""So many chains of grants, the latest, are tried for one act."""
MANY_ASKED = 1_000
"""The chains for so many actors and acts are remembered."""
FEW_GRANTS = 32
"""So many are kept before any is looked at again."""


class Grants:
    """The grants made so far, by entry and by whom they were made to. What has been over for long is let go of."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.all: dict[str, Granted] = {}
        self._to: dict[str, list[str]] = {}
        self._wanted: dict[str, frozenset[str]] = {}
        self._chains: dict[tuple[str, str, str], list[tuple[str, ...]]] = {}
        """Those asked for since a grant was made or let go of (`chains`)."""
        self.delegating = frozenset(
            act
            for norm in book.norms
            if norm.kind == "delegation"
            for act in book.vocabulary.act_down.get(norm.act, ())
        )
        """The acts by which a power may be given."""
        self._beginning = frozenset(
            act
            for norm in book.norms
            if any(effect.verb == "begins" for effect in norm.effects)
            for act in book.vocabulary.act_down.get(norm.act, ())
        )
        """The acts that may begin a state: what a grant began ends with it, even after it has run out."""
        self._made = 0
        self._most = FEW_GRANTS

    def __getstate__(self) -> dict[str, object]:
        """Without the book, which whoever restores it gives back."""
        return {**self.__dict__, "book": None, "_chains": {}}

    def take(self, entry: Entry, decision: Decision, relied: tuple[str, ...]) -> None:
        """Record a grant that was permitted."""
        if len(self.all) >= self._most:
            self._prune(dates.day_of(entry.at) - 2 * dates.ONE_DAY)
        self._made += 1
        self._chains.clear()
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
            number=self._made,
        )
        self._to.setdefault(entry.to, []).append(entry.id)

    def _prune(self, day: dt.date) -> None:
        """Let go of the grants that were over by a day, on which nothing rests, and after which many like them came.

        Such a grant authorises nothing any more, and to revoke it ends nothing; that it had ended is told of the later.
        """
        kept: dict[str, None] = {}
        later: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
        for name, grant in reversed(self.all.items()):
            began = grant.act in self._beginning and grant.revoked is None
            like = (grant.to, grant.to_person, grant.decision.deciding)
            later[like] += 1
            told = later[like] <= MOST_CHAINS
            if began or told or not self.is_over((*grant.relied, name), day):
                kept.update(dict.fromkeys((*grant.relied, name)))
        self.all = {name: grant for name, grant in self.all.items() if name in kept}
        self._to = {
            to: left
            for to, names in self._to.items()
            if (left := [name for name in names if name in kept])
        }
        self._most = max(FEW_GRANTS, 2 * len(self.all))
        self._chains.clear()

    def revoke(self, name: str, at: dt.date) -> frozenset[str]:
        """End a grant; of all that fall with it, itself and what rests on it: those that may have begun a state."""
        grant = self.all.get(name)
        if grant is None or grant.revoked is not None:
            return frozenset()
        grant.revoked = at
        return frozenset(
            one.entry
            for one in self.all.values()
            if one.act in self._beginning and name in (one.entry, *one.relied)
        )

    def chains(self, actor: str, person: str, act: str) -> list[tuple[str, ...]]:
        """The chains that end at an actor and concern an act, latest grant first: a newer replaces an older one.

        Not to be changed.
        """
        found = self._chains.get((actor, person, act))
        if found is None:
            found = [one for one in self._ending_at(actor, person) if self.concern(one, act)]
            if len(self._chains) >= MANY_ASKED:
                self._chains.clear()
            self._chains[actor, person, act] = found
        return found

    def _ending_at(self, actor: str, person: str) -> list[tuple[str, ...]]:
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
