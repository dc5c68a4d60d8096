"""Where the provisions of an instrument stand: its headings in order, cut into pages where it is long."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, lru_cache

import msgspec
from django.urls import reverse

from ministry.console.said import anchor
from ministry.editions.queries import Law, law_of
from writ.book.model import Book
from writ.editions.provisions import provisions_of
from writ.syntax.front import extent

WHOLE = 48_000
"""Characters of an instrument that is shown on one page."""
PAGE = 12_000
"""Of a page of a longer one, to the next heading."""
KEPT = 512


class Head(msgspec.Struct, frozen=True):
    """A heading with its own text; the first may have none."""

    title: str
    label: str
    level: int
    """From 2, as on the page."""
    start: int
    body: int
    end: int
    """Offsets in the file: of the heading, of what stands under it, and of the next heading."""
    anchor: str
    page: int


class Outline(msgspec.Struct, frozen=True, dict=True):
    """The headings of an instrument, and of each page the first and the last but one."""

    heads: tuple[Head, ...]
    pages: tuple[tuple[int, int], ...]

    def at(self, offset: int) -> int:
        """The heading under which a place of the file stands."""
        return max(bisect_right(self.heads, offset, key=lambda one: one.start) - 1, 0)

    def of(self, place: str) -> Head | None:
        """The heading of an anchor, or of what it stands in: of `s-17-1-a`, `s-17-1`, `s-17`."""
        known = self._by_anchor
        while place:
            if place in known:
                return known[place]
            place = place.rpartition("-")[0]
        return None

    @cached_property
    def _by_anchor(self) -> dict[str, Head]:
        return {one.anchor: one for one in reversed(self.heads) if one.anchor}


@lru_cache(maxsize=KEPT)
def outline(digest: str, instrument: str) -> Outline:
    """The outline of an instrument of an edition."""
    return outlined(law_of(digest).book, instrument)


def outlined(book: Book, instrument: str) -> Outline:
    """The outline of an instrument of a book."""
    source = book.sources[book.instruments[instrument].place.file]
    text = source.text
    place = extent(text)
    begin = place[2] if place is not None and place[1] > 0 else 0
    paged = len(text) > WHOLE
    heads: list[Head] = []
    pages: list[tuple[int, int]] = []
    first = size = 0
    whole = False
    taken: set[str] = set()
    for one in provisions_of(source.path, text, instrument):
        title = one.title
        if one.level == 1 and not whole:
            whole, title = True, ""  # it is the title of the page
        start = max(one.start, begin) if one.level == 0 else one.start
        body = one.start if one.level == 0 else text.find("\n", one.start) + 1 or one.end
        name = anchor(one.label or title) if title else ""
        count = 1
        while name in taken:
            count += 1
            name = f"{anchor(one.label or title)}-n{count}"
        taken |= {name} - {""}
        if paged and size > PAGE:
            pages.append((first, len(heads)))
            first, size = len(heads), 0
        size += one.end - start
        heads.append(
            Head(
                title, one.label if title else "", max(one.level, 2), start,
                min(max(body, start), one.end), one.end, name, len(pages),
            )
        )  # fmt: skip
    pages.append((first, len(heads)))
    return Outline(tuple(heads), tuple(pages))


def page_of(instrument: str, edition: str = "") -> str:
    """The address of an instrument, in the edition in force or in that one."""
    if edition:
        return reverse("console:instrument-then", args=[edition, instrument])
    return reverse("console:instrument", args=[instrument])


def is_long(law: Law, instrument: str) -> bool:
    """Whether it is shown in several pages."""
    return len(law.book.sources[law.book.instruments[instrument].place.file].text) > WHOLE


def href_to(law: Law, instrument: str, label: str, line: int = 0, edition: str = "") -> str:
    """The address of a provision; of what has no label that of the heading at `line`, from 1."""
    address = page_of(instrument, edition)
    if label and not is_long(law, instrument):
        return f"{address}#{anchor(label)}"
    found = outline(law.digest, instrument)
    head = found.of(anchor(label)) if label else None
    if head is None and line > 1:
        source = law.book.sources[law.book.instruments[instrument].place.file]
        offset = _start_of(source.text, line)
        head = found.heads[found.at(offset)]
    if head is None or not head.anchor:
        return address
    place = anchor(label) if label else head.anchor
    return f"{address}{head.anchor}/#{place}" if len(found.pages) > 1 else f"{address}#{place}"


def _start_of(text: str, line: int) -> int:
    offset = 0
    for _ in range(line - 1):
        following = text.find("\n", offset) + 1
        if not following:
            break
        offset = following
    return offset
