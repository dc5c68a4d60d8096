"""From a place in a text to what is named there, to where that is declared, and to everywhere else it is named."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from writ.book.labels import beneath
from writ.lsp.analysis import cases, journals, symbols
from writ.lsp.analysis.snapshot import CASES, JOURNAL, Location, Snapshot
from writ.lsp.analysis.symbols import Mention, Sort, Symbol


def mentions(snapshot: Snapshot, path: str) -> tuple[Mention, ...]:
    """Every place of a file where something is named: law, cases or a journal."""
    if path in snapshot.files:
        return snapshot.mentions(path)
    text = snapshot.others.get(path)
    if text is None:
        return ()
    if path.endswith(CASES):
        return cases.mentions(text, path, snapshot.lexicon, snapshot.cited)
    if path.endswith(JOURNAL):
        return journals.mentions(text, path, snapshot.lexicon, snapshot.cited)
    return ()


def mention_at(snapshot: Snapshot, path: str, offset: int) -> Mention | None:
    """What is named at an offset, or just before it."""
    found = mentions(snapshot, path)
    at = bisect_right(found, offset, key=lambda each: each.start)
    for each in reversed(found[max(0, at - 3) : at]):
        if each.start <= offset <= each.end:
            return each
    return None


def home(snapshot: Snapshot, symbol: Symbol) -> str:
    """The file in which something is declared; empty where that is not known."""
    vocabulary = snapshot.book.vocabulary
    key = symbol.key
    if symbol.sort is Sort.NAME:
        for family in (
            vocabulary.kinds,
            vocabulary.actors,
            vocabulary.acts,
            vocabulary.things,
            vocabulary.states,
            vocabulary.events,
            vocabulary.calendars,
            vocabulary.definitions,
        ):
            item = family.get(key)
            if item is not None:
                return str(item.place.file)
        return ""
    if symbol.sort is Sort.ATTRIBUTE:
        attribute = vocabulary.attributes.get(key)
        return attribute.place.file if attribute is not None else ""
    if symbol.sort is Sort.VALUE:
        kind = vocabulary.kinds.get(symbol.owner)
        return kind.place.file if kind is not None else ""
    if symbol.sort in (Sort.INSTRUMENT, Sort.PROVISION):
        id = symbol.key if symbol.sort is Sort.INSTRUMENT else symbol.owner
        instrument = snapshot.book.instruments.get(id)
        return instrument.place.file if instrument is not None else ""
    if symbol.sort is Sort.VARIABLE:
        return symbol.key.rpartition(" ")[0]
    return ""


def declarations(snapshot: Snapshot, symbol: Symbol) -> list[Location]:
    """Where something is declared. Of a provision without a heading or norm of its own, those beneath it."""
    path = home(snapshot, symbol)
    found = [
        Location(path, each.start, each.end)
        for each in snapshot.mentions(path)
        if each.declares and each.symbol == symbol
    ]
    if not found and symbol.sort is Sort.PROVISION:
        found = [
            Location(path, each.start, each.end)
            for each in snapshot.mentions(path)
            if each.declares
            and each.symbol.sort is Sort.PROVISION
            and each.symbol.owner == symbol.owner
            and beneath(each.symbol.word, symbol.word)
        ][:1]
    return found


def references(
    snapshot: Snapshot, symbol: Symbol, declared: bool = True, under: bool = False
) -> list[Location]:
    """Everywhere that something is named, with its declaration or without. `under`: also the provisions beneath."""
    return [
        Location(path, each.start, each.end)
        for path, each in every(snapshot, symbol, under)
        if declared or not each.declares
    ]


def every(snapshot: Snapshot, symbol: Symbol, under: bool = False) -> Iterator[tuple[str, Mention]]:
    """Every mention of something, by file."""
    word = symbol.word
    paths = [*snapshot.files, *snapshot.others]
    if symbol.sort is Sort.VARIABLE:
        paths = [home(snapshot, symbol)]
    for path in paths:
        source = snapshot.book.sources.get(path)
        text = source.text if source is not None else snapshot.others.get(path, "")
        if word not in text:
            continue
        for each in mentions(snapshot, path):
            if each.symbol == symbol or (
                under
                and each.symbol.sort is Sort.PROVISION
                and each.symbol.owner == symbol.owner
                and beneath(each.symbol.word, word)
            ):
                yield path, each


def highlights(snapshot: Snapshot, path: str, offset: int) -> list[Mention]:
    """What is named at an offset, everywhere in its file."""
    found = mention_at(snapshot, path, offset)
    if found is None:
        return []
    return [each for each in mentions(snapshot, path) if each.symbol == found.symbol]


def by_name(snapshot: Snapshot, text: str) -> Symbol | None:
    """The symbol of a name of the vocabulary, or of the id of an instrument."""
    sort = snapshot.lexicon.names.sorts.get(text)
    if sort is not None:
        return symbols.attribute(text) if sort == "fact" else symbols.name(text)
    return symbols.instrument(text) if text in snapshot.book.instruments else None
