"""What LegalRuleML cannot say of a book: X70x."""

from __future__ import annotations

from writ.diagnostics import CodeDoc, Diagnostic, Severity, Span


def _doc(code: str, name: str, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, Severity.NOTE, summary, " ".join(documentation.split()))


_ALL = (
    _doc(
        "X701",
        "calendar-only-as-comment",
        "a calendar stands in LegalRuleML as a comment",
        """LegalRuleML has no holidays, working days or sitting days. Each calendar is in the export as it is written,
        in a comment; a period that is counted by it is an expression of the `writ` vocabulary, such as
        `writ:sitting-days`. A reader that reckons due days must know that vocabulary.""",
    ),
    _doc(
        "X702",
        "assurance-only-as-comment",
        "assurances stand in LegalRuleML as comments",
        """An assurance says what the book as a whole guarantees. It is no norm, and LegalRuleML has no statement about
        statements of that kind. It is in the export as it is written, in a comment.""",
    ),
)
CODES = {doc.code: doc for doc in _ALL}


def finding(code: str, file: str, line: int, message: str, help: str = "") -> Diagnostic:
    """A diagnostic at a line of a file."""
    return Diagnostic(code, CODES[code].severity, message, Span(file, line, 1, line, 1), help)
