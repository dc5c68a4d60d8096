"""Akoma Ntoso: out of every format, valid against the schema of the standard, and the same when read again."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.formats.legislation_samples import ACT, AKN, LAW, REGULATION, USLM, files, law
from writ.formats.legislation.akn_write import akoma_ntoso
from writ.formats.legislation.exporting import same
from writ.formats.legislation.importing import read_law
from writ.formats.legislation.model import Document
from writ.formats.legislation.text import text_of

SAMPLES = {"act": ACT, "regulation": REGULATION, "akn": AKN, "uslm": USLM}
FINAL = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


@cache
def schema() -> Any:
    etree = pytest.importorskip("lxml.etree", reason="lxml validates against the schema")
    path = LAW / "akn" / "akomantoso30.xsd"
    if not path.exists():
        pytest.skip(f"the schema is not here: {path}")
    return etree.XMLSchema(etree.parse(str(path)))


def complaints(text: str) -> list[str]:
    from lxml import etree

    valid = schema()
    valid.validate(etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True)))
    return [f"{each.line}: {each.message}" for each in valid.error_log]


@cache
def real() -> tuple[tuple[Path, Document], ...]:
    found = []
    for path in files("ca-defence-acts", "akn", "us-uslm"):
        document, wrong = read_law(path)
        assert document is not None and wrong == [], path
        found.append((path, document))
    return tuple(found)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_written_is_the_same_when_read(name: str):
    document = law(SAMPLES[name])
    written = akoma_ntoso(document)
    again = law(written)
    assert same(again, document)
    assert akoma_ntoso(again) == written


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_written_is_valid(name: str):
    schema()
    assert complaints(akoma_ntoso(law(SAMPLES[name]))) == []


def test_an_act_is_written_in_the_words_of_the_standard():
    root = ElementTree.fromstring(akoma_ntoso(law(ACT)))
    section = root.find(f".//{FINAL}section[@eId='sec_1']")
    assert section is not None
    assert section.findtext(f"{FINAL}num") == "1"
    assert (section.findtext(f"{FINAL}heading") or "").strip() == "Gate-keeper"
    subsection = section.find(f"{FINAL}subsection")
    assert subsection is not None
    children = [each.tag.removeprefix(FINAL) for each in subsection]
    assert children == ["num", "intro", "paragraph", "paragraph", "wrapUp"]
    refs = [each.get("href") for each in subsection.iter(f"{FINAL}ref")]
    assert refs == ["#sec_2", "act:L-3"]
    terms = {each.get("eId"): each.get("showAs") for each in root.iter(f"{FINAL}TLCTerm")}
    used = [(each.get("refersTo") or "")[1:] for each in root.iter(f"{FINAL}term")]
    assert [terms[each] for each in used] == ["keeper", "gardien", "crown"]


def test_a_table_is_written_with_its_rows():
    root = ElementTree.fromstring(akoma_ntoso(law(ACT)))
    (table,) = root.iter(f"{FINAL}table")
    rows = [
        [(cell.tag.removeprefix(FINAL), "".join(cell.itertext())) for cell in row] for row in table
    ]
    assert rows == [[("th", "Gate"), ("th", "Toll")], [("td", "North"), ("td", "1 | 2")]]


SPANS = """<table><tgroup cols="3"><colspec colname="a"/><colspec colnum="2" colname="b"/><colspec colname="c"/>
<tbody><row><entry namest="a" nameend="c">all</entry></row>
<row><entry morerows="1">two</entry><entry namest="b" nameend="nowhere">one</entry><entry>c</entry></row>
<row><entry nameend="a" namest="c">back</entry><entry morerows="x">c</entry></row></tbody></tgroup></table>"""


def test_a_cell_over_several_columns_or_rows_is_written_as_one():
    start, end = ACT.index("<table"), ACT.index("</table>") + len("</table>")
    act = law(ACT[:start] + SPANS + ACT[end:])
    written = akoma_ntoso(act)
    cells = ElementTree.fromstring(written).iter(f"{FINAL}td")
    spans = [(cell.get("colspan"), cell.get("rowspan")) for cell in cells]
    assert spans == [("3", None), (None, "2"), *[(None, None)] * 4]
    assert same(law(written), act)
    assert complaints(written) == []


def test_a_cell_of_html_keeps_its_spans():
    row = '<table><tr><td colspan="2" rowspan="3">x</td><td colspan="0">y</td></tr></table>'
    text = USLM.replace(
        "</main>", f"<section><num>9</num><content>{row}</content></section></main>"
    )
    text = text.replace("<content><table>", "<table>").replace("</table></content>", "</table>")
    written = akoma_ntoso(law(text, "COMPS-1"))
    cells = ElementTree.fromstring(written).iter(f"{FINAL}td")
    assert [(cell.get("colspan"), cell.get("rowspan")) for cell in cells][-2:] == [
        ("2", "3"),
        (None, None),
    ]
    assert same(law(written), law(text, "COMPS-1"))


def test_attributes_of_other_namespaces_are_written_with_a_prefix_for_each():
    more = 'xmlns:x="urn:x" xmlns:y="urn:y" x:a="1" x:b="2" y:a="3" <'
    assert "<body>" in AKN
    text = AKN.replace("<body>", f"<body {more[:-2]}>")
    written = akoma_ntoso(law(text))
    body = next(ElementTree.fromstring(written).iter(f"{FINAL}body"))
    assert body.attrib == {"{urn:x}a": "1", "{urn:x}b": "2", "{urn:y}a": "3"}
    assert same(law(written), law(text))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (' key="act:G-1"', ""),
        (' enacted="2001-02-03"', ' enacted="soon"'),
        ('writ:frame="[', 'writ:frame="[['),
        ("target&quot;:&quot;1&quot;", "target&quot;:&quot;9&quot;"),
    ],
)
def test_a_file_that_only_looks_like_ours_is_read_as_anybodys(was: str, becomes: str):
    written = akoma_ntoso(law(ACT))
    assert was in written
    found = law(written.replace(was, becomes))
    assert found.format == "akn"
    assert "sec_1__subsec_1" in {each.id for each in found.walk()}


def test_a_reader_of_the_standard_sees_the_same_text():
    """Without our attributes, every provision has the text that it has in the source."""
    act = law(ACT)
    bare = re.sub(r' (?:writ|at|lims):[\w.-]+="[^"]*"', "", akoma_ntoso(act))
    bare = re.sub(r"<writ:[^>]*/>", "", bare)
    plain = {each.id: text_of(each) for each in law(bare).walk()}
    for each in act.walk():
        if each.kind in ("subsection", "paragraph", "subparagraph"):
            assert sorted(plain[each.id].split()) == sorted(text_of(each).split()), each.id


def test_all_that_is_real_is_written_and_the_same_when_read():
    for path, document in real():
        again = law(akoma_ntoso(document), path.stem)
        assert same(again, document), path


def test_all_that_is_real_is_written_validly():
    schema()
    for path, document in real():
        assert complaints(akoma_ntoso(document)) == [], path


def canonical(element: ElementTree.Element) -> list[object]:
    """Names, attributes and text, white space apart; where the schema is, and comments, are no law."""

    def words(text: str | None) -> str:
        return " ".join(text.split()) if text else ""

    attributes = sorted(
        item for item in element.attrib.items() if "XMLSchema-instance" not in item[0]
    )
    found: list[object] = [element.tag.partition("}")[2], attributes, words(element.text)]
    for child in element:
        found += [canonical(child), words(child.tail)]
    return found


@pytest.mark.parametrize(
    "name", ["uk_pga_1998_29", "uk_ssi-2017-102", "uk_pga-2014-27-enacted-data"]
)
def test_the_documents_of_the_united_kingdom_come_back_as_they_were(name: str):
    (path,) = files("akn", pattern=f"{name}.xml")
    document = next(each for where, each in real() if where == path)
    source = canonical(ElementTree.parse(path).getroot())
    assert canonical(ElementTree.fromstring(akoma_ntoso(document))) == source


def test_akoma_ntoso_2_becomes_3():
    (path,) = files("akn", pattern="ke_constitution_akn2.xml")
    document = next(each for where, each in real() if where == path)
    root = ElementTree.fromstring(akoma_ntoso(document))
    assert root.tag == f"{FINAL}akomaNtoso"
    assert sum(1 for _ in root.iter(f"{FINAL}section")) == 264
    assert all("id" not in each.attrib for each in root.iter())
