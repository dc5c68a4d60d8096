"""Who must do what, and who may, under an instrument."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import msgspec
from django.utils.translation import gettext_noop

from ministry.console.places import Outline
from ministry.console.provisions import by_head
from ministry.console.reading import Reading
from ministry.console.said import href_of
from ministry.editions.queries import law_of
from writ.corpus.duties.holding import Held, held

KINDS = ("duty", "power", "prohibition", "permission", "right", "delegation")
MODALS = {
    "duty": "must",
    "power": "may",
    "permission": "may",
    "prohibition": gettext_noop("may not"),
    "right": gettext_noop("has the right to"),
    "delegation": gettext_noop("may delegate by"),
}
ORDER = {kind: at for at, kind in enumerate(KINDS)}


class Line(msgspec.Struct, frozen=True):
    """One norm of one of those whom it names."""

    held: Held
    modal: str
    href: str


def duties(read: Reading, instrument: str, whole: Outline, page: int) -> list[Line]:
    """What a page of an instrument asks of whom: duties first, then by who has them."""
    first, last = whole.pages[page]
    norms = by_head(read.law.digest, instrument)
    shown = {norm.id for at in range(first, last) for norm in norms.get(at, ())}
    if not shown:
        return []
    rows = [
        one for one in _held(read.law.digest, read.day).get(instrument, ()) if one.norm in shown
    ]
    rows.sort(key=lambda one: (ORDER[one.kind], one.office == "anyone", one.title))
    return [
        Line(one, MODALS[one.kind], href_of(read.law, one.citation, read.edition)) for one in rows
    ]


@lru_cache(maxsize=8)
def _held(digest: str, day: dt.date) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {}
    for one in held(law_of(digest).book, day, KINDS):
        found.setdefault(one.instrument, []).append(one)
    return found
