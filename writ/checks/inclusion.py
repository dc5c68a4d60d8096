"""Norms whose whole scope lies within that of another, and what then becomes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import cast

from writ.book.model import BARS, GRANTS, Norm, Override
from writ.checks.meeting import Kinds
from writ.checks.opposition import MAX_PAIRS, meet, outlasts
from writ.checks.view import View
from writ.checks.witness import example
from writ.engine.answer import Decision, Outcome
from writ.engine.precedence import BOUNDED, Maxim, opposes, prevails
from writ.engine.scope import includes

MOST = 50
"""Findings of one sort on one act: a reader of so many has it written anew."""

Wider = Mapping[str, Kinds]
Inside = tuple[Norm, Norm]
"""A norm, and one whose scope includes it on every day on which it is in force."""


def inside(
    view: View, act: str, kinds: Kinds, wider: Wider, by_rank: bool = False
) -> Iterator[Inside]:
    """The norms that name `act`, each with those of the kinds `wider` gives it that include it.

    With `by_rank` only those of no lower rank.
    """
    vocabulary = view.vocabulary
    own = view.meeting(act)
    count = 0
    around = [view.meeting(name) for name in sorted(vocabulary.act_up[act])]
    for norm in own.of(kinds):
        lowest = norm.rank if by_rank else None
        for meeting in around:
            among = meeting.select(wider[norm.kind], lowest)
            if not among:
                continue
            for wide in meeting.named(meeting.around(norm, among)):
                if wide is norm:
                    continue
                count += 1
                if count > MAX_PAIRS:
                    return
                if outlasts(wide, norm) and _mode(wide, norm) and includes(vocabulary, wide, norm):
                    yield norm, wide


def _mode(wide: Norm, narrow: Norm) -> bool:
    """An act of `each of` several needs the others, whom another bearer does not wait for."""
    return wide.bearer.mode != "each" or narrow.bearer == wide.bearer


def defeated(view: View, act: str) -> list[tuple[Norm, Norm, Maxim | None]]:
    """Norms on `act` that another always defeats, by which maxim; None for a power that a bar simply bounds."""
    found = view.memory.get(("defeated", act))
    if found is None:
        found = view.memory["defeated", act] = list(islice(_defeated(view, act), MOST))
    return cast("list[tuple[Norm, Norm, Maxim | None]]", found)


def contained(view: View, act: str) -> list[Inside]:
    """Norms on `act` with one of the same kind and no lower rank that says all that they say, and more widely."""
    found = view.memory.get(("contained", act))
    if found is None:
        found = view.memory["contained", act] = list(islice(_contained(view, act), MOST))
    return cast("list[Inside]", found)


def _defeated(view: View, act: str) -> Iterator[tuple[Norm, Norm, Maxim | None]]:
    for norm, wide in inside(view, act, GRANTS | BARS, OPPOSED):
        grant, bar = (norm, wide) if norm.kind in GRANTS else (wide, norm)
        if norm.omission or wide.omission or not opposes(view.book, bar, grant):
            continue
        if view.book.ranking.varies(norm.id, wide.id):
            continue
        maxim = prevails(view.book, wide, norm)
        stands = norm is grant and norm.kind in BOUNDED and bar.kind == "prohibition"
        if maxim is None and (not stands or prevails(view.book, norm, wide)):
            continue
        if _confirmed(view, act, norm, wide):
            yield norm, wide, maxim


OPPOSED: Wider = dict.fromkeys(GRANTS, ("prohibition", "disability")) | dict.fromkeys(
    BARS, ("right", "duty", "permission", "power")
)
SAME: Wider = {kind: (kind,) for kind in GRANTS | BARS | {"limit"}}


def _confirmed(view: View, act: str, norm: Norm, wide: Norm) -> bool:
    """Whether an example shows the norm defeated, and no third norm saves it."""

    def shows(answer: Decision) -> bool:
        if norm.kind in GRANTS:
            refused = answer.outcome in (Outcome.PROHIBITED, Outcome.NO_AUTHORITY)
            return refused and wide.id in answer.deciding
        return any(
            item.norm == norm.id and item.status == "defeated" and item.by == wide.id
            for item in answer.considered
        )

    return example(view, act, (norm, wide), shows) is not None


def _contained(view: View, act: str) -> Iterator[Inside]:
    for norm, wide in inside(view, act, frozenset(SAME), SAME, by_rank=True):
        if wide.omission != norm.omission:
            continue
        if (
            norm.kind == "disability"
            and norm.instrument not in view.book.made_under[wide.instrument]
        ):
            continue
        if _says_no_more(norm, wide) and _stands_no_better(view, norm, wide):
            yield norm, wide


DUTY = ("to", "within", "trigger", "due_by", "before", "every", "while_state", "for_each", "until")
DUTY_MORE = ("waived_by", "waiver", "breach", "so_that")


def _says_no_more(norm: Norm, wide: Norm) -> bool:
    """Whether `wide` demands and brings about the same, or what makes `norm` needless."""
    if norm.kind in BARS:
        return True
    if norm.kind == "limit":
        return _asks(norm, wide) and set(norm.effects) <= set(wide.effects)
    if norm.kind == "duty" and any(
        getattr(norm, field) != getattr(wide, field) for field in (*DUTY, *DUTY_MORE)
    ):
        return False
    if norm.kind == "delegation" and (
        norm.recipients != wide.recipients
        or not set(norm.delegated) <= set(wide.delegated)
        or not set(wide.limited_to) <= set(norm.limited_to)
        or norm.depth > wide.depth
        or norm.lasts != wide.lasts
    ):
        return False
    return (
        _asks(wide, norm)
        and set(norm.effects) <= set(wide.effects)
        and set(norm.enabling) <= set(wide.enabling)
    )


def _asks(less: Norm, more: Norm) -> bool:
    """Whether all that `less` requires is required by `more`."""
    return all(
        set(getattr(less, field)) <= set(getattr(more, field))
        for field in ("after", "with_", "stating", "recording")
    )


def _stands_no_better(view: View, norm: Norm, wide: Norm) -> bool:
    """Whether `norm` prevails over nothing that `wide` does not, and yields to all that `wide` yields to."""
    mine, others = _beaten(view, norm), _beaten(view, wide)
    if mine - others or _yielded(view, wide) - _yielded(view, norm):
        return False
    opposing = BARS | {"limit"} if norm.kind in GRANTS else GRANTS
    family = view.vocabulary.act_up[norm.act] | view.vocabulary.act_down[norm.act]
    book = view.book
    for name in family:
        there = view.meeting(name)
        for other in there.named(there.meeting(norm, there.select(opposing))):
            better = (prevails(book, norm, other) and not prevails(book, wide, other)) or (
                prevails(book, other, wide) and not prevails(book, other, norm)
            )
            if better and meet(view, norm, other):
                return False
    return True


def _beaten(view: View, norm: Norm) -> set[tuple[str, object]]:
    """What the norm overrides, and when."""
    return {(o.loser, _when(view, o)) for o in view.ranked.get(norm.id, ()) if o.winner == norm.id}


def _yielded(view: View, norm: Norm) -> set[tuple[str, object]]:
    """What overrides the norm, and when."""
    return {(o.winner, _when(view, o)) for o in view.ranked.get(norm.id, ()) if o.loser == norm.id}


def _when(view: View, o: Override) -> object:
    """The dates of an override, where it does not hold at all times."""
    timed = (o.winner, o.loser) in view.book.ranking.at_times
    return (o.start, o.end, o.gaps, o.known) if timed else None


def alike(view: View, norm: Norm, wide: Norm) -> bool:
    """Whether the wider of two norms is no wider, and says no more."""
    return includes(view.vocabulary, norm, wide) and _says_no_more(wide, norm)
