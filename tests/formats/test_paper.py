"""A law on paper: all of its words in order, who signs, and the same bytes each time."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tests.formats.legislation_samples import ACT, REGULATION
from writ.book.load import load_book
from writ.book.model import Book
from writ.formats.legislation.importing import import_law
from writ.formats.paper.sheet import Sheet, Signatory, sheet
from writ.formats.reader.content import words
from writ.formats.reader.edition import edition
from writ.formats.reader.source import law_of

pytest.importorskip("docx")
pytest.importorskip("typst")
from writ.formats.paper.docx import docx
from writ.formats.paper.pdf import NotSet, images, pdf

BOOKS = Path(__file__).parents[2] / "books"
NAMES = ("emergencies-act", "eo-13526", "model-ministry", "war-powers")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = (Signatory("governor-in-council", "The Governor in Council"),)


@cache
def real(name: str) -> Book:
    return load_book(BOOKS / name)[0]


def of(book: Book, id: str, **more) -> Sheet:
    return sheet(book, law_of(book, book.instruments[id])[0], SIGNS, **more)


@pytest.fixture(scope="module")
def gates(tmp_path_factory) -> Book:
    source, folder = tmp_path_factory.mktemp("xml"), tmp_path_factory.mktemp("gates") / "book"
    (source / "G-1.xml").write_text(ACT, "utf-8")
    (source / "R-1.xml").write_text(REGULATION, "utf-8")
    made, _ = import_law(source, "gates", "Law of gates", "")
    folder.mkdir()
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return load_book(folder)[0]


def body(data: bytes, part: str = "document") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(f"word/{part}.xml"))


def read(root: etree._Element) -> str:
    paragraphs = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))
    return " ".join(" ".join(paragraphs).split())


def styled(root: etree._Element) -> list[tuple[str, str]]:
    """The style and the text of each paragraph."""
    found = []
    for p in root.iter(f"{W}p"):
        style = p.find(f"{W}pPr/{W}pStyle")
        text = "".join(t.text or "" for t in p.iter(f"{W}t"))
        found.append(("" if style is None else style.get(f"{W}val"), text))
    return found


# --- Word


@pytest.mark.parametrize("name", NAMES)
def test_word_has_the_text_of_every_provision_in_order(name):
    book = real(name)
    id = max(book.instruments, key=lambda id: len(law_of(book, book.instruments[id])[0].pieces))
    text, at = read(body(docx(of(book, id)))), 0
    for each in words(law_of(book, book.instruments[id])[0]):
        found = text.find(each, at)
        assert found >= 0, each
        at = found + len(each)


def test_word_has_the_tables_and_notes_of_imported_law(gates):
    law = law_of(gates, gates.instruments["gates-act"])[0]
    data = docx(of(gates, "gates-act"))
    root, at = body(data), 0
    text = read(root)
    for each in words(law):
        found = text.find(each, at)
        assert found >= 0, each
        at = found + len(each)
    assert root.find(f".//{W}tbl/{W}tr/{W}trPr/{W}tblHeader") is not None
    assert "LawHistory" in {style for style, _ in styled(root)}


def test_word_headings_are_headings_and_word_makes_the_contents():
    data = docx(of(real("emergencies-act"), "emergencies-act"))
    root = body(data)
    headings = [text for style, text in styled(root) if style.startswith("Heading")]
    assert "17(1) Declaring a public order emergency" in headings
    assert any('TOC \\o "1-3"' in (each.text or "") for each in root.iter(f"{W}instrText"))
    footer = " ".join(
        each.text or ""
        for part in ("footer1", "footer2")
        for each in body(data, part).iter(f"{W}instrText")
    )
    assert "PAGE" in footer and "NUMPAGES" in footer


def test_word_says_what_it_is_of():
    from docx import Document

    book = real("emergencies-act")
    data = docx(of(book, "sor-2022-21", date=dt.date(2026, 1, 2)))
    about = Document(io.BytesIO(data)).core_properties
    item = book.instruments["sor-2022-21"]
    assert (about.title, about.keywords, about.language) == (item.title, edition(book), "en-GB")
    assert about.created.date() == dt.date(2026, 1, 2)
    header = read(body(data, "header1"))
    assert edition(book)[:16] in header and item.title.split()[0] in header
    assert edition(book) in read(body(data))


def test_word_gets_the_same_bytes_each_time():
    one = of(real("emergencies-act"), "sor-2022-21", annexed=True)
    assert docx(one) == docx(one)


def test_word_opens_whatever_letters_the_law_has(tmp_path):
    (tmp_path / "book.md").write_text("---\nbook: b\ntitle: B\n---\n", "utf-8")
    (tmp_path / "a.md").write_text(HOSTILE, "utf-8")
    book, _ = load_book(tmp_path)
    text = read(body(docx(of(book, "a", annexed=True))))
    assert "#import" in text and "<w:t>" in text and "�" in text


HOSTILE = (
    "---\nid: a\ntitle: '#panic(1) $x$ <b>'\nkind: statute\ntop: true\nin-force: 2020-01-01\n"
    'cite-as: s. {}\n---\n\n# A\n\n## 1 #import "x.typ" <w:t>\n\n'
    '#read("/etc/passwd") $ \\u{41} ` #{sys.inputs} *a* _b_ @c <d> \\ // /* \u0007 [x]\n\n'
    '| #eval("1") | b |\n|---|---|\n| `#` | ] |\n\n'
    '```writ\noffice m "#m"\nact go "#go $"\npower 1 "#t"\n  m may go\n```\n'
)


# --- the sheet


def test_only_the_provisions_asked_for_are_on_it():
    one = of(real("emergencies-act"), "emergencies-act", provisions=["25"], annexed=True)
    labels = [piece.label for piece in one.pieces if piece.label]
    assert labels and all(label == "25" or label.startswith("25(") for label in labels)
    assert one.part == "s. 25"
    assert one.annex and all(each.cite.startswith("s. 25") for each in one.annex)


def test_the_annex_has_every_norm():
    book = real("emergencies-act")
    one = of(book, "emergencies-act", annexed=True)
    assert len(one.annex) == sum(norm.instrument == "emergencies-act" for norm in book.norms)


def test_the_edition_is_the_digest_of_the_book(tmp_path):
    from writ.book.cache import load_cached

    for each in (BOOKS / "model-ministry").glob("*.md"):
        (tmp_path / each.name).write_bytes(each.read_bytes())
    book, _ = load_book(tmp_path)
    assert edition(book) == load_cached(tmp_path)[0].digest
    file = tmp_path / "basic-law.md"
    file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert edition(load_book(tmp_path)[0]) != edition(book)


# --- PDF


@pytest.mark.parametrize("standard", ["ua-1", "a-2b", "a-3b", "a-2a+ua-1"])
def test_pdf_is_made_to_the_profile(standard, gates):
    data = pdf(of(gates, "gates-act", annexed=True), standard)
    assert data.startswith(b"%PDF-1.7")
    said = data[data.rfind(b"<?xpacket begin") :] if b"<?xpacket begin" in data else data
    for each in standard.split("+"):
        kind = b"pdfuaid:part" if each.startswith("ua") else b"pdfaid:part"
        assert kind in said, each
    assert re.search(rb"/MarkInfo|/StructTreeRoot", data)


def test_every_profile_that_is_offered_is_one():
    from writ.cli.papers import STANDARDS as OFFERED
    from writ.formats.paper.pdf import STANDARDS

    assert tuple(STANDARDS) == OFFERED


def test_pdf_gets_the_same_bytes_each_time(gates):
    one = of(gates, "gates-act")
    assert pdf(one) == pdf(one)
    assert pdf(one) != pdf(one._replace(place="Ottawa"))


def test_pdf_has_only_its_own_fonts(gates):
    data = pdf(of(gates, "gates-act"))
    named = set(re.findall(rb"/FontName\s*/(?:[A-Z]{6}\+)?([\w-]+)", data))
    assert not named or all(
        each.startswith((b"LibertinusSerif", b"DejaVuSansMono")) for each in named
    )


def test_pdf_takes_no_word_of_the_law_for_markup(tmp_path):
    (tmp_path / "book.md").write_text("---\nbook: b\ntitle: B\n---\n", "utf-8")
    (tmp_path / "a.md").write_text(HOSTILE, "utf-8")
    book, found = load_book(tmp_path)
    assert [each.message for each in found if each.severity == "error"] == []
    assert pdf(of(book, "a", annexed=True)).startswith(b"%PDF")
    # A law of the same length without the signs takes as many pages: nothing was run.
    assert len(images(of(book, "a", annexed=True), ppi=10)) == 3


def test_pdf_refuses_letters_that_it_has_no_font_for(tmp_path):
    (tmp_path / "book.md").write_text("---\nbook: b\ntitle: B\n---\n", "utf-8")
    (tmp_path / "a.md").write_text(HOSTILE.replace("[x]", "\u4e2d\u6587"), "utf-8")
    book, _ = load_book(tmp_path)
    with pytest.raises(NotSet):
        pdf(of(book, "a"), "a-2b")
    assert pdf(of(book, "a"), "1.7").startswith(b"%PDF")


# --- the commands


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_command_writes_a_law_to_sign(run, tmp_path, form):
    made = tmp_path / f"law.{form}"
    law = BOOKS / "emergencies-act" / "sor-2022-21.md"
    asked = ("--signatory", "governor-in-council", "--date", "2026-01-02", "--place", "Ottawa")
    assert run("export", form, law, "-o", made, *asked).status == 0
    data = made.read_bytes()
    assert data.startswith(b"%PDF" if form == "pdf" else b"PK")
    if form == "docx":
        text = read(body(data))
        assert text.endswith("Governor in Council Name Place Ottawa Date 2026-01-02")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--signatory", "governor-in-counci"), "did you mean `governor-in-council`?"),
        (("--signatory", "resident"), "is no office or body of the book"),
        (("--provision", "999"), "is no provision of `sor-2022-21`"),
        (("--date", "yesterday"), "is no day"),
    ],
)
def test_the_command_refuses_what_the_book_has_not(run, tmp_path, asked, said):
    made = tmp_path / "law.docx"
    ran = run("export", "docx", BOOKS / "emergencies-act" / "sor-2022-21.md", "-o", made, *asked)
    assert ran.status == 2
    assert said in ran.err
    assert not made.exists()


def test_the_command_writes_a_book_into_a_folder(run, tmp_path):
    folder = tmp_path / "papers"
    assert run("export", "pdf", BOOKS / "war-powers", "-o", folder).status == 0
    made = {each.stem for each in folder.iterdir()}
    assert made == set(real("war-powers").instruments)


@pytest.mark.parametrize(("form", "library"), [("docx", "docx"), ("pdf", "typst")])
def test_without_its_library_it_says_what_to_install(run, tmp_path, monkeypatch, form, library):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == library else find(name)
    )
    ran = run("export", form, BOOKS / "war-powers", "-o", tmp_path / "x")
    assert ran.status == 2
    assert "pip install 'writ[paper]'" in ran.err
