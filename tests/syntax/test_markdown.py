"""The quick reader of Markdown finds what markdown-it finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writ.syntax.markdown import _parse, _scan
from writ.syntax.provisions import label_of

LINES = (
    "",
    "text",
    "text more",
    "# Heading",
    "## 17(1) Heading ##",
    "###### six #",
    "####### seven",
    "#hash",
    "#",
    "# #",
    "#\tTab",
    "   # indented",
    "    # code",
    "```",
    "```writ",
    "```writ file=a.md",
    "````writ",
    "~~~",
    "~~~writ",
    "``` writ",
    "```writ `",
    "``",
    "  ```",
    "    ```",
    "```  ",
    "~~~~",
    "- item",
    "  more",
    "- # heading",
    "- ```writ",
    "1. item",
    "   ```writ",
    "> quote",
    "> # quoted",
    "> ```writ",
    ">",
    "* * *",
    "---",
    "===",
    "- ",
    "+",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<a>",
    "text <b>",
    "\ttab",
    "\t```",
    " text",
    "[a]: b",
    "power 1",
    "\\```",
    "2) item",
    "10. x",
    "-- comment",
    "-",
)


@given(
    st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(("\n", "\r\n")), st.booleans()
)
@settings(max_examples=1500)
def test_the_quick_reader_agrees(lines: list[str], end: str, closed: bool) -> None:
    text = end.join(lines) + (end if closed else "")
    quick = _scan(text, 0)
    if quick is not None:
        assert quick == _parse(text, 0)


def test_an_ordinary_file_is_read_quickly() -> None:
    text = "# A\n\nText, and\n- a list\n- more\n\n1. x\n\n> quote\n\n## 1 B\n\n```writ\n- x\n<a>\n```\n"
    assert _scan(text, 0) is not None


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("17(1) Declaration", "17(1)"),
        ("1.3(c)(5)", "1.3(c)(5)"),
        ("s. 6(1) Objection", "6(1)"),
        ("Art. 5 Collective defence", "5"),
        ("Article IV", "IV"),
        ("Article A", "A"),
        ("§ 1544(b)", "1544(b)"),
        ("§1544 Time", "1544"),
        ("II.2 Powers", "II.2"),
        ("IV Powers", "IV"),
        ("17. Declaration", "17"),
        ("17A", "17A"),
        ("4(b) — Leave", "4(b)"),
        ("A-1 Scope", "A-1"),
        ("Declaration of war", ""),
        ("Emergencies Act", ""),
        ("A treaty", ""),
        ("Civil defence", ""),
        ("1st Session", ""),
        ("2022-02-14 Amendments", ""),
        ("who decides", ""),
        ("", ""),
    ],
)
def test_the_label_of_a_heading(title: str, label: str) -> None:
    assert label_of(title) == label
