"""Real and invented events under real law: every journal kept with the books is sound, and replays as it expects.

The journals of the shared case files are among them: each of their expected results is an expectation of ours, with
the same day, status and due day. Without the folder the tests say so, and the books' own expectations remain.
"""

from functools import cache
from pathlib import Path

import pytest
import yaml

from writ.book.load import load_book
from writ.diagnostics import Severity
from writ.journal.check import check_journal
from writ.journal.expected import verify
from writ.journal.read import load_journal

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "cases"
BOOKS = ("eo-13526", "war-powers", "emergencies-act")
JOURNALS = [path for book in BOOKS for path in sorted((ROOT / "books" / book).glob("*.journal"))]

OURS = {
    "in force": {"in effect"},
    "not in force": {"not begun"},
    "lapsed": {"lapsed", "ended"},
    "none": {"not opened"},
}
"""What the words of the shared files mean in ours; the other words are the same."""


@cache
def book_of(name: str):
    return load_book(ROOT / "books" / name)[0]


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_journal_is_sound_and_replays_as_it_expects(path):
    book = book_of(path.parent.name)
    journal, wrong = load_journal(path, book)
    assert [str(one.message) for one in wrong] == []
    found = check_journal(book, journal)
    assert [one.message for one in found if one.severity is Severity.ERROR] == []
    verdicts = verify(book, journal)
    assert verdicts, "a journal without expectations shows nothing"
    failed = [
        f"line {one.line}: {one.expectation.subject} {one.expectation.name} "
        f"{one.expectation.provision} expected {one.expectation.status} "
        f"{one.expectation.due or ''}, found {one.found} citing {one.citations}"
        for one in verdicts
        if not one.ok
    ]
    assert failed == []


def shared() -> list:
    """(book, id, expected result) of every expected result of the shared journals."""
    found = []
    for name in BOOKS if SHARED.is_dir() else ():
        for journal in yaml.safe_load((SHARED / f"{name}.yaml").read_text("utf-8"))["journals"]:
            title = journal.get("id") or journal["name"]
            for item in journal["expected"]:
                key = item.get("id") or f"{title}/{item['as_of']}/{question(item['statement'])}"
                found.append(pytest.param(name, key, item, id=f"{name}: {key[:90]}"))
    return found


def question(statement: str) -> str:
    """A statement without what is given; the premise of the expectation says that."""
    asked, given, _ = statement.partition(". Given")
    return asked + (", given instead" if given and "Given instead" in statement else "")


@cache
def expectations(name: str) -> dict:
    found: dict = {}
    for path in sorted((ROOT / "books" / name).glob("*.journal")):
        for one in load_journal(path, book_of(name))[0].expectations:
            if one.shared:
                found.setdefault(one.shared, []).append(one)
    return found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared case files are not beside the project")
@pytest.mark.parametrize(("name", "key", "item"), shared())
def test_each_shared_result_is_expected_with_its_day_status_and_due_day(name, key, item):
    ours = expectations(name).get(key)
    assert ours, "no expectation of the book's journals has this id"
    for one in ours:
        assert str(one.as_of) == item["as_of"]
        assert one.subject == (item.get("about") or item.get("kind"))
        assert one.status in OURS.get(item["status"], {item["status"]})
        if item.get("due") and one.due is not None:
            assert str(one.due)[:10] == item["due"][:10]
        assert not one.cites or set(one.cites) <= set(item["cites"])
    if item.get("due"):
        assert any(one.due is not None for one in ours), "the due day is expected"
