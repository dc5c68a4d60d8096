"""Files of legislation to a Book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from writ.diagnostics import Diagnostic
from writ.formats.legislation import akn_read, bwb, justice, uslm
from writ.formats.legislation.akn_words import NAMESPACES as AKN
from writ.formats.legislation.codes import finding
from writ.formats.legislation.instruments import Instruments
from writ.formats.legislation.justice_words import ROOTS
from writ.formats.legislation.model import Document
from writ.formats.legislation_history.grouping import Histories, work_name
from writ.formats.xml import Limits, Node, Unreadable, check_encoding, read_bytes, tree

LIMITS = Limits(
    bytes=64 * 1024 * 1024, depth=128, elements=2_000_000, attributes=64, text=4 * 1024 * 1024
)
"""Of one file. The longest act of Canada has 12 MB, the longest title of the United States Code 80."""
_READERS: Mapping[str, Callable[[Node, str], Document]] = {
    "justice-canada": justice.document,
    "akn": akn_read.document,
    "uslm": uslm.document,
}
FORMATS = (*_READERS, "bwb")
_ARCHIVES = {b"PK": "a ZIP archive", b"\x1f\x8b": "a compressed file"}
"""By the first bytes; none is ever unpacked."""


def import_law(
    path: Path, name: str, title: str = "", format: str = ""
) -> tuple[dict[str, bytes], Instruments]:
    """The files of a Book out of one file of legislation or of all in a folder, and what was found on the way.

    A file that cannot be read is reported, and the others are imported; with none there are no files.
    """
    made = Instruments()
    histories = Histories()
    for file in sources(path):
        shown = file.relative_to(path).as_posix() if path.is_dir() else file.name
        documents, found = read_laws(file, shown, format)
        made.found += found
        for document in documents:
            histories.add(made, document, shown)
    if not made.entries:
        if not made.found:
            made.found.append(finding("X603", str(path), 1, "there is no file of legislation here"))
        return {}, made
    return {**histories.files(made), **made.files(name, title)}, made


def sources(path: Path) -> Iterator[Path]:
    """The files of law in a folder and in those beneath it, in order; hidden ones are no law.

    All XML is law; of Markdown, what has the number of a work in its name, or in that of its folder.
    """
    if not path.is_dir():
        yield path
        return
    for each in sorted(path.rglob("*.*")):
        inside = each.relative_to(path).parts
        ending = each.suffix.lower()
        if ending != ".xml" and (ending != ".md" or not _work(each)):
            continue
        # A link that leads nowhere, or a pipe, is yielded as well: it is said that it cannot be read.
        if not any(part.startswith(".") for part in inside) and not each.is_dir():
            yield each


def _work(file: Path) -> str:
    """The number of the Dutch work that a file holds: `BWBV0005760.md`, `BWBV0005760/README.md`."""
    return bwb.key_of(file.stem) or (bwb.key_of(file.parent.name) if file.stem == "README" else "")


def read_law(
    file: Path, shown: str = "", format: str = ""
) -> tuple[Document | None, list[Diagnostic]]:
    """The document of a file, of several the first; None with what is wrong. `shown` is its path in messages."""
    documents, found = read_laws(file, shown, format)
    return next(iter(documents), None), found


def read_laws(
    file: Path, shown: str = "", format: str = ""
) -> tuple[tuple[Document, ...], list[Diagnostic]]:
    """The documents of a file: one, or one for each language; none with what is wrong."""
    shown = shown or str(file)
    try:
        data = read_bytes(str(file), LIMITS)
    except Unreadable as error:
        return (), [finding("X602", shown, error.line, error.message, error.help)]
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return (), [finding("X601", shown, 1, f"the file cannot be read: {reason}")]
    if (archive := _ARCHIVES.get(data[:2])) is not None:
        help = "unpack it, and import the folder"
        return (), [finding("X601", shown, 1, f"this is {archive}, and no law", help)]
    if file.suffix.lower() == ".md" or bwb.is_bwb(data):
        return parse_bwb(data, _work(file) or file.stem, shown, format)
    document, found = parse_law(data, work_name(file), shown, format)
    return (() if document is None else (document,)), found


def parse_bwb(
    data: bytes, key: str, shown: str, format: str = ""
) -> tuple[tuple[Document, ...], list[Diagnostic]]:
    """The documents of the bytes of a Dutch law in Markdown."""
    help = f"the formats are {', '.join(FORMATS)}"
    if format not in ("", "bwb"):
        message = f"this is legislation in the format `bwb`, and not `{format}`"
        return (), [finding("X603", shown, 1, message, help)]
    try:
        check_encoding(data)
    except Unreadable as error:
        return (), [finding("X601", shown, error.line, error.message, error.help)]
    if not bwb.is_bwb(data):
        return (), [finding("X603", shown, 1, "this Markdown is no legislation", help)]
    text = data.decode("utf-8").replace("\r\n", "\n").replace("\0", "")
    found = bwb.documents(text, key)
    if not found:
        return (), [finding("X603", shown, 1, "the file has no text", help)]
    return found, []


def parse_law(
    data: bytes, key: str, shown: str, format: str = ""
) -> tuple[Document | None, list[Diagnostic]]:
    """The document of the bytes of a file; `key` is the name by which other files refer to it."""
    try:
        root = tree(data, LIMITS)
    except Unreadable as error:
        code = "X602" if error.large else "X601"
        return None, [finding(code, shown, error.line, error.message, error.help)]
    found = format_of(root)
    if not found or (format and found != format):
        what = (
            f"legislation in the format `{found}`, and not `{format}`"
            if found
            else "no legislation"
        )
        message = f"`{root.name}` is {what}"
        help = f"the formats are {', '.join(FORMATS)}"
        if root.name in ("catalog", "profile"):
            help = "`writ import oscal` reads catalogues and profiles of OSCAL"
        return None, [finding("X603", shown, root.line, message, help)]
    return _READERS[found](root, key), []


def format_of(root: Node) -> str:
    """The format that the root of a file tells; empty if it is none that is read."""
    if root.name in ROOTS and not root.namespace:
        return "justice-canada"
    if root.name == "akomaNtoso" and root.namespace in AKN:
        return "akn"
    if root.namespace in uslm.NAMESPACES and root.name in uslm.ROOTS:
        return "uslm"
    return ""
