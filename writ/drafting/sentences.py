"""Sentences of legal text. A full stop in a citation, an abbreviation or a bracket ends none."""

from __future__ import annotations

import re
from typing import NamedTuple


class Span(NamedTuple):
    """From the first character up to the one after the last."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]


_STOP = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"(]*[A-Z0-9])")
_SHORT = re.compile(
    r"(?:^|[\s(“\"])(?:nos?|cc?|arts?|ss?|secs?|paras?|pars?|cls?|subs|regs?|chs?|vols?|pp?|figs?|eds?|cf|viz|v|vs"
    r"|e\.g|i\.e|etc|al|inc|ltd|corp|co|mr|mrs|ms|dr|prof|gen|lt|col|maj|capt|adm|sgt|hon|rev|st|jr|sr"
    r"|stat|pub|rev|supp|amend|cong|sess|res|dept|gov|jan|feb|mar|apr|aug|sept?|oct|nov|dec)$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:^|[\s(])(?:[A-Za-z]\.)*[A-Z]$")
_OPENS = re.compile(
    r"(?:The|This|These|Those|A|An|In|If|When|Where|No|Each|Every|Such|It|They|He|She|All|Any)\s"
)
_CAPITALS = re.compile(
    r"[A-Z]{5,}[A-Z0-9&/,()’'-]*\s+(?:[A-Z][A-Z0-9&/,()’'-]+\s+)*(?=(?:The|This|It|In|Under|A|An|Each|All|No)\s)"
)
"""A heading in capitals that runs into its paragraph."""
_LEFT_OVER = re.compile(r"(?<=[.;:,])\s+(?:[a-z]\.|[0-9]{1,2}\.|\([a-z0-9]{1,4}\)|\()$")
"""The mark of the next item, where a text has lost its lines."""
_BRACKET = 600
"""A bracket that is not closed within so many characters is a slip, and hides no full stop."""
_MARK = re.compile(r"(?:(?<=[:;,—]\s)|(?<=and\s)|(?<=or\s))\(([a-z]|[ivx]{1,4}|[0-9]{1,2})\)\s")


def sentences(text: str) -> list[Span]:
    """The sentences of a paragraph, in order, without the blanks between them."""
    found: list[Span] = []
    start = 0
    heading = _CAPITALS.match(text)
    if heading is not None:
        found.append(_trimmed(text, 0, heading.end()))
        start = heading.end()
    for stop in _STOP.finditer(text, start):
        if _within_bracket(text, start, stop.start()) or _abbreviates(text, start, stop):
            continue
        found.append(_trimmed(text, start, stop.end()))
        start = stop.end()
    found.append(_trimmed(text, start, len(text)))
    return [each for each in found if each.end > each.start]


def enumerated(sentence: str) -> tuple[Span, list[Span]]:
    """The lead-in of a sentence and the items that it lists in line: `shall (a) …; and (b) …`.

    Without at least two marks in order there are no items, and the lead-in is the whole.
    """
    marks = list(_MARK.finditer(sentence))
    if not marks:
        marks = list(re.finditer(r"(?<=\s)\((a|i|1)\)\s", sentence))[:1]
    first = marks[0][1] if marks else ""
    if first not in ("a", "i", "1"):
        earlier = (
            re.search(r"(?<=\s)\((a|i|1)\)\s", sentence[: marks[0].start()]) if marks else None
        )
        marks = [earlier, *marks] if earlier else []
    order = [mark[1] for mark in marks]
    if len(order) < 2 or len(set(order)) < len(order):
        return Span(0, len(sentence)), []
    items = [
        _trimmed(sentence, mark.end(), after)
        for mark, after in zip(
            marks, [*(each.start() for each in marks[1:]), len(sentence)], strict=True
        )
    ]
    return _trimmed(sentence, 0, marks[0].start()), [unjoined(sentence, each) for each in items]


def unjoined(text: str, span: Span) -> Span:
    """An item without the `; and` that joins it to the next."""
    joined = re.search(r"[;,]\s*(?:\b(?:and|or))?$", text[span.start : span.end])
    return Span(span.start, span.start + joined.start()) if joined else span


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = _LEFT_OVER.sub("", text[start:end])
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _within_bracket(text: str, start: int, stop: int) -> bool:
    opened = text.rfind("(", max(start, stop - _BRACKET), stop)
    piece = text[max(start, stop - _BRACKET) : stop]
    return opened >= 0 and piece.count("(") > piece.count(")")


def _abbreviates(text: str, start: int, stop: re.Match[str]) -> bool:
    if text[stop.start()] != ".":
        return False
    before = text[max(start, stop.start() - 12) : stop.start()]
    after = text[stop.end() : stop.end() + 12]
    if before.isdigit() and stop.start() - start <= 3:
        return True
    if _INITIALS.search(before):
        return not _OPENS.match(after)
    return bool(_SHORT.search(before)) and not (_OPENS.match(after) and "etc" in before[-3:])
