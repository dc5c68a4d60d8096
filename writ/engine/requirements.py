"""What the exercise of a norm requires, and what breaks a duty: helpers of the reference interpreter."""

from __future__ import annotations

import datetime as dt

from writ.book import dates
from writ.book.model import Book, Norm
from writ.book.terms import Attr, Compare, Condition, Period
from writ.book.wording import say
from writ.engine import applies
from writ.engine.answer import Missing
from writ.engine.applies import bears, in_force
from writ.engine.case import Case, Finding
from writ.engine.duties import discharged, due_day, triggered
from writ.engine.precedence import COMMANDING, prevails
from writ.engine.request import Request
from writ.engine.situation import Situation, readings
from writ.engine.truth import Lack, Truth, both, either, evaluate, holds
from writ.syntax.tree import Actor, Bearer


def fact(norm: Norm, case: Case) -> Missing:
    """The fact that an open norm depends on."""
    return Missing("fact", case.because(norm), norm.id, norm.citation)


def of_norm(case: Case, norm: Norm) -> list[Missing]:
    """What is missing of the norm's own number, others, steps, conditions, statements and record."""
    found: list[Missing] = []

    def lack(kind: str, what: str) -> None:
        found.append(Missing(kind, what, norm.id, norm.citation))

    vocabulary, request = case.book.vocabulary, case.request
    above = vocabulary.actor_up.get(request.actor, frozenset())
    matched = [actor for actor in norm.bearer.actors if actor.name in above]
    numbers = [actor.number for actor in matched]
    if numbers and min(numbers) > request.number and 0 not in numbers:
        lack("number", f"{min(numbers) - request.number} more of {matched[0].name}")
    if norm.bearer.mode == "each":
        for actor in norm.bearer.actors:
            if actor.name not in above and done(case, norm, norm.act, only(actor)) is not True:
                lack("others", f"{norm.act} by {actor.name}")
    for step in norm.after:
        truth = done(case, norm, step.act, step.by)
        if truth is True and step.within is not None:
            truth = recent(case, norm, step.act, step.by, step.within)
        if truth is not True:
            lack("step", say(step))
    for condition in norm.with_:
        if truth_of(case, norm, condition) is not True:
            lack("condition", say(condition))
    for path in norm.stating:
        if not said(case, norm, path):
            lack("statement", path.name)
    for path in norm.recording:
        if not said(case, norm, path):
            lack("record", path.name)
    return found


def only(actor: Actor) -> Bearer:
    return Bearer("any", (Actor(actor.name),))


def truth_of(case: Case, norm: Norm, condition: Condition) -> Truth:
    return applies.truth_of(case.book, norm, case.request, (condition,), case.instances)


def situation(case: Case, norm: Norm) -> Situation:
    return Situation(
        case.book, case.request, case.book.calendar_of(norm.instrument), case.instances
    )


def done(case: Case, norm: Norm, act: str, by: Bearer | None) -> Truth:
    return situation(case, norm).done(act, by, False, None)


def recent(case: Case, norm: Norm, act: str, by: Bearer | None, within: Period) -> Truth:
    """Whether the step was done within the period before now."""
    asked = situation(case, norm)
    earliest = dates.add(case.request.at, within, asked.calendar, -1)
    return None if earliest is None else asked.done(act, by, False, earliest)


def said(case: Case, norm: Norm, path: Attr) -> bool:
    """Whether a statement or record is there: `yes` for a yes-no attribute, stated for the rest."""
    asked = situation(case, norm)
    if path.type.base == "yes-no":
        return asked.attribute(path) is True
    return asked.stated(path) is True


def limits(case: Case, used: list[Finding]) -> list[tuple[Norm, list[Missing]]]:
    """The limits on this exercise with what they still ask for: `limit` norms, and duties due `before` the act."""
    book, request = case.book, case.request
    found: list[tuple[Norm, list[Missing]]] = []
    for finding in case.applying:
        if finding.norm.kind != "limit" or lifted(case, finding.norm, used):
            continue
        items = of_norm(case, finding.norm)
        if finding.truth is None and items:
            items = [fact(finding.norm, case)]
        if finding.truth or items:
            found.append((finding.norm, items))

    for norm in book.norms:
        if norm.kind != "duty" or norm.before not in book.vocabulary.act_up.get(request.act, ()):
            continue
        if not in_force(norm, request.at, request.known_at) or lifted(case, norm, used):
            continue
        truth = applies.truth_of(book, norm, request, norm.when, case.instances)
        if truth is False:
            continue
        fulfilled = done(case, norm, norm.act, norm.bearer) is True
        if fulfilled and truth:
            found.append((norm, []))
        elif not fulfilled:
            item = (
                Missing("step", f"{norm.act} by {say(norm.bearer)}", norm.id, norm.citation)
                if truth
                else Missing("fact", case.because(norm), norm.id, norm.citation)
            )
            found.append((norm, [item]))
    return found


def lifted(case: Case, limit: Norm, used: list[Finding]) -> bool:
    """Whether a grant in use overrides the limit, or a right or duty of higher rank does."""
    for finding in used:
        norm = finding.norm
        if not finding.truth:
            continue
        if (norm.id, limit.id) in case.book.beats and (limit.id, norm.id) not in case.book.beats:
            return True
        if norm.kind in COMMANDING and norm.rank < limit.rank:
            return (limit.id, norm.id) not in case.book.beats
    return False


def clashing(case: Case, duties: list[Finding]) -> list[tuple[Norm, Norm]]:
    """Pairs of duties that cannot both be met: different values of one attribute, or acts that exclude each other."""
    found: list[tuple[Norm, Norm]] = []
    for at, one in enumerate(duties):
        for other in duties[at + 1 :]:
            if differ(case, one.norm, other.norm):
                found.append((one.norm, other.norm))
    for duty in duties:
        for norm in excluded(case):
            found.append((duty.norm, norm))
    return found


def differ(case: Case, one: Norm, other: Norm) -> bool:
    """Whether two manners require, on these facts, different values of one attribute."""
    for a in required(case, one):
        for b in required(case, other):
            if a[0] == b[0] and a[1] != b[1]:
                return True
    return False


def required(case: Case, duty: Norm) -> list[tuple[Attr, object]]:
    found: list[tuple[Attr, object]] = []
    for condition in duty.so_that:
        if not isinstance(condition, Compare) or condition.op != "is":
            continue
        value = evaluate(situation(case, duty), condition.right)
        if isinstance(condition.left, Attr) and not isinstance(value, Lack):
            found.append((condition.left, value))
    return found


def excluded(case: Case) -> list[Norm]:
    """Duties owed by this actor to do an act that the act asked about leaves undone."""

    book, request = case.book, case.request
    vocabulary = book.vocabulary
    mine = vocabulary.act_up.get(request.act, frozenset())
    shut = {act for name in mine for act in vocabulary.acts[name].excludes}
    shut |= {
        name
        for name, act in vocabulary.acts.items()
        if any(other in mine for other in act.excludes)
    }
    return [
        norm
        for norm in book.norms
        if norm.kind == "duty"
        and norm.act in shut
        and in_force(norm, request.at, request.known_at)
        and bears(book, norm.bearer, request.actor)
        and applies.truth_of(book, norm, request, norm.when, case.instances) is True
        and owed(case, norm, presupposed=False)
    ]


def neglected(case: Case) -> list[Norm]:
    """Duties that doing the act leaves undone, where no duty commands the act itself."""
    if any(f.norm.kind == "duty" and f.truth and case.stands(f.norm) for f in case.applying):
        return []
    grants = [f.norm for f in case.applying if f.truth and not f.norm.omission]
    return [
        norm
        for norm in excluded(case)
        if not any(prevails(case.book, grant, norm) for grant in grants)
    ]


def owed(case: Case, duty: Norm, presupposed: bool) -> bool:
    """Whether the duty is open: triggered, and neither discharged, waived nor fallen away."""
    if duty.trigger is not None and triggered(case, duty) is None and not presupposed:
        return False
    if presupposed and never_opened(case, duty):
        return False
    if duty.until and either(
        [all_true(reading, duty) for reading in readings(situation(case, duty), duty.until)]
    ):
        return False
    if duty.waiver and done(case, duty, duty.waiver, duty.waived_by) is True:
        return False
    return not discharged(case, duty)


def all_true(reading: Situation, duty: Norm) -> Truth:
    return both([holds(reading, condition) for condition in duty.until])


def never_opened(case: Case, duty: Norm) -> bool:
    """Whether the history shows that nothing opened it: its state has not ended, or has not begun."""
    if duty.trigger is None or duty.trigger.kind not in ("start", "end"):
        return False
    asked = situation(case, duty)
    instance = asked.instance(duty.trigger.name)
    if instance is None:
        return False
    return duty.trigger.kind == "end" and instance.status(asked.now, asked.zone) in (
        "in effect",
        "suspended",
    )


def breaches(case: Case, duties: list[Finding], disputed: set[str], apart: bool) -> list[Norm]:
    """Duties that the act would break: done too late, or in a manner that the duty forbids."""
    found: list[Norm] = []
    for finding in duties:
        norm = finding.norm
        if norm.id in disputed or not case.stands(norm):
            continue
        wrong = any(truth_of(case, norm, condition) is False for condition in norm.so_that)
        if wrong or (not apart and late(case, norm)):
            found.append(norm)
    return found


def late(case: Case, duty: Norm) -> bool:
    if discharged(case, duty):
        return False
    due: dt.date | None = due_day(case, duty)
    calendar = case.book.calendar_of(duty.instrument)
    zone = calendar.zone if calendar else ""
    return due is not None and dates.compare(case.request.at, due, zone) > 0


def unsure_manner(case: Case) -> list[tuple[Norm, list[Missing]]]:
    """Duties whose manner depends on a fact that is not known."""
    found = []
    for finding in case.applying:
        norm = finding.norm
        if norm.kind == "duty" and finding.truth and case.stands(norm):
            items = [
                Missing("fact", say(condition), norm.id, norm.citation)
                for condition in norm.so_that
                if truth_of(case, norm, condition) is None
            ]
            if items:
                found.append((norm, items))
    return found


def at_liberty(book: Book, request: Request) -> bool:
    """Whether no grant is needed: a private person, and an act that is not reserved."""
    actor = book.vocabulary.actors.get(request.actor)
    if actor is None or actor.kind != "person":
        return False
    return not any(
        book.vocabulary.acts[name].reserved
        for name in book.vocabulary.act_up.get(request.act, ())
        if name in book.vocabulary.acts
    )
