"""Dutch law in Markdown: files of the Basiswettenbestand (`BWBR…` national law, `BWBV…` treaties).

The files are those that the statengeneraal published as `laws-markdown`: headings for articles and what holds them, a
paragraph for each paragraph of the law. A treaty stands in one file in all its languages; each becomes a document.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import msgspec

from writ.formats.legislation.bwb_days import in_force, said_day, title_day
from writ.formats.legislation.bwb_lines import CLOSING, Lines, language_of, lines_of
from writ.formats.legislation.bwb_links import links
from writ.formats.legislation.bwb_tree import Tree
from writ.formats.legislation.model import Block, Document, Provision
from writ.formats.legislation.text import normalised, plain

_NAME = re.compile(r"BWB[A-Z]\d{7}")
_MARK = b"<meta http-equiv='Content-Type'"
_ACT = re.compile(r"\b(?:rijks)?wet\b|wetboek|\w+wet\b", re.I)
_MADE = re.compile(r"^(?:(?:uitvoerings)?(?:besluit|regeling|verordening)|beleidsregel)", re.I)
_WEIGHED = "Alzo Wij in overweging"
"""With these words the King makes an act, and nothing else."""
_PENDING = "Treedt in werking op een nader te bepalen tijdstip"


def is_bwb(data: bytes) -> bool:
    """Whether the bytes of a file begin as those files do."""
    head = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(_MARK) or re.match(rb"## ?[^#\s]", head) is not None


def key_of(name: str) -> str:
    """The number of a work in a name of a file or folder; empty where there is none."""
    found = _NAME.search(name)
    return found[0] if found is not None else ""


def documents(text: str, key: str) -> tuple[Document, ...]:
    """The documents of a file, one for each language, in the order of the file; none where it has no text."""
    lines = lines_of(text)
    treaty = key.startswith("BWBV")
    parted: dict[str, Lines] = {}
    for language, some in _parted(lines, treaty):
        parted.setdefault(language, []).extend(some)
    made = [_document(some, key, language, treaty) for language, some in parted.items()]
    days = [each.enacted for each in made if each.enacted is not None]
    day = max(days, default=None) if treaty else None
    return tuple(
        msgspec.structs.replace(each, enacted=each.enacted or day) for each in made if each.body
    )


def _parted(lines: Lines, treaty: bool) -> Iterable[tuple[str, Lines]]:
    """The stretches of a file by language. A text in another language begins with a title of its own."""
    if not treaty:
        return [("nl", lines)]
    stretches: list[Lines] = [[]]
    for line in lines:
        if line.kind == "title":
            stretches.append([])
        stretches[-1].append(line)
    found: list[tuple[str, Lines]] = []
    last = ""
    for at, some in enumerate(stretches):
        said = " ".join(line.text for line in some)
        language = language_of(said) if at else ""
        language = language or last
        if found and found[-1][0] in ("", language):
            found[-1] = (language, [*found[-1][1], *some])
        else:
            found.append((language, list(some)))
        last = language
    return [(language or "nl", some) for language, some in found]


def _document(lines: Lines, key: str, language: str, treaty: bool) -> Document:
    tree = Tree(treaty)
    for line in lines:
        tree.add(line)
    body = tree.made()
    title = tree.titles[-1] if treaty and tree.titles else (tree.titles or [key])[0]
    title = normalised(title)
    words = " ".join(line.text for line in lines[:40])
    kind = "treaty" if treaty else _kind(title, words)
    ending = " ".join(line.text for line in lines if line.kind == CLOSING)
    enacted: dt.date | None = (None if treaty else title_day(title)) or said_day(ending)
    document = Document(
        "bwb",
        key,
        kind,
        title,
        language,
        "" if treaty else _short(title),
        key if _NAME.fullmatch(key) else "",
        "",
        enacted,
        None if treaty else in_force(lines),
        body=body,
        pending=_pending(body),
    )
    return msgspec.structs.replace(document, links=tuple(links(document)))


def _kind(title: str, words: str) -> str:
    if _WEIGHED in words:
        return "act"
    return "act" if _ACT.search(title) and not _MADE.match(title) else "regulation"


_SHORT = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")


def _short(title: str) -> str:
    """The short title, which stands in brackets at the end of a long one: `Wet van …, houdende … (Oorlogswet)`."""
    found = _SHORT.search(title)
    short = found[1].strip() if found is not None else ""
    return short if short[:1].isupper() and len(title) > 60 else ""


def _pending(body: tuple[Block | Provision, ...]) -> bool:
    """Whether the file says of the whole, before its first article, that its first day is not known yet."""
    for part in body:
        if isinstance(part, Block):
            continue
        if part.kind not in ("identification", "introduction"):
            return False
        for block in part.blocks():
            if plain(block.runs).startswith(_PENDING):
                return True
    return False
