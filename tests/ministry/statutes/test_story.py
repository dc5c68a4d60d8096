"""The demonstration tells a story at the desk, by acts that the Book allows, and the register replays."""

import ast
from pathlib import Path

import pytest

import ministry.console
from ministry.console import demo
from ministry.console.founding import FirstOfficers, found_with
from ministry.database import described
from ministry.database.transaction import now
from ministry.editions.models import Promulgation
from ministry.editions.queries import law_at
from ministry.gate.verify import verify
from ministry.statutes.models import Comment, Draft, Opinion, Proposal, Review, SavedSearch
from ministry.statutes.progress import opened, progress
from ministry.statutes.reviews import calendar
from tests.ministry.conftest import call_command, database
from tests.ministry.people import BOOK


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    with database(described("", tmp_path_factory.mktemp("demo"))):
        call_command("migrate", verbosity=0)
        first, clerk = ((one, *demo.PEOPLE[one]) for one in (demo.FIRST, demo.CLERK))
        found_with(BOOK, FirstOfficers(first, clerk))
        demo.filled()
        yield


def test_proposals_stand_at_every_step(told):
    ways = progress(law_at(now()), opened(10), now())
    found = {way.proposal.title: way.waits_for for way in ways}
    assert found == {
        "Visitors are seen out": "certificate",
        "Appointments by the Permanent Secretary alone": "answers",
    }
    objecting = next(way for way in ways if way.objections)
    assert objecting.unresolved == 1 and len(objecting.awaited) == 1
    assert Opinion.objects.filter(position="objects").count() == 1
    assert Comment.objects.count() == 2
    coming = Promulgation.objects.latest("number")
    assert coming.since > now()
    # What is still proposed has in it what was promulgated last.
    assert {way.proposal.base for way in ways} == {coming.edition}
    assert Proposal.objects.filter(withdrawn__isnull=False).count() == 1


def test_reviews_are_due_overdue_under_way_and_concluded_with_their_evidence(told):
    today = now().date()
    rows = calendar(law_at(now()), today)
    assert [one.instrument.id for one in rows if one.overdue(today)] == ["watch-regulation"]
    assert (rows[1].instrument.id, (rows[1].day - today).days) == ("visitors-regulation", 18)
    assert [one.instrument.id for one in rows if one.under_way] == ["register-act"]
    done = Review.objects.get(concluded__isnull=False)
    assert done.outcome == "amend" and done.evidence["refused"] > 0


def test_drafts_are_in_work_and_searches_are_kept(told):
    shared = Draft.objects.get(title="Delegation for two weeks")
    assert len(set(shared.versions.values_list("person", flat=True))) == 2
    assert Draft.objects.filter(closed=None).count() == 2
    assert SavedSearch.objects.count() == 3


def test_the_register_replays(told):
    assert verify().differences == []


def test_the_console_knows_no_desk_that_tells_something():
    source = ast.parse(Path(demo.__file__).read_text("utf-8"))
    named = {one.module or "" for one in ast.walk(source) if isinstance(one, ast.ImportFrom)}
    assert not any("statutes" in one for one in named)
    assert Path(ministry.console.__file__).parent == Path(demo.__file__).parent
