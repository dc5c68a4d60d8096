"""What was perhaps meant by words, and by names in filters, that occur nowhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from writ.book.suggest import nearest
from writ.corpus.search.filters import Predicate
from writ.corpus.search.fts import TOKEN
from writ.corpus.search.stopwords import COMMON
from writ.corpus.search.tree import All, AnyOf, Filter, Node, Not, Words

_MOST = 4
_LONGEST = 40
_NAMES = {
    "in": "SELECT instrument FROM file WHERE instrument <> ''",
    "kind": "SELECT DISTINCT kind FROM file",
    "rank": "SELECT DISTINCT kind FROM file",
    "is": "SELECT DISTINCT sort FROM row",
    "bearer": "SELECT DISTINCT name FROM kin WHERE sort = 'actor'",
    "act": "SELECT DISTINCT name FROM kin WHERE sort = 'act'",
    "state": "SELECT DISTINCT label FROM row WHERE sort = 'state'",
    "language": "SELECT DISTINCT language FROM file WHERE language <> ''",
}


class Suggestion(msgspec.Struct, frozen=True):
    """A word (or the name in a filter) that occurs nowhere, and the nearest that does; empty if none is near."""

    word: str
    meant: str = ""
    filter: str = ""


def suggestions(
    connection: sqlite3.Connection,
    words: Iterable[Words],
    root: Node | None,
    allowed: Predicate | None = None,
) -> tuple[Suggestion, ...]:
    """For the words of a query that occur nowhere. Where rows are withheld, so are suggestions of words."""
    found = list(_names(connection, root, allowed))
    for each in words:
        if len(found) >= _MOST:
            break
        for token in TOKEN.findall(each.text) if allowed is None else ():
            if each.prefix or len(token) > _LONGEST or token.lower() in COMMON:
                continue
            if _occurs(connection, token):
                continue
            found.append(Suggestion(token, _nearest(connection, token.lower())))
    return tuple(dict.fromkeys(found[:_MOST]))


def _names(
    connection: sqlite3.Connection, node: Node | None, allowed: Predicate | None
) -> Iterator[Suggestion]:
    match node:
        case Not():
            yield from _names(connection, node.of, allowed)
        case All() | AnyOf():
            for each in node.items:
                yield from _names(connection, each, allowed)
        case Filter() if node.key in _NAMES and allowed is None:
            known = [name for (name,) in connection.execute(_NAMES[node.key])]
            for value in node.values:
                low = value.lower()
                if value.isdecimal() or any(low == each.lower() for each in known):
                    continue
                if node.key == "in" and any(low in each.lower() for each in _titles(connection)):
                    continue
                yield Suggestion(value, nearest(low, known), node.key)


def _titles(connection: sqlite3.Connection) -> list[str]:
    sql = "SELECT instrument || char(10) || title FROM file"
    return [each for (each,) in connection.execute(sql)]


def _occurs(connection: sqlite3.Connection, token: str) -> bool:
    sql = "SELECT 1 FROM fts WHERE fts MATCH ? LIMIT 1"
    return connection.execute(sql, (f'"{token}"',)).fetchone() is not None


def _nearest(connection: sqlite3.Connection, token: str) -> str:
    """The nearest word of the index, as it is written: the index itself holds only stems."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, fts, row)"
    )
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.instances USING fts5vocab(main, fts, instance)"
    )
    spread = 1 + len(token) // 3
    bounds = (len(token) - spread - 4, len(token) + spread)
    likely = (
        "SELECT term FROM temp.terms WHERE term >= ? AND term < ? || char(1114111)"
        " AND length(term) BETWEEN ? AND ?"
    )
    stems = [term for (term,) in connection.execute(likely, (token[0], token[0], *bounds))]
    written = {each: _written(connection, each) for each in _close(token, stems)}
    return nearest(token, written.values())


def _close(token: str, stems: list[str]) -> list[str]:
    """The stems that share most with the token: pairs of letters are compared, which is quick."""
    pairs = {token[at : at + 2] for at in range(len(token) - 1)}
    scored = sorted(
        stems,
        key=lambda stem: (
            -sum(stem[at : at + 2] in pairs for at in range(len(stem) - 1)) / (len(stem) + 2),
            stem,
        ),
    )
    return scored[:30]


def _written(connection: sqlite3.Connection, stem: str) -> str:
    """A word of that stem, as some row has it."""
    sql = "SELECT doc, col, offset FROM temp.instances WHERE term = ? LIMIT 1"
    found = connection.execute(sql, (stem,)).fetchone()
    if found is None:
        return stem
    column = found[1]
    text = connection.execute(
        f"SELECT {_column(column)} FROM body WHERE id = ?", (found[0],)
    ).fetchone()[0]
    tokens = TOKEN.findall(text)
    word = tokens[found[2]].lower() if found[2] < len(tokens) else stem
    return word if word[:2] == stem[:2] else stem


def _column(name: str) -> str:
    columns = ("label", "heading", "terms", "names", "path", "text")
    return name if name in columns else "text"
