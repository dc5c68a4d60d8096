"""Catalogues and profiles of OSCAL in JSON, XML and YAML: the same data, whichever way, and nothing hostile."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codes import in_the_house_style, mentioned, reported
from writ.diagnostics import failed
from writ.formats.oscal.codes import CODES
from writ.formats.oscal.markup import from_line, from_prose, to_line, to_prose
from writ.formats.oscal.reading import Document, read, read_file
from writ.formats.oscal.writing import write

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "law" / "oscal"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the catalogues are not here: {DATA}")

METADATA = {"title": "A *small* catalogue", "last-modified": "2024-01-01T00:00:00Z", "version": "1"}
METADATA["oscal-version"] = "1.1.2"
RESOURCE = "11111111-1111-4111-8111-111111111111"
CATALOG = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "metadata": METADATA
    | {
        "parties": [
            {
                "uuid": "22222222-2222-4222-8222-222222222222",
                "type": "organization",
                "name": "Office",
                "telephone-numbers": [{"type": "office", "number": "1"}],
                "email-addresses": ["a@example.org"],
            }
        ],
        "revisions": [{"version": "0", "remarks": "First."}],
    },
    "params": [{"id": "p-0", "label": "loose", "values": ["yes"]}],
    "groups": [
        {
            "id": "ac",
            "class": "family",
            "title": "Access",
            "parts": [{"name": "overview", "prose": "Access is *given*.\n\nAnd taken."}],
            "controls": [
                {
                    "id": "ac-1",
                    "title": "Policy",
                    "params": [
                        {"id": "ac-1_prm_1", "label": "roles", "usage": "Which roles."},
                        {
                            "id": "ac-1_prm_2",
                            "select": {
                                "how-many": "one-or-more",
                                "choice": ["daily", "on {{ insert: param, ac-1_prm_1 }}"],
                            },
                        },
                    ],
                    "props": [
                        {"name": "label", "value": "AC-1"},
                        {"name": "empty", "value": "", "remarks": "Said."},
                    ],
                    "links": [
                        {"href": "#ac-2", "rel": "related"},
                        {"href": f"#{RESOURCE}", "rel": "reference", "text": "the *Act*"},
                    ],
                    "parts": [
                        {
                            "id": "ac-1_smt",
                            "name": "statement",
                            "prose": "Tell {{ insert: param, ac-1_prm_1 }} {{ insert: param, ac-1_prm_2 }}:",
                            "parts": [
                                {
                                    "id": "ac-1_smt.a",
                                    "name": "item",
                                    "props": [{"name": "label", "value": "a."}],
                                    "prose": "the rules; and",
                                }
                            ],
                        },
                        {"name": "guidance", "prose": "- one\n- **two** of `them`"},
                    ],
                    "controls": [
                        {"id": "ac-1.1", "title": "Review", "parts": [{"name": "statement"}]}
                    ],
                },
                {"id": "ac-2", "title": "Accounts"},
            ],
        }
    ],
    "back-matter": {
        "resources": [
            {
                "uuid": RESOURCE,
                "title": "Act",
                "citation": {"text": "The Act"},
                "rlinks": [
                    {
                        "href": "https://example.org/act",
                        "hashes": [{"algorithm": "SHA-256", "value": "00"}],
                    }
                ],
            }
        ]
    },
}


def catalog(**changes: object) -> bytes:
    return json.dumps({"catalog": CATALOG | changes}).encode("utf-8")


def sound(data: bytes) -> Document:
    document, found = read(data, "c")
    assert document is not None, found
    assert found == []
    return document


@pytest.mark.parametrize("form", ["json", "xml", "yaml"])
def test_every_form_holds_the_same_data(form):
    first = sound(catalog())
    again = sound(write(first, form).encode("utf-8"))
    assert again.form == form
    assert again.data == CATALOG
    assert write(sound(write(again, "json").encode("utf-8")), form) == write(first, form)


def test_what_stands_beside_the_root_is_kept():
    whole = {"$schema": "https://example.org/s", "catalog": CATALOG}
    document = sound(json.dumps(whole).encode("utf-8"))
    assert json.loads(write(document, "json")) == whole
    head = '<catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" '
    located = (
        head + 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" '
    )
    text = write(document, "xml").replace(head, located)
    assert 'xsi:schemaLocation="a b"' in write(sound(text.encode("utf-8")), "xml")


def test_unknown_members_are_kept_and_listed():
    document, found = read(catalog(odd={"x": [1]}, older=3), "c.json")
    assert [(one.code, one.message) for one in found] == [
        ("X404", "`odd` is no member of a catalog of OSCAL"),
        ("X404", "`older` is no member of a catalog of OSCAL"),
    ]
    assert document is not None and not failed(found)
    assert json.loads(write(document, "json"))["catalog"]["odd"] == {"x": [1]}


def test_unknown_elements_and_attributes_are_kept_and_listed():
    text = write(sound(catalog()), "xml")
    odd = '<odd at="1">said <b>so</b></odd><f:far xmlns:f="urn:f">x</f:far>'
    text = text.replace("</metadata>", f"{odd}</metadata>").replace(
        'id="ac-2"', 'id="ac-2" own="1"'
    )
    document, found = read(text.encode("utf-8"), "c.xml")
    assert document is not None
    assert {one.code for one in found} == {"X404"} and len(found) == 3
    again = write(document, "xml")
    assert '<odd at="1">said <b>so</b></odd>' in again and 'own="1"' in again
    assert read(again.encode("utf-8"), "c.xml")[0].data == document.data


def test_yaml_has_text_where_oscal_has_text():
    text = write(sound(catalog()), "yaml")
    assert (
        read(text.replace("version: '1'", "version: 1.10").encode("utf-8"), "c")[0].data[
            "metadata"
        ]["version"]
        == "1.10"
    )
    profile = b"profile: {uuid: u, metadata: {title: yes, last-modified: 2024-01-01, version: 1.0,\n oscal-version: 1},"
    profile += (
        b" imports: [{href: c, include-controls: [{with-child-controls: yes, with-ids: [1.1]}]}]}"
    )
    data = sound(profile).data
    assert data["metadata"]["title"] == "yes"
    assert data["imports"][0]["include-controls"] == [
        {"with-child-controls": "yes", "with-ids": ["1.1"]}
    ]


# --- what is wrong, and where


def said(data: bytes) -> list[tuple[str, str, int]]:
    document, found = read(data, "f")
    assert document is None
    return [(one.code, one.message, one.span.line) for one in found]


@pytest.mark.parametrize(
    ("data", "code", "message", "line"),
    [
        (b"", "X401", "the file is empty", 1),
        (b'{"catalog": {\n"uuid": "', "X401", "this is not JSON: it is cut off", 2),
        (b'{"catalog": {\n"uuid" 1}}', "X401", "this is not JSON: expected ':'", 2),
        (b'{"catalog": "\xff"}', "X401", "the file is not in UTF-8", 1),
        (b"a: [1\nb: 2\n", "X401", "this is not YAML: ", 2),
        (b"\n<catalog>\n</catalogue>", "X401", "this is not XML: mismatched tag", 3),
        (b"<!DOCTYPE catalog><catalog/>", "X401", "the file declares a document type", 1),
        (b"catalog: {uuid: a, uuid: b}", "X401", "`uuid` stands twice", 1),
        (b'{"a":' * 100_000, "X402", "the data is too deeply nested", 1),
        (b"<a>" * 1000, "X402", "more than 64 elements stand in one another", 1),
        (b"[1]", "X401", "", 1),
        (b'{"assessment-plan": {}}', "X403", "the root is `assessment-plan`", 1),
        (b'{"catalog": []}', "X403", "`catalog` is not an object", 1),
    ],
    ids=range(13),
)
def test_what_cannot_be_read_is_refused_with_its_place(data, code, message, line):
    found = said(data)
    if not message:
        assert found[0][0] in CODES
        return
    assert found[0][0] == code
    assert found[0][1].startswith(message)
    assert found[0][2] == line


@pytest.mark.parametrize("name", ["parts", "controls"])
def test_what_is_nested_too_deep_is_refused(name):
    inner: dict[str, object] = {"id": "c0", "title": "T", "name": "n"}
    for at in range(1, 200):
        inner = {"id": f"c{at}", "title": "T", "name": "n", name: [inner]}
    control = {"id": "x", "title": "T", name: [inner]}
    assert said(catalog(controls=[control])) == [("X402", "the data is too deeply nested", 1)]


BOMB = b"a: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (96 + at, 96 + at, b", ".join([b"*%c" % (95 + at)] * 10))
    for at in range(2, 12)
)


def test_aliases_that_grow_are_refused():
    assert said(BOMB)[0][0] in ("X402", "X403")
    assert said(b"catalog:\n  " + BOMB.replace(b"\n", b"\n  ") + b"metadata: *k\n")[0][0] == "X402"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"uuid": 5}, "`uuid` is a text, at `catalog/uuid`"),
        ({"groups": {}}, "`groups` is a list, at `catalog/groups`"),
        ({"groups": [5]}, "a group is an object, at `catalog/groups/0`"),
        ({"controls": [{"id": "x"}]}, "a control has `title`, at `catalog/controls/0`"),
        ({"controls": [{"title": "x"}]}, "a control has `id`, at `catalog/controls/0`"),
        (
            {"params": [{"id": "x", "values": [1]}]},
            "`values` is a list of texts, at `catalog/params/0/values`",
        ),
        (
            {"controls": [{"id": "ac-2", "title": "x"}]},
            "a second control with the id `ac-2`, at `catalog/groups/0/controls/1`",
        ),
    ],
)
def test_what_is_not_oscal_is_named_by_its_path(changes, message):
    assert ("X403", message) in [(code, text) for code, text, _ in said(catalog(**changes))]


def test_the_line_of_a_wrong_member_is_found():
    text = json.dumps({"catalog": CATALOG}, indent=1).replace('"title": "Accounts"', '"title": 7')
    line = text[: text.index('"title": 7')].count("\n") + 1
    assert said(text.encode("utf-8"))[0][1:] == (
        "`title` is a text, at `catalog/groups/0/controls/1/title`",
        line,
    )
    assert (
        said(write(sound(catalog()), "yaml").replace("title: Accounts", "title: [7]").encode())[0][
            0
        ]
        == "X403"
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data):
    form = data.draw(st.sampled_from(["json", "xml", "yaml"]))
    whole = bytearray(write(sound(catalog()), form).encode("utf-8"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        if data.draw(st.booleans()):
            whole[at] = data.draw(st.integers(0, 255))
        else:
            del whole[at : at + data.draw(st.integers(1, 200))]
    document, found = read(bytes(whole), "f")
    assert all(one.code in CODES and one.span.file == "f" for one in found)
    assert (document is None) == failed(found)
    if document is not None:
        write(document, "xml")


# --- markup


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(list('a b*_`~^"[](){}\\.1-#>\n')), max_size=40))
def test_any_text_in_xml_comes_back_as_it_was(text):
    said = " ".join(text.split())
    again = from_line(to_line([text]))
    assert "".join(one for one in again if isinstance(one, str)) == said
    assert all(isinstance(one, str) for one in again)
    prose = from_prose(to_prose([text]))
    assert to_prose(prose) == to_prose([text])


def test_marks_are_elements_and_back():
    line = 'a **b *c*** "q" x~1~ y^2^ `code` [t](#u) ![i](j.png) {{ insert: param, p-1 }} \\*not\\*'
    assert to_line(from_line(line)) == line
    text = "# Head\n\n1. one\n2. two\n   - inner\n   - more\n\n> said\n\n```\nraw *x*\n\nmore\n```\n\nend"
    assert to_prose(from_prose(text)) == text


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from(list('*"~^`[]a ')), max_size=400))
def test_marks_that_are_never_closed_cost_no_time(text):
    from_line(text * 20)


# --- the codes, and real catalogues


def test_the_codes_are_documented_reported_and_tested():
    in_the_house_style(CODES)
    package = ROOT / "writ" / "formats" / "oscal"
    assert reported(package, r"\bX4\d\d\b") == set(CODES)
    tests = Path(__file__).parent.glob("test_oscal*.py")
    assert mentioned(tests, r"\bX4\d\d\b") == set(CODES)


def canonical(element):
    """An element without what is only layout."""
    children = [(canonical(one), " ".join((one.tail or "").split())) for one in element]
    text = re.sub(r"\s+", " ", element.text or "").strip()
    return element.tag, sorted(element.attrib.items()), text, children


@needs_data
@pytest.mark.parametrize("name", ["NIST_CSF_v2.0_catalog.xml", "NIST_SP800-171_rev3_catalog.xml"])
def test_a_catalogue_in_xml_comes_back_equal(name):
    document, found = read_file(DATA / name)
    assert found == []
    first = ElementTree.parse(DATA / name).getroot()
    assert canonical(ElementTree.fromstring(write(document, "xml"))) == canonical(first)
    assert sound(write(document, "json").encode("utf-8")).data == document.data


@needs_data
@pytest.mark.parametrize("name", ["NIST_SP-800-53_rev5_catalog-5.0.1.json", "ISM_catalog.json"])
def test_a_catalogue_in_json_comes_back_equal(name):
    document, found = read_file(DATA / name)
    assert found == []
    assert json.loads(write(document, "json")) == json.loads((DATA / name).read_text("utf-8"))


@needs_data
def test_json_and_yaml_of_a_real_profile_are_equal():
    document, _ = read_file(DATA / "ISM_SECRET-baseline_profile.json")
    assert sound(write(document, "yaml").encode("utf-8")).data == document.data
    csf, _ = read_file(DATA / "NIST_CSF_v2.0_catalog.xml")
    assert sound(write(csf, "yaml").encode("utf-8")).data == csf.data
