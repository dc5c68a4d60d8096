"""Which change would make a refuted assurance hold: changes are made to the linked book, one after the other, and only
those with which the assurance is then proved are told. `writ.proof.changes` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from writ.book.assurances import Assurance
from writ.book.model import Book
from writ.proof.amended import Change
from writ.proof.changes import Way, ways
from writ.proof.prove import prove
from writ.proof.result import Repair, Result, Verdict

TRIALS = 6
"""So many proofs are tried in one way of repair: a change may leave another norm to be changed too."""
OTHERS = 12
"""So many other assurances on the same acts are looked at for harm."""


def repaired(
    book: Book, assurance: Assurance, result: Result, milliseconds: int
) -> Iterator[Result]:
    """The refutation with the repairs found so far, anew with each that is found."""
    found: list[Repair] = []
    for way in ways(assurance):
        repair = _tried(book, assurance, result, way, milliseconds)
        if repair is not None:
            found.append(repair)
            yield msgspec.structs.replace(result, repairs=tuple(found))


def _tried(
    book: Book, assurance: Assurance, result: Result, way: Way, milliseconds: int
) -> Repair | None:
    """What is changed in this way until the assurance is proved; None where it comes to nothing."""
    made: list[Change] = []
    changed = book
    for _ in range(TRIALS):
        known = {(change.norm, change.words) for change in made}
        changes = [
            change
            for change in way(changed, assurance, result)
            if (change.norm, change.words) not in known
        ]
        if not changes:
            return None
        for change in changes:
            changed = change.apply(changed)
        made += changes
        result = prove(changed, assurance, milliseconds)
        if result.verdict is Verdict.PROVED:
            return _told(book, changed, assurance, made, milliseconds)
        if result.verdict is Verdict.UNKNOWN:
            return None
    return None


def _told(
    book: Book, changed: Book, assurance: Assurance, made: list[Change], milliseconds: int
) -> Repair | None:
    """The changes in words; None where they would only put a conflict in the place of a permission."""
    about = msgspec.structs.replace(
        assurance, form="undisputed", when=(), acts=assurance.acts, thing=""
    )
    for act in assurance.acts if assurance.form != "undisputed" else ():
        one = msgspec.structs.replace(about, acts=(act,))
        if _holds(book, one, milliseconds) and not _holds(changed, one, milliseconds):
            return None
    said: dict[str, list[str]] = {}
    for change in made:
        said.setdefault(change.words, []).append(change.citation)
    words = "; ".join(
        f"{', '.join(dict.fromkeys(filter(None, cited)))}: {words}" if any(cited) else words
        for words, cited in said.items()
    )
    harmed = _harmed(book, changed, assurance, milliseconds)
    if harmed:
        words += f" (but then {', '.join(harmed)} would no longer hold)"
    norms = dict.fromkeys(filter(None, (change.norm for change in made)))
    citations = dict.fromkeys(filter(None, (change.citation for change in made)))
    return Repair(", ".join(norms), ", ".join(citations), words)


def _harmed(book: Book, changed: Book, assurance: Assurance, milliseconds: int) -> list[str]:
    """The citations of other assurances on the same acts that held before the change, and hold no longer."""
    near = [
        other
        for other in book.assurances
        if other.id != assurance.id and set(other.acts) & set(assurance.acts)
    ]
    return [
        other.citation
        for other in near[:OTHERS]
        if _holds(book, other, milliseconds) and _refuted(changed, other, milliseconds)
    ]


def _holds(book: Book, assurance: Assurance, milliseconds: int) -> bool:
    return prove(book, assurance, milliseconds).verdict is Verdict.PROVED


def _refuted(book: Book, assurance: Assurance, milliseconds: int) -> bool:
    return prove(book, assurance, milliseconds).verdict is Verdict.REFUTED
