"""The page of a law: all of its text, its norms beside it, nothing from elsewhere, and usable by everybody."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.engine.laws import law as statute
from tests.formats.legislation_samples import ACT, REGULATION, files
from tests.formats.test_audit_html import Tree
from tests.ministry.browsing import chromium
from writ.book.load import load_book
from writ.book.model import Book
from writ.formats.legislation.importing import import_law
from writ.formats.legislation.model import Block
from writ.formats.legislation.sidecar import decoded
from writ.formats.legislation.text import history_of, joined, text_of
from writ.formats.reader.content import words
from writ.formats.reader.groups import cited, groups
from writ.formats.reader.imported import imported
from writ.formats.reader.page import Shown, index, page
from writ.formats.reader.plain import sentence
from writ.formats.reader.source import law_of

BOOKS = Path(__file__).parents[2] / "books"
NAMES = ("emergencies-act", "eo-13526", "model-ministry", "war-powers")


@cache
def real(name: str) -> Book:
    return load_book(BOOKS / name)[0]


def shown(book: Book, *ids: str) -> list[Shown]:
    taken = ids or tuple(book.instruments)
    return [
        Shown(book, law_of(book, book.instruments[id])[0], f"{id}--" if len(taken) > 1 else "")
        for id in taken
    ]


@cache
def whole(name: str) -> str:
    return page(real(name), shown(real(name)))


@pytest.fixture(scope="module")
def gates(tmp_path_factory) -> Path:
    """An imported book: a small act with a table, marginal notes and history, and a regulation."""
    source, folder = tmp_path_factory.mktemp("xml"), tmp_path_factory.mktemp("gates") / "book"
    (source / "G-1.xml").write_text(ACT, "utf-8")
    (source / "R-1.xml").write_text(REGULATION, "utf-8")
    made, _ = import_law(source, "gates", "Law of gates", "")
    folder.mkdir()
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return folder


class Words(HTMLParser):
    """The words on a page, without its style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("style", "script")

    def handle_endtag(self, tag):
        self.silent -= tag in ("style", "script")

    def handle_data(self, data):
        if not self.silent:
            self.said.append(data)


def read(text: str) -> str:
    return " ".join("".join(Words(text).said).split())


# --- all of it is there


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_every_provision_is_on_the_page_in_order(name):
    book = real(name)
    said = re.sub(r"\s", "", read(whole(name)))
    for id in book.instruments:
        law = law_of(book, book.instruments[id])[0]
        at = 0
        for each in words(law):
            found = said.find(re.sub(r"\s", "", each), at)
            assert found >= 0, each
            at = found


@pytest.mark.parametrize("name", NAMES)
def test_every_norm_stands_beside_its_provision(name):
    book = real(name)
    placed = [norm.id for each in shown(book) for norm in each.norms]
    assert sorted(placed) == sorted(book.by_id)
    for each in shown(book):
        for group in each.groups:
            for norm in group.norms:
                assert not group.label or norm.label.startswith(group.label), norm.id


def test_imported_law_is_shown_from_the_document_beside_it(gates):
    book, found = load_book(gates)
    assert [each.message for each in found if each.severity == "error"] == []
    law, wrong = law_of(book, book.instruments["gates-act"])
    assert (law.imported, wrong) == (True, [])
    kinds = {piece.kind for piece in law.pieces}
    assert {"heading", "text", "table", "history"} <= kinds
    text = page(book, shown(book, "gates-act"))
    assert "<table>" in text and 'class="history"' in text


def test_edited_law_is_shown_as_it_was_edited(gates, tmp_path):
    for each in gates.iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    file = tmp_path / "gates-act.md"
    file.write_text(file.read_text("utf-8").replace("open a gate", "shut a gate"), "utf-8")
    book, _ = load_book(tmp_path)
    law, wrong = law_of(book, book.instruments["gates-act"])
    assert not law.imported
    assert [each.code for each in wrong] == ["X604"]
    assert any("shut a gate" in each for each in words(law))


def test_no_word_of_real_imported_law_is_lost(tmp_path):
    """The words of every provision and note; only the blanks of forms are added."""
    for file in files("ca-defence-acts/acts", pattern="E-4.5.xml"):
        made, _ = import_law(file, "acts", "", "")
        (data,) = (made[name] for name in made if name.endswith(".law.json"))
        sidecar = decoded(data)
        law = imported(sidecar, "acts")
        wanted: Counter[str] = Counter()
        for block in sidecar.document.body:
            if isinstance(block, Block) and block.kind not in ("meta", "history"):
                wanted.update(joined([block]).split())
        for each in sidecar.document.walk():
            wanted.update(f"{text_of(each)} {' '.join(history_of(each))}".split())
        assert set(Counter(" ".join(words(law)).split()) - wanted) <= {"…"}
        assert wanted - Counter(" ".join(words(law)).split()) == Counter()


# --- what it says


def test_a_norm_is_said_in_plain_words():
    book = statute(
        "power 1\n  minister may sign\n  when urgent\n  unless amount above 5\n"
        "  after consult by clerk within 3 days\n  begins alarm for 7 days"
    )
    assert sentence(book, book.norms[0]) == (
        "Minister may sign; when urgent; unless amount is more than 5; "
        "after consult by clerk, within 3 days; it begins alarm for 7 days."
    )


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("under section 17(1) or 18", ["17(1)", "18"]),
        ("sections 3, 4 and 5 apply", ["3", "4", "5"]),
        ("under section 12 of the Locks Act", []),
        ("sections 3 and 12 of the Locks Act", []),
        ("under section 12 of this Act", ["12"]),
        ("in 2001, c. 7", []),
    ],
)
def test_only_provisions_of_the_same_law_are_linked(text, labels):
    assert [label for label, _, _ in cited(text)] == labels


def test_references_lead_both_ways():
    book = real("emergencies-act")
    (law,) = shown(book, "emergencies-act")
    text = page(book, [law])
    assert '<a href="#p-25(1)">25</a>' in text  # "the consultation that section 25 requires"
    group = next(each for each in groups(book, law.law) if each.anchor == "p-25(1)")
    assert "17(1)" in group.referred.values()


def test_every_link_leads_somewhere_and_every_id_is_once():
    for name in NAMES:
        text = whole(name)
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert [id for id, many in Counter(ids).items() if many > 1] == []
        links = set(re.findall(r'href="#([^"]+)"', text))
        assert links - set(ids) == set()
        assert not re.findall(r'href="(?!#)', text)


def test_the_chain_of_authority_and_overrides_are_shown():
    text = whole("emergencies-act")
    assert "Made under" in text and "Constitution Act" in text
    assert "prevails over" in text or "gives way to" in text


# --- one file that loads nothing


def test_it_loads_nothing_and_runs_only_its_own_script():
    text = whole("model-ministry")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    for said in (style, script):
        digest = base64.b64encode(hashlib.sha256(said.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"(?:https?:)?//\w", text.replace(script, ""))
    assert not re.search(r"\bstyle=|\bon\w+=|<(?:img|iframe|object|link)\b|url\(|@import", text)


def test_its_elements_close_in_order():
    for name in NAMES:
        Tree(whole(name).replace("<br>", ""))


def test_text_of_a_law_is_never_markup(tmp_path):
    (tmp_path / "book.md").write_text("---\nbook: b\ntitle: <b>B</b>\n---\n", "utf-8")
    (tmp_path / "a.md").write_text(
        "---\nid: a\ntitle: <script>alert(1)</script>\nkind: statute\ntop: true\nin-force: 2020-01-01\n"
        'cite-as: "\\"><i> {}"\n---\n\n# A\n\n## 1 <img src=x onerror=alert(1)>\n\n'
        "<script>alert(2)</script> and [a](javascript:alert(3)) `</style>` & \u0007\n\n"
        '```writ\noffice m "<svg onload=alert(4)>"\nact go "</p><script>"\n'
        'power 1 "<u>"\n  m may go\n```\n',
        "utf-8",
    )
    book, _ = load_book(tmp_path)
    text = page(book, shown(book))
    Tree(text.replace("<br>", ""))
    assert len(re.findall("<script", text)) == 1
    assert not re.search(r"<(?:img|svg|u|i|b)\b[^>]*(?:onerror|onload)", text)
    assert 'href="javascript' not in text


def test_it_is_the_same_each_time():
    assert page(real("war-powers"), shown(real("war-powers"))) == whole("war-powers")


# --- in a browser


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


def test_nothing_is_wrong_with_it_in_a_browser(browser, tmp_path, gates):
    from axe_playwright_python.sync_playwright import Axe

    book, _ = load_book(gates)
    pages = {
        "ministry": page(
            real("model-ministry"), shown(real("model-ministry"), "information-act", "register-act")
        ),
        "gates": page(book, shown(book, "gates-act")),
        "index": index(book, shown(book)),
    }
    for name, text in pages.items():
        file = tmp_path / f"{name}.html"
        file.write_text(text, "utf-8")
        for width, scheme in ((1280, "light"), (390, "dark")):
            tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            said: list[str] = []
            tab.on("console", lambda each, said=said: said.append(each.text))
            tab.goto(file.as_uri())
            assert said == []
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(tab).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
            tab.close()
    # A fault that was put in is found.
    file.write_text(pages["gates"].replace("<label>Find in the law ", "<label>"), "utf-8")
    tab = browser.new_page()
    tab.goto(file.as_uri())
    assert "label" in [each["id"] for each in Axe().run(tab).response["violations"]]


def test_it_can_be_searched_and_words_explained_by_the_keyboard_alone(browser, tmp_path):
    file = tmp_path / "law.html"
    file.write_text(whole("model-ministry"), "utf-8")
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(file.as_uri())
    many = tab.locator(".group:visible").count()
    tab.keyboard.press("/")
    tab.keyboard.type("compartment")
    tab.locator(".found", has_text="provision").wait_for()
    assert 0 < tab.locator(".group:visible").count() < many
    tab.keyboard.press("Escape")
    tab.locator(".found", has_text="provision").wait_for(state="hidden")
    term = tab.locator("a.term").first
    term.focus()
    assert tab.locator("#tip").is_visible()
    assert term.get_attribute("aria-describedby") == "tip"
    tab.keyboard.press("Escape")
    assert not tab.locator("#tip").is_visible()


def test_it_can_be_read_without_its_script(browser, tmp_path):
    file = tmp_path / "law.html"
    file.write_text(whole("model-ministry"), "utf-8")
    tab = browser.new_context(java_script_enabled=False).new_page()
    tab.goto(file.as_uri())
    assert tab.locator(".group").first.is_visible()
    assert tab.locator(".norm").first.is_visible()
    assert not tab.locator(".tools").is_visible()


# --- the command


def test_the_command_writes_one_file_or_a_folder(run, tmp_path):
    book = BOOKS / "emergencies-act"
    one = tmp_path / "one.html"
    assert run("export", "html", book / "sor-2022-20.md", "-o", one).status == 0
    assert one.read_text("utf-8") == page(
        real("emergencies-act"), shown(real("emergencies-act"), "sor-2022-20")
    )
    folder = tmp_path / "pages"
    assert run("export", "html", book, "-o", folder).status == 0
    made = {each.name for each in folder.iterdir()}
    assert made == {"index.html", *(f"{id}.html" for id in real("emergencies-act").instruments)}
    for each in folder.iterdir():
        leads = re.findall(r'href="([^"#]+)(?:#([^"]+))?"', each.read_text("utf-8"))
        for name, anchor in leads:
            assert not anchor or f'id="{anchor}"' in (folder / name).read_text("utf-8")
    assert run("export", "html", book, "-o", folder).status == 2  # it is no longer empty


@pytest.mark.parametrize("what", ["nothing-there", "no-book.md", "binary.md"])
def test_the_command_refuses_what_is_no_law(run, tmp_path, what):
    (tmp_path / "no-book.md").write_text("# A text\n", "utf-8")
    (tmp_path / "binary.md").write_bytes(bytes(range(256)))
    ran = run("export", "html", tmp_path / what, "-o", tmp_path / "x.html")
    assert ran.status == 2
    assert ran.err.startswith("writ: ")
    assert not (tmp_path / "x.html").exists()
