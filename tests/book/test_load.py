"""Reading a book from a folder, whatever the folder is like."""

import os
from pathlib import Path

import pytest

from tests.book.law import WORDS, instrument, same
from writ.book.cache import load_cached
from writ.book.load import load_book, load_texts
from writ.book.model import DEFAULT_RANKS
from writ.diagnostics import Diagnostic

BOOK = "---\nbook: example\ntitle: Example\n---\n"


def write(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def example(folder: Path) -> Path:
    texts = {
        "book.md": BOOK,
        "words.md": instrument(WORDS, "words"),
        "acts/law.md": instrument("power 1\n  minister may sign"),
    }
    return write(folder, texts)


def codes(diagnostics: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(each.span.file, each.code) for each in diagnostics]


def test_it_reads_every_markdown_file_beneath_the_folder(tmp_path: Path) -> None:
    book, diagnostics = load_book(example(tmp_path))
    assert diagnostics == []
    assert (book.name, book.title, book.ranks) == ("example", "Example", DEFAULT_RANKS)
    assert list(book.instruments) == ["law", "words"]
    assert list(book.sources) == ["acts/law.md", "book.md", "words.md"]
    assert str(book.span(book.norms[0].place)) == "acts/law.md:11:1"
    assert book.root == str(tmp_path)


def test_it_passes_over_hidden_folders_and_mere_prose(tmp_path: Path) -> None:
    write(example(tmp_path), {".git/law.md": "---\nid: law\n---\n", "README.md": "# Read me"})
    assert load_book(tmp_path)[1] == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    book, diagnostics = load_book(tmp_path / "none")
    assert codes(diagnostics) == [(str(tmp_path / "none"), "V240")]
    assert "does not exist" in diagnostics[0].message
    assert book.norms == ()


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    _, diagnostics = load_book(example(tmp_path) / "book.md")
    assert codes(diagnostics) == [(str(tmp_path / "book.md"), "V240")]


def test_an_empty_folder(tmp_path: Path) -> None:
    _, diagnostics = load_book(tmp_path)
    assert codes(diagnostics) == [("book.md", "V240")]
    assert "no Markdown files" in diagnostics[0].message


def test_a_folder_without_a_book_file(tmp_path: Path) -> None:
    (example(tmp_path) / "book.md").unlink()
    book, diagnostics = load_book(tmp_path)
    assert codes(diagnostics) == [("book.md", "V240")]
    assert len(book.norms) == 1


def test_a_book_without_instruments(tmp_path: Path) -> None:
    _, diagnostics = load_book(write(tmp_path, {"book.md": BOOK}))
    assert codes(diagnostics) == [("book.md", "V240")]
    assert "no instruments" in diagnostics[0].message


def test_links_that_lead_in_circles_or_nowhere(tmp_path: Path) -> None:
    example(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nothing.md")
    book, diagnostics = load_book(tmp_path)
    assert codes(diagnostics) == [("gone.md", "V241"), ("loop.md", "V241")]
    assert len(book.norms) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_hold_it_up(tmp_path: Path) -> None:
    os.mkfifo(example(tmp_path) / "pipe.md")
    assert codes(load_book(tmp_path)[1]) == [("pipe.md", "V241")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (example(tmp_path) / "words.md").chmod(0)
    assert ("words.md", "V241") in codes(load_book(tmp_path)[1])


def test_a_folder_named_like_a_file(tmp_path: Path) -> None:
    (example(tmp_path) / "odd.md").mkdir()
    assert load_book(tmp_path)[1] == []


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (example(tmp_path) / "words.md").write_bytes(b"---\nid: words\n---\n\xff\xfe\n")
    diagnostics = load_book(tmp_path)[1]
    assert ("words.md", "S102") in codes(diagnostics)


def test_texts_without_a_book_file_give_defaults() -> None:
    book, diagnostics = load_texts({"law.md": instrument("act sign")})
    assert diagnostics == []
    assert (book.name, book.ranks) == ("", DEFAULT_RANKS)


def test_the_same_texts_give_the_same_book_in_any_order(tmp_path: Path) -> None:
    book, _ = load_book(example(tmp_path))
    texts = {name: source.text for name, source in book.sources.items()}
    other, _ = load_texts(dict(reversed(texts.items())))
    assert same(book, other)


def test_real_books_load_alike_with_a_cache_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for folder in sorted((Path(__file__).parents[2] / "books").glob("*/")):
        texts = {
            str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*.md")
        }
        copy = write(tmp_path / folder.name, texts)
        book, diagnostics = load_book(copy)
        assert book.norms
        for _ in range(2):
            cached, again = load_cached(copy)
            assert same(book, cached)
            assert diagnostics == again
