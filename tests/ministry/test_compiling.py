"""An edition is compiled from what differs of the last one, and is what compiling all of it would give."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ministry.editions import compiling, content
from tests.book.law import COMPARED
from tests.ministry.people import texts
from writ.book.workspace import Workspace

FILE = "organisation-act.md"
BROKEN = "\n\n### 99 Broken\n\nText.\n\n```writ\npower 99\n  nobody-known may fly\n```\n"


def amended(number: int) -> dict[str, str]:
    """The model ministry with a further provision, said in one of many ways."""
    files = texts()
    return {**files, FILE: f"{files[FILE]}\n\n### {900 + number} Further\n\nSaid {number} times.\n"}


EDITIONS = [
    texts(),
    amended(1),
    amended(2),
    {**texts(), "note.md": "# A note\n\nNo law.\n"},
    {name: text for name, text in texts().items() if name != "assurances.md"},
    {**texts(), FILE: texts()[FILE] + BROKEN},
]


def said(files: dict[str, str], how) -> object:
    try:
        book = how(files)
        return {name: vars(book)[name] for name in COMPARED}
    except content.NotABook as error:
        return [(one.code, one.span, one.message) for one in error.found]


AFRESH = [said(files, content.compiled) for files in EDITIONS]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(range(len(EDITIONS))), min_size=2, max_size=6))
def test_whatever_was_compiled_before_the_book_is_the_same(order):
    compiling.forget()
    for number in order:
        found = said(EDITIONS[number], compiling.book_of)
        assert found == AFRESH[number]


def test_a_book_that_was_given_out_is_not_changed_by_the_next():
    compiling.forget()
    first = compiling.book_of(EDITIONS[0])
    before = dict(first.sources), first.norms
    compiling.book_of(EDITIONS[1])
    assert (dict(first.sources), first.norms) == before


def test_only_the_file_that_differs_is_read_again(monkeypatch):
    compiling.forget()
    compiling.book_of(EDITIONS[0])
    monkeypatch.setattr(Workspace, "of_texts", None)
    read = []
    update = Workspace.update
    monkeypatch.setattr(
        Workspace, "update", lambda self, name, text: (read.append(name), update(self, name, text))
    )
    compiling.book_of(EDITIONS[1])
    assert read == [FILE]


def test_an_edition_that_stops_half_way_leaves_nothing_half_changed(monkeypatch):
    compiling.forget()
    compiling.book_of(EDITIONS[0])

    def stopped(self, name, text):
        raise MemoryError

    with monkeypatch.context() as change, pytest.raises(MemoryError):
        change.setattr(Workspace, "update", stopped)
        compiling.book_of(EDITIONS[1])
    assert said(EDITIONS[2], compiling.book_of) == AFRESH[2]
