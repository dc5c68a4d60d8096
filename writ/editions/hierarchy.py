"""Actors that are something else than before, and so reached by other norms."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import ANYONE, Book, Norm
from writ.editions.change import GAINED, LOST

Reach = tuple[str, str, Norm]


def reached(old: Book, new: Book) -> Iterator[Reach]:
    """Each actor of both editions that became (or no longer is) another, with the norms that it gained (or lost) so."""
    before, after = old.vocabulary.actor_up, new.vocabulary.actor_up
    stayed = old.vocabulary.actors.keys() & new.vocabulary.actors.keys()
    gained = {name: after[name] - before[name] for name in stayed if after[name] - before[name]}
    lost = {name: before[name] - after[name] for name in stayed if before[name] - after[name]}
    yield from _by_name(new, gained, GAINED)
    yield from _by_name(old, lost, LOST)


def _by_name(book: Book, names: dict[str, frozenset[str]], change: str) -> Iterator[Reach]:
    if not names:
        return
    wanted = frozenset().union(*names.values()) - {ANYONE}
    bearing: dict[str, list[Norm]] = {}
    for norm in book.norms:
        for actor in norm.bearer.actors:
            if actor.name in wanted:
                bearing.setdefault(actor.name, []).append(norm)
    for name in sorted(names):
        for above in sorted(names[name]):
            for norm in bearing.get(above, ()):
                yield name, change, norm
