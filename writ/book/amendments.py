"""What statements do to norms and override statements elsewhere: commence, repeal, suspend and replace them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from writ.book.model import Norm, Vacancy


class Said(msgspec.Struct, frozen=True, gc=False):
    """An `override` statement as an amendment finds it: its dates, as of a norm."""

    id: str
    """That of the provision, then `override` and its place in the file: no norm is called so."""
    label: str
    start: dt.date | None
    end: dt.date | None
    gaps: tuple[Vacancy, ...] = ()


Amended = Norm | Said


class Change(msgspec.Struct, frozen=True):
    """One mention applied to one norm or override statement. `word`: commence, replaces, repeal, suspend.

    For `replaces`, `by` is the new norm and `citation` the one that it takes.
    """

    word: str
    norm: str
    start: dt.date | None = None
    end: dt.date | None = None
    by: str = ""


def amend(
    norms: Mapping[str, Amended], changes: Iterable[Change]
) -> tuple[dict[str, Amended], list[Change]]:
    """What changed of these norms and override statements, and the changes that had no effect.

    Commencements come first, since a norm that replaces another does so from the day that it is in force.
    """
    changed: dict[str, Amended] = {}
    idle: list[Change] = []
    ordered = sorted(changes, key=lambda change: _ORDER[change.word])
    for change in ordered:
        norm = changed.get(change.norm) or norms[change.norm]
        by = changed.get(change.by) or norms.get(change.by)
        after = _apply(norm, change, norms[change.norm], by)
        if after is None:
            idle.append(change)
        else:
            changed[norm.id] = after
    return changed, idle


_ORDER = {"commence": 0, "replaces": 1, "repeal": 2, "suspend": 3}


def _apply(norm: Amended, change: Change, before: Amended, by: Amended | None) -> Amended | None:
    match change.word:
        case "commence":
            if before.start is not None or change.start is None:
                return None
            start = change.start if norm.start is None else min(norm.start, change.start)
            return msgspec.structs.replace(norm, start=start)
        case "replaces":
            # A norm in force from the same day on, or later, is not what was there before.
            if by is None or by.start is None or norm.start is None or norm.start >= by.start:
                return None
            return _ended(norm, by.start)
        case "repeal":
            return None if change.start is None else _ended(norm, change.start)
        case _:
            if change.start is None:
                return None
            gap = Vacancy(change.start, change.end)
            return msgspec.structs.replace(norm, gaps=tuple(sorted((*norm.gaps, gap), key=_first)))


def _ended(norm: Amended, end: dt.date) -> Amended | None:
    if norm.end is not None and norm.end <= end:
        return None
    return msgspec.structs.replace(norm, end=end)


def _first(gap: Vacancy) -> tuple[dt.date, dt.date]:
    return gap.start, gap.end or dt.date.max
