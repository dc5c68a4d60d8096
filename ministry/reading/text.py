"""The text of an instrument as provisions, with the norms that are written in each, and nothing that stands elsewhere.

It is made of the one file and of the norms in it. The console explains words and follows references on its own pages;
here neither is done, since what it would say may stand in texts that are not public.
"""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from ministry.console.provisions import made_here
from ministry.console.said import anchor
from writ.book.model import Book, Norm
from writ.cli import norm_text
from writ.diagnostics import LENGTH_BITS
from writ.editions.provisions import provisions_of
from writ.syntax.front import extent

_markdown = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["image", "link", "autolink", "html_block", "html_inline", "reference"])
)
_PARAGRAPH = re.compile(r"\(([0-9A-Za-z.-]+)\)\s")


class Written(msgspec.Struct, frozen=True):
    """A norm beside the text."""

    id: str
    anchor: str
    kind: str
    title: str
    citation: str
    line: str
    clauses: tuple[str, ...]


class Section(msgspec.Struct, frozen=True):
    """A heading, the text under it without its blocks, the blocks as they are written, and their norms."""

    title: str
    label: str
    level: int
    """Of the heading, from 1; 0 is what stands before the first."""
    anchor: str
    plain: str
    html: SafeString
    formal: tuple[str, ...]
    norms: tuple[Written, ...]
    extra: tuple[str, ...]
    """Anchors of its norms that the text itself does not have."""


def sections(book: Book, instrument: str) -> tuple[Section, ...]:
    """The provisions of an instrument, in order."""
    file = book.instruments[instrument].place.file
    text = book.sources[file].text
    parts = provisions_of(file, text, instrument)
    starts = [one.start for one in parts]
    norms: dict[int, list[Norm]] = {}
    for norm in sorted(book.norms, key=lambda one: one.place.span):
        if norm.instrument == instrument:
            at = bisect_right(starts, norm.place.span >> LENGTH_BITS) - 1
            norms.setdefault(at, []).append(norm)
    found, seen = [], set[str]()
    for at, one in enumerate(parts):
        start = one.start
        if one.level:
            start = text.find("\n", one.start, one.end) + 1 or one.end
        elif (front := extent(text)) is not None:
            start = front[2]
        name = anchor(one.label) if one.label else ""
        seen.add(name)
        own = text[min(start, one.end) : one.end]
        html, formal = rendered(own, one.label, seen)
        said = tuple(map(written, norms.get(at, ())))
        extra = tuple(dict.fromkeys(each.anchor for each in said if each.anchor not in seen))
        seen.update(extra)
        plain = own
        for block in formal:
            plain = plain.replace(f"```writ\n{block}```", "")
        plain = re.sub(r"\n{3,}", "\n\n", plain).strip()
        found.append(
            Section(one.title, one.label, one.level, name, plain, html, formal, said, extra)
        )
    return tuple(one for one in found if one.level > 1 or one.plain or one.norms)


def rendered(text: str, label: str, seen: set[str]) -> tuple[SafeString, tuple[str, ...]]:
    """The text as HTML, with anchors at its numbered paragraphs; and the `writ` blocks that stand in it."""
    formal: list[str] = []
    kept = []
    tokens = _markdown.parse(text)
    for at, token in enumerate(tokens):
        if token.type == "fence" and token.info.strip().split(" ")[0] == "writ":
            formal.append(token.content)
            continue
        if token.type == "paragraph_open" and token.level == 0 and label:
            mark = _PARAGRAPH.match(tokens[at + 1].content)
            name = anchor(f"{label}({mark[1]})") if mark else ""
            if name and name not in seen:
                token.attrSet("id", name)
                seen.add(name)
        kept.append(token)
    return made_here(_markdown.renderer.render(kept, _markdown.options, {})), tuple(formal)


def written(norm: Norm) -> Written:
    return Written(
        norm.id,
        anchor(norm.label),
        norm.kind,
        norm.title,
        norm.citation,
        norm_text.line(norm),
        tuple(norm_text.clauses(norm)),
    )
