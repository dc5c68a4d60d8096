"""Asking an index: what is found, in order, with what surrounds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

import msgspec

from writ.book.labels import beneath
from writ.corpus.search import schema
from writ.corpus.search.excerpts import CLOSE, OPEN, Excerpt, excerpt, marked
from writ.corpus.search.facets import Facet, facets_of
from writ.corpus.search.filters import Predicate
from writ.corpus.search.fts import lower, of_norms, quoted
from writ.corpus.search.index import Index
from writ.corpus.search.jump import Jump, jump
from writ.corpus.search.rows import SORTS
from writ.corpus.search.spelling import Suggestion, suggestions
from writ.corpus.search.tree import All, Filter, Query, Words

LIMIT = 10
MOST = 1_000
"""Hits of one answer; `offset` gives those after them."""

WEIGHTS = {"label": 10.0, "heading": 6.0, "terms": 8.0, "names": 1.0, "path": 1.5, "text": 1.0}
"""What a word counts by where it stands."""
FLAT = dict.fromkeys(schema.COLUMNS, 1.0)
"""The same where any of the words will do: a heading that has one word of a question says little."""
BESIDE = {"case": 0.25, "unresolved": 0.25}
"""What counts a hit that is no provision: a case has the words of a question, and the law is asked for."""
_WORD = 0.5
"""The same of a word that the book declares, and of a heading."""


def _score(weights: Mapping[str, float]) -> str:
    share = " ".join(
        f"WHEN {at} THEN {BESIDE.get(sort, _WORD)}" for at, sort in enumerate(SORTS) if at
    )
    return (
        f"bm25(fts, {', '.join(str(weights[each]) for each in schema.COLUMNS)}) * CASE "
        f"(fts.rowid >> {schema.PLACE_BITS}) & {(1 << schema.SORT_BITS) - 1} {share} ELSE 1.0 END"
    )


_SCORE, _LOOSE = _score(WEIGHTS), _score(FLAT)
_PROVISIONS = 3
"""So many with all of three or more words are enough; of two words one is."""
_ENOUGH = 30_000
"""Rows to rank where any of the words will do: the commonest words are passed over beyond that."""


class NormHit(msgspec.Struct, frozen=True):
    """A norm of a provision found."""

    citation: str
    modality: str
    line: int
    words: str
    asked: bool
    """Whether it is one that the filters on norms ask for; true of all where there are none."""


class Hit(msgspec.Struct, frozen=True):
    """One thing found. `place` is the label of the paragraph in which the excerpt stands, where it is known."""

    instrument: str
    title: str
    is_: str = msgspec.field(name="is")
    label: str
    place: str
    citation: str
    heading: Excerpt
    path: tuple[str, ...]
    excerpt: Excerpt
    norms: tuple[NormHit, ...]
    start: str
    end: str
    file: str
    line: int
    score: float


class Answer(msgspec.Struct, frozen=True):
    """`named` are provisions that the query names; `hits` what it finds besides, in the order of rank.

    `loose` says that hardly a provision has all the words, and that the hits have some of them.
    """

    total: int
    named: tuple[Hit, ...]
    hits: tuple[Hit, ...]
    loose: bool
    suggestions: tuple[Suggestion, ...]
    facets: dict[str, Facet]


def ask(
    index: Index,
    query: Query,
    limit: int = LIMIT,
    offset: int = 0,
    facets: bool = False,
    allowed: Predicate | None = None,
) -> Answer:
    """What a query finds.

    `allowed` narrows it to the rows that the reader may see: facets and suggestions then say nothing of the others.
    """
    connection = index.connection
    limit, offset = max(0, min(limit, MOST)), max(0, offset)
    lowered = lower(query.root)
    named = _named(connection, query, allowed) if not offset else []
    where = [*lowered.where, *([allowed] if allowed else [])]
    silent = query.root is None and bool(query.text.strip())
    match, loose = lowered.match, False
    total = 0 if silent else _count(connection, match, where)
    several = len(lowered.bare) > 1 and not named and not query.strict
    if several and _scarce(connection, match, where, len(lowered.bare)):
        wider = lowered.loosely(_telling(connection, lowered.bare))
        found = _count(connection, wider, where)
        if found > total:
            match, loose, total = wider, True, found
    top = (
        _top(connection, match, where, limit, offset, _LOOSE if loose else _SCORE) if total else []
    )
    passed = {each.row for each in named}
    shown = [(id, score) for id, score in top if id not in passed]
    return Answer(
        total,
        tuple(_hits(connection, [(each.row, 0.0) for each in named], match, named, query)),
        tuple(_hits(connection, shown, match, (), query)),
        loose and bool(total),
        suggestions(connection, lowered.words, query.root, allowed) if loose or not total else (),
        facets_of(index, _ids(connection, match, where)) if facets and total else {},
    )


_PROVISION = Predicate(f"(r.id >> {schema.PLACE_BITS}) & {(1 << schema.SORT_BITS) - 1} = 0")


def _scarce(connection: sqlite3.Connection, match: str, where: list[Predicate], words: int) -> bool:
    """Whether too few provisions have all of so many words: then some of them will do."""
    sql, parameters = statement(match, [*where, _PROVISION], "1")
    enough = _PROVISIONS if words > 2 else 1
    return len(connection.execute(f"{sql} LIMIT {enough}", parameters).fetchall()) < enough


def _telling(connection: sqlite3.Connection, words: tuple[Words, ...]) -> tuple[Words, ...]:
    """The words that occur, without the commonest if they are in too many rows."""
    counts = {each: _count(connection, quoted(each), []) for each in words}
    chosen: set[Words] = set()
    rows = 0
    for each in sorted((one for one in words if counts[one]), key=lambda one: counts[one]):
        rows += counts[each]
        if chosen and rows > _ENOUGH:
            break
        chosen.add(each)
    return tuple(each for each in words if each in chosen) or words


def statement(match: str, where: Iterable[Predicate], columns: str) -> tuple[str, list[object]]:
    """The SQL that finds the rows, and its parameters."""
    parts = [each.sql for each in where]
    parameters: list[object] = [value for each in where for value in each.parameters]
    if not match:
        sql = f"SELECT {columns.replace('fts.rowid', 'r.id')} FROM row r"
        return f"{sql} WHERE {_and(parts)}" if parts else sql, parameters
    if not parts:
        return f"SELECT {columns} FROM fts WHERE fts MATCH ?", [match]
    joined = f"SELECT {columns} FROM fts CROSS JOIN row r ON r.id = fts.rowid WHERE fts MATCH ? AND {_and(parts)}"
    return joined, [match, *parameters]


def _and(parts: list[str]) -> str:
    return " AND ".join(f"({each})" for each in parts)


def _count(connection: sqlite3.Connection, match: str, where: list[Predicate]) -> int:
    sql, parameters = statement(match, where, "count(*)")
    found: int = connection.execute(sql, parameters).fetchone()[0]
    return found


def _ids(connection: sqlite3.Connection, match: str, where: list[Predicate]) -> list[int]:
    sql, parameters = statement(match, where, "fts.rowid")
    return [id for (id,) in connection.execute(sql, parameters)]


def _top(
    connection: sqlite3.Connection,
    match: str,
    where: list[Predicate],
    limit: int,
    offset: int,
    score: str,
) -> list[tuple[int, float]]:
    """Numbers and scores in order; equals stand as they do in the book."""
    columns = f"fts.rowid, {score} AS score" if match else "fts.rowid, 0.0 AS score"
    sql, parameters = statement(match, where, columns)
    sql += (
        " ORDER BY score, fts.rowid LIMIT ? OFFSET ?"
        if match
        else " ORDER BY r.id LIMIT ? OFFSET ?"
    )
    return [
        (id, 0.0 - score) for id, score in connection.execute(sql, [*parameters, limit, offset])
    ]


def _named(connection: sqlite3.Connection, query: Query, allowed: Predicate | None) -> list[Jump]:
    """The provisions that a query names, where it has nothing but a name and filters."""
    items = query.root.items if isinstance(query.root, All) else (query.root,)
    if any(isinstance(each, Filter) for each in items):
        words = [each for each in items if isinstance(each, Words)]
        filters = [each for each in items if isinstance(each, Filter)]
        if len(words) + len(filters) < len(items):
            return []
        where = [*lower(All(tuple(filters))).where, *([allowed] if allowed else [])]
        values = tuple(value for each in where for value in each.parameters)
        narrowed = Predicate(_and([each.sql for each in where]), values) if where else None
        return jump(connection, " ".join(each.text for each in words), narrowed)
    return jump(connection, query.text, allowed)


def _hits(
    connection: sqlite3.Connection,
    found: list[tuple[int, float]],
    match: str,
    named: Iterable[Jump],
    query: Query,
) -> Iterable[Hit]:
    if not found:
        return
    labels = {each.row: each.label for each in named}
    marks = ",".join("?" * len(found))
    ids = [id for id, _ in found]
    sql = (
        "SELECT r.id, f.instrument, f.title, r.sort, r.label, r.citation, b.heading, b.path, b.text, b.names,"
        ' r.start, r."end", f.path, r.line FROM row r JOIN file f ON f.id = r.file JOIN body b ON b.id = r.id'
        f" WHERE r.id IN ({marks})"
    )
    rows = {row[0]: row[1:] for row in connection.execute(sql, ids)}
    lit = _highlighted(connection, match, ids) if match else {}
    norms = _norms(connection, ids, of_norms(query.root))
    for id, score in found:
        instrument, title, sort, label, citation, heading, path, text, names, *rest = rows[id]
        start, end, file, line = rest
        heading, text, names = lit.get(id, (heading, text, names))
        if not text.strip() and label:
            text = _beneath(connection, id, label)
        place, body = excerpt(label, text, labels.get(id, ""))
        if sort not in ("provision", "part", "assurance", "unresolved") or (
            OPEN not in text and OPEN in names and id not in labels
        ):
            place, body = label, excerpt("", text if OPEN in text else names or text, "")[1]
        yield Hit(
            instrument,
            title,
            sort,
            label,
            place,
            citation,
            marked(heading),
            tuple(path.split(schema.BETWEEN)) if path else (),
            body,
            norms.get(id, ()),
            start,
            end,
            file,
            line,
            round(score, 4),
        )


def _beneath(connection: sqlite3.Connection, id: int, label: str) -> str:
    """The text of the first provision beneath one that has none of its own."""
    sql = "SELECT r.label, b.text FROM row r JOIN body b ON b.id = r.id WHERE r.id = ?"
    found = connection.execute(sql, (id + 1,)).fetchone()
    return found[1] if found is not None and beneath(found[0], label) else ""


def _highlighted(
    connection: sqlite3.Connection, match: str, ids: list[int]
) -> Mapping[int, tuple[str, str, str]]:
    """Heading, text and norms of each, with the words that were found between signs."""
    sql = (
        f"SELECT highlight(fts, 1, '{OPEN}', '{CLOSE}'), highlight(fts, 5, '{OPEN}', '{CLOSE}'), "
        f"highlight(fts, 3, '{OPEN}', '{CLOSE}') FROM fts WHERE fts MATCH ? AND rowid = ?"
    )
    found = {}
    for id in ids:
        row = connection.execute(sql, (match, id)).fetchone()
        if row is not None:
            found[id] = row
    return found


def _norms(
    connection: sqlite3.Connection, ids: list[int], asked: Predicate | None
) -> dict[int, tuple[NormHit, ...]]:
    """The norms of each row, those that were asked for first."""
    marks = ",".join("?" * len(ids))
    column = f"({asked.sql})" if asked else "1"
    sql = (
        f'SELECT n."row", n.citation, n.modality, n.line, n.words, {column} AS asked FROM norm n'
        f' WHERE n."row" IN ({marks}) ORDER BY asked DESC, n.id'
    )
    found: dict[int, list[NormHit]] = {}
    parameters = (*(asked.parameters if asked else ()), *ids)
    for row, citation, modality, line, words, wanted in connection.execute(sql, parameters):
        hit = NormHit(citation, modality, line, words, bool(wanted))
        found.setdefault(row, []).append(hit)
    return {row: tuple(each) for row, each in found.items()}


__all__ = ["Answer", "Facet", "Hit", "ask", "statement"]
