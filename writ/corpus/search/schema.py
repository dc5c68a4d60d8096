"""The tables of an index, and writing rows into them.

The number of a row says where it stands: its file, its sort and its place in the file. So the order of numbers is the
order of the book, a file is one range, and what is found can be counted by file and sort without looking at the rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from writ.corpus.search.rows import SORTS, FileRows

SORT_BITS, PLACE_BITS = 4, 20
FILE_BITS = SORT_BITS + PLACE_BITS
GAP = 1 << 10
"""Between the numbers of two files, for files that come in between."""
COLUMNS = ("label", "heading", "terms", "names", "path", "text")
BETWEEN = "\n"
"""Between the headings of a path, and between the terms of a row."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (
  id INTEGER PRIMARY KEY, path TEXT UNIQUE, instrument TEXT, title TEXT, kind TEXT, rank INTEGER, cite_as TEXT,
  language TEXT, under_instrument TEXT, under_label TEXT, links INTEGER, resolved INTEGER, key BLOB);
CREATE TABLE row (
  id INTEGER PRIMARY KEY, file INTEGER, sort TEXT, label TEXT, folded TEXT, citation TEXT, start TEXT, "end" TEXT,
  norms INTEGER, assured INTEGER, defines INTEGER, refers INTEGER, line INTEGER,
  words INTEGER, sentences INTEGER, syllables INTEGER, modal INTEGER, unused TEXT);
CREATE INDEX row_folded ON row (folded);
CREATE TABLE body (
  id INTEGER PRIMARY KEY, label TEXT, heading TEXT, terms TEXT, names TEXT, path TEXT, text TEXT);
CREATE VIRTUAL TABLE fts USING fts5(
  label, heading, terms, names, path, text, content='body', content_rowid='id',
  tokenize="porter unicode61 remove_diacritics 2", prefix='3');
CREATE TABLE norm (
  id INTEGER PRIMARY KEY, "row" INTEGER, key TEXT, label TEXT, citation TEXT, modality TEXT, line INTEGER, words TEXT);
CREATE INDEX norm_row ON norm ("row");
CREATE TABLE norm_name (role TEXT, name TEXT, norm INTEGER, PRIMARY KEY (role, name, norm)) WITHOUT ROWID;
CREATE INDEX norm_name_norm ON norm_name (norm);
CREATE TABLE cite (instrument TEXT, label TEXT, "row" INTEGER, PRIMARY KEY (instrument, label, "row")) WITHOUT ROWID;
CREATE INDEX cite_folded ON cite (lower(label));
CREATE INDEX cite_row ON cite ("row");
CREATE TABLE kin (sort TEXT, name TEXT, other TEXT, way TEXT, PRIMARY KEY (sort, name, other, way)) WITHOUT ROWID;
"""
VERSION = "1"


def number_of(file: int, sort: str, place: int) -> int:
    """The number of a row."""
    return file << FILE_BITS | SORTS.index(sort) << PLACE_BITS | place


def add(connection: sqlite3.Connection, id: int, file: FileRows, key: bytes) -> None:
    """Write the rows of a file, which must not be there."""
    connection.execute(
        "INSERT INTO file VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            id,
            file.path,
            file.instrument,
            file.title,
            file.kind,
            file.rank,
            file.cite_as,
            file.language,
            *file.under,
            file.links,
            file.resolved,
            key,
        ),
    )
    rows: list[tuple[object, ...]] = []
    bodies: list[tuple[object, ...]] = []
    norms: list[tuple[object, ...]] = []
    names: set[tuple[str, str, int]] = set()
    cites: list[tuple[str, str, int]] = []
    places = dict.fromkeys(SORTS, 0)
    for row in file.rows[: (1 << PLACE_BITS) - 1]:
        number = number_of(id, row.sort, places[row.sort])
        places[row.sort] += 1
        rows.append(
            (number, id, row.sort, row.label, row.label.casefold(), row.citation, row.start, row.end,
             len(row.norms), row.assured, bool(row.terms), bool(row.cites), row.line, row.measure.words,
             row.measure.sentences, row.measure.syllables, row.measure.modal, BETWEEN.join(row.unused))
        )  # fmt: skip
        bodies.append(
            (
                number,
                row.label,
                row.heading,
                BETWEEN.join(row.terms),
                row.names,
                BETWEEN.join(row.path),
                row.text,
            )
        )
        for norm in row.norms:
            place = id << FILE_BITS | len(norms)
            norms.append(
                (
                    place,
                    number,
                    norm.id,
                    norm.label,
                    norm.citation,
                    norm.modality,
                    norm.line,
                    norm.words,
                )
            )
            for role, given in (
                ("bearer", norm.bearers),
                ("excepted", norm.excepted),
                ("act", norm.acts),
                ("state", norm.states),
            ):
                names.update((role, name, place) for name in given)
        cites += [(instrument, label, number) for instrument, label in row.cites]
    many = connection.executemany
    many("INSERT INTO row VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    many("INSERT INTO body VALUES (?,?,?,?,?,?,?)", bodies)
    many(
        "INSERT INTO fts(rowid, label, heading, terms, names, path, text) VALUES (?,?,?,?,?,?,?)",
        bodies,
    )
    many("INSERT INTO norm VALUES (?,?,?,?,?,?,?,?)", norms)
    many("INSERT INTO norm_name VALUES (?,?,?)", sorted(names))
    many("INSERT INTO cite VALUES (?,?,?)", cites)


def remove(connection: sqlite3.Connection, id: int) -> None:
    """Forget a file with its rows."""
    span = (id << FILE_BITS, (id + 1 << FILE_BITS) - 1)
    columns = ", ".join(COLUMNS)
    connection.execute(
        f"INSERT INTO fts(fts, rowid, {columns}) SELECT 'delete', id, {columns} FROM body WHERE id BETWEEN ? AND ?",
        span,
    )
    for table, column in (
        ("body", "id"),
        ("row", "id"),
        ("norm", "id"),
        ("norm_name", "norm"),
        ("cite", '"row"'),
    ):
        connection.execute(f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", span)
    connection.execute("DELETE FROM file WHERE id = ?", (id,))


def relate(connection: sqlite3.Connection, kin: Iterable[tuple[str, str, str, str]]) -> None:
    """Write anew which names are broader and narrower: (sort, name, other, `up` or `down`)."""
    connection.execute("DELETE FROM kin")
    connection.executemany("INSERT OR IGNORE INTO kin VALUES (?,?,?,?)", kin)


def numbered(known: dict[str, int], paths: list[str]) -> dict[str, int] | None:
    """Numbers for files in the order of `paths`, those known kept; None where there is no room left."""
    found: dict[str, int] = {}
    before = 0
    for at, path in enumerate(paths):
        number = known.get(path)
        if number is None:
            later = next((known[each] for each in paths[at + 1 :] if each in known), 0)
            number = before + GAP if not later else (before + later) // 2
        if number <= before:
            return None
        found[path] = before = number
    return found
