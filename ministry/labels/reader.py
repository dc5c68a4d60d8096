"""Who reads, and what they may read: worked out from the Book once, and asked of the tables as one condition."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


class Sight(msgspec.Struct, frozen=True):
    """The labels that a reader may read of one sort of material, by what connects the reader with it."""

    others: frozenset[str] = frozenset()
    """Whoever did it, and in whichever office."""
    own: frozenset[str] = frozenset()
    """What the reader did, and what is kept of the reader."""
    office: frozenset[str] = frozenset()
    """What was done in the office in which the reader acts, or was put to it."""
    grave: frozenset[tuple[str, str]] = frozenset()
    """Of these ways and labels those that are read only on the record."""

    def is_grave(self, label: str, own: bool, office: bool) -> bool:
        """Whether what has that label, and is so connected with the reader, is read only on the record."""
        ways = [way for way, there in (("others", True), ("own", own), ("office", office)) if there]
        return all((way, label) in self.grave for way in ways if label in getattr(self, way))

    def freely(self) -> Sight:
        """What may be read without a record of it."""
        ways = {
            way: frozenset(one for one in getattr(self, way) if (way, one) not in self.grave)
            for way in ("others", "own", "office")
        }
        return Sight(**ways)


class Reader:
    """Somebody who reads in an office. What they may read of a sort is worked out when it is first asked."""

    def __init__(self, person: str, office: str, look: Callable[[str], Sight]) -> None:
        self.person, self.office = person, office
        self._look = look
        self._sights: dict[str, Sight] = {}

    def sight(self, sort: str) -> Sight:
        """What they may read of material of that sort."""
        found = self._sights.get(sort)
        if found is None:
            found = self._sights[sort] = self._look(sort)
        return found
