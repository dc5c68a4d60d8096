"""Markings: how grave it would be if something became known, who needs to know it, and to whom it may be released.

Markings are a lattice: of two things taken together the marking is the higher level, the compartments of both, and the
releases common to both. Levels are ordered by the Book; a level that it no longer knows is above all that it knows.

The text of a marking is `secret/plans,sources/norland`: the level, the compartments in order, those outside in order;
what says nothing at the end is left out. Nothing at all is open.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

import msgspec

NAME = re.compile(r"[a-z][a-z0-9-]{0,79}")
MOST = 40
"""So many compartments, and so many of those outside, a marking has at the most."""


class NotAMarking(ValueError):
    """A text is not a marking: what is wrong with it, in a sentence."""


class Marking(msgspec.Struct, frozen=True, order=True):
    """A level, compartments, and those outside to whom it may be released; in order, each once."""

    level: str = ""
    """Empty: open to everyone."""
    compartments: tuple[str, ...] = ()
    releasable: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.level or self.compartments)

    def __str__(self) -> str:
        if not self:
            return ""
        parts = [self.level, ",".join(self.compartments), ",".join(self.releasable)]
        return "/".join(parts).rstrip("/")

    @property
    def label(self) -> str:
        """The name of its label: a digest of its text; empty for what is open."""
        return label_of(str(self))


OPEN = Marking()


def label_of(text: str) -> str:
    """The name of the label of a marking, by the text of the marking."""
    return f"l-{hashlib.sha256(text.encode()).hexdigest()[:32]}" if text else ""


def marking(text: str) -> Marking:
    """The marking of a text.

    Raises:
        NotAMarking: it is none.
    """
    if not text.strip():
        return OPEN
    parts = [part.strip() for part in text.strip().split("/")]
    if len(parts) > 3:
        raise NotAMarking("a marking is a level, compartments and releases: `secret/plans/norland`")
    level, compartments, releasable = (*parts, "", "")[:3]
    if level and NAME.fullmatch(level) is None:
        raise NotAMarking(f"`{level[:80]}` is not the name of a level")
    made = Marking(level, names(compartments, "compartment"), names(releasable, "state"))
    if not made:
        raise NotAMarking("what is open has no releases: leave the marking out")
    return made


def names(text: str, what: str) -> tuple[str, ...]:
    """Names with commas between them, in order, each once."""
    found = sorted({one.strip() for one in text.split(",") if one.strip()})
    for one in found:
        if NAME.fullmatch(one) is None:
            raise NotAMarking(f"`{one[:80]}` is not the name of a {what}")
    if len(found) > MOST:
        raise NotAMarking(f"a marking has at most {MOST} of a {what}")
    return tuple(found)


def highest(of: Iterable[Marking], order: Mapping[str, int]) -> Marking:
    """The marking of several things taken together. `order` has the place of each level of the Book.

    It is associative, commutative and idempotent, and what is open changes nothing.
    """
    marked = [one for one in of if one]
    if not marked:
        return OPEN
    beyond = len(order)
    level = max((one.level for one in marked), key=lambda name: (place(name, order, beyond), name))
    compartments = {name for one in marked for name in one.compartments}
    releasable = set(marked[0].releasable).intersection(*(one.releasable for one in marked[1:]))
    return Marking(level, tuple(sorted(compartments)), tuple(sorted(releasable)))


def place(level: str, order: Mapping[str, int], beyond: int) -> int:
    """Where a level stands; -1 for none."""
    return order.get(level, beyond) if level else -1
