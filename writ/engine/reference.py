"""The reference interpreter: `docs/semantics.md` as a slow, obvious program.

It scans every norm for every question. The fast engine (`writ.engine.engine`) must give the same outcome and the same
deciding norms; tests hold it to that on random books and on the real ones.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from writ.book.model import BARS, GRANTS, Book, Norm
from writ.engine import requirements
from writ.engine.answer import Decision, Missing, Outcome
from writ.engine.applies import bears, covers, in_force, truth_of
from writ.engine.case import Case, Finding
from writ.engine.chain import reach
from writ.engine.duties import fallen, overdue, owed
from writ.engine.history import instances
from writ.engine.instance import Instance
from writ.engine.office import acting, in_place_of
from writ.engine.precedence import BOUNDED, Maxim, opposes, settle
from writ.engine.request import Request
from writ.engine.truth import Truth, both, opposite

RESTRAINTS = frozenset({"prohibition", "disability", "limit"})
"""What binds also those who act in the place of whom it names."""


def decide(
    book: Book,
    request: Request,
    granted: dict[int, Decision] | None = None,
    given: tuple[Instance, ...] | None = None,
) -> Decision:
    """Answer a request. Total: every request on a linked book has one of the five outcomes.

    `granted` are the decisions known on the grants relied on, by their place in the chain; `given` the instances of
    states, where whoever asks knows them already.
    """
    places = () if request.omit else in_place_of(book, request)
    if places:
        return acting(request, places, lambda one: _decide(book, one, granted, given))
    return _decide(book, request, granted, given)


def _decide(
    book: Book,
    request: Request,
    granted: dict[int, Decision] | None,
    given: tuple[Instance, ...] | None,
) -> Decision:
    """The answer for the actor named alone."""
    if request.delegations and not request.omit:
        alone = _decide(book, msgspec.structs.replace(request, delegations=()), None, given)
        if alone.outcome is Outcome.PERMITTED:
            return alone
    case = look(book, request, granted, given)
    return omission(case) if request.omit else positive(case)


def look(
    book: Book,
    request: Request,
    granted: dict[int, Decision] | None = None,
    given: tuple[Instance, ...] | None = None,
) -> Case:
    """Find the applicable, open and inapplicable norms of a request."""
    case = Case(book, request, instances(book, request) if given is None else given, granted)
    for norm in book.norms:
        if not (norm.kind in GRANTS or norm.kind in BARS or norm.kind == "limit"):
            continue
        if not in_force(norm, request.at, request.known_at) or not covers(book, norm, request):
            continue
        if norm.kind == "immunity":
            if not request.against or not bears(book, norm.bearer, request.against):
                continue
        elif not bears(book, norm.bearer, request.actor):
            case.others.append(norm)
            continue
        case.add(Finding(norm, applies(case, norm), ()))
    if request.delegations:
        rely(case)
    return case


def applies(case: Case, norm: Norm) -> Truth:
    """Whether `when` is true; of a duty, also that it has not fallen away by its `until`."""
    truth = truth_of(case.book, norm, case.request, norm.when, case.instances)
    if norm.kind != "duty" or truth is False:
        return truth
    return both([truth, opposite(fallen(case, norm))])


def rely(case: Case) -> None:
    """Add what the actor reaches through the grants relied on, and what bars or limits the first grantor."""
    book, request = case.book, case.request
    found: list[Finding] = []
    for norm in case.others:
        reached = reach(case, norm)
        if reached is not None:
            chain, sure = reached
            found.append(Finding(norm, both([sure, applies(case, norm)]), chain))
    if found:
        grantor = request.delegations[0].by
        above = book.vocabulary.actor_up.get(request.actor, frozenset())
        for norm in case.others:
            spared = any(actor.name in above for actor in norm.bearer.excepted)
            if norm.kind in RESTRAINTS and bears(book, norm.bearer, grantor) and not spared:
                found.append(Finding(norm, applies(case, norm), ()))
    taken = {finding.norm.id for finding in found}
    case.others = [norm for norm in case.others if norm.id not in taken]
    for finding in found:
        case.add(finding)


def positive(case: Case) -> Decision:
    """May the act be done?"""
    book, request = case.book, case.request
    grants = [f for f in case.applying if f.norm.kind in GRANTS and not f.norm.omission]
    bars = [f for f in case.applying if f.norm.kind in BARS]
    duties = [f for f in grants if f.norm.kind == "duty" and f.truth]
    # A duty discharged or waived still allows, but commands nothing: it defeats nothing and clashes with nothing.
    due = [f for f in duties if request.recorded or owed(case, f.norm, presupposed=True)]
    spent = {f.norm.id for f in duties} - {f.norm.id for f in due}

    pairs: list[tuple[Norm, Norm]] = [
        (g.norm, b.norm) for g in grants for b in bars if opposes(book, b.norm, g.norm)
    ]
    clashes = requirements.clashing(case, due)
    weigh(case, [f.norm for f in (*grants, *bars)], pairs + clashes, spent)
    standing = [f for f in grants if case.stands(f.norm)]
    blocks = [
        f.norm
        for f in bars
        if f.norm.kind in ("disability", "immunity") and f.truth and case.stands(f.norm)
    ]
    able = [f for f in standing if not any(opposes(book, b, f.norm) for b in blocks)]
    apart = any(f.truth and f.norm.kind != "duty" for f in able)
    late = [] if request.recorded else overdue(case, due)
    left = [f for f in able if f.norm not in late]

    # A bar is contested by what it opposes and neither beats, unless that is a power, which it simply bounds.
    certain = {f.norm.id for f in case.applying if f.truth}
    contested = [
        (g, b)
        for g, b in pairs
        if case.undecided(g, b)
        and g.kind not in BOUNDED
        and g.id not in spent
        and b.kind != "disability"
        and {g.id, b.id} <= certain
    ] + [(a, b) for a, b in clashes if case.undecided(a, b)]
    disputed = {norm.id for pair in contested for norm in pair}

    against = [
        f.norm
        for f in bars
        if f.norm.kind == "prohibition"
        and f.truth
        and f.norm.id not in disputed
        and (case.stands(f.norm) or not passing(case, f.norm, left))
    ]
    against += requirements.breaches(case, duties, disputed, apart)
    against += requirements.neglected(case, due, left)
    if against:
        return case.answer(Outcome.PROHIBITED, against)
    if contested:
        return case.answer(Outcome.CONFLICT, [norm for pair in contested for norm in pair])

    at_liberty = requirements.at_liberty(book, request)
    immune = any(norm.kind == "immunity" for norm in blocks)
    if immune or (not left and not at_liberty):
        return case.answer(Outcome.NO_AUTHORITY, blocks, nearest="grants")
    return exercise(case, left, bars, at_liberty)


def passing(case: Case, bar: Norm, left: list[Finding]) -> list[Finding]:
    """The grants left that defeat a bar: only by one of them can it be passed."""
    by = case.beaten_by(bar)
    return [f for f in left if f.norm.id in by]


def exercise(case: Case, left: list[Finding], bars: list[Finding], at_liberty: bool) -> Decision:
    """A grant is left, or none is needed: is anything still missing?"""
    book = case.book
    lacking: dict[str, list[Missing]] = {}
    for finding in left:
        if finding.truth is None:
            lacking[finding.norm.id] = [requirements.fact(finding.norm, case)]
        else:
            lacking[finding.norm.id] = requirements.of_norm(case, finding.norm)
    ready = [f for f in left if not lacking[f.norm.id]]
    missing: list[Missing] = []
    unmet: list[Norm] = []

    def want(findings: list[Finding]) -> None:
        unmet.extend(f.norm for f in findings)
        missing.extend(item for f in findings for item in lacking[f.norm.id])

    if not ready and not at_liberty:
        want(left)
    # What is defeated is passed by that which defeats it, with all that this requires.
    for passed in [
        *[passing(case, bar.norm, left) for bar in bars if not case.stands(bar.norm)],
        *requirements.excusing(case, left),
    ]:
        if not any(f in ready for f in passed):
            want(passed)

    met: list[Norm] = []
    for limit, items in requirements.limits(case, ready or left):
        missing += items
        (unmet if items else met).append(limit)
    used = ready or left
    for bar in bars:
        if bar.truth is None and (case.stands(bar.norm) or not passing(case, bar.norm, left)):
            free = not used and bar.norm.kind != "disability"
            if free or any(opposes(book, bar.norm, f.norm) for f in used):
                unmet.append(bar.norm)
                missing.append(requirements.fact(bar.norm, case))
    for duty, items in requirements.unsure(case, ready):
        unmet.append(duty)
        missing += items
    if missing:
        return case.answer(Outcome.NEEDS, unmet, missing=missing, used=used)
    ids = {f.norm.id for f in ready}
    beaten = [norm for norm in case.defeated_norms() if case.beaten_by(norm) & ids]
    deciding = [f.norm for f in ready] + met + beaten
    return case.answer(Outcome.PERMITTED, deciding, used=ready, nearest="" if ready else "bars")


def omission(case: Case) -> Decision:
    """May the act be left undone?"""
    duties = [f for f in case.applying if f.norm.kind == "duty"]
    due = [f for f in duties if owed(case, f.norm, presupposed=True)]
    free = [f for f in case.applying if f.norm.omission]
    pairs = [(p.norm, d.norm) for p in free for d in due]
    weigh(case, [f.norm for f in (*free, *due)], pairs)
    standing = [f for f in due if case.stands(f.norm)]
    certain = {f.norm.id for f in (*free, *due) if f.truth}
    contested = [(p, d) for p, d in pairs if case.undecided(p, d) and {p.id, d.id} <= certain]
    disputed = {d.id for _, d in contested}
    firm = [f.norm for f in standing if f.truth and f.norm.id not in disputed]
    if firm:
        return case.answer(Outcome.PROHIBITED, firm)
    if contested:
        return case.answer(Outcome.CONFLICT, [norm for pair in contested for norm in pair])
    missing = [requirements.fact(f.norm, case) for f in standing if f.truth is None]
    if missing:
        return case.answer(
            Outcome.NEEDS, [f.norm for f in standing if f.truth is None], missing=missing
        )
    able = [f for f in free if f.truth and case.stands(f.norm)]
    lacking = {f.norm.id: requirements.of_norm(case, f.norm) for f in able}
    beaten = case.defeated_norms()
    ready = [f for f in able if not lacking[f.norm.id]]
    short = [
        f
        for f in able
        if lacking[f.norm.id] and any(case.beaten_by(d) & {f.norm.id} for d in beaten)
    ]
    saved = {f.norm.id for f in ready}
    if any(not case.beaten_by(d) & saved for d in beaten) and short:
        return case.answer(
            Outcome.NEEDS,
            [f.norm for f in short],
            missing=[item for f in short for item in lacking[f.norm.id]],
        )
    deciding = [f.norm for f in ready] + beaten
    return case.answer(Outcome.PERMITTED, deciding, nearest="" if deciding else "duties")


def weigh(
    case: Case,
    norms: list[Norm],
    pairs: list[tuple[Norm, Norm]],
    spent: Collection[str] = (),
) -> None:
    """Settle which norms stand, from the maxims between those that oppose each other; what is spent defeats nothing."""
    attacks: dict[str, dict[str, Maxim]] = {}
    for one, other in pairs:
        for winner, loser in ((one, other), (other, one)):
            maxim = case.prevails(winner, loser)
            if maxim is not None:
                attacks.setdefault(loser.id, {})[winner.id] = maxim
    able = frozenset(f.norm.id for f in case.applying if f.truth and f.norm.id not in spent)
    standing, defeated = settle([norm.id for norm in norms], attacks, able)
    case.settled(standing & able, defeated, attacks)
