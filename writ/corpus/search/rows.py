"""A book as rows: what can be found, file by file. The index keeps them; another store may keep them otherwise."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from writ.book.model import (
    ActDef,
    ActorDef,
    Book,
    DefinitionDef,
    EventDef,
    Instrument,
    KindDef,
    Norm,
    StateDef,
    ThingDef,
)
from writ.book.terms import InEffect, StateTime, walk
from writ.corpus.search.measures import NOTHING, Measure, measure
from writ.corpus.search.sections import Section, sections
from writ.corpus.search.sidecars import Kept
from writ.drafting.language import is_english

SORTS = (
    "provision",
    "part",
    "assurance",
    "office",
    "body",
    "person",
    "act",
    "thing",
    "state",
    "event",
    "kind",
    "definition",
    "case",
    "unresolved",
)
"""What is found, in the order in which a file lists it.

A `part` is a heading that is not cited; an `assurance` a provision that assures something and has no norms.
"""
UNRESOLVED = "unresolved-authority"
"""The instrument that `writ import law` makes for authority outside the book."""


Declared = ActorDef | ActDef | ThingDef | StateDef | EventDef | KindDef | DefinitionDef


class NormRow(msgspec.Struct, frozen=True):
    """A norm, for filters. `bearers` is `anyone` where nobody is named; `acts` has those delegated, too."""

    id: str
    label: str
    citation: str
    modality: str
    line: int
    words: str
    """As written, on one line."""
    bearers: tuple[str, ...]
    excepted: tuple[str, ...]
    acts: tuple[str, ...]
    states: tuple[str, ...]


class Row(msgspec.Struct, frozen=True):
    """One thing that can be found. Days are ISO 8601, empty where there is none."""

    sort: str
    label: str
    citation: str
    heading: str
    path: tuple[str, ...]
    """The headings above it, the widest first, without the title of the instrument: every row would have its words."""
    terms: tuple[str, ...]
    text: str
    line: int
    start: str = ""
    end: str = ""
    names: str = ""
    """Words of its norms: as written, with the descriptions of those they speak of."""
    norms: tuple[NormRow, ...] = ()
    assured: bool = False
    measure: Measure = NOTHING
    unused: tuple[str, ...] = ()
    """Terms defined here that its file uses nowhere else."""
    cites: tuple[tuple[str, str], ...] = ()
    """(instrument, label) of what it refers to; the label is empty for an instrument as a whole."""


class FileRows(msgspec.Struct, frozen=True):
    """The rows of one file, and the instrument it is."""

    path: str
    instrument: str
    title: str
    kind: str
    rank: int
    cite_as: str
    language: str
    under: tuple[str, str]
    rows: tuple[Row, ...]
    links: int = 0
    resolved: int = 0
    """Links of imported law, and those of them that lead to a provision of the book."""


class Prepared:
    """A book with its norms, assurances, overrides and declarations by where they stand."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.norms: dict[str, list[Norm]] = {}
        for norm in book.norms:
            self.norms.setdefault(norm.instrument, []).append(norm)
        self.assured: dict[str, list[int]] = {}
        for each in book.assurances:
            self.assured.setdefault(each.instrument, []).append(each.place.span)
        self.overridden = _overridden(book)
        self.declared: dict[str, list[tuple[str, str, Declared]]] = {}
        words = book.vocabulary
        for sort, table in (
            ("", words.actors),
            ("act", words.acts),
            ("thing", words.things),
            ("state", words.states),
            ("event", words.events),
            ("kind", words.kinds),
            ("definition", words.definitions),
        ):
            for name, word in table.items():
                own = sort or getattr(word, "kind", "office")
                self.declared.setdefault(word.place.file, []).append((own, name, word))

    def key(self, instrument: Instrument) -> bytes:
        """What the rows of an instrument follow from, but for its text and its sidecar."""
        norms = self.norms.get(instrument.id, [])
        words = self.book.vocabulary
        said: list[object] = [instrument, norms, self.assured.get(instrument.id)]
        if norms:
            tables = (words.actors, words.acts, words.states, words.attributes)
            said.append(
                [[(name, one.description) for name, one in each.items()] for each in tables]
            )
            said.append([sorted(self.overridden.get(norm.id, ())) for norm in norms])
        said.append(self.declared.get(instrument.place.file))
        return msgspec.msgpack.encode(said)


def rows_of(prepared: Prepared, instrument: Instrument, kept: Kept) -> FileRows:
    """The rows of an instrument: its parts and provisions, and the words it declares."""
    source = prepared.book.sources[instrument.place.file]
    found = sections(source.path, source.text)
    builder = _Builder(prepared, instrument, kept, found)
    own: dict[int, list[Norm]] = {}
    for norm in prepared.norms.get(instrument.id, ()):
        own.setdefault(_home(norm.place.span >> 22, found), []).append(norm)
    assured = {_home(span >> 22, found) for span in prepared.assured.get(instrument.id, ())}
    rows = [
        builder.section(one, own.get(number, []), number in assured)
        for number, one in enumerate(found)
    ]
    rows += builder.words(found)
    return FileRows(
        source.path,
        instrument.id,
        instrument.title,
        instrument.kind,
        instrument.rank,
        instrument.cite_as,
        kept.language or language_of(source.text),
        instrument.under or ("", ""),
        tuple(sorted(rows, key=lambda row: SORTS.index(row.sort))),
        kept.links,
        kept.resolved,
    )


def _home(offset: int, found: list[Section]) -> int:
    """The section in which a place stands."""
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        if found[middle].start <= offset:
            low = middle + 1
        else:
            high = middle
    return max(low - 1, 0)


class _Builder:
    def __init__(
        self, prepared: Prepared, instrument: Instrument, kept: Kept, found: list[Section]
    ) -> None:
        self.prepared = prepared
        self.book = prepared.book
        self.instrument = instrument
        self.kept = kept
        self.whole = "\n".join(f"{each.heading}\n{each.text}" for each in found).lower()
        self.start = _iso(instrument.start)
        self.end = _iso(instrument.end)
        self.sort = "unresolved" if instrument.id == UNRESOLVED else "provision"

    def section(self, one: Section, norms: list[Norm], assured: bool) -> Row:
        text = self.book.sources[self.instrument.place.file].text
        found = [self.norm(norm, text) for norm in norms]
        cites = set(self.kept.cites.get(one.label, ())) if one.label else set()
        cites.discard((self.instrument.id, ""))  # an act that names itself
        cites |= {
            (self.instrument.id, label) for label in _referred(one.text) if label != one.label
        }
        for norm in norms:
            cites.update(self.prepared.overridden.get(norm.id, ()))
        return Row(
            "part" if not one.label else "assurance" if assured and not norms else self.sort,
            one.label,
            self.instrument.cite(one.label) if one.label else "",
            one.heading,
            tuple(each for each in one.path if each != self.instrument.title),
            one.terms,
            one.text,
            one.line,
            self.kept.starts.get(one.label, "") or self.start,
            self.end,
            self.described(norms, found),
            tuple(found),
            assured,
            measure(one.text),
            self.unused(one),
            tuple(sorted(cites)),
        )

    def unused(self, one: Section) -> tuple[str, ...]:
        """The terms of a section that no other section of the file uses."""
        if not one.terms:
            return ()
        own = f"{one.heading}\n{one.text}".lower()
        return tuple(
            each
            for each in one.terms
            if each not in one.equivalents
            and self.whole.count(low := each.lower()) <= own.count(low)
        )

    def norm(self, norm: Norm, text: str) -> NormRow:
        start, length = norm.place.span >> 22, norm.place.span & ((1 << 22) - 1)
        bearers = tuple(each.name for each in norm.bearer.actors)
        if norm.bearer.mode == "none":
            bearers = ("anyone",)
        states = {each.state for each in (*norm.effects, *norm.breach) if each.verb != "escalates"}
        states.update((norm.state, norm.while_state))
        if norm.trigger is not None and norm.trigger.kind in ("start", "end"):
            states.add(norm.trigger.name)
        for part in (norm.when, norm.with_, norm.so_that, norm.until, norm.limited_to):
            for condition in part:
                for term in walk(condition):
                    if isinstance(term, InEffect | StateTime):
                        states.add(term.state)
        return NormRow(
            norm.id,
            norm.label,
            norm.citation,
            norm.kind,
            self.book.span(norm.place).line,
            " ".join(text[start : start + length].split()),
            bearers,
            tuple(each.name for each in norm.bearer.excepted),
            tuple(dict.fromkeys(each for each in (norm.act, *norm.delegated) if each)),
            tuple(sorted(states - {""})),
        )

    def described(self, norms: list[Norm], rows: list[NormRow]) -> str:
        """The norms as written, and what the book says of those that they name."""
        if not norms:
            return ""
        words = self.book.vocabulary
        said = [row.words for row in rows]
        for row in rows:
            said += [words.actors[each].description for each in row.bearers if each in words.actors]
            said += [words.acts[each].description for each in row.acts if each in words.acts]
            said += [words.states[each].description for each in row.states if each in words.states]
        for norm in norms:
            for condition in norm.when:
                for term in walk(condition):
                    slot = getattr(getattr(term, "path", term), "name", "")
                    if slot in words.attributes:
                        said.append(words.attributes[slot].description)
        return "\n".join(dict.fromkeys(each for each in said if each))

    def words(self, found: list[Section]) -> Iterator[Row]:
        """What the file declares."""
        words = self.book.vocabulary
        for own, name, each in self.prepared.declared.get(self.instrument.place.file, ()):
            home = found[_home(each.place.span >> 22, found)] if found else None
            lines = [f"{one.name}: {one.description}" for one in getattr(each, "values", ())]
            lines += [
                f"{words.attributes[slot].name}: {words.attributes[slot].description}"
                for slot in getattr(each, "attributes", ())
                if slot in words.attributes
            ]
            yield Row(
                own,
                name,
                "",
                each.description,
                (*home.path, home.heading) if home is not None else (),
                (name,) if own == "definition" else (),
                "\n".join(lines),
                self.book.span(each.place).line,
                self.start,
                self.end,
            )


_FRENCH = frozenset(
    ("le", "la", "les", "des", "de", "du", "et", "en", "est", "que", "par", "sur", "un", "une")
)
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """`en`, `fr`, or nothing where neither is plain."""
    if is_english(text):
        return "en"
    words = [each[0].lower() for each in islice(_WORD.finditer(text), 2000)]
    return "fr" if sum(each in _FRENCH for each in words) >= 0.1 * len(words) else ""


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day is not None else ""


def _overridden(book: Book) -> dict[str, set[tuple[str, str]]]:
    """What each norm says that it prevails over, or yields to, by its id."""
    found: dict[str, set[tuple[str, str]]] = {}
    norms = book.by_id
    for each in book.overrides:
        winner, loser = norms.get(each.winner), norms.get(each.loser)
        if winner is None or loser is None:
            continue
        found.setdefault(winner.id, set()).add((loser.instrument, loser.label))
        if not each.own_word:
            found.setdefault(loser.id, set()).add((winner.instrument, winner.label))
    return found


_REFERRED = re.compile(
    r"\b(?:(?:sub)?sections?|(?:sub)?paragraphs?|articles?|arts?\.|ss?\.|§§?|paragraphes?|alinéas?)"
    r"[ \u00a0]*(\d[\w.]*(?:\([\w.]+\))*(?:(?:[ \u00a0]*,[ \u00a0]*|[ \u00a0](?:and|or|to|et|ou|à)[ \u00a0])"
    r"\d[\w.]*(?:\([\w.]+\))*)*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\w.]*(?:\([\w.]+\))*")


def _referred(text: str) -> set[str]:
    """The labels that a text refers to in its own instrument: `subsection 17(1)`, `sections 4 and 5`."""
    return {
        number[0].rstrip(".")
        for found in _REFERRED.finditer(text)
        if not text[found.end() : found.end() + 12]
        .lstrip(" \u00a0")
        .startswith(("of the ", "de la ", "of that"))
        for number in _NUMBER.finditer(found[1])
    }
