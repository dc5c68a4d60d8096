"""Files of legislation to a Book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from writ.diagnostics import Diagnostic
from writ.formats.legislation import akn_read, justice, uslm
from writ.formats.legislation.akn_words import NAMESPACES as AKN
from writ.formats.legislation.codes import finding
from writ.formats.legislation.instruments import Instruments
from writ.formats.legislation.justice_words import ROOTS
from writ.formats.legislation.model import Document
from writ.formats.xml import Limits, Node, Unreadable, read_bytes, tree

LIMITS = Limits(
    bytes=64 * 1024 * 1024, depth=128, elements=2_000_000, attributes=64, text=4 * 1024 * 1024
)
"""Of one file. The longest act of Canada has 12 MB, the longest title of the United States Code 80."""
_READERS: Mapping[str, Callable[[Node, str], Document]] = {
    "justice-canada": justice.document,
    "akn": akn_read.document,
    "uslm": uslm.document,
}
FORMATS = tuple(_READERS)


def import_law(
    path: Path, name: str, title: str = "", format: str = ""
) -> tuple[dict[str, bytes], Instruments]:
    """The files of a Book out of one file of legislation or of all in a folder, and what was found on the way.

    A file that cannot be read is reported, and the others are imported; with none there are no files.
    """
    made = Instruments()
    for file in sources(path):
        shown = file.relative_to(path).as_posix() if path.is_dir() else file.name
        document, found = read_law(file, shown, format)
        made.found += found
        if document is not None:
            made.add(document, shown)
    if not made.entries:
        if not made.found:
            made.found.append(finding("X603", str(path), 1, "there is no file of XML here"))
        return {}, made
    return made.files(name, title), made


def sources(path: Path) -> Iterator[Path]:
    """The XML files of a folder and of those beneath it, in order; hidden ones are no law."""
    if not path.is_dir():
        yield path
        return
    for each in sorted(path.rglob("*.xml")):
        inside = each.relative_to(path).parts
        if not any(part.startswith(".") for part in inside) and each.is_file():
            yield each


def read_law(
    file: Path, shown: str = "", format: str = ""
) -> tuple[Document | None, list[Diagnostic]]:
    """The document of a file; None with what is wrong. `shown` is its path in messages."""
    shown = shown or str(file)
    try:
        data = read_bytes(str(file), LIMITS)
    except Unreadable as error:
        return None, [finding("X602", shown, error.line, error.message, error.help)]
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return None, [finding("X601", shown, 1, f"the file cannot be read: {reason}")]
    return parse_law(data, file.stem, shown, format)


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
