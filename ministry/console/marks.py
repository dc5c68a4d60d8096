"""What the text of a provision is marked with: words that are defined, with their meaning, and links to what it cites.

A meaning is shown when the word is pointed at or has the focus, and is opened by Enter. It needs no script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

import msgspec
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ministry.console.places import href_to, outline, page_of
from ministry.console.said import anchor
from ministry.editions.queries import Law, law_of
from writ.corpus.search.sections import plain
from writ.formats.reader.glossary import explained, flat_meaning
from writ.formats.reader.groups import cited
from writ.formats.reader.plain import human

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z][a-z0-9-]*)?")
_BOLD = re.compile(r"\*\*([^*\n]{2,80})\*\*")
_DEFINES = re.compile(r"\b(?:means|includes|mean|désigne|s['’]entend|is defined)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:sections?|subsections?|paragraphs?|articles?|ss?\.)\s(\d[\w.]*(?:\(\w{1,5}\))*)\sof\s(?:the\s)?\Z",
    re.IGNORECASE,
)
LONGEST = 320
"""Characters of a meaning beside its word."""
KEPT = 64


class Meaning(msgspec.Struct, frozen=True):
    """A word that is defined: in which form, what it means, and where that stands."""

    word: str
    said: str
    href: str = ""


class Target(msgspec.Struct, frozen=True):
    """The title of an instrument of the book."""

    instrument: str


@lru_cache(maxsize=16)
def vocabulary(digest: str) -> dict[str, str]:
    """What the names of an edition mean, as their declarations say."""
    book = law_of(digest).book
    found = {name: said for name, (_, said) in explained(book).items() if said}
    for name in book.vocabulary.definitions:
        said = f"{book.vocabulary.definitions[name].description} ({flat_meaning(book, name)})"
        found[name] = said.strip()
    return found


Known = dict[str, list[tuple[tuple[str, ...], Meaning | Target]]]


@lru_cache(maxsize=16)
def _shared(digest: str) -> Known:
    """Words of the whole book: names of several words that it declares, and titles of instruments."""
    book = law_of(digest).book
    known: Known = {}
    words = book.vocabulary
    for name, said in vocabulary(digest).items():
        if name in words.definitions or (
            "-" in name and (name in words.states or name in words.things or name in words.events)
        ):
            _add(known, human(name), Meaning(human(name), said))
    for item in book.instruments.values():
        if " " in item.title:
            _add(known, item.title, Target(item.id))
    return known


def _add(known: Known, said: str, what: Meaning | Target) -> None:
    words = tuple(one.casefold() for one in _WORD.findall(said))
    if words:
        known.setdefault(words[0], []).append((words, what))


class Unmarked:
    """Marks nothing."""

    def begin(self) -> None:
        """Nothing to forget."""

    def text(self, text: str) -> str | None:
        return None

    def line(self, line: str) -> SafeString:
        return format_html("{}", line)


class Marker:
    """Marks the texts of one page of an instrument. The ids that it gives are unique on that page."""

    def __init__(self, law: Law, instrument: str, edition: str) -> None:
        self.law, self.instrument, self.edition = law, instrument, edition
        self.outline = outline(law.digest, instrument)
        self.own, self.meanings = _defined(law.digest, instrument, edition)
        self.shared = _shared(law.digest)
        self.names = vocabulary(law.digest)
        self.used: dict[str, Meaning] = {}
        """All that was marked, for the list of words below the page."""
        self.count = 0
        self.seen: set[str] = set()

    def begin(self) -> None:
        """A new section: each word is marked once in each."""
        self.seen = set()

    def text(self, text: str) -> str | None:
        """HTML of a text, with its marks; None where it has none."""
        spots = sorted((*self._cites(text), *self._words(text)), key=lambda one: (one[0], -one[1]))
        parts: list[str] = []
        at = 0
        for start, end, what in spots:
            if start < at:
                continue
            shown = text[start:end]
            if isinstance(what, Meaning):
                if what.word in self.seen:
                    continue
                self.seen.add(what.word)
                made = self.term(shown, what)
            else:
                made = format_html('<a class="xref" href="{}">{}</a>', what, shown)
            parts += [escape(text[at:start], quote=False), made]
            at = end
        return "".join([*parts, escape(text[at:], quote=False)]) if parts else None

    def line(self, line: str) -> SafeString:
        """A norm in words, in which the names of the book are explained."""
        parts: list[SafeString] = []
        at = 0
        for found in _NAME.finditer(line):
            said = self.names.get(found[0])
            if said is None or found[0] in self.seen:
                continue
            self.seen.add(found[0])
            parts.append(format_html("{}", line[at : found.start()]))
            parts.append(self.term(found[0], Meaning(found[0], said)))
            at = found.end()
        parts.append(format_html("{}", line[at:]))
        return format_html_join("", "{}", ((one,) for one in parts))

    def term(self, shown: str, what: Meaning) -> SafeString:
        """A word with its meaning."""
        self.count += 1
        self.used.setdefault(what.word, what)
        said = what.said
        if len(said) > LONGEST:
            said = said[: said.rfind(" ", 0, LONGEST)] + " …"
        return format_html(
            '<span class="term"><button type="button" class="term__word" popovertarget="w{0}" aria-describedby="w{0}">'
            '{1}</button><span class="term__tip" role="tooltip" popover id="w{0}">{2}</span></span>',
            self.count, shown, said,
        )  # fmt: skip

    def _cites(self, text: str) -> Iterator[tuple[int, int, str]]:
        for label, start, end in cited(text):
            head = self.outline.of(anchor(label))
            if head is not None:
                yield start, end, href_to(self.law, self.instrument, label, edition=self.edition)

    def _words(self, text: str) -> Iterator[tuple[int, int, Meaning | str]]:
        words = [(one.start(), one.end(), one[0].casefold()) for one in _WORD.finditer(text)]
        for at, (start, _, word) in enumerate(words):
            for known in (self.own, self.shared):
                for wanted, what in known.get(word, ()):
                    last = at + len(wanted) - 1
                    if last >= len(words):
                        continue
                    if any(words[at + n][2] != wanted[n] for n in range(1, len(wanted) - 1)):
                        continue
                    if len(wanted) > 1 and words[last][2] not in (wanted[-1], wanted[-1] + "s"):
                        continue
                    if isinstance(what, Meaning):
                        yield start, words[last][1], what
                    elif what.instrument != self.instrument:
                        yield self._titled(text, start, words[last][1], what.instrument)

    def _titled(self, text: str, start: int, end: int, instrument: str) -> tuple[int, int, str]:
        """A title, with the provision of it that is cited before it."""
        before = _BEFORE.search(text, max(start - 60, 0), start)
        label = before[1] if before is not None else ""
        if before is not None and outline(self.law.digest, instrument).of(anchor(label)):
            href = href_to(self.law, instrument, label, edition=self.edition)
            return before.start(1), end, href
        return start, end, page_of(instrument, self.edition)


@lru_cache(maxsize=KEPT)
def _defined(digest: str, instrument: str, edition: str) -> tuple[Known, dict[str, Meaning]]:
    """The words that an instrument sets in bold and says the meaning of."""
    law = law_of(digest)
    text = law.book.sources[law.book.instruments[instrument].place.file].text
    known: Known = {}
    found: dict[str, Meaning] = {}
    if "**" not in text:
        return known, found
    for head in outline(digest, instrument).heads:
        for passage in text[head.body : head.end].split("\n\n"):
            if "**" not in passage or not _DEFINES.search(passage):
                continue
            said = plain(" ".join(passage.split()))
            for word in _BOLD.findall(passage):
                bare = plain(word).strip(" ;,.")
                key = bare.casefold()
                if key not in found and len(key) > 1:
                    found[key] = Meaning(
                        bare, said, href_to(law, instrument, head.label, edition=edition)
                    )
                    _add(known, bare, found[key])
    return known, found
