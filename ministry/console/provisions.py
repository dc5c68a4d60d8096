"""The text of an instrument as provisions with anchors, the norms of each beside it.

The text is set from Markdown without any markup of its own: no HTML, no images, no links.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ministry.console.marks import Marker, Meaning, Unmarked
from ministry.console.places import Head, Outline, outline, outlined
from ministry.console.said import anchor
from ministry.editions.queries import Law, law_of
from writ.book.model import Norm
from writ.cli import norm_text
from writ.diagnostics import LENGTH_BITS

_markdown = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["image", "link", "autolink", "html_block", "html_inline", "reference"])
)
_PARAGRAPH = re.compile(r"\(([0-9A-Za-z.-]+)\)\s")
KEPT = 256


class Written(msgspec.Struct, frozen=True):
    """A norm beside the text."""

    id: str
    anchor: str
    kind: str
    title: str
    citation: str
    line: SafeString
    clauses: tuple[SafeString, ...]


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


class Sheet(msgspec.Struct, frozen=True):
    """A page of an instrument, and the words that are explained on it."""

    sections: tuple[Section, ...]
    words: tuple[Meaning, ...]


def sections(digest: str, instrument: str) -> tuple[Section, ...]:
    """All the sections of an instrument of an edition."""
    pages = range(len(outline(digest, instrument).pages))
    return tuple(one for page in pages for one in sheet(digest, instrument, page).sections)


@lru_cache(maxsize=KEPT)
def sheet(digest: str, instrument: str, page: int = 0, edition: str = "") -> Sheet:
    """One page of an instrument; `edition` where its links lead to that one and not to the edition in force."""
    law = law_of(digest)
    found = outline(digest, instrument)
    first, last = found.pages[page]
    marker = Marker(law, instrument, edition)
    text = law.book.sources[law.book.instruments[instrument].place.file].text
    made = _set(text, found.heads, range(first, last), by_head(digest, instrument), marker)
    words = sorted(marker.used.values(), key=lambda one: one.word.casefold())
    return Sheet(tuple(made), tuple(words))


def _sections(law: Law, instrument: str) -> list[Section]:
    """All the sections of an instrument, without any marks in their text. Of the law only its book is looked at."""
    found = outlined(law.book, instrument)
    norms = _placed(found, [one for one in law.book.norms if one.instrument == instrument])
    text = law.book.sources[law.book.instruments[instrument].place.file].text
    return _set(text, found.heads, range(len(found.heads)), norms, Unmarked())


def _set(
    text: str,
    heads: tuple[Head, ...],
    numbers: range,
    norms: Mapping[int, Sequence[Norm]],
    marker: Marker | Unmarked,
) -> list[Section]:
    """The sections under these headings; a section that has nothing is left out."""
    seen: set[str] = set()
    made = [_section(text, heads[at], norms.get(at, ()), marker, seen) for at in numbers]
    for section in made:
        for one in section.norms:
            if one.anchor not in seen:
                seen.add(one.anchor)
                section.extra.append(one.anchor)
    return [one for one in made if one.title or one.html or one.norms or one.formal]


@lru_cache(maxsize=KEPT)
def by_head(digest: str, instrument: str) -> dict[int, tuple[Norm, ...]]:
    """The norms of an instrument by the heading under which they are written, counted from 0."""
    return _placed(outline(digest, instrument), of_instrument(digest).get(instrument, ()))


def _placed(whole: Outline, norms: Iterable[Norm]) -> dict[int, tuple[Norm, ...]]:
    starts = [one.start for one in whole.heads]
    found: dict[int, list[Norm]] = {}
    for norm in norms:
        at = max(bisect_right(starts, norm.place.span >> LENGTH_BITS) - 1, 0)
        found.setdefault(at, []).append(norm)
    return {
        at: tuple(sorted(own, key=lambda one: one.place.span >> LENGTH_BITS))
        for at, own in found.items()
    }


@lru_cache(maxsize=16)
def of_instrument(digest: str) -> dict[str, list[Norm]]:
    """The norms of each instrument of an edition."""
    found: dict[str, list[Norm]] = {}
    for norm in law_of(digest).book.norms:
        found.setdefault(norm.instrument, []).append(norm)
    return found


def _section(
    whole: str, head: Head, norms: Sequence[Norm], marker: Marker | Unmarked, seen: set[str]
) -> Section:
    section = Section(
        head.title, head.label, head.level, norms=[], formal=[], extra=[], anchor=head.anchor
    )
    if head.anchor:
        seen.add(head.anchor)
    marker.begin()
    pending: list[Token] = []
    for token in (tokens := _markdown.parse(whole[head.body : head.end])):
        if token.type == "fence" and token.info.strip().split(" ")[0] == "writ":
            section.formal.append(token.content)
            continue
        if token.type == "paragraph_open" and token.level == 0 and head.label:
            mark = _PARAGRAPH.match(tokens[tokens.index(token) + 1].content)
            name = anchor(f"{head.label}({mark[1]})") if mark else ""
            if name and name not in seen:
                token.attrSet("id", name)
                seen.add(name)
        if token.type == "inline":
            marked(token, marker)
        pending.append(token)
    text = _markdown.renderer.render(pending, _markdown.options, {})
    section.html = made_here(text)
    marker.begin()
    section.norms += [written(norm, marker) for norm in norms]
    return section


def made_here(text: str) -> SafeString:
    """HTML that our own renderers made of escaped text: it holds no markup of the book's."""
    return format_html("{}", mark_safe(text))


def marked(token: Token, marker: Marker | Unmarked) -> None:
    """Put marks in place of the texts that have any."""
    deep = 0
    for child in token.children or ():
        deep += child.nesting
        if child.type == "text" and not deep and (html := marker.text(child.content)) is not None:
            child.type, child.content = "html_inline", html


def written(norm: Norm, marker: Marker | Unmarked) -> Written:
    return Written(
        norm.id,
        anchor(norm.label),
        norm.kind,
        norm.title,
        norm.citation,
        marker.line(norm_text.line(norm)),
        tuple(marker.line(one) for one in norm_text.clauses(norm)),
    )
