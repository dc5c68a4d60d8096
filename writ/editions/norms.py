"""The changes in norms: those of one edition alone, and those that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from writ.book.model import Book, Instrument, Norm
from writ.diagnostics import Span
from writ.editions import windows
from writ.editions.bearing import acts, affected, verdict
from writ.editions.change import GAINED, LOST, MOVED, Change, Detail
from writ.editions.details import details
from writ.editions.holders import Holders
from writ.editions.pairs import Pairs
from writ.editions.ranking import Overrides
from writ.editions.widths import Widths


class Norms:
    """Compares the norms of two editions."""

    def __init__(
        self,
        old: Book,
        new: Book,
        pairs: Pairs,
        ranked: tuple[Overrides, Overrides],
        holders: Holders,
    ) -> None:
        self.old = old
        self.new = new
        self.pairs = pairs
        self.ranked = ranked
        self.holders = holders
        self.widths = Widths(old.vocabulary, new.vocabulary)
        self.renamed = renamed(old, new, pairs)
        """Instruments that go by another id, old to new."""

    def changes(self) -> Iterator[Change]:
        """Every norm that is not what it was."""
        for norm in self.pairs.lost:
            yield self.lost(norm)
        for norm in self.pairs.gained:
            yield self.gained(norm)
        for old, new in (*self.pairs.apart, *self.bereft()):
            change = self.changed(old, new)
            if change is not None:
                yield change

    def bereft(self) -> Iterator[tuple[Norm, Norm]]:
        """Duties that say the same, and have lost or found their holder."""
        if not self.holders.differ:
            return
        apart = {norm.id for norm, _ in self.pairs.apart} | {norm.id for norm in self.pairs.lost}
        for norm in self.old.norms:
            if norm.kind == "duty" and norm.id not in apart:
                other = self.new.by_id[norm.id]
                if any(self.holders.lost(norm, other)):
                    yield norm, other

    def lost(self, norm: Norm) -> Change:
        freer, bound = affected(norm, None, ())
        found = tuple(self.holders.abolished(norm))
        return Change(
            norm.kind,
            LOST,
            norm.id,
            norm.citation,
            "",
            acts(norm),
            freer,
            bound,
            (*found, *self.ranked[0].details(norm, lost=True)),
            span(self.old, norm),
            None,
        )

    def gained(self, norm: Norm) -> Change:
        freer, bound = affected(None, norm, ())
        return Change(
            norm.kind,
            GAINED,
            norm.id,
            norm.citation,
            "",
            acts(norm),
            freer,
            bound,
            tuple(self.ranked[1].details(norm, lost=False)),
            None,
            span(self.new, norm),
        )

    def changed(self, old: Norm, new: Norm) -> Change | None:
        """The change of a pair; None where they say the same, and only stand elsewhere in the file."""
        found = [*details(self.widths, old, new), *self.dates(old, new)]
        found += self.holders.lost(old, new)
        label = tuple(self.moved(old, new))
        if not found and not label:
            return None
        freer, bound = affected(old, new, found)
        return Change(
            new.kind,
            verdict(new.kind, found) if found else MOVED,
            new.id,
            new.citation,
            old.citation if old.citation != new.citation else "",
            acts(new),
            freer,
            bound,
            (*label, *found),
            span(self.old, old),
            span(self.new, new),
        )

    def dates(self, old: Norm, new: Norm) -> Iterator[Detail]:
        """What the instrument of the norm does not explain."""
        instruments = self.instruments(old, new)
        yield from windows.in_force(*windows.of_norms(old, new, instruments))
        follows = instruments is not None and (old.known, new.known) == tuple(
            item.enacted for item in instruments
        )
        if old.known != new.known and not follows:
            yield Detail(
                "known", "other", (f"known from {old.known}",), (f"known from {new.known}",)
            )
        if instruments is None and old.instrument != new.instrument:
            was, now = rank(self.old, old), rank(self.new, new)
            if was != now:
                yield Detail("rank", "other", (was,), (now,))

    def instruments(self, old: Norm, new: Norm) -> tuple[Instrument, Instrument] | None:
        """The instrument of a norm in both editions, if it is the same one."""
        if self.renamed.get(old.instrument, old.instrument) != new.instrument:
            return None
        before = self.old.instruments.get(old.instrument)
        after = self.new.instruments.get(new.instrument)
        return None if before is None or after is None else (before, after)

    def moved(self, old: Norm, new: Norm) -> Iterator[Detail]:
        """Another label or instrument, or another citation: that of a norm which this one replaces.

        That an instrument goes by another id, or is cited otherwise, moves none of its norms.
        """
        instruments = self.instruments(old, new)
        if instruments is None or old.label != new.label:
            yield Detail("label", "moved", (old.citation,), (new.citation,))
            return
        before, after = (
            "" if norm.citation == item.cite(norm.label) else norm.citation
            for norm, item in zip((old, new), instruments, strict=True)
        )
        if before != after:
            yield Detail("citation", "moved", (old.citation,), (new.citation,))


def renamed(old: Book, new: Book, pairs: Pairs) -> Mapping[str, str]:
    """The instruments of which an edition knows one id each, and whose norms went from the one to the other."""
    gone = old.instruments.keys() - new.instruments.keys()
    come = new.instruments.keys() - old.instruments.keys()
    if not gone or not come:
        return {}
    shared: dict[tuple[str, str], int] = {}
    for one, other in pairs.apart:
        if one.instrument in gone and other.instrument in come and one.label == other.label:
            key = (one.instrument, other.instrument)
            shared[key] = shared.get(key, 0) + 1
    found: dict[str, str] = {}
    for (before, after), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if before not in found and after not in found.values():
            found[before] = after
    return found


def rank(book: Book, norm: Norm) -> str:
    """The rank of a norm in words."""
    return book.ranks[norm.rank] if norm.rank < len(book.ranks) else str(norm.rank)


def span(book: Book, norm: Norm) -> Span:
    return book.span(norm.place)
