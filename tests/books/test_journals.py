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
    # The declaration is in effect from the day of its issue by 18(1); what issued it, 17(1), is cited of the act.
    "ea-2022-v02": {"s. 17(1)"},
    # By these the two instruments came into force. The record tells orders apart by their names, which no norm can ask
    # for; what it can cite is the power (19(1)) and what ends them.
    "ea-2022-v03": {"SOR/2022-21 s. 11", "SOR/2022-22 s. 8"},
    # What a negative vote would have done. There was none, and a norm that did nothing is not cited.
    "ea-2022-v07": {"s. 58(7)"},
    # The proclamation is the act that revoked, not a provision: the act is on record, and s. 22 is its warrant.
    "ea-2022-v08": {"SOR/2022-26"},
    # The list of holidays is the calendar's; that a due day moves over one is s. 26, which is cited.
    "ea-2022-v12": {"Interpretation Act s. 35(1)"},
    # The definition of a sitting day: it stands in "2 sitting days of house-of-commons", and is no norm of its own.
    "ea-cf-lapse-02": {"s. 57"},
    "ea-cf-lapse-03": {"s. 57"},
    # Who is an authority at all, and that nobody passes it on. The second bars the grant to Echo and is cited of that
    # (d4); of the use it is enough that no grant stands. As a bar on whoever is on no record the first would bar those
    # as well whose delegation is given with the question.
    "Echo's classification of R1": {"EO 13526 s 1.1(a)(1)", "EO 13526 s 1.3(c)(4)"},
    # Who may delegate Top Secret. Delta had Secret from one who could give it: nobody tried to delegate more.
    "Delta's classification of R3": {"EO 13526 s 1.3(c)(2)"},
    # The definition of automatic declassification; what ends the state is 1.5(a), which is cited.
    "R2 classified at Secret": {"EO 13526 s 6.1(e)(1)"},
    # What led to the date that File F has: ground, notice and approval. A state cites what began and bounds it, 3.3(h).
    "File F classified": {"EO 13526 s 3.3(b)(3)", "EO 13526 s 3.3(j)", "EO 13526 s 5.3(b)(2)"},
    # That no notice came in time. What was not done ends nothing; 3.3(a) does.
    "File G classified": {"EO 13526 s 3.3(j)"},
    # Arguable: that a bill of one House changes nothing is the Constitution's (I.7, cited); 1544(b) speaks of a law
    # that has been enacted.
    "Effect of H.J.Res. 402 on the period": {"50 USC 1544(b)"},
    # Under which head the use was reported; that nothing is left to terminate is 1544(b).
    "Duty to terminate the use of forces, given instead": {"50 USC 1543(a)(1)"},
    # Under which head the enlargement was reported; that no period runs from such a report is 1544(b).
    "Sixty-day period from the report of 16 November 1990": {"50 USC 1543(a)(3)"},
    # It says that the duty stays as it is. A duty cites where it stands.
    "Duty to report the introduction in writing within 48 hours": {"PL 102-1 s 2(c)"},
}
"""What a shared result names beside what ours cites, by its id, and why ours does not."""


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
