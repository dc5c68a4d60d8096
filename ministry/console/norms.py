"""What stands beside a norm: when it is in force, what prevails over it, and by what authority it is used."""

from __future__ import annotations

from functools import lru_cache

import msgspec
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_noop

from ministry.console.provisions import Section, Written
from ministry.console.reading import Reading
from ministry.console.said import day, href_of
from ministry.editions.queries import law_of
from writ.book.model import Book, Norm
from writ.corpus.duties.holding import standing

USED = ("power", "permission", "right", "delegation")
"""Kinds of norms that somebody acts by."""
TONES = {"not yet": "wary", "repealed": "none", "suspended": "wary"}


class Other(msgspec.Struct, frozen=True):
    """A norm that this one prevails over, or yields to, and whether that holds on the day."""

    how: str
    citation: str
    href: str
    off: bool


class Beside(msgspec.Struct, frozen=True):
    """A norm as a page shows it."""

    written: Written
    status: str
    """Empty where it is in force on the day."""
    tone: str
    days: tuple[str, ...]
    others: tuple[Other, ...]
    ask: str
    """The question by what authority it is done; empty where nobody acts by it."""


class Shown(msgspec.Struct, frozen=True):
    """A section as a page shows it."""

    section: Section
    norms: tuple[Beside, ...]
    cited_by: tuple[tuple[str, str], ...]
    """Citations and addresses of the provisions that refer to it."""
    permalink: str


def beside(read: Reading, written: Written) -> Beside:
    norm = read.law.book.by_id[written.id]
    status = standing(norm, read.day)
    if read.known is not None and norm.known is not None and norm.known > read.known:
        status = gettext_noop("not yet known")
    return Beside(
        written,
        "" if status == "in force" else status,
        TONES.get(status, "wary"),
        tuple(days(norm, read)),
        others(read, norm),
        asked(read, norm),
    )


def days(norm: Norm, read: Reading) -> list[str]:
    """The days on which it is in force, where they say more than that it is."""
    item = read.law.book.instruments[norm.instrument]
    found = []
    if norm.start is None:
        found.append(gettext("not commenced"))
    elif norm.start > read.day:
        found.append(gettext("in force from {start}").format(start=day(norm.start)))
    elif norm.start != item.start:
        found.append(gettext("in force since {start}").format(start=day(norm.start)))
    if norm.end is not None:
        found.append(gettext("until {end}, which is not included").format(end=day(norm.end)))
    for gap in norm.gaps:
        if gap.end is None:
            found.append(gettext("suspended from {start}").format(start=day(gap.start)))
        else:
            found.append(
                gettext("suspended from {start} to {end}").format(
                    start=day(gap.start), end=day(gap.end)
                )
            )
    if norm.known is not None and norm.start is not None and norm.known > norm.start:
        found.append(gettext("known since {known}").format(known=day(norm.known)))
    return found


def others(read: Reading, norm: Norm) -> tuple[Other, ...]:
    by_id = read.law.book.by_id
    found = []
    for how, id, at in overrides(read.law.digest).get(norm.id, ()):
        other = by_id.get(id)
        if other is not None:
            off = not read.law.book.overrides[at].in_force(read.day)
            found.append(
                Other(how, other.citation, href_of(read.law, other.citation, read.edition), off)
            )
    return tuple(found)


@lru_cache(maxsize=16)
def overrides(digest: str) -> dict[str, list[tuple[str, str, int]]]:
    """By norm: whether it prevails over or yields to which other, and the number of the override."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    for at, one in enumerate(law_of(digest).book.overrides):
        found.setdefault(one.winner, []).append((gettext_noop("prevails over"), one.loser, at))
        found.setdefault(one.loser, []).append((gettext_noop("yields to"), one.winner, at))
    return found


def asked(read: Reading, norm: Norm) -> str:
    """The question to the edition in force: may who bears it do what it is about?"""
    if norm.kind not in USED or not norm.act or read.edition or norm.omission:
        return ""
    office = bearer(read.law.book, norm)
    return "/ask/?" + urlencode({"act": norm.act, **({"office": office} if office else {})})


def bearer(book: Book, norm: Norm) -> str:
    """The first office that bears it."""
    if norm.bearer.mode == "none":
        return ""
    actors = book.vocabulary.actors
    for one in norm.bearer.actors:
        found = actors.get(one.name)
        if found is not None and found.kind == "office":
            return one.name
    return ""
