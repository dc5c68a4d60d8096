"""Journals at random over the book of `law.py`: whatever an entry may hold, in values that its attributes allow."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tests.journal.law import floods
from writ.book import dates
from writ.book.terms import Period, Type
from writ.journal.entry import Days, Entry, Expectation, Journal, Kind, Premise
from writ.journal.heads import STATUSES
from writ.syntax.tree import HolidayRule

VOCABULARY = floods().vocabulary
ZONE = dates.zone_of("America/Toronto")

days = st.dates(dt.date(1, 1, 3), dt.date(9999, 12, 28))
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters='"\n\r'), min_size=1, max_size=12
)
names = st.sampled_from(
    ("ann", "bob-2", "D-2022-1", "SOR/2022-20", "file-F", "R1", "17(1)(a)", "given", "about", "is")
) | st.text("abc-XY1/.(", min_size=1, max_size=6)
identities = names | texts.filter(str.strip)
actors = st.sampled_from(sorted(VOCABULARY.actors))
acts = st.sampled_from(sorted(VOCABULARY.acts))


def fixed(moment: dt.datetime) -> dt.datetime:
    """By the clock of the book's calendar, as the reader gives it."""
    local = moment.astimezone(ZONE)
    return local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()), fold=0)


moments = st.datetimes(
    dt.datetime(1, 1, 3), dt.datetime(9999, 12, 28), timezones=st.just(dt.UTC)
).map(fixed)
whens = days | moments
figures = st.integers(-(10**15) + 1, 10**15 - 1) | st.decimals(-(10**9), 10**9, places=3).map(float)
periods = st.builds(
    Period, st.integers(0, 10**9), st.sampled_from(("hours", "days", "working days", "months"))
) | st.just(Period(7, "sitting days", "council"))


def members(thing: str) -> st.SearchStrategy[Any]:
    names = ("amount", "settled") if thing == "line" else ("level", "tags")
    each = {name: value(VOCABULARY.attributes[f"{thing}.{name}"].type) for name in names}
    return st.lists(st.fixed_dictionaries({}, optional=each), max_size=2).map(tuple)


def value(kind: Type) -> st.SearchStrategy[Any]:
    match kind.base:
        case "yes-no":
            return st.booleans()
        case "number":
            return figures
        case "date":
            return whens
        case "duration":
            return periods
        case "kind" | "levels":
            return st.sampled_from([*VOCABULARY.kinds[kind.of].order])
        case "set":
            return st.frozensets(st.sampled_from([*VOCABULARY.kinds[kind.of].order]))
        case "list":
            return members(kind.of)
        case "person-id":
            return identities
    return texts


def facts(slots: list[str], withdrawn: bool = False, least: int = 0) -> st.SearchStrategy[Any]:
    def given(slot: str) -> st.SearchStrategy[tuple[str, Any]]:
        values = value(VOCABULARY.attributes[slot].type)
        return st.tuples(st.just(slot), values | st.none() if withdrawn else values)

    return st.lists(
        st.sampled_from(slots).flatmap(given), min_size=least, max_size=3, unique_by=lambda f: f[0]
    ).map(dict)


EVERYWHERE = [slot for slot in VOCABULARY.attributes if not slot.startswith("alarm.")]
STATE = [slot for slot in VOCABULARY.attributes if slot.startswith("alarm.")]


@st.composite
def entry(draw: st.DrawFn) -> Entry:
    kind = draw(st.sampled_from(Kind))
    some = st.booleans()
    fields: dict[str, Any] = {
        "kind": kind,
        "at": draw(whens),
        "id": draw(identities),
        "known": draw(st.none() | whens),
        "under": tuple(draw(st.sets(st.sampled_from(("wet", "dry"))))),
        "source": draw(st.just("") | texts),
        "note": draw(st.just("") | texts | st.just("one\n\ntwo")),
    }
    if kind in (Kind.ACT, Kind.EVENT, Kind.STATE, Kind.FACT) and draw(some):
        fields["about"] = draw(identities)
    match kind:
        case Kind.ACT:
            fields |= {
                "name": draw(acts),
                "actor": draw(actors),
                "person": draw(st.just("") | identities),
                "number": draw(st.integers(0, 40)),
                "thing": draw(st.sampled_from(("", "record", "file"))),
                "to": draw(st.just("") | actors),
                "against": draw(st.just("") | actors),
                "facts": draw(facts(EVERYWHERE)),
                "until": draw(st.none() | days),
                "revokes": tuple(draw(st.lists(identities, max_size=2, unique=True))),
                "lawful": draw(some),
            }
            if fields["to"]:
                fields["to_person"] = draw(st.just("") | identities)
        case Kind.EVENT:
            fields |= {"name": "storm", "facts": draw(facts(["storm.place"]))}
        case Kind.STATE:
            fields |= {
                "name": "alarm",
                "facts": draw(facts(STATE)),
                "until": draw(st.none() | days),
            }
        case Kind.FACT:
            fields |= {"facts": draw(facts(EVERYWHERE, withdrawn=True, least=1))}
            if draw(some):
                fields |= {"actor": draw(actors), "person": draw(st.just("") | identities)}
        case Kind.GONE:
            fields |= {"name": draw(identities)}
        case _:
            fields |= {"name": draw(actors), "person": draw(identities)}
    return Entry(**fields)


@st.composite
def expectation(draw: st.DrawFn) -> Expectation:
    subject = draw(st.sampled_from(sorted(STATUSES)))
    name = {"act": identities, "state": st.just("alarm"), "duty": acts}[subject]
    provision = (
        st.sampled_from(("", "3", "act 3", "63(1)(a)")) if subject == "duty" else st.just("")
    )
    return Expectation(
        subject=subject,
        name=draw(name),
        status=draw(st.sampled_from(STATUSES[subject])),
        as_of=draw(whens),
        known_at=draw(st.none() | whens),
        under=tuple(draw(st.sets(st.sampled_from(("wet", "dry"))))),
        provision=draw(provision),
        about=draw(st.just("") | identities),
        to=draw(st.just("") | actors),
        of=draw(st.just("") | identities),
        due=draw(st.none() | whens),
        cites=tuple(draw(st.lists(texts, max_size=2))),
        id=draw(st.just("") | identities),
        shared=draw(st.just("") | identities),
        text=draw(st.just("") | texts),
    )


@st.composite
def journal(draw: st.DrawFn) -> Journal:
    sittings = draw(st.sets(days, min_size=1, max_size=3).map(sorted).map(tuple))
    added = Days("town", {"council": sittings}, (HolidayRule("date", "mourning", "2021-02-03"),))
    return Journal(
        title=draw(texts),
        book=draw(st.sampled_from(("", "floods"))),
        entries=tuple(draw(st.lists(entry(), max_size=4))),
        premises=(Premise("wet", draw(st.just("") | texts)), Premise("dry")),
        days=tuple(draw(st.sampled_from(((), (added,))))),
        expectations=tuple(draw(st.lists(expectation(), max_size=2))),
        notes=draw(st.just("") | texts | st.just("one\ntwo")),
    )
