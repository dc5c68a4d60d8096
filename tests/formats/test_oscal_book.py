"""`writ import oscal` and `writ export oscal`: a book that compiles, and the catalogue back as it came."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.command import Run
from tests.formats.test_oscal import CATALOG, DATA, METADATA, needs_data
from tests.formats.test_oscal_resolution import profile
from writ.book.load import load_book
from writ.formats.oscal.prose import labels, plain
from writ.formats.oscal.selection import controls_of

PROFILE = profile(
    metadata=METADATA | {"title": "A baseline"},
    imports=[{"href": "catalog.json", "include-controls": [{"with-ids": ["ac-1"]}]}],
    merge={"as-is": True},
    modify={"set-parameters": [{"param-id": "ac-1_prm_1", "values": ["all staff"]}]},
)


@pytest.fixture
def imported(run: Run, tmp_path: Path):
    """Writes a catalogue and a profile, imports them, and gives the folder of the book."""

    def make(catalog: dict[str, Any] = CATALOG, held: dict[str, Any] | None = None) -> Path:
        files = [tmp_path / "catalog.json"]
        files[0].write_text(json.dumps({"catalog": catalog}), "utf-8")
        if held is not None:
            files.append(tmp_path / "profile.json")
            files[1].write_text(json.dumps(held), "utf-8")
        ran = run("import", "oscal", *files, "-o", tmp_path / "book")
        assert ran.status == 0 and ran.err == "", ran.err
        return tmp_path / "book"

    return make


def test_a_catalogue_becomes_a_book_without_mistakes(run, imported):
    folder = imported()
    assert run("check", folder).out == "clean: 2 norms in 2 instruments\n"
    book, found = load_book(folder)
    assert found == []
    instrument = book.instruments["a-small-catalogue"]
    assert instrument.kind == "policy" and instrument.under == ("mandate", "1")
    assert instrument.enacted_by == "publisher" and str(instrument.start) == "2024-01-01"
    assert {norm.kind for norm in book.norms} == {"power"}
    assert 'body publisher "Office"' in (folder / "mandate.md").read_text("utf-8")


def test_controls_are_provisions_whose_text_is_for_people(imported):
    text = (imported() / "a-small-catalogue.md").read_text("utf-8")
    begin = text.index("## Access")
    assert text[begin:] == EXPECTED


EXPECTED = """\
## Access

Access is *given*.

And taken.

### AC-1 Policy

Tell [Assignment: roles] [Selection (one or more): daily; on [Assignment: roles]]:

**a.** the rules; and

*guidance:* \\- one
\\- **two** of `them`

Parameter `ac-1_prm_1`: [Assignment: roles]

Parameter `ac-1_prm_2`: [Selection (one or more): daily; on [Assignment: roles]]

Related: AC-2.

Reference: Act.

#### AC-1.1 Review

### AC-2 Accounts
"""


def test_a_profile_is_an_instrument_under_the_catalogue(run, imported):
    folder = imported(held=PROFILE)
    ran = run("check", folder)
    assert ran.status == 0 and "error" not in ran.out
    book, _ = load_book(folder)
    assert book.instruments["a-baseline"].under == ("a-small-catalogue", "0")
    text = (folder / "a-baseline.md").read_text("utf-8")
    assert "This profile selects 1 control." in text
    assert "## AC-1 Policy" in text and "Parameter `ac-1_prm_1`: all staff" in text
    assert "AC-2" not in text


@pytest.mark.parametrize("form", ["json", "xml", "yaml"])
def test_the_catalogue_comes_back_equal(run, imported, tmp_path, form):
    folder = imported(held=PROFILE)
    out = tmp_path / f"out.{form}"
    assert run("export", "oscal", folder, "-o", out) == (0, f"{out}\n", "")
    again = tmp_path / "again"
    assert run("import", "oscal", out, "-o", again).status == 0
    last = tmp_path / "last.json"
    assert run("export", "oscal", again, "-o", last).status == 0
    assert json.loads(last.read_text("utf-8")) == {"catalog": CATALOG}


def test_a_profile_comes_back_and_resolved(run, imported, tmp_path):
    folder = imported(held=PROFILE)
    out = tmp_path / "out.json"
    named = ("--instrument", "a-baseline")
    assert run("export", "oscal", folder, *named, "-o", out).status == 0
    assert json.loads(out.read_text("utf-8")) == PROFILE
    assert run("export", "oscal", folder, *named, "--resolved", "-o", out).status == 0
    data = json.loads(out.read_text("utf-8"))["catalog"]
    control = data["groups"][0]["controls"][0]
    assert control["id"] == "ac-1" and control["params"][0]["values"] == ["all staff"]


def test_changes_to_the_markdown_are_told_and_not_exported(run, imported, tmp_path):
    folder = imported()
    path = folder / "a-small-catalogue.md"
    path.write_text(path.read_text("utf-8").replace("the rules; and", "our rules; and"), "utf-8")
    out = tmp_path / "out.json"
    ran = run("export", "oscal", folder, "-o", out)
    assert ran.status == 1 and "X409" in ran.err and ": AC-1" in ran.err
    assert json.loads(out.read_text("utf-8")) == {"catalog": CATALOG}
    path.unlink()
    assert "the Markdown of the catalogue is gone" in run("export", "oscal", folder, "-o", out).err


def test_what_cannot_be_given_back_is_said(run, book, imported, tmp_path):
    out = tmp_path / "out.json"
    ran = run("export", "oscal", book, "-o", out)
    assert ran.status == 2 and "X408" in ran.err
    folder = imported()
    assert run("export", "oscal", folder, "--instrument", "no", "-o", out).status == 2
    for text, code in (("{", "X401"), ("[]", "X408"), ('{"form": "json", "catalog": {}}', "X403")):
        (folder / "a-small-catalogue.oscal.json").write_text(text, "utf-8")
        ran = run("export", "oscal", folder, "-o", out)
        assert ran.status == 2 and code in ran.err and "X408" in ran.err
    assert run("export", "oscal", folder, "-o", tmp_path / "out.txt").status == 2
    assert run("export", "oscal", tmp_path / "none", "-o", out).status == 2
    assert not out.exists()


@pytest.fixture
def book(tmp_path: Path, run: Run) -> Path:
    """A book that was not made of OSCAL."""
    assert run("new", tmp_path / "floods").status == 0
    return tmp_path / "floods"


def test_what_cannot_be_imported_writes_nothing(run, tmp_path):
    (tmp_path / "bad.json").write_text('{"catalog": {', "utf-8")
    ran = run("import", "oscal", tmp_path / "bad.json", "-o", tmp_path / "b")
    assert ran.status == 2 and "X401" in ran.err
    (tmp_path / "profile.json").write_text(json.dumps(PROFILE), "utf-8")
    ran = run("import", "oscal", tmp_path / "profile.json", "-o", tmp_path / "b")
    assert ran.status == 1 and "X405" in ran.err
    assert run("import", "oscal", tmp_path / "none.json", "-o", tmp_path / "b").status == 2
    assert not (tmp_path / "b").exists()


def test_a_profile_alone_stands_under_the_mandate(run, tmp_path):
    inner = {"catalog": CATALOG}
    (tmp_path / "catalog.json").write_text(json.dumps(inner), "utf-8")
    (tmp_path / "profile.json").write_text(json.dumps(PROFILE), "utf-8")
    assert run("import", "oscal", tmp_path / "profile.json", "-o", tmp_path / "b").status == 0
    book, found = load_book(tmp_path / "b")
    assert found == [] and book.instruments["a-baseline"].under == ("mandate", "2")


def test_links_that_lead_nowhere_are_reported(run, tmp_path):
    control = {
        "id": "x-1",
        "title": "X",
        "links": [{"href": "#gone"}, {"href": "#ac", "rel": "related"}],
        "parts": [{"name": "statement", "prose": "Do {{ insert: param, no }}."}],
    }
    (tmp_path / "c.json").write_text(json.dumps({"catalog": CATALOG | {"controls": [control]}}))
    ran = run("import", "oscal", tmp_path / "c.json", "-o", tmp_path / "b")
    assert ran.status == 0 and ran.err.count("X407") == 2
    assert "`gone`" in ran.err and "`no`" in ran.err
    assert "Related: Access." in (tmp_path / "b" / "a-small-catalogue.md").read_text("utf-8")


HOSTILE = [
    "```writ\npower\n  publisher may issue-catalogue\n```",
    "~~~writ\npower\n  publisher may issue-catalogue\n~~~",
    "# 9 Heading\n\n    ```writ\n    power\n    ```",
    "1. one\n- two\n> ```writ\n> power\n> ```",
    "Nine\n====\n\n9 Ten\n---\n<div>\n<!-- -->\n[a]: b",
    "---\nid: mandate\n---",
]


@pytest.mark.parametrize("prose", HOSTILE)
def test_no_text_of_a_catalogue_becomes_law_or_a_provision(imported, prose):
    control = {
        "id": "x-1",
        "title": " ".join(prose.split("\n")),
        "params": [{"id": "p", "label": prose, "values": [prose]}],
        "parts": [{"name": "item", "title": prose, "prose": prose}],
    }
    metadata = METADATA | {"title": prose, "parties": [{"uuid": "u", "name": prose}]}
    group = {"title": f"9 {prose}", "parts": control["parts"], "controls": [control]}
    folder = imported({"uuid": "u", "metadata": metadata, "groups": [group]})
    book, found = load_book(folder)
    assert found == []
    assert len(book.instruments) == 2 and len(book.norms) == 2


def test_the_codes_are_explained(run):
    assert run("explain", "X401").out.startswith("X401 oscal-unreadable (error)")
    assert run("explain", "X501").out.startswith("X501 crosswalk-unreadable (error)")


def test_labels_are_labels_and_each_its_own():
    ids = ["ac-2.1", "GV.OC-01", "SP_800_171_03.09.01", "ac-1", "AC-1", "0", "é", "-x-", "a..b"]
    assert list(labels(ids).values()) == [
        "AC-2.1",
        "GV.OC-01",
        "SP-800-171-03.09.01",
        "AC-1",
        "AC-1-2",
        "0-2",
        "C7",
        "X",
        "A.B",
    ]


def test_text_keeps_its_words_when_it_loses_its_marks():
    assert plain("# Head\n1. one\n- two\nfine *so* [a](b) - c") == (
        "**Head**\n1\\. one\n\\- two\nfine *so* [a](b) - c"
    )


@needs_data
@pytest.mark.parametrize(
    ("catalog", "held", "count"),
    [
        ("NIST_SP-800-53_rev5_catalog-5.0.1.json", "NIST_SP-800-53_rev5_LOW", 1189),
        ("ISM_catalog.json", "ISM_SECRET", 1107),
    ],
)
def test_real_catalogues_compile(run, tmp_path, catalog, held, count):
    files = [DATA / catalog, DATA / f"{held}-baseline_profile.json"]
    assert run("import", "oscal", *files, "-o", tmp_path / "b").status == 0
    book, found = load_book(tmp_path / "b")
    assert found == [] and len(book.instruments) == 3
    out = tmp_path / "out.json"
    assert run("export", "oscal", tmp_path / "b", "-o", out).status == 0
    assert json.loads(out.read_text("utf-8")) == json.loads(files[0].read_text("utf-8"))
    data = json.loads(files[0].read_text("utf-8"))["catalog"]
    wanted = list(labels(control["id"] for control, _ in controls_of(data)).values())
    text = max((path.read_text("utf-8") for path in (tmp_path / "b").glob("*.md")), key=len)
    headings = re.findall(r"(?m)^#+ (\S+)", text)
    assert [one for one in headings if one in set(wanted)] == wanted and len(wanted) == count
