"""Changing the text that is in force, and that of every edition that is to come.

Editions follow one upon another. What is suspended or corrected now would come back with the next edition that was
promulgated before; so the change is made in that one as well, and each is promulgated anew for its own moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import msgspec

from ministry.editions import content
from ministry.editions.apply import deposit
from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import Law, NoEdition, coming, law_of
from ministry.gate.deed import NotPossible
from ministry.gate.markings import unfit
from ministry.gate.readers import SORTS
from ministry.statutes.importing import files_of
from ministry.statutes.queries import last_promulgated
from ministry.statutes.rewriting import Files, NotThere

Rewrite = Callable[[Files, Law], Mapping[str, str]]
"""From the files of an edition and what they say, the files with the change; the same ones where there is none."""


class Carried(msgspec.Struct, frozen=True):
    """An edition that an act brings into force: what it was, what it becomes, and from when."""

    old: str
    new: str
    since: dt.datetime


def in_force_from(since: dt.datetime) -> list[tuple[str, dt.datetime]]:
    """The edition in force at a moment, then those to come after it, each with its moment."""
    first = Promulgation.objects.filter(since__lte=since).order_by("-number").first()
    if first is None:
        raise NoEdition("no edition of the Book is in force")
    return [(first.edition, since), *((one.edition, one.since) for one in coming(since))]


def carried(since: dt.datetime, rewrite: Rewrite, field: str) -> list[Carried]:
    """Make the change in the edition in force at a moment and in those to come; their texts are kept.

    A text decides nothing until it is promulgated, and is called by its digest: whoever works it out keeps the same.

    Raises:
        NotPossible: none would be another, or no Book would come of it.
    """
    found: list[Carried] = []
    for digest, moment in in_force_from(since):
        files = files_of(digest)
        try:
            made = dict(rewrite(files, law_of(digest)))
        except NotThere as error:
            if not found:
                raise NotPossible(str(error), field) from None
            made = files  # an edition to come has it otherwise, or no longer
        new = content.digest(made)
        found.append(Carried(digest, kept(new, made, field), moment))
    if all(one.old == one.new for one in found):
        raise NotPossible("the text would be as it is: it was amended since", field, "amend it")
    return found


def kept(digest: str, files: Mapping[str, str], field: str) -> str:
    """See that a text is kept and compiled, and that one can live under it."""
    if not Edition.objects.filter(digest=digest).exists():
        try:
            deposit(files)
        except content.NotABook as error:
            said = "; ".join(one.message for one in error.found[:3]) or str(error)
            raise NotPossible(f"no Book comes of it: {said}", field) from None
    for wrong in unfit(law_of(digest).book, SORTS):
        raise NotPossible(f"nobody could be asked who may read what: {wrong}", field)
    return digest


def brings(rows: list[Carried]) -> dict[str, object]:
    """What is on the record of an act that brings these into force."""
    last = last_promulgated()
    number = (last.number if last is not None else 0) + 1
    return {"brings": tuple((one.new, one.since) for one in rows), "number": number}
