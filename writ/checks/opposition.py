"""Which norms can meet in one request, and which pairs of them are worth comparing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from writ.book.model import Norm, Override
from writ.checks.meeting import Kinds
from writ.checks.possible import impossible
from writ.checks.view import View

MAX_PAIRS = 20_000
"""Pairs compared on one act for one question. A crowded act is reported (C499), not passed over in silence."""

Pair = tuple[Norm, Norm]


def pairs(
    view: View,
    act: str,
    kinds: Kinds,
    others: Kinds,
    same_rank: bool = False,
) -> Iterator[Pair]:
    """Norms of `kinds` with norms of `others` that a request for `act` meets together, and none for a broader act."""
    return islice(_pairs(view, act, kinds, others, same_rank), MAX_PAIRS)


def _pairs(view: View, act: str, kinds: Kinds, others: Kinds, same_rank: bool) -> Iterator[Pair]:
    broader = sorted(view.vocabulary.act_up[act] - {act})
    for name in (act, *broader):
        yield from _between(view, act, kinds, name, others, same_rank)
    for first, second in _crossing(view, act, broader):
        for other, norm in _between(view, first, others, second, kinds, same_rank):
            yield norm, other


def _between(
    view: View,
    act: str,
    kinds: Kinds,
    broad: str,
    others: Kinds,
    same_rank: bool,
) -> Iterator[Pair]:
    """Norms on one act with those that they may meet on another."""
    own, opposed = view.meeting(act), view.meeting(broad)
    mine = own.ranks(kinds)
    if not mine:
        return
    theirs = opposed.ranks(others)
    every = opposed.select(others)
    for rank, bits in mine.items():
        among = theirs.get(rank, 0) if same_rank else every
        if among:
            for norm in own.named(bits):
                for other in opposed.named(opposed.meeting(norm, among)):
                    yield norm, other


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


def candidates(view: View, act: str, kinds: Kinds, others: Kinds) -> int:
    """How many pairs of one rank there are to compare, where they may be too many; counted without making them."""
    total = 0
    own = view.meeting(act)
    for rank, bits in own.ranks(kinds).items():
        for name in view.vocabulary.act_up[act]:
            opposed = view.meeting(name)
            among = opposed.ranks(others).get(rank, 0)
            if bits.bit_count() * among.bit_count() > MAX_PAIRS:
                total += sum(opposed.meeting(norm, among).bit_count() for norm in own.named(bits))
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


def together(*norms: Norm | Override) -> dt.date | None:
    """The first day on which all are in force."""
    starts = [norm.start for norm in norms if norm.start is not None]
    if len(starts) < len(norms):
        return None
    day = max(starts)
    gaps = sorted((gap for norm in norms for gap in norm.gaps), key=lambda gap: gap.start)
    for gap in gaps:
        if gap.start <= day and (gap.end is None or day <= gap.end):
            if gap.end is None:
                return None
            day = gap.end + dt.timedelta(days=1)
    ends = [norm.end for norm in norms if norm.end is not None]
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
