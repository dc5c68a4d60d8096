"""An instrument of a Book as a law to be shown, from the best text that there is of it."""

from __future__ import annotations

from pathlib import Path

from writ.book.model import Book, Instrument
from writ.diagnostics import Diagnostic
from writ.formats.legislation.codes import finding
from writ.formats.legislation.exporting import SIDECAR_LIMITS as LIMITS
from writ.formats.legislation.sidecar import SUFFIX, decoded, hashed
from writ.formats.reader.content import Law, Piece
from writ.formats.reader.imported import imported
from writ.formats.reader.written import front_matter_ends, pieces
from writ.formats.xml import Unreadable, read_bytes


def law_of(book: Book, item: Instrument) -> tuple[Law, list[Diagnostic]]:
    """The law of an instrument, and why its imported document was not taken where there is one."""
    source = book.sources.get(item.place.file)
    text = source.text if source is not None else ""
    found: list[Diagnostic] = []
    if book.root and item.place.file:
        file = Path(book.root, item.place.file)
        beside = file.with_name(file.stem + SUFFIX)
        if beside.is_file():
            law, found = _beside(beside, text, item)
            if law is not None:
                return law, found
    return Law(item.id, item.title, "", "en", _written(item, text)), found


def _beside(file: Path, text: str, item: Instrument) -> tuple[Law | None, list[Diagnostic]]:
    shown = str(Path(item.place.file).with_name(file.name))
    try:
        sidecar = decoded(read_bytes(str(file), LIMITS))
    except Unreadable as error:
        return None, [finding("X602", shown, 1, error.message)]
    except (OSError, ValueError) as error:
        said = f"it cannot be read, so the Markdown is shown: {str(error)[:200]}"
        return None, [finding("X605", shown, 1, said)]
    if hashed(text) != sidecar.text:
        said = "the text has been edited since it was imported, so the Markdown is shown"
        return None, [finding("X604", item.place.file, 1, said)]
    return imported(sidecar, item.id), []


def _written(item: Instrument, text: str) -> tuple[Piece, ...]:
    """The pieces of the Markdown, with an anchor for each heading; the title is no piece."""
    found = list(pieces(text, front_matter_ends(text)))
    if found and found[0].kind == "heading" and found[0].depth == 1 and not found[0].label:
        found = found[1:]
    anchored, taken = [], dict[str, int]()
    for piece in found:
        if piece.kind == "heading":
            stem = f"p-{piece.label}" if piece.label else f"h-{len(taken) + 1}"
            number = taken[stem] = taken.get(stem, 0) + 1
            anchor = stem if number == 1 else f"{stem}~{number}"
            piece = piece._replace(anchor=anchor)
        anchored.append(piece)
    return tuple(anchored)
