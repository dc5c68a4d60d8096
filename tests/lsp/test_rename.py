"""Renaming in the four books: whatever is renamed, law, cases and journals mean the same under another name."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lsp.books import BOOKS, HARBOUR
from writ.book.model import Book
from writ.book.place import Place
from writ.engine.cases import read_cases
from writ.journal.read import read_journal
from writ.lsp.analysis.navigation import mentions
from writ.lsp.analysis.rename import Refused, Renamed, prepare, rename
from writ.lsp.analysis.snapshot import CASES, JOURNAL, Snapshot, Space
from writ.lsp.analysis.symbols import Mention, Sort
from writ.lsp.analysis.text import applied

NAMES = sorted(each.name for each in BOOKS.iterdir() if (each / "book.md").is_file())
NEW = "zz-unheard-of"


@cache
def opened(name: str) -> tuple[Space, list[tuple[str, Mention]]]:
    """A book, and every place in it that can be renamed."""
    texts = {
        each.relative_to(BOOKS / name).as_posix(): each.read_text("utf-8")
        for each in sorted((BOOKS / name).rglob("*"))
        if each.suffix == ".md" or each.name.endswith((CASES, JOURNAL))
    }
    space = Space(None, texts)
    snapshot = space.snapshot
    found = [
        (path, each)
        for path in (*snapshot.files, *snapshot.others)
        for each in mentions(snapshot, path)
        if each.symbol.sort is not Sort.CASE
    ]
    return space, found


def texts_after(snapshot: Snapshot, renamed: Renamed) -> dict[str, str]:
    """The files that change."""
    changed = {}
    for path, edits in renamed.edits.items():
        source = snapshot.source(path)
        assert source is not None
        changed[path] = applied(source.text, edits)
    return changed


def meaning(book: Book, new: str = "", old: str = "") -> str:
    """All that a book says, without the places where it says it, with the old name for the new."""

    def plain(item: Any) -> Any:
        if isinstance(item, Place):
            return None
        if isinstance(item, msgspec.Struct):
            fields = {
                name: plain(getattr(item, name))
                for name in item.__struct_fields__
                if name not in ("place", "label_place", "clause_places", "span")
            }
            return [type(item).__name__, fields]
        if isinstance(item, dict):
            return [[plain(key), plain(value)] for key, value in item.items()]
        if isinstance(item, set | frozenset):
            return sorted(repr(plain(each)) for each in item)
        if isinstance(item, tuple | list):
            return [plain(each) for each in item]
        return item.replace(new, old) if new and isinstance(item, str) else item

    parts = (book.vocabulary, book.instruments, book.norms, book.overrides, book.assurances)
    return repr([plain(part) for part in parts])


@cache
def as_it_was(name: str) -> str:
    return meaning(opened(name)[0].snapshot.book)


def mistakes(book: Book, path: str, text: str) -> int:
    if path.endswith(CASES):
        return len(read_cases(book, text, path)[1])
    return len(read_journal(text, book, path)[1]) if path.endswith(JOURNAL) else 0


@settings(max_examples=8)
@given(st.data())
def test_a_book_means_the_same_under_another_name(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    space, places = opened(name)
    snapshot = space.snapshot
    if not snapshot.whole:
        return  # somebody is at work on it
    before = as_it_was(name)
    path, mention = data.draw(st.sampled_from(places))
    symbol = mention.symbol
    label = symbol.sort is Sort.PROVISION
    new = f"{symbol.word}.77" if label else NEW
    try:
        renamed = rename(snapshot, path, mention.start, new)
    except Refused as refused:
        assert "as a whole" in str(refused) or "heading" in str(refused)
        return
    texts = texts_after(snapshot, renamed)
    old_texts = {path: snapshot.source(path).text for path in texts}  # type: ignore[union-attr]
    again = space.settle(texts)
    try:
        assert [each.code for each in again.compiled] == [each.code for each in snapshot.compiled]
        for other, text in texts.items():
            was = mistakes(snapshot.book, other, old_texts[other])
            assert mistakes(again.book, other, text) == was
        if label:
            said = [(norm.kind, norm.act, norm.bearer) for norm in again.book.norms]
            assert said == [(norm.kind, norm.act, norm.bearer) for norm in snapshot.book.norms]
            assert len(again.book.overrides) == len(snapshot.book.overrides)
        else:
            assert meaning(again.book, NEW, symbol.word) == before
        # And back again, which gives the very same texts, unless the old name is that of others too.
        at = next(m.start for m in mentions(again, path) if again_named(again, path, m, new))
        try:
            back = rename(again, path, at, symbol.word)
        except Refused as refused:
            assert symbol.sort in (Sort.ATTRIBUTE, Sort.VALUE), refused
        else:
            assert texts_after(again, back) == old_texts
    finally:
        space.settle(old_texts)


def again_named(snapshot: Snapshot, path: str, mention: Mention, new: str) -> bool:
    return mention.symbol.word == new and mention.symbol.sort is not Sort.CASE


HARBOUR_OPEN = Space(None, HARBOUR).snapshot


def at(path: str, mark: str, beyond: int = 0) -> int:
    source = HARBOUR_OPEN.source(path)
    assert source is not None
    return source.text.index(mark) + beyond


@pytest.mark.parametrize(
    ("mark", "new", "why"),
    [
        ("master may close", "Master", "is not a name"),
        ("master may close", "the master", "is not a name"),
        ("master may close", "", "is not a name"),
        ("master may close", "may", "word of the language"),
        ("master may close", "anyone", "word of the language"),
        ("master may close", "council", "already declared"),
        ("master may close", "urgent", "already declared"),
        ("master may close", "danger", "already an attribute"),
        ("master may close", "high", "already a value"),
        ("danger and", "grade", "already declared"),
        ("high\n", "low", "already has a value"),
        ("2(1)\n  master", "2(2)", "already a provision"),
        ("2(1)\n  master", "x", "not a label"),
        ("2(1)\n  master", "2", "already a provision"),
        ("2(1)\n  master", "7(1)", "as a whole"),
        ("act\ntitle", "rules", "already an instrument"),
    ],
)
def test_what_is_refused(mark: str, new: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        rename(HARBOUR_OPEN, "act.md", at("act.md", mark), new)


def test_where_there_is_no_name() -> None:
    with pytest.raises(Refused, match="no name"):
        prepare(HARBOUR_OPEN, "act.md", at("act.md", "## 2 Closing", 9))


def test_a_book_with_errors_is_not_renamed_in() -> None:
    texts = {**HARBOUR, "rules.md": HARBOUR["rules.md"].replace("when urgent", "when urgnt")}
    with pytest.raises(Refused, match="errors"):
        rename(Space(None, texts).snapshot, "act.md", at("act.md", "master may close"), "boss")


def test_a_provision_takes_its_headings_references_and_citations_along() -> None:
    renamed = rename(HARBOUR_OPEN, "act.md", at("act.md", "## 2 Closing", 3), "3")
    texts = texts_after(HARBOUR_OPEN, renamed)
    assert "## 3 Closing" in texts["act.md"]
    assert "power 3(1)" in texts["act.md"]
    assert "under: act 3(1)" in texts["rules.md"]
    assert "subject to act 3(1)" in texts["rules.md"]
    assert "cites: [s. 3(1)]" in texts["harbour.cases.yaml"]
    assert 'cites "s. 3(1)"' in texts["march.journal"]
    assert set(texts) == {"act.md", "rules.md", "harbour.cases.yaml", "march.journal"}


def test_an_attribute_is_renamed_by_its_bare_name_and_by_its_path() -> None:
    renamed = rename(HARBOUR_OPEN, "rules.md", at("rules.md", "depth below"), "draught")
    texts = texts_after(HARBOUR_OPEN, renamed)
    assert "  draught: number" in texts["act.md"]
    assert "when basin.draught below 3" in texts["rules.md"]
    assert "basin.draught: 9" in texts["harbour.cases.yaml"]
