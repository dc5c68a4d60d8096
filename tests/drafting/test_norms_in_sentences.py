"""What a sentence commands, allows or forbids, to whom, and on which terms."""

import pytest

from writ.drafting.bearers import leads, plain, subject_of
from writ.drafting.clauses import clauses_of
from writ.drafting.modality import modal_of
from writ.drafting.passives import active, passive_of

KINDS = [
    ("The Minister shall table a report.", "duty", "The Minister"),
    ("The Secretary must keep a register.", "duty", "The Secretary"),
    ("The Heads of the Components will comply.", "duty", "The Heads of the Components"),
    ("The Director is responsible for the register.", "duty", "The Director"),
    ("The Agency is required to report.", "duty", "The Agency"),
    ("The Minister may issue an order.", "power", "The Minister"),
    ("The Chair is authorized to convene the board.", "power", "The Chair"),
    ("The owner may keep a copy.", "permission", "The owner"),
    ("The owner need not keep a copy.", "permission", "The owner"),
    ("The officer is not required to give reasons.", "permission", "The officer"),
    ("The officer may not enter.", "prohibition", "The officer"),
    ("No person shall enter the area.", "prohibition", "No person"),
    ("Members are prohibited from voting twice.", "prohibition", "Members"),
    ("A resident has the right to appeal.", "right", "A resident"),
    ("The Board has no power to make orders.", "disability", "The Board"),
    ("A member is immune from suit.", "immunity", "A member"),
    ("A person who may apply shall pay the fee.", "duty", "A person"),
    ("Every employer who employs ten persons shall keep a list and may amend it.", "duty", "Every employer"),
    ("If a member may not act, the Chair shall appoint another.", "duty", "the Chair"),
    ("Where the Minister, on reasonable grounds, believes that it floods, the Minister may issue an order.",
     "power", "the Minister"),
    ("Under the authority, direction, and control of the Secretary of Defense, the Director, DIA, shall report.",
     "duty", "the Director, DIA"),
    ("The Director, DSS, under the authority, direction, and control of the USD(I), shall report.",
     "duty", "The Director, DSS"),
    ("The Minister of Defence, the Minister of Justice and the Solicitor General shall meet.",
     "duty", "The Minister of Defence, the Minister of Justice and the Solicitor General"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "bearer"), KINDS)
def test_the_modal_gives_the_kind_and_its_subject_the_bearer(
    sentence: str, kind: str, bearer: str
) -> None:
    modal = modal_of(sentence)
    assert modal is not None
    assert modal.kind == kind
    subject = subject_of(sentence, modal)
    assert subject is not None
    assert subject.text == bearer == sentence[slice(*subject.span)]


def test_a_statement_of_fact_is_no_norm() -> None:
    assert modal_of("The Agency consists of a Director and staff.") is None


@pytest.mark.parametrize(
    "sentence", ["It shall be so.", "This Directive will expire.", "There may be exceptions."]
)
def test_what_is_no_office_bears_nothing(sentence: str) -> None:
    assert subject_of(sentence, modal_of(sentence)) is None


@pytest.mark.parametrize(
    ("sentence", "is_lead"),
    [
        ("The Director shall:", True),
        ("The Director, DIA:", True),
        ("To meet this, the Director will—", True),
        ("The Director shall do the following:", True),
        ("The Director shall collaborate with industry to:", False),
        ("This Directive:", False),
        ("The mission includes the following functions:", False),
        ("It is policy that:", False),
    ],
)
def test_a_lead_in_names_a_bearer_and_leaves_the_act_to_its_list(
    sentence: str, is_lead: bool
) -> None:
    assert leads(sentence) is is_lead


def test_bearers_are_compared_without_article_aside_and_case() -> None:
    same = (
        "The Director, DSS, under the authority of the USD(I),",
        "DIRECTOR,\nDSS",
        "the Director, DSS",
    )
    assert {plain(each) for each in same} == {"director, dss"}
    assert plain("In this capacity, the ASD(NCB)") == "asd(ncb)"


CLAUSES = [
    ("shall report within 30 days after the end of the emergency.", "within", "30 days", "the end of the emergency"),
    ("shall answer within ten working days of receipt of the request.", "within", "10 working days",
     "receipt of the request"),
    ("shall report not later than 90 days after enactment.", "within", "90 days", "enactment"),
    ("shall report annually.", "every", "1 year", ""),
    ("shall report to it at least once a month.", "every", "1 month", ""),
    ("shall review it every 5 years.", "every", "5 years", ""),
    ("shall publish it not later than March 31, 2027.", "by", "2027-03-31", ""),
    ("shall act upon receipt of a warning.", "on", "", "receipt of a warning"),
    ("may act if a flood is imminent.", "when", "", "a flood is imminent"),
    ("may act after consulting the council.", "after", "", "consulting the council"),
    ("shall act unless the Minister objects.", "unless", "", "the Minister objects"),
    ("may act, subject to sections 5 and 6(2).", "subject to", "5, 6(2)", ""),
    ("may act notwithstanding section 5.", "notwithstanding", "5", ""),
    ("shall report to the Secretary of Defense on it.", "to", "", "the Secretary of Defense"),
    ("shall notify the Prime Minister of it.", "to", "", "the Prime Minister"),
    ("may, on the recommendation of the Board, act.", "after", "", "recommendation of the Board"),
    ("may act with the prior consent of the Minister of Justice if asked.", "after", "",
     "prior consent of the Minister of Justice"),
    ("shall report not later than March 31 of each year.", "every", "1 year", ""),
    ("shall report not later than March 31 of each year.", "note", "",
     "`not later than March 31` has no clause: say it in the act"),
    ("shall act immediately.", "note", "", "`immediately` sets no period"),
    ("shall act 3 days before it, and within 5 days before the vote.", "note", "", "due 5 days before the vote"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "sort", "value", "phrase"), CLAUSES)
def test_a_clause_is_read_from_its_words(words: str, sort: str, value: str, phrase: str) -> None:
    sentence = f"The Director {words}"
    assert (sort, value, phrase) in [each[:3] for each in clauses_of(sentence)]


def test_a_plain_duty_has_no_clauses() -> None:
    assert clauses_of("The Director shall base the plan on studies of the river.") == []


def test_a_day_that_does_not_exist_is_no_deadline() -> None:
    assert clauses_of("The Director shall act not later than February 30, 2027.") == []


@pytest.mark.parametrize(
    ("participle", "verb"),
    [
        ("kept", "keep"),
        ("issued", "issue"),
        ("designated", "designate"),
        ("notified", "notify"),
        ("appointed", "appoint"),
        ("submitted", "submit"),
        ("authorized", "authorize"),
    ],
)
def test_a_participle_gives_its_verb(participle: str, verb: str) -> None:
    assert active(participle) == verb


def test_an_empty_subject_is_not_what_is_done() -> None:
    sentence = "There shall be established a board."
    passive = passive_of(sentence, len("There shall"), "There")
    assert passive == ("establish a board.", None)
