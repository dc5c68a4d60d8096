"""What an amendment changes, by proof: asked for, done by a worker, kept, ended when it takes too long."""

import shutil
from copy import copy

import pytest

from ministry.database import described
from ministry.database.transaction import now
from ministry.statutes import impact, steps
from ministry.statutes.models import Impact, Proposal, Reach
from ministry.timers.models import Stage, Timer
from ministry.timers.worker import Worker
from tests.ministry.conftest import database
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import Named, texts
from tests.ministry.statutes.drafts import APPOINT, edited, proposed
from tests.ministry.statutes.test_pages import page_of

SELF = (
    "prohibition 1(4)\n  no one may certify-edition\n  when actor is edition.proposer",
    "prohibition 1(4)\n  no one may certify-edition\n  when edition.altered",
)
"""Whoever proposed may certify: an assurance of the model ministry says that they may not."""


@pytest.fixture
def house(on_sqlite, tmp_path):
    shutil.copy(on_sqlite, tmp_path / "ministry.sqlite3")
    with database(described("", tmp_path)):
        yield Named()


@pytest.fixture
def brief(monkeypatch):
    """Assurances of a book are many: a test looks at those that the change is about."""
    whole = impact.law_of

    class Few:
        def __init__(self, law):
            self.book = copy(law.book)  # what is in force keeps all of them
            keep = ("B9", "B10")
            self.book.assurances = tuple(one for one in law.book.assurances if one.label in keep)

    monkeypatch.setattr(impact, "law_of", lambda digest: Few(whole(digest)))


def row_of(edition):
    return Impact.objects.get(base=Proposal.objects.get(edition=edition).base, edition=edition)


def changed(*changes):
    files = texts()
    return {name: _replaced(text, changes) for name, text in files.items()}


def _replaced(text, changes):
    for old, new in changes:
        text = text.replace(old, new)
    return text


def test_it_finds_for_each_act_a_request_that_is_answered_otherwise():
    said = list(impact.acts(texts(), changed(APPOINT)))
    assert said[0].acts == 1
    (one,) = said[1:]
    assert (one.act, one.verdict) == ("appoint-officer", "refuted")
    (flip,) = one.flips
    assert flip["request"]["actor"] == "director-of-personnel"
    assert (flip["old"], flip["new"]) == ("permitted", "no authority")


def test_what_takes_too_long_is_ended_and_said_to_be_undecided():
    said = list(impact.acts(texts(), changed(APPOINT), seconds=0.0))
    assert [one.because for one in said if one.verdict == "unknown"] == [impact.NOT_IN_TIME]


def test_a_prover_that_breaks_off_is_not_taken_to_have_proved(monkeypatch):
    monkeypatch.setattr(impact, "MEMORY", 1)  # it cannot even take in the texts
    said = list(impact.acts(texts(), changed(APPOINT)))
    assert [one.verdict for one in said if one.because] == ["unknown"]
    assert "broke off" in said[-1].because


def test_a_worker_proves_what_is_proposed_and_the_page_says_so(ministry, brief):
    edition = proposed(ministry, SELF)
    steps.asked(None, now())
    assert row_of(edition).reach == Reach.ASKED
    page = Somebody("dee").sees(page_of(edition) + "impact/")
    assert "waiting for a worker" in page and "No worker is running" in page
    assert "statutes/wait.js" in page.html
    assert Worker().once()
    row = row_of(edition)
    assert (row.reach, row.done) == (Reach.DONE, row.of)
    assert "certify-edition" in {one["act"] for one in row.acts}
    page = Somebody("dee").sees(page_of(edition) + "impact/")
    assert (
        "Assurances that it breaks" in page
        and "Nobody certifies an edition that they proposed" in page
    )
    assert "statutes/wait.js" not in page.html
    assert "Assurances broken 1" in Somebody("dee").sees(page_of(edition))


def test_it_is_asked_once_for_two_editions(house):
    edition = proposed(house, APPOINT)
    for _ in range(2):
        steps.asked(None, now())
        Somebody("dee").does(page_of(edition) + "impact/")
    assert Impact.objects.count() == 1
    assert Timer.objects.filter(kind=impact.PROVE).count() == 1


def test_what_failed_is_said_and_can_be_tried_again(house, monkeypatch):
    edition = proposed(house, APPOINT)
    steps.asked(None, now())

    def broken(*_):
        raise RuntimeError("no solver here")

    monkeypatch.setattr(impact, "proved", broken)
    Worker().once()
    page = Somebody("dee").sees(page_of(edition) + "impact/")
    assert "failed" in page and "no solver here" in page
    Somebody("dee").does(page_of(edition) + "impact/")
    assert row_of(edition).reach == Reach.ASKED
    waiting = Timer.objects.filter(kind=impact.PROVE, stage=Stage.WAITING)
    assert waiting.count() == 1


def test_what_is_proposed_on_a_page_is_proved_at_once(house):
    edition = edited(APPOINT)
    Somebody("bo").does("/statutes/proposals/", edition=edition, title="Appointments")
    assert row_of(edition).reach == Reach.ASKED


def test_nothing_is_proved_of_what_was_not_proposed(house):
    assert Somebody("dee").sees(page_of("0" * 64) + "impact/").status == 404
