"""Which norms can meet in one request, and which pairs of them are worth comparing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from writ.book.model import Norm
from writ.checks.possible import impossible
from writ.checks.view import View

MAX_PAIRS = 20_000
"""Pairs compared on one act for one question. A crowded act is reported (C499), not passed over in silence."""

Pair = tuple[Norm, Norm]


def pairs(
    view: View,
    act: str,
    kinds: Collection[str],
    others: Collection[str],
    same_rank: bool = False,
) -> Iterator[Pair]:
    """Norms of `kinds` with norms of `others` that a request for `act` meets together, and none for a broader act."""
    count = 0
    for pair in _pairs(view, act, kinds, others, same_rank):
        count += 1
        if count > MAX_PAIRS:
            return
        yield pair


def _pairs(
    view: View, act: str, kinds: Collection[str], others: Collection[str], same_rank: bool
) -> Iterator[Pair]:
    own = view.meeting(act)
    broader = sorted(view.vocabulary.act_up[act] - {act})
    for group in own.of(kinds):
        for name in (act, *broader):
            for opposed in view.meeting(name).of(others, group.rank if same_rank else None):
                for norm in group.norms:
                    for other in opposed.meeting(norm):
                        yield norm, other
    for first, second in _crossing(view, act, broader):
        for group in view.meeting(first).of(others):
            for opposed in view.meeting(second).of(kinds, group.rank if same_rank else None):
                for norm in group.norms:
                    for other in opposed.meeting(norm):
                        yield other, norm


def _crossing(view: View, act: str, broader: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of acts whose norms meet first at `act`: itself with each broader one, and broader ones of two lines."""
    up = view.vocabulary.act_up
    for name in broader:
        yield act, name
    parents = view.vocabulary.acts[act].parents
    if len(parents) < 2:
        return
    for first in broader:
        for second in broader:
            if first == second or first in up[second] or second in up[first]:
                continue
            if not any({first, second} <= up[parent] for parent in parents):
                yield first, second


def candidates(view: View, act: str, kinds: Collection[str], others: Collection[str]) -> int:
    """How many pairs `pairs` would give without its bound; counted without making them."""
    total = 0
    for group in view.meeting(act).of(kinds):
        for name in view.vocabulary.act_up[act]:
            for opposed in view.meeting(name).of(others, group.rank):
                if len(group.norms) * len(opposed.norms) > MAX_PAIRS:
                    total += sum(opposed.count(norm) for norm in group.norms)
    return total


def meet(view: View, one: Norm, other: Norm) -> bool:
    """Whether some request falls under both, as far as their parts can tell."""
    return (
        together(one, other) is not None
        and _things_meet(view, one, other)
        and _bearers_meet(view, one, other)
        and not (
            one.when and other.when and impossible(view, (*one.when, *other.when), (one, other))
        )
    )


def together(one: Norm, other: Norm) -> dt.date | None:
    """The first day on which both are in force."""
    if one.start is None or other.start is None:
        return None
    day = max(one.start, other.start)
    gaps = sorted((*one.gaps, *other.gaps), key=lambda gap: gap.start)
    for gap in gaps:
        if gap.start <= day and (gap.end is None or day <= gap.end):
            if gap.end is None:
                return None
            day = gap.end + dt.timedelta(days=1)
    ends = [end for end in (one.end, other.end) if end is not None]
    return None if any(day >= end for end in ends) else day


def outlasts(wide: Norm, narrow: Norm) -> bool:
    """Whether `wide` is in force on every day on which `narrow` is."""
    if wide.start is None or narrow.start is None or wide.start > narrow.start:
        return False
    if wide.gaps and wide.gaps != narrow.gaps:
        return False
    return wide.end is None or (narrow.end is not None and narrow.end <= wide.end)


def _things_meet(view: View, one: Norm, other: Norm) -> bool:
    if not one.thing or not other.thing or one.thing == other.thing:
        return True
    up = view.vocabulary.thing_up
    return one.thing in up[other.thing] or other.thing in up[one.thing]


def _bearers_meet(view: View, one: Norm, other: Norm) -> bool:
    if "immunity" in (one.kind, other.kind):
        return True
    if one.bearer is other.bearer:
        return True
    return not view.matched(one.bearer).isdisjoint(view.matched(other.bearer))
