"""A book that is being edited: one file changes, and only what depends on it is linked again."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from pathlib import Path

from writ.book.affected import changed_words, mentions
from writ.book.instruments import BOOK_FILE
from writ.book.lexicon import Lexicon
from writ.book.link import Linker
from writ.book.load import Parsed, nothing_in, parse_all, read_folder, source_of
from writ.book.lost import NONE, troubles
from writ.diagnostics import Diagnostic, Source, ordered
from writ.syntax.parser import parse_bytes, parse_text
from writ.syntax.tree import Declaration, File


class Workspace:
    """The trees, the book and the diagnostics of a folder, kept up to date by `update` and `remove`.

    INVARIANT: `book` and `diagnostics` are what loading the same texts afresh would give.
    """

    def __init__(self, path: Path) -> None:
        contents, unread = read_folder(path)
        sources = {name: source_of(name, data) for name, data in contents.items()}
        self._begin(parse_all(contents), sources, str(path), unread)
        _settle()

    @classmethod
    def of_texts(cls, texts: Mapping[str, str], *, still: bool = True) -> Workspace:
        """A workspace without a folder. `still`: the process does little else than edit it, so that the collector need
        not look at it again."""
        self = cls.__new__(cls)
        parsed = Parsed()
        for name, text in texts.items():
            parsed.add(*parse_text(name, text))
        sources = {name: Source.of(name, text) for name, text in texts.items()}
        self._begin(parsed, sources, "", None)
        if still:
            _settle()
        return self

    def _begin(
        self,
        parsed: Parsed,
        sources: dict[str, Source],
        root: str,
        unread: list[Diagnostic] | None,
    ) -> None:
        self._root = root
        self._unread = unread
        self._syntax: dict[str, list[Diagnostic]] = {}
        for each in parsed.diagnostics:
            self._syntax.setdefault(each.span.file, []).append(each)
        self._linker = Linker(parsed.files, sources, troubles(parsed.diagnostics))
        self._assemble()

    def update(self, path: str, text: str) -> None:
        """Take over the new text of one file, or a new file; `path` is relative to the folder."""
        self._take(path, Source.of(path, text), *parse_text(path, text))

    def update_bytes(self, path: str, data: bytes) -> None:
        """The same of a file as it was read: it may be no text."""
        self._take(path, source_of(path, data), *parse_bytes(path, data))

    @property
    def files(self) -> dict[str, File]:
        """The trees of the files by path, as they now are."""
        return dict(self._linker.files)

    @property
    def lexicon(self) -> Lexicon:
        """What the names of the book now mean."""
        return self._linker.lexicon

    def _take(self, path: str, source: Source, file: File, found: list[Diagnostic]) -> None:
        linker = self._linker
        old = linker.files.get(path)
        linker.sources[path] = source
        self._syntax[path] = found
        before = linker.troubles.pop(path, NONE)
        linker.troubles.update(troubles(found))
        linker.files[path] = file
        if old is None:
            linker.files = dict(sorted(linker.files.items()))
        if self._unread is not None:
            self._unread = [each for each in self._unread if each.span.file != path]
        self._relink(path, old, file, before)

    def remove(self, path: str) -> None:
        """Forget one file."""
        linker = self._linker
        old = linker.files.pop(path, None)
        if old is None:
            return
        del linker.sources[path]
        del linker.parts[path]
        self._syntax.pop(path, None)
        self._relink(path, old, None, linker.troubles.pop(path, NONE))

    def _relink(
        self, path: str, old: File | None, new: File | None, before: frozenset[int]
    ) -> None:
        linker = self._linker
        stale = {path} if new is not None else set()
        troubled = bool(before or path in linker.troubles)
        if path == BOOK_FILE or troubled or _declares(old) or _declares(new):
            stale |= self._redeclare()
        for each in stale:
            linker.part(each)
        if old is None:
            linker.parts = {name: linker.parts[name] for name in linker.files}
        self._assemble()

    def _redeclare(self) -> set[str]:
        """Declare everything again, since places moved; the files for which words changed are stale."""
        linker = self._linker
        built, manifest = linker.built, linker.manifest
        linker.declare()
        if linker.manifest.ranks != manifest.ranks:
            return set(linker.files)
        words = changed_words(built, linker.built)
        if words is None:
            return set(linker.files)
        if not words:
            return set()
        # What a diagnostic suggests depends on every name there is.
        return {
            name
            for name, part in linker.parts.items()
            if part.diagnostics or mentions(linker.sources[name].text, words)
        }

    def _assemble(self) -> None:
        linker = self._linker
        self.book, found = linker.book(self._root)
        for each in self._syntax.values():
            found += each
        if self._unread is not None:
            found += self._unread or nothing_in(self.book, found)
        self.diagnostics = ordered(found)


def _settle() -> None:
    """The book stays: without this the collector walks all of it again at every few edits."""
    gc.collect()
    gc.freeze()


def _declares(file: File | None) -> bool:
    return file is not None and any(isinstance(item, Declaration) for item in file.statements)
