"""The norms of a book as the prover looks them up: by act, by the act they are due before, by the state they touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property
from weakref import WeakKeyDictionary

from writ.book.model import BARS, GRANTS, Book, EffectTerm, Norm
from writ.book.terms import InEffect, Not
from writ.engine.situation import bearer_admits
from writ.syntax.tree import Bearer


class Rules:
    """The indexes of one book, made when they are first asked for."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def on(self, act: str) -> list[Norm]:
        """Grants, bars and limits on an act or a broader one, in the order of the book."""
        return self._gather(act, self.book.by_act, DECIDING)

    def duties_before(self, act: str) -> list[Norm]:
        """Duties due before an act, or a broader one."""
        return self._gather(act, self._before, frozenset({"duty"}))

    def _gather(
        self, act: str, index: dict[str, tuple[Norm, ...]], kinds: frozenset[str]
    ) -> list[Norm]:
        found = [
            norm
            for name in self.book.vocabulary.act_up.get(act, ())
            for norm in index.get(name, ())
            if norm.kind in kinds
        ]
        return sorted(found, key=lambda norm: self.place[norm.id])

    @cached_property
    def place(self) -> dict[str, int]:
        return {norm.id: at for at, norm in enumerate(self.book.norms)}

    @cached_property
    def _before(self) -> dict[str, tuple[Norm, ...]]:
        found: dict[str, tuple[Norm, ...]] = {}
        for norm in self.book.norms:
            if norm.before:
                found[norm.before] = (*found.get(norm.before, ()), norm)
        return found

    @cached_property
    def lapses(self) -> dict[str, tuple[Norm, ...]]:
        """Lapse norms by state."""
        found: dict[str, tuple[Norm, ...]] = {}
        for norm in self.book.norms:
            if norm.kind == "lapse":
                found[norm.state] = (*found.get(norm.state, ()), norm)
        return found

    @cached_property
    def effects(self) -> dict[tuple[str, str], tuple[tuple[Norm, EffectTerm], ...]]:
        """Norms by what their act does to a state: `("begins", state)`."""
        found: dict[tuple[str, str], tuple[tuple[Norm, EffectTerm], ...]] = {}
        for norm in self.book.norms:
            for effect in norm.effects:
                key = (effect.verb, effect.state)
                found[key] = (*found.get(key, ()), (norm, effect))
        return found

    @cached_property
    def begun_by_breach(self) -> frozenset[str]:
        """States that begin with the breach of a duty."""
        return frozenset(
            effect.state
            for norm in self.book.norms
            for effect in norm.breach
            if effect.verb == "begins"
        )

    def one_at_a_time(self, state: str) -> bool:
        """Whether no second stretch of a state can begin while one runs: whatever begins it says so."""
        if self.book.vocabulary.states[state].thing or state in self.begun_by_breach:
            return False
        begun = self.effects.get(("begins", state), ())
        clear = Not(InEffect(state))
        return bool(begun) and all(clear in norm.when for norm, _ in begun)

    @cached_property
    def delegations(self) -> tuple[Norm, ...]:
        return tuple(norm for norm in self.book.norms if norm.kind == "delegation")

    @cached_property
    def omissions(self) -> tuple[Norm, ...]:
        """Permissions to leave something undone."""
        return tuple(norm for norm in self.book.norms if norm.omission)

    def excluded_by(self, act: str) -> list[Norm]:
        """Duties to do what this act leaves undone."""
        vocabulary = self.book.vocabulary
        mine = vocabulary.act_up.get(act, frozenset())
        shut = {name for one in mine for name in vocabulary.acts[one].excludes}
        shut |= self._excluding(mine)
        found = [n for name in shut for n in self.book.by_act.get(name, ()) if n.kind == "duty"]
        return sorted(found, key=lambda norm: self.place[norm.id])

    def _excluding(self, acts: Iterable[str]) -> set[str]:
        return {name for act in acts for name in self._excluders.get(act, ())}

    @cached_property
    def _excluders(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, act in self.book.vocabulary.acts.items():
            for other in act.excludes:
                found[other] = (*found.get(other, ()), name)
        return found

    # --- who

    def admitted(self, bearer: Bearer) -> frozenset[str]:
        """The actors that a bearer admits."""
        found = self._admitted.get(bearer)
        if found is None:
            vocabulary = self.book.vocabulary
            found = self._admitted[bearer] = frozenset(
                name for name in vocabulary.actors if bearer_admits(vocabulary, bearer, name)
            )
        return found

    @cached_property
    def _admitted(self) -> dict[Bearer, frozenset[str]]:
        return {}

    def doers(self, act: str) -> frozenset[str]:
        """Who may do an act or a narrower one, as far as offices tell: those to whom some norm gives it."""
        found = self._doers.get(act)
        if found is None:
            found = self._doers[act] = frozenset(self._who(act))
        return found

    @cached_property
    def _doers(self) -> dict[str, frozenset[str]]:
        return {}

    def first_done(self, act: str) -> dt.date | None:
        """The first day on which a norm of the book gives an act or a narrower one; None where none says when."""
        if act not in self._first:
            vocabulary = self.book.vocabulary
            days = [
                norm.start
                for narrower in vocabulary.act_down.get(act, (act,))
                for name in vocabulary.act_up.get(narrower, ())
                for norm in self.book.by_act.get(name, ())
                if norm.kind in GRANTS and not norm.omission and norm.start is not None
            ]
            self._first[act] = min(days, default=None)
        return self._first[act]

    @cached_property
    def _first(self) -> dict[str, dt.date | None]:
        return {}

    def _who(self, act: str) -> Iterator[str]:
        vocabulary = self.book.vocabulary
        for narrower in vocabulary.act_down.get(act, (act,)):
            above = vocabulary.act_up.get(narrower, frozenset())
            for name in above:
                for norm in self.book.by_act.get(name, ()):
                    if norm.kind in GRANTS and not norm.omission:
                        yield from self.admitted(norm.bearer)
            for rule in self.delegations:
                if rule.recipients is not None and any(name in above for name in rule.delegated):
                    yield from self.admitted(rule.recipients)
            if not any(vocabulary.acts[name].reserved for name in above if name in vocabulary.acts):
                yield from (n for n, a in vocabulary.actors.items() if a.kind == "person")


DECIDING = GRANTS | BARS | {"limit"}
_known: WeakKeyDictionary[Book, Rules] = WeakKeyDictionary()


def rules_of(book: Book) -> Rules:
    """The indexes of a book, made once."""
    found = _known.get(book)
    if found is None:
        found = _known[book] = Rules(book)
    return found
