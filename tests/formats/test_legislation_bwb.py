"""Dutch law and treaties in Markdown: articles, paragraphs, languages and days; every word, in order."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import Run
from tests.formats.legislation_samples import LAW, files
from tests.formats.test_legislation_akn import complaints
from writ.book.load import load_texts
from writ.diagnostics import failed
from writ.formats.legislation.akn_write import akoma_ntoso
from writ.formats.legislation.bwb_lines import item_of, language_of
from writ.formats.legislation.exporting import same
from writ.formats.legislation.importing import import_law, parse_bwb, parse_law, read_laws
from writ.formats.legislation.instruments import Instruments
from writ.formats.legislation.labels import labels_of
from writ.formats.legislation.model import Document
from writ.formats.legislation.text import text_of

SAMPLES = Path(__file__).parent / "legislation"
TREATY, DECREE = (SAMPLES / f"{name}.md" for name in ("treaty", "regeling"))


def documents(path: Path, key: str) -> tuple[Document, ...]:
    found, wrong = parse_bwb(path.read_bytes(), key, path.name)
    assert wrong == []
    return found


def test_a_treaty_in_two_languages_is_two_documents_of_one_work():
    english, dutch = documents(TREATY, "BWBV0000001")
    assert {english.key, dutch.key} == {"BWBV0000001"}
    assert (english.language, english.title) == ("en", "TREATY ON GATES")
    assert (dutch.language, dutch.title) == ("nl", "VERDRAG INZAKE POORTEN")
    # The day stands in the English text alone, and is that of the treaty.
    assert english.enacted == dutch.enacted == dt.date(1949, 4, 4)
    assert english.kind == dutch.kind == "treaty"


def test_articles_paragraphs_and_items_are_provisions_with_the_labels_that_people_cite():
    english, dutch = documents(TREATY, "BWBV0000001")
    found = {label: id for id, label in labels_of(english).items()}
    assert list(found) == [
        *("I", "I(a)", "I(b)", "I(b)(i)", "I(b)(ii)"),
        *("2", "2(1)", "2(2)", "2(2)(a)", "2(2)(c)"),
    ]
    texts = {each.id: text_of(each) for each in english.walk()}
    assert texts[found["I(b)(ii)"]] == "(ii) able to lift a bar."
    assert texts[found["I"]] == "Article I For the purpose of the present Treaty:"
    assert texts[found["2(2)"]] == "2. The toll is 1/2 crown for"
    assert texts["part_I"] == "PART I General"
    # What is declared beside a treaty has numbers of its own, which are not those of the treaty.
    assert list(labels_of(dutch).values()) == ["I", "2", "2(1)", "2(2)"]


def test_a_decree_has_its_days_its_authority_and_its_short_title():
    (decree,) = documents(DECREE, "BWBR0000009")
    assert (decree.kind, decree.language, decree.short_title) == (
        "regulation",
        "nl",
        "Poortenbesluit",
    )
    assert (decree.enacted, decree.in_force) == (dt.date(1996, 4, 3), dt.date(1996, 7, 1))
    assert not decree.pending  # one article waits, and not the decree
    (link,) = decree.links
    assert (link.kind, link.target, link.label) == ("enabling", "BWBR0000001", "2(2)")
    assert list(labels_of(decree).values()) == [
        *("1", "1(a)", "1(b)", "1(b)(1)", "1(b)(2)", "2a", "2a(1)", "3"),
    ]
    kinds = [(each.kind, each.id) for each in decree.walk()]
    chapter = kinds.index(("chapter", "chp_2"))
    assert ("subchapter", "chp_1__subchapter_1.1") in kinds[:chapter]
    (article,) = [each for each in decree.walk() if each.id == "art_2a"]
    (lead,) = article.provisions()
    assert [each.kind for each in lead.provisions()] == ["indent", "indent"]
    (closing,) = [each for each in decree.walk() if each.kind == "closing"]
    assert text_of(closing).endswith("geplaatst. A. Jansen")  # who signs is no item A


def test_a_treaty_that_is_not_in_force_waits():
    text = "##Verdrag\n\nTreedt in werking op een nader te bepalen tijdstip\n\n### Artikel 1\n\nDe poort is open.\n"
    (waiting,), _ = parse_bwb(text.encode(), "BWBV0000003", "BWBV0000003.md")
    assert waiting.pending
    made = Instruments()
    made.add(waiting, "BWBV0000003.md")
    (front,) = (data for name, data in made.files("x").items() if name == "verdrag.md")
    assert b"kind: treaty\n" in front and b"in-force: on commencement\n" in front


@pytest.mark.parametrize(
    ("line", "number", "style"),
    [
        ("1.  De wachter", "1.", "dot:1"),
        ("(a)“gate”", "(a)", "paren:a"),
        ("e.het opstellen", "e.", "dot:a"),
        ("1°. ten aanzien van", "1°.", "degree:1"),
        ("–het in artikel 11", "–", "dash"),
        ("2) tweede", "2)", "half:1"),
    ],
)
def test_the_number_of_a_paragraph_is_told_from_its_words(line: str, number: str, style: str):
    item = item_of(line)
    assert item is not None
    assert (item.number, item.style, item.number + item.rest) == (
        number,
        style,
        re.sub(r"(?<=\.|\)) +", "", line, count=1),
    )


@pytest.mark.parametrize("line", ["10.000 euro", "3 april 1996", "De poort", "a.", "Gegeven te X"])
def test_what_is_no_number_of_a_paragraph_is_text(line: str):
    assert item_of(line) is None


def test_languages_are_told_by_their_small_words():
    assert language_of("The keeper shall open the gate of the town to any person.") == "en"
    assert language_of("De wachter opent de poort van het dorp voor een ieder.") == "nl"
    assert language_of("Le gardien ouvre la porte de la ville et les tours du pays.") == "fr"
    assert language_of("Tariff 1 2 3") == ""


def plain(text: str) -> str:
    """The letters of a file without its marks, read a second way."""
    text = re.sub(r"\A\s*<meta[^>]*>|(?m:^ *#+)|</?su[bp]>|[*|]|:?-{3,}:?", "", text)
    text = re.sub(r"\[([^\[\]]+)\]\([^()\s]*\)", r"\1", text)
    return "".join(text.split())


def words(value: object) -> str:
    if isinstance(value, str):
        return value
    parts = (getattr(value, part, ()) or () for part in ("head", "runs", "body"))
    return "".join(words(each) for part in parts for each in part)


def check(found: tuple[Document, ...], source: str, name: str) -> None:
    assert plain("".join(map(words, found))) == plain(source), name
    made = Instruments()
    for document in found:
        again, wrong = parse_law(akoma_ntoso(document).encode(), "x", "x.xml")
        assert again is not None and wrong == [] and same(again, document), name
        ids = [each.id for each in document.walk()]
        assert len(ids) == len(set(ids)), name
        made.add(document, name)
    texts = {path: data.decode() for path, data in made.files("x").items() if path.endswith(".md")}
    book, wrong = load_texts(texts)
    assert not failed(wrong), (name, wrong)
    assert book.norms == ()


@pytest.mark.parametrize(("path", "key"), [(TREATY, "BWBV0000001"), (DECREE, "BWBR0000009")])
def test_every_word_is_there_in_order_and_comes_back_from_akoma_ntoso(path: Path, key: str):
    check(documents(path, key), path.read_text("utf-8"), path.name)


def test_what_is_written_is_valid():
    for path, key in ((TREATY, "BWBV0000001"), (DECREE, "BWBR0000009")):
        for document in documents(path, key):
            assert complaints(akoma_ntoso(document)) == []


PIECES = (
    *(
        "### Artikel 1",
        "### Article II",
        "####Titel",
        "##X",
        "### Bijlage",
        "### Hoofdstuk 2",
        "###",
    ),
    *(
        "1. a",
        "2. b",
        "(i)x",
        "(h)x",
        "a. y",
        "– z",
        "1°. q",
        "| a | b |",
        "|---|---|",
        "Done at X",
    ),
    *(
        "*a",
        "[x](y)",
        "[x]",
        "<sup>1</sup>",
        "```writ\nact escape\n```",
        "---",
        "\u2028",
        "<b>",
        "é",
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(("BWBV", "BWBR")))
def test_whatever_the_lines_are_the_law_comes_back_and_compiles(pieces: list[str], sort: str):
    text = "##Wet\n\n" + "\n\n".join(pieces) + "\n"
    found, wrong = parse_bwb(text.encode(), f"{sort}0000001", "x.md")
    assert wrong == []
    check(found, text if found else "", "x.md")


def test_the_treaties_and_acts_of_the_netherlands_have_every_word_in_order():
    counted = {}
    for path in files("nl-treaties", pattern="*.md"):
        found, wrong = read_laws(path)
        assert wrong == []
        check(found, path.read_text("utf-8"), path.name)
        for each in found:
            articles = sum(part.kind == "article" for part in each.walk())
            counted[each.key, each.language] = (articles, each.enacted)
    assert counted["BWBV0005760", "en"] == counted["BWBV0005760", "nl"] == (14, dt.date(1949, 4, 4))
    assert counted["BWBV0005129", "en"] == (27, dt.date(1951, 9, 20))
    assert counted["BWBV0003024", "nl"] == (19, None)
    assert counted["BWBR0013409", "nl"] == (110, dt.date(2002, 2, 7))
    assert len(counted) == 14


def test_their_links_lead_to_one_another():
    if not (LAW / "nl-treaties").is_dir():
        pytest.skip(f"the treaties are not here: {LAW}")
    made, _ = import_law(LAW / "nl-treaties", "x")
    name = next(each for each in made if each.startswith("agreement-on-the") and "law" in each)
    assert b'"instrument":"north-atlantic-treaty","label":"9"' in made[name]


def test_a_folder_of_markdown_is_no_law_unless_its_names_say_so(run: Run, tmp_path: Path) -> None:
    law = tmp_path / "law"
    (law / "BWBV0000001").mkdir(parents=True)
    (law / "BWBV0000001" / "README.md").write_bytes(TREATY.read_bytes())
    (law / "README.md").write_text("# Read me\n", "utf-8")
    (law / "notes.md").write_text("## Notes\n", "utf-8")
    ran = run("import", "law", law, "-o", tmp_path / "book")
    assert (ran.status, ran.err.count("X612")) == (0, 1), ran.err
    assert "2 instruments" in ran.out
    assert run("check", tmp_path / "book").status == 0


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"# Read me\n\nNo law.\n", "X603", 1),
        (b"##Wet\n\n### Artikel 1\n\n\xe9\n", "X601", 5),
        (b"", "X603", 1),
    ],
)
def test_markdown_that_is_no_law_is_refused(data: bytes, code: str, line: int, tmp_path: Path):
    path = tmp_path / "x.md"
    path.write_bytes(data)
    found, (wrong,) = read_laws(path)
    assert (found, wrong.code, wrong.span.line) == ((), code, line)
