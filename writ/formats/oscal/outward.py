"""What a book that was made out of OSCAL gives back."""

from __future__ import annotations

import re
from pathlib import Path

from writ.diagnostics import Diagnostic, failed
from writ.formats.oscal.book import BESIDE, catalogue
from writ.formats.oscal.checked import checked
from writ.formats.oscal.codes import Refused, finding
from writ.formats.oscal.reading import Document, Place, plain_data, read_bytes
from writ.formats.oscal.sources import Sources

_HEADING = re.compile(r"(?m)^#{1,6} (\S+).*$")


def documents(folder: Path) -> tuple[dict[str, Document], list[Diagnostic]]:
    """The catalogues and profiles kept in the folder of a book, by the id of their instrument."""
    made: dict[str, Document] = {}
    found: list[Diagnostic] = []
    for path in sorted(folder.glob(f"*{BESIDE}")):
        try:
            whole = plain_data(read_bytes(path), str(path))
            kind = "catalog" if "catalog" in whole else "profile"
            beside = tuple(whole.get("beside", {}).items())
            document = Document(kind, whole[kind], str(path), whole["form"], beside)
        except Refused as refused:
            found += refused.found
            continue
        except (KeyError, TypeError, AttributeError):
            found.append(finding("X408", "the file was not written by an import", str(path)))
            continue
        wrong = [one for one in checked(kind, document.data, str(path), Place()) if failed([one])]
        found += wrong
        if not wrong:
            made[path.name.removesuffix(BESIDE)] = document
    return made, found


def chosen(
    folder: Path, instrument: str = ""
) -> tuple[tuple[str, Document] | None, list[Diagnostic]]:
    """The document that was asked for; without a name, the only catalogue of the book."""
    known, found = documents(folder)
    fitting = [
        (id, one)
        for id, one in known.items()
        if (id == instrument if instrument else one.kind == "catalog")
    ]
    if len(fitting) == 1:
        return fitting[0], found
    said = f"`{instrument}` is not" if instrument else "no catalogue is"
    said = f"{said} kept beside the book" if not fitting else "the book has several catalogues"
    help = f"it has {', '.join(known)}" if known else "`writ import oscal` makes such a book"
    return None, [*found, finding("X408", said, str(folder), help)]


def changes(folder: Path, id: str, document: Document) -> list[Diagnostic]:
    """The provisions whose Markdown is no longer what was made of the catalogue."""
    if document.kind != "catalog":
        return []
    file = folder / f"{id}.md"
    try:
        now = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return [finding("X409", "the Markdown of the catalogue is gone", str(file))]
    then, _ = catalogue(document, id)
    if now == then:
        return []
    old, new = _sections(then), _sections(now)
    labels = [label for label in {**old, **new} if old.get(label) != new.get(label)]
    shown = ", ".join(labels[:10]) + (f" and {len(labels) - 10} more" if len(labels) > 10 else "")
    said = f"changed since it was imported, and not in what is exported: {shown or 'the layout'}"
    return [finding("X409", said, str(file))]


def _sections(text: str) -> dict[str, str]:
    """The text beneath each heading, blanks aside."""
    found: dict[str, str] = {}
    places = list(_HEADING.finditer(text))
    for number, match in enumerate(places):
        end = places[number + 1].start() if number + 1 < len(places) else len(text)
        found[match[1]] = found.get(match[1], "") + " ".join(text[match.start() : end].split())
    return found


def beside(folder: Path) -> Sources:
    """The catalogues and profiles of a book, for its profiles to be resolved by."""
    known, _ = documents(folder)
    sources = Sources([Path(one.file) for one in known.values()])
    sources.read = {Path(one.file): (one, []) for one in known.values()}
    return sources
