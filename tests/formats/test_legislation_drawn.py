"""Files of legislation with their elements moved about, renamed, doubled and dropped: read, written and read again."""

from __future__ import annotations

import re
from copy import deepcopy
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.legislation_samples import ACT, AKN, REGULATION, USLM
from writ.book.load import load_texts
from writ.diagnostics import failed
from writ.formats.legislation.akn_write import akoma_ntoso
from writ.formats.legislation.exporting import same
from writ.formats.legislation.importing import parse_law
from writ.formats.legislation.instruments import Instruments

SAMPLES = (ACT, REGULATION, AKN, USLM)
BLOCK = "\n\n```writ\nact escape\n```\n"
TEXTS = (
    *(
        "x",
        " ",
        "# 1",
        "1. a",
        "```writ",
        "(a)",
        "…",
        "\n---\n",
        "*",
        "2024-01-01",
        "<&>",
        "é\u00a0",
    ),
    *(BLOCK, "\x7f", "\u202e", "\u2028", "../../x"),
)


@st.composite
def files(draw: st.DrawFn) -> str:
    root = ElementTree.fromstring(draw(st.sampled_from(SAMPLES)))
    space, bracket, _ = root.tag.rpartition("}")
    names = [*sorted({each.tag for each in root.iter()}), f"{space}{bracket}unheard-of"]
    for _ in range(draw(st.integers(0, 6))):
        inner = list(root.iter())[1:]
        if not inner:
            break
        one, other = draw(st.sampled_from(inner)), draw(st.sampled_from(inner))
        above = {child: each for each in root.iter() for child in each}
        what = draw(
            st.sampled_from(("drop", "double", "move", "rename", "text", "tail", "attribute"))
        )
        if what == "drop":
            above[one].remove(one)
        elif what == "double":
            twin = deepcopy(one)
            above[one].append(twin)
        elif what == "move" and one not in set(other.iter()) and other not in set(one.iter()):
            above[one].remove(one)
            other.insert(0, one)
        elif what == "rename":
            one.tag = draw(st.sampled_from(names))
        elif what == "text":
            one.text = draw(st.sampled_from(TEXTS))
        elif what == "tail":
            one.tail = draw(st.sampled_from(TEXTS))
        elif what == "attribute":
            name = draw(
                st.sampled_from(("level", "eId", "href", "name", "link", "language", "morerows"))
            )
            one.set(name, draw(st.sampled_from(("", "2", "a b", "x", "#sec_1", "../x", BLOCK))))
    return ElementTree.tostring(root, "unicode")


@settings(max_examples=150, deadline=None)
@given(files())
def test_whatever_the_elements_are_the_law_comes_back_and_compiles(text: str):
    document, found = parse_law(text.encode(), "drawn", "drawn.xml")
    assert document is not None and found == []
    again, found = parse_law(akoma_ntoso(document).encode(), "drawn", "drawn.xml")
    assert again is not None and found == []
    assert same(again, document)
    ids = [each.id for each in document.walk()]
    assert len(ids) == len(set(ids))
    made = Instruments()
    made.add(document, "drawn.xml")
    files = made.files("drawn")
    book, found = load_texts(
        {name: data.decode() for name, data in files.items() if name.endswith(".md")}
    )
    assert not failed(found), found
    assert book.norms == () and not book.vocabulary.acts
    assert all(re.fullmatch(r"[a-z0-9.-]+", name) for name in files)
