"""The norms that name one act, indexed so that two are compared only where they can meet.

A skewed book has thousands of norms on one act. Each is one bit of an integer; what a norm asks for (equal to, one of)
and who bears it select the others that it can meet by a few operations on all bits at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from writ.book.model import ANYONE, Norm

if TYPE_CHECKING:
    from writ.checks.view import View

EVERYBODY = frozenset({ANYONE})


class Meeting:
    """The norms that name one act, by kind and rank."""

    def __init__(self, view: View, norms: tuple[Norm, ...]) -> None:
        groups: dict[tuple[str, int], list[Norm]] = {}
        for norm in norms:
            groups.setdefault((norm.kind, norm.rank), []).append(norm)
        self.groups = {key: Group(view, key[1], tuple(members)) for key, members in groups.items()}

    def of(self, kinds: Iterable[str], rank: int | None = None) -> Iterator[Group]:
        """The groups of these kinds, of one rank or of any."""
        for (kind, own), group in self.groups.items():
            if kind in kinds and (rank is None or own == rank):
                yield group


class Group:
    """Norms of one kind and one rank on one act."""

    def __init__(self, view: View, rank: int, norms: tuple[Norm, ...]) -> None:
        self.view = view
        self.rank = rank
        self.norms = norms
        self._every = (1 << len(norms)) - 1
        self._indexed = False
        self._allowing: dict[object, dict[object, int]] = {}
        """Expression -> constant -> the norms that restrict the expression, and allow that constant."""
        self._restricting: dict[object, int] = {}
        self._demanding: dict[object, int] = {}
        self._bearing: dict[str, int] = {}
        self._reached: dict[str, int] = {}

    def meeting(self, norm: Norm) -> list[Norm]:
        """Those that one request may meet together with `norm`, as far as the index tells."""
        return self._named(self._meeting(norm))

    def count(self, norm: Norm) -> int:
        """How many `meeting` would give."""
        return self._meeting(norm).bit_count()

    def around(self, norm: Norm) -> list[Norm]:
        """Those whose scope may include that of `norm`, as far as the index tells."""
        bits = self._meeting(norm)
        subjects = self.view.profile(norm).subjects
        for subject, demanding in self._demanding.items():
            if subject not in subjects:
                bits &= ~demanding
        return self._named(bits)

    def _meeting(self, norm: Norm) -> int:
        if not self._indexed:
            self._index()
        bits = self._borne(norm)
        for expression, values in self.view.profile(norm).choices.items():
            restricting = self._restricting.get(expression)
            if restricting is None:
                continue
            allowing = self._allowing[expression]
            allowed = 0
            for value in values:
                allowed |= allowing.get(value, 0)
            bits &= ~restricting | allowed
        return bits

    def _borne(self, norm: Norm) -> int:
        names = bearers(norm)
        if ANYONE in names:
            return self._every
        bits = 0
        for name in names:
            reached = self._reached.get(name)
            if reached is None:
                overlap = self.view.overlap
                reached = 0
                for other, bearing in self._bearing.items():
                    if overlap(name, other):
                        reached |= bearing
                self._reached[name] = reached
            bits |= reached
        return bits

    def _index(self) -> None:
        self._indexed = True
        allowing, restricting, demanding = self._allowing, self._restricting, self._demanding
        for at, norm in enumerate(self.norms):
            bit = 1 << at
            profile = self.view.profile(norm)
            for expression, values in profile.choices.items():
                restricting[expression] = restricting.get(expression, 0) | bit
                of = allowing.setdefault(expression, {})
                for value in values:
                    of[value] = of.get(value, 0) | bit
            for subject in profile.demands:
                demanding[subject] = demanding.get(subject, 0) | bit
            for name in bearers(norm):
                self._bearing[name] = self._bearing.get(name, 0) | bit

    def _named(self, bits: int) -> list[Norm]:
        found = []
        norms = self.norms
        while bits:
            low = bits & -bits
            found.append(norms[low.bit_length() - 1])
            bits ^= low
        return found


def bearers(norm: Norm) -> frozenset[str]:
    """The names whose members a norm speaks of; an immunity binds everybody."""
    if norm.kind == "immunity" or norm.bearer.mode == "none" or not norm.bearer.actors:
        return EVERYBODY
    return frozenset([actor.name for actor in norm.bearer.actors])
