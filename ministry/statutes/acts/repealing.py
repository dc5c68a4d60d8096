"""Repealing provisions and instruments: an edition is proposed that does it, and goes the way of any edition."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from ministry.editions import content
from ministry.editions.queries import law_of
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.registry import act
from ministry.statutes import apply
from ministry.statutes.acts.proposing import differences, fit
from ministry.statutes.acts.suspending import title_of
from ministry.statutes.carrying import kept
from ministry.statutes.data import RepealingInstrument, RepealingProvision
from ministry.statutes.importing import files_of
from ministry.statutes.queries import last_promulgated
from ministry.statutes.rewriting import NotThere, Part, instrument_repealed, parts_of, repealed
from writ.book.model import Book, Norm

Repealing = TypeVar("Repealing", RepealingProvision, RepealingInstrument)
AHEAD = dt.timedelta(days=5 * 366)


@act("repeal-provision", RepealingProvision, apply.proposed)
def repeal_provision(by: Acting, data: RepealingProvision, at: dt.datetime) -> Deed:
    """Propose an edition by which provisions are repealed from a day."""
    base = base_of()
    book = law_of(base).book
    bounded(data.day, at)
    try:
        parts = parts_of(book, data.provisions)
        if not data.edition:
            files = repealed(
                files_of(base), book, parts, data.day, title_of(law_of(base), by.office)
            )
    except NotThere as error:
        raise NotPossible(str(error), "provisions") from None
    edition = data.edition or kept(content.digest(files), files, "provisions")
    fit(edition, "edition" if data.edition else "provisions")
    ends(book, law_of(edition).book, data.day, [norm for norm in book.norms if within(norm, parts)])
    return proposed(data, base, edition)


@act("repeal-instrument", RepealingInstrument, apply.proposed)
def repeal_instrument(by: Acting, data: RepealingInstrument, at: dt.datetime) -> Deed:
    """Propose an edition by which an instrument is repealed from a day."""
    base = base_of()
    book = law_of(base).book
    bounded(data.day, at)
    try:
        files = instrument_repealed(files_of(base), book, data.instrument, data.day)
    except NotThere as error:
        raise NotPossible(str(error), "instrument") from None
    edition = data.edition or kept(content.digest(files), files, "instrument")
    fit(edition, "edition" if data.edition else "instrument")
    own = [norm for norm in book.norms if norm.instrument == data.instrument]
    ends(book, law_of(edition).book, data.day, own)
    return proposed(data, base, edition)


def proposed(data: Repealing, base: str, edition: str) -> Deed:
    found = {"base": base, "edition": edition, "differs": differences(base, edition)}
    return Deed(edition, data=data.model_copy(update=found))


def base_of() -> str:
    """The edition that is repealed from: the one promulgated last, in force or to come."""
    last = last_promulgated()
    if last is None:
        raise NotPossible("no edition of the Book is in force")
    return last.edition


def bounded(day: dt.date, at: dt.datetime) -> None:
    if day < at.date():
        raise NotPossible("that day is past", "day", "nothing is repealed in the past")
    if day > (at + AHEAD).date():
        raise NotPossible("that is more than five years ahead", "day")


def within(norm: Norm, parts: list[Part]) -> bool:
    return any(
        norm.instrument == one.instrument
        and (norm.label == one.label or norm.label.startswith(f"{one.label}("))
        for one in parts
    )


def ends(old: Book, new: Book, day: dt.date, norms: list[Norm]) -> None:
    """See that a text ends these norms by a day.

    Raises:
        NotPossible: one of them stays in force, or none was.
    """
    if norms and not any(norm.end is None or norm.end > day for norm in norms):
        raise NotPossible("nothing in it is in force on that day", "day")
    for norm in norms:
        there = new.by_id.get(norm.id)
        if there is not None and (there.end is None or there.end > day):
            raise NotPossible(f"the text does not repeal {norm.citation} by that day", "edition")
