"""What is wrong with a table of responsibilities: cancelled references, unknown bearers, duties that are held twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from writ.formats.responsibilities.organisation import Organisation, is_bearer, plain
from writ.formats.responsibilities.rows import Row, headings, records

_CANCELLED = re.compile(r"hereby\s+cancel|\bcancel(?:l)?ed\b|\brescinded\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:DoD|Department\s+of\s+Defense)\s+(?P<long>Directive|Instruction|Manual)s?\s+(?P<first>(?:[A-Z]-)?[0-9]{4}\.[0-9]+[A-Z]?)"
    r"|\b(?P<short>DoD[DIM])\s*(?P<second>(?:[A-Z]-)?[0-9]{4}\.[0-9]+[A-Z]?)"
)
_SHORTEST = 40
"""Letters of a duty that can be said to be held twice: "Other duties as assigned" is nobody's in particular."""


class Cancelled(NamedTuple):
    """A reference that is cancelled, the document that says so, and the rows that still rest on it.

    `reissued`: the document that cancels it has its number; who refers to the number means the new one.
    """

    document: str
    reference: str
    number: str
    reissued: bool
    rows: tuple[int, ...]


class Twice(NamedTuple):
    """One duty in several rows, of one bearer or of several."""

    duty: str
    bearers: tuple[str, ...]
    rows: tuple[int, ...]


class Gaps(NamedTuple):
    """`unknown`: bearers that the organisation does not know, with their rows. `unnamed`: rows that name nobody."""

    cancelled: tuple[Cancelled, ...]
    unknown: tuple[tuple[str, tuple[int, ...]], ...]
    unnamed: tuple[int, ...]
    twice: tuple[Twice, ...]


def gaps(rows: Sequence[Row], organisation: Organisation, references: str = "") -> Gaps:
    """All the gaps; `references` is a table of the references of documents, where a cancelled one says so.

    Raises:
        NotATable: `references` is neither CSV nor JSON.
    """
    unknown: dict[str, list[int]] = defaultdict(list)
    unnamed: list[int] = []
    for row in rows:
        if not is_bearer(row.bearer):
            unnamed.append(row.number)
        elif organisation.find(row.bearer) is None:
            unknown[plain(row.bearer)].append(row.number)
    return Gaps(
        tuple(_cancelled(rows, references)),
        tuple(
            (bearer, tuple(held))
            for bearer, held in sorted(unknown.items(), key=lambda each: (-len(each[1]), each[0]))
        ),
        tuple(unnamed),
        tuple(_twice(rows)),
    )


def number_of(reference: str) -> str:
    """`DoDD 5105.21` of `DoD Directive 5105.21, "Defense Intelligence Agency" …`; empty where it has no number."""
    match = _NUMBER.search(reference)
    if match is None:
        return ""
    kind = match["short"] or f"DoD{match['long'][0]}"
    return f"{kind} {match['first'] or match['second']}"


def _cancelled(rows: Sequence[Row], references: str) -> Iterable[Cancelled]:
    if not references:
        return
    resting: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for each in row.references:
            resting[number_of(each) or each].append(row.number)
    for record in records(references):
        text = record.get("real text") or record.get("reference") or record.get("text") or ""
        if not _CANCELLED.search(text):
            continue
        document = record.get("issuance #") or record.get("document") or ""
        number = number_of(text)
        reissued = bool(number) and number == (number_of(document) or document)
        held = () if reissued or not number else tuple(resting.get(number, ()))
        yield Cancelled(document, text, number, reissued, held)


def _twice(rows: Sequence[Row]) -> Iterable[Twice]:
    held: dict[str, list[Row]] = defaultdict(list)
    titles = headings(rows)
    for row in rows:
        if row.number in titles:
            continue
        letters = re.sub(r"[^a-z0-9]", "", row.duty.lower())
        if len(letters) >= _SHORTEST:
            held[letters].append(row)
    for several in held.values():
        if len(several) > 1:
            bearers = dict.fromkeys(plain(row.bearer) for row in several)
            yield Twice(several[0].duty, tuple(bearers), tuple(row.number for row in several))
