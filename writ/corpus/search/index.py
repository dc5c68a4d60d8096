"""The index of a book: made at first use, brought up to date by file, kept in the book's cache folder.

An index that is kept is never written to. A new one is made aside, from a copy of the old, and put in its place in one
step: readers see the old or the new, and of two writers the last wins, with the same content. It is used only if a
sealed note of the store says that this user made this very file (its inode, size and time of change) from this content.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import msgspec

from writ.book.cache import digest_of, digest_of_all, load_cached
from writ.book.load import read_folder
from writ.book.model import Book
from writ.book.store import Store
from writ.corpus.search import schema
from writ.corpus.search.cases import MAX_BYTES, PATTERN, rows_of_cases
from writ.corpus.search.rows import FileRows, Prepared, rows_of
from writ.corpus.search.sidecars import NOTHING, kept, sidecar_of
from writ.diagnostics import Severity

NAME = "search.sqlite3"


class _Note(msgspec.Struct, frozen=True, array_like=True):
    """What an index was made from, by which program, and which file it is."""

    content: bytes
    program: bytes
    file: tuple[int, int, int]


class Index:
    """An index that can be asked. `errors` counts the errors of the book: what they spoil is not in it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
        values = dict(connection.execute("SELECT key, value FROM meta"))
        self.errors = int(values.get("errors", "0"))
        self.norms: list[tuple[int, str, str]] | None = None
        """Row, modality and bearer of each norm, once facets were asked for."""

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()


def index_of(book: Book, folder: Path | None = None) -> Index:
    """An index of a book in memory; with its folder, also of the cases and sidecars there."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(schema.TABLES)
    _update(connection, book, folder, 0)
    return Index(connection)


def write_index(book: Book, place: Path) -> None:
    """Write the index of a book that has no folder to a file, whole or not at all.

    It is made aside, brought to the disk, and put in its place in one step. Who writes meanwhile writes the same.
    """
    descriptor, draft = tempfile.mkstemp(prefix=f"{place.name}.", dir=place.parent)
    os.close(descriptor)
    try:
        with contextlib.closing(sqlite3.connect(draft)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(schema.TABLES)
            _update(connection, book, None, 0)
        with open(draft, "rb") as written:
            os.fsync(written.fileno())
        os.replace(draft, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise


def read_index(place: Path) -> Index:
    """The index that `write_index` wrote.

    Raises:
        sqlite3.Error: there is none, or it is damaged.
    """
    return Index(_connect(place))


def open_index(folder: Path, cache: bool = True) -> Index:
    """The index of the book in a folder, made or brought up to date where it is not."""
    store = Store.of(folder) if cache else None
    if store is not None:
        for _ in range(2):
            with contextlib.suppress(sqlite3.Error, OSError):
                index = _kept(store, _content(folder)) or _renewed(store, folder)
                if index is not None:
                    return index
            with contextlib.suppress(OSError):  # what cannot be read is made anew
                (store.folder / NAME).unlink()
    book, errors = _loaded(folder)
    index = index_of(book, folder)
    index.errors = errors
    return index


def _kept(store: Store, content: bytes) -> Index | None:
    """The index that is there, if it is of this content."""
    note = _note(store)
    if note is None or note.content != content or note.file != _state(store.folder / NAME):
        return None
    return Index(_connect(store.folder / NAME))


def _renewed(store: Store, folder: Path) -> Index | None:
    """A new index in the place of the old; None where the folder cannot be written."""
    content = _content(folder)
    book, errors = _loaded(folder)
    with contextlib.suppress(OSError):
        store.folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor, draft = tempfile.mkstemp(prefix=f"{NAME}.", dir=store.folder)
    except OSError:
        return None
    os.close(descriptor)
    try:
        note = _note(store)
        place = store.folder / NAME
        old = note is not None and note.program == program() and note.file == _state(place)
        if old:
            shutil.copyfile(place, draft)
        with contextlib.closing(sqlite3.connect(draft)) as connection:
            connection.execute(
                "PRAGMA journal_mode = OFF"
            )  # a draft that is cut off is thrown away
            connection.execute("PRAGMA synchronous = OFF")
            if not old:
                connection.executescript(schema.TABLES)
            _update(connection, book, folder, errors)
        os.replace(draft, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
    store.put("search", b"", msgspec.msgpack.encode(_Note(content, program(), _state(place))))
    return Index(_connect(place))


def _update(connection: sqlite3.Connection, book: Book, folder: Path | None, errors: int) -> None:
    """Write what changed, and nothing else."""
    known = {
        path: (id, key) for id, path, key in connection.execute("SELECT id, path, key FROM file")
    }
    prepared = Prepared(book)
    keys = dict(_keys(prepared, folder))
    numbers = schema.numbered({path: id for path, (id, _) in known.items()}, sorted(keys))
    if numbers is None:  # no room between two files: all get new numbers
        for id, _ in known.values():
            schema.remove(connection, id)
        known = {}
        numbers = schema.numbered({}, sorted(keys)) or {}
    changed = 0
    for path, (id, key) in known.items():
        if keys.get(path) != key:
            schema.remove(connection, id)
    instruments = {each.place.file: each for each in book.instruments.values()}
    for path, key in keys.items():
        if path in known and known[path][1] == key:
            continue
        changed += 1
        if path in instruments:
            one = instruments[path]
            sidecar = kept(sidecar_of(folder, path)) if folder else NOTHING
            rows: FileRows = rows_of(prepared, one, sidecar)
        elif folder is not None:
            rows = rows_of_cases(path, (folder / path).read_bytes())
        else:
            continue
        schema.add(connection, numbers[path], rows, key)
    schema.relate(connection, _kin(book))
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('errors', ?)", (str(errors),))
    if changed > len(known) // 2:
        connection.execute("INSERT INTO fts(fts) VALUES ('optimize')")
        connection.execute("ANALYZE")
    connection.commit()


def _keys(prepared: Prepared, folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Every file that has rows, with a digest of all they follow from."""
    for one in prepared.book.instruments.values():
        path = one.place.file
        key = hashlib.blake2b(prepared.key(one), digest_size=16)
        key.update(prepared.book.sources[path].text.encode("utf-8", "surrogatepass"))
        if folder is not None:
            key.update(repr(_state(sidecar_of(folder, path))).encode())
        yield path, key.digest()
    if folder is not None:
        for path, file in _cases(folder):
            yield path, hashlib.blake2b(file.read_bytes(), digest_size=16).digest()


def _kin(book: Book) -> Iterator[tuple[str, str, str, str]]:
    words = book.vocabulary
    for sort, way, table in (
        ("actor", "up", words.actor_up),
        ("actor", "down", words.actor_down),
        ("act", "up", words.act_up),
        ("act", "down", words.act_down),
    ):
        for name, others in table.items():
            for other in others:
                yield sort, name, other, way


def _loaded(folder: Path) -> tuple[Book, int]:
    book, found = load_cached(folder)
    return book, sum(one.severity is Severity.ERROR for one in found)


def _content(folder: Path) -> bytes:
    """A digest of all that an index of the folder is made from.

    Of a sidecar its size and time of change: it is ten times as long as the text, and made by a program.
    """
    contents, _ = read_folder(folder)
    whole = hashlib.blake2b(program(), digest_size=32)
    whole.update(digest_of_all({name: digest_of(data) for name, data in contents.items()}))
    for name in contents:
        whole.update(repr(_state(sidecar_of(folder, name))).encode())
    for path, file in _cases(folder):
        whole.update(path.encode("utf-8", "surrogateescape") + digest_of(file.read_bytes()))
    return whole.digest()


@lru_cache(maxsize=1)
def program() -> bytes:
    """What tells one version of this package from another, a working copy included."""
    state = [schema.VERSION, sqlite3.sqlite_version]
    for file in sorted(Path(__file__).parent.glob("*.py")):
        found = file.stat()
        state.append(f"{file.name} {found.st_size} {found.st_mtime_ns}")
    return hashlib.blake2b("\n".join(state).encode(), digest_size=16).digest()


def _cases(folder: Path) -> list[tuple[str, Path]]:
    found = [
        (file.relative_to(folder).as_posix(), file)
        for file in folder.rglob(PATTERN)
        if not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]
    return sorted(
        (path, file) for path, file in found if file.is_file() and file.stat().st_size <= MAX_BYTES
    )


def _note(store: Store) -> _Note | None:
    data = store.get("search", b"")
    with contextlib.suppress(msgspec.DecodeError):
        return msgspec.msgpack.decode(data, type=_Note) if data is not None else None
    return None


def _state(path: Path) -> tuple[int, int, int]:
    """Which file it is, and when it was last touched; the time of change is the system's, not to be set by hand."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_ino, found.st_size, found.st_ctime_ns


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    connection.execute("PRAGMA mmap_size = 1073741824")
    return connection
