"""Proposed editions by the client, against a running server: from a deposited text to an edition in force."""

import pytest

from ministry.client import Client, Invalid, NotAllowed, NotFound, Refused
from tests.ministry.api.calling import token_of
from tests.ministry.enacting import FINDINGS
from tests.ministry.people import key, texts
from tests.ministry.serving import serving
from tests.ministry.statutes.drafts import APPOINT

NAMES = ("bo", "cy", "dee", "fay")
OFFICES = "organisation-act/2"
NOBODY = "0" * 64
UNTIL = "2090-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    with serving(on_sqlite, tmp_path_factory.mktemp("proposing")) as served:
        with served.database():
            served.tokens = {name: token_of(name) for name in NAMES}
            served.keys = {name: key(name) for name in NAMES}
        yield served


@pytest.fixture(scope="module")
def clients(served):
    """The client of each."""
    found = {name: Client(served.url, token) for name, token in served.tokens.items()}
    yield found
    for one in found.values():
        one.close()


def changed(note, *changes):
    """The texts of an edition with a change."""
    files = {**texts(), "note.md": f"# {note}\n"}
    for old, new in changes:
        files = {name: text.replace(old, new) for name, text in files.items()}
    return files


@pytest.fixture(scope="module")
def proposed(clients):
    """An edition that takes the power to appoint from an office; the office was asked, objected, and commented."""
    bo, dee, fay = clients["bo"], clients["dee"], clients["fay"]
    edition = bo.deposit(changed("One", APPOINT)).digest
    bo.act("propose-edition", {"edition": edition, "title": "Appointments", "reason": "One hand."})
    asked = {"edition": edition, "office": "duty-officer", "due": UNTIL, "question": "May it go?"}
    bo.act("consult-office", asked)
    of = dee.consultations()[0].id
    said = {"edition": edition, "consultation": of, "position": "objects", "text": "The watch."}
    dee.act("answer-consultation", said)
    fay.act("comment-edition", {"edition": edition, "provision": OFFICES, "text": "Why?"})
    fay.act("comment-edition", {"edition": edition, "text": "When?"})
    return edition


def test_what_is_proposed_is_listed_with_how_far_it_is(clients, served, proposed):
    one = next(one for one in clients["fay"].proposals() if one.edition == proposed)
    assert (one.title, one.reason, one.proposer) == ("Appointments", "One hand.", served.keys["bo"])
    assert (one.consulted, one.settled, one.objections, one.unresolved) == (1, 1, 1, 2)
    assert (one.passed, one.checks, one.waits_for) == (0, len(FINDINGS), "examination")
    assert one.root == proposed and one.base == clients["fay"].edition().digest
    assert one.certified is one.promulgated is one.revised is one.withdrawn is None
    assert proposed not in [each.edition for each in clients["fay"].proposals("certified")]


def test_one_proposal_says_what_it_changes_who_was_asked_and_what_is_to_be_examined(
    clients, served, proposed
):
    one = clients["fay"].proposal(proposed)
    assert OFFICES in [each.provision for each in one.differs]
    assert all(each.old != each.new for each in one.differs)
    asked = one.consultations[0]
    assert (asked.office, asked.question, asked.position) == (
        "duty-officer",
        "May it go?",
        "objects",
    )
    assert (asked.answered_by, asked.text, asked.stands) == (served.keys["dee"], "The watch.", True)
    assert {each.check for each in one.examinations} == FINDINGS.keys()
    assert {each.passed for each in one.examinations} == {None}


def test_an_office_finds_what_it_was_asked_and_another_does_not(clients, proposed):
    assert proposed in [one.edition for one in clients["dee"].consultations()]
    assert clients["fay"].consultations() == ()


def test_comments_are_read_in_order_and_say_what_became_of_them(clients, served, proposed):
    first, second = clients["dee"].comments(proposed)
    assert (first.provision, first.text, first.office) == (OFFICES, "Why?", "auditor")
    assert (second.provision, second.text, second.person) == ("", "When?", served.keys["fay"])
    assert first.resolution is None
    resolving = {"edition": proposed, "comment": first.id, "resolution": "answered", "text": "So."}
    clients["cy"].act("resolve-comment", resolving)
    first = clients["dee"].comments(proposed)[0]
    assert (first.resolution, first.answer, first.resolved_by) == (
        "answered",
        "So.",
        served.keys["cy"],
    )


def test_what_is_revised_or_withdrawn_is_listed_as_that(clients):
    bo = clients["bo"]
    one, other = (bo.deposit(changed(name)).digest for name in ("Two", "Three"))
    bo.act("propose-edition", {"edition": one})
    bo.act("revise-edition", {"edition": one, "by": other})
    assert [each.edition for each in bo.proposals("revised")] == [one]
    assert bo.proposal(other).root == one
    bo.act("withdraw-edition", {"edition": other, "reason": "no more"})
    assert [each.edition for each in bo.proposals("withdrawn")] == [other]
    assert {one, other}.isdisjoint(each.edition for each in bo.proposals())


def test_a_program_brings_an_edition_into_force(clients, proposed):
    bo, cy = clients["bo"], clients["cy"]
    edition = bo.deposit(changed("Four")).digest
    bo.act("propose-edition", {"edition": edition})
    with pytest.raises(Refused) as refused:
        cy.act("certify-edition", {"edition": edition})
    assert refused.value.outcome == "needs"
    assert refused.value.missing
    cy.act("examine-edition", {"edition": edition, "findings": FINDINGS})
    cy.act("certify-edition", {"edition": edition})
    assert [one.edition for one in bo.proposals("certified")] == [edition]
    assert bo.proposal(edition).waits_for == "promulgation"
    done = bo.act("promulgate-edition", {"edition": edition})
    assert done.citations == ("Law and Policy Act s. 1(3)",)
    assert bo.edition().digest == edition
    assert [one.edition for one in bo.proposals("promulgated")] == [edition]
    with pytest.raises(Invalid) as wrong:  # what was proposed beside it does not have it in it
        bo.act("revise-edition", {"edition": edition, "by": proposed})
    assert "promulgated already" in wrong.value.errors["edition"]


def test_what_is_asked_wrong_is_answered_with_an_exception(clients, served):
    bo = clients["bo"]
    with pytest.raises(NotFound):
        bo.proposal(NOBODY)
    with pytest.raises(NotFound):
        bo.comments(NOBODY)
    with pytest.raises(Invalid):
        bo.proposal("no-digest")
    with pytest.raises(Invalid):
        bo.comments("no-digest")
    with pytest.raises(Invalid) as wrong:
        bo.proposals("beautiful")
    assert any("of" in name for name in wrong.value.errors)
    with pytest.raises(Invalid) as wrong:
        bo.act("propose-edition", {"edition": NOBODY})
    assert (wrong.value.errors["edition"], wrong.value.help) == (
        "that edition is not deposited",
        "deposit its text first",
    )
    with pytest.raises(Refused):
        clients["fay"].act("propose-edition", {"edition": bo.deposit(changed("Five")).digest})


@pytest.mark.parametrize(
    "asks",
    [
        lambda one: one.proposals(),
        lambda one: one.proposal(NOBODY),
        lambda one: one.comments(NOBODY),
        lambda one: one.consultations(),
    ],
    ids=["proposals", "proposal", "comments", "consultations"],
)
def test_nothing_is_told_without_a_token(served, asks):
    with Client(served.url, "ministry_no") as nobody, pytest.raises(NotAllowed):
        asks(nobody)
