"""Where a sentence of law ends, and how its marks are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writ.drafting.passages import passages
from writ.drafting.sentences import enumerated, sentences


def split(text: str) -> list[str]:
    return [each.of(text) for each in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The Act of 1949, c. 11, s. 4(2) applies to No. 7 of the Schedule.",
        "Report under 50 U.S.C. 1541 and Art. 5 of the Treaty.",
        "The U.S. Government (see E.O. 13526. That order governs.) shall act.",
        "Use DoD Directive 5143.01 (Reference (h)) and para. 6 of it.",
        "A permit, e.g. For a vehicle, is required.",
    ],
)
def test_a_stop_in_a_citation_or_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert split(text) == [text]


def test_sentences_end_where_the_next_begins() -> None:
    text = (
        "The Director shall act.  He reports to the U.S. The Minister may object (in writing). No."
    )
    assert split(text) == [
        "The Director shall act.",
        "He reports to the U.S.",
        "The Minister may object (in writing).",
        "No.",
    ]


def test_a_heading_in_capitals_is_not_part_of_its_paragraph() -> None:
    text = "REISSUANCE AND PURPOSE This Directive sets policy."
    assert split(text) == ["REISSUANCE AND PURPOSE", "This Directive sets policy."]


def test_items_listed_in_line_are_apart() -> None:
    text = "The Director shall (a) keep a register; (b) report; and (c) publish it."
    lead, items = enumerated(text)
    assert lead.of(text) == "The Director shall"
    assert [each.of(text) for each in items] == ["keep a register", "report", "publish it."]


def test_a_reference_is_no_list() -> None:
    text = "The duties in (a) of the Schedule stand."
    assert enumerated(text)[1] == []


LISTED = """\
17(1) The Minister may act.
(2) The Minister shall
(a) report; and
(b) publish
(i) a list, and
(ii) a map.
18 No person shall object.
"""


def test_each_item_has_the_label_of_its_place() -> None:
    assert [(each.label, each.text) for each in passages(LISTED)] == [
        ("17(1)", "The Minister may act."),
        ("17(2)", "The Minister shall"),
        ("17(2)(a)", "report; and"),
        ("17(2)(b)", "publish"),
        ("17(2)(b)(i)", "a list, and"),
        ("17(2)(b)(ii)", "a map."),
        ("18", "No person shall object."),
    ]


def test_the_ninth_letter_is_not_a_roman_one() -> None:
    letters = "abcdefghij"
    text = "6.1. The Head shall:\n" + "".join(f"({each}) act.\n" for each in letters)
    assert [each.label for each in passages(text)][1:] == [f"6.1({each})" for each in letters]


def test_what_belongs_to_the_page_is_left_out_and_the_sentence_goes_on() -> None:
    page = "by producing threat assessments within the Agency or validating those of other Defense"
    text = f"6.1.  Support acquisition {page}\n\n4\nDoDD 5105.21, March 18, 2008\nComponents.\n"
    (passage,) = passages(text)
    assert passage.text == f"Support acquisition {page} Components."


def test_markdown_gives_the_label_and_blocks_are_not_read() -> None:
    text = (
        "---\nid: x\n---\n# An Act\n## 4(2) Duty\nThe Head shall act.\n"
        "```writ\noffice shall\n```\n- (a) one\n"
    )
    assert [(each.label, each.text) for each in passages(text)] == [
        ("4(2)", "The Head shall act."),
        ("4(2)(a)", "one"),
    ]


@given(st.text(alphabet='aA1 .;:()\n-#`i—’"', max_size=300))
def test_every_character_of_a_passage_is_where_it_says(text: str) -> None:
    for passage in passages(text):
        for offset, letter in enumerate(passage.text):
            if offset not in {start - 1 for start in passage.starts}:
                assert text[passage.place(offset)] == letter
        found = sentences(passage.text)
        assert all(each.of(passage.text).strip() == each.of(passage.text) for each in found)
        assert [each.start for each in found] == sorted({each.start for each in found})
