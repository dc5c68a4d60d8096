"""A law as a page, as PDF and for Word: how long and how large, beside the same text set by itself.

    python bench/paper.py [FILE.xml | BOOK]

The peers: for the page Markdown to HTML by markdown-it (no norms, no references), for Word its bare paragraphs by
python-docx, each of the same text.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx as word
from markdown_it import MarkdownIt

from writ.book.load import load_book
from writ.formats.legislation.importing import import_law
from writ.formats.paper.docx import docx
from writ.formats.paper.pdf import pdf
from writ.formats.paper.sheet import sheet
from writ.formats.reader.content import words
from writ.formats.reader.page import Shown, page
from writ.formats.reader.source import law_of

LARGEST = Path(__file__).parents[2] / "shared" / "data" / "law" / "us-uslm" / "COMPS-8188.xml"


def measured(name: str, make: Callable[[], bytes]) -> None:
    start = time.process_time()
    data = make()
    print(f"{name:36} {time.process_time() - start:7.2f} s CPU {len(data) / 1e6:8.2f} MB")


def bare(lines: list[str]) -> bytes:
    document, made = word.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else LARGEST
    with tempfile.TemporaryDirectory() as made:
        folder = source
        if source.is_file():
            folder = Path(made, "book")
            folder.mkdir()
            for name, data in import_law(source, "law", "", "")[0].items():
                (folder / name).write_bytes(data)
        book, _ = load_book(folder)
        for item in book.instruments.values():
            law = law_of(book, item)[0]
            text = book.sources[item.place.file].text
            one = sheet(book, law)
            print(f"\n{law.title}: {len(law.pieces):,} pieces")
            measured("page", lambda law=law: page(book, [Shown(book, law, "")]).encode())
            measured("  markdown-it", lambda text=text: MarkdownIt().render(text).encode())
            measured("PDF/UA-1", lambda one=one: pdf(one))
            measured("Word", lambda one=one: docx(one))
            measured("  python-docx, bare paragraphs", lambda law=law: bare(words(law)))


if __name__ == "__main__":
    main()
