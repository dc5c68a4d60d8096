"""Who must do what, by office, and the gaps: as data, and as a text that can be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from writ.formats.responsibilities.gaps import Gaps
from writ.formats.responsibilities.organisation import Organisation, is_bearer, plain
from writ.formats.responsibilities.rows import NOWHERE, Row, Unread, headings

NAME = "responsibilities.json"
"""The file beside the book: `writ duties` reads of it what is under `kept`."""
_SHOWN = 100
"""Characters of a duty in the text; the JSON has the whole."""


def data(
    rows: Sequence[Row], unread: Sequence[Unread], organisation: Organisation, found: Gaps
) -> dict[str, Any]:
    """The tables as JSON: `offices`, each with its responsibilities, and `gaps`."""
    return {
        "rows": len(rows),
        "offices": [
            {
                "bearer": title,
                "name": name,
                "responsibilities": [
                    {
                        "row": row.number,
                        "document": row.document,
                        "responsibility": row.duty,
                        "under": list(row.levels[:-1]),
                        "references": list(row.references),
                    }
                    for row in held
                ],
            }
            for title, name, held in offices(rows, organisation)
        ],
        "gaps": {
            "cancelled": [each._asdict() for each in found.cancelled],
            "unknown": [{"bearer": bearer, "rows": list(held)} for bearer, held in found.unknown],
            "unnamed": list(found.unnamed),
            "twice": [each._asdict() for each in found.twice],
            "unread": [each._asdict() for each in unread],
        },
    }


def kept(
    rows: Sequence[Row], organisation: Organisation, found: Gaps, documents: Mapping[str, str]
) -> dict[str, Any]:
    """What the book does not say, for later commands, which must not depend on what was printed once.

    `documents` are the ids of the instruments of documents; `organisation` has the names that the book gives to
    bearers which the tables do not have.
    """
    unnamed = set(found.unnamed)
    return {
        "documents": dict(documents),
        "places": {row.number: row.document or NOWHERE for row in rows},
        "cancelled": [each._asdict() for each in found.cancelled],
        "unknown": [
            {"bearer": bearer, "name": actor.name if actor is not None else "", "rows": list(held)}
            for bearer, held in found.unknown
            for actor in [organisation.find(bearer)]
        ],
        "unnamed": {row.number: row.duty for row in rows if row.number in unnamed},
    }


def offices(rows: Sequence[Row], organisation: Organisation) -> list[tuple[str, str, list[Row]]]:
    """Each bearer: its title, its name in the organisation (empty if it has none), its rows; who holds most first."""
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    titles = headings(rows)
    for row in rows:
        if not is_bearer(row.bearer) or row.number in titles:
            continue
        actor = organisation.find(row.bearer)
        key = (actor.title, actor.name) if actor else (plain(row.bearer), "")
        held[key].append(row)
    return sorted(
        ((title, name, own) for (title, name), own in held.items()),
        key=lambda each: (-len(each[2]), each[0]),
    )


def text(
    rows: Sequence[Row], unread: Sequence[Unread], organisation: Organisation, found: Gaps
) -> str:
    """The same as text."""
    return "\n".join(_lines(rows, unread, organisation, found)) + "\n"


def _lines(
    rows: Sequence[Row], unread: Sequence[Unread], organisation: Organisation, found: Gaps
) -> Iterator[str]:
    yield "Who must do what"
    for title, name, held in offices(rows, organisation):
        yield f"\n{title} ({len(held)}){'' if name else '  [not in the organisation]'}"
        for row in held:
            rests = f"  [{'; '.join(row.references)}]" if row.references else ""
            yield f"  R{row.number}  {row.document}  {_short(row.duty)}{rests}"
    yield f"\nCancelled references ({len(found.cancelled)})"
    for one in found.cancelled:
        resting = f"; still relied on by {_numbers(one.rows)}" if one.rows else ""
        again = "; reissued under the same number" if one.reissued else ""
        yield f"  {one.document}: {_short(one.reference)}{again}{resting}"
    yield f"\nBearers that the organisation does not know ({len(found.unknown)})"
    for bearer, numbers in found.unknown:
        yield f"  {bearer}: {_numbers(numbers)}"
    yield f"\nDuties held twice ({len(found.twice)})"
    for twice in found.twice:
        yield f"  {_short(twice.duty)}: {'; '.join(twice.bearers)} ({_numbers(twice.rows)})"
    yield f"\nRows that name nobody ({len(found.unnamed)})"
    if found.unnamed:
        yield f"  {_numbers(found.unnamed)}"
    yield f"\nRows that say nothing ({len(unread)})"
    for each in unread:
        yield f"  R{each.number}: {each.why}"


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rsplit(" ", 1)[0] + " …"


def _numbers(rows: Sequence[int], most: int = 12) -> str:
    shown = ", ".join(f"R{number}" for number in rows[:most])
    return f"{shown} and {len(rows) - most} more" if len(rows) > most else shown
