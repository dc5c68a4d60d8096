"""The marks in a line of Markdown: links, emphasis, and the few elements of HTML that are meant as such."""

from __future__ import annotations

import re

from writ.formats.legislation.model import Mark, Runs

_MARK = re.compile(
    r"(?P<image>!\[([^\[\]]*)\]\(([^()\s]*)\))"
    r"|(?P<link>\[([^\[\]]+)\]\(([^()\s]*)\))"
    r"|(?P<html><(sup|sub)>(.*?)</\8>)"
    r"|(?P<strong>\*\*(?=\S)([^*]+?)(?<=\S)\*\*)"
    r"|(?P<em>\*(?=\S)([^*]+?)(?<=\S)\*)"
)
_WORK = re.compile(r"BWB[A-Z]\d{7}")
_NOTE = 12
"""Characters beyond which what is raised is a note, and not a figure."""


def inline(text: str) -> Runs:
    """The text and the marks of a line."""
    found: list[str | Mark] = []
    at = 0
    for match in _MARK.finditer(text):
        if match.start() > at:
            found.append(_blank(text[at : match.start()]))
        found.append(_mark(match))
        at = match.end()
    if at < len(text):
        found.append(_blank(text[at:]))
    return tuple(found)


def _blank(text: str) -> str:
    return re.sub(r"[ \t\r]+", " ", text)


def _mark(match: re.Match[str]) -> Mark:
    if match["image"]:
        return Mark("image", (), "img", "", (("alt", match[2]), ("src", match[3])))
    if match["link"]:
        work = _WORK.search(match[6])
        target = work[0] if work is not None else match[6]
        return Mark("reference", inline(match[5]), "a", target, (("href", match[6]),))
    if match["html"]:
        name, words = match[8], match[9]
        kind = "superscript" if name == "sup" else "subscript"
        if name == "sup" and len(words) > _NOTE:
            kind = "note"
        return Mark(kind, inline(words), name)
    if match["strong"]:
        return Mark("emphasis", inline(match[11]), "strong")
    return Mark("emphasis", inline(match[13]), "em")
