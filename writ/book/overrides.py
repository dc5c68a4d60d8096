"""Explicit overrides: which norm is written to prevail over which, and when (`docs/semantics.md`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from writ.book.place import Place, Vacancy

if TYPE_CHECKING:
    from writ.book.model import Norm

Pair = tuple[str, str]
"""Winner and loser."""


class Override(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """`winner` and `loser` are norm ids; `place` is where it is written, `by` the norm or statement that says it.

    It has effect while it is in force (`start`, `end`, `gaps` and `known` as of a norm), if the loser is of no higher
    rank than the instrument that says it.
    """

    winner: str
    loser: str
    place: Place
    by: str
    rank: int
    """Of the instrument that says it."""
    own_word: bool = True
    """False for `subject to`, which the loser says: the override is in force whenever the loser is."""
    start: dt.date | None = None
    end: dt.date | None = None
    gaps: tuple[Vacancy, ...] = ()
    known: dt.date | None = None

    def in_force(self, day: dt.date, known: dt.date | None = None) -> bool:
        """Whether it is in force on a day, as the text was known on another (None: as it is known now)."""
        if self.start is None or day < self.start or (self.end is not None and day >= self.end):
            return False
        if any(gap.start <= day and (gap.end is None or day <= gap.end) for gap in self.gaps):
            return False
        return known is None or self.known is None or self.known <= known

    def covers(self, one: Norm, other: Norm) -> bool:
        """Whether it is surely in force, and known, whenever both norms are."""
        if one.start is None or other.start is None:
            return True
        if self.start is None or self.start > max(one.start, other.start):
            return False
        if self.end is not None:
            ends = [norm.end for norm in (one, other) if norm.end is not None]
            if not ends or self.end < min(ends):
                return False
        if any(gap not in one.gaps and gap not in other.gaps for gap in self.gaps):
            return False
        return self.known is None or any(
            norm.known is not None and norm.known >= self.known for norm in (one, other)
        )


class Ranking:
    """The overrides of a book that have effect: by instruments whose rank is no lower than that of the loser."""

    def __init__(self, overrides: Iterable[Override], norms: Mapping[str, Norm]) -> None:
        found = [each for each in overrides if each.rank <= norms[each.loser].rank]
        self.always: frozenset[Pair] = frozenset(
            (each.winner, each.loser)
            for each in found
            if each.covers(norms[each.winner], norms[each.loser])
        )
        """Those in force whenever both norms are; in most books all."""
        self.at_times: dict[Pair, list[Override]] = {}
        """Those in force on some days only, where no other ranks the two always."""
        for each in found:
            pair = (each.winner, each.loser)
            if each.start is not None and pair not in self.always:
                self.at_times.setdefault(pair, []).append(each)

    def on(self, winner: str, loser: str, day: dt.date, known: dt.date | None = None) -> bool:
        """Whether the winner, in force with the loser, overrides it on a day, as known on another."""
        pair = (winner, loser)
        if pair in self.always:
            return True
        return any(each.in_force(day, known) for each in self.at_times.get(pair, ()))

    def varies(self, one: str, other: str) -> bool:
        """Whether one of the two overrides the other on some days only."""
        return (one, other) in self.at_times or (other, one) in self.at_times
