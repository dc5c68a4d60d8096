"""`writ import law` and `writ export akn`: legislation as a Book and back; what is refused."""

from __future__ import annotations

import gzip
import json
import os
import re
from functools import cache
from pathlib import Path

import msgspec
import pytest

from tests.command import Run
from tests.formats.legislation_samples import ACT, AKN, LAW, REGULATION, USLM, law
from writ.book.load import load_texts
from writ.cli.commands.explain import codes
from writ.diagnostics import failed
from writ.formats.legislation.akn_write import akoma_ntoso
from writ.formats.legislation.codes import CODES
from writ.formats.legislation.exporting import same
from writ.formats.legislation.importing import LIMITS, import_law, parse_law
from writ.formats.legislation.instruments import Instruments
from writ.formats.legislation.labels import labels_of
from writ.formats.legislation.markdown import BLANK, prose
from writ.formats.legislation.model import Block, Document, Provision
from writ.formats.legislation.sidecar import Sidecar, decoded, encoded, hashed
from writ.formats.legislation.text import SILENT, history_of, text_of


@pytest.fixture
def statutes(tmp_path: Path) -> Path:
    folder = tmp_path / "statutes"
    (folder / "regs").mkdir(parents=True)
    (folder / "G-1.xml").write_text(ACT, "utf-8")
    (folder / "regs" / "SOR-2010-5.xml").write_text(REGULATION, "utf-8")
    return folder


def test_acts_become_instruments_that_compile(run: Run, statutes: Path, tmp_path: Path) -> None:
    book = tmp_path / "book"
    ran = run("import", "law", statutes, "-o", book, "--title", 'The "gates"')
    assert ran.status == 0, ran.err
    assert "2 instruments" in ran.out
    assert sorted(each.name for each in book.iterdir()) == [
        "book.md",
        "definitions.md",
        "gates-act.law.json",
        "gates-act.md",
        "gates-regulations.law.json",
        "gates-regulations.md",
    ]
    assert run("check", book).status == 0
    act = (book / "gates-act.md").read_text("utf-8")
    assert act.startswith('---\nid: gates-act\ntitle: "Gates Act"\nkind: statute\n')
    assert "top: true\nenacted: 2001-02-03\nin-force: 2002-12-31\n" in act
    regulations = (book / "gates-regulations.md").read_text("utf-8")
    assert "under: gates-act 1(1)\n" in regulations
    assert "1 keeper" not in act and "#### 1(1)" in act
    assert "**keeper**, English: `gates-act` 1(1)\n" in (book / "definitions.md").read_text("utf-8")


def test_a_norm_can_be_added_to_imported_law(run: Run, statutes: Path, tmp_path: Path) -> None:
    book = tmp_path / "book"
    run("import", "law", statutes, "-o", book)
    path = book / "gates-act.md"
    norm = "```writ\nperson keeper\nact open-gate\n  reserved\npower\n  keeper may open-gate\n```\n"
    text = path.read_text("utf-8").replace("(a) open a gate", f"{norm}\n(a) open a gate")
    path.write_text(text, "utf-8")
    request = ("--actor", "keeper", "--act", "open-gate", "--at", "2020-01-01")
    ran = run("decide", book, *request)
    assert ran.status == 0 and "1(1)" in ran.out
    assert run("export", "akn", path, "-o", tmp_path / "act.xml").status == 0


def test_an_export_gives_back_what_was_imported(run: Run, statutes: Path, tmp_path: Path) -> None:
    book, out = tmp_path / "book", tmp_path / "out"
    run("import", "law", statutes, "-o", book)
    assert run("export", "akn", book, "-o", out).status == 0
    assert sorted(each.name for each in out.iterdir()) == ["gates-act.xml", "gates-regulations.xml"]
    assert same(law((out / "gates-act.xml").read_text("utf-8")), law(ACT))
    one = tmp_path / "one.xml"
    assert run("export", "akn", book / "gates-act.md", "-o", one).status == 0
    assert one.read_bytes() == (out / "gates-act.xml").read_bytes()


def test_text_that_was_edited_is_not_exported(run: Run, statutes: Path, tmp_path: Path) -> None:
    book = tmp_path / "book"
    run("import", "law", statutes, "-o", book)
    path = book / "gates-act.md"
    text = path.read_text("utf-8")
    line = text[: text.index("open a gate")].count("\n") + 1
    path.write_text(text.replace("open a gate", "open all gates"), "utf-8")
    ran = run("export", "akn", path, "-o", tmp_path / "act.xml")
    assert ran.status == 1 and "X604" in ran.err and f"gates-act.md:{line}:" in ran.err
    assert not (tmp_path / "act.xml").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:200],
        lambda data: data.replace(b'"law":1', b'"law":7'),
        lambda data: b"[" * 100_000,
        lambda data: data.replace(b'"tone"', b'"tone><evil"'),
    ],
)
def test_a_damaged_sidecar_is_refused(run: Run, statutes: Path, tmp_path: Path, damage) -> None:
    book = tmp_path / "book"
    run("import", "law", statutes, "-o", book)
    beside = book / "gates-act.law.json"
    beside.write_bytes(damage(beside.read_bytes()))
    ran = run("export", "akn", book / "gates-act.md", "-o", tmp_path / "act.xml")
    assert ran.status == 1 and "X605" in ran.err
    assert not (tmp_path / "act.xml").exists()


def test_a_book_without_imported_law_has_nothing_to_export(run: Run, tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text("---\nbook: b\ntitle: B\n---\n")
    ran = run("export", "akn", tmp_path, "-o", tmp_path / "x.xml")
    assert ran.status == 2 and "holds no imported law" in ran.err
    ran = run("export", "akn", tmp_path / "book.md", "-o", tmp_path / "x.xml")
    assert ran.status == 1 and "X605" in ran.err


def test_authority_outside_the_corpus_is_reported(run: Run, statutes: Path, tmp_path: Path) -> None:
    (statutes / "G-1.xml").unlink()
    book = tmp_path / "book"
    ran = run("import", "law", statutes, "-o", book)
    assert ran.status == 0 and "X611" in ran.err and "`act:G-1`" in ran.err
    assert "under: unresolved-authority A1" in (book / "gates-regulations.md").read_text("utf-8")
    assert "## A1 GATES ACT, 1(1)" in (book / "unresolved-authority.md").read_text("utf-8")
    assert run("check", book).status == 0
    assert "X612" not in run("import", "law", statutes, "-o", tmp_path / "b2", "--quiet").err


def test_every_enabling_link_is_resolved_or_reported():
    if not LAW.exists():
        pytest.skip(f"the legislation is not here: {LAW}")
    files, made = import_law(LAW / "ca-defence-acts", "law")
    links = sum(link.kind == "enabling" for each in made.entries for link in each.links)
    resolved = sum(
        each.kind == "enabling" and each.label != ""
        for name, data in files.items()
        if name.endswith(".law.json")
        for each in decoded(data).resolved
    )
    reported = sum(each.code == "X611" for each in made.found)
    assert links == resolved + reported == 78
    assert resolved >= 25
    under = re.search(rb"(?m)^under: (.*)$", files["emergency-measures-regulations.md"])
    assert under is not None and under[1] == b"emergencies-act 19(1)"


def test_links_lead_to_instruments_of_the_book(run: Run, statutes: Path, tmp_path: Path) -> None:
    run("import", "law", statutes, "-o", tmp_path / "book")
    data = json.loads((tmp_path / "book" / "gates-regulations.law.json").read_text("utf-8"))
    assert {
        "kind": "enabling",
        "provision": "",
        "instrument": "gates-act",
        "label": "1(1)",
    } in data["resolved"]
    data = json.loads((tmp_path / "book" / "gates-act.law.json").read_text("utf-8"))
    assert [each["label"] for each in data["resolved"]] == ["2"]
    (made := Instruments()).add(law(AKN), "akn.xml")
    data = json.loads(made.files("law")["an-act-respecting-gates.law.json"])
    assert [each["label"] for each in data["resolved"]] == ["2"]
    (made := Instruments()).add(law(AKN.replace("#sec_2", "#sec_9")), "akn.xml")
    assert "resolved" in json.loads(made.files("law")["an-act-respecting-gates.law.json"])
    assert "`#sec_9`" in next(each.message for each in made.found if each.code == "X612")


def test_the_format_is_detected_or_demanded(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(AKN, "utf-8")
    (tmp_path / "u.xml").write_text(USLM, "utf-8")
    ran = run("import", "law", tmp_path, "-o", tmp_path / "book")
    assert ran.status == 0 and "2 instruments" in ran.out, ran.err
    assert run("check", tmp_path / "book").status == 0
    ran = run("import", "law", tmp_path / "a.xml", "-o", tmp_path / "b", "--format", "uslm")
    assert ran.status == 2 and "the format `akn`, and not `uslm`" in ran.err
    assert not (tmp_path / "b").exists()


# --- Markdown says what the source says


def visible(text: str) -> str:
    """What a reader of the Markdown sees, white space apart."""
    text = re.sub(r"(?m)^\|[ -|]*---.*$|^#+ ", "", text)
    text = re.sub(r"\\(.)", lambda found: chr(0xE000 + ord(found[1])), text)
    text = re.sub(r"[*|]", "", text).replace(BLANK, "")
    text = re.sub(r"[\ue000-\uefff]", lambda found: chr(ord(found[0]) - 0xE000), text)
    return "".join(text.split()).replace(BLANK, "")


def said(document: Document) -> list[str]:
    """The texts of the blocks of a document, white space apart."""

    labels = labels_of(document)

    def blocks(part: Document | Provision):
        for each in (*getattr(part, "head", ()), *part.body):
            if isinstance(each, Provision):
                yield from blocks(each)
            elif each.kind == "number" and part.id in labels:
                continue  # the label stands in its place
            elif isinstance(each, Block) and each.kind not in SILENT and each.kind != "title":
                yield each

    return [
        "".join(text_of(Provision("", "", body=(each,))).split()).replace(BLANK, "")
        for each in blocks(document)
    ]


@cache
def samples() -> tuple[Document, ...]:
    found = [law(each) for each in (ACT, REGULATION, AKN, USLM)]
    if LAW.exists():
        for path in ("ca-defence-acts/acts/C-23.xml", "ca-defence-acts/acts-fr/O-5.xml"):
            found.append(law((LAW / path).read_text("utf-8-sig")))
    return tuple(found)


def test_the_markdown_has_every_word_once():
    for document in samples():
        shown = visible(prose(document, labels_of(document)))
        for words in said(document):
            assert words in shown, (document.title, words)
        length = sum(map(len, said(document)))
        titles = len("".join((document.title + document.short_title).split()))
        more = sum(len(label) for label in labels_of(document).values())
        history = sum(
            len("".join(each.split())) for part in document.walk() for each in history_of(part)
        )
        assert len(shown) <= length + titles + more + history + 200


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "```writ",
        "~~~ writ",
        "1. no list",
        "12) no list",
        "- no list",
        "+ no list",
        "* no list",
        "> no quote",
        "===",
        "---",
        "<b>no HTML</b>",
        "<!-- no comment",
        "a [no link](x) ![no](y)",
        "a `no code` *no emphasis* _none_",
        "&amp; no entity",
        "\\# no escape",
        "| no | table |",
        "    no code",
    ],
)
def test_text_of_the_law_is_never_read_as_markdown(text: str):
    from markdown_it import MarkdownIt

    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    document = law(ACT.replace("by hand", escaped))
    written = prose(document, labels_of(document))
    book, found = load_texts(
        {
            "a.md": f"---\nid: a\ntitle: A\nkind: statute\nin-force: 2020-01-01\ntop: true\n---\n\n{written}"
        }
    )
    assert not failed(found) and book.norms == ()
    tokens = MarkdownIt("commonmark").parse(written)
    plain = law(ACT)
    usual = MarkdownIt("commonmark").parse(prose(plain, labels_of(plain)))
    assert [each.type for each in tokens] == [each.type for each in usual]
    (shown,) = [each for each in tokens if each.content.startswith("(i) ")]
    assert shown.children is not None
    assert "".join(each.content for each in shown.children) == f"(i) {' '.join(text.split())}"


def test_a_heading_that_is_no_provision_reads_as_none():
    text = ACT.replace("Keepers", "2024 Amendments").replace("PART I<", "C<")
    document = law(text)
    written = prose(document, labels_of(document))
    assert "### — 2024 Amendments" in written and "## — C General" in written


# --- what is refused

BOMB = (
    "<!DOCTYPE Statute ["
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    + "]><Statute>&a9;</Statute>"
)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (BOMB.encode(), "X601", 1),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Statute/>', "X601", 1),
        (b"<Statute>\n&undefined;</Statute>", "X601", 2),
        (ACT[: len(ACT) // 2].encode(), "X601", 0),
        (ACT.encode("utf-16"), "X601", 1),
        (b"<Statute>\n\n\xff</Statute>", "X601", 3),
        (b"", "X601", 1),
        (b"<a>" * 200 + b"</a>" * 200, "X602", 1),
        (b"<Statute>\n" + b"x" * (LIMITS.text + 1) + b"</Statute>", "X602", 2),
        (b"<html/>", "X603", 1),
        (b'<akomaNtoso xmlns="urn:other"/>', "X603", 1),
    ],
)
def test_what_is_unsafe_or_unknown_is_refused(data: bytes, code: str, line: int):
    document, (found,) = parse_law(data, "x", "x.xml")
    assert document is None
    assert (found.code, found.span.file) == (code, "x.xml")
    assert line in (0, found.span.line)


DEEP = LIMITS.depth - 12


@pytest.mark.parametrize(
    "text",
    [
        ACT.replace(
            "by hand",
            "by hand</Text>"
            + "<Paragraph><Text>x</Text>" * DEEP
            + "</Paragraph>" * DEEP
            + "<Text>",
        ),
        ACT.replace("by hand", "<Emphasis>" * DEEP + "x" + "</Emphasis>" * DEEP),
        ACT.replace(
            "<Whistle",
            "".join(f'<Heading level="{n}"><TitleText>x</TitleText></Heading>' for n in range(900))
            + "<Whistle",
        ),
        AKN.replace("open a gate;", "<span>" * DEEP + "x" + "</span>" * DEEP),
    ],
)
def test_what_is_as_deep_as_can_be_is_imported_and_written(text: str, tmp_path: Path):
    (tmp_path / "deep.xml").write_text(text, "utf-8")
    files, made = import_law(tmp_path, "law")
    assert made.entries, made.found
    (name,) = [each for each in files if each.endswith(".law.json")]
    document = decoded(files[name]).document
    assert same(law(akoma_ntoso(document)), document)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    def refuse(*_: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr("writ.formats.legislation.importing.tree", refuse)
    files, made = import_law(path, "law")
    assert files == {} and [each.code for each in made.found] == ["X602"]


def test_what_cannot_be_read_does_not_keep_the_rest_out(
    run: Run, statutes: Path, tmp_path: Path
) -> None:
    (statutes / "broken.xml").write_text(ACT[:500], "utf-8")
    ran = run("import", "law", statutes, "-o", tmp_path / "book")
    assert ran.status == 1 and "broken.xml" in ran.err and "2 instruments" in ran.out


def test_archives_links_and_folders_in_odd_places_do_not_keep_the_rest_out(
    run: Run, tmp_path: Path
) -> None:
    law = tmp_path / "law"
    (law / "folder.xml").mkdir(parents=True)
    (law / "folder.xml" / "G-1.xml").write_text(ACT, "utf-8")
    (law / "a.xml").write_bytes(b"PK\x03\x04" + bytes(100))
    (law / "b.xml").write_bytes(gzip.compress(ACT.encode()))
    (law / "gone.xml").symlink_to(tmp_path / "nowhere")
    (law / "loop.xml").symlink_to(law / "loop.xml")
    (law / "again").symlink_to(law)
    os.mkfifo(law / "pipe.xml")
    ran = run("import", "law", law, "-o", tmp_path / "book", "--quiet")
    assert ran.status == 1
    assert "1 instrument of" in ran.out
    for name in ("a.xml", "b.xml", "gone.xml", "loop.xml", "pipe.xml"):
        assert f"--> {name}:1:1" in ran.err
    assert ran.err.count("error[X601]") == 5 and "ZIP" in ran.err


def test_a_catalogue_of_controls_is_referred_to_its_own_import(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.xml").write_text('<catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0"/>', "utf-8")
    ran = run("import", "law", tmp_path / "c.xml", "-o", tmp_path / "book")
    assert (ran.status, "writ import oscal" in ran.err) == (2, True)


def test_a_folder_without_law_is_refused(run: Run, tmp_path: Path) -> None:
    ran = run("import", "law", tmp_path, "-o", tmp_path / "book")
    assert ran.status == 2 and "X603" in ran.err


def test_every_code_is_explained():
    assert CODES.items() <= codes().items()
    for doc in CODES.values():
        assert doc.documentation and doc.code.startswith("X6")


def test_the_sidecar_is_the_same_when_read():
    document = law(ACT)
    read = decoded(encoded("x", msgspec.json.encode(document), labels_of(document), ()))
    assert read == Sidecar(1, hashed("x"), document, labels_of(document))
