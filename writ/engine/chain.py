"""Chains of delegation: whether an actor reaches a power through the grants relied on (reference interpreter)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import msgspec

from writ.book import dates
from writ.book.model import Book, Norm
from writ.book.terms import Condition, Value
from writ.book.wording import say
from writ.engine.answer import Outcome
from writ.engine.applies import bears, truth_of
from writ.engine.case import Case
from writ.engine.request import Grant, Request
from writ.engine.truth import Truth, both

UNENDING = 32
"""Links of a chain beyond which it is refused: each is a decision of its own."""
DELEGABLE = frozenset({"power", "permission", "right", "delegation"})


def reach(case: Case, norm: Norm) -> tuple[tuple[str, ...], Truth] | None:
    """The delegation norms by which the actor reaches `norm`, and whether every `limited to` holds.

    None where there is no chain, or it is not good; then the case notes why.
    """
    book, request = case.book, case.request
    links = request.delegations
    if not links or norm.kind not in DELEGABLE or norm.omission:
        return None
    last = links[-1]
    if last.to not in book.vocabulary.actor_up.get(request.actor, ()) or (
        last.to_person and request.person and last.to_person != request.person
    ):
        return None
    if not bears(book, norm.bearer, links[0].by):
        return None
    known: list[Truth] = [True]
    if last.to_person and not request.person:
        known.append(None)  # the grant was made to one person, and who asks is not said
        case.doubts[norm.id] = f"the actor is {last.to_person}"
    for one, next_ in itertools.pairwise(links):
        if not follows(book, one, next_):
            fail(case, next_, f"{next_.by} is not whom {one.by} gave it to")
            return None
        if one.to_person and not next_.by_person:
            known.append(None)
            case.doubts[norm.id] = f"{next_.by} was then {one.to_person}"
    if len(links) > UNENDING:
        case.failures.append(f"the chain has {len(links)} links; at most {UNENDING} are followed")
        return None
    used: list[Norm] = []
    for at, grant in enumerate(links):
        rule = link(case, norm, links[:at], grant)
        if rule is None:
            return None
        used.append(rule)
    for at, rule in enumerate(used):
        if norm.kind == "delegation" and rule.depth < len(used) + 1 - at:
            fail(case, links[at], "it may not be passed on so far", rule.id)
            return None
    truths = known
    for rule, grant in zip(used, links, strict=True):
        if norm.kind == "delegation":
            break  # passing on is no use of what is delegated, which is what `limited to` bounds
        facts = {slot.rpartition(".")[2]: value for slot, value in grant.facts.items()}
        for condition in rule.limited_to:
            truth = limited(case, rule, condition, facts)
            if truth is False:
                fail(case, grant, "this use is beyond what was granted", rule.id)
                return None
            if truth is None:
                case.doubts[norm.id] = say(condition)
            truths.append(truth)
    return tuple(rule.id for rule in used), both(truths)


def follows(book: Book, one: Grant, after: Grant) -> bool:
    """Whether the next grant is by whom the one before it was made to."""
    if one.to not in book.vocabulary.actor_up.get(after.by, ()):
        return False
    return not one.to_person or not after.by_person or one.to_person == after.by_person


def limited(case: Case, rule: Norm, condition: Condition, facts: Mapping[str, Value]) -> Truth:
    return truth_of(case.book, rule, case.request, (condition,), case.instances, grant=facts)


def link(case: Case, norm: Norm, before: tuple[Grant, ...], grant: Grant) -> Norm | None:
    """The delegation norm under which one grant is good for this use, or None with a note of the reason."""
    from writ.engine.reference import decide  # a grant is a decision, a decision may rest on grants

    book, request = case.book, case.request
    zone = ""
    if dates.compare(grant.at, request.at, zone) > 0:
        fail(case, grant, "it had not been made yet")
        return None
    for end in (grant.until, grant.revoked):
        if end is not None and dates.compare(request.at, end, zone) > (
            0 if end is grant.until else -1
        ):
            fail(case, grant, "it had ended" if end is grant.until else "it was revoked")
            return None
    at = len(before)
    if at not in case.granted:
        # Grants further back are the same decisions: asked once each, a chain costs no more than its length.
        case.granted[at] = decide(book, granting(request, before, grant), case.granted)
    answer = case.granted[at]
    rules = [book.by_id[name] for name in answer.deciding if book.by_id[name].kind == "delegation"]
    if answer.outcome is not Outcome.PERMITTED:
        cited = [*answer.deciding, *(item.norm for item in answer.nearest)]
        fail(case, grant, f"making it was: {answer.outcome}", *cited)
        return None
    for rule in rules:
        if passes(book, norm, request, rule, grant):
            return rule
    fail(case, grant, "no rule lets it give this power to this recipient")
    return None


def granting(request: Request, before: tuple[Grant, ...], grant: Grant) -> Request:
    """The request that the grantor made when granting."""
    return msgspec.structs.replace(
        request,
        actor=grant.by,
        act=grant.act,
        at=grant.at,
        facts=grant.facts,
        person=grant.by_person,
        delegations=before,
        thing="",
        about="",
        against="",
        number=0,
        omit=False,
    )


def passes(book: Book, norm: Norm, request: Request, rule: Norm, grant: Grant) -> bool:
    """Whether a delegation norm gives this act to this recipient, and the grant has not run out under it."""
    given = book.vocabulary.act_up
    # To pass on a power is to use the delegation norm again, for an act that this grant gave.
    wanted = (request.act, *(norm.delegated if norm.kind == "delegation" else ()))
    if not any(act in given.get(name, ()) for name in wanted for act in rule.delegated):
        return False
    if rule.recipients is not None and not bears(book, rule.recipients, grant.to):
        return False
    if rule.lasts is None:
        return True
    end = dates.add(grant.at, rule.lasts, book.calendar_of(rule.instrument))
    return end is None or dates.compare(request.at, end) <= 0


def fail(case: Case, grant: Grant, reason: str, *cited: str) -> None:
    case.failures.append(f"the grant by {grant.by} to {grant.to} fails: {reason}")
    case.failed_chain.extend(cited)
