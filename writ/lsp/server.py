"""The server: the texts that are open, the books that they belong to, and what is published of them."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from writ import __version__
from writ.book.instruments import BOOK_FILE
from writ.diagnostics import Diagnostic, Source
from writ.lsp.analysis.findings import alone
from writ.lsp.analysis.snapshot import CASES, JOURNAL, LAW, Location, Snapshot
from writ.lsp.analysis.text import UTF_16, Edit, Text
from writ.lsp.convert import Ranges, diagnostic
from writ.lsp.desk import Desk, from_path
from writ.lsp.protocol import Protocol

logger = logging.getLogger(__name__)

MOST_BOOKS = 50
"""Of one workspace that are opened at once; others are when a file of theirs is."""

MINUTES = 5
"""Between two looks at the calendar."""

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})


class Document:
    """A text that is open."""

    __slots__ = ("desk", "path", "text", "uri", "version")

    def __init__(self, uri: str, text: str, version: int | None) -> None:
        self.uri = uri
        self.text = Text(text)
        self.version = version
        self.desk: Desk | None = None
        self.path = ""
        """In its book; outside any, its name."""


class Server(LanguageServer):
    """A language server for books of law."""

    def __init__(self) -> None:
        super().__init__("writ", __version__, protocol_cls=Protocol)
        self.documents: dict[str, Document] = {}
        self.desks: dict[Path, Desk] = {}
        self._day = dt.date.today()
        self._clock: asyncio.Task[None] | None = None

    # --- what the client can do

    @property
    def encoding(self) -> str:
        chosen = self.protocol.server_capabilities.position_encoding
        return str(chosen.value if hasattr(chosen, "value") else chosen or UTF_16)

    @property
    def snippets(self) -> bool:
        text = self.client_capabilities.text_document
        item = text.completion.completion_item if text and text.completion else None
        return bool(item and item.snippet_support)

    def ranges(self, document: Document) -> Ranges:
        return Ranges(document.text, self.encoding)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Errors are answers, or stand in the log: nobody is shown a window for each."""
        logger.error("%s", error)

    # --- texts

    def open(self, uri: str, text: str, version: int | None) -> None:
        document = Document(uri, text, version)
        self.documents[uri] = document
        file = file_of(uri)
        folder = self.book_of(file) if file is not None else None
        if file is None or folder is None:
            document.path = file.name if file is not None else uri
            self.publish_alone(document)
            return
        document.desk = self.desk(folder)
        document.path = file.relative_to(folder).as_posix()
        document.desk.uris[document.path] = uri
        document.desk.change(document.path, document.text.text, version)
        if file.name == BOOK_FILE:
            self._adopt()

    def change(
        self, uri: str, changes: list[types.TextDocumentContentChangeEvent], version: int | None
    ) -> None:
        document = self.documents.get(uri)
        if document is None:
            return
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                ranges = self.ranges(document)
                start, end = ranges.offset(change.range.start), ranges.offset(change.range.end)
                document.text = document.text.edited(
                    Edit(min(start, end), max(start, end), change.text)
                )
            else:
                document.text = Text(change.text)
        document.version = version
        if document.desk is not None:
            document.desk.change(document.path, document.text.text, version)
        else:
            self.publish_alone(document)

    def close(self, uri: str) -> None:
        document = self.documents.pop(uri, None)
        if document is None:
            return
        if document.desk is not None:
            document.desk.uris.pop(document.path, None)
            document.desk.release(document.path)
        else:
            self.send(uri, [], None)

    def _adopt(self) -> None:
        """A book has appeared: open texts that lie in it are its own."""
        for document in list(self.documents.values()):
            if document.desk is None:
                file = file_of(document.uri)
                if file is not None and self.book_of(file) is not None:
                    self.open(document.uri, document.text.text, document.version)

    # --- books

    def book_of(self, file: Path) -> Path | None:
        """The folder of the nearest `book.md` upwards, on the disk or open in the editor."""
        if not file.name.endswith((LAW, CASES, JOURNAL)):
            return None
        for folder in file.parents:
            front = folder / BOOK_FILE
            if front.is_file() or from_path(front) in self.documents:
                inside = file.relative_to(folder).parts
                return None if any(part.startswith(".") for part in inside) else folder
        return None

    def desk(self, folder: Path) -> Desk:
        found = self.desks.get(folder)
        if found is None:
            found = self.desks[folder] = Desk(folder, self.publish)
        return found

    def find_books(self) -> None:
        """Open the books of the workspace, so that what is wrong in them is known before a file is opened."""
        for each in self.workspace.folders.values():
            root = file_of(each.uri)
            if root is not None:
                for folder in books_in(root):
                    if len(self.desks) < MOST_BOOKS:
                        self.desk(folder)
        if not self.workspace.folders and self.workspace.root_path:
            for folder in books_in(Path(self.workspace.root_path))[:MOST_BOOKS]:
                self.desk(folder)

    def watched(self, uris: list[str]) -> None:
        """Files have changed on the disk."""
        touched: dict[Path, list[str]] = {}
        for uri in uris:
            file = file_of(uri)
            if file is None:
                continue
            if file.name == BOOK_FILE and not file.exists() and file.parent in self.desks:
                self._end(file.parent)
                continue
            folder = self.book_of(file)
            if folder is None:
                continue
            if folder not in self.desks and file.name == BOOK_FILE:
                self.desk(folder)
                self._adopt()
            for known in self.desks:
                # A book that lies around another reads its files, too.
                if file.is_relative_to(known):
                    touched.setdefault(known, []).append(file.relative_to(known).as_posix())
        for folder, paths in touched.items():
            self.desks[folder].touch(paths)

    def _end(self, folder: Path) -> None:
        """A book is gone: its open texts stand alone, and nothing is said of the others any more."""
        desk = self.desks.pop(folder)
        desk.close()
        for path in desk.published:
            self.send(desk.uri(path), [], None)
        for document in list(self.documents.values()):
            if document.desk is desk:
                self.open(document.uri, document.text.text, document.version)

    # --- asking

    async def asked(self, uri: str) -> tuple[Document, Snapshot] | None:
        """An open text with the state of its book that holds it; None where it changed meanwhile."""
        document = self.documents.get(uri)
        if document is None or document.desk is None:
            return None
        snapshot = await document.desk.settled()
        source = snapshot.source(document.path)
        if source is None or source.text != document.text.text:
            return None
        return document, snapshot

    def location(self, desk: Desk, snapshot: Snapshot, place: Location) -> types.Location | None:
        """A place in a book as the client names it."""
        source = snapshot.source(place.path)
        if source is None:
            return None
        ranges = Ranges(text_of(source.text), self.encoding)
        return types.Location(desk.uri(place.path), ranges.range(place.start, place.end))

    # --- publishing

    def publish(self, desk: Desk) -> None:
        """Send what is new of a book."""
        snapshot = desk.snapshot
        if snapshot is None:
            return
        by_path: dict[str, list[Diagnostic]] = {}
        for found in snapshot.diagnostics:
            by_path.setdefault(found.span.file, []).append(found)
        for path, listed in desk.others.items():
            if listed and snapshot.whole:
                by_path.setdefault(path, []).extend(listed)
        for path in [*by_path, *(path for path in desk.published if path not in by_path)]:
            new = by_path.get(path, [])
            if desk.published.get(path, []) == new and path not in desk.versions:
                continue
            self.send_of(desk, snapshot, path, new)
        for path, version in desk.versions.items():
            if path not in by_path and path not in desk.published and version is not None:
                self.send(desk.uri(path), [], version)
        desk.published = {path: listed for path, listed in by_path.items() if listed}

    def send_of(self, desk: Desk, snapshot: Snapshot, path: str, listed: list[Diagnostic]) -> None:
        source = snapshot.source(path) or Source.of(path, "")
        ranges = Ranges(text_of(source.text), self.encoding)

        def locate(_: str, found: Diagnostic) -> types.Location | None:
            other = snapshot.source(found.span.file)
            if other is None:
                return None
            from writ.lsp.analysis.findings import extent

            start, end = extent(other, found.span)
            return self.location(desk, snapshot, Location(found.span.file, start, end))

        items = [diagnostic(each, source, ranges, locate) for each in listed]
        self.send(desk.uri(path), items, desk.versions.get(path))

    def publish_alone(self, document: Document) -> None:
        """What is wrong in a text that belongs to no book."""
        if not document.path.endswith(LAW):
            return
        text = document.text.text
        source = Source.of(document.path, text)
        ranges = self.ranges(document)
        found = [
            diagnostic(each, source, ranges, lambda *_: None) for each in alone(document.path, text)
        ]
        self.send(document.uri, found, document.version)

    def send(self, uri: str, found: list[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, found, version=version)
        )

    def start_clock(self) -> None:
        """From now on, look again at every book when a new day has begun."""
        self._clock = asyncio.get_running_loop().create_task(self._watch_the_day())

    async def _watch_the_day(self) -> None:
        while True:
            await asyncio.sleep(MINUTES * 60)
            self.new_day(dt.date.today())

    def new_day(self, day: dt.date) -> None:
        """Some checks depend on the day."""
        if day != self._day:
            self._day = day
            for desk in self.desks.values():
                desk.recheck()

    def shut(self) -> None:
        """End the threads."""
        if self._clock is not None:
            self._clock.cancel()
        for desk in self.desks.values():
            desk.close()
        self.desks.clear()


@lru_cache(maxsize=64)
def text_of(text: str) -> Text:
    """The lines of a text, remembered: many places of one file are converted one after another."""
    return Text(text)


def file_of(uri: str) -> Path | None:
    """The file that a URI names; None for what is no file."""
    if not uri.startswith("file:"):
        return None
    try:
        path = to_fs_path(uri)
    except (ValueError, UnicodeError):
        return None
    return Path(os.path.normpath(path)) if path else None


def books_in(root: Path) -> list[Path]:
    """The folders of books beneath a folder; a book does not lie inside another."""
    found = []
    for folder, folders, names in os.walk(root):
        if BOOK_FILE in names:
            found.append(Path(os.path.normpath(folder)))
            folders.clear()
        folders[:] = sorted(
            each for each in folders if not each.startswith(".") and each not in _SKIPPED
        )
        if len(found) >= MOST_BOOKS:
            break
    return found


__all__ = ["Document", "Server"]
