"""Duties that nobody holds any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from writ.book.model import Norm, Vocabulary
from writ.editions.change import Detail
from writ.engine.office import vacant
from writ.syntax.tree import Bearer


class Holders:
    """Who holds the offices of two editions on one day."""

    def __init__(self, old: Vocabulary, new: Vocabulary, today: dt.date) -> None:
        self.old = old
        self.new = new
        self.today = today
        self._known: dict[tuple[Bearer, Bearer], tuple[Detail, ...]] = {}
        self.differ = _offices(old) != _offices(new)
        """Whether a duty can have lost its holder though its text is the same."""

    def lost(self, old: Norm, new: Norm) -> tuple[Detail, ...]:
        """The respect `holder` of a duty in force in both editions, where it lost it, or found one."""
        if new.kind != "duty" or not (self._stands(old) and self._stands(new)):
            return ()
        key = (old.bearer, new.bearer)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(self._compare(*key))
        return found

    def abolished(self, norm: Norm) -> Iterator[Detail]:
        """Of a duty that is gone: which of those that it bound are gone with it."""
        if norm.kind == "duty":
            names = [actor.name for actor in norm.bearer.actors]
            gone = [
                name for name in names if name in self.old.actors.keys() - self.new.actors.keys()
            ]
            if gone and len(gone) == len(names):
                yield Detail("holder", "abolished", tuple(gone))

    def _compare(self, old: Bearer, new: Bearer) -> Iterator[Detail]:
        before, after = self._holding(self.old, old), self._holding(self.new, new)
        if before and not after:
            yield Detail("holder", "lost", _short(before), (self._why(new),))
        elif after and not before and self._bound(self.old, old):
            yield Detail("holder", "found", (), _short(after))
        elif old == new and after and self._emptied(old):
            beneath = [name for name in before if name not in _named(old)]
            yield Detail(
                "holder", "lost", _short(beneath), (f"nobody is {', '.join(_named(old))}",)
            )

    def _emptied(self, bearer: Bearer) -> bool:
        """Whether other offices were what the duty names, and none is any more."""
        names = _named(bearer)
        return set(self._bound(self.old, bearer)) > names == set(self._bound(self.new, bearer))

    def _holding(self, words: Vocabulary, bearer: Bearer) -> list[str]:
        return [name for name in self._bound(words, bearer) if self.manned(words, name)]

    @staticmethod
    def _bound(words: Vocabulary, bearer: Bearer) -> list[str]:
        """Every actor that the bearer names or stands for."""
        names = {
            name
            for actor in bearer.actors
            for name in words.actor_down.get(actor.name, ())
            if name in words.actors
        }
        return sorted(names)

    def manned(self, words: Vocabulary, name: str) -> bool:
        """Whether the office, or one that succeeds to it, is held on the day."""
        actor = words.actors[name]
        if not vacant(actor, self.today):
            return True
        successors = [words.actors[each] for each in actor.succession if each in words.actors]
        return any(not vacant(each, self.today) for each in successors)

    def _why(self, bearer: Bearer) -> str:
        names = self._bound(self.new, bearer)
        if not names:
            return f"nobody is {', '.join(_named(bearer))}"
        return f"vacant, and nobody succeeds: {', '.join(_short(names))}"

    def _stands(self, norm: Norm) -> bool:
        if norm.start is None or norm.start > self.today:
            return False
        return norm.end is None or norm.end > self.today


FEW = 4


def _short(names: list[str]) -> tuple[str, ...]:
    """The first of them; the others by their number."""
    if len(names) <= FEW:
        return tuple(names)
    return (*names[: FEW - 1], f"{len(names) - FEW + 1} more")


def _named(bearer: Bearer) -> set[str]:
    return {actor.name for actor in bearer.actors}


def _offices(words: Vocabulary) -> dict[str, object]:
    return {
        name: (item.vacancies, item.succession, item.parents) for name, item in words.actors.items()
    }
