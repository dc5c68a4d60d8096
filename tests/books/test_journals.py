"""Real and invented events under real law: every journal kept with the books is sound, and replays as it expects.

The journals of the shared case files are among them: each of their expected results is an expectation of ours, with
the same day, status and due day. Without the folder the tests say so, and the books' own expectations remain.
"""

from functools import cache
from pathlib import Path

import msgspec
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
NOT_CITED = {
    "ea-2022-v02": {"s. 18(1)"},
    "ea-2022-v03": {"SOR/2022-21 s. 11", "SOR/2022-22 s. 8"},
    "ea-2022-v07": {"s. 18(1)", "s. 58(7)"},
    "ea-2022-v08": {"SOR/2022-26"},
    "ea-2022-v12": {"Interpretation Act s. 35(1)"},
    "ea-cf-lapse-01": {"s. 18(1)"},
    "ea-cf-lapse-02": {"s. 57"},
    "ea-cf-lapse-03": {"s. 57"},
    "Echo's classification of R1": {"EO 13526 s 1.1(a)(1)", "EO 13526 s 1.3(c)(4)"},
    "Delta's classification of R2": {"EO 13526 s 1.3(a)(3)"},
    "Delta's classification of R3": {"EO 13526 s 1.3(c)(2)"},
    "Delta's classification of R5": {"EO 13526 s 1.3(d)"},
    "R2 classified at Secret": {"EO 13526 s 6.1(e)(1)"},
    "File F classified": {"EO 13526 s 3.3(b)(3)", "EO 13526 s 3.3(j)", "EO 13526 s 5.3(b)(2)"},
    "File G classified": {"EO 13526 s 3.3(j)"},
    "Effect of H.J.Res. 402 on the period": {"50 USC 1544(b)"},
    "Duty to terminate the use of forces, given instead": {"50 USC 1543(a)(1)"},
    "Sixty-day period from the report of 16 November 1990": {"50 USC 1543(a)(3)"},
    "Duty to report the introduction in writing within 48 hours": {"PL 102-1 s 2(c)"},
}
"""What a shared result names beside what ours cites, by its id: definitions, and norms that were considered and did not
decide."""


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
    assert [one.expectation for one in verdicts] == list(journal.expectations)
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
        assert all(any(beneath(cited, each) for each in item["cites"]) for cited in one.cites)
    if item.get("due"):
        assert any(one.due is not None for one in ours), "the due day is expected"


def beneath(citation: str, provision: str) -> bool:
    """Whether a citation is of a provision, or of one beneath it: `s 2(c)(1)` of `s 2(c)`."""
    rest = citation.removeprefix(provision)
    return citation.startswith(provision) and not rest[:1].isalnum()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared case files are not beside the project")
@pytest.mark.parametrize("name", BOOKS)
def test_what_a_shared_result_names_is_cited_and_expected(name):
    wanted = {
        key: set(item["cites"]) for book, key, item in (p.values for p in shared()) if book == name
    }
    missing, unsaid = {}, {}
    for path in sorted((ROOT / "books" / name).glob("*.journal")):
        journal = load_journal(path, book_of(name))[0]
        some = tuple(one for one in journal.expectations if one.shared)
        journal = msgspec.structs.replace(journal, expectations=some, expected_lines=())
        for one in verify(book_of(name), journal):
            key = one.expectation.shared
            for provision in wanted.get(key, ()):
                short = key.rpartition("/")[2] if "/" in key else key
                if not any(beneath(cited, provision) for cited in one.citations):
                    missing.setdefault(short, set()).add(provision)
                elif not any(beneath(cited, provision) for cited in one.expectation.cites):
                    unsaid.setdefault(short, set()).add(provision)
    assert unsaid == {}, "ours cites it: expect it"
    ours = {key.rpartition("/")[2] if "/" in key else key for key in wanted}
    assert missing == {key: what for key, what in NOT_CITED.items() if key in ours}
