"""A cache may save work, and may never change an answer."""

import os
from pathlib import Path

import pytest

from tests.book.law import WORDS, instrument, same
from tests.book.test_load import example, write
from writ.book import cache, store
from writ.book.cache import load_cached
from writ.book.load import load_book
from writ.book.store import FOLDER, Store


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return example(tmp_path / "example")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were parsed since the test began."""
    names: list[str] = []
    plain = cache.parse_all

    def counted(contents: dict[str, bytes], found: cache.Parsed) -> cache.Parsed:
        names.extend(contents)
        return plain(contents, found)

    monkeypatch.setattr(cache, "parse_all", counted)
    return names


def check(folder: Path) -> None:
    """The cache gives what a fresh load gives."""
    book, diagnostics = load_book(folder)
    cached, again = load_cached(folder)
    assert same(book, cached)
    assert diagnostics == again


def test_an_unchanged_book_is_not_parsed_again(folder: Path, parsed: list[str]) -> None:
    check(folder)
    assert sorted(parsed) == ["acts/law.md", "book.md", "words.md"]
    check(folder)
    assert len(parsed) == 3


def test_only_an_edited_file_is_parsed_again(folder: Path, parsed: list[str]) -> None:
    check(folder)
    parsed.clear()
    write(folder, {"acts/law.md": instrument("power 2\n  minister may sign")})
    check(folder)
    assert parsed == ["acts/law.md"]


def test_an_edit_that_keeps_time_and_size_is_seen(folder: Path) -> None:
    path = folder / "acts/law.md"
    check(folder)
    before = path.stat()
    path.write_text(path.read_text().replace("power 1", "power 2"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    check(folder)
    assert load_cached(folder)[0].norms[0].label == "2"


def test_added_renamed_and_removed_files_are_seen(folder: Path) -> None:
    check(folder)
    write(folder, {"acts/more.md": instrument("power 1\n  senate may sign", "more")})
    check(folder)
    (folder / "acts/more.md").rename(folder / "acts/other.md")
    check(folder)
    (folder / "acts/other.md").unlink()
    check(folder)


def test_diagnostics_are_kept_with_the_book(folder: Path) -> None:
    write(folder, {"acts/law.md": instrument("power 1\n  ministre may sign\npower 2\n  bad line")})
    check(folder)
    check(folder)
    assert {each.code for each in load_cached(folder)[1]} >= {"V201"}


def test_every_kind_of_default_comes_back(folder: Path) -> None:
    words = """
kind tone
  mild
fact a: yes-no, yes if not stated
fact b: number of days, 3 days if not stated
fact c: number, 2.5 if not stated
fact d: date, 2020-01-01 if not stated
fact e: date, 2020-01-01T10:00+02:00 if not stated
fact f: duration, 3 days if not stated
fact g: tone, mild if not stated
fact h: text, "2020-01-01" if not stated
fact i: person-id, unknown if not stated
calendar town
  zone Europe/Paris
  holiday easter - 2 days "Good Friday"
  sitting senate 2022-02-15
"""
    write(folder, {"words.md": instrument(WORDS + words, "words")})
    check(folder)
    cached = load_cached(folder)[0]
    fresh = load_book(folder)[0].vocabulary.attributes
    for slot, item in cached.vocabulary.attributes.items():
        assert item.default == fresh[slot].default
        assert type(item.default) is type(fresh[slot].default)


@pytest.mark.parametrize("name", ["book", "trees"])
def test_a_cache_cut_short_anywhere_is_ignored(folder: Path, name: str) -> None:
    load_cached(folder)
    path = folder / FOLDER / name
    whole = path.read_bytes()
    for size in (0, 1, 31, 32, 33, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        check(folder)


@pytest.mark.parametrize("name", ["book", "trees"])
def test_a_damaged_cache_is_ignored(folder: Path, name: str) -> None:
    load_cached(folder)
    path = folder / FOLDER / name
    whole = path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 23)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        check(folder)


def test_a_cache_made_with_another_key_is_ignored(folder: Path, tmp_path: Path) -> None:
    check(folder)
    (tmp_path / "home/writ/key").write_bytes(b"k" * 32)
    check(folder)


def test_a_cache_of_another_version_is_ignored(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Store.of(folder)
    assert mine is not None
    mine.put("book", b"digest", b"body")
    assert bytes(mine.get("book", b"digest") or b"") == b"body"
    monkeypatch.setattr(store, "program", lambda: b"another")
    assert mine.get("book", b"digest") is None


def test_a_result_is_found_under_its_own_name_and_content_alone(folder: Path) -> None:
    mine = Store.of(folder)
    assert mine is not None
    mine.put("book", b"digest", b"body")
    (mine.folder / "trees").write_bytes((mine.folder / "book").read_bytes())
    assert mine.get("trees", b"digest") is None
    assert mine.get("book", b"digests") is None


def test_a_write_that_fails_leaves_what_was_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Store.of(folder)
    assert mine is not None
    mine.put("book", b"digest", b"body")

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", full)
    mine.put("book", b"digest", b"other")
    assert bytes(mine.get("book", b"digest") or b"") == b"body"
    assert sorted(os.listdir(mine.folder)) == [".gitignore", "book"]


def test_a_book_that_cannot_be_written_beside_is_cached_at_home(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    check(folder)
    assert not (folder / FOLDER).exists()
    assert list((tmp_path / "home/writ").glob("*/book"))


def test_without_any_place_for_a_cache_the_book_loads_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    check(folder)
    assert not (folder / FOLDER).exists()


def test_the_digest_is_of_names_and_contents(folder: Path) -> None:
    first = load_cached(folder)[0].digest
    assert load_cached(folder)[0].digest == first
    (folder / "words.md").rename(folder / "names.md")
    assert load_cached(folder)[0].digest != first
