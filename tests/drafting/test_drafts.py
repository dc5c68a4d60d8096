"""Proposals: what is quoted, who bears it, and drafts that compile."""

from hypothesis import given
from hypothesis import strategies as st

from writ.book.load import load_texts
from writ.drafting.blocks import Drafter
from writ.drafting.naming import Lexicon, act_name, office_name
from writ.drafting.proposals import NOTHING, propose

ACT = """\
17(1) When the Minister believes, on reasonable grounds, that a flood is imminent, the Minister may, after consulting \
the council of the region, declare a flood emergency.
(2) The Minister shall table the declaration within 7 days after it is issued.
18 No person shall enter an evacuated area unless authorized by a peace officer.
19 The Director shall:
(a) report to the Minister at least annually;
(b) notify the Prime Minister on receipt of a warning; and
(c) subject to section 17(1), publish the register not later than March 31, 2027.
20 A resident has the right to compensation. The Minister need not publish the amounts.
21 Records shall be kept by the Director for 10 years.
22 Standards will be developed. This Act may be cited as the Flood Act.
"""


def drafts(text: str, lexicon: Lexicon = NOTHING, least: float = 0.5) -> list[str]:
    found = propose(text, least)
    drafter = Drafter(lexicon, frozenset(each.label for each in found))
    return [drafter.draft(each, number).block for number, each in enumerate(found, 1)]


def compiled(text: str, least: float = 0.5) -> list[str]:
    """The codes of what the compiler says of a book of all the drafts, each name declared once."""
    found = propose(text, least)
    drafter = Drafter(NOTHING, frozenset(each.label for each in found))
    declared: dict[tuple[str, str], str] = {}
    norms = []
    for number, each in enumerate(found, 1):
        draft = drafter.draft(each, number)
        for sort, name, words in draft.declarations:
            yes_no = ": yes-no" if sort == "fact" else ""
            declared.setdefault((sort, name), f'{sort} {name}{yes_no} "{words}"')
        norms.append(draft.norm)
    words = "\n".join(declared.values())
    body = "".join(f"## {norm.split()[1]} text\n\n```writ\n{norm}```\n\n" for norm in norms)
    act = (
        "---\nid: act\ntitle: An Act\nkind: statute\nin-force: 2026-01-01\ntop: true\n---\n\n"
        f"## Names\n\n```writ\n{words}\n```\n\n{body}"
    )
    _, diagnostics = load_texts({"book.md": "---\nbook: b\ntitle: B\n---\n", "act.md": act})
    return [each.code for each in diagnostics]


def test_the_evidence_is_the_text_itself() -> None:
    found = propose(ACT)
    assert [(each.label, each.kind) for each in found] == [
        ("17(1)", "power"),
        ("17(2)", "duty"),
        ("18", "prohibition"),
        ("19(a)", "duty"),
        ("19(b)", "duty"),
        ("19(c)", "duty"),
        ("20", "right"),
        ("20", "permission"),
        ("21", "duty"),
    ]
    for each in found:
        assert ACT[each.span.start : each.span.end] == each.quote
        assert ACT[each.bearer_span.start : each.bearer_span.end] == each.bearer
        assert each.reasons


def test_a_draft_says_it_in_the_language() -> None:
    written = drafts(ACT)
    assert written[0] == (
        'office minister "Minister"\n'
        'act declare-flood-emergency "declare a flood emergency"\n'
        "fact minister-believes-reasonable-grounds-flood: yes-no "
        '"the Minister believes, on reasonable grounds, that a flood is imminent"\n'
        'act consulting-council-region "consulting the council of the region"\n\n'
        "power 17(1)\n"
        "  minister may declare-flood-emergency\n"
        "  after consulting-council-region\n"
        "  when minister-believes-reasonable-grounds-flood\n"
    )
    assert "no one may not enter-evacuated-area" not in written[2]
    assert "no one may enter-evacuated-area\n  unless authorized-peace-officer" in written[2]
    assert "director must report-minister\n  to minister\n  every 1 year" in written[3]
    assert "  on receipt-warning" in written[4]
    assert "  by 2027-03-31\n  subject to 17(1)" in written[5]
    assert "director must keep-records" in written[8]


def test_the_drafts_of_an_act_compile_together() -> None:
    assert compiled(ACT) == []


def test_the_bearer_of_a_list_comes_from_the_nearest_lead_in() -> None:
    text = (
        "6. RESPONSIBILITIES\nThe Director, DIA, shall:\n"
        "6.1. Human Intelligence\n"
        "6.1.1. Serve as the manager of the program. The DHM shall:\n"
        "6.1.1.1. Assess its effectiveness.\n"
        "6.2. Operate the center.\n"
        "7. POLICY\nThis Directive:\na. Cancels another directive.\n"
        "8. SECRETARY OF THE ARMY.\na. Maintains the register.\n"
    )
    assert [(each.label, each.bearer) for each in propose(text, 0)] == [
        ("6.1.1", "The Director, DIA"),
        ("6.1.1.1", "The DHM"),
        ("6.2", "The Director, DIA"),
        ("8(a)", "SECRETARY OF THE ARMY"),
    ]


def test_names_of_the_book_are_used_where_they_fit() -> None:
    lexicon = Lexicon(
        {"minister-of-works": "Minister"},
        {"table-notice": "table the declaration", "keep-records": "x"},
    )
    written = drafts(
        "2 The Minister shall table the declaration. The Minister shall keep records.", lexicon
    )
    assert written == [
        "duty 2\n  minister-of-works must table-notice\n",
        "duty 2\n  minister-of-works must keep-records\n",
    ]


def test_two_acts_of_one_name_are_told_apart() -> None:
    text = "The Head shall report a, b, and c in May. The Head shall report a, b, and c, if asked by x."
    acts = [
        line.split()[1]
        for each in drafts(text, least=0)
        for line in each.splitlines()
        if line[:4] == "act "
    ]
    assert len(acts) == len(set(acts)) == 2


def test_names_are_names_of_the_language() -> None:
    assert (
        act_name("Establishes, maintains, and monitors the policy, in accordance with law")
        == "establish-policy"
    )
    assert (
        office_name("The Under Secretary of Defense for Policy (USD(P))")
        == "under-secretary-of-defense-for-policy"
    )
    assert office_name("2nd Board") == "x-2nd-board"


WORDS = st.sampled_from(
    (
        "The", "the", "Minister", "Director,", "shall", "may", "not", "must", "no", "person", "who", "to", "report",
        "unless", "if", "within", "7", "days", "after", "of", "annually", "(a)", "(b)", "3.", "4.1.", ":", ";", ".",
        "—", '"', "on", "receipt", "order", "when", "is", "subject to section 5", "be kept", "by", "each", "yes",
        "grant", "has", "right", "power",
    )
)  # fmt: skip


@given(st.lists(WORDS, max_size=40), st.sampled_from([" ", "\n"]))
def test_whatever_is_written_every_draft_compiles(words: list[str], joint: str) -> None:
    text = "The Minister shall act.\n" + joint.join(words)
    for each in propose(text, 0):
        assert text[each.span.start : each.span.end].split() == each.quote.split()
    assert compiled(text, 0) == []


def test_a_modal_about_whom_does_not_end_a_list() -> None:
    text = "19 The Director shall:\n(a) name a lead who will attend the meetings;\n(b) ensure that units will comply.\n"
    assert [(each.label, each.bearer, each.quote) for each in propose(text)] == [
        ("19(a)", "The Director", "name a lead who will attend the meetings"),
        ("19(b)", "The Director", "ensure that units will comply."),
    ]


def test_what_is_done_by_somebody_is_theirs_and_not_of_a_form_that_they_provide() -> None:
    (by,) = propose("4 The list shall be kept current by the Keeper of Lists.")
    assert (by.bearer, by.act) == ("the Keeper of Lists", "keep The list")
    (unnamed,) = propose(
        "4 No fee shall be paid unless a form provided by the Minister is signed.", 0
    )
    assert (unnamed.kind, unnamed.bearer) == ("prohibition", "")
    assert unnamed.confidence < 0.5
    assert "bearer-to-be-named may not pay-fee" in drafts(unnamed.quote, least=0)[0]


def test_who_holds_an_office_is_read_from_the_text() -> None:
    text = (
        "3 The Director, DIA, shall serve as the Keeper of Maps (KM), and the Head of Charts.\n"
        "4 The Keeper of Maps shall keep them. The KM shall show them. The Clerk shall copy them.\n"
        "5 The Head of Charts may issue charts.\n"
    )
    found = propose(text)
    assert [(each.bearer, each.holder) for each in found] == [
        ("The Director, DIA", ""),
        ("The Keeper of Maps", "The Director, DIA"),
        ("The KM", "The Director, DIA"),
        ("The Clerk", ""),
        ("The Head of Charts", "The Director, DIA"),
    ]
    assert "the text makes “The Director, DIA” serve as “The KM”" in found[2].reasons


SEVERAL = """\
Section 33
(1) Where the officer believes that it floods, the officer may enter a house, but shall report it within 24 hours.
(2) The Chair shall, before the vote, consult the Board and shall publish its advice, and may add a comment.
(3) The keeper must submit to the Speaker, not later than March 31 of each year, a report on the gates.
(4) The owner shall pay a fee and shall be heard. A person who has asked and may wait shall be told.
(5) The Board shall tell the member that the Chair has agreed and may sign.
"""


def test_a_subject_with_several_modals_bears_a_norm_for_each():
    found = [(each.label, each.kind, each.bearer, each.act) for each in propose(SEVERAL, 0)]
    assert found[:6] == [
        ("33(1)", "permission", "the officer", "enter a house"),
        ("33(1)", "duty", "the officer", "report it"),
        ("33(2)", "duty", "The Chair", "consult the Board"),
        ("33(2)", "duty", "The Chair", "publish its advice"),
        ("33(2)", "permission", "The Chair", "add a comment"),
        ("33(3)", "duty", "The keeper", "submit to the Speaker a report on the gates"),
    ]
    # What is done to the subject, and what a clause says of another, is no norm of its own.
    assert next(each[3] for each in found if each[0] == "33(4)") == "pay a fee and shall be heard"
    assert [each[1] for each in found if each[0] == "33(5)"] == ["duty"]


def test_each_of_several_norms_quotes_its_own_words():
    entry, report, *_ = propose(SEVERAL, 0)
    for each in (entry, report):
        assert SEVERAL[each.span.start : each.span.end] == each.quote
        assert SEVERAL[each.bearer_span.start : each.bearer_span.end] == "the officer"
    assert entry.quote.endswith("enter a house") and report.quote.startswith("shall report")
    assert any("whether “Where the officer" in each for each in report.reasons)
    assert not compiled(SEVERAL, 0)
