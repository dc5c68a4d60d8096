"""What can be wrong with a mapping between frameworks: X5xx."""

from __future__ import annotations

from writ.diagnostics import CodeDoc, Diagnostic, Severity, Span


def _code(code: str, name: str, severity: Severity, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, severity, summary, " ".join(documentation.split()))


_ALL = (
    _code(
        "X501",
        "crosswalk-unreadable",
        Severity.ERROR,
        "a file is no framework or mapping that can be read",
        """Frameworks are catalogues of OSCAL and library files of CISO Assistant; mappings are mapping collections of
        OSCAL, in JSON or YAML, and library files. The file is none of them, is broken, or has a row without source or
        target, with a relationship that is not known, or with a confidence that is not between 0 and 1.""",
    ),
    _code(
        "X502",
        "crosswalk-unknown-id",
        Severity.ERROR,
        "a row names an entry that the framework does not have",
        """The id is misspelt or of another edition: the row says nothing about the frameworks at hand. Statements of
        controls are found by the control that their id begins with.""",
    ),
    _code(
        "X503",
        "crosswalk-duplicate",
        Severity.WARNING,
        "two rows say the same",
        """The same sources, targets and relationship stand in two rows. If their rationale differs, keep both reasons
        in one row; otherwise remove one.""",
    ),
    _code(
        "X504",
        "crosswalk-contradiction",
        Severity.ERROR,
        "two rows contradict each other",
        """Two rows give one pair of entries relationships that cannot both hold: the one is part of the other, and the
        other part of it; they are equal, and only overlap; they have nothing in common, and something. Or a gap summary
        lists as unmapped what a row maps. One of them is wrong.""",
    ),
    _code(
        "X505",
        "crosswalk-unmapped",
        Severity.NOTE,
        "controls that no row names",
        """A row of the relationship `no-relationship`, or a gap summary, says that nothing corresponds; where neither
        is there, nobody knows whether it was looked at. `writ map` suggests links for them.""",
    ),
)

CODES: dict[str, CodeDoc] = {doc.code: doc for doc in _ALL}


def finding(code: str, message: str, file: str, help: str = "", line: int = 1) -> Diagnostic:
    """A diagnostic for a file."""
    return Diagnostic(code, CODES[code].severity, message, Span(file, line, 1, line, 1), help)


class Refused(Exception):
    """Ends a reading with what was wrong. It does not leave this package."""

    def __init__(self, *found: Diagnostic) -> None:
        super().__init__(found[0].message)
        self.found = list(found)
