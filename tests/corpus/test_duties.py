"""Who must do what, and where responsibility has gaps."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

from tests.command import Run
from tests.corpus.graph_books import ACT, CONSTITUTION, DAY, REGULATION, TEXTS, gates
from tests.formats.legislation_samples import LAW
from writ.book.load import load_book
from writ.corpus.duties.gaps import KINDS, Gap, gaps
from writ.corpus.duties.holding import Held, grouped, held
from writ.corpus.duties.page import page
from writ.corpus.duties.tables import as_csv, gaps_csv
from writ.formats.responsibilities.tables import NAME


def row(office: str, **changes: str) -> Held:
    (one,) = [each for each in held(gates(**changes), DAY) if each.office == office]
    return one


def test_a_row_has_the_words_of_the_book():
    one = row("minister")
    assert (one.title, one.citation, one.does) == ("the Minister", "s. 2", "report on the gates")
    assert (one.deadline, one.trigger) == (
        "within 7 days of open-gate",
        "within 7 days of open-gate",
    )
    assert one.quote == "The Minister reports to Parliament within a week of an opening."
    assert one.informed == ("Parliament",)
    assert (one.file, one.line) == ("gates-act.md", ACT.split("\n").index("duty 2") + 1)


def test_who_answers_and_who_is_asked_before():
    assert row("secretary").accountable == ("the Minister",)
    power = next(each for each in held(gates(), DAY, ["power"]) if each.office == "minister")
    assert power.consulted == ("consult the Auditor",)
    assert power.quote == "The Minister may open the gates, after consulting the Auditor."


def test_the_day_tells_what_is_in_force():
    def status(day: int) -> str:
        return next(
            each.status for each in held(gates(), dt.date(day, 1, 1)) if each.office == "secretary"
        )

    assert (status(2001), status(2002)) == ("not yet", "in force")


def test_a_norm_of_several_has_a_row_for_each_and_groups_come_by_number():
    rows = held(gates(gate_rules=REGULATION.replace("auditor must", "auditor, minister must")), DAY)
    assert [(name, len(own)) for name, _, own in grouped(rows, "office")] == [
        ("minister", 2),
        ("secretary", 1),
        ("auditor", 1),
    ]
    assert [name for name, _, _ in grouped(rows, "act")] == ["inspect", "report"]


def found(kind: str, day: dt.date = DAY, **changes: str) -> list[Gap]:
    return gaps(gates(**changes), day, [kind])


def test_a_duty_held_twice_without_an_order():
    (gap,) = found("twice")
    assert gap.who == ("secretary", "auditor") and gap.norms == ("gate-rules/1", "gate-rules/2")
    assert (gap.file, gap.what) == ("gate-rules.md", "inspect the gates")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("auditor must inspect", "clerk must inspect"),  # reports to the secretary
        ("auditor must inspect", "auditor must report"),  # another act
        ("auditor must inspect", "auditor must inspect\n  when opening in effect"),  # another scope
        ("auditor must inspect", "auditor must inspect\n  on open-gate"),  # another occasion
        ("auditor must inspect", "auditor must inspect\n  notwithstanding 1"),  # an order
        ("auditor must inspect", "auditor must inspect\n  in force from 2030-01-01"),
    ],
)
def test_an_order_another_scope_or_another_time_is_not_twice(before: str, after: str):
    assert found("twice", gate_rules=REGULATION.replace(before, after)) == []


def test_a_duty_of_several_offices_without_an_order_is_shared():
    several = REGULATION.replace("auditor must inspect", "auditor, clerk must report")
    (gap,) = found("shared", gate_rules=several)
    assert gap.who == ("auditor", "clerk") and gap.norms == ("gate-rules/2",)
    assert found("shared", gate_rules=several.replace("auditor, clerk", "secretary, clerk")) == []
    assert (
        found("shared", gate_rules=several.replace("auditor, clerk", "each of auditor, clerk"))
        == []
    )


def test_a_duty_said_twice_of_one():
    (gap,) = found("repeated", gate_rules=REGULATION.replace("auditor must", "secretary must"))
    assert gap.norms == ("gate-rules/1", "gate-rules/2") and gap.why == "it stands in r. 1, r. 2"


def test_a_vacant_office_holds_nothing_unless_somebody_succeeds():
    vacant = "\n  vacant from 2024-01-01 until 2026-01-01"
    lone = CONSTITUTION.replace('"the Auditor"', '"the Auditor"' + vacant)
    (gap,) = found("nobody", constitution=lone)
    assert gap.norms == ("gate-rules/2",) and "`auditor` is vacant" in gap.why
    assert found("nobody", dt.date(2027, 1, 1), constitution=lone) == []
    succeeded = CONSTITUTION.replace("succession clerk", "succession clerk" + vacant)
    assert found("nobody", constitution=succeeded) == []
    both = succeeded.replace("reports to secretary", "reports to secretary" + vacant)
    assert [each.norms for each in found("nobody", constitution=both)] == [("gate-rules/1",)]


def test_what_is_owed_to_a_vacant_office_is_unheard():
    vacant = CONSTITUTION.replace('"the Auditor"', '"the Auditor"\n  vacant from 2024-01-01')
    act = ACT.replace("to parliament", "to auditor")
    (gap,) = found("unheard", constitution=vacant, gates_act=act)
    assert gap.norms == ("gates-act/2",)
    assert found("unheard", gates_act=act) == []


def test_a_duty_rests_on_nothing_when_its_authority_is_repealed():
    ended = ACT.replace("in-force: 2001-01-01", "in-force: 2001-01-01\nrepealed: 2020-01-01")
    by_norm = {each.norms: each.why for each in found("cancelled", gates_act=ended)}
    assert by_norm[("gates-act/2",)] == "it ended on 2020-01-01"
    assert (
        by_norm[("gate-rules/1",)]
        == "`gate-rules` was made under `gates-act`, repealed on 2020-01-01"
    )
    assert found("cancelled", dt.date(2019, 1, 1), gates_act=ended) == []
    power = REGULATION.replace("gates-act 3\n  from", "gates-act 1(1)\n  from")
    assert {each.why for each in found("cancelled", gate_rules=power)} == {
        "`gate-rules` was made under s. 1(1), which is repealed"
    }


def test_a_duty_without_time_an_idle_office_and_powers_without_supervision():
    assert [each.norms for each in found("no-time")] == [("gate-rules/1",), ("gate-rules/2",)]
    assert found("idle") == []
    more = CONSTITUTION.replace("act legislate", 'office porter "the Porter"\n\nact legislate')
    assert [each.who for each in found("idle", constitution=more)] == [("porter",)]
    assert found("unsupervised") == []  # the minister stands in the ministry
    alone = CONSTITUTION.replace("  in ministry\n", "")
    (gap,) = found("unsupervised", constitution=alone)
    assert gap.who == ("minister",) and gap.norms == ("gates-act/1(1)",)


def test_no_cell_of_a_table_is_a_formula():
    text = as_csv(held(gates(constitution=CONSTITUTION.replace('"inspect', '"=inspect')), DAY), [])
    assert any("'=inspect the gates" in cells for cells in csv.reader(io.StringIO(text)))
    assert not any(
        cell[:1] in ("=", "+", "@") for cells in csv.reader(io.StringIO(text)) for cell in cells
    )
    assert next(csv.reader(io.StringIO(gaps_csv([])))) == list(Gap._fields)


def test_the_page_shows_what_a_book_says_and_runs_nothing():
    book = gates(
        constitution=CONSTITUTION.replace('"inspect the', '"<script>alert(1)</script> the')
    )
    text = page(book.title, held(book, DAY), gaps(book, DAY), "office", "2025-01-01")
    assert "<script" not in text and "&lt;script&gt;" in text
    assert "http" not in text and '<html lang="en">' in text and text.count("<h1>") == 1


def test_every_kind_of_gap_is_documented():
    documented = (Path(__file__).parents[2] / "docs" / "duties.md").read_text("utf-8")
    assert [kind for kind in KINDS if f"\n| `{kind}` |" not in documented] == []


# --- the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "gates"
    made.mkdir()
    for name, text in TEXTS.items():
        (made / name).write_text(text, "utf-8")
    return made


def test_the_command_has_a_status_for_gaps(run: Run, folder: Path, tmp_path: Path):
    ran = run("duties", folder, "--at", "2025-01-01")
    assert ran.status == 0 and "the Minister (minister): 1" in ran.out and "Gaps (" in ran.out
    ran = run("duties", folder, "--gaps", "--gap", "twice", "--at", "2025-01-01")
    assert ran.status == 1 and "Gaps (1)" in ran.out and "must report" not in ran.out
    assert run("duties", folder, "--gaps", "--gap", "nobody").status == 0
    data = json.loads(run("duties", folder, "--office", "the Secretary", "--json").out)
    assert [group["name"] for group in data["groups"]] == ["secretary"]
    assert all("secretary" in gap["who"] for gap in data["gaps"])
    for ending in ("html", "csv", "json"):
        assert run("duties", folder, "--kind", "all", "-o", tmp_path / f"who.{ending}").status == 0
    assert (tmp_path / "who.html").read_text("utf-8").startswith("<!doctype html>")
    for wrong in (
        ("--gap", "twice"),
        ("--gaps", "--gap", "twin"),
        ("--office", "porter"),
        ("--kind", "act"),
    ):
        assert run("duties", folder, *wrong).status == 2
    assert run("duties", tmp_path / "nowhere").status == 2


# --- imported tables

ROWS = """document,bearer,responsibility,references
A,The Director,Write the annual report on all of the gates of the land.,"DoD Directive 1000.1"
A,The Stranger,Write the annual report on all of the gates of the land.,
A,7,Keep the list of everything that has been opened.,
"""
OFFICES = "Name,Aliases,OrgParent,Parent\nDirector,,,\n"
REFERENCES = 'Issuance #,Real Text\nB,"DoD Directive 1000.1, Gates, (hereby canceled)"\n'


@pytest.fixture
def table(run: Run, tmp_path: Path) -> Path:
    for name, text in (("rows", ROWS), ("roles", OFFICES), ("refs", REFERENCES)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    out = tmp_path / "book"
    options = ("--roles", tmp_path / "roles.csv", "--references", tmp_path / "refs.csv")
    assert run("import", "responsibilities", tmp_path / "rows.csv", *options, "-o", out).status == 1
    return out


def kinds(folder: Path) -> dict[str, list[Gap]]:
    made: dict[str, list[Gap]] = {}
    for each in gaps(load_book(folder)[0], DAY):
        made.setdefault(each.kind, []).append(each)
    return made


def test_what_the_import_said_is_said_again(table: Path):
    made = kinds(table)
    assert [each.norms for each in made["cancelled"]] == [("a/R1",)]
    assert [each.norms for each in made["cancelled-reference"]] == [("a/R1",)]
    assert [(each.what, each.who, each.norms) for each in made["unknown-bearer"]] == [
        ("stranger", ("stranger",), ("a/R2",))
    ]
    assert [(each.norms, each.file, each.line > 1) for each in made["unnamed"]] == [
        (("a/R3",), "a.md", True)
    ]
    assert [each.who for each in made["twice"]] == [("director", "stranger")]
    assert len(made["no-time"]) == 1


def test_a_row_that_was_changed_since_is_judged_as_it_is(table: Path):
    file = table / "a.md"
    text = file.read_text("utf-8")
    assert "  stranger must" in text
    file.write_text(text.replace("  stranger must", "  director must"), "utf-8")
    made = kinds(table)
    assert "twice" not in made and [each.who for each in made["repeated"]] == [("director",)]


def test_a_damaged_table_is_no_end_of_the_duties(table: Path):
    (table / NAME).write_text("{", "utf-8")
    assert "unknown-bearer" not in kinds(table) and len(held(load_book(table)[0], DAY)) == 2


def test_the_directives_keep_all_their_gaps(run: Run, tmp_path: Path):
    data = LAW / "us-dod-gamechanger"
    if not data.exists():
        pytest.skip(f"the responsibilities are not here: {data}")
    tables = {"organisations": "orgs", "roles": "roles", "references": "references"}
    options = [
        word for name, file in tables.items() for word in (f"--{name}", data / f"graph-{file}.csv")
    ]
    out = tmp_path / "book"
    ran = run(
        "import", "responsibilities", data / "responsibilities-dodd.json", *options, "-o", out
    )
    assert "58 cancelled references" in ran.out
    ran = run("duties", out, "--gaps", "--json")
    counts = json.loads(ran.out)["counts"]
    told = json.loads((out / NAME).read_text("utf-8"))["gaps"]
    assert counts["cancelled-reference"] == len(told["cancelled"]) == 58
    assert counts["unknown-bearer"] == len(told["unknown"]) == 66
    assert counts["unnamed"] == len(told["unnamed"]) == 94
    assert (counts["twice"], counts["repeated"], counts.get("cancelled", 0)) == (44, 46, 0)
    assert sum(each["reissued"] for each in told["cancelled"]) == 24
    rows = held(load_book(out)[0], DAY)
    assert len(rows) == 2557 and all(row.quote for row in rows)
