"""Why a question is answered otherwise on another day: each way in which a text can change, and time alone."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.laws import WORDS, Event, instrument, law
from tests.engine.worlds import World
from writ.book.dates import day_of
from writ.book.load import load_texts
from writ.book.model import Book
from writ.engine import Engine
from writ.engine.amended import changes, same, turns
from writ.engine.request import Request

JAN, JUNE, DECEMBER = dt.date(2025, 1, 1), dt.date(2025, 6, 1), dt.date(2025, 12, 1)


def told(
    book: Book,
    low: dt.date = JAN,
    high: dt.date = DECEMBER,
    known: tuple[dt.date | None, dt.date | None] = (None, None),
    act: str = "sign",
    **more: object,
) -> list[str]:
    """The turns of `may a minister sign?` as sentences."""
    request = Request("minister", act, low, known_at=known[0], **more)  # type: ignore[arg-type]
    return [
        f"{turn.at} {turn.before.outcome} -> {turn.after.outcome}: "
        + (", ".join(f"{one.citation} {one.how}" for one in turn.amended) or "time")
        for turn in turns(book, request, high, known[1])
    ]


POWER = "power 1\n  minister may sign"


def test_a_norm_that_comes_into_force_turns_the_answer_on_its_day() -> None:
    book = law(POWER, "prohibition 2\n  minister may not sign\n  in force from 2025-06-01")
    assert told(book) == ["2025-06-01 permitted -> prohibited: law 2 in force"]
    assert told(book, high=JUNE - dt.timedelta(1)) == []
    assert told(book, high=JUNE) == ["2025-06-01 permitted -> prohibited: law 2 in force"]


def test_back_in_time_it_is_told_in_the_order_of_the_days() -> None:
    book = law(POWER, "prohibition 2\n  minister may not sign\n  in force from 2025-06-01")
    assert told(book, DECEMBER, JAN) == told(book)


def test_a_repeal_and_a_suspension_are_amendments() -> None:
    book = law(
        POWER,
        "prohibition 2\n  minister may not sign",
        "suspend 3\n  2\n  from 2025-03-01 until 2025-03-31",
        "repeal 4\n  2\n  from 2025-06-01",
    )
    assert told(book) == [
        "2025-03-01 prohibited -> permitted: law 2 suspended",
        "2025-04-01 permitted -> prohibited: law 2 in force again",
        "2025-06-01 prohibited -> permitted: law 2 no longer in force",
    ]


def test_commencement_provision_by_provision() -> None:
    front = "---\nid: new\ntitle: New\nkind: statute\ncite-as: new {}\ntop: true\n"
    front += "in-force: on commencement\nenacted: 2024-01-01\n---\n"
    norms = (
        "power 1\n  minister may seize\n\nprohibition 2\n  minister may not seize\n  when urgent\n"
    )
    new = f"{front}\n```writ\n{norms}```\n"
    files = {
        "law.md": instrument(
            "law",
            "statute",
            WORDS
            + "\ncommence 1\n  new 1\n  from 2025-03-01\n\ncommence 2\n  new 2\n  from 2025-06-01",
            top=True,
        ),
        "new.md": new,
    }
    book, found = load_texts(files)
    assert not [one for one in found if one.severity == "error"], found
    assert told(book, act="seize", facts={"urgent": True}) == [
        "2025-03-01 no authority -> permitted: new 1 in force",
        "2025-06-01 permitted -> prohibited: new 2 in force",
    ]


def test_a_norm_that_replaces_another_has_its_citation() -> None:
    book = law(
        "power 1\n  minister may seize",
        "power 2\n  clerk may seize\n  replaces 1\n  in force from 2025-06-01",
    )
    assert told(book, act="seize") == ["2025-06-01 permitted -> no authority: law 1 replaced"]


def test_what_the_answer_did_not_look_at_is_not_named() -> None:
    book = law(
        POWER,
        "prohibition 2\n  minister may not sign\n  in force from 2025-06-01",
        "permission 3\n  clerk may sign\n  in force from 2025-06-01",
        "permission 4\n  minister may walk\n  in force from 2025-06-01",
    )
    assert told(book) == ["2025-06-01 permitted -> prohibited: law 2 in force"]


def test_time_alone_is_found_to_the_day() -> None:
    book = law(
        "power 1\n  minister may open-alarm\n  begins alarm for 10 days",
        "power 2\n  minister may seize\n  when alarm in effect",
    )
    done = (Event("open-alarm", dt.date(2025, 2, 1)),)
    assert told(book, act="seize", done=done) == [
        "2025-02-01 no authority -> permitted: time",
        "2025-02-12 permitted -> no authority: time",
    ]


def test_an_override_that_takes_effect_later_is_an_amendment() -> None:
    book = law(
        POWER,
        "prohibition 2\n  minister may not sign",
        "override 3\n  1 prevails over 2\n  in force from 2025-06-01",
    )
    assert told(book) == ["2025-06-01 prohibited -> permitted: law 3 in force"]


def test_a_text_that_came_to_be_known_later() -> None:
    book = law(POWER, "prohibition 2\n  minister may not sign\n  known from 2025-06-01")
    asked = {"low": JUNE, "high": JUNE}
    turn = ["2025-06-01 permitted -> prohibited: law 2 known"]
    assert told(book, **asked, known=(JAN, None)) == turn  # type: ignore[arg-type]
    assert told(book, **asked, known=(None, JAN)) == turn  # type: ignore[arg-type]
    assert told(book, **asked, known=(JAN, JUNE)) == turn  # type: ignore[arg-type]
    assert told(book, **asked, known=(JAN, JUNE - dt.timedelta(1))) == []  # type: ignore[arg-type]
    assert told(book, **asked) == []  # type: ignore[arg-type]


def test_what_is_known_changes_before_the_day_does() -> None:
    book = law(
        POWER,
        "prohibition 2\n  minister may not sign\n  known from 2025-03-01",
        "permission 3\n  minister may sign\n  when urgent\n  notwithstanding 2\n  in force from 2025-06-01",
    )
    assert told(book, known=(JAN, DECEMBER), facts={"urgent": True}) == [
        "2025-03-01 permitted -> prohibited: law 2 known",
        "2025-06-01 prohibited -> permitted: law 3 in force",
    ]


@pytest.mark.parametrize("hour", [8, 23])
def test_moments_have_the_day_of_their_clock(hour: int) -> None:
    book = law(POWER, "prohibition 2\n  minister may not sign\n  in force from 2025-06-01")
    low = dt.datetime(2025, 5, 31, hour, tzinfo=dt.UTC)
    high = dt.datetime(2025, 6, 1, hour, tzinfo=dt.UTC)
    assert told(book, low, high) == [f"{high} permitted -> prohibited: law 2 in force"]
    assert told(book, low, low + dt.timedelta(minutes=30)) == []


# --- on random books


def asked(world: World, book: Book) -> Request:
    """A question a few days before something in the text changes, where anything does."""
    request = world.request()
    some = changes(book, book.norms, dt.date.min, dt.date.max)
    on_act = [norm for norm in book.norms if request.act == norm.act]
    some = changes(book, on_act, dt.date(1990, 1, 1), dt.date.max) or some
    at = world.choice(some).at if some else world.day()
    return msgspec.structs.replace(request, at=at - dt.timedelta(world.randrange(5)))


def days(low: dt.date, high: dt.date) -> list[dt.date]:
    """Every day from the one to the other, the ends as they are."""
    first, last = day_of(low), day_of(high)
    inside = [first + dt.timedelta(n) for n in range(1, (last - first).days)]
    return [low, *inside, *([high] if high != low else [])]


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 20), st.integers(0, 50))
def test_the_turns_lead_from_one_answer_to_the_other(seed: int, norms: int, span: int) -> None:
    world = World(seed)
    engine = Engine(world.book(norms))
    for _ in range(6):
        request = asked(world, engine.book)
        low = request.at
        high = low + dt.timedelta(span)
        found = turns(engine.book, request, high, request.known_at)
        answers = {
            day: engine.decide(msgspec.structs.replace(request, at=day)) for day in days(low, high)
        }
        last = answers[low]
        for turn in found:
            assert same(turn.before, last)
            assert not same(turn.before, turn.after)
            assert same(turn.after, answers[turn.at])
            last = turn.after
        assert same(last, answers[high])
        assert [turn.at for turn in found] == sorted({turn.at for turn in found}, key=day_of)


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 20))
def test_no_turn_on_a_day_of_an_amendment_is_missed(seed: int, norms: int) -> None:
    world = World(seed)
    engine = Engine(world.book(norms))
    for _ in range(4):
        request = asked(world, engine.book)
        end = request.at + dt.timedelta(60)
        found = {turn.at for turn in turns(engine.book, request, end, request.known_at)}
        texts = [*engine.book.norms, *engine.book.overrides]
        for change in changes(engine.book, texts, request.at, end):
            eve, day = (
                engine.decide(msgspec.structs.replace(request, at=at))
                for at in (change.at - dt.timedelta(1), change.at)
            )
            assert same(eve, day) or change.at in found
