"""Imported law back out of a Book."""

from __future__ import annotations

from pathlib import Path

from writ.diagnostics import Diagnostic
from writ.formats.legislation import akn_read
from writ.formats.legislation.akn_write import akoma_ntoso
from writ.formats.legislation.codes import finding
from writ.formats.legislation.importing import LIMITS
from writ.formats.legislation.markdown import prose
from writ.formats.legislation.model import Document
from writ.formats.legislation.sidecar import SUFFIX, Sidecar, decoded, hashed, lines_of
from writ.formats.xml import Limits, Unreadable, read_bytes, tree
from writ.syntax.limits import MAX_LONG

SIDECAR_LIMITS = LIMITS._replace(bytes=4 * LIMITS.bytes)
_MARKDOWN = LIMITS._replace(bytes=MAX_LONG)


def instruments(path: Path) -> list[Path]:
    """The Markdown files that came from an import: the one named, or all of a Book."""
    if not path.is_dir():
        return [path]
    found = sorted(path.rglob(f"*{SUFFIX}"))
    return [each.with_name(each.name.removesuffix(SUFFIX) + ".md") for each in found]


def export_akn(file: Path, shown: str = "") -> tuple[str, list[Diagnostic]]:
    """An instrument as Akoma Ntoso 3.0, as it was imported; nothing with what is wrong.

    Refused where the text of the instrument has been edited since: then the two would say different law.
    """
    shown = shown or str(file)
    beside = file.with_name(file.stem + SUFFIX)
    data, wrong = _read(beside, SIDECAR_LIMITS, str(Path(shown).with_name(beside.name)))
    text, more = _read(file, _MARKDOWN, shown)
    if wrong or more:
        return "", [*wrong, *more]
    try:
        return _written(decoded(data), text.decode("utf-8", "replace"), shown)
    except (Unreadable, ValueError, RecursionError) as error:
        return "", [_damaged(shown, str(error))]


def _written(sidecar: Sidecar, text: str, shown: str) -> tuple[str, list[Diagnostic]]:
    if hashed(text) != sidecar.text:
        return "", [_changed(sidecar, text, shown)]
    made = akoma_ntoso(sidecar.document)
    again = akn_read.document(tree(made.encode("utf-8"), SIDECAR_LIMITS), sidecar.document.key)
    if not same(again, sidecar.document):
        return "", [_damaged(shown, "it holds what Akoma Ntoso cannot")]
    return made, []


def same(one: Document, other: Document) -> bool:
    """Whether two documents are the same law: all but the lines of their files."""
    import msgspec

    def lines(document: Document) -> Document:
        unusual = tuple(msgspec.structs.replace(each, line=0) for each in document.unusual)
        return msgspec.structs.replace(document, unusual=unusual)

    return lines(one) == lines(other)


def _read(file: Path, limits: Limits, shown: str) -> tuple[bytes, list[Diagnostic]]:
    try:
        return read_bytes(str(file), limits), []
    except Unreadable as error:
        return b"", [finding("X602", shown, 1, error.message)]
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return b"", [finding("X605", shown, 1, f"`{shown}` cannot be read: {reason}")]


def _damaged(shown: str, reason: str) -> Diagnostic:
    message = f"the `{SUFFIX}` file beside it is damaged: {reason[:200]}"
    return finding("X605", shown, 1, message, "import the law again")


def _changed(sidecar: Sidecar, written: str, shown: str) -> Diagnostic:
    """The first line that was changed, as far as it can be told."""
    was = [line for _, line in lines_of(prose(sidecar.document, sidecar.labels))]
    now = list(lines_of(written))
    line = now[-1][0] if now else 1
    for at, (number, words) in enumerate(now):
        if at >= len(was) or words != was[at]:
            line = number
            break
    help = "import the new text, or take the edit out; `writ` blocks may be added freely"
    return finding("X604", shown, line, "the text is no longer what was imported", help)
