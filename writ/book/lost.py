"""What errors of syntax have cost.

A name in a line that the parser refused is not a second mistake wherever it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from writ.diagnostics import Diagnostic, Severity, Source
from writ.syntax.clauses import WITH_CLAUSES
from writ.syntax.declarations import KINDS as DECLARATIONS

Troubles = Mapping[str, frozenset[int]]
"""The lines with errors of syntax, by file."""

NONE: frozenset[int] = frozenset()

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_FAR = 200
"""Lines of one statement that are looked through."""


def troubles(diagnostics: Iterable[Diagnostic]) -> dict[str, frozenset[int]]:
    """Where the errors of syntax are."""
    found: dict[str, set[int]] = {}
    for each in diagnostics:
        if each.severity is Severity.ERROR:
            found.setdefault(each.span.file, set()).add(each.span.line)
    return {path: frozenset(lines) for path, lines in found.items()}


def lost_names(source: Source, lines: Iterable[int]) -> set[str]:
    """The names that refused lines may have declared: that of the statement, and the first word of the line."""
    found: set[str] = set()
    for number in lines:
        if source.line(number).lstrip()[:3] in ("```", "~~~"):
            found |= _declared(source, number + 1)
            continue
        head = number
        while head > 1 and source.line(head)[:1] in (" ", "\t", "") and number - head < _FAR:
            head -= 1
        words = _NAME.findall(source.line(head))
        if not words or words[0] in WITH_CLAUSES:
            continue
        found.update(words[1:2])
        if head != number:
            found.update(_NAME.findall(source.line(number))[:1])
    return found


_DECLARED = re.compile(
    rf"(?:^|[\r\n])(?:(?:{'|'.join(DECLARATIONS)})[ \t]+|[ \t]+(?=[a-z0-9-]+:))([a-z][a-z0-9-]*)"
)


def names_of_lost_file(source: Source) -> set[str]:
    """What a file that the parser refused as a whole may have declared."""
    return set(_DECLARED.findall(source.text.replace("\0", "")))  # as UTF-16 has them


def _declared(source: Source, first: int) -> set[str]:
    """What a block that was not read may have declared; it starts at the line `first`."""
    found: set[str] = set()
    for number in range(first, first + _FAR):
        line = source.line(number)
        if line.lstrip()[:3] in ("```", "~~~"):
            break
        found.update(_DECLARED.findall(line))
    return found
