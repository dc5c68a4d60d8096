"""Diagnostics of what is open: cases and journals, which a compile of the book does not read; and where they stand."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from writ.diagnostics import Diagnostic, Source, Span, failed
from writ.lsp.analysis.snapshot import CASES, JOURNAL, Snapshot
from writ.syntax.parser import parse_text


def of_text(snapshot: Snapshot, path: str, text: str) -> list[Diagnostic]:
    """What is wrong in a file of cases or a journal; nothing while the book does not compile."""
    if not snapshot.whole:
        return []
    if path.endswith(CASES):
        from writ.engine.cases import read_cases

        return read_cases(snapshot.book, text, path)[1]
    if path.endswith(JOURNAL):
        from writ.journal.check import check_journal
        from writ.journal.read import read_journal

        journal, found = read_journal(text, snapshot.book, path)
        return [*found, *(() if failed(found) else check_journal(snapshot.book, journal))]
    return []


def alone(path: str, text: str) -> list[Diagnostic]:
    """What is wrong in a text that belongs to no book: its syntax. Markdown that is no law has nothing wrong."""
    file, found = parse_text(path, text)
    return found if file.blocks or any(each.code == "S114" for each in found) else []


def moved(found: Iterable[Diagnostic], old: Source, new: Source) -> list[Diagnostic]:
    """Findings in a text after an edit, as long as nobody has looked again: those beside the lines that changed."""
    before, after = old.text.split("\n"), new.text.split("\n")
    most = min(len(before), len(after))
    same = next((at for at in range(most) if before[at] != after[at]), most)
    rest = next((at for at in range(most - same) if before[-1 - at] != after[-1 - at]), most - same)
    by = len(after) - len(before)
    kept = []
    for each in found:
        span = each.span
        if span.end_line <= same:
            kept.append(each)
        elif span.line > len(before) - rest:
            place = Span(
                span.file, span.line + by, span.column, span.end_line + by, span.end_column
            )
            kept.append(msgspec.structs.replace(each, span=place))
    return kept


def extent(source: Source, span: Span) -> tuple[int, int]:
    """The offsets of a span; a place beyond the text is its end."""
    return _offset(source, span.line, span.column), _offset(source, span.end_line, span.end_column)


def _offset(source: Source, line: int, column: int) -> int:
    if line < 1:
        return 0
    if line > len(source.starts):
        return len(source.text)
    return min(source.starts[line - 1] + max(column, 1) - 1, len(source.text))
