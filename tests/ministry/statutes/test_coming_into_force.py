"""An edition comes into force at its moment, not before, and every record says under which it was decided."""

import datetime as dt

import pytest
from pydantic import ValidationError

from ministry.command import acts as command
from ministry.command.data import Appointing
from ministry.database.transaction import now
from ministry.editions.models import Promulgation
from ministry.editions.queries import digest_at
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.register.models import Record
from ministry.statutes import acts
from ministry.statutes.data import Promulgating, Proposing
from tests.ministry.enacting import certify
from tests.ministry.people import key
from tests.ministry.places import Clock
from tests.ministry.statutes.drafts import APPOINT, edited, proposed

HOUR = dt.timedelta(hours=1)
APPOINTING = {"office": "duty-officer"}


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def enacted(house, since, *changes):
    edition = proposed(house, *changes)
    certify(house.cy, edition)
    acts.promulgate(house.bo, Promulgating(edition=edition, since=since))
    return edition


def appoint(by, name):
    return command.appoint(by, Appointing(person=key(name), **APPOINTING))


def test_until_its_moment_the_edition_before_decides(ministry, clock):
    before = digest_at(now())
    edition = enacted(ministry, now() + HOUR, APPOINT)
    assert appoint(ministry.ada, "cy").edition == before
    clock.ahead += HOUR + dt.timedelta(seconds=1)
    with pytest.raises(Refused) as refused:
        appoint(ministry.ada, "fay")
    assert refused.value.refusal.edition == edition
    assert appoint(ministry.bo, "fay").edition == edition
    assert verify().differences == []


def test_each_record_says_under_which_edition_it_was_decided(ministry, clock):
    before = digest_at(now())
    edition = enacted(ministry, now() + HOUR, APPOINT)
    appoint(ministry.bo, "cy")
    clock.ahead += 2 * HOUR
    appoint(ministry.bo, "fay")
    told = list(Record.everything.order_by("number").values_list("edition", flat=True))
    assert told == sorted(told, key=[before, edition].index)
    assert told[-2:] == [before, edition]


def test_nothing_comes_into_force_in_the_past(ministry):
    edition = proposed(ministry, APPOINT)
    certify(ministry.cy, edition)
    with pytest.raises(NotPossible, match="is past"):
        acts.promulgate(ministry.bo, Promulgating(edition=edition, since=now() - HOUR))


def test_what_amends_an_edition_to_come_does_not_come_before_it(ministry):
    first = enacted(ministry, now() + 2 * HOUR, APPOINT)
    second = edited(APPOINT, ("owner: permanent-secretary", "owner: legal-adviser"))
    acts.propose(ministry.bo, Proposing(edition=second, base=first))
    certify(ministry.cy, second)
    with pytest.raises(NotPossible, match="comes into force on"):
        acts.promulgate(ministry.bo, Promulgating(edition=second, since=now() + HOUR))
    acts.promulgate(ministry.bo, Promulgating(edition=second, since=now() + 3 * HOUR))
    assert list(Promulgation.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert digest_at(now() + 2.5 * HOUR) == first
    assert digest_at(now() + 4 * HOUR) == second
    assert verify().differences == []


def test_a_moment_has_a_zone():
    with pytest.raises(ValidationError, match="timezone"):
        Promulgating(edition="0" * 64, since=dt.datetime(2030, 1, 1))
