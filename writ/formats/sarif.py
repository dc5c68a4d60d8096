"""Diagnostics as SARIF 2.1.0 (OASIS), the form that code hosts and editors read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote

from writ import __version__
from writ.diagnostics import CodeDoc, Diagnostic, Severity, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}

Json = dict[str, object]


def log(
    diagnostics: Sequence[Diagnostic], documentation: Callable[[str], CodeDoc | None], base: str
) -> Json:
    """A log with one run: the rules that were broken, and each result with its place relative to `base`."""
    codes = sorted({found.code for found in diagnostics})
    index = {code: at for at, code in enumerate(codes)}
    rules = [_rule(code, documentation(code)) for code in codes]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "writ", "version": __version__, "rules": rules}},
                "originalUriBaseIds": {"BOOK": {"uri": base}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(found, index[found.code]) for found in diagnostics],
            }
        ],
    }


def _rule(code: str, doc: CodeDoc | None) -> Json:
    if doc is None:
        return {"id": code}
    return {
        "id": code,
        "name": doc.name,
        "shortDescription": {"text": doc.summary or doc.name},
        "fullDescription": {"text": doc.documentation or doc.summary or doc.name},
        "help": {"text": doc.documentation or doc.summary, "markdown": doc.documentation},
        "defaultConfiguration": {"level": LEVELS[doc.severity]},
    }


def _result(found: Diagnostic, rule: int) -> Json:
    text = f"{found.message}\nhelp: {found.help}" if found.help else found.message
    result: Json = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": LEVELS[found.severity],
        "message": {"text": text},
        "locations": [_location(found.span)],
    }
    if found.related:
        result["relatedLocations"] = [
            {"id": at, **_location(one.span), "message": {"text": one.message}}
            for at, one in enumerate(found.related)
        ]
    return result


def _location(span: Span) -> Json:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(span.file.replace("\\", "/")), "uriBaseId": "BOOK"},
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }
    }
