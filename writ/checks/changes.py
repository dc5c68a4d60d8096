"""What can have changed between two editions of a book, as far as the checks are concerned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from writ.book.model import ANYONE, Place, Vocabulary
from writ.checks.check import Unit
from writ.checks.view import View


class Changes(msgspec.Struct, frozen=True):
    """The units to look at again. `files` are those whose text changed: what was found there has moved."""

    files: frozenset[str]
    vocabulary: bool
    instruments: frozenset[str]
    acts: frozenset[str]
    authority: frozenset[str]

    def touched(self, unit: Unit, view: View) -> Iterable[str]:
        """The keys of a unit to look at again, among those that the book has."""
        match unit:
            case Unit.BOOK:
                return ("",)
            case Unit.VOCABULARY:
                return ("",) if self.vocabulary else ()
            case Unit.ACT:
                return self.acts & view.vocabulary.acts.keys()
            case Unit.INSTRUMENT:
                return self.instruments & view.book.instruments.keys()
            case Unit.AUTHORITY:
                return self.authority & view.book.instruments.keys()


def compare(old: View, new: View) -> Changes:
    """What differs. Values that the linker kept are the same objects, and cost nothing to compare."""
    files = _differing(old.book.sources, new.book.sources)
    names = _renamed(old.vocabulary, new.vocabulary)
    declared = any(item.place.file in files for item in _declared(new.vocabulary))
    instruments = set(_differing(old.book.instruments, new.book.instruments))
    acts = {name for name in names if name in new.vocabulary.acts}
    for view in (old, new):
        instruments |= {i.id for i in view.book.instruments.values() if i.place.file in files}
    for name in old.norms_of.keys() | new.norms_of.keys():
        before, after = old.norms_of.get(name, ()), new.norms_of.get(name, ())
        if before != after or (names and not names.isdisjoint(new.mentions.get(name, ()))):
            instruments.add(name)
    instruments |= _assured(old, new)
    instruments |= _entrusted(old, new)
    instruments |= _reranked(old, new)
    instruments |= _ranking(new, instruments)
    for view in (old, new):
        for name in instruments:
            acts |= view.mentions.get(name, frozenset()) & new.vocabulary.acts.keys()
    return Changes(
        files,
        bool(names or declared),
        frozenset(instruments),
        _family(old, acts) | _family(new, acts),
        _line(old, instruments) | _line(new, instruments),
    )


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> frozenset[str]:
    found = {name for name, value in new.items() if name not in old or old[name] != value}
    return frozenset(found | (old.keys() - new.keys()))


def _declared(vocabulary: Vocabulary) -> Iterable[_Declared]:
    for family in _families(vocabulary):
        yield from family.values()


class _Declared(msgspec.Struct, frozen=True):
    """What every declaration has."""

    name: str
    description: str
    place: Place


def _families(vocabulary: Vocabulary) -> tuple[Mapping[str, _Declared], ...]:
    return (  # type: ignore[return-value]
        vocabulary.kinds,
        vocabulary.actors,
        vocabulary.acts,
        vocabulary.things,
        vocabulary.states,
        vocabulary.events,
        vocabulary.attributes,
        vocabulary.calendars,
    )


NOWHERE = Place("", 0)


def _renamed(old: Vocabulary, new: Vocabulary) -> frozenset[str]:
    """The names whose meaning changed, wherever they are declared."""
    found: set[str] = set()
    if old is new:
        return frozenset()
    for before, after in zip(_families(old), _families(new), strict=True):
        for name in _differing(before, after):
            one, other = before.get(name), after.get(name)
            if one is None or other is None or _apart(one) != _apart(other):
                found.add(name)
    for up in ("actor_up", "act_up", "thing_up", "actor_down", "act_down", "thing_down"):
        found |= _differing(getattr(old, up), getattr(new, up))
    kinds = found & (old.kinds.keys() | new.kinds.keys())
    if kinds:
        found.update(slot for slot, item in new.attributes.items() if item.type.of in kinds)
    return frozenset(found - {ANYONE})


def _apart(item: _Declared) -> object:
    """The declaration without what only its own place and wording change; checks of the vocabulary look at those."""
    return msgspec.structs.replace(item, place=NOWHERE, description="")


def _entrusted(old: View, new: View) -> set[str]:
    """The instruments that speak of an act which may now be delegated to others than before."""
    found: set[str] = set()
    for act in _differing(old.recipients, new.recipients):
        for view in (old, new):
            found |= view.vocabulary.act_up.get(act, frozenset())
    if not found:
        return set()
    return {name for name, mentions in new.mentions.items() if not found.isdisjoint(mentions)}


def _assured(old: View, new: View) -> set[str]:
    """The instruments of which the assurances differ."""
    before, after = old.book.assurances, new.book.assurances
    return set() if before == after else {each.instrument for each in set(before) ^ set(after)}


def _reranked(old: View, new: View) -> set[str]:
    """The instruments of norms between which an override came or went."""
    if old.book.overrides == new.book.overrides:
        return set()
    found: set[str] = set()
    for override in set(old.book.overrides) ^ set(new.book.overrides):
        for view in (old, new):
            for id in (override.winner, override.loser):
                norm = view.book.by_id.get(id)
                if norm is not None:
                    found.add(norm.instrument)
    return found


def _ranking(view: View, instruments: set[str]) -> set[str]:
    """The instruments whose overrides rank a norm of these."""
    norms = view.book.by_id
    return {
        name
        for name, overrides in view.overrides_in.items()
        for each in overrides
        if norms[each.winner].instrument in instruments
        or norms[each.loser].instrument in instruments
    } - {""}


def _family(view: View, acts: Iterable[str]) -> frozenset[str]:
    """The acts with all that are broader or narrower, and those that cannot be done with one of them."""
    vocabulary = view.vocabulary
    found: set[str] = set()
    for act in acts:
        found |= vocabulary.act_up.get(act, frozenset({act}))
        found |= vocabulary.act_down.get(act, frozenset({act}))
    for item in vocabulary.acts.values():
        if item.excludes and (item.name in found or not found.isdisjoint(item.excludes)):
            found.update(vocabulary.act_down[item.name], item.excludes)
    return frozenset(found)


def _line(view: View, instruments: Iterable[str]) -> frozenset[str]:
    """The instruments with those that they are made under, and those made under them."""
    known = view.book.instruments
    found: set[str] = set(instruments)
    todo = list(found)
    while todo:
        for below in view.beneath.get(todo.pop(), ()):
            if below not in found:
                found.add(below)
                todo.append(below)
    for name in instruments:
        while name in known:
            under = known[name].under
            if under is None or under[0] in found:
                break
            name = under[0]
            found.add(name)
    return frozenset(found)
