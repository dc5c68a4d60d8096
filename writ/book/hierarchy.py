"""What is what: circles broken, and the closure of `is` upward and downward."""

from __future__ import annotations

from collections.abc import Callable, Mapping

MAX_LEVELS = 24
"""Of one hierarchy. A closure holds each name once per level, so this bounds its size."""

Refuse = Callable[[str, str, str], None]
"""Called with the code, the name and the parent of each link that cannot stand."""


def acyclic(parents: Mapping[str, tuple[str, ...]], refuse: Refuse) -> dict[str, tuple[str, ...]]:
    """The links without those that close a circle or go too deep, each of which is refused.

    Names are taken in the order given, so that the same book always gives the same answer, in which each name comes
    after its parents.
    """
    kept: dict[str, tuple[str, ...]] = {}
    height: dict[str, int] = {}
    open_: set[str] = set()
    for start in parents:
        todo = [(start, False)]
        while todo:
            name, left = todo.pop()
            if left:
                open_.discard(name)
                kept[name], height[name] = _standing(name, parents, height, refuse)
            elif name not in height and name not in open_:
                open_.add(name)
                todo.append((name, True))
                todo.extend(
                    (parent, False)
                    for parent in reversed(parents.get(name, ()))
                    if parent not in height
                )
    return kept


def _standing(
    name: str,
    parents: Mapping[str, tuple[str, ...]],
    height: Mapping[str, int],
    refuse: Refuse,
) -> tuple[tuple[str, ...], int]:
    """The links of one name that stand, once every parent not in a circle with it is known."""
    links: list[str] = []
    highest = 0
    for parent in parents.get(name, ()):
        if parent not in height:
            refuse("V208", name, parent)
        elif height[parent] >= MAX_LEVELS:
            refuse("V209", name, parent)
        else:
            links.append(parent)
            highest = max(highest, height[parent] + 1)
    return tuple(links), highest


def closure(
    parents: Mapping[str, tuple[str, ...]], top: str = ""
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Each name with all above it and itself, and with all beneath it; `top` is above everything.

    INVARIANT: `parents` is free of circles (see `acyclic`).
    """
    up: dict[str, frozenset[str]] = {}
    if top:
        up[top] = frozenset({top})
    above_all = (top,) if top else ()
    for start in parents:
        todo = [start]
        while todo:
            name = todo[-1]
            if name in up:
                todo.pop()
                continue
            waiting = [parent for parent in parents[name] if parent not in up]
            if waiting:
                todo.extend(waiting)
                continue
            todo.pop()
            up[name] = frozenset((name, *above_all)).union(
                *(up[parent] for parent in parents[name])
            )
    down: dict[str, set[str]] = {name: set() for name in up}
    for name, above in up.items():
        for each in above:
            down[each].add(name)
    return up, {name: frozenset(beneath) for name, beneath in down.items()}
