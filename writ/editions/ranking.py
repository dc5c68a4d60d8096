"""Which norm prevails over which by a word of the text, and how that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from writ.book.model import Book, Norm, Override
from writ.diagnostics import Span
from writ.editions.change import CHANGED, GAINED, LOST, Change, Detail
from writ.editions.pairs import Pairs
from writ.editions.wording import window

Pair = tuple[str, str]
"""Winner and loser."""
When = tuple[str, ...]
"""In words: when one norm overrides another, apart from whether both are in force; empty for always."""


class Overrides:
    """The overrides of one edition that have effect (see semantics, "Opposition and defeat")."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.places: dict[Pair, Override] = {}
        self.when: dict[Pair, When] = {}
        self._over: dict[str, list[str]] = {}
        self._to: dict[str, list[str]] = {}
        for each in book.overrides:
            self._add(each)

    def _add(self, each: Override) -> None:
        pair = (each.winner, each.loser)
        ranking = self.book.ranking
        if pair in self.places or not (pair in ranking.always or pair in ranking.at_times):
            return
        self.places[pair] = each
        if pair not in ranking.always:
            self.when[pair] = tuple(
                words
                for item in ranking.at_times[pair]
                for words in window(item.start, item.end, item.gaps)
            )
        self._over.setdefault(each.winner, []).append(each.loser)
        self._to.setdefault(each.loser, []).append(each.winner)

    def details(self, norm: Norm, lost: bool) -> Iterator[Detail]:
        """Over which norms a norm that came or went prevails, and to which it yields."""
        for what, ids in (
            ("prevails over", self._over.get(norm.id)),
            ("yields to", self._to.get(norm.id)),
        ):
            if ids:
                cited = self.cited(ids)
                yield Detail(what, "removed", cited) if lost else Detail(what, "added", (), cited)

    def cited(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The citations of norms, each once."""
        return tuple(dict.fromkeys(self.book.by_id[each].citation for each in ids))

    def span(self, pair: Pair) -> Span:
        """Where an override is written."""
        return self.book.span(self.places[pair].place)


def reranked(old: Overrides, new: Overrides, pairs: Pairs) -> Iterator[Change]:
    """The norms of both editions that prevail over others of both than before, or at other times.

    One change for each winner and each way. What a norm that came or went prevails over is said with that norm.
    """
    names = pairs.renamed
    gone = {norm.id for norm in pairs.lost}
    come = {norm.id for norm in pairs.gained}
    before = {
        (names.get(winner, winner), names.get(loser, loser)): (winner, loser)
        for winner, loser in old.places
        if winner not in gone and loser not in gone
    }
    after = {pair: pair for pair in new.places if come.isdisjoint(pair)}
    lost = [pair for key, pair in before.items() if key not in after]
    gained = [pair for pair in after if pair not in before]
    for winner, ids in _losers(lost).items():
        yield _one(LOST, old, winner, ids)
    for winner, ids in _losers(gained).items():
        yield _one(GAINED, new, winner, ids)
    yield from _timed(old, new, before)


def _timed(old: Overrides, new: Overrides, before: Mapping[Pair, Pair]) -> Iterator[Change]:
    """Overrides of both editions that have effect at other times."""
    if not old.when and not new.when:
        return
    for key, pair in before.items():
        was, now = old.when.get(pair, ()), new.when.get(key, ())
        if key not in new.places or was == now:
            continue
        how = "wider" if not now else "narrower" if not was else "other"
        cited = new.cited(key[1:])[0]
        detail = Detail("prevails over", how, _when(cited, was), _when(cited, now))
        yield Change(
            "override",
            CHANGED,
            key[0],
            new.book.by_id[key[0]].citation,
            details=(detail,),
            old=old.span(pair),
            new=new.span(key),
        )


def _when(cited: str, when: When) -> tuple[str, ...]:
    return tuple(f"{cited} {words}" for words in when or ("whenever both are in force",))


def _losers(pairs: Sequence[Pair]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for winner, loser in pairs:
        found.setdefault(winner, []).append(loser)
    return found


def _one(change: str, overrides: Overrides, winner: str, ids: list[str]) -> Change:
    cited = overrides.cited(ids)
    place = overrides.span((winner, ids[0]))
    gained = change == GAINED
    detail = Detail(
        "prevails over", "added" if gained else "removed", *(((), cited) if gained else (cited, ()))
    )
    citation = overrides.book.by_id[winner].citation
    old, new = (None, place) if gained else (place, None)
    return Change("override", change, winner, citation, details=(detail,), old=old, new=new)
