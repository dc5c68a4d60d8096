"""Changes to a linked book that might make an assurance hold, in the words in which a drafter would write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from writ.book.assurances import Assurance
from writ.book.model import BARS, GRANTS, Book, EffectTerm, Norm, Override
from writ.book.terms import ActorHolds, Condition, Not
from writ.book.wording import say
from writ.engine.situation import bearer_admits
from writ.proof.amended import (
    Change,
    again,
    all_of,
    any_of,
    apart,
    deciding,
    done_before,
    excepting,
    names_of,
    repealed,
    replace,
    said,
    with_actor,
    with_condition,
    with_new,
    with_norm,
)
from writ.proof.result import Result
from writ.syntax.tree import Bearer

MOST_OFFICES = 6
"""To more offices than these nobody would give successors at one stroke."""

Way = Callable[[Book, Assurance, Result], list[Change]]
"""The changes that meet one refutation in one way; none where it has none."""


def ways(assurance: Assurance) -> tuple[Way, ...]:
    """In which ways an assurance of that form may be made to hold, the least change first."""
    return _WAYS.get(assurance.form, ())


# --- what may never be done


def narrowed(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """Each grant by which it was permitted, without what the assurance denies."""
    if result.example is not None and result.example.request.delegations and not assurance.when:
        return _undelegated(book, assurance, result.example.decision.chain)
    return [_without(book, norm, assurance, result) for norm in deciding(book, result, GRANTS)]


def _without(book: Book, norm: Norm, assurance: Assurance, result: Result) -> Change:
    assert result.example is not None
    done = done_before(assurance, result.example.request.act)
    positive, negative = apart(assurance.when)
    denied = (*done, *positive)
    if denied or negative:
        denied = (*_who(book, norm, assurance.bearer), *denied)
    if denied and not negative:
        return with_condition(norm, Not(all_of(denied)), f"add `unless {said(denied)}`")
    if negative:
        safe = any_of((*((Not(all_of(denied)),) if denied else ()), *negative))
        return with_condition(norm, safe, f"add `when {say(safe)}`")
    return _but_for(book, norm, assurance.bearer)


def _who(book: Book, norm: Norm, denied: Bearer) -> tuple[Condition, ...]:
    """Whom the assurance denies it, where the norm speaks of others too."""
    words = book.vocabulary
    bound = [name for name in words.actors if bearer_admits(words, norm.bearer, name)]
    if all(bearer_admits(words, denied, name) for name in bound):
        return ()
    if denied.mode == "none":
        return tuple(Not(ActorHolds(actor.name)) for actor in denied.excepted)
    return (any_of(tuple(ActorHolds(actor.name) for actor in denied.actors)),)


def _but_for(book: Book, norm: Norm, bearer: Bearer) -> Change:
    """The norm with none of those whom the assurance names; without it where nobody would be left."""
    if bearer.mode != "none":
        left = excepting(norm.bearer, bearer)
        if any(bearer_admits(book.vocabulary, left, name) for name in book.vocabulary.actors):
            return with_norm(norm, replace(norm, bearer=left), f"add `except {names_of(bearer)}`")
    elif bearer.excepted:
        only = any_of(tuple(ActorHolds(actor.name) for actor in bearer.excepted))
        return with_condition(norm, only, f"add `when {say(only)}`")
    return repealed(norm)


def _undelegated(book: Book, assurance: Assurance, chain: Iterable[str]) -> list[Change]:
    """The norms of a chain of delegations, without those of whom the assurance speaks among the recipients."""
    found = []
    for norm in book.norms:
        if norm.kind != "delegation" or norm.citation not in chain:
            continue
        given, bearer = norm.recipients, assurance.bearer
        if given is None or bearer.mode == "none":
            found.append(repealed(norm))
            continue
        left = excepting(given, bearer)
        if any(bearer_admits(book.vocabulary, left, name) for name in book.vocabulary.actors):
            words = f"add `except {names_of(bearer)}` to those who may be given the power"
            found.append(with_norm(norm, replace(norm, recipients=left), words))
        else:
            found.append(repealed(norm))
    return found


def forbidden(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """A prohibition in the assurance's own words, at the highest rank; nothing when it is there already."""
    if "assured" in book.by_id:
        return []
    if assurance.form == "never":
        return [_prohibition(book, assurance, assurance.acts[0], ())]
    return [
        _prohibition(book, assurance, act, done_before(assurance, act)) for act in assurance.acts
    ]


def _prohibition(book: Book, assurance: Assurance, act: str, done: tuple[Condition, ...]) -> Change:
    bearer, when = assurance.bearer, (*done, *assurance.when)
    line = f"{say(bearer)} may{'' if bearer.mode == 'none' else ' not'} {act} {assurance.thing}"
    return with_new(book, assurance, "prohibition", line, act, when, highest=True)


# --- what may always be done, or can be


def excepted(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """Each bar by which it was refused, but for those and for the situation of which the assurance speaks."""
    found = []
    for norm in deciding(book, result, BARS):
        bearer = assurance.bearer
        if assurance.when or not bearer.actors:
            who = (any_of(tuple(ActorHolds(actor.name) for actor in bearer.actors)),)
            spoken = (*(who if bearer.actors else ()), *assurance.when)
            if not spoken:
                return []
            found.append(with_condition(norm, Not(all_of(spoken)), f"add `unless {said(spoken)}`"))
        else:
            left = excepting(norm.bearer, bearer)
            words = f"add `except {names_of(bearer)}`"
            found.append(with_norm(norm, replace(norm, bearer=left), words))
    return found


def granted(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """A power in the assurance's own words, where no norm gives one."""
    if "assured" in book.by_id or not assurance.bearer.actors:
        return []
    act = assurance.acts[0]
    line = f"{say(assurance.bearer)} may {act} {assurance.thing}"
    return [with_new(book, assurance, "power", line, act, assurance.when)]


# --- what must be done


def excused_not(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """Each `need not` that excuses it, but for the situation of which the assurance speaks."""
    if result.example is None:
        return []
    told = {one.norm for one in result.example.decision.considered if one.status == "applies"}
    told |= set(result.example.decision.deciding)
    excuses = [norm for norm in book.norms if norm.id in told and norm.omission]
    if not assurance.when:
        return [_but_for(book, norm, assurance.bearer) for norm in excuses]
    unless = f"add `unless {said(assurance.when)}`"
    return [with_condition(norm, Not(all_of(assurance.when)), unless) for norm in excuses]


def commanded(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """A duty in the assurance's own words."""
    if "assured" in book.by_id:
        return []
    act = assurance.acts[0]
    line = f"{say(assurance.bearer)} must {act} {assurance.thing}"
    return [with_new(book, assurance, "duty", line, act, assurance.when)]


# --- what is in conflict


def freeing(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """What allows or commands prevails over what forbids."""
    return _ranked(book, result, freeing=True)


def binding(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """What forbids prevails over what allows or commands."""
    return _ranked(book, result, freeing=False)


def _ranked(book: Book, result: Result, freeing: bool) -> list[Change]:
    grants, bars = deciding(book, result, GRANTS), deciding(book, result, BARS)
    winners, losers = (grants, bars) if freeing else (bars, grants)
    if winners and not losers and len(winners) > 1:  # duties that cannot both be met
        winners, losers = winners[:1], winners[1:]
    return [_yielding(winner, loser) for loser in losers for winner in winners]


def _yielding(winner: Norm, loser: Norm) -> Change:
    said = Override(
        winner.id, loser.id, loser.place, loser.id, loser.rank, False,
        loser.start, loser.end, loser.gaps, loser.known,
    )  # fmt: skip
    words = (
        f"add `subject to {winner.instrument} {winner.label}` to the {loser.kind}, "
        f"so that the {winner.kind} prevails"
    )
    return Change(
        loser.id,
        loser.citation,
        words,
        lambda book: again(book, overrides=(*book.overrides, said)),
    )


# --- how long a state lasts


def bounded(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """The act that begins it begins it for the period assured, and no act continues it but those excepted."""
    within, found = assurance.within, []
    kept = {step.act for step in assurance.renewal}
    for norm in book.norms:
        effects = tuple(
            replace(one, duration=within, until=None) if _unbounded(one, assurance) else one
            for one in norm.effects
        )
        if effects != norm.effects:
            words = f"`begins {assurance.state} for {within}`"
            found.append(with_norm(norm, replace(norm, effects=effects), words))
            continue
        left = tuple(
            one
            for one in norm.effects
            if one.verb != "continues" or one.state != assurance.state or norm.act in kept
        )
        if left != norm.effects:
            words = f"leave out `continues {assurance.state}`"
            found.append(with_norm(norm, replace(norm, effects=left), words))
    return found


def _unbounded(effect: EffectTerm, assurance: Assurance) -> bool:
    if effect.verb != "begins" or effect.state != assurance.state:
        return False
    assert assurance.within is not None
    own = effect.duration
    same = own is not None and (own.unit, own.of) == (assurance.within.unit, assurance.within.of)
    return not same or (own is not None and own.amount > assurance.within.amount)


def lapsing(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """A lapse after the period assured."""
    if "assured" in book.by_id:
        return []
    line = f"{assurance.state} lapses after {assurance.within}"
    return [with_new(book, assurance, "lapse", line, "", ())]


# --- who is there


def succeeded(book: Book, assurance: Assurance, result: Result) -> list[Change]:
    """A successor for an office that bears each duty left to nobody: whom it reports to, or another of its body."""
    found: dict[str, Change] = {}
    for name in result.norms:
        offices = [(office, _heir(book, office)) for office in _borne(book, book.by_id[name])]
        fit = [(office, heir) for office, heir in offices if heir]
        if not fit:
            return []
        office, heir = fit[0]
        own = book.vocabulary.actors[office]
        changed = replace(own, succession=(*own.succession, heir))
        words = f"add `succession {', '.join(changed.succession)}` to the office {office}"
        found[office] = Change("", "", words, partial(with_actor, actor=changed))
    return list(found.values()) if len(found) <= MOST_OFFICES else []


def _borne(book: Book, norm: Norm) -> list[str]:
    actors = book.vocabulary.actors
    return [
        name
        for name in sorted(actors)
        if actors[name].kind == "office" and bearer_admits(book.vocabulary, norm.bearer, name)
    ]


def _heir(book: Book, office: str) -> str:
    actors = book.vocabulary.actors
    own = actors[office]
    taken = {office, *own.succession}
    near = [*own.reports_to]
    near += [n for n, one in actors.items() if one.body and one.body == own.body]
    near += [n for n, one in actors.items() if office in one.reports_to]
    fit = [n for n in near if n in actors and actors[n].kind == "office" and n not in taken]
    return fit[0] if fit else ""


_WAYS: dict[str, tuple[Way, ...]] = {
    "never": (narrowed, forbidden),
    "never both": (narrowed, forbidden),
    "always": (excepted, granted),
    "can": (excepted, granted),
    "always someone": (excepted, granted),
    "must": (excused_not, commanded),
    "undisputed": (freeing, binding),
    "ends": (bounded, lapsing),
    "holders": (succeeded,),
}
