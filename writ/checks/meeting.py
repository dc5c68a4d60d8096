"""The norms that name one act, indexed so that two are compared only where they can meet.

A skewed book has thousands of norms on one act. Each is one bit of an integer; what a norm asks for (equal to, one of)
and who bears it select the others that it can meet by a few operations on all bits at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from writ.book.model import ANYONE, Norm

if TYPE_CHECKING:
    from writ.checks.view import View

Kinds = tuple[str, ...] | frozenset[str]
EVERYBODY = frozenset({ANYONE})


class Meeting:
    """The norms that name one act. A set of them is an integer, in which each has its bit."""

    def __init__(self, view: View, norms: tuple[Norm, ...]) -> None:
        self.view = view
        self.norms = norms
        self._kinds: dict[tuple[str, int], int] = {}
        for at, norm in enumerate(norms):
            key = (norm.kind, norm.rank)
            self._kinds[key] = self._kinds.get(key, 0) | 1 << at
        self._selected: dict[tuple[Kinds, int | None], int] = {}
        self._indexed = False
        self._allowing: dict[object, dict[object, int]] = {}
        """Expression -> constant -> the norms that restrict the expression, and allow that constant."""
        self._restricting: dict[object, int] = {}
        self._demanding: dict[object, int] = {}
        self._bearing: dict[str, int] = {}
        self._reached: dict[str, int] = {}
        self._reaching: dict[str, int] = {}

    def ranks(self, kinds: Kinds) -> dict[int, int]:
        """The norms of these kinds, by rank."""
        found: dict[int, int] = {}
        for (kind, rank), bits in self._kinds.items():
            if kind in kinds:
                found[rank] = found.get(rank, 0) | bits
        return found

    def select(self, kinds: Kinds, lowest: int | None = None) -> int:
        """The norms of these kinds; with `lowest`, of that rank or a higher one."""
        key = (kinds, lowest)
        bits = self._selected.get(key)
        if bits is None:
            bits = 0
            for (kind, rank), mine in self._kinds.items():
                if kind in kinds and (lowest is None or rank <= lowest):
                    bits |= mine
            self._selected[key] = bits
        return bits

    def of(self, kinds: Kinds) -> list[Norm]:
        """The norms of these kinds, in order."""
        return self.named(self.select(kinds))

    def named(self, bits: int) -> list[Norm]:
        """The norms of a set."""
        found = []
        norms = self.norms
        while bits:
            low = bits & -bits
            found.append(norms[low.bit_length() - 1])
            bits ^= low
        return found

    def meeting(self, norm: Norm, among: int) -> int:
        """Those of a set that one request may meet together with `norm`, as far as the index tells."""
        if not self._indexed:
            self._index()
        among &= self._borne(norm)
        return self._allowed(norm, among) if among else 0

    def around(self, norm: Norm, among: int) -> int:
        """Those of a set whose scope may include that of `norm`, as far as the index tells."""
        if not self._indexed:
            self._index()
        among &= self._wider(norm)
        if not among:
            return 0
        subjects = self.view.profile(norm).subjects
        for subject, demanding in self._demanding.items():
            if subject not in subjects:
                among &= ~demanding
        return self._allowed(norm, among) if among else 0

    def _allowed(self, norm: Norm, among: int) -> int:
        """Those that restrict nothing to other constants than `norm` does."""
        for expression, values in self.view.profile(norm).choices.items():
            restricting = self._restricting.get(expression)
            if restricting is None:
                continue
            allowing = self._allowing[expression]
            allowed = 0
            for value in values:
                allowed |= allowing.get(value, 0)
            among &= ~restricting | allowed
        return among

    def _borne(self, norm: Norm) -> int:
        """Those of which some bearer may be one of `norm`."""
        bits = 0
        for name in bearers(norm):
            reached = self._reached.get(name)
            if reached is None:
                reached = 0
                for member in self.view.members(name):
                    reached |= self._above(member)
                self._reached[name] = reached
            bits |= reached
        return bits

    def _wider(self, norm: Norm) -> int:
        """Those that a bearer of `norm` is, or is beneath."""
        return self._above(min(bearers(norm)))

    def _above(self, name: str) -> int:
        """Those that this actor, or all that it is, bears."""
        reaching = self._reaching.get(name)
        if reaching is None:
            bearing = self._bearing
            reaching = bearing.get(ANYONE, 0)
            for above in self.view.vocabulary.actor_up.get(name, (name,)):
                if above in bearing:
                    reaching |= bearing[above]
            self._reaching[name] = reaching
        return reaching

    def _index(self) -> None:
        self._indexed = True
        allowing, restricting, demanding = self._allowing, self._restricting, self._demanding
        bearing, profile_of = self._bearing, self.view.profile
        for at, norm in enumerate(self.norms):
            bit = 1 << at
            profile = profile_of(norm)
            for expression, values in profile.choices.items():
                restricting[expression] = restricting.get(expression, 0) | bit
                of = allowing.setdefault(expression, {})
                for value in values:
                    of[value] = of.get(value, 0) | bit
            for subject in profile.demands:
                demanding[subject] = demanding.get(subject, 0) | bit
            for name in bearers(norm):
                bearing[name] = bearing.get(name, 0) | bit


def bearers(norm: Norm) -> frozenset[str]:
    """The names whose members a norm speaks of; an immunity binds everybody."""
    if norm.kind == "immunity" or norm.bearer.mode == "none" or not norm.bearer.actors:
        return EVERYBODY
    return frozenset([actor.name for actor in norm.bearer.actors])
