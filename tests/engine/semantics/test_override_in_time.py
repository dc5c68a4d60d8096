"""`docs/semantics.md`, "Opposition and defeat": an explicit override ranks norms while what says so is in force."""

from __future__ import annotations

import pytest

from tests.engine.semantics.town import WORDS, Ask, book_of, instrument, law, request_of
from tests.engine.test_equality import difference
from writ.book.image import decode, encode
from writ.book.load import load_texts
from writ.book.model import Book
from writ.engine import Engine

NORMS = ("permission 1\n  mayor may sign", "prohibition 2\n  mayor may not sign")
LIMIT = ("power 1\n  mayor may sign", "limit 2\n  mayor may sign only\n  with quiet")
SAYS = "override 5\n  law 1 prevails over law 2"


def ruled(says: str, *front: str, norms: tuple[str, ...] = NORMS, kind: str = "statute") -> Book:
    """Norms 1 and 2 of a statute, and another instrument that ranks them."""
    return book_of(
        {
            "book.md": "---\nbook: town\ntitle: Town\ncalendar: town\n---\n",
            "law.md": instrument("law", "statute", WORDS + "\n" + "\n\n".join(norms), "top: true"),
            "rule.md": instrument("rule", kind, says, "top: true", *front),
        }
    )


def days(ask: Ask, book: Book, *asked: str, **fields: object) -> list[str]:
    return [ask(book, "mayor", "sign", at, **fields).outcome for at in asked]


@pytest.mark.parametrize(
    ("says", "front"),
    [
        (SAYS, ("in-force: 2022-01-01", "repealed: 2023-01-01")),
        (SAYS + "\n  in force from 2022-01-01 until 2022-12-31", ()),
        (SAYS + "\n\nrepeal 6\n  5\n  from 2023-01-01", ("in-force: 2022-01-01",)),
        (SAYS + "\n\nsuspend 6\n  5\n  from 2023-01-01", ("in-force: 2022-01-01",)),
        (
            SAYS
            + "\n  in force from 2022-01-01\n\nsuspend 6\n  5\n  from 2023-01-01 until 2024-12-31",
            ("repealed: 2024-06-01",),
        ),
    ],
)
def test_an_override_statement_ranks_while_it_is_in_force(
    ask: Ask, says: str, front: tuple[str, ...]
) -> None:
    book = ruled(says, *front)
    asked = ("2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01", "2025-06-01")
    assert days(ask, book, *asked) == ["conflict", "permitted", "permitted", "conflict", "conflict"]


def test_an_override_statement_waits_to_be_commenced(ask: Ask) -> None:
    waiting = ruled(SAYS, "in-force: on commencement")
    assert days(ask, waiting, "2025-01-01") == ["conflict"]
    begun = ruled(SAYS + "\n\ncommence 6\n  5\n  from 2024-01-01", "in-force: on commencement")
    assert days(ask, begun, "2023-12-31", "2024-01-01") == ["conflict", "permitted"]


def test_it_ranks_again_when_its_suspension_is_over(ask: Ask) -> None:
    book = ruled(SAYS + "\n\nsuspend 6\n  5\n  from 2022-01-01 until 2022-12-31")
    asked = ("2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01")
    assert days(ask, book, *asked) == ["permitted", "conflict", "conflict", "permitted"]


def test_a_provision_that_is_repealed_takes_its_override_statements_with_it(ask: Ask) -> None:
    norm = "permission 5(1)\n  mayor may walk"
    book = ruled(f"{norm}\n\n{SAYS.replace('5', '5(2)')}\n\nrepeal 6\n  5\n  from 2023-01-01")
    assert days(ask, book, "2022-12-31", "2023-01-01") == ["permitted", "conflict"]
    assert [str(norm.end) for norm in book.norms if norm.id == "rule/5(1)"] == ["2023-01-01"]


def test_an_override_statement_not_yet_known_ranks_nothing(ask: Ask) -> None:
    for book in (ruled(SAYS + "\n  known from 2024-01-01"), ruled(SAYS, "enacted: 2024-01-01")):
        assert ask(book, "mayor", "sign") == "permitted"
        assert ask(book, "mayor", "sign", known_at="2023-12-31") == "conflict"
        assert ask(book, "mayor", "sign", known_at="2024-01-01") == "permitted"


def test_a_clause_ranks_while_its_norm_is_in_force_which_takes_part_itself(ask: Ask) -> None:
    """The later version of the permission no longer says `notwithstanding`."""
    book = law(
        "permission 1\n  mayor may sign\n  notwithstanding 2\n  in force from 2020-01-01 until 2022-12-31",
        "permission 3\n  mayor may sign\n  replaces 1\n  in force from 2023-01-01",
        "prohibition 2\n  mayor may not sign",
    )
    assert days(ask, book, "2022-12-31", "2023-01-01") == ["permitted", "conflict"]
    assert book.ranking.at_times == {}


def test_a_limit_is_lifted_while_the_override_is_in_force(ask: Ask) -> None:
    book = ruled(SAYS, "in-force: 2022-01-01", "repealed: 2023-01-01", norms=LIMIT)
    assert days(ask, book, "2021-12-31", "2022-06-01", "2023-01-01") == [
        "needs",
        "permitted",
        "needs",
    ]


def test_a_limit_is_not_lifted_by_a_higher_right_while_an_override_says_otherwise(ask: Ask) -> None:
    says = "override 5\n  policy 1 prevails over 1\n  in force from 2022-01-01 until 2022-12-31"
    book = law(
        "right 1\n  mayor has the right to sign",
        says,
        policy="limit 1\n  mayor may sign only\n  with quiet",
    )
    asked = ("2021-12-31", "2022-06-01", "2023-01-01")
    assert days(ask, book, *asked) == ["permitted", "needs", "permitted"]


def test_of_two_overrides_that_contradict_each_other_the_one_in_force_ranks(ask: Ask) -> None:
    there = SAYS + "\n  in force from 2020-01-01 until 2022-12-31"
    back = "override 6\n  law 2 prevails over law 1\n  in force from 2022-01-01"
    book = ruled(f"{there}\n\n{back}")
    asked = ("2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01")
    assert days(ask, book, *asked) == ["permitted", "conflict", "conflict", "prohibited"]


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("constitution", "permitted"), ("statute", "permitted"), ("policy", "conflict")],
)
def test_an_override_statement_ranks_law_of_its_own_rank_and_below(
    ask: Ask, kind: str, outcome: str
) -> None:
    files = {
        "law.md": instrument("law", "statute", WORDS + "\n" + "\n\n".join(NORMS), "top: true"),
        "rule.md": instrument("rule", kind, SAYS, "top: true"),
    }
    book, found = load_texts(files)
    assert not found
    assert ask(book, "mayor", "sign") == outcome


@pytest.mark.parametrize(
    ("says", "outcome"),
    [("constitution", "permitted"), ("statute", "permitted"), ("policy", "prohibited")],
)
def test_a_lower_norm_prevails_by_the_word_of_the_higher_law_alone(
    ask: Ask, says: str, outcome: str
) -> None:
    """A constitution and the statute itself may say that the statute's bar yields; the policy may not."""
    files = {
        "law.md": instrument(
            "law", "statute", WORDS + "\nprohibition 1\n  no one may sign", "top: true"
        ),
        "policy.md": instrument("policy", "policy", "permission 1\n  mayor may sign", "top: true"),
        "rule.md": instrument(
            "rule", says, "override 5\n  policy 1 prevails over law 1", "top: true"
        ),
    }
    book, _ = load_texts(files)
    assert ask(book, "mayor", "sign") == outcome


def test_one_engine_answers_for_each_day_whatever_was_asked_before() -> None:
    book = ruled(SAYS + "\n  known from 2024-01-01", "in-force: 2022-01-01", "repealed: 2023-01-01")
    engine = Engine(book)
    for at in ("2022-06-01", "2021-12-31", "2022-01-01", "2023-01-01", "2022-12-31"):
        for known in (None, "2023-12-31", "2024-01-01"):
            fields = {"known_at": known} if known else {}
            asked = request_of(book, "mayor", "sign", at, **fields)
            assert difference(book, asked, engine) == ""
    batch = [
        request_of(book, "mayor", "sign", f"{year}-06-01") for year in (2021, 2022, 2023, 2022)
    ]
    answers = engine.decide_batch(engine.encode(batch))
    assert [int(code) for code in answers.outcomes] == [
        list(type(engine.decide(one).outcome)).index(engine.decide(one).outcome) for one in batch
    ]
    assert len(set(answers.outcomes.tolist())) == 2


def test_the_dates_of_an_override_are_kept_in_the_image_of_a_book() -> None:
    book = ruled(
        SAYS + "\n  known from 2024-01-01\n\nsuspend 6\n  5\n  from 2022-01-01",
        "repealed: 2030-01-01",
    )
    (override,) = book.overrides
    assert all((override.start, override.end, override.gaps, override.known, override.rank))
    image = decode(encode(book, []), book.sources, book.root)
    assert image is not None
    assert image[0].overrides == book.overrides
    assert image[0].ranking.at_times == book.ranking.at_times
