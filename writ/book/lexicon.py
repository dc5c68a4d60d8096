"""Where a name of an attribute is looked for: by its owner, or bare among the homes that a norm gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from writ.book.model import ActDef, Vocabulary
from writ.book.report import Report
from writ.book.suggest import did_you_mean
from writ.book.terms import Attr, Condition, Expr, Type
from writ.book.vocabulary import Built
from writ.syntax.tree import Bearer

Homes = Mapping[str, tuple[Attr, ...]]
"""Attributes by bare name. Two in one entry are ambiguous; an empty entry has an error where it is declared."""

OWNERS = frozenset({"act", "thing", "state", "event"})
"""The sorts of names that may stand before the dot of a path, beside `actor`."""


class Scope:
    """The homes of one norm, nearest first."""

    def __init__(self, steps: Sequence[Homes], facts: Homes, incomplete: bool) -> None:
        self.facts = facts
        self.incomplete = incomplete
        """Whether a home may lack attributes because its own declaration has an error."""
        self._suggested: dict[str, str] = {}
        self.near: dict[str, tuple[Attr, ...]] = {}
        for step in reversed(steps):
            self.near.update(step)

    def find(self, name: str) -> tuple[Attr, ...] | None:
        """What a bare name may mean: one attribute, several, none because of an error, or None: unknown."""
        found = self.near.get(name)
        return self.facts.get(name) if found is None else found

    def uncertain(self) -> Scope:
        """The same scope, in which a name that is not found may be one that an error has hidden."""
        return Scope((self.near,), self.facts, True)

    def suggest(self, report: Report, name: str) -> str:
        """A near name as a help text."""
        if not report.search(len(self.facts)):
            return ""
        found = self._suggested.get(name)
        if found is None:
            found = self._suggested[name] = did_you_mean(name, (*self.near, *self.facts))
        return found


class Lexicon:
    """The vocabulary, indexed for resolving the names of norms. Remembers what it has looked up."""

    def __init__(self, built: Built) -> None:
        self.vocabulary: Vocabulary = built.vocabulary
        self.names = built.names
        self.broken = built.broken
        self.incomplete = built.incomplete
        self.define: Callable[[str], Condition | Expr | None] = lambda _: None
        """What a definition means (see `writ.book.definitions`)."""
        self.types: dict[Type, Type] = {}
        self.bearers: dict[Bearer, Bearer] = {}
        self._own: dict[str, dict[str, Attr]] = {}
        self._facts: dict[str, tuple[Attr, ...]] = {}
        self._homes: dict[str, Homes] = {}
        self._scopes: dict[object, Scope] = {}
        for slot, item in self.vocabulary.attributes.items():
            kind = self.types.setdefault(item.type, item.type)
            if self.names.sorts.get(item.owner) == "state":
                attr = Attr("state", item.owner, item.name, kind)
            else:
                attr = Attr("fact", item.owner, slot, kind)
            if item.owner:
                self._own.setdefault(item.owner, {})[item.name] = attr
            else:
                self._facts[slot] = (attr,)
        self._broken_of: dict[str, list[str]] = {}
        for slot in self.broken:
            owner, dot, name = slot.partition(".")
            if dot:
                self._broken_of.setdefault(owner, []).append(name)
            else:
                self._facts[slot] = ()

    def homes(self, owner: str) -> Homes:
        """The attributes of an act, thing, state, event or `actor`, with those of what it is."""
        known = self._homes.get(owner)
        if known is None:
            found: dict[str, tuple[Attr, ...]] = {}
            for each in sorted(self._above(owner)):
                for name, attr in self._own.get(each, {}).items():
                    found[name] = (*found.get(name, ()), attr)
                for name in self._broken_of.get(each, ()):
                    found.setdefault(name, ())
            known = self._homes[owner] = found
        return known

    def _above(self, owner: str) -> frozenset[str]:
        vocabulary = self.vocabulary
        return vocabulary.act_up.get(owner) or vocabulary.thing_up.get(owner) or frozenset({owner})

    def scope(
        self,
        acts: tuple[str, ...],
        thing: str = "",
        before: tuple[str, ...] = (),
        state: str = "",
    ) -> Scope:
        """The homes of a norm on these acts and thing, then of the acts or events `before` it.

        A lapse gives its state, whose attributes come first.
        """
        key = (acts, thing, before, state)
        known = self._scopes.get(key)
        if known is None:
            known = self._scopes[key] = self._scope(acts, thing, before, state)
        return known

    def _scope(
        self, acts: tuple[str, ...], thing: str, before: tuple[str, ...], state: str
    ) -> Scope:
        groups: list[tuple[str, ...]] = [(state,)] if state else []
        groups.append(acts)
        groups.append((thing,) if thing else self._things(acts))
        for name in before:
            groups.append((name,))
            groups.append(self._things((name,)))
        owners = [owner for group in groups for owner in group]
        steps = [self._together(group) for group in groups]
        return Scope(steps, self._facts, any(owner in self.incomplete for owner in owners))

    def _things(self, acts: tuple[str, ...]) -> tuple[str, ...]:
        found = (self.act(each) for each in acts)
        return tuple(dict.fromkeys(item.thing for item in found if item and item.thing))

    def act(self, name: str) -> ActDef | None:
        return self.vocabulary.acts.get(name)

    def _together(self, owners: tuple[str, ...]) -> Homes:
        if len(owners) == 1:
            return self.homes(owners[0])
        found: dict[str, tuple[Attr, ...]] = {}
        for owner in owners:
            for name, attrs in self.homes(owner).items():
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), *attrs)))
        return found

    def owners_of(self, name: str) -> list[str]:
        """Everything that has an own attribute of this bare name, for a help text."""
        return sorted(owner for owner, own in self._own.items() if name in own)
