"""Circles: names that lead to each other, and lapses that hang on each other's states."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import msgspec

from writ.book.model import Norm, Place

MOST_STEPS = 10_000
"""So many steps at most are taken to find the ways round."""
OF_ONE = 250
"""And so many from one link."""


class Link(msgspec.Struct, frozen=True):
    """A lapse by which the end of one state hangs on another."""

    norm: Norm
    onto: str
    """The state on which it hangs."""
    turns: bool
    """Whether the two go against each other, so that a circle through it does not come to rest."""
    place: Place

    @property
    def state(self) -> str:
        """The state that it ends."""
        return self.norm.state


Way = tuple[Link, ...]


def circles(links: Iterable[Link], meet: Callable[[Way], bool]) -> Iterator[Way]:
    """The circles with a link that turns, each once, such a link first; of those through one link the shortest.

    `meet` says whether links can hold together.
    """
    found = list(links)
    onto: dict[str, set[str]] = {}
    for link in found:
        onto.setdefault(link.state, set()).add(link.onto)
    inside = {name: group for group in map(frozenset, entwined(onto)) for name in group}
    out: dict[str, list[Link]] = {}
    for link in found:
        if link.onto in inside.get(link.state, ()) and link.onto != link.state:
            out.setdefault(link.state, []).append(link)
    seen: set[frozenset[str]] = set()
    left = MOST_STEPS
    for first in (link for some in out.values() for link in some if link.turns):
        way, steps = back(out, first, meet, min(OF_ONE, left))
        left -= steps
        norms = frozenset(link.norm.id for link in way)
        if way and norms not in seen:
            seen.add(norms)
            yield way


def back(
    out: Mapping[str, list[Link]], first: Link, meet: Callable[[Way], bool], most: int
) -> tuple[Way, int]:
    """The shortest way on from a link to the state that it ends, empty if none is found; and the steps that it took."""
    todo: list[Way] = [(first,)]
    steps = 0
    for way in todo:  # it grows as the search goes on
        if way[-1].onto == first.state:
            return way, steps
        been = {link.state for link in way}
        for link in out.get(way[-1].onto, ()):
            if steps == most:
                return (), steps
            steps += 1
            if link.onto == first.state or link.onto not in been:
                longer = (*way, link)
                if meet(longer):
                    todo.append(longer)
    return (), steps


def entwined(links: Mapping[str, Collection[str]]) -> list[set[str]]:
    """The sets of names of which each leads to every other (Tarjan 1972), without recursion."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    inside: set[str] = set()
    found: list[set[str]] = []
    for start in sorted(links):
        todo: list[tuple[str, Iterator[str]]] = []
        if start not in order:
            todo.append((start, iter(sorted(links[start]))))
        while todo:
            name, rest = todo[-1]
            if name not in order:
                order[name] = low[name] = len(order)
                open_.append(name)
                inside.add(name)
            for after in rest:
                if after not in order:
                    todo.append((after, iter(sorted(links.get(after, ())))))
                    break
                if after in inside:
                    low[name] = min(low[name], order[after])
            else:
                todo.pop()
                if todo:
                    above = todo[-1][0]
                    low[above] = min(low[above], low[name])
                if low[name] == order[name]:
                    at = open_.index(name)
                    circle = set(open_[at:])
                    del open_[at:]
                    inside -= circle
                    if len(circle) > 1:
                        found.append(circle)
    return found
