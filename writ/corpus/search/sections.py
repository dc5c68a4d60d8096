"""The sections of an instrument: each heading with the text that is its own, for people."""

from __future__ import annotations

import re

import msgspec

from writ.diagnostics import LENGTH_BITS, LENGTH_MASK, Source
from writ.syntax.parser import parse_text
from writ.syntax.tree import File

_SIGNS = re.compile(r"\\([\\`*_\[\]<>&|~#.)(+-])|\*{1,3}|`")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TERM = re.compile(r"\*\*([^*\n]{1,200})\*\*")
_EQUIVALENT = re.compile(r"\(\*\*([^*\n]{1,200})\*\*")
_FENCE = re.compile(r"[ \t]{0,3}(?:`{3,}|~{3,})[^\n]*\n?$")


class Section(msgspec.Struct, frozen=True):
    """A heading, up to the next heading of any level: what stands beneath that is not its own.

    `start` is where it begins in the file; `path` are the headings above it, the widest first; `terms` the words set in
    bold, which is how terms are defined, `equivalents` those of them
    in brackets: the same in another language; `text` is without blocks and without the signs of Markdown.
    """

    label: str
    heading: str
    path: tuple[str, ...]
    terms: tuple[str, ...]
    equivalents: frozenset[str]
    text: str
    start: int
    line: int


def sections(path: str, text: str, file: File | None = None) -> list[Section]:
    """The sections of a file, in order; none where it could not be read."""
    file = file or parse_text(path, text)[0]
    if file.front is None and not file.headings:
        return []
    source = Source.of(path, text)
    blocks = [_fenced(text, span) for span in file.blocks]
    found: list[Section] = []
    above: list[tuple[int, str]] = []
    edges = [text.rfind("\n", 0, each.span >> LENGTH_BITS) + 1 for each in file.headings]
    following = 0
    for number, heading in enumerate(file.headings):
        begin = text.find("\n", heading.span >> LENGTH_BITS)
        end = edges[number + 1] if number + 1 < len(edges) else len(text)
        begin = end if begin < 0 else min(begin, end)
        while above and above[-1][0] >= heading.level:
            above.pop()
        while following < len(blocks) and blocks[following][1] <= begin:
            following += 1
        pieces: list[str] = []
        at = begin
        block = following
        while block < len(blocks) and blocks[block][0] < end:
            pieces.append(text[at : max(blocks[block][0], at)])
            at = blocks[block][1]
            block += 1
        raw = "".join([*pieces, text[at:end]]).strip()
        title = plain(heading.text)
        bare = title.removeprefix(heading.label).lstrip(" .:—–-\u00a0") if heading.label else title
        found.append(
            Section(
                heading.label,
                bare,
                tuple(each for _, each in above),
                tuple(dict.fromkeys(plain(each) for each in _TERM.findall(raw))),
                frozenset(plain(each) for each in _EQUIVALENT.findall(raw)),
                plain(raw),
                edges[number],
                source.span(heading.span).line,
            )
        )
        above.append((heading.level, title))
    return found


def plain(text: str) -> str:
    """The text without the signs of Markdown, and without control characters."""
    if "\\" in text or "*" in text or "`" in text:
        text = _SIGNS.sub(r"\1", text)
    return _CONTROL.sub(" ", text) if not text.isprintable() else text


def _fenced(text: str, span: int) -> tuple[int, int]:
    """Where a block begins and ends, with the lines of its fences."""
    start, end = span >> LENGTH_BITS, (span >> LENGTH_BITS) + (span & LENGTH_MASK)
    opening = text.rfind("\n", 0, max(start - 1, 0)) + 1
    closing = text.find("\n", end)
    after = text.find("\n", closing + 1) if closing >= 0 else -1
    last = text[closing + 1 : after] if after >= 0 else text[closing + 1 :]
    if closing < 0 or not _FENCE.match(last):
        line = text[text.rfind("\n", 0, end) + 1 : closing if closing >= 0 else len(text)]
        stop = closing if _FENCE.match(line) else end
        return opening, len(text) if stop < 0 else stop
    return opening, len(text) if after < 0 else after
