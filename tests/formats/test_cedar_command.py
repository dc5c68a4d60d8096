"""`writ import cedar` and `writ export cedar`, and the example of `docs/cedar.md`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.command import Run

PAGE = (Path(__file__).parents[2] / "docs" / "cedar.md").read_text("utf-8")
POLICIES, NORMS = re.findall(r"(?ms)^```text\n(.*?)^```", PAGE)
ENTITIES = [
    {
        "uid": {"type": "User", "id": "ann"},
        "attrs": {},
        "parents": [{"type": "Group", "id": "friends"}],
    },
    {
        "uid": {"type": "Photo", "id": "sea"},
        "attrs": {"private": True, "owner": {"__entity": {"type": "User", "id": "bob"}}},
        "parents": [{"type": "Album", "id": "holidays"}],
    },
    {
        "uid": {"type": "Photo", "id": "hill"},
        "attrs": {"private": False},
        "parents": [{"type": "Album", "id": "holidays"}],
    },
]


def asked(photo: str, action: str = "view") -> dict[str, object]:
    return {
        "principal": 'User::"ann"',
        "action": f'Action::"{action}"',
        "resource": f'Photo::"{photo}"',
        "context": {},
    }


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with the files of an example."""
    (tmp_path / "photos.cedar").write_text(POLICIES, "utf-8")
    (tmp_path / "entities.json").write_text(json.dumps(ENTITIES), "utf-8")
    requests = [asked("sea"), asked("hill"), asked("hill", "delete")]
    (tmp_path / "asked.json").write_text(json.dumps(requests), "utf-8")
    return tmp_path


def test_the_example_of_the_page_is_what_is_imported(run: Run, photos: Path) -> None:
    ran = run("import", "cedar", photos / "photos.cedar", "-o", photos / "book")
    assert ran.status == 0, ran.err
    written = (photos / "book" / "powers.md").read_text("utf-8")
    written += (photos / "book" / "prohibitions.md").read_text("utf-8")
    blocks = re.findall(r"(?ms)^```writ\n(.*?)^```", written)
    assert "\n".join(blocks[1:]) == NORMS


def test_the_program_of_the_page_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = re.findall(r"(?ms)^```python\n(.*?)^```", PAGE)
    exec(program, {"policies": POLICIES, "entities": json.dumps(ENTITIES)})
    assert capsys.readouterr().out.strip() == program.rpartition("# ")[2].strip()


def test_an_imported_book_checks_clean_and_its_requests_are_cases(run: Run, photos: Path) -> None:
    entities = ("--entities", photos / "entities.json")
    words = (photos / "photos.cedar", *entities, "--request", photos / "asked.json")
    ran = run("import", "cedar", *words, "-o", photos / "book", "--title", 'Photos "of" Ann')
    assert ran.status == 0, ran.err
    assert "1 power and 1 prohibition" in ran.out
    assert run("check", photos / "book").out.startswith("clean")
    assert run("test", photos / "book").out.strip().endswith("3 passed, 0 failed")
    assert run("fmt", "--check", photos / "book").status == 0
    cases = (photos / "book" / "cedar.cases.yaml").read_text("utf-8")
    assert re.findall(r"outcome: (.*)", cases) == ["prohibited", "permitted", "no authority"]


def test_an_answer_cites_the_policy(run: Run, photos: Path) -> None:
    run("import", "cedar", photos / "photos.cedar", "-o", photos / "book")
    ran = run(
        *("decide", photos / "book", "--actor", "principal", "--act", "view", "--at", "2025-01-01"),
        *("--fact", "resource.private=yes", "--fact", "resource.has-owner=no"),
    )
    assert "policy1" in ran.out


def test_a_policy_that_never_applies_is_told_and_has_no_norm(run: Run, photos: Path) -> None:
    (photos / "photos.cedar").write_text("permit (principal, action, resource) when { 1 > 2 };")
    ran = run("import", "cedar", photos / "photos.cedar", "-o", photos / "book")
    assert "0 powers and 0 prohibitions; 1 that can never apply" in ran.out
    assert "It applies to no request." in (photos / "book" / "powers.md").read_text("utf-8")


def test_what_is_refused_writes_nothing(run: Run, photos: Path) -> None:
    (photos / "photos.cedar").write_text(
        "permit (principal, action, resource) when { context.n + 1 > 2 };"
    )
    ran = run("import", "cedar", photos / "photos.cedar", "-o", photos / "book")
    assert ran.status == 1
    assert "X103" in ran.err and "policy0" in ran.err
    assert not (photos / "book").exists()


def test_files_that_cannot_be_read_are_a_mistake_in_the_asking(run: Run, photos: Path) -> None:
    (photos / "latin").write_bytes(b"\xff\xfe")
    (photos / "broken").write_text("permit")
    for file in ("missing", "latin", "broken", "."):
        ran = run("import", "cedar", photos / file, "-o", photos / "book")
        assert ran.status == 2, file
        assert "Traceback" not in ran.err
    assert run("import", "cedar", photos / "photos.cedar", "-o", photos).status == 2


def test_a_request_that_cannot_be_asked_is_reported_beside_the_book(run: Run, photos: Path) -> None:
    (photos / "asked.json").write_text('{"principal": 3}')
    words = ("--request", photos / "asked.json", "-o", photos / "book")
    ran = run("import", "cedar", photos / "photos.cedar", *words)
    assert ran.status == 1
    assert "X105" in ran.err
    assert run("test", photos / "book").out.strip().endswith("0 passed, 0 failed")


def test_an_export_names_the_acts_and_what_stands_in_the_way_of_the_others(
    run: Run, tmp_path: Path
) -> None:
    run("new", tmp_path / "floods")
    ran = run("export", "cedar", tmp_path / "floods", "-o", tmp_path / "out", "--at", "2025-06-02")
    assert ran.status == 1
    assert "`report-to-parliament` is not exported: a duty" in ran.err
    assert "issue-directive" in ran.out
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "policies.cedar",
        "schema.cedarschema",
        "entities.json",
    }


def test_an_export_of_one_act(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "floods")
    words = ("export", "cedar", tmp_path / "floods", "-o", tmp_path / "out", "--act")
    assert run(*words, "issue-directive").status == 0
    again = run(*words, "issue-directive")
    assert again.status == 2 and "not an empty folder" in again.err
    words = ("export", "cedar", tmp_path / "floods", "-o", tmp_path / "other", "--act")
    assert "did you mean `issue-directive`" in run(*words, "issue-directives").err
    none = run(*words, "report-to-parliament")
    assert none.status == 1 and "no act can be exported" in none.err
    assert not (tmp_path / "other").exists()
