"""Respects of a declaration: one word, words in any order, words in their order."""

from __future__ import annotations

from collections.abc import Iterator

from writ.editions.change import Detail


def one(what: str, old: str, new: str) -> Iterator[Detail]:
    """A respect with one word, or none."""
    if old != new:
        how = "added" if not old else "removed" if not new else "other"
        yield Detail(what, how, (old,) if old else (), (new,) if new else ())


def some(what: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Detail]:
    """A respect with words whose order means nothing."""
    gone = tuple(name for name in old if name not in new)
    come = tuple(name for name in new if name not in old)
    if gone or come:
        yield Detail(what, "other" if gone and come else "removed" if gone else "added", gone, come)


def listed(what: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Detail]:
    """A respect with words in an order."""
    if old != new:
        how = "added" if not old else "removed" if not new else "other"
        yield Detail(what, how, old, new)
