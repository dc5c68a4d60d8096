"""What stands above a norm: how many cases cite it, which assurances touch it, what refers to it."""

from __future__ import annotations

import msgspec

from writ.book.labels import above
from writ.book.model import Assurance, Norm
from writ.diagnostics import LENGTH_BITS
from writ.lsp.analysis.cases import Asked, cases
from writ.lsp.analysis.snapshot import CASES, Location, Snapshot


class Lens(msgspec.Struct, frozen=True):
    """A line above a place: what it says, what a click does, and the places that it speaks of.

    `act`: `cases` (show and run them), `assurances`, `references`; `names` are the ids of the cases or assurances.
    """

    start: int
    title: str
    act: str
    names: tuple[str, ...]
    places: tuple[Location, ...]


def lenses(snapshot: Snapshot, path: str) -> list[Lens]:
    """The lenses of a file of law: over each norm, and over each assurance."""
    book = snapshot.book
    instrument = next((i.id for i in book.instruments.values() if i.place.file == path), "")
    if not instrument:
        return []
    cited = citing(snapshot)
    assured = by_act(snapshot)
    referred = referring(snapshot)
    found: list[Lens] = []
    for norm in book.norms:
        if norm.instrument != instrument:
            continue
        start = norm.place.span >> LENGTH_BITS
        asked = cited.get(norm.citation, ())
        if asked:
            ids = tuple(dict.fromkeys(case.id for _, case in asked))
            places = tuple(Location(file, case.start, case.end) for file, case in asked)
            found.append(Lens(start, counted(len(ids), "case"), "cases", ids, places))
        touching = touched(snapshot, norm, assured)
        if touching:
            places = tuple(_place(each) for each in touching)
            ids = tuple(each.id for each in touching)
            found.append(Lens(start, counted(len(ids), "assurance"), "assurances", ids, places))
        refs = tuple(
            place
            for label in above(norm.label)
            for place in referred.get(f"{instrument} {label}", ())
        )
        if refs:
            found.append(Lens(start, counted(len(refs), "reference"), "references", (), refs))
    for each in book.assurances:
        if each.instrument == instrument:
            start = each.place.span >> LENGTH_BITS
            found.append(Lens(start, "prove", "prove", (each.id,), (_place(each),)))
    return sorted(found, key=lambda lens: lens.start)


def counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def citing(snapshot: Snapshot) -> dict[str, list[tuple[str, Asked]]]:
    """The cases by the citations that their answers must have."""
    found: dict[str, list[tuple[str, Asked]]] = {}
    for path, text in snapshot.others.items():
        if path.endswith(CASES):
            for case in cases(text):
                for citation in dict.fromkeys(cite for cite, _ in case.cites):
                    found.setdefault(citation, []).append((path, case))
    return found


def by_act(snapshot: Snapshot) -> dict[str, list[Assurance]]:
    """The assurances by the acts, and the states, that they speak of."""
    found: dict[str, list[Assurance]] = {}
    for each in snapshot.book.assurances:
        for name in (*each.acts, *([each.state] if each.state else [])):
            found.setdefault(name, []).append(each)
    return found


def touched(snapshot: Snapshot, norm: Norm, assured: dict[str, list[Assurance]]) -> list[Assurance]:
    """The assurances about the act of a norm, a broader or a narrower one, or about a state that it changes."""
    words = snapshot.book.vocabulary
    names = words.act_up.get(norm.act, frozenset()) | words.act_down.get(norm.act, frozenset())
    names |= {effect.state for effect in norm.effects} | ({norm.state} if norm.state else set())
    unique = {each.id: each for name in sorted(names) for each in assured.get(name, ())}
    return sorted(unique.values(), key=lambda each: (each.place.file, each.place.span))


def referring(snapshot: Snapshot) -> dict[str, list[Location]]:
    """Where the norms and override statements of the book refer to each provision, by `INSTRUMENT LABEL`."""
    return snapshot.referring


def _place(assurance: Assurance) -> Location:
    start = assurance.label_place.span >> LENGTH_BITS
    return Location(assurance.place.file, start, start + len(assurance.label))
