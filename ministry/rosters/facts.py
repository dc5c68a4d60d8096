"""What rosters tell the engine, and what the law says of rest: its numbers are read from the norms in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from ministry.editions.queries import Law, law_of
from ministry.gate.holders import Holders
from ministry.rosters import rest
from ministry.rosters.models import Absence, Exempt, Member, Post, Shift
from ministry.rosters.pattern import Slot
from ministry.rosters.rest import RULES, Breach, Limits, Taken, measures
from writ.book.model import ANYONE
from writ.book.terms import All, Attr, Compare, Condition, Const, Value
from writ.engine.who import reach

AROUND = dt.timedelta(days=30)
"""So far back and ahead shifts are read that bear on one: more than any rule of rest looks at."""
SETTLE = "settle-roster"
GIVES = frozenset({"power", "permission", "right", "duty"})


# --- what the law says


def limits(law: Law, day: dt.date | None = None) -> Limits:
    """The numbers of the rules of rest: of each the strictest that a norm in force puts on settling a roster."""
    return _limits(law.digest, day or dt.datetime.now(dt.UTC).date())


@lru_cache(maxsize=16)
def _limits(digest: str, day: dt.date) -> Limits:
    book = law_of(digest).book
    above = book.vocabulary.act_up.get(SETTLE, frozenset())
    found: dict[str, int] = {}
    for norm in book.norms:
        if norm.kind != "prohibition" or (norm.act != SETTLE and norm.act not in above):
            continue
        if norm.start is None or day < norm.start or (norm.end is not None and day >= norm.end):
            continue
        if any(one.start <= day and (one.end is None or day <= one.end) for one in norm.gaps):
            continue
        for rule, number in _numbers(norm.when):
            known = found.get(rule)
            stricter = max if rule == "rest" else min
            found[rule] = number if known is None else stricter(known, number)
    return Limits(**found)


def _numbers(conditions: Iterable[Condition]) -> Iterable[tuple[str, int]]:
    for one in conditions:
        if isinstance(one, All):
            yield from _numbers(one.items)
        if not isinstance(one, Compare) or not isinstance(one.left, Attr):
            continue
        owner, _, rule = one.left.name.rpartition(".")
        right = one.right
        number = getattr(right, "amount", None)
        if isinstance(right, Const) and isinstance(right.value, int | float):
            number = int(right.value)
        if owner == "roster" and rule in RULES and number is not None:
            strict = {"below": 0, "above": 0, "at most": 1, "at least": -1}
            if (one.op in ("below", "at most")) == (rule == "rest") and one.op in strict:
                yield rule, int(number) + strict[one.op]


# --- who can


@lru_cache(maxsize=256)
def able(digest: str, act: str) -> frozenset[str]:
    """The offices to which some norm of an edition gives an act."""
    law = law_of(digest)
    above = law.book.vocabulary.act_up.get(act, frozenset({act}))
    found: set[str] = set()
    for norm in law.book.norms:
        if norm.kind in GIVES and not norm.omission and norm.act in above:
            found |= reach(law.engine, norm)
    return frozenset(found)


@lru_cache(maxsize=256)
def named(digest: str, act: str) -> frozenset[str]:
    """The offices to which some norm gives an act by name, beyond what it gives to everybody in some circumstance."""
    law = law_of(digest)
    above = law.book.vocabulary.act_up.get(act, frozenset({act}))
    found: set[str] = set()
    for norm in law.book.norms:
        if norm.kind not in GIVES or norm.omission or norm.act not in above:
            continue
        if not any(one.name == ANYONE for one in norm.bearer.actors):
            found |= reach(law.engine, norm)
    return frozenset(found)


def offices_of(held: Holders, person: str) -> set[str]:
    """The offices that somebody holds or acts in."""
    found = {name for name, some in held.offices.holders.items() if person in some}
    return found | {name for name, some in held.offices.deputies.items() if person in some}


def qualified(law: Law, held: Holders, post: Post, people: Iterable[str]) -> set[str]:
    """Those of these people who are in one of the offices that a post asks for and can do what it asks."""
    wanted = set(post.offices)
    can = [able(law.digest, act) for act in post.acts]
    found = set()
    for person in set(people):
        own = offices_of(held, person)
        if (not wanted or own & wanted) and all(own & some for some in can):
            found.add(person)
    return found


# --- what a roster comes to


class Move(msgspec.Struct, frozen=True):
    """Shifts that people are to have, and those that they are no longer to have (by their names)."""

    post: Post
    takes: Mapping[str, Sequence[Slot]]
    loses: Collection[str] = ()

    @property
    def people(self) -> set[str]:
        return {person for person, some in self.takes.items() if some}


class Weighed(msgspec.Struct, frozen=True):
    """What a move comes to: what becomes worse for whom, which breaches are new, who may not be on it."""

    taken: Taken
    breaches: tuple[Breach, ...]
    unfit: frozenset[str]
    absent: frozenset[str]


def weigh(law: Law, held: Holders, move: Move) -> Weighed:
    """What shifts come to with all that those people have besides. A fixed number of queries."""
    people = move.people
    moments = [one for some in move.takes.values() for one in some]
    if not moments:
        return Weighed(Taken(), (), frozenset(), frozenset())
    since = min(one.start for one in moments) - AROUND
    until = max(one.end for one in moments) + AROUND
    has = shifts_of(people, since, until)
    members = set(
        Member.objects.filter(post=move.post, until=None, person__in=people).values_list(
            "person", flat=True
        )
    )
    away = absences_of(people, since, until)
    worst, found = Taken(), []
    absent = set()
    for person in sorted(people):
        takes = list(move.takes[person])
        rows = has.get(person, ())
        before = sorted(one.slot for one in rows)
        kept = [one.slot for one in rows if one.id not in move.loses]
        after = sorted([*kept, *takes])
        come = worse(before, after, takes, move.post)
        for slot, one in come:
            worst = worst.worst(one)
            found += breached(person, slot, one, limits(law))
        if any(s < one.end and one.start < e for s, e in away.get(person, ()) for one in takes):
            absent.add(person)
    unfit = people - (qualified(law, held, move.post, people) & members)
    return Weighed(worst, tuple(sorted(found)), frozenset(unfit), frozenset(absent))


def worse(
    before: Sequence[Slot], after: Sequence[Slot], takes: Collection[Slot], post: Post
) -> list[tuple[Slot, Taken]]:
    """By shift, what it comes to in what it did not before: rules of rest that stand as they stood are left out."""
    zone = post.tz
    was = dict(zip(before, measures(before, zone), strict=True))
    new = set(takes)
    found = []
    for slot, one in zip(after, measures(after, zone), strict=True):
        old = was.get(slot) if slot not in new else None
        if old is None:
            found.append((slot, one))
            continue
        found.append(
            (
                slot,
                Taken(
                    one.rest if one.rest < old.rest else rest.ENOUGH,
                    one.longest if one.longest > old.longest else 0,
                    one.week if one.week > old.week else 0,
                    one.nights if one.nights > old.nights else 0,
                ),
            )
        )
    return found


def breached(person: str, slot: Slot, one: Taken, law: Limits) -> list[Breach]:
    found = []
    for rule in RULES:
        allowed, much = getattr(law, rule), getattr(one, rule)
        if allowed is not None and (much < allowed if rule == "rest" else much > allowed):
            found.append(Breach(person, slot.start, rule, much, allowed))
    return found


def shifts_of(
    people: Iterable[str], since: dt.datetime, until: dt.datetime
) -> dict[str, list[Shift]]:
    """The shifts that stand, by person, of whatever post."""
    found: dict[str, list[Shift]] = {}
    rows = Shift.objects.filter(void=None, start__gte=since, start__lt=until)
    for one in rows.filter(person__in=sorted(people)):
        found.setdefault(one.person, []).append(one)
    return found


def absences_of(
    people: Iterable[str], since: dt.datetime, until: dt.datetime
) -> dict[str, list[tuple[dt.datetime, dt.datetime]]]:
    found: dict[str, list[tuple[dt.datetime, dt.datetime]]] = {}
    rows = Absence.objects.filter(person__in=sorted(people), end__gt=since, start__lt=until)
    for person, start, end in rows.values_list("person", "start", "end"):
        found.setdefault(person, []).append((start, end))
    return found


def all_excepted(found: Sequence[Breach], by: str) -> bool:
    """Whether each breach was allowed, as far as it goes, and by somebody else than who settles the roster now."""
    rows: dict[tuple[str, dt.datetime, str], list[int]] = {}
    people = sorted({one.person for one in found})
    for one in Exempt.objects.filter(person__in=people).exclude(by=by):
        rows.setdefault((one.person, one.start, one.rule), []).append(one.found)
    return all(
        any(
            one.found >= each if one.rule == "rest" else one.found <= each
            for each in rows.get((one.person, one.start, one.rule), ())
        )
        for one in found
    )


def of_roster(weighed: Weighed, by: str) -> dict[str, Value]:
    """What the Book is told of a roster, as a move leaves it."""
    taken = weighed.taken
    return {
        "roster.rest": taken.rest,
        "roster.longest": taken.longest,
        "roster.week": taken.week,
        "roster.nights": taken.nights,
        "roster.unfit": bool(weighed.unfit),
        "roster.absent": bool(weighed.absent),
        "roster.excepted": bool(weighed.breaches) and all_excepted(weighed.breaches, by),
    }
