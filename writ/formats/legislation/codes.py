"""What is wrong with a file of legislation, or could not be brought along: X6xx."""

from __future__ import annotations

from writ.diagnostics import CodeDoc, Diagnostic, Severity, Span


def _doc(severity: Severity, code: str, name: str, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, severity, summary, " ".join(documentation.split()))


_ALL = (
    _doc(
        Severity.ERROR,
        "X601",
        "unsafe-or-broken-law",
        "a file of legislation is not XML that may be read",
        """Only plain XML in UTF-8 is read: no document type, no entity of its own, no link to another file. A file
        that declares any of these, is cut off, or is not well-formed is refused as a whole. Take a fresh copy.""",
    ),
    _doc(
        Severity.ERROR,
        "X602",
        "law-too-large",
        "a file of legislation is larger, deeper or longer than statutes are",
        """A hostile file meets a limit before it costs time or memory: bytes (asked before the file is read), elements,
        how deep they stand in one another, attributes and text of one element. Divide the file.""",
    ),
    _doc(
        Severity.ERROR,
        "X603",
        "unknown-format",
        "a file is not legislation in a format that is read",
        """The root of the file tells the format: `Statute` or `Regulation` of Justice Canada, `akomaNtoso`, or a
        document of United States Legislative Markup. Markdown is law where it is a file of the Dutch
        Basiswettenbestand. With `--format` the file must be in that format.""",
    ),
    _doc(
        Severity.ERROR,
        "X604",
        "changed-since-import",
        "the text of an instrument is no longer what was imported",
        """An export gives back what was imported, from the `.law.json` file beside the instrument. If the text of the
        instrument has been edited since, the two would disagree about what the law is, and nothing is written. Import
        the new text, or take the edit out; `writ` blocks may be added freely.""",
    ),
    _doc(
        Severity.ERROR,
        "X605",
        "no-imported-law",
        "an instrument has no `.law.json` file beside it, or one that cannot be read",
        """What Markdown cannot say of imported law stands in a file beside the instrument: `emergencies-act.law.json`
        for `emergencies-act.md`. Without it there is nothing to export; import the law again.""",
    ),
    _doc(
        Severity.WARNING,
        "X611",
        "authority-not-found",
        "the enabling act or provision of an instrument is not among what was imported",
        """The source says under which act an instrument was made, and the act is not among the files, or the text does
        not say which provision. The instrument is put under a provision of `unresolved-authority`, so that the gap
        shows. Import the act as well, or write the right `under:` into the front matter.""",
    ),
    _doc(
        Severity.NOTE,
        "X612",
        "references-elsewhere",
        "an instrument refers to instruments or provisions that are not among what was imported",
        """Each such reference is kept with its words and its target. It leads nowhere in this Book.""",
    ),
    _doc(
        Severity.NOTE,
        "X613",
        "unusual-elements",
        "a file has elements that the importer gives no meaning",
        """They are kept with their text and attributes, and come back in an export. What they mean for the law, a
        person must see.""",
    ),
    _doc(
        Severity.NOTE,
        "X614",
        "provision-without-label",
        "a provision has a number that is no label, or one that another provision has",
        """Its text is in the Book under a heading without a label, so that no norm can be cited there by it.""",
    ),
    _doc(
        Severity.NOTE,
        "X621",
        "version-twice",
        "two files hold the same version of one law",
        """The two are the same, but for the lines of their files; one is kept.""",
    ),
    _doc(
        Severity.WARNING,
        "X622",
        "versions-of-one-day",
        "two files hold different texts of one law as of one day",
        """Versions are put in order by the day to which they are current, then by their last amendment, and last by the
        names of their files. Here only that was left. Both are kept; on that day the later one is read.""",
    ),
    _doc(
        Severity.WARNING,
        "X623",
        "version-without-day",
        "a file holds a version of a law and does not say of which day",
        """Without a day it cannot stand in the history of the law. It becomes an instrument of its own.""",
    ),
    _doc(
        Severity.ERROR,
        "X624",
        "damaged-history",
        "the history beside an instrument cannot be read, or is not that of its text",
        """The versions of imported law before the newest stand in a file beside the instrument:
        `emergencies-act.history.json` for `emergencies-act.md`. Each must be restored exactly as it was imported. If
        one is not, no earlier text is shown. Import the law again.""",
    ),
    _doc(
        Severity.WARNING,
        "X625",
        "norm-on-changed-text",
        "a norm rests on a provision that a new version changed or no longer has",
        """`writ import law --into` keeps the norms that people have written. Where the text above a norm is otherwise
        now, somebody must see whether the norm still says what the law says. A norm whose provision is gone stands
        under the nearest that is left, and has its old label in writing.""",
    ),
    _doc(
        Severity.ERROR,
        "X626",
        "law-not-in-book",
        "a file is a version of a law that the book does not have",
        """`writ import law --into` takes new versions into a book that has the law: the same work, in the same
        language. Justice Canada's number of the work tells, or else the name of the file. Other law is imported into a
        book of its own.""",
    ),
)
CODES = {doc.code: doc for doc in _ALL}


def finding(code: str, file: str, line: int, message: str, help: str = "") -> Diagnostic:
    """A diagnostic at a line of a file."""
    return Diagnostic(code, CODES[code].severity, message, Span(file, line, 1, line, 1), help)
