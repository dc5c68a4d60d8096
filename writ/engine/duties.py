"""When a duty opens, falls due and is discharged, on the history that a request gives (reference interpreter)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from writ.book import dates
from writ.book.model import Norm
from writ.book.terms import Period
from writ.book.wording import say
from writ.engine.answer import Opened
from writ.engine.applies import in_force, truth_of
from writ.engine.request import Event
from writ.engine.situation import Situation, bearer_admits, event_matches
from writ.engine.truth import Truth, evaluate
from writ.syntax.tree import Actor, Bearer

if TYPE_CHECKING:
    from writ.engine.case import Case, Finding


def _situation(case: Case, duty: Norm) -> Situation:
    return Situation(
        case.book, case.request, case.book.calendar_of(duty.instrument), case.instances
    )


def triggered(case: Case, duty: Norm) -> tuple[dt.date | None] | None:
    """The time of the latest trigger in the history, in a tuple (None where it is not stated); None if none."""
    trigger = duty.trigger
    if trigger is None:
        return None
    asked = _situation(case, duty)
    if trigger.kind in ("start", "end"):
        instance = asked.instance(trigger.name)
        if instance is None:
            return None
        status = instance.status(asked.now, asked.zone)
        if trigger.kind == "start":
            return None if status == "not begun" else (instance.since,)
        return (instance.end(asked.zone),) if status in ("lapsed", "ended") else None
    found = [
        event
        for event in case.request.done
        if event_matches(
            case.book.vocabulary, case.request, event, trigger.name, trigger.kind, asked.zone
        )
        and (
            trigger.by is None
            or not event.by
            or bearer_admits(case.book.vocabulary, trigger.by, event.by)
        )
    ]
    if not found:
        return None
    times = [event.at for event in found if event.at is not None]
    if not times:
        return (None,)
    latest = times[0]
    for time in times[1:]:
        if dates.compare(time, latest, asked.zone) > 0:
            latest = time
    return (latest,)


def due_day(case: Case, duty: Norm) -> dt.date | None:
    """The day or moment by which the duty must be done, as far as the history tells."""
    asked = _situation(case, duty)
    if duty.due_by is not None:
        value = evaluate(asked, duty.due_by)
        return dates.roll(value, asked.calendar) if isinstance(value, dt.date) else None
    period = duty.within or duty.every
    opened = triggered(case, duty)
    start = opened[0] if opened else None
    if duty.every is not None:
        # A recurring duty falls due a period after it was last done, or first opened.
        performed = [event.at for event in performances(case, duty) if event.at is not None]
        for time in performed:
            if start is None or dates.compare(time, start, asked.zone) > 0:
                start, period = time, duty.every
    if period is None or start is None:
        return None
    due = dates.add(start, period, asked.calendar)
    return None if due is None else dates.roll(due, asked.calendar)


def discharged(case: Case, duty: Norm) -> bool:
    """Whether the history has it done since it opened, to every addressee; a recurring duty, until it is next due."""
    done = performances(case, duty)
    if duty.to is not None and duty.to.mode == "each":
        vocabulary = case.book.vocabulary
        reached = all(
            any(
                not event.to or bearer_admits(vocabulary, single(actor), event.to) for event in done
            )
            for actor in duty.to.actors
        )
        done = done if reached else []
    if not done or duty.every is None:
        return bool(done)
    due = due_day(case, duty)
    zone = _situation(case, duty).zone
    return due is None or dates.compare(case.request.at, due, zone) <= 0


def single(actor: Actor) -> Bearer:
    return Bearer("any", (Actor(actor.name),))


def performances(case: Case, duty: Norm) -> list[Event]:
    """The entries of the history by which a bearer did the act, about this thing, since the duty opened."""
    asked = _situation(case, duty)
    opened = triggered(case, duty)
    since = opened[0] if opened else None

    def counts(event: Event) -> bool:
        if not event_matches(
            case.book.vocabulary, case.request, event, duty.act, "act", asked.zone
        ):
            return False
        vocabulary = case.book.vocabulary
        if event.by and not bearer_admits(vocabulary, duty.bearer, event.by):
            return False
        if event.to and duty.to is not None and not bearer_admits(vocabulary, duty.to, event.to):
            return False
        return since is None or event.at is None or dates.compare(event.at, since, asked.zone) >= 0

    return [event for event in case.request.done if counts(event)]


def owed(case: Case, duty: Norm, presupposed: bool) -> bool:
    """Whether the duty is open: triggered, and neither discharged, waived nor fallen away."""
    if duty.trigger is not None and triggered(case, duty) is None and not presupposed:
        return False
    if presupposed and never_opened(case, duty):
        return False
    return not released(case, duty) and not discharged(case, duty)


def fallen(case: Case, duty: Norm) -> Truth:
    """Whether its `until` came true."""
    if not duty.until:
        return False
    return truth_of(case.book, duty, case.request, duty.until, case.instances)


def released(case: Case, duty: Norm) -> bool:
    """Whether the duty has fallen away, was waived, or the state that it lasts for is over."""
    if fallen(case, duty) is True:
        return True
    if (
        duty.waiver
        and _situation(case, duty).done(duty.waiver, duty.waived_by, False, None) is True
    ):
        return True
    asked = _situation(case, duty)
    known = duty.while_state and asked.instance(duty.while_state) is not None
    return bool(known) and asked.in_effect(duty.while_state) is False


def never_opened(case: Case, duty: Norm) -> bool:
    """Whether the history shows that nothing opened it: its state has not ended, or has not begun."""
    if duty.trigger is None or duty.trigger.kind not in ("start", "end"):
        return False
    asked = _situation(case, duty)
    instance = asked.instance(duty.trigger.name)
    if instance is None:
        return False
    if duty.trigger.kind != "end" or instance.doubtful(asked.now, asked.zone):
        return False
    return instance.status(asked.now, asked.zone) in ("in effect", "suspended")


def overdue(case: Case, duties: list[Finding]) -> list[Norm]:
    """Duties that no longer allow their act: only what is apart from them can."""
    return [f.norm for f in duties if late(case, f.norm) is True]


def late(case: Case, duty: Norm) -> Truth:
    """Whether the period of the duty has run without it; unknown where the calendar does not reach so far."""
    if released(case, duty) or discharged(case, duty):
        return False
    asked = _situation(case, duty)
    due = due_day(case, duty)
    if due is not None:
        return dates.compare(asked.now, due, asked.zone) > 0
    if duty.due_by is not None:
        value = evaluate(asked, duty.due_by)
        if not isinstance(value, dt.date):
            return False
        # Its day is told, and moves on to a sitting day that is not known.
        sure = dates.last_sure(value, Period(0, "days"), asked.calendar)
        return None if sure and dates.compare(asked.now, sure, asked.zone) > 0 else False
    opened = triggered(case, duty)
    if duty.within is None or opened is None or opened[0] is None:
        return False
    sure = dates.last_sure(opened[0], duty.within, asked.calendar)
    return None if sure and dates.compare(asked.now, sure, asked.zone) > 0 else False


def opened(case: Case, used: list[Norm]) -> tuple[Opened, ...]:
    """The duties that doing the act now would open."""
    book, request = case.book, case.request
    begun = {e.state for norm in used for e in norm.effects if e.verb == "begins"}
    ended = {e.state for norm in used for e in norm.effects if e.verb == "ends"}
    found: list[Opened] = []
    for duty in book.norms:
        trigger = duty.trigger
        if duty.kind != "duty" or trigger is None:
            continue
        fires = (
            (
                trigger.kind == "act"
                and trigger.name in book.vocabulary.act_up.get(request.act, ())
                and (
                    trigger.by is None or bearer_admits(book.vocabulary, trigger.by, request.actor)
                )
            )
            or (trigger.kind == "start" and trigger.name in begun)
            or (trigger.kind == "end" and trigger.name in ended)
        )
        if not fires or not in_force(duty, request.at, request.known_at):
            continue
        if truth_of(book, duty, request, duty.when, case.instances, open_world=True) is False:
            continue
        calendar = book.calendar_of(duty.instrument)
        period = duty.within or duty.every
        due = dates.add(request.at, period, calendar) if period else None
        due = dates.roll(due, calendar) if due else None
        heirs = duty.to.actors if duty.to and duty.to.mode == "each" else ()
        for to in [actor.name for actor in heirs] or [say(duty.to) if duty.to else ""]:
            found.append(Opened(duty.id, duty.citation, duty.act, say(duty.bearer), due, to))
    return tuple(found)
