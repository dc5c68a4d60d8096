"""Instances of states: given with the request, or begun, continued and ended by its history.

Used by the reference interpreter; see `docs/semantics.md`, "Time".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

import msgspec

from writ.book import dates
from writ.book.model import Book, Calendar, EffectTerm, Norm
from writ.book.terms import Value
from writ.engine.applies import bears, in_force, truth_of
from writ.engine.instance import Instance
from writ.engine.request import Event, Request
from writ.engine.situation import Situation
from writ.engine.truth import UNKNOWN, Lack, Truth, both, evaluate, holds

Lapse = Callable[[Request, list[Instance]], None]
"""Bounds instances by the lapse norms, until nothing moves."""


def instances(book: Book, request: Request, lapse: Lapse | None = None) -> tuple[Instance, ...]:
    """Every instance that the request gives or its history implies, with its end, oldest first.

    `lapse` is that of the fast engine, which knows its lapse norms; else that of the book.
    """
    lapse = lapse or partial(lapse_all, book)
    found = [
        Instance(
            given.state,
            given.since,
            given.until,
            about=given.about,
            facts=dict(given.facts),
            given_end=given.until is not None,
        )
        for given in request.states
    ]
    calendar = book.vocabulary.calendars.get(book.default_calendar)
    zone = calendar.zone if calendar else ""
    for event in in_order(request.done, zone):
        if event.at is not None and dates.compare(event.at, request.at, zone) > 0:
            continue
        if event.name in book.vocabulary.acts:
            effects = effects_of(book, request, event, tuple(found))
            # What one act does to a state, it does to the state as it found it.
            reach = [
                reached(book, norm, effect, event, request, found, lapse)
                for norm, effect in effects
            ]
            for (norm, effect), instance in zip(effects, reach, strict=True):
                apply(book, norm, effect, event, request, found, instance, lapse)
    lapse(request, found)
    return tuple(found)


def in_order(events: tuple[Event, ...], zone: str = "") -> list[Event]:
    """By time; an entry without one stays behind the entry that it was listed after."""
    moments: list[dt.datetime] = []
    for event in events:
        before = moments[-1] if moments else _instant(None, zone)
        moments.append(before if event.at is None else _instant(event.at, zone))
    return [events[at] for at in sorted(range(len(events)), key=moments.__getitem__)]


def _instant(at: dt.date | None, zone: str) -> dt.datetime:
    if at is None:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
    if isinstance(at, dt.datetime):
        return at.astimezone(dt.UTC)
    return dt.datetime(at.year, at.month, at.day, tzinfo=dates.zone_of(zone) if zone else dt.UTC)


def effects_of(
    book: Book, request: Request, event: Event, so_far: tuple[Instance, ...]
) -> list[tuple[Norm, EffectTerm]]:
    """What an act done gives effect to: for each state and verb, by the norm that fits it best."""
    asked = Request(
        actor=event.by,
        act=event.name,
        at=event.at or request.at,
        facts=event.facts,
        about=event.about,
        person=event.person,
        known_at=request.known_at,
    )
    best: dict[tuple[str, str], tuple[Truth, Norm, EffectTerm]] = {}
    for norm in book.norms:
        if not norm.effects or norm.act not in book.vocabulary.act_up[event.name]:
            continue
        if not in_force(norm, asked.at, asked.known_at) or (
            event.by and not bears(book, norm.bearer, event.by)
        ):
            continue
        truth = truth_of(book, norm, asked, norm.when, so_far, open_world=True)
        if truth is False:
            continue
        for effect in norm.effects:
            known = best.get((effect.verb, effect.state))
            if known is None or (known[0] is None and truth is True):
                best[effect.verb, effect.state] = (truth, norm, effect)
    return [(norm, effect) for _, norm, effect in best.values()]


def apply(
    book: Book,
    norm: Norm,
    effect: EffectTerm,
    event: Event,
    request: Request,
    found: list[Instance],
    instance: Instance | None,
    lapse: Lapse,
) -> None:
    """Let one effect of one act of a history change the instance that it reaches, or begin another."""
    at = event.at or request.at
    asked = Request(event.by, event.name, at, event.facts, about=event.about, done=request.done)
    calendar = book.calendar_of(norm.instrument)
    if effect.verb == "begins":
        told = Situation(book, asked, calendar, tuple(found), open_world=True)
        found.append(begin(book, norm, effect, event.about, event.at, event.facts, told))
    elif instance is not None:
        before = as_of(request, instance, at, lapse)
        bound = {instance.state: before}
        told = Situation(book, asked, calendar, tuple(found), bound, open_world=True)
        end = before.end(zone_of(book, norm)) or event.at
        change(book, norm, effect, at, event.facts, instance, end, told)


def begin(
    book: Book,
    norm: Norm,
    effect: EffectTerm,
    about: str,
    at: dt.date | None,
    facts: Mapping[str, Value],
    told: Situation,
) -> Instance:
    """The instance that an act done at a time begins; `told` is what was the case before it."""
    since = at
    if effect.start is not None:
        value = evaluate(told, effect.start)
        since = value if isinstance(value, dt.date) else at
    begun = Instance(
        effect.state,
        since,
        about=about,
        facts=carried(book, effect.state, facts),
        begun_by=norm.id,
    )
    bind(norm, effect, begun, since, told)
    return begun


def change(
    book: Book,
    norm: Norm,
    effect: EffectTerm,
    at: dt.date,
    facts: Mapping[str, Value],
    instance: Instance,
    end: dt.date | None,
    told: Situation,
) -> None:
    """Let an act done at a time change an instance; `end` is the end that it had, of which `told` speaks too."""
    if effect.verb == "ends":
        instance.ended = at
        instance.because = (*instance.because, norm.id)
    elif effect.verb == "suspends":
        instance.suspended = at
        instance.because = (*instance.because, norm.id)
    elif effect.verb == "resumes":
        instance.suspended = None
    elif effect.verb == "amends":
        instance.facts = {**instance.facts, **carried(book, effect.state, facts)}
    elif effect.verb == "continues":
        bind(norm, effect, instance, end, told)
        instance.continued = True


def reached(
    book: Book,
    norm: Norm,
    effect: EffectTerm,
    event: Event,
    request: Request,
    found: list[Instance],
    lapse: Lapse,
) -> Instance | None:
    """The last instance about the same thing that had begun and was not yet over when the act was done."""
    zone, when = zone_of(book, norm), event.at or request.at
    for instance in reversed(found):
        if instance.state != effect.state:
            continue
        if instance.about and event.about and instance.about != event.about:
            continue
        if as_of(request, instance, when, lapse).status(when, zone) in ("in effect", "suspended"):
            return instance
    return None


def as_of(request: Request, instance: Instance, when: dt.date, lapse: Lapse) -> Instance:
    """A copy of the instance with the bounds that the lapse norms gave it then."""
    copy = msgspec.structs.replace(instance)
    lapse(msgspec.structs.replace(request, at=when), [copy])
    return copy


def bind(
    norm: Norm, effect: EffectTerm, instance: Instance, base: dt.date | None, told: Situation
) -> None:
    """Give an instance the end that `for DURATION` (from `base`) or `until EXPRESSION` says."""
    until: dt.date | None = None
    if effect.duration is not None and base is not None:
        calendar = told.calendar
        until = dates.add(base, effect.duration, calendar)
        instance.sure_until = None if until else dates.last_sure(base, effect.duration, calendar)
        if until is None:
            instance.until = None
    elif effect.until is not None:
        value = evaluate(told, effect.until)
        until = value if isinstance(value, dt.date) else None
    if until is not None:
        instance.until = until
        instance.because = (norm.id,)


def carried(book: Book, state: str, facts: Mapping[str, Value]) -> dict[str, Value]:
    """The attributes of a state that take their values from those of the same name."""
    attributes = book.vocabulary.states[state].attributes
    if not attributes:
        return {}
    names = {slot.rpartition(".")[2] for slot in attributes}
    return {
        slot.rpartition(".")[2]: value
        for slot, value in facts.items()
        if slot.rpartition(".")[2] in names
    }


def lapse_all(book: Book, request: Request, found: list[Instance]) -> None:
    """Bound every instance by the lapse norms, until nothing moves: one lapse may wait on another state's end."""
    norms = [norm for norm in book.norms if norm.kind == "lapse"]
    for _ in range(len(found) + 1):
        changed = False
        for instance in found:
            for norm in norms:
                if norm.state == instance.state and bound(book, request, norm, instance, found):
                    changed = True
        if not changed:
            return


def bound(
    book: Book, request: Request, norm: Norm, instance: Instance, found: list[Instance]
) -> bool:
    """Ask one lapse norm for one instance, and let it bound the instance; whether it moved."""
    calendar = book.calendar_of(norm.instrument)
    situation = Situation(book, request, calendar, tuple(found), {instance.state: instance})
    truth = both(holds(situation, condition) for condition in norm.when)
    if truth is False:
        return False
    day = evaluate(situation, norm.lapse_at) if norm.lapse_at is not None else None
    now = in_force(norm, request.at, request.known_at)
    return lapse_by(norm, instance, truth, day, request.at, request.known_at, calendar, now)


def lapse_by(
    norm: Norm,
    instance: Instance,
    truth: Truth,
    day: Value | Lack | None,
    at: dt.date,
    known_at: dt.date | None,
    calendar: Calendar | None,
    now: bool,
) -> bool:
    """Let a lapse norm bound an instance at a moment, as the text was known at another; whether it moved.

    `truth` is what its `when` comes to, true or unknown; `day` what its `at` comes to, None where it has none; `now`
    whether it is in force at the moment. To be let do so again moves nothing.
    """
    if instance.given_end:
        return False
    zone = calendar.zone if calendar else ""
    until: dt.date | None = None
    sure: dt.date | None = None
    if norm.lapse_after is not None:
        if instance.continued or instance.since is None:
            return False
        until = dates.add(instance.since, norm.lapse_after, calendar)
        if until is None:
            sure = dates.last_sure(instance.since, norm.lapse_after, calendar)
    elif day is not None:
        until = day if isinstance(day, dt.date) else None
        sure = dt.date.min if day is UNKNOWN else None
    elif not now:
        return False
    elif truth is None:
        sure = dt.date.min
    elif instance.ended is None:
        instance.ended = at
        instance.by_law = True
        instance.because = (*instance.because, norm.id)
        return True
    # What has lapsed does not revive with the repeal of the norm that ended it.
    past = until is not None and dates.compare(until, at, zone) < 0
    if not now and not (past and until and in_force(norm, until, known_at)):
        return False
    if truth is None and until is not None:
        until, sure = None, until
    if sure is not None and (
        instance.until is None or dates.compare(sure, instance.until, zone) < 0
    ):
        instance.doubt(sure, zone)
    if until is None or (
        instance.until is not None and dates.compare(until, instance.until, zone) >= 0
    ):
        return False
    instance.until = until
    # What an act had ended before is not cited as lapsed.
    if instance.ended is None or dates.compare(until, instance.ended, zone) < 0:
        instance.because = (norm.id,)
    return True


def zone_of(book: Book, norm: Norm) -> str:
    calendar = book.calendar_of(norm.instrument)
    return calendar.zone if calendar else ""
