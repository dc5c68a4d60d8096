"""Instances of states: given with the request, or begun, continued and ended by its history.

Used by the reference interpreter; see `docs/semantics.md`, "Time".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from writ.book import dates
from writ.book.model import Book, EffectTerm, Norm
from writ.book.terms import Value
from writ.engine.applies import bears, in_force, truth_of
from writ.engine.instance import Instance
from writ.engine.request import Event, Request
from writ.engine.situation import Situation
from writ.engine.truth import Truth, both, evaluate, holds


def instances(book: Book, request: Request) -> tuple[Instance, ...]:
    """Every instance that the request gives or its history implies, with its end, oldest first."""
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
    for event in in_order(request.done):
        if event.name in book.vocabulary.acts:
            for norm, effect in effects_of(book, request, event, tuple(found)):
                apply(book, norm, effect, event, request, found)
    lapse(book, request, found)
    return tuple(found)


def in_order(events: tuple[Event, ...]) -> list[Event]:
    """By time as far as it is stated; entries without one first, as given."""
    return sorted(events, key=lambda e: (e.at is not None, _instant(e.at)))


def _instant(at: dt.date | None) -> dt.datetime:
    if at is None:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
    if isinstance(at, dt.datetime):
        return at.astimezone(dt.UTC)
    return dt.datetime(at.year, at.month, at.day, tzinfo=dt.UTC)


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
) -> None:
    """Let one effect of one act change the instances found so far."""
    zone = zone_of(book, norm)
    running = [
        i
        for i in found
        if i.state == effect.state and (not i.about or not event.about or i.about == event.about)
    ]
    if effect.verb == "begins":
        since = beginning(book, norm, effect, event, request)
        until = ending(book, norm, effect, event, request, since)
        found.append(
            Instance(
                effect.state,
                since,
                until,
                about=event.about,
                facts=carried(book, effect.state, event.facts),
                because=(norm.id,) if until else (),
                begun_by=norm.id,
            )
        )
        return
    if not running:
        return
    instance = running[-1]
    if effect.verb == "ends":
        if instance.ended is None:
            instance.ended = event.at or request.at
            instance.because = (*instance.because, norm.id)
    elif effect.verb == "suspends":
        instance.suspended = event.at or request.at
        instance.because = (*instance.because, norm.id)
    elif effect.verb == "resumes":
        instance.suspended = None
    elif effect.verb == "amends":
        instance.facts = {**instance.facts, **carried(book, effect.state, event.facts)}
    elif effect.verb == "continues":
        if instance.until is None:
            lapse(book, request, [instance])
        base = instance.end(zone) or event.at
        until = ending(book, norm, effect, event, request, base)
        if until is not None:
            instance.until = until
            instance.because = (norm.id,)
        instance.continued = True


def beginning(
    book: Book, norm: Norm, effect: EffectTerm, event: Event, request: Request
) -> dt.date | None:
    """The time of the act, or what `from EXPRESSION` gives, asked on the act's facts and the history."""
    if effect.start is None:
        return event.at
    at = event.at or request.at
    asked = Request(event.by, event.name, at, event.facts, about=event.about, done=request.done)
    situation = Situation(book, asked, book.calendar_of(norm.instrument))
    value = evaluate(situation, effect.start)
    return value if isinstance(value, dt.date) else event.at


def ending(
    book: Book,
    norm: Norm,
    effect: EffectTerm,
    event: Event,
    request: Request,
    base: dt.date | None,
) -> dt.date | None:
    """The end that `for DURATION` or `until EXPRESSION` gives."""
    calendar = book.calendar_of(norm.instrument)
    if effect.duration is not None and base is not None:
        return dates.add(base, effect.duration, calendar)
    if effect.until is not None:
        asked = Request(event.by, event.name, event.at or request.at, event.facts)
        value = evaluate(Situation(book, asked, calendar, open_world=True), effect.until)
        return value if isinstance(value, dt.date) else None
    return None


def carried(book: Book, state: str, facts: Mapping[str, Value]) -> dict[str, Value]:
    """The attributes of a state that take their values from those of the same name."""
    names = {slot.rpartition(".")[2]: slot for slot in book.vocabulary.states[state].attributes}
    return {
        slot.rpartition(".")[2]: value
        for slot, value in facts.items()
        if slot.rpartition(".")[2] in names
    }


def lapse(book: Book, request: Request, found: list[Instance]) -> None:
    """Bound every instance by the lapse norms, until nothing moves: one lapse may wait on another state's end."""
    norms = [norm for norm in book.norms if norm.kind == "lapse"]
    for _ in range(len(found) + 1):
        changed = False
        for instance in found:
            for norm in norms:
                if norm.state == instance.state and _bound(book, request, norm, instance, found):
                    changed = True
        if not changed:
            return


def _bound(
    book: Book, request: Request, norm: Norm, instance: Instance, found: list[Instance]
) -> bool:

    if instance.given_end or not in_force(norm, request.at, request.known_at):
        return False
    calendar = book.calendar_of(norm.instrument)
    situation = Situation(book, request, calendar, tuple(found), {instance.state: instance})
    if both([holds(situation, condition) for condition in norm.when]) is not True:
        return False
    until: dt.date | None = None
    if norm.lapse_after is not None:
        if instance.continued or instance.since is None:
            return False
        until = dates.add(instance.since, norm.lapse_after, calendar)
    elif norm.lapse_at is not None:
        value = evaluate(situation, norm.lapse_at)
        until = value if isinstance(value, dt.date) else None
    elif instance.ended is None:
        instance.ended = request.at
        instance.because = (*instance.because, norm.id)
        return True
    zone = calendar.zone if calendar else ""
    if until is None or (
        instance.until is not None and dates.compare(until, instance.until, zone) >= 0
    ):
        return False
    instance.until = until
    instance.because = (norm.id,)
    return True


def zone_of(book: Book, norm: Norm) -> str:
    calendar = book.calendar_of(norm.instrument)
    return calendar.zone if calendar else ""
