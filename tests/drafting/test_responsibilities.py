"""Tables of responsibilities: into a book that compiles, with their gaps."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import Run
from writ.book.load import load_texts
from writ.diagnostics import failed
from writ.formats.responsibilities.book import book
from writ.formats.responsibilities.gaps import gaps, number_of
from writ.formats.responsibilities.organisation import is_bearer, read_organisation
from writ.formats.responsibilities.rows import NotATable, Row, check_columns, headings, read_rows

FOLDER = Path(__file__).parents[3] / "shared/data/law/us-dod-gamechanger"

ORGANISATIONS = """\
Name,Aliases,Parent,Head
Defense Intelligence Agency,DIA,Department of Defense,"Director, Defense Intelligence Agency"
Department of Defense,DoD,,Secretary of Defense
"""
ROLES = """\
Name,Aliases,OrgParent,Parent
"Director, Defense Intelligence Agency",,Defense Intelligence Agency,Secretary of Defense
Under Secretary of Defense for Policy,USD(P);USDP,Department of Defense,
"""
TABLE = """\
document,bearer,responsibility,responsibilityLevel2,reference
DoDD 1.json,"The Director, DIA,",Collection,,
DoDD 1.json,"The Director, DIA,",Collection,Manage the collection of intelligence in all regions.,DoDD 1000.21
DoDD 1.json,UNDER SECRETARY OF DEFENSE FOR POLICY (USD(P)),Manage the collection of intelligence in all regions.,,
DoDD 2.json,The Keeper of Maps,Keep the maps.,,DoDD 5.1|DoDD 1000.20
DoDD 2.json,", 3",Keep nothing.,,
DoDD 2.json,The Keeper of Maps,,,
"""
REFERENCES = """\
Issuance #,Real Text
DoDD 1000.20,"DoD Directive 1000.20, ""Determinations,"" June 9, 1983 (hereby canceled)"
DoDD 1000.21E,"DoD Directive 1000.21, “Passports,” July 9, 1992 (hereby cancelled)"
DoDD 1000.21E,"DoD Directive 5.1, “In force,” 1992"
"""


def duties(files: dict[str, str]) -> dict[str, str]:
    compiled, found = load_texts(files)
    assert not failed(found), [each.message for each in found]
    return {norm.label: norm.bearer.actors[0].name for norm in compiled.norms}


def test_each_row_is_a_duty_of_the_office_that_its_bearer_names() -> None:
    rows, unread = read_rows(TABLE)
    organisation = read_organisation(ORGANISATIONS, ROLES)
    assert [(each.number, each.why) for each in unread] == [(6, "it says no responsibility")]
    files = book(rows, organisation, "b")
    assert sorted(files) == ["book.md", "dodd-1.md", "dodd-2.md", "organisation.md"]
    assert duties(files) == {
        "R2": "director-defense-intelligence-agency",
        "R3": "under-secretary-of-defense-for-policy",
        "R4": "keeper-of-maps",
    }
    assert (
        "  in defense-intelligence-agency\n  reports to secretary-of-defense\n"
        in files["organisation.md"]
    )
    assert (
        "-- not in the tables of the organisation\noffice keeper-of-maps"
        in files["organisation.md"]
    )
    assert "Keep nothing." in files["dodd-2.md"]


def test_the_gaps_of_a_table() -> None:
    rows, _ = read_rows(TABLE)
    found = gaps(rows, read_organisation(ORGANISATIONS, ROLES), REFERENCES)
    assert [(each.number, each.reissued, each.rows) for each in found.cancelled] == [
        ("DoDD 1000.20", True, ()),
        ("DoDD 1000.21", False, (2,)),
    ]
    assert found.unknown == (("keeper of maps", (4,)),)
    assert found.unnamed == (5,)
    ((duty, bearers, numbers),) = found.twice
    assert duty.startswith("Manage the collection")
    assert bearers == ("director, dia", "under secretary of defense for policy (usd(p))")
    assert numbers == (2, 3)


def test_a_row_that_only_heads_others_is_no_duty() -> None:
    rows = [
        Row(1, "D", "The Head", ("Collection",), ()),
        Row(2, "D", "The Head", ("The Head will:",), ()),
        Row(3, "D", "The Head", ("Collection", "Collect."), ()),
        Row(4, "D", "The Head", ("The Head will:", "Act."), ()),
        Row(5, "E", "The Head", ("Collection",), ()),
    ]
    assert headings(rows) == {1, 2}


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("The Director, DIA,", True),
        ("In this capacity, the ASD(NCB)", True),
        ("USD(P)", True),
        ("AND FUNCTIONS The Director, DoDHRA,", True),
        (",", False),
        ("AND FUNCTIONS", False),
        ("21E, June 4, 2020", False),
        ("", False),
    ],
)
def test_what_can_be_the_name_of_a_bearer(words: str, known: bool) -> None:
    assert is_bearer(words) is known


@pytest.mark.parametrize(
    "bearer", ["USD(P)", "USDP", "The Under Secretary of Defense for Policy (USD(P))"]
)
def test_an_office_is_found_by_title_and_abbreviation(bearer: str) -> None:
    found = read_organisation(ORGANISATIONS, ROLES).find(bearer)
    assert found is not None
    assert found.title == "Under Secretary of Defense for Policy"


def test_an_organisation_that_stands_in_itself_is_cut() -> None:
    made = read_organisation("Name,Parent\nA Board,B Board\nB Board,A Board\n")
    assert [each.inside for each in made.actors.values()] == ["b-board", ""]


def test_numbers_of_documents() -> None:
    assert number_of("DoD Directive 5105.21, “DIA,” 2008") == "DoDD 5105.21"
    assert number_of("Department of Defense Instruction S-5210.36") == "DoDI S-5210.36"
    assert number_of("Title 10, United States Code") == ""


@pytest.mark.parametrize(
    "text", ["[1, 2]", "{", "a,b\n1,2\n", '[{"bearer": "x"}]', "", "[" * 100_000]
)
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(NotATable):
        check_columns(text)


TEXTS = st.text(max_size=40) | st.sampled_from(
    ["# x", "```writ", "<!-- x", "---", 'a "b"', "1. x", "The Head", "yes"]
)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=6))
def test_whatever_a_table_says_its_book_compiles_and_no_duty_is_lost(
    table: list[tuple[str, str, str]],
) -> None:
    records = [
        {"document": one, "bearer": two, "responsibility": three} for one, two, three in table
    ]
    rows, _ = read_rows(json.dumps(records))
    held = duties(book(rows, read_organisation(), "b"))
    assert set(held) == {f"R{row.number}" for row in rows if is_bearer(row.bearer)}


def test_the_command_writes_the_book_and_the_tables(run: Run, tmp_path: Path) -> None:
    for name, text in (
        ("t.csv", TABLE),
        ("o.csv", ORGANISATIONS),
        ("r.csv", ROLES),
        ("c.csv", REFERENCES),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    out = tmp_path / "out"
    options = (
        "--organisations",
        tmp_path / "o.csv",
        "--roles",
        tmp_path / "r.csv",
        "--references",
        tmp_path / "c.csv",
    )
    ran = run("import", "responsibilities", tmp_path / "t.csv", "-o", out, *options)
    assert ran.status == 1
    assert "2 cancelled references, 1 of them still relied on" in ran.out
    assert run("check", out).status == 0
    told = json.loads((out / "responsibilities.json").read_text("utf-8"))
    assert [(each["bearer"], len(each["responsibilities"])) for each in told["offices"]] == [
        ("Director, Defense Intelligence Agency", 1),
        ("Under Secretary of Defense for Policy", 1),
        ("keeper of maps", 1),
    ]
    text = (out / "responsibilities.txt").read_text("utf-8")
    assert "still relied on by R2" in text
    assert "keeper of maps (1)  [not in the organisation]" in text
    refused = run("import", "responsibilities", tmp_path / "o.csv", "-o", tmp_path / "new")
    assert refused.status == 2
    assert "it has no column for bearers" in refused.err


@pytest.mark.skipif(not FOLDER.exists(), reason=f"the tables are not at {FOLDER}")
def test_the_cancelled_references_of_the_directives() -> None:
    rows, unread = read_rows((FOLDER / "responsibilities-dodd.json").read_text("utf-8"))
    assert len(rows) + len(unread) == 3055
    organisation = read_organisation(
        (FOLDER / "graph-orgs.csv").read_text("utf-8"),
        (FOLDER / "graph-roles.csv").read_text("utf-8"),
    )
    found = gaps(rows, organisation, (FOLDER / "graph-references.csv").read_text("utf-8"))
    assert len(found.cancelled) == 58
    assert sum(each.reissued for each in found.cancelled) == 24
