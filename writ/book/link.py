"""Trees to a book: vocabulary first, then each file by itself, then what crosses files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from writ.book.assembly import Assembly
from writ.book.assured import link_assurances
from writ.book.definitions import define
from writ.book.draft import Mention, Part
from writ.book.instruments import (
    BOOK_FILE,
    Manifest,
    check_calendar,
    read_instrument,
    read_manifest,
)
from writ.book.lexicon import Lexicon
from writ.book.lost import NONE, Troubles, lost_names, names_of_lost_file
from writ.book.model import Assurance, Book
from writ.book.norms import link_norms
from writ.book.references import provision
from writ.book.report import Report
from writ.book.vocabulary import Built, build
from writ.diagnostics import Diagnostic, Source
from writ.syntax import tree
from writ.syntax.clauses import STATEMENTS


def link(
    files: Sequence[tree.File],
    sources: Mapping[str, Source],
    troubles: Troubles | None = None,
    root: str = "",
) -> tuple[Book, list[Diagnostic]]:
    """The book of these files, with whatever could be linked. `troubles` are the lines with errors of syntax."""
    linker = Linker(files, sources, troubles or {})
    return linker.book(root)


class Linker:
    """Links a book, and keeps what it needs to link one file again."""

    def __init__(
        self,
        files: Iterable[tree.File],
        sources: Mapping[str, Source],
        troubles: Troubles,
    ) -> None:
        self.files = {file.path: file for file in sorted(files, key=lambda file: file.path)}
        self.sources = dict(sources)
        self.troubles = dict(troubles)
        self.manifest: Manifest
        self.built: Built
        self.lexicon: Lexicon
        self.declaring: dict[str, Report] = {}
        self.parts: dict[str, Part] = {}
        self.assembly = Assembly()
        self.declare()
        for path in self.files:
            self.part(path)

    def declare(self) -> None:
        """Read the manifest and every declaration."""
        self.declaring = {path: self._report(path) for path in self.files}
        front = self.files.get(BOOK_FILE)
        self.manifest = (
            Manifest() if front is None else read_manifest(self.declaring[BOOK_FILE], front)
        )
        declared = [
            (self.declaring[path], item)
            for path, file in self.files.items()
            for item in file.statements
            if isinstance(item, tree.Declaration)
        ]
        self.built = build(
            declared,
            frozenset(
                name for path, lines in self.troubles.items() for name in self._lost(path, lines)
            ),
        )
        self.lexicon = Lexicon(self.built)
        sorts = self.built.names.sorts
        define(
            self.lexicon,
            [each for each in declared if each[1].kind == sorts.get(each[1].name) == "definition"],
        )
        if front is not None:
            check_calendar(self.declaring[BOOK_FILE], self.manifest, self.lexicon)

    def _lost(self, path: str, lines: frozenset[int]) -> set[str]:
        source = self.sources[path]
        file = self.files.get(path)
        if file is not None and not file.blocks:
            return names_of_lost_file(source) | lost_names(source, lines)
        return lost_names(source, lines)

    def _report(self, path: str) -> Report:
        return Report(self.sources[path], self.troubles.get(path, NONE))

    def part(self, path: str) -> None:
        """Link one file by itself."""
        self.parts[path] = link_file(
            self.files[path], self._report(path), self.manifest, self.lexicon
        )

    def book(self, root: str = "") -> tuple[Book, list[Diagnostic]]:
        """The book as it now stands."""
        return self.assembly.book(
            self.manifest,
            self.built.vocabulary,
            self.parts,
            self.sources,
            root,
            [each for report in self.declaring.values() for each in report.found],
        )


def link_file(file: tree.File, report: Report, manifest: Manifest, lexicon: Lexicon) -> Part:
    """What one file contributes, as far as it and the vocabulary tell."""
    partial = bool(report.troubles)
    norms = [item for item in file.statements if isinstance(item, tree.NormStatement)]
    assurances = [item for item in file.statements if isinstance(item, tree.AssuranceStatement)]
    labels = frozenset(
        [heading.label for heading in file.headings if heading.label]
        + [norm.label for norm in norms]
        + [assurance.label for assurance in assurances]
    )
    nothing = Part(file.path, None, 0, (), (), labels, (), partial)
    if file.path == BOOK_FILE:
        if norms or assurances:
            what = "norm" if norms else "assurance"
            report.add(
                "V247",
                norms[0].span if norms else assurances[0].span,
                f"`book.md` names the book, and no {what} can be cited from it",
                f"move the {what} into the file of an instrument",
            )
        return _with(nothing, report)
    if file.front is None:
        if file.blocks and not partial:
            report.add(
                "V242",
                file.blocks[0],
                "this file has a `writ` block, and no front matter to say which instrument it is",
                "begin it with `id`, `title`, `kind` and `in-force` between two lines of `---`",
            )
        return _with(nothing, report)
    if not file.front.values and partial:
        return nothing
    if "book" in file.front.values and "id" not in file.front.values:
        report.add(
            "V240",
            file.front.span,
            f"`{file.path}` begins another book",
            "give the folder of one book; a book does not lie inside another",
        )
        return _with(nothing, report)
    instrument, under, span = read_instrument(report, file, manifest, lexicon)
    if instrument is None:
        claim = file.front.values.get("id", "")
        return _with(nothing, report, claim if isinstance(claim, str) else "")
    found, mentions = link_norms(lexicon, report, instrument, norms)
    if under:
        ref = provision(report, under, span)
        if ref is not None:
            mentions = (Mention("under", instrument.id, span, (ref,)), *mentions)
    assured: tuple[Assurance, ...] = ()
    if assurances:
        taken = [norm.label for norm in norms if norm.kind not in STATEMENTS]
        assured = link_assurances(lexicon, report, instrument, assurances, taken)
    return Part(
        file.path,
        instrument,
        instrument.place.span,
        found,
        mentions,
        labels,
        tuple(report.found),
        partial,
        assurances=assured,
    )


def _with(part: Part, report: Report, claim: str = "") -> Part:
    found = tuple(report.found)
    return Part(part.path, None, 0, (), (), part.labels, found, part.partial, claim)
