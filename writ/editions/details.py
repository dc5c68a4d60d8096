"""In what respects one norm differs between two editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from writ.book.model import EffectTerm, Norm
from writ.book.terms import Condition, Period
from writ.book.wording import say
from writ.editions import wording
from writ.editions.canonical import plain
from writ.editions.change import Detail
from writ.editions.deadlines import deadlines
from writ.editions.widths import Widths, periods, subsets, times

T = TypeVar("T")

ASKED = {"narrower": "stricter", "wider": "looser"}
"""What holds in fewer cases asks more."""


def details(widths: Widths, old: Norm, new: Norm) -> list[Detail]:
    """Every respect, in the order in which a norm is written. Dates and labels are not among them."""
    return [
        *_scope(widths, old, new),
        *_required(widths, old, new),
        *deadlines(widths, old, new),
        *_effects(old, new),
        *_delegated(widths, old, new),
        *_lapse(old, new),
    ]


def _scope(widths: Widths, old: Norm, new: Norm) -> Iterator[Detail]:
    how = widths.bearers(old.bearer, new.bearer)
    if how:
        yield Detail("bearer", how, (say(old.bearer),), (say(new.bearer),))
    if old.act != new.act:
        yield Detail("act", widths.acts(old.act, new.act), (old.act,), (new.act,))
    if old.thing != new.thing:
        yield Detail(
            "thing", widths.things(old.thing, new.thing), _named(old.thing), _named(new.thing)
        )
    yield from _conditions(widths, "when", old.when, new.when)


def _required(widths: Widths, old: Norm, new: Norm) -> Iterator[Detail]:
    """What must come before or with the act. In a duty, the manner too."""
    for how, before, after in widths.steps(old.after, new.after):
        yield Detail("after", ASKED.get(how, how), _each(before, "after"), _each(after, "after"))
    for what, was, now in (("with", old.with_, new.with_), ("so that", old.so_that, new.so_that)):
        yield from _conditions(widths, what, was, now, ASKED)
    for what, stated, state in (
        ("stating", old.stating, new.stating),
        ("recording", old.recording, new.recording),
    ):
        asked = subsets(stated, state)
        if asked:
            how = {"narrower": "looser", "wider": "stricter"}.get(asked, asked)
            gone, come = _apart(stated, state, lambda path: path)
            yield Detail(what, how, _each(gone, what), _each(come, what))


def _effects(old: Norm, new: Norm) -> Iterator[Detail]:
    """What the act brings about, and what follows from a breach; an effect on a state is compared with its like."""
    for what, was, now in (
        ("effect", old.effects, new.effects),
        ("breach", old.breach, new.breach),
    ):
        before, after = _apart(was, now, plain)
        for one, other in _coupled(before, after):
            yield Detail(what, _effect(one, other), _effect_words(one), _effect_words(other))
    how = subsets(old.enabling, new.enabling)
    if how:
        gone, come = _apart(old.enabling, new.enabling, str)
        yield Detail("enabling", how, gone, come)


def _effect(old: EffectTerm | None, new: EffectTerm | None) -> str:
    if old is None or new is None:
        return "added" if old is None else "removed"
    if old.start != new.start or (old.verb, old.state) != (new.verb, new.state):
        return "other"
    length = periods(old.duration, new.duration)
    end = {"sooner": "shorter", "later": "longer"}.get(times(old.until, new.until), "other")
    if old.until == new.until:
        return length
    return end if old.duration == new.duration else "other"


def _effect_words(term: EffectTerm | None) -> tuple[str, ...]:
    return () if term is None else (wording.effect(term),)


def _coupled(
    before: Sequence[EffectTerm], after: Sequence[EffectTerm]
) -> Iterator[tuple[EffectTerm | None, EffectTerm | None]]:
    """What was and what is now in its place: effects of one sort on one state, else on one state."""
    left = list(after)
    alone: list[EffectTerm] = []
    for term in before:
        like = [one for one in left if (one.verb, one.state) == (term.verb, term.state)]
        if like:
            left.remove(like[0])
            yield term, like[0]
        else:
            alone.append(term)
    for term in alone:
        escalates = term.verb == "escalates"
        like = [
            one for one in left if one.state == term.state or (escalates and one.verb == term.verb)
        ]
        if like:
            left.remove(like[0])
        yield term, like[0] if like else None
    for term in left:
        yield None, term


def _delegated(widths: Widths, old: Norm, new: Norm) -> Iterator[Detail]:
    how = subsets(old.delegated, new.delegated)
    if how:
        gone, come = _apart(old.delegated, new.delegated, str)
        yield Detail("delegated", how, gone, come)
    if old.recipients and new.recipients:
        how = widths.bearers(old.recipients, new.recipients)
        if how:
            yield Detail("recipients", how, (say(old.recipients),), (say(new.recipients),))
    yield from _conditions(widths, "limited to", old.limited_to, new.limited_to, ASKED)
    if old.depth != new.depth:
        how = "narrower" if new.depth < old.depth else "wider"
        yield Detail("depth", how, (f"depth {old.depth}",), (f"depth {new.depth}",))
    how = periods(old.lasts, new.lasts)
    if how:
        yield Detail("lasts", how, _for(old.lasts), _for(new.lasts))


def _lapse(old: Norm, new: Norm) -> Iterator[Detail]:
    """When a state ends by law."""
    if old.lapse_after != new.lapse_after:
        how = periods(old.lapse_after, new.lapse_after)
        sooner = {"shorter": "sooner", "longer": "later"}.get(how, how)
        yield Detail("lapse", sooner, _after(old.lapse_after), _after(new.lapse_after))
    how = times(old.lapse_at, new.lapse_at)
    if how:
        was = () if old.lapse_at is None else (f"at {say(old.lapse_at)}",)
        now = () if new.lapse_at is None else (f"at {say(new.lapse_at)}",)
        yield Detail("lapse", how, was, now)


def _conditions(
    widths: Widths,
    what: str,
    old: Sequence[Condition],
    new: Sequence[Condition],
    words: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Detail]:
    for how, gone, come in widths.conditions(old, new):
        yield Detail(
            what,
            words.get(how, how),
            wording.conditions(gone, what),
            wording.conditions(come, what),
        )


def _apart(
    old: Iterable[T], new: Iterable[T], form: Callable[[T], T]
) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """What only the one has, and what only the other."""
    before, after = {form(one): one for one in old}, {form(one): one for one in new}
    return (
        tuple([one for key, one in before.items() if key not in after]),
        tuple([one for key, one in after.items() if key not in before]),
    )


def _each(items: Iterable[object], word: str) -> tuple[str, ...]:
    return tuple([f"{word} {say(item)}" for item in items])


def _named(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _for(period: Period | None) -> tuple[str, ...]:
    return () if period is None else (f"for {period}",)


def _after(period: Period | None) -> tuple[str, ...]:
    return () if period is None else (f"after {period}",)
