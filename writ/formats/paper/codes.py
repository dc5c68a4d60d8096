"""What may be wrong with a law put on paper: X71x."""

from __future__ import annotations

from writ.diagnostics import CodeDoc, Diagnostic, Severity, Span


def _doc(severity: Severity, code: str, name: str, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, severity, summary, " ".join(documentation.split()))


_ALL = (
    _doc(
        Severity.ERROR,
        "X711",
        "not-on-paper",
        "a law cannot be set as PDF",
        """The PDF is made to an archival or accessible profile, which refuses what would not last: letters for which
        there is no font, for example. The embedded fonts have Latin, Greek and Cyrillic. Write DOCX instead, and let
        Word choose the font, or ask for `--standard 1.7`, which shows such letters as empty boxes.""",
    ),
)
CODES = {doc.code: doc for doc in _ALL}


def finding(code: str, file: str, line: int, message: str, help: str = "") -> Diagnostic:
    """A diagnostic at a line of a file."""
    return Diagnostic(code, CODES[code].severity, message, Span(file, line, 1, line, 1), help)
