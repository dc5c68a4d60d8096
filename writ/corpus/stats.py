"""The counts that a policy officer asks of a body of law: how much there is, who must do what, what is missing.

What concerns the text is counted when a file is indexed, so that a large book is read once; what concerns norms,
offices and days is counted from the linked book. Every figure is explained in `docs/search.md`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import msgspec

from writ.book.labels import beneath
from writ.book.model import Book, Instrument
from writ.corpus.search.index import Index
from writ.corpus.search.measures import ease
from writ.diagnostics import Diagnostic

GROUPS = ("instrument", "kind", "office", "year")
LONGEST = 5
CITED = 10
OFFICES = 15
_DUTIES, _POWERS = ("duty",), ("power", "permission", "right", "delegation")


class Group(msgspec.Struct):
    """One line of a table: an instrument, a kind, an office or a year, and what belongs to it."""

    name: str
    instruments: int = 0
    provisions: int = 0
    words: int = 0
    norms: int = 0
    duties: int = 0
    powers: int = 0


class Coverage(msgspec.Struct, frozen=True):
    """Provisions whose text has `shall`, `must`, `may` or the like, and those of them that have a norm."""

    modal: int
    with_norm: int


class Reading(msgspec.Struct, frozen=True):
    """Reading ease of the text in one language, 0 (very hard) to 100; none of less than 100 words."""

    language: str
    words: int
    words_per_sentence: float
    ease: float | None


class Defined(msgspec.Struct, frozen=True):
    """Terms set in bold, and definitions in blocks; `unused` are terms that their file uses nowhere else."""

    terms: int
    definitions: int
    unused: int
    examples: tuple[str, ...]


class Office(msgspec.Struct, frozen=True):
    """An office, body or person that norms name."""

    name: str
    kind: str
    duties: int
    powers: int
    others: int


class Offices(msgspec.Struct, frozen=True):
    """Those declared, those that no norm names, and those that norms name most."""

    declared: int
    unnamed: int
    most: tuple[Office, ...]


class Dates(msgspec.Struct, frozen=True):
    """Instruments by the year in which they come into force, and what ends, waits or is overdue on the day."""

    on: dt.date
    in_force: int
    by_year: dict[str, int]
    waiting: int
    ended: int
    sunsets: tuple[tuple[str, dt.date], ...]
    overdue: tuple[tuple[str, dt.date], ...]


class Links(msgspec.Struct, frozen=True):
    """Links of imported law, as their sidecars have them."""

    links: int
    resolved: int
    unresolved: int


class Chain(msgspec.Struct, frozen=True):
    """An instrument and those above it by which it was made, down from the highest."""

    length: int
    instruments: tuple[str, ...]


class Cited(msgspec.Struct, frozen=True):
    """A provision, and how many provisions refer to it."""

    instrument: str
    label: str
    by: int


class Stats(msgspec.Struct, frozen=True):
    """The counts of a book."""

    book: str
    title: str
    instruments: int
    provisions: int
    words: int
    norms: int
    kinds: tuple[Group, ...]
    modalities: dict[str, int]
    coverage: Coverage
    reading: tuple[Reading, ...]
    defined: Defined
    offices: Offices
    dates: Dates
    assurances: dict[str, int]
    cases: int
    journals: int
    diagnostics: dict[str, int]
    links: Links
    chains: tuple[Chain, ...]
    cited: tuple[Cited, ...]
    groups: tuple[Group, ...] = ()
    """By what was asked for, in full."""


def stats_of(
    book: Book,
    index: Index,
    diagnostics: Iterable[Diagnostic] = (),
    journals: int = 0,
    today: dt.date | None = None,
    by: str = "",
) -> Stats:
    """The counts of a book and its index, as of a day; `by` is one of `GROUPS`, or nothing."""
    today = today or dt.date.today()
    texts = _texts(book, index)
    kinds = _grouped(book, texts, "kind")
    return Stats(
        book.name,
        book.title,
        len(book.instruments),
        sum(each.provisions for each in texts.values()),
        sum(each.words for each in texts.values()),
        len(book.norms),
        tuple(kinds),
        dict(Counter(norm.kind for norm in book.norms).most_common()),
        _coverage(index),
        tuple(_reading(index)),
        _defined(book, index),
        _offices(book),
        _dates(book, today),
        dict(Counter(each.form for each in book.assurances).most_common()),
        _one(index, "SELECT count(*) FROM row WHERE sort = 'case'"),
        journals,
        dict(Counter(each.code for each in diagnostics).most_common()),
        _links(index),
        tuple(_chains(book)),
        tuple(_cited(index)),
        tuple(_grouped(book, texts, by)) if by else (),
    )


_LAW = "r.sort IN ('provision', 'assurance', 'unresolved')"


def _one(index: Index, sql: str) -> int:
    found: int = index.connection.execute(sql).fetchone()[0]
    return found


def _texts(book: Book, index: Index) -> dict[str, Group]:
    """Provisions and words of each instrument; words also of the parts between them."""
    sql = (
        f"SELECT f.instrument, sum({_LAW}), sum(CASE WHEN {_LAW} OR r.sort = 'part' THEN r.words ELSE 0 END)"
        " FROM row r JOIN file f ON f.id = r.file WHERE f.instrument <> '' GROUP BY f.instrument"
    )
    found = {id: Group(id, 1) for id in book.instruments}
    for instrument, provisions, words in index.connection.execute(sql):
        if instrument in found:
            found[instrument].provisions = provisions
            found[instrument].words = words
    for norm in book.norms:
        group = found[norm.instrument]
        group.norms += 1
        group.duties += norm.kind in _DUTIES
        group.powers += norm.kind in _POWERS
    return found


def _grouped(book: Book, texts: dict[str, Group], by: str) -> list[Group]:
    """The groups, the largest first; kinds by rank, and years in order."""
    if by == "office":
        return [
            Group(one.name, norms=one.duties + one.powers + one.others, duties=one.duties, powers=one.powers)
            for one in _named(book)
        ]  # fmt: skip
    if by == "instrument":
        return sorted(texts.values(), key=lambda each: (-each.provisions, each.name))
    found: dict[str, Group] = {}
    ranks: dict[str, int] = {}
    for id, instrument in book.instruments.items():
        name = instrument.kind if by == "kind" else _year(instrument)
        ranks[name] = min(instrument.rank, ranks.get(name, instrument.rank))
        group = found.setdefault(name, Group(name))
        one = texts[id]
        for field in Group.__struct_fields__[1:]:
            setattr(group, field, getattr(group, field) + getattr(one, field))
    if by == "kind":
        return sorted(found.values(), key=lambda each: (ranks[each.name], each.name))
    return sorted(found.values(), key=lambda each: each.name)


def _year(instrument: Instrument) -> str:
    return str(instrument.start.year) if instrument.start else "not in force"


def _coverage(index: Index) -> Coverage:
    sql = f"SELECT coalesce(sum(modal), 0), coalesce(sum(modal AND norms > 0), 0) FROM row r WHERE {_LAW}"
    return Coverage(*index.connection.execute(sql).fetchone())


def _reading(index: Index) -> Iterable[Reading]:
    sql = (
        "SELECT f.language, sum(r.words) AS words, sum(r.sentences), sum(r.syllables) FROM row r"
        f" JOIN file f ON f.id = r.file WHERE {_LAW} GROUP BY f.language HAVING sum(r.words) > 0 ORDER BY words DESC"
    )
    for language, words, sentences, syllables in index.connection.execute(sql):
        length = round(words / sentences, 1)
        yield Reading(language, words, length, ease(words, sentences, syllables, language))


def _defined(book: Book, index: Index) -> Defined:
    rows = index.connection.execute(
        "SELECT f.instrument, r.label, r.unused FROM row r JOIN file f ON f.id = r.file"
        " WHERE r.unused <> '' ORDER BY r.id"
    ).fetchall()
    unused = [
        f"{term} ({instrument} {label})".replace(" )", ")")
        for instrument, label, terms in rows
        for term in terms.split("\n")
    ]
    terms = _one(
        index,
        "SELECT coalesce(sum(1 + length(b.terms) - length(replace(b.terms, char(10), ''))), 0)"
        " FROM body b JOIN row r ON r.id = b.id WHERE r.defines AND r.sort <> 'definition'",
    )
    return Defined(terms, len(book.vocabulary.definitions), len(unused), tuple(unused[:LONGEST]))


def _named(book: Book) -> list[Office]:
    """Those whom norms name, who have most of them first."""
    counts: dict[str, Counter[str]] = {}
    for norm in book.norms:
        for actor in norm.bearer.actors if norm.bearer.mode != "none" else ():
            counts.setdefault(actor.name, Counter())[norm.kind] += 1
    actors = book.vocabulary.actors
    found = []
    for name, each in counts.items():
        duties = sum(each[kind] for kind in _DUTIES)
        powers = sum(each[kind] for kind in _POWERS)
        kind = actors[name].kind if name in actors else ""
        found.append(Office(name, kind, duties, powers, each.total() - duties - powers))
    return sorted(found, key=lambda one: (-one.duties - one.powers - one.others, one.name))


def _offices(book: Book) -> Offices:
    named = _named(book)
    known = {each.name for each in named}
    declared = book.vocabulary.actors.keys()
    return Offices(len(declared), len(declared - known), tuple(named[:OFFICES]))


def _dates(book: Book, today: dt.date) -> Dates:
    items = list(book.instruments.values())
    years = Counter(str(each.start.year) for each in items if each.start)
    ends = [(each.id, each.end) for each in items if each.end is not None]
    reviews = [(each.id, each.review) for each in items if each.review is not None]
    return Dates(
        today,
        sum(
            each.start is not None and each.start <= today and not (each.end and each.end <= today)
            for each in items
        ),
        dict(sorted(years.items())),
        sum(each.start is None for each in items),
        sum(end <= today for _, end in ends),
        tuple(sorted((each for each in ends if each[1] > today), key=lambda each: each[::-1])),
        tuple(sorted((each for each in reviews if each[1] < today), key=lambda each: each[::-1])),
    )


def _links(index: Index) -> Links:
    links, resolved = index.connection.execute(
        "SELECT coalesce(sum(links), 0), coalesce(sum(resolved), 0) FROM file"
    ).fetchone()
    return Links(links, resolved, max(links - resolved, 0))


def _chains(book: Book) -> list[Chain]:
    """The longest ways from the highest authority down. A circle, which the checks refuse, is cut."""
    found: list[Chain] = []
    above = {each.under[0] for each in book.instruments.values() if each.under}
    for id in book.instruments:
        if id in above:
            continue
        chain = [id]
        while (under := book.instruments[chain[-1]].under) is not None:
            if under[0] in chain or under[0] not in book.instruments:
                break
            chain.append(under[0])
        found.append(Chain(len(chain), tuple(reversed(chain))))
    return sorted(found, key=lambda each: (-each.length, each.instruments))[:LONGEST]


def _cited(index: Index) -> list[Cited]:
    """Those to which most provisions refer, and that are there, or have a part that is."""
    execute = index.connection.execute
    files: dict[str, list[int]] = {}
    for id, instrument in execute("SELECT id, instrument FROM file"):
        files.setdefault(instrument, []).append(id)
    found: list[Cited] = []
    rows = execute(
        "SELECT instrument, label, count(*) AS number FROM cite WHERE label <> '' "
        "GROUP BY instrument, label ORDER BY number DESC, instrument, label"
    )
    for instrument, label, number in rows:
        low = label.lower()
        there = execute(
            "SELECT folded, file FROM row WHERE folded >= ? AND folded < ? || char(1114111)",
            (low, low),
        )
        if any(file in files.get(instrument, ()) and beneath(each, low) for each, file in there):
            found.append(Cited(instrument, label, number))
            if len(found) == CITED:
                break
    return found
