"""What the compiler says of a draft, as data for a browser. Columns count UTF-16 units, as browsers do."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django.utils.translation import gettext

from ministry.statutes.drafting.merge import MARKED
from writ.diagnostics import Diagnostic, Severity
from writ.lsp.analysis.completion import Completion
from writ.lsp.analysis.findings import extent
from writ.lsp.analysis.fixes import fixes
from writ.lsp.analysis.hover import Hover
from writ.lsp.analysis.offers import Offer
from writ.lsp.analysis.snapshot import Snapshot
from writ.lsp.analysis.text import Position, Text

MOST = 300
"""Findings of one answer; the rest are counted."""
MOST_FIXED = 60
"""Findings of the file in hand whose ways out are looked for."""
_END = re.compile(r"\$0|\$\{0\}")


def problems(snapshot: Snapshot, file: str) -> dict[str, Any]:
    """What is wrong in a draft: of the file in hand with ranges and ways out, of the others where."""
    found = snapshot.diagnostics
    mine = [one for one in found if one.span.file == file]
    others = [one for one in found if one.span.file != file]
    source = snapshot.source(file)
    text = Text(source.text if source is not None else "")
    told = [problem(snapshot, one, text, at < MOST_FIXED) for at, one in enumerate(mine[:MOST])]
    clashes = undecided(text)
    count = Counter(one.severity for one in found)
    return {
        "problems": [*clashes, *told],
        "elsewhere": [brief(one) for one in others[: max(MOST - len(told), 20)]],
        "errors": count[Severity.ERROR] + len(clashes),
        "warnings": count[Severity.WARNING],
        "in_all": len(found) + len(clashes),
        "checked": snapshot.findings is not None and snapshot.whole,
    }


def brief(one: Diagnostic) -> dict[str, Any]:
    return {
        "file": one.span.file,
        "line": one.span.line,
        "severity": one.severity.name.lower(),
        "code": one.code,
        "message": one.message,
        "help": one.help,
    }


def problem(snapshot: Snapshot, one: Diagnostic, text: Text, with_fixes: bool) -> dict[str, Any]:
    source = snapshot.source(one.span.file)
    assert source is not None
    start, end = extent(source, one.span)
    ways = []
    for fix in fixes(snapshot, one)[:4] if with_fixes else ():
        if set(fix.edits) == {one.span.file}:
            edits = [
                {**ranged(text, edit.start, edit.end), "text": edit.text}
                for edit in fix.edits[one.span.file]
            ]
            ways.append({"title": fix.title, "edits": edits})
    return {**brief(one), **ranged(text, start, end), "fixes": ways}


def undecided(text: Text) -> list[dict[str, Any]]:
    """Two texts where one must stand, each with the ways to decide."""
    found = []
    for mark in MARKED.finditer(text.text):
        start, end = mark.span()
        place = ranged(text, start, end)
        first, second = mark["first"], mark["second"]
        ways = (
            (gettext("Keep the first"), first),
            (gettext("Keep the second"), second),
            (gettext("Keep both"), first + second),
        )
        found.append(
            {
                "file": "",
                "line": place["from"]["line"] + 1,
                "severity": "error",
                "code": "",
                "message": gettext("two people changed the same words: decide which stand"),
                "help": "",
                **place,
                "fixes": [
                    {"title": title, "edits": [{**place, "text": kept}]} for title, kept in ways
                ],
            }
        )
    return found


def ranged(text: Text, start: int, end: int) -> dict[str, Any]:
    """A range as lines, from 0, and columns in UTF-16 units."""
    return {"from": at(text, start), "to": at(text, end)}


def at(text: Text, offset: int) -> dict[str, int]:
    line, column = text.position(offset)
    return {"line": line, "column": column}


def offset(text: Text, line: int, column: int) -> int:
    return text.offset(Position(line, column))


def completion(text: Text, found: Completion) -> dict[str, Any]:
    return {
        **ranged(text, found.start, found.end),
        "whole": found.whole,
        "offers": [offered(one) for one in found.offers],
    }


def offered(one: Offer) -> dict[str, Any]:
    insert = one.insert or one.label
    if one.snippet:  # the editor has its own sign for where the cursor ends
        insert = _END.sub("${}", insert)
    return {
        "label": one.label,
        "sort": one.sort,
        "detail": one.detail,
        "documentation": one.documentation,
        "insert": insert,
        "snippet": one.snippet,
    }


def hovered(text: Text, found: Hover | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {**ranged(text, found.start, found.end), "markdown": found.markdown}
