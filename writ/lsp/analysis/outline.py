"""The shape of a file: its outline, what folds, what it links to; and the symbols of a whole book."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from writ.diagnostics import LENGTH_BITS, LENGTH_MASK
from writ.lsp.analysis.cases import cases
from writ.lsp.analysis.navigation import declarations
from writ.lsp.analysis.snapshot import CASES, Snapshot
from writ.lsp.analysis.symbols import Sort, Symbol, name
from writ.syntax import tree
from writ.syntax.parser import parse_text


class Item(msgspec.Struct, frozen=True):
    """One entry of an outline, with those beneath it."""

    title: str
    sort: str
    detail: str
    start: int
    end: int
    chosen: tuple[int, int]
    beneath: tuple[Item, ...] = ()


class Known(msgspec.Struct, frozen=True):
    """A symbol of the whole book and where it is declared."""

    title: str
    sort: str
    container: str
    path: str
    start: int
    end: int


def outline(path: str, text: str) -> list[Item]:
    """The provisions of a file with their norms and declarations; of cases, each case."""
    if path.endswith(CASES):
        return [
            Item(case.id, "case", case.ask, case.start, case.end, (case.start, case.end))
            for case in cases(text)
            if case.id
        ]
    file, _ = parse_text(path, text)
    rows: list[tuple[int, int, Item]] = []
    for heading in file.headings:
        start = heading.span >> LENGTH_BITS
        end = start + (heading.span & LENGTH_MASK)
        rows.append(
            (start, heading.level, Item(heading.text, "heading", "", start, end, (start, end)))
        )
    for statement in file.statements:
        item = _statement(statement)
        rows.append((item.start, 7, item))
    rows.sort(key=lambda row: row[0])
    return _nested(rows, len(text))


def _nested(rows: list[tuple[int, int, Item]], end: int) -> list[Item]:
    """Each heading with what stands beneath it; it ends where the next of its level begins."""
    found: list[Item] = []
    at = 0
    while at < len(rows):
        _, level, item = rows[at]
        stop = at + 1
        while stop < len(rows) and rows[stop][1] > level:
            stop += 1
        limit = rows[stop][0] if stop < len(rows) else end
        if level < 7:
            item = msgspec.structs.replace(
                item, end=limit, beneath=tuple(_nested(rows[at + 1 : stop], limit))
            )
        found.append(item)
        at = stop
    return found


def _statement(node: tree.Statement) -> Item:
    start = node.span >> LENGTH_BITS
    end = start + (node.span & LENGTH_MASK)
    if isinstance(node, tree.Declaration):
        chosen = node.name_span or node.span
        at = chosen >> LENGTH_BITS
        title = node.name or "actor"
        below = tuple(
            Item(one.name, sort, "", place, place + len(one.name), (place, place + len(one.name)))
            for sort, listed in (("value", node.values), ("attribute", node.attributes))
            for one in listed
            if node.kind != "fact"
            for place in (one.span >> LENGTH_BITS,)
        )
        return Item(
            title, node.kind, node.description, start, end, (at, at + len(node.name)), below
        )
    at = (node.label_span or node.span) >> LENGTH_BITS
    length = len(node.label) if node.label_span else len(node.kind)
    title = " ".join(filter(None, (node.kind, node.label)))
    return Item(title, node.kind, node.title, start, end, (at, min(at + length, end)))


def folds(text: str) -> list[tuple[int, int]]:
    """Ranges of lines that fold: front matter, the text beneath each heading, and blocks."""
    file, _ = parse_text("", text)
    found: set[tuple[int, int]] = set()

    def line(offset: int) -> int:
        return text.count("\n", 0, offset)

    if file.front is not None:
        found.add((0, line((file.front.span >> LENGTH_BITS) + (file.front.span & LENGTH_MASK))))
    last = line(len(text.rstrip()))
    headings = [(line(each.span >> LENGTH_BITS), each.level) for each in file.headings]
    for at, (first, level) in enumerate(headings):
        end = next((row for row, other in headings[at + 1 :] if other <= level), last + 1) - 1
        if end > first:
            found.add((first, end))
    for block in file.blocks:
        start = block >> LENGTH_BITS
        end = start + (block & LENGTH_MASK)
        found.add((max(0, line(start) - 1), line(end)))
    for statement in file.statements:
        start = statement.span >> LENGTH_BITS
        end = line(start + (statement.span & LENGTH_MASK))
        if end > line(start):
            found.add((line(start), end))
    return sorted(fold for fold in found if fold[1] > fold[0])


def search(snapshot: Snapshot, asked: str, most: int = 200) -> list[Known]:
    """The symbols of the book whose letters hold those asked for in order, the closest first."""
    from writ.lsp.analysis.completion import likeness

    ranked: list[tuple[int, int, str, Symbol, str, str]] = []
    for sort, text, symbol, container in _all(snapshot):
        rank = likeness(asked.lower(), text.lower())
        if rank >= 0:
            ranked.append((rank, len(text), text, symbol, sort, container))
    ranked.sort(key=lambda row: row[:3])
    found = []
    for _, _, text, symbol, sort, container in ranked[:most]:
        for place in declarations(snapshot, symbol)[:1]:
            found.append(Known(text, sort, container, place.path, place.start, place.end))
    return found


def _all(snapshot: Snapshot) -> Iterator[tuple[str, str, Symbol, str]]:
    book = snapshot.book
    for text, sort in snapshot.lexicon.names.sorts.items():
        symbol = Symbol(Sort.ATTRIBUTE, text) if sort == "fact" else name(text)
        yield sort, text, symbol, ""
    for slot, item in book.vocabulary.attributes.items():
        if item.owner:
            yield "attribute", slot, Symbol(Sort.ATTRIBUTE, slot), item.owner
    for id, instrument in book.instruments.items():
        yield "instrument", id, Symbol(Sort.INSTRUMENT, id), instrument.title
    seen = set()
    for norm in book.norms:
        symbol = Symbol(Sort.PROVISION, f"{norm.instrument} {norm.label}")
        if symbol not in seen and norm.label:
            seen.add(symbol)
            yield norm.kind, norm.citation, symbol, norm.title or norm.instrument


_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)")


class Link(msgspec.Struct, frozen=True):
    """A range that leads to another file of the book, and where in it."""

    start: int
    end: int
    path: str
    offset: int = 0


def links(snapshot: Snapshot, path: str) -> list[Link]:
    """The instruments that a file of law refers to, and the files of the book that its prose links to."""
    found = []
    source = snapshot.source(path)
    if source is None:
        return []
    for each in snapshot.mentions(path):
        if each.symbol.sort is Sort.INSTRUMENT and not each.declares:
            item = snapshot.book.instruments.get(each.symbol.key)
            if item is not None:
                found.append(Link(each.start, each.end, item.place.file))
    folder = path.rpartition("/")[0]
    for match in _LINK.finditer(source.text):
        target = _joined(folder, match[1])
        if target in snapshot.book.sources or target in snapshot.others:
            found.append(Link(match.start(1), match.end(1), target))
    return found


def _joined(folder: str, target: str) -> str:
    """A path relative to a folder of the book, without `.` and `..`; empty where it leads out of the book."""
    parts: list[str] = []
    for part in [*folder.split("/"), *target.split("/")]:
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
