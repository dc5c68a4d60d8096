"""Each norm with whom it binds or empowers, by when, on what, and in which words."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from writ.book.model import ANYONE, Book, Norm, Place
from writ.syntax.tree import Bearer

KINDS = (
    "duty",
    "power",
    "prohibition",
    "permission",
    "right",
    "immunity",
    "disability",
    "delegation",
)
_DEADLINE = ("within", "by", "before", "every")
_TRIGGER = ("on", "within")
_QUOTED = 600
"""Characters of a provision that are quoted."""
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
_SPECIAL = re.compile(r"\\([\\`*_\[\]<>&|~#+=.)-])")


class Held(msgspec.Struct, frozen=True):
    """One norm of one of those whom it names. The words of a clause are those of the book."""

    office: str
    """The name of the bearer; `anyone` for all."""
    title: str
    norm: str
    kind: str
    act: str
    does: str
    """What the act is, in words."""
    deadline: str
    trigger: str
    condition: str
    accountable: tuple[str, ...]
    """To whom the bearer reports: who answers for it."""
    consulted: tuple[str, ...]
    """What or who must be asked before."""
    informed: tuple[str, ...]
    """To whom it is owed or reported."""
    instrument: str
    citation: str
    quote: str
    file: str
    line: int
    status: str
    """`in force`, `not yet`, `repealed` or `suspended` on the day."""


def held(book: Book, at: dt.date, kinds: Iterable[str] = ("duty",)) -> list[Held]:
    """The norms of these kinds, one for each bearer that they name, in the order of the book."""
    wanted = frozenset(kinds)
    quotes = Quotes(book)
    found = []
    for norm in book.norms:
        if norm.kind not in wanted or norm.omission:
            continue
        clauses = Clauses(book, norm)
        place = norm.label_place
        line = quotes.line(place)
        quote = quotes.of(place.file, line)
        for name in named(norm.bearer) or (ANYONE,):
            actor = book.vocabulary.actors.get(name)
            act = book.vocabulary.acts.get(norm.act)
            does = (act.description if act is not None else "") or norm.act or norm.title
            if norm.thing:
                does = f"{does}: {norm.thing}"
            found.append(
                Held(
                    name,
                    (actor.description if actor is not None else "") or name,
                    norm.id,
                    norm.kind,
                    norm.act,
                    does,
                    clauses.first(_DEADLINE),
                    clauses.first(_TRIGGER) if norm.trigger is not None else "",
                    " and ".join(clauses.all(("when", "unless"))),
                    tuple(_titled(book, actor.reports_to)) if actor is not None else (),
                    tuple(_consulted(book, norm)),
                    tuple(_titled(book, named(norm.to))),
                    norm.instrument,
                    norm.citation,
                    quote,
                    place.file,
                    line,
                    standing(norm, at),
                )
            )
    return found


def named(who: Bearer | None) -> tuple[str, ...]:
    """The names of a bearer; of `no one except B`, none."""
    return () if who is None or who.mode == "none" else tuple(each.name for each in who.actors)


def standing(norm: Norm, at: dt.date) -> str:
    """Whether a norm is in force on a day."""
    if norm.end is not None and norm.end <= at:
        return "repealed"
    if norm.start is None or norm.start > at:
        return "not yet"
    if any(gap.start <= at and (gap.end is None or at <= gap.end) for gap in norm.gaps):
        return "suspended"
    return "in force"


class Clauses:
    """The clauses of a norm as the book writes them."""

    def __init__(self, book: Book, norm: Norm) -> None:
        self._source = book.sources.get(norm.place.file)
        self._places = norm.clause_places

    def all(self, words: Iterable[str]) -> Iterator[str]:
        """The clauses that begin with one of these words, each on one line."""
        wanted = frozenset(words)
        for word, packed in self._places:
            if word in wanted and self._source is not None:
                span = self._source.span(packed)
                lines = [self._source.line(each) for each in range(span.line, span.end_line + 1)]
                lines[-1] = lines[-1][: span.end_column - 1]
                lines[0] = lines[0][span.column - 1 :]
                yield " ".join(" ".join(each.partition("--")[0].split()) for each in lines).strip()

    def first(self, words: Iterable[str]) -> str:
        """The first of them; empty where there is none."""
        return next(self.all(words), "")


class Quotes:
    """The words of provisions: what stands under the heading of a line, without blocks."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sections: dict[str, tuple[list[int], list[str]]] = {}

    def line(self, place: Place) -> int:
        """The line of a place."""
        source = self._book.sources.get(place.file)
        return source.span(place.span).line if source is not None else 0

    def of(self, file: str, line: int) -> str:
        """The words of the provision in which a line stands; its title where it has no others."""
        if file not in self._sections:
            source = self._book.sources.get(file)
            self._sections[file] = _sections(source.text if source is not None else "")
        starts, words = self._sections[file]
        at = bisect_right(starts, line) - 1
        return words[at] if at >= 0 else ""


def _sections(text: str) -> tuple[list[int], list[str]]:
    starts: list[int] = []
    words: list[str] = []
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence and line.startswith(fence) else fence or mark[0]
        elif not fence and line.startswith("#"):
            starts.append(number)
            words.append("")
        elif not fence and starts and line.strip() and len(words[-1]) < _QUOTED:
            words[-1] = " ".join([words[-1], _SPECIAL.sub(r"\1", line.strip())]).strip()
    return starts, [each if len(each) <= _QUOTED else f"{each[: _QUOTED - 1]}…" for each in words]


def _titled(book: Book, names: Iterable[str]) -> Iterator[str]:
    actors = book.vocabulary.actors
    for name in names:
        yield (actors[name].description if name in actors else "") or name


def _consulted(book: Book, norm: Norm) -> Iterator[str]:
    for step in norm.after:
        act = book.vocabulary.acts.get(step.act)
        words = (act.description if act is not None else "") or step.act
        if re.search(r"\b(?:consult|advi[cs]e|recommend|concur|hear)", f"{step.act} {words}", re.I):
            by = ", ".join(_titled(book, named(step.by)))
            yield f"{words} ({by})" if by else words


def grouped(rows: Iterable[Held], by: str) -> list[tuple[str, str, list[Held]]]:
    """The rows by office, instrument or act: name, title, rows; who has most first, the rest as the book has them."""
    found: dict[str, list[Held]] = {}
    titles: dict[str, str] = {}
    of: Mapping[str, tuple[str, str]] = {
        "office": ("office", "title"), "instrument": ("instrument", "instrument"), "act": ("act", "does"),
    }  # fmt: skip
    name, title = of[by]
    for row in rows:
        key = getattr(row, name)
        found.setdefault(key, []).append(row)
        titles.setdefault(key, getattr(row, title))
    order = sorted(found, key=lambda key: -len(found[key])) if by == "office" else list(found)
    return [(key, titles[key], found[key]) for key in order]
