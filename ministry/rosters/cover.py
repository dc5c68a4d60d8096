"""Cover: when how many are on duty, and where there are too few. Pure functions over stretches of time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import msgspec

Stretch = tuple[dt.datetime, dt.datetime]


class Gap(msgspec.Struct, frozen=True, order=True):
    """A stretch in which fewer are on duty than are needed: `missing` people the most."""

    start: dt.datetime
    end: dt.datetime
    missing: int


def gaps(wanted: Iterable[tuple[Stretch, int]], there: Iterable[Stretch]) -> list[Gap]:
    """Where fewer are on duty than are wanted, by moments at which either changes; neighbours alike are one.

    `wanted` are stretches, each with how many must be on duty in it; where they overlap the highest counts.
    """
    turns: dict[dt.datetime, list[tuple[str, int, int]]] = {}
    for (start, end), number in wanted:
        if start < end:
            turns.setdefault(start, []).append(("need", number, 1))
            turns.setdefault(end, []).append(("need", number, -1))
    for start, end in there:
        if start < end:
            turns.setdefault(start, []).append(("there", 1, 1))
            turns.setdefault(end, []).append(("there", 1, -1))
    needs: Counter[int] = Counter()
    present = 0
    found: list[Gap] = []
    moments = sorted(turns)
    for at, after in pairwise(moments):
        for what, number, by in turns[at]:
            if what == "need":
                needs[number] += by
            else:
                present += by
        need = max((number for number, open_ in needs.items() if open_ > 0), default=0)
        missing = need - present
        if missing <= 0:
            continue
        if found and found[-1].end == at and found[-1].missing == missing:
            found[-1] = Gap(found[-1].start, after, missing)
        else:
            found.append(Gap(at, after, missing))
    return found
