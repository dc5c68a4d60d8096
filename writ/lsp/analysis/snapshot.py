"""One state of a book under edit, which never changes, and the space that makes one after another.

A space holds the texts of a folder, those that an editor has open in place of those on the disk. It is used by one
thread at a time; a snapshot by as many as like.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from writ.book.instruments import BOOK_FILE
from writ.book.lexicon import Lexicon
from writ.book.model import Book
from writ.book.workspace import Workspace
from writ.checks.run import Runner
from writ.diagnostics import LENGTH_BITS, LENGTH_MASK, Diagnostic, Source, failed, ordered
from writ.lsp.analysis import statements, symbols
from writ.lsp.analysis.symbols import Mention, Symbol
from writ.syntax.tree import File, NormStatement, Ref

_Known = dict[str, tuple[File, Lexicon, tuple[Mention, ...]]]


class Location(msgspec.Struct, frozen=True, order=True, gc=False):
    """A range of a file of the book, in offsets."""

    path: str
    start: int
    end: int


class Snapshot:
    """A book, its trees, and what is wrong in it. `findings` is None while the checks have not looked at it.

    `others` are the texts of the cases and journals in the folder.
    """

    def __init__(
        self,
        number: int,
        book: Book,
        files: Mapping[str, File],
        lexicon: Lexicon,
        compiled: list[Diagnostic],
        others: Mapping[str, str],
        known: _Known,
        findings: list[Diagnostic] | None = None,
    ) -> None:
        self.number = number
        self.book = book
        self.files = files
        self.lexicon = lexicon
        self.compiled = compiled
        self.others = others
        self.findings = findings
        self._known = known

    @property
    def whole(self) -> bool:
        """Whether the book compiles; while it does not, the checks wait."""
        return not failed(self.compiled)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What `writ check` says of the book's own files, as far as the checks have run."""
        return ordered([*self.compiled, *(self.findings or ())])

    @cached_property
    def cited(self) -> dict[str, Symbol]:
        """The provisions by their citations, where a citation is that of one provision alone."""
        found: dict[str, Symbol] = {}
        twice: set[str] = set()
        for norm in self.book.norms:
            if self.book.instruments[norm.instrument].cite(norm.label) != norm.citation:
                continue
            symbol = symbols.provision(norm.instrument, norm.label)
            if found.setdefault(norm.citation, symbol) != symbol:
                twice.add(norm.citation)
        return {citation: symbol for citation, symbol in found.items() if citation not in twice}

    @cached_property
    def referring(self) -> dict[str, list[Location]]:
        """Where the law of the book refers to each provision, by `INSTRUMENT LABEL`."""
        found: dict[str, list[Location]] = {}
        for path, file in self.files.items():
            values = file.front.values if file.front is not None else {}
            for ref in references_in(file):
                home = ref.instrument or values.get("id", "")
                start = ref.span >> LENGTH_BITS
                place = Location(path, start, start + (ref.span & LENGTH_MASK))
                found.setdefault(f"{home} {ref.label}", []).append(place)
            under = values.get("under")
            if file.front is not None and isinstance(under, str):
                span = file.front.spans["under"]
                start = span >> LENGTH_BITS
                place = Location(path, start, start + (span & LENGTH_MASK))
                found.setdefault(" ".join(under.split()), []).append(place)
        return found

    def source(self, path: str) -> Source | None:
        """The text of a file of the book, or of its cases and journals."""
        found = self.book.sources.get(path)
        if found is None and path in self.others:
            found = Source.of(path, self.others[path])
        return found

    def mentions(self, path: str) -> tuple[Mention, ...]:
        """The mentions in one file of law, in order; none where there is no such file."""
        file, source = self.files.get(path), self.book.sources.get(path)
        if file is None or source is None:
            return ()
        known = self._known.get(path)
        if known is not None and known[0] is file and known[1] is self.lexicon:
            return known[2]
        found = statements.mentions(file, source, self.lexicon)
        self._known[path] = (file, self.lexicon, found)
        return found

    def checked(self, findings: list[Diagnostic]) -> Snapshot:
        """The same state with what the checks found."""
        return Snapshot(
            self.number,
            self.book,
            self.files,
            self.lexicon,
            self.compiled,
            self.others,
            self._known,
            findings,
        )


class Space:
    """The texts of one book, and its checks, kept up to date.

    INVARIANT: after `settle` and `check` the diagnostics are those of a clean compile of the same texts.
    """

    def __init__(self, folder: Path | None, texts: Mapping[str, str] | None = None) -> None:
        """The book in a folder; or, without one, the book of these texts."""
        self.folder = folder
        self.overlay: dict[str, str] = {}
        self._texts = dict(texts or {})
        self._number = 0
        self._known: _Known = {}
        self._others: dict[str, str] = {}
        self._frozen = False
        self._open()

    def _open(self) -> None:
        if self.folder is not None:
            self._workspace = Workspace(self.folder)
            self._others = others_in(self.folder)
            for path, text in self.overlay.items():
                self._put(path, text)
        else:
            law = {path: text for path, text in self._texts.items() if path.endswith(".md")}
            self._workspace = Workspace.of_texts(law)
            self._others = {
                path: text for path, text in self._texts.items() if not path.endswith(".md")
            }
        self._runner = Runner()
        self.snapshot = self._snapshot()

    def settle(self, changes: Mapping[str, str | None]) -> Snapshot:
        """Take over texts by path; None where the editor has let go of a file, which is then what the disk says."""
        for path, text in changes.items():
            if text is None:
                self.overlay.pop(path, None)
                self._reread(path)
            else:
                self.overlay[path] = text
                self._put(path, text)
        self.snapshot = self._snapshot()
        return self.snapshot

    def reread(self, paths: list[str]) -> Snapshot:
        """Take over what the disk now says of these files, but for those that the editor has open."""
        unreadable = any(each.code == "V241" for each in self.snapshot.compiled)
        if (BOOK_FILE in paths and BOOK_FILE not in self.overlay) or unreadable:
            self._open()
            return self.snapshot
        for path in paths:
            if path not in self.overlay:
                self._reread(path)
        self.snapshot = self._snapshot()
        return self.snapshot

    def check(
        self, stopped: Callable[[], bool] = lambda: False, today: dt.date | None = None
    ) -> Snapshot | None:
        """Let the checks look at the last snapshot; None if it was stopped. A book that does not compile waits."""
        last = self.snapshot
        if not last.whole:
            self.snapshot = last.checked([])
            return self.snapshot
        found = self._runner.run_unless(last.book, stopped, today or dt.date.today())
        if found is None:
            return None
        if not self._frozen:
            # What the checks remember stays, too (see `Workspace`).
            self._frozen = True
            gc.collect()
            gc.freeze()
        self.snapshot = last.checked(found)
        return self.snapshot

    # --- files

    def _put(self, path: str, text: str) -> None:
        if path.endswith(".md"):
            self._workspace.update(path, text)
        else:
            self._others = {**self._others, path: text}

    def _reread(self, path: str) -> None:
        data = self._on_disk(path)
        if data is None and self.folder is not None and (self.folder / path).exists():
            self._open()  # there is something to say of it
            return
        if not path.endswith(".md"):
            others = {name: text for name, text in self._others.items() if name != path}
            if data is not None:
                others[path] = data.decode("utf-8-sig", "replace")
            self._others = dict(sorted(others.items()))
        elif data is None:
            self._workspace.remove(path)
        else:
            self._workspace.update_bytes(path, data)

    def _on_disk(self, path: str) -> bytes | None:
        from writ.book.load import read_file

        if self.folder is None:
            return self._texts[path].encode() if path in self._texts else None
        try:
            return read_file(str(self.folder / path))
        except OSError:
            return None

    def _snapshot(self) -> Snapshot:
        self._number += 1
        workspace = self._workspace
        return Snapshot(
            self._number,
            workspace.book,
            workspace.files,
            workspace.lexicon,
            workspace.diagnostics,
            self._others,
            self._known,
        )


CASES, JOURNAL = ".cases.yaml", ".journal"
LAW = ".md"
MOST_BYTES = 4_000_000
"""Of a file of cases or a journal that is looked through for names."""


def others_in(folder: Path) -> dict[str, str]:
    """The texts of the cases and journals in the folder of a book; what cannot be read is left out."""
    import os

    found: dict[str, str] = {}
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in names:
            if not each.endswith((CASES, JOURNAL)) or each.startswith("."):
                continue
            path = Path(place, each)
            try:
                if path.is_file() and path.stat().st_size <= MOST_BYTES:
                    text = path.read_bytes().decode("utf-8-sig")
                    found[path.relative_to(folder).as_posix()] = text
            except (OSError, UnicodeDecodeError):
                continue
    return dict(sorted(found.items()))


def references_in(file: File) -> Iterator[Ref]:
    """Every reference of a file to a provision."""
    for statement in file.statements:
        if isinstance(statement, NormStatement):
            yield from statement.refs
            yield from statement.over
            for clause in statement.clauses:
                yield from clause.refs
