"""Where a missing declaration goes: into the block where it is missed, or beneath what it belongs to."""

from __future__ import annotations

import re

from writ.diagnostics import LENGTH_BITS, LENGTH_MASK
from writ.lsp.analysis.navigation import by_name, declarations
from writ.lsp.analysis.snapshot import Snapshot
from writ.lsp.analysis.text import Edit
from writ.syntax import tree

_FORM = {
    "fact": '{0}: yes-no "{1}"',
    "kind": '{0} "{1}"\n  first-value "a first value"',
    "calendar": '{0} "{1}"\n  weekend saturday, sunday',
}

Edits = dict[str, list[Edit]]


def declare(snapshot: Snapshot, path: str, offset: int, sort: str, name: str) -> Edits | None:
    """The declaration of a name, at the head of the block that holds an offset; else of a new block at the end."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        return None
    said = _FORM.get(sort, '{0} "{1}"').format(name, name.replace("-", " "))
    return _placed(snapshot, path, offset, f"{sort} {said}\n")


def _placed(snapshot: Snapshot, path: str, offset: int, written: str) -> Edits | None:
    source, file = snapshot.book.sources.get(path), snapshot.files.get(path)
    if source is None or file is None:
        return None
    if "\r\n" in source.text:
        written = written.replace("\n", "\r\n")
    end_of_line = "\r\n" if "\r\n" in source.text else "\n"
    for block in file.blocks:
        start = block >> LENGTH_BITS
        if start <= offset <= start + (block & LENGTH_MASK):
            return {path: [Edit(start, start, f"{written}{end_of_line}")]}
    end = len(source.text)
    before = "" if source.text.endswith("\n") else end_of_line
    fenced = f"{before}{end_of_line}```writ{end_of_line}{written}```{end_of_line}"
    return {path: [Edit(end, end, fenced)]}


def add_attribute(
    snapshot: Snapshot, path: str, offset: int, owner: str, name: str
) -> Edits | None:
    """A yes-no attribute beneath the head of what it belongs to; `actor` may have to be begun."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        return None
    line = f'  {name}: yes-no "{name.replace("-", " ")}"\n'
    if owner == "actor":
        for file in snapshot.files.values():
            for statement in file.statements:
                if isinstance(statement, tree.Declaration) and statement.kind == "actor":
                    return _beneath(snapshot, file.path, statement.span >> LENGTH_BITS, line)
        return _placed(snapshot, path, offset, f"actor\n{line}")
    symbol = by_name(snapshot, owner)
    if symbol is None:
        return None
    for place in declarations(snapshot, symbol):
        return _beneath(snapshot, place.path, place.start, line)
    return None


def _beneath(snapshot: Snapshot, path: str, offset: int, line: str) -> Edits | None:
    """A line behind the head of the declaration at an offset, and the text that describes it."""
    text = snapshot.book.sources[path].text
    if "\r\n" in text:
        line = line.replace("\n", "\r\n")
    at = text.find("\n", offset)
    if at < 0:
        return {path: [Edit(len(text), len(text), "\n" + line.rstrip())]}
    at += 1
    described = re.compile(r'[ \t]+"[^"\n]*"[ \t]*\r?\n').match(text, at)
    if described is not None:
        at = described.end()
    return {path: [Edit(at, at, line)]}
