"""The text of an instrument as provisions with anchors, the norms of each beside it.

The text is set from Markdown without any markup of its own: no HTML, no images, no links.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ministry.console.said import anchor
from ministry.editions.queries import Law, law_of
from writ.book.model import Norm
from writ.cli import norm_text
from writ.syntax.provisions import label_of

_markdown = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["image", "link", "autolink", "html_block", "html_inline", "reference"])
)
_PARAGRAPH = re.compile(r"\(([0-9A-Za-z.-]+)\)\s")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
KEPT = 64


class Written(msgspec.Struct, frozen=True):
    """A norm beside the text."""

    id: str
    anchor: str
    kind: str
    title: str
    citation: str
    line: str
    clauses: tuple[str, ...]


class Section(msgspec.Struct):
    """A heading, the text under it, and its norms. `level` is of the heading, from 2."""

    title: str = ""
    label: str = ""
    level: int = 2
    html: SafeString = SafeString()
    norms: list[Written] = []
    formal: list[str] = []
    """Its `writ` blocks, as they are written."""
    anchor: str = ""
    extra: list[str] = []
    """Anchors of its norms that the text itself does not have."""


@lru_cache(maxsize=KEPT)
def sections(digest: str, instrument: str) -> tuple[Section, ...]:
    """The sections of an instrument of an edition."""
    return tuple(_sections(law_of(digest), instrument))


def _sections(law: Law, instrument: str) -> list[Section]:
    place = law.book.instruments[instrument].place
    source = law.book.sources[place.file]
    front = _FRONT.match(source.text)
    # Blank lines in place of the front matter, so that every line keeps its number.
    text = "\n" * front[0].count("\n") + source.text[front.end() :] if front else source.text
    norms = sorted(
        (law.book.span(norm.place).line, norm)
        for norm in law.book.norms
        if norm.instrument == instrument
    )
    found: list[Section] = [Section(norms=[], formal=[], extra=[])]
    pending: list[Token] = []
    tokens = _markdown.parse(text)
    at, body = 0, ""
    seen: set[str] = set()
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open" and token.level == 0:
            close(found[-1], body, pending)
            body, pending = "", []
            title = tokens[at + 1].content
            if token.tag != "h1":
                label = label_of(title)
                found.append(
                    Section(
                        title,
                        label,
                        int(token.tag[1]),
                        norms=[],
                        formal=[],
                        extra=[],
                        anchor=anchor(label) if label else "",
                    )
                )
                seen.add(found[-1].anchor)
            at += 3
            continue
        if token.type == "fence" and token.info.strip().split(" ")[0] == "writ":
            found[-1].formal.append(token.content)
            start, end = token.map or [0, 0]
            for line, norm in norms:
                if start < line <= end:
                    found[-1].norms.append(written(norm))
        else:
            if token.type == "paragraph_open" and token.level == 0:
                mark = _PARAGRAPH.match(tokens[at + 1].content)
                if mark and found[-1].label:
                    name = anchor(f"{found[-1].label}({mark[1]})")
                    if name not in seen:
                        token.attrSet("id", name)
                        seen.add(name)
            pending.append(token)
        at += 1
    close(found[-1], body, pending)
    for section in found:
        for one in section.norms:
            if one.anchor not in seen:
                seen.add(one.anchor)
                section.extra.append(one.anchor)
    return [one for one in found if one.title or one.html or one.norms or one.formal]


def close(section: Section, body: str, pending: list[Token]) -> None:
    text = _markdown.renderer.render(pending, _markdown.options, {})
    # Made by our own renderer from escaped text: it holds no markup of the book's.
    section.html = format_html("{}", mark_safe(text))


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
