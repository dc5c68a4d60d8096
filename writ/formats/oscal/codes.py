"""What can be wrong with OSCAL that comes in, goes out or is resolved: X4xx."""

from __future__ import annotations

from writ.diagnostics import CodeDoc, Diagnostic, Severity, Span


def _code(code: str, name: str, severity: Severity, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, severity, summary, " ".join(documentation.split()))


_ALL = (
    _code(
        "X401",
        "oscal-unreadable",
        Severity.ERROR,
        "a file is not JSON, XML or YAML that may be read",
        """The file is not well-formed, is cut off, is not in UTF-8, or is XML with a document type or an entity of its
        own. The place is where reading stopped. Nothing was taken over. Take a fresh copy of the file, or write out
        what its entities stand for.""",
    ),
    _code(
        "X402",
        "oscal-too-large",
        Severity.ERROR,
        "a file is larger or deeper than catalogues are",
        """A hostile file meets a limit before it costs time or memory: 64 MiB, elements within one another, elements
        in all, and, for YAML, the limits of every YAML file that is read here. Divide the catalogue, and import the
        parts by a profile.""",
    ),
    _code(
        "X403",
        "not-oscal",
        Severity.ERROR,
        "a member is not what OSCAL asks for there",
        """The file can be read and is no catalogue or profile of OSCAL 1: the root has another name, a member that must
        be there is missing, a list or a text stands where something else is expected, or two controls have one id.
        Correct the member at the path that the message gives.""",
    ),
    _code(
        "X404",
        "oscal-unknown-member",
        Severity.WARNING,
        "a member that OSCAL 1.2 does not know was kept as it is",
        """It is written out again where it stood and means nothing to us: no text of the book comes from it, and no
        profile is resolved by it. A name that is misspelt shows here.""",
    ),
    _code(
        "X405",
        "oscal-import",
        Severity.ERROR,
        "the source of an import of a profile cannot be had",
        """A profile imports a catalogue or another profile, by a path or by a resource of its back matter. Only files
        at hand are read: nothing is fetched from a network. Name that file on the command line as well. Profiles that
        import one another in a circle can never be resolved.""",
    ),
    _code(
        "X406",
        "oscal-selection",
        Severity.WARNING,
        "a profile speaks of a control, part or parameter that is not there",
        """The id is in none of the catalogues imported, or was left out by the selection, so that what the profile
        says of it has no effect. It is misspelt, or meant for another edition of the catalogue.""",
    ),
    _code(
        "X407",
        "oscal-link",
        Severity.WARNING,
        "a link within a catalogue leads nowhere",
        """A link or an inserted parameter names an id that neither a control, a part, a parameter nor a resource of the
        back matter has. The text stands without it.""",
    ),
    _code(
        "X408",
        "oscal-no-catalogue",
        Severity.ERROR,
        "a book has no catalogue that can be given back",
        """What is exported is a catalogue that was imported: its data stand beside its Markdown, in a file that ends
        with `.oscal.json`. The book has none, or not the one that was asked for.""",
    ),
    _code(
        "X409",
        "oscal-changed",
        Severity.WARNING,
        "a provision was changed after it was imported",
        """What is exported are the data of the catalogue. Changes to the Markdown of its provisions are not in them;
        the message names the provisions. Make the change in the catalogue, and import it again, or make it by a
        profile.""",
    ),
)

CODES: dict[str, CodeDoc] = {doc.code: doc for doc in _ALL}


def finding(
    code: str, message: str, file: str, help: str = "", line: int = 1, column: int = 1
) -> Diagnostic:
    """A diagnostic at a place of a file; without one, at its beginning."""
    span = Span(file, line, column, line, column)
    return Diagnostic(code, CODES[code].severity, message, span, help)


class Refused(Exception):
    """Ends a reading with what was wrong. It does not leave this package."""

    def __init__(self, *found: Diagnostic) -> None:
        super().__init__(found[0].message)
        self.found = list(found)
