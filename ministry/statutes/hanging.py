"""What an edition that repeals leaves hanging: what still refers to it, is made under it, or needs its powers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from ministry.editions.queries import law_of
from writ.book.model import Book, Norm
from writ.diagnostics import LENGTH_BITS
from writ.editions.provisions import provisions

_ENDS = re.compile(r"(?m)^(?:repeal|suspend)\b.*\n[ \t]+.*\n")
POWERS = frozenset({"power", "permission", "right", "delegation"})
MOST = 200


class Hanging(msgspec.Struct, frozen=True):
    """Something that stays in force, and what of it leads to what is repealed."""

    instrument: str
    label: str
    citation: str
    why: str


class Ended(msgspec.Struct, frozen=True):
    """A provision, or a whole instrument (`label` empty), that the edition ends, and from when; None: it is gone."""

    instrument: str
    label: str
    citation: str
    day: dt.date | None


@lru_cache(maxsize=32)
def ended(base: str, edition: str) -> tuple[Ended, ...]:
    """What of one edition the other repeals: norms that end or are gone, by the provision in which they stand.

    A norm with another label that says the same is no repeal, nor is a provision that still has norms in force.
    """
    old, new = law_of(base).book, law_of(edition).book
    found: dict[tuple[str, str], Ended] = {}
    for name, item in old.instruments.items():
        there = new.instruments.get(name)
        if there is None or (there.end is not None and (item.end is None or there.end < item.end)):
            day = there.end if there is not None else None
            found[name, ""] = Ended(name, "", item.citation or item.title, day)
    still = {(norm.instrument, norm.label) for norm in new.norms if norm.end is None}
    for norm in old.norms:
        if (norm.instrument, "") in found or norm.end is not None:
            continue
        if (norm.instrument, norm.label) in still:
            continue
        now = new.by_id.get(norm.id)
        day = now.end if now is not None else None
        found.setdefault(
            (norm.instrument, norm.label), Ended(norm.instrument, norm.label, norm.citation, day)
        )
    return tuple(found.values())


@lru_cache(maxsize=32)
def hanging(base: str, edition: str) -> tuple[Hanging, ...]:
    """What stays in force in an edition and leads to what it repeals of the other."""
    gone = ended(base, edition)
    if not gone:
        return ()
    old, new = law_of(base).book, law_of(edition).book
    ends = {(one.instrument, one.label) for one in gone}
    found: dict[tuple[str, str, str], Hanging] = {}
    for one in (*_made_under(new, ends), *_referring(old, new, gone), *_powerless(old, new)):
        found.setdefault((one.instrument, one.label, one.why), one)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _is_ended(ends: set[tuple[str, str]], instrument: str, label: str) -> bool:
    if (instrument, "") in ends or (instrument, label) in ends:
        return True
    return any(name == instrument and one.startswith(f"{label}(") for name, one in ends)


def _made_under(new: Book, ends: set[tuple[str, str]]) -> Iterator[Hanging]:
    for item in new.instruments.values():
        if item.under and item.end is None and _is_ended(ends, *item.under):
            yield Hanging(
                item.id, "", item.citation or item.title, "it is made under what is repealed"
            )


def _referring(old: Book, new: Book, gone: tuple[Ended, ...]) -> Iterator[Hanging]:
    """Provisions whose text names what is repealed: as it is cited, as `writ` refers to it, by its label at home."""
    names = []
    for one in gone:
        named = old.instruments[one.instrument]
        away = [named.cite(one.label) if one.label else named.citation or named.title]
        if one.label:
            away.append(f"{one.instrument} {one.label}")
        names.append((one, away, [f"s. {one.label}", f"s.{one.label}"] if one.label else []))
    over = {(one.instrument, one.label) for one in gone}
    for place in provisions(new):
        if place.instrument not in new.instruments:
            continue
        item = new.instruments[place.instrument]
        if item.kind == "assurances" or (item.id, "") in over:
            continue
        if place.label and _all_ended(new, place.file, place.start, place.end):
            continue
        text = new.sources[place.file].text[place.start : place.end]
        text = _ENDS.sub("", text)
        for one, away, home in names:
            words = [*away, *home] if place.instrument == one.instrument else away
            if any(_stands(word, text) for word in words):
                cited = item.cite(place.label) if place.label else item.citation or item.title
                yield Hanging(item.id, place.label, cited, f"it refers to {one.citation}")


def _stands(word: str, text: str) -> bool:
    """Whether a name stands in a text, and not as the beginning or the end of another: `s. 4` is not in `s. 4(1)`."""
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (before.isalnum() or before == "-" or after.isalnum() or (after and after in "-(")):
            return True
        at = text.find(word, at + 1)
    return False


def _all_ended(book: Book, file: str, start: int, end: int) -> bool:
    """Whether a provision has norms, and none of them stays."""
    own = [
        norm
        for norm in book.norms
        if norm.place.file == file and start <= norm.place.span >> LENGTH_BITS < end
    ]
    return bool(own) and all(norm.end is not None for norm in own)


def _powerless(old: Book, new: Book) -> Iterator[Hanging]:
    """Duties and steps for which nobody would have the power any more."""
    before, after = _granted(old), _granted(new)
    lost = before - after
    if not lost:
        return
    words = new.vocabulary.acts
    for norm in new.norms:
        if norm.end is not None:
            continue
        for act in _needed(norm):
            down = new.vocabulary.act_down.get(act, frozenset({act}))
            if act in lost and not (after & (down | {act})):
                told = words[act].description if act in words else act
                why = f"nobody would have the power to “{told or act}”"
                yield Hanging(norm.instrument, norm.label, norm.citation, why)


def _granted(book: Book) -> frozenset[str]:
    """The acts that some norm without an end lets somebody do."""
    down = book.vocabulary.act_down
    return frozenset(
        name
        for norm in book.norms
        if norm.kind in POWERS and norm.end is None and norm.act
        for name in (norm.act, *down.get(norm.act, ()))
    )


def _needed(norm: Norm) -> Iterator[str]:
    if norm.kind == "duty" and norm.act and not norm.omission:
        yield norm.act
    yield from (step.act for step in norm.after)
    if norm.before:
        yield norm.before
