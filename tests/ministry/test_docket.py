"""The table of duties says what the Book says of them: opened, done, late, breached, waived, lapsed."""

import datetime as dt
from hashlib import sha256

import pytest
from django.core.management import call_command

from ministry.approvals import acts as approvals
from ministry.approvals.data import Deciding, Overriding
from ministry.command import acts as command
from ministry.command.data import Enrolment, Giving, Suspending
from ministry.database.transaction import now
from ministry.database.wall import opened
from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import law_of
from ministry.gate import duties
from ministry.gate.models import Duty
from ministry.gate.owed import open_duties
from ministry.gate.verify import verify
from ministry.identity import acts as identity
from ministry.identity.data import Linking, OfPerson
from ministry.oversight import acts as oversight
from ministry.oversight.data import Erasing
from ministry.people.models import Person
from ministry.statutes import acts as statutes
from ministry.statutes.data import Promulgating, Proposing
from tests.ministry.enacting import certify
from tests.ministry.people import Named, key, reader
from tests.ministry.places import Clock, templates
from tests.ministry.test_random_acts import exported, owed_as_replayed


@pytest.fixture(scope="module")
def ministries(request):
    with templates(request, "sqlite", "watch") as made:
        yield made


@pytest.fixture
def house(ministries):
    with ministries():
        yield Named()
        assert verify().differences == []


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def later(clock, hours):
    clock.ahead += dt.timedelta(hours=hours)


def enrolled(house, name="zoe"):
    command.enrol(house.ada, Enrolment(sign_in=name, name=name.title()))
    return key(name)


def linked(house, person):
    digest = sha256(person.encode()).hexdigest()
    identity.issue_enrolment_link(house.ada, Linking(person=person, digest=digest))


def owed(person):
    """The duty to give somebody a link, within twelve hours of their enrolment."""
    return Duty.everything.get(citation="Watch Act s. 2", about=person)


def exceeded(house, name="eve"):
    """The Duty Officer exceeds their power: an alarm begins."""
    given = {"person": key(name), "office": "legal-adviser"}
    over = Overriding(act="appoint-officer", given=given, danger=True, reason="it burns")
    return approvals.override(house.dee, over)[0].record


def test_a_duty_that_is_done_in_time_is_met(house):
    person = enrolled(house)
    assert (owed(person).status, owed(person).discharged) == ("open", None)
    linked(house, person)
    assert owed(person).status == "met"
    assert owed(person).discharged is not None


def test_a_duty_that_is_done_late_says_when_it_was_breached(house, clock):
    person = enrolled(house)
    later(clock, 20)
    linked(house, person)
    found = owed(person)
    assert (found.status, found.breached) == ("late", found.due)
    assert found.breached < found.discharged


def test_what_a_breach_brings_is_said_and_counts(house, clock):
    person = enrolled(house)
    later(clock, 13)
    enrolled(house, "yan")
    assert owed(person).status == "breached"
    assert owed(person).follows == ["begins alarm"]
    quorum = Duty.everything.get(act="set-quorum", about=person)
    assert (quorum.status, quorum.record) == ("open", "")


def test_a_duty_is_waived_or_falls_away(house):
    waived, fallen = enrolled(house), enrolled(house, "yan")
    identity.vouch(house.bo, OfPerson(person=waived))
    command.suspend(house.ada, Suspending(person=fallen))
    assert (owed(waived).status, owed(waived).waived) == ("waived", True)
    assert owed(fallen).status == "lapsed"


def test_what_follows_from_a_state_begins_and_ends_with_it(house, clock):
    over = exceeded(house)
    quorum = Duty.everything.get(act="set-quorum")
    assert (quorum.status, quorum.record) == ("open", over)
    approvals.ratify(house.bo, Deciding(exceeding=over))
    assert Duty.everything.get(act="set-quorum").status == "not opened"
    assert Duty.everything.get(act="propose-edition").status == "open"
    exceeded(house, "fay")
    assert Duty.everything.get(act="propose-edition").status == "lapsed"


def test_what_an_amendment_repeals_lapses(house):
    person = enrolled(house)
    edition = Edition.objects.exclude(norms=max(Edition.objects.values_list("norms", flat=True)))
    digest = edition.values_list("digest", flat=True)[0]
    statutes.propose(house.bo, Proposing(edition=digest))
    certify(house.cy, digest)
    statutes.promulgate(house.bo, Promulgating(edition=digest))
    assert owed(person).status == "lapsed"


def repealed(house, since):
    """Promulgate the edition that has no such duty, from a moment to come."""
    editions = Edition.objects.exclude(norms=max(Edition.objects.values_list("norms", flat=True)))
    digest = editions.values_list("digest", flat=True)[0]
    statutes.propose(house.bo, Proposing(edition=digest))
    certify(house.cy, digest)
    statutes.promulgate(house.bo, Promulgating(edition=digest, since=since))
    return digest


def test_what_an_amendment_to_come_repeals_lapses_at_its_moment(house, clock):
    person = enrolled(house)
    since = now() + dt.timedelta(hours=3)
    repealed(house, since)
    assert owed(person).status == "open"
    later(clock, 5)
    enrolled(house, "yan")
    exceeded(house)  # the first act since on which a duty depends
    found = owed(person)
    assert found.status == "lapsed"
    assert abs(found.discharged - since) < dt.timedelta(milliseconds=1)
    assert not Duty.everything.filter(citation="Watch Act s. 2", about=key("yan")).exists()


def test_what_is_breached_before_an_amendment_comes_was_breached(house, clock):
    person = enrolled(house)
    repealed(house, now() + dt.timedelta(hours=20))
    later(clock, 30)
    exceeded(house)
    assert owed(person).breached == owed(person).due


def test_what_an_amendment_to_come_repeals_is_not_listed_from_its_moment(house, clock):
    """Nobody has acted since: what time alone has done is looked up."""
    person = enrolled(house)
    digest = repealed(house, now() + dt.timedelta(hours=3))

    def listed(edition):
        found = open_duties(law_of(edition), reader(house.ada))
        return [one.about for one in found if one.about]

    assert person in listed(Promulgation.objects.earliest("number").edition)
    later(clock, 5)
    assert listed(digest) == []


def test_what_was_undone_was_never_followed(house, monkeypatch):
    """The transaction of an act fails after its duties were written: the next act begins from what is there."""

    def failed(*_):
        raise RuntimeError("the disk is full")

    before = Person.everything.count()
    write = duties.write
    monkeypatch.setattr(duties, "write", failed)
    with pytest.raises(RuntimeError):
        enrolled(house, "yan")
    monkeypatch.setattr(duties, "write", write)
    assert Person.everything.count() == before
    assert owed(enrolled(house)).status == "open"


def test_another_process_goes_on_from_what_it_took(house):
    person = enrolled(house)
    mine = duties._dockets.pop("default")
    linked(house, person)
    theirs = duties._dockets["default"]
    duties._dockets["default"] = mine
    enrolled(house, "yan")
    assert mine.number > theirs.number
    assert owed(person).status == "met"


def test_an_act_on_which_no_duty_depends_is_not_followed(house):
    enrolled(house)
    number = duties.docket().number
    command.delegate_appointments(house.ada, Giving(to="duty-officer"))
    assert duties.docket().number == number


def test_an_act_that_tells_that_a_thing_is_of_another_kind_is_followed(house):
    """Once no account is known any more a duty by the day is owed about none."""
    identity.vouch(house.bo, OfPerson(person=key("hal")))
    oversight.erase(house.ada, Erasing(person=key("hal"), ground="no-longer-needed"))
    assert Duty.everything.filter(norm="watch-act/3~4", about="").exists()
    edition = Promulgation.objects.latest("number").edition
    owed_as_replayed(edition, exported(edition))


def test_a_table_that_an_earlier_release_wrote_is_written_anew(house):
    person, other = enrolled(house), enrolled(house, "yan")
    linked(house, person)
    with opened():
        Duty.everything.filter(about=other).update(id="of old", turns=[])
    assert verify().differences
    call_command("migrate", verbosity=0)
    assert (owed(person).status, owed(other).status) == ("met", "open")
