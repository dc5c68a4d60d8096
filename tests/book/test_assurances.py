"""What an assurance becomes, and what it leaves as it was."""

import datetime as dt
from pathlib import Path

import pytest

from tests.book.law import WORDS, book, found, instrument, same
from tests.book.test_load import example, write
from writ.book.assurances import Assurance
from writ.book.cache import load_cached
from writ.book.claims import claim, provisos
from writ.book.load import load_book, load_texts
from writ.book.model import Book, StepTerm
from writ.book.terms import Done, Holds, InEffect, Not, Period
from writ.syntax.tree import Actor, Bearer

DAY = dt.date.fromisoformat
NOBODY = Bearer("any", ())
MINISTER = Bearer("any", (Actor("minister"),))


def assurance(line: str) -> Assurance:
    """The one assurance of a book."""
    (only,) = book(f"assurance A1\n  {line}").assurances
    return only


def test_it_takes_its_identity_and_dates_from_its_instrument() -> None:
    found = book('assurance A1 "Signing"\n  minister can sign').assurances[0]
    assert (found.id, found.citation, found.title) == ("law/A1", "s. A1", "Signing")
    assert (found.instrument, found.label) == ("law", "A1")
    assert (found.start, found.end) == (DAY("2000-01-01"), None)


def test_its_place_is_the_statement_and_its_label() -> None:
    linked = book("assurance A1\n  minister can sign\n  when agreed")
    (item,) = linked.assurances
    place, label = linked.span(item.place), linked.span(item.label_place)
    assert (place.line, place.end_line) == (label.line, label.line + 2)
    assert (label.column, label.end_column) == (11, 13)


def test_it_ends_with_its_instrument() -> None:
    keys = "in-force: 1990-01-01\nrepealed: 1999-01-01"
    texts = {
        "old.md": instrument("assurance A1\n  minister can sign", "old", keys=keys),
        "words.md": instrument(WORDS, "words"),
    }
    linked, diagnostics = load_texts(texts)
    assert not diagnostics
    (item,) = linked.assurances
    assert (item.start, item.end) == (DAY("1990-01-01"), DAY("1999-01-01"))


@pytest.mark.parametrize(
    ("line", "form", "bearer", "acts", "thing"),
    [
        ("no one may sign", "never", Bearer("none", ()), ("sign",), ""),
        (
            "no one except minister may sign letter",
            "never",
            Bearer("none", (), (Actor("minister"),)),
            ("sign",),
            "letter",
        ),
        ("minister may never sign paper", "never", MINISTER, ("sign",), ""),
        (
            "no one may both sign and countersign",
            "never both",
            Bearer("none", ()),
            ("sign", "countersign"),
            "",
        ),
        (
            "minister may never both sign and countersign",
            "never both",
            MINISTER,
            ("sign", "countersign"),
            "",
        ),
        ("every alarm ends within 3 days", "ends", NOBODY, (), ""),
        ("every duty has a holder", "holders", NOBODY, (), ""),
        ("every duty of minister has a holder", "holders", MINISTER, (), ""),
        ("minister can sign letter", "can", MINISTER, ("sign",), "letter"),
        (
            "someone can always sign",
            "always someone",
            Bearer("any", (Actor("anyone"),)),
            ("sign",),
            "",
        ),
        ("minister may always sign", "always", MINISTER, ("sign",), ""),
        ("minister must always sign", "must", MINISTER, ("sign",), ""),
        ("nothing disputes sign", "undisputed", NOBODY, ("sign",), ""),
        ("nothing disputes anything", "undisputed", NOBODY, (), ""),
    ],
)
def test_each_form(line: str, form: str, bearer: Bearer, acts: tuple[str, ...], thing: str) -> None:
    item = assurance(line)
    assert (item.form, item.bearer, item.acts, item.thing) == (form, bearer, acts, thing)
    assert claim(item) == line.replace(" paper", "")


def test_an_end_has_a_period_and_who_may_put_it_off() -> None:
    line = "every alarm ends within 7 sitting days of senate"
    item = assurance(f"{line}\n  unless sign by minister, countersign by senate")
    assert (item.state, item.within) == ("alarm", Period(7, "sitting days", "senate"))
    senate = Bearer("any", (Actor("senate"),))
    assert item.renewal == (StepTerm("sign", MINISTER), StepTerm("countersign", senate))
    assert item.when == ()
    assert (claim(item), *provisos(item)) == (
        line,
        "unless sign by minister, countersign by senate",
    )


@pytest.mark.parametrize(
    ("said", "vacant"), [("", 0), (" with 1 office vacant", 1), (" with 2 offices vacant", 2)]
)
def test_offices_may_be_vacant(said: str, vacant: int) -> None:
    item = assurance(f"every duty of minister has a holder{said}")
    assert item.vacant == vacant
    assert claim(item) == f"every duty of minister has a holder{said}"


def test_conditions_are_conjuncts_as_those_of_a_norm() -> None:
    clauses = """
  when urgent and alarm in effect
  unless agreed or countersign done by senate
"""
    item = assurance(f"no one may sign{clauses}")
    (norm,) = book(f"prohibition 1\n  no one may sign{clauses}").norms
    assert item.when == norm.when
    assert [type(each) for each in item.when] == [Holds, InEffect, Not, Not]
    assert isinstance(item.when[3], Not)
    assert isinstance(item.when[3].of, Done)
    assert provisos(item)[1:3] == ("when alarm in effect", "when not agreed")


def test_a_definition_stands_for_what_it_means() -> None:
    linked = book(
        "definition pressing: yes-no\n  means agreed and told\n"
        "assurance A1\n  nothing disputes anything\n  when pressing"
    )
    assert len(linked.assurances[0].when) == 2


def test_both_acts_give_their_attributes() -> None:
    item = assurance("no one may both sign and countersign\n  when sign.urgent")
    assert item.when == assurance("minister can sign\n  when urgent").when


def test_norms_are_numbered_first() -> None:
    linked = book(
        "assurance 1\n  minister can sign\npower 1\n  minister may sign\npower 1\n  senate may sign\n"
        "assurance 1\n  senate can sign\noverride 1\n  1 prevails over 1"
    )
    assert [norm.id for norm in linked.norms] == ["law/1", "law/1~2"]
    assert [each.id for each in linked.assurances] == ["law/1~3", "law/1~4"]


def test_a_reference_stands_for_no_assurance() -> None:
    linked = book(
        "power 1(a)\n  minister may sign\nassurance 1(b)\n  minister can sign\nprohibition 2\n  no one may sign\n"
        "override 3\n  1 prevails over 2"
    )
    assert [(each.winner, each.loser) for each in linked.overrides] == [("law/1(a)", "law/2")]


def test_an_assurance_with_an_error_is_left_out_and_keeps_its_number() -> None:
    linked, diagnostics = found(
        "assurance 1\n  minister can sing\nassurance 1\n  minister can sign\n  when urgnet\n"
        "assurance 1\n  minister can sign"
    )
    assert [each.id for each in linked.assurances] == ["law/1~3"]
    assert [each.code for each in diagnostics] == ["V201", "V201"]


def test_the_same_book_by_other_calendars_has_them() -> None:
    linked = book("assurance A1\n  minister can sign")
    assert linked.with_calendars({}).assurances == linked.assurances != ()


def test_a_book_is_made_without_them_as_before() -> None:
    linked = book("power 1\n  minister may sign")
    made = Book(
        linked.name,
        linked.title,
        linked.ranks,
        linked.default_calendar,
        linked.vocabulary,
        linked.instruments,
        linked.norms,
        linked.overrides,
        linked.sources,
    )
    assert made.assurances == ()
    assert same(made, linked)


def test_a_cached_book_has_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    folder = example(tmp_path / "example")
    write(
        folder,
        {
            "acts/law.md": instrument(
                'assurance A1 "Title"\n  no one except minister may sign letter\n  unless copies above 3\n'
                "assurance A2\n  every alarm ends within 3 months\n  unless sign by senate\n"
                "assurance A3\n  every duty of minister has a holder with 2 offices vacant"
            )
        },
    )
    plain, _ = load_book(folder)
    assert len(plain.assurances) == 3
    for _ in range(2):  # from the trees, and from the image
        cached, _ = load_cached(folder)
        assert same(cached, plain)
    write(folder, {"acts/more.md": instrument("power 1\n  minister may sign", "more")})
    assert load_cached(folder)[0].assurances == plain.assurances  # from the cached tree of its file
