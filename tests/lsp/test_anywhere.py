"""Whatever is written, and wherever the pointer stands, every question has an answer and none raises."""

from __future__ import annotations

import contextlib
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lsp.books import HARBOUR
from writ.lsp.analysis.completion import complete
from writ.lsp.analysis.findings import alone, extent, of_text
from writ.lsp.analysis.fixes import fixes
from writ.lsp.analysis.hover import hover
from writ.lsp.analysis.lenses import lenses
from writ.lsp.analysis.navigation import (
    declarations,
    highlights,
    mention_at,
    mentions,
    references,
)
from writ.lsp.analysis.outline import folds, links, outline, search
from writ.lsp.analysis.rename import Refused, rename
from writ.lsp.analysis.signature import signature
from writ.lsp.analysis.snapshot import Snapshot, Space
from writ.lsp.analysis.text import Edit, applied
from writ.lsp.analysis.tokens import SORTS, tokens
from writ.syntax.parser import parse_text

PIECES = st.sampled_from(
    [
        "", "\n", "\r\n", "\r", " ", ".", ":", ",", "{", "(", '"', "-", "--", "```", "```writ\n", "---\n",
        "when ", "is ", "by ", "of ", "in ", "master", "alarm", "danger", "2(1)", "2020-02-30",
        "2024-02-29", "cases:\n  - ", "- id: x\n", "&a ", "*a", "did ", "expect ", "some x in ", "😀", "\x00", "\u2028",
        "grant.", "actor.", "basin.", "no one may ", "assurance Z\n  every ", "duty\n  ", "lapse 9\n  ",
    ]
)  # fmt: skip
PATHS = st.sampled_from(sorted(HARBOUR))


@settings(max_examples=150)
@given(
    PATHS,
    st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 25), PIECES), max_size=4),
    st.lists(st.integers(0, 1600), min_size=1, max_size=6),
)
def test_every_question_has_an_answer(
    path: str, made: list[tuple[int, int, str]], places: list[int]
) -> None:
    text = HARBOUR[path]
    for start, length, new in made:
        text = text[:start] + new + text[start + length :]
    space = Space(None, HARBOUR)
    # The names are those of the state before: the text is newer than the snapshot.
    for at in places:
        complete(space.snapshot, path, text, min(at, len(text)))
    space.settle({path: text})
    checked = space.check()
    assert checked is not None
    ask_everything(checked, path, text, places)


def ask_everything(snapshot: Snapshot, path: str, text: str, places: list[int]) -> None:
    for each in mentions(snapshot, path):
        assert 0 <= each.start <= each.end <= len(text)
    for at in places:
        at = min(at, len(text))
        offered = complete(snapshot, path, text, at)
        assert 0 <= offered.start <= offered.end == at
        signature(text, at)
        hover(snapshot, path, at)
        highlights(snapshot, path, at)
        found = mention_at(snapshot, path, at)
        if found is not None:
            declarations(snapshot, found.symbol)
            references(snapshot, found.symbol)
        with contextlib.suppress(Refused):
            rename(snapshot, path, at, "another-name")
    for item in outline(path, text):
        assert 0 <= item.start <= item.end <= len(text)
    for first, last in folds(text):
        assert 0 <= first < last <= text.count("\n")
    links(snapshot, path)
    lenses(snapshot, path)
    search(snapshot, text[:3])
    of_text(snapshot, path, text)
    alone(path, text)
    file, _ = parse_text(path, text)
    coloured = tokens(text, file, snapshot.mentions(path), snapshot.lexicon)
    for one, other in itertools.pairwise(coloured):
        assert one.end <= other.start
    assert all(one.sort in SORTS for one in coloured)
    for wrong in snapshot.diagnostics:
        source = snapshot.source(wrong.span.file)
        if source is not None:
            start, end = extent(source, wrong.span)
            assert 0 <= start <= end <= len(source.text)
        for fix in fixes(snapshot, wrong):
            for changed, edits in fix.edits.items():
                held = snapshot.source(changed)
                assert held is not None
                assert all(0 <= e.start <= e.end <= len(held.text) for e in edits)
                applied(held.text, [Edit(*each) for each in edits])
