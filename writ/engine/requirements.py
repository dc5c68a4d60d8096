"""What the exercise of a norm requires, and what breaks a duty: helpers of the reference interpreter."""

from __future__ import annotations

from writ.book import dates
from writ.book.model import Book, Norm
from writ.book.terms import Attr, Compare, Condition, Period
from writ.book.wording import say
from writ.engine import applies
from writ.engine.answer import Missing
from writ.engine.applies import bears, in_force
from writ.engine.case import Case, Finding
from writ.engine.duties import late, owed, released
from writ.engine.precedence import COMMANDING
from writ.engine.request import Request
from writ.engine.scope import bearer_includes
from writ.engine.situation import Situation
from writ.engine.truth import Lack, Truth, evaluate
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
    if case.request.recorded and asked.stated(path) is not True:
        return (
            True  # a record that is silent on the form of an act is taken to mean the form required
        )
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
        if truth is False or released(case, norm) or spared(case, norm):
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


def spared(case: Case, duty: Norm) -> bool:
    """Whether a permission to leave the act undone, with all that it requires, prevails over the duty."""
    vocabulary, request = case.book.vocabulary, case.request
    return any(
        norm.omission
        and norm.act in vocabulary.act_up[duty.act]
        and bearer_includes(vocabulary, norm.bearer, duty.bearer)
        and in_force(norm, request.at, request.known_at)
        and case.prevails(norm, duty) is not None
        and applies.truth_of(case.book, norm, request, norm.when, case.instances) is True
        and not of_norm(case, norm)
        for norm in case.book.norms
    )


def lifted(case: Case, limit: Norm, used: list[Finding]) -> bool:
    """Whether a grant in use overrides the limit, or a right or duty of higher rank does."""
    for finding in used:
        norm = finding.norm
        if not finding.truth:
            continue
        if case.overrides(norm, limit) and not case.overrides(limit, norm):
            return True
        if norm.kind in COMMANDING and norm.rank < limit.rank:
            return not case.overrides(limit, norm)
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


def excluded(case: Case, truth: Truth = True) -> list[Norm]:
    """Duties owed by this actor (open ones with `truth` None) to do an act that this act leaves undone."""
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
        and applies.truth_of(book, norm, request, norm.when, case.instances) is truth
        and owed(case, norm, presupposed=False)
    ]


def neglected(case: Case, due: list[Finding], left: list[Finding]) -> list[Norm]:
    """Duties that doing the act leaves undone, where no duty commands the act itself and no grant left prevails."""
    if any(case.stands(f.norm) for f in due):
        return []
    return [norm for norm in excluded(case) if not freeing(case, norm, left)]


def excusing(case: Case, left: list[Finding]) -> list[list[Finding]]:
    """For each duty that the act leaves undone, the grants left that prevail over it, where only they excuse it."""
    found = [freeing(case, norm, left) for norm in excluded(case)]
    return [grants for grants in found if grants and all(f.norm.kind != "duty" for f in grants)]


def freeing(case: Case, duty: Norm, left: list[Finding]) -> list[Finding]:
    return [f for f in left if f.truth and case.prevails(f.norm, duty)]


def breaches(case: Case, duties: list[Finding], disputed: set[str], apart: bool) -> list[Norm]:
    """Duties that the act would break: done too late, or in a manner that the duty forbids."""
    found: list[Norm] = []
    for finding in duties:
        norm = finding.norm
        recorded = case.request.recorded
        if norm.id in disputed or not case.stands(norm):
            continue
        if not recorded and released(case, norm):
            continue
        wrong = any(truth_of(case, norm, condition) is False for condition in norm.so_that)
        if wrong or (not apart and not recorded and late(case, norm) is True):
            found.append(norm)
    return found


def unsure(case: Case, ready: list[Finding]) -> list[tuple[Norm, list[Missing]]]:
    """Duties that the act would break, were something known that is not: its manner, or that they apply at all."""
    found: list[tuple[Norm, list[Missing]]] = []
    for finding in case.applying:
        norm = finding.norm
        if norm.kind != "duty" or not case.stands(norm):
            continue
        if not case.request.recorded and released(case, norm):
            continue
        truths = [(condition, truth_of(case, norm, condition)) for condition in norm.so_that]
        items = [
            Missing("fact", say(condition), norm.id, norm.citation)
            for condition, truth in truths
            if truth is None
        ]
        alone = (
            not case.request.recorded
            and finding in ready
            and all(f.norm.kind == "duty" for f in ready)
        )
        if alone and norm.within and late(case, norm) is None:
            items.append(Missing("fact", f"when {norm.within} had run", norm.id, norm.citation))
        if finding.truth is None and any(truth is False for _, truth in truths):
            items = [fact(norm, case)]
        if items:
            found.append((norm, items))
    for norm in excluded(case, truth=None):
        if not freeing(case, norm, ready):
            found.append((norm, [fact(norm, case)]))
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
