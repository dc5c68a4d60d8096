"""By what authority? A question, and its answer with citations."""

import pytest

from tests.ministry.console.conftest import Somebody
from tests.ministry.console.queries import counted
from tests.ministry.people import key


def ask(somebody, **query):
    return somebody.sees(
        "/ask/", **{name.replace("__", "."): value for name, value in query.items()}
    )


@pytest.fixture
def ada(house):
    return Somebody("ada")


def test_what_the_law_allows_is_answered_with_its_provision(ada):
    page = ask(ada, act="appoint-officer", office="permanent-secretary")
    assert page.status == 200
    assert "Permitted Permanent Secretary, to appoint a person to an office" in page
    assert "/book/organisation-act/#s-2-1" in page.links


def test_what_the_law_forbids_is_answered_with_what_forbids_it(ada):
    own = key("ada")
    page = ada.sees(
        "/ask/",
        **{
            "act": "appoint-officer",
            "office": "director-of-personnel",
            "person": own,
            "fact.appoint-officer.appointee": own,
        },
    )
    assert "Prohibited" in page
    assert "/book/organisation-act/#s-2-2" in page.links


def test_what_is_missing_is_named(ada):
    page = ask(ada, act="promulgate-edition", office="permanent-secretary", about="e1")
    assert "Needs" in page
    assert "certify-edition by legal-adviser must be done before" in page


def test_what_was_done_before_counts_when_it_is_stated(ada):
    page = ada.sees(
        "/ask/",
        **{
            "act": "promulgate-edition",
            "office": "permanent-secretary",
            "done.certify-edition": "yes",
            "by.certify-edition": "legal-adviser",
        },
    )
    assert "Permitted" in page


def test_who_could_authorise_it_is_named_with_who_holds_the_office(ada):
    page = ask(ada, act="certify-edition", office="duty-officer")
    assert "No authority" in page
    assert "Legal Adviser needs Cy ; needs propose-edition" in page


def test_whom_separation_of_duty_keeps_from_it_is_not_named_as_one_who_could(ada):
    page = ada.sees(
        "/ask/",
        **{"act": "certify-edition", "office": "duty-officer", "fact.edition.proposer": key("cy")},
    )
    assert "Legal Adviser needs Cy" not in page


def test_every_norm_considered_is_there_with_what_became_of_it(ada):
    page = ask(ada, act="appoint-officer", office="permanent-secretary")
    assert "Every norm considered" in page


@pytest.mark.parametrize(
    ("query", "said", "suggested"),
    [
        (
            {"act": "apoint-officer", "office": "auditor"},
            "knows no act “apoint-officer”",
            "appoint-officer",
        ),
        (
            {"act": "appoint-officer", "office": "auditr"},
            "knows no office, body or person “auditr”",
            "auditor",
        ),
    ],
    ids=["act", "office"],
)
def test_a_name_that_is_not_known_is_answered_with_the_nearest(ada, query, said, suggested):
    page = ask(ada, **query)
    assert page.status == 400
    assert said in page
    assert f"Did you mean {suggested} ?" in page
    assert any(f"={suggested}" in link for link in page.links)


def test_names_may_be_written_as_the_book_calls_them(ada):
    page = ask(ada, act="Appoint a person to an office", office="permanent secretary")
    assert "Permitted" in page


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("on", "yesterday", "yesterday"),
        ("fact.post.independent", "perhaps", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_read_is_said_beside_its_field_and_kept(ada, name, value, said):
    page = ada.sees(
        "/ask/", **{"act": "appoint-officer", "office": "permanent-secretary", name: value}
    )
    assert page.status == 400
    assert said in page
    assert "thing is not right" in page or "things are not right" in page


def test_a_question_is_asked_by_its_address_alone(ada):
    first = ask(ada, act="appoint-officer", office="permanent-secretary", on="2026-03-01")
    address = first.response.wsgi_request.get_full_path()
    assert (
        Somebody("cy").sees(address).words.count("1 March 2026")
        == first.words.count("1 March 2026")
        > 0
    )


def test_a_question_is_not_recorded(ada):
    from ministry.register.models import Record

    before = Record.everything.count()
    assert ask(ada, act="appoint-officer", office="permanent-secretary").status == 200
    assert Record.everything.count() == before


def test_without_an_act_it_says_what_can_be_asked(ada):
    page = ask(ada)
    assert "Director of Personnel has a power to" in page
    assert any(link.startswith("?act=appoint-officer&office=") for link in page.links)


def test_a_question_asks_the_database_little(ada):
    ask(ada, act="appoint-officer", office="permanent-secretary")
    assert counted(lambda: ask(ada, act="appoint-officer", office="permanent-secretary")) <= 12


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "x" * 100_000, "\x00", "💥", "'--"])
def test_whatever_is_typed_is_answered(ada, typed):
    page = ada.sees("/ask/", act=typed, office=typed)
    assert page.status == 400
    assert "<script>alert" not in page.html
