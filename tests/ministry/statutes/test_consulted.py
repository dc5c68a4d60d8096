"""Whoever is asked about a proposed edition owes an answer by the day: opened, met, late, given up."""

from __future__ import annotations

import datetime as dt

import pytest

from ministry.database.transaction import now
from ministry.editions.queries import law_at
from ministry.gate.models import Duty
from ministry.gate.owed import open_duties
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.labels.reader import Reader, Sight
from ministry.statutes import acts
from ministry.statutes.data import Answering, Consulting, WithdrawingEdition
from ministry.statutes.models import Consultation
from tests.ministry.places import Clock
from tests.ministry.statutes.drafts import APPOINT, proposed

READER = Reader("p-nobody", "nobody", lambda sort: Sight(office=frozenset({""})))
DAYS = dt.timedelta(days=14)
OTHER = ("owner: permanent-secretary", "owner: legal-adviser")


def asked(house, edition, office="director-of-personnel"):
    given = Consulting(edition=edition, office=office, due=now() + DAYS)
    acts.consult(house.cy, given)
    return Consultation.objects.get(office=office)


def answered(by, edition, one):
    acts.answer(by, Answering(edition=edition, consultation=one.id, position="agrees"))


def withdrawn(house, edition):
    acts.withdraw(house.cy, WithdrawingEdition(edition=edition))


def owed_by(office):
    found = open_duties(law_at(now()), READER, act="answer-consultation", office=office)
    return [one.about for one in found]


@pytest.fixture
def edition(ministry):
    return proposed(ministry, APPOINT)


def test_whoever_is_asked_owes_an_answer_by_that_moment(ministry, edition):
    one = asked(ministry, edition)
    found = Duty.everything.get(record=one.id)
    assert (found.status, found.bearer, found.about) == ("open", one.office, one.id)
    assert found.due == one.due


def test_the_office_that_was_asked_owes_it_alone(ministry, edition):
    one, other = asked(ministry, edition), asked(ministry, edition, "duty-officer")
    assert owed_by(one.office) == [one.id]
    assert owed_by(other.office) == [other.id]
    assert owed_by("permanent-secretary") == []


def test_its_answer_meets_it_and_no_other(ministry, edition):
    one, other = asked(ministry, edition), asked(ministry, edition, "duty-officer")
    answered(ministry.ada, edition, one)
    assert Duty.everything.get(about=one.id).status == "met"
    assert Duty.everything.get(about=other.id).status == "open"


def test_another_office_does_not_answer_in_its_place(ministry, edition):
    one = asked(ministry, edition)
    with pytest.raises(Refused):
        answered(ministry.dee, edition, one)
    assert Duty.everything.get(about=one.id).status == "open"


def test_it_is_breached_once_its_time_is_over(ministry, edition, monkeypatch):
    one = asked(ministry, edition)
    Clock(monkeypatch).ahead = DAYS + dt.timedelta(days=1)
    (found,) = open_duties(law_at(now()), READER, act="answer-consultation", office=one.office)
    assert found.status == "breached"


def test_it_falls_away_with_the_proposal_and_that_of_no_other_does(ministry, edition):
    one = asked(ministry, edition)
    another = proposed(ministry, OTHER)
    asked(ministry, another, "duty-officer")
    withdrawn(ministry, edition)
    assert Duty.everything.get(about=one.id).status == "lapsed"
    assert Duty.everything.get(bearer="duty-officer").status == "open"


def test_what_was_asked_and_answered_replays(ministry, edition):
    answered(ministry.ada, edition, asked(ministry, edition))
    asked(ministry, edition, "duty-officer")
    withdrawn(ministry, edition)
    assert verify().differences == []
