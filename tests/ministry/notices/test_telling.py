"""Whoever is in office is told what concerns them, once, and no longer than it waits."""

import datetime as dt

import pytest
from django.db import transaction

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking, Declining, Granting, Overriding, Withdrawing
from ministry.command import acts as command
from ministry.command.data import Appointing, Enrolment, Giving, TakingBack
from ministry.console import waiting
from ministry.database.transaction import now
from ministry.gate.models import Duty
from ministry.gate.refusal import Refused
from ministry.notices import mailing, queries, telling
from ministry.notices.kinds import Told, kinds
from ministry.notices.models import Mail, Mailed, Notice, Reach
from ministry.people.models import Person
from ministry.personnel import acts as personnel
from ministry.personnel.data import Clearing
from ministry.statutes import acts, editions_notices
from ministry.statutes.data import (
    Answering,
    Certifying,
    Commenting,
    Consulting,
    Promulgating,
    Resolving,
    Revising,
    WithdrawingEdition,
)
from ministry.statutes.models import searches
from ministry.timers.models import Outbox, Timer
from tests.ministry.enacting import examine
from tests.ministry.notices.telling import follow, told, unread
from tests.ministry.people import OFFICES, acting, key, reader
from tests.ministry.statutes.drafts import APPOINT, edited, proposed

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def quiet(ministry):
    """What was done before is told, and read."""
    follow()
    Notice.everything.update(read=now(), mail="")


def at_time(at):
    with transaction.atomic():
        telling.tell_time(at)


def asking(by, person="dee", office="legal-adviser", reason="while I am away"):
    given = {"person": key(person), "office": office}
    return approvals.ask(by, Asking(act="appoint-officer", given=given, reason=reason)).record


def consult(house, edition, office="duty-officer", days=7):
    given = Consulting(edition=edition, office=office, due=now() + days * DAY)
    return acts.consult(house.cy, given).record


def answer(by, edition, consultation, position="agrees", text=""):
    given = Answering(edition=edition, consultation=consultation, position=position, text=text)
    return acts.answer(by, given)


def test_what_is_asked_of_an_office_is_told_there_and_to_nobody_else(ministry):
    record = asking(ministry.cy)
    follow()
    (one,) = told(ministry.bo, "approval-asked")
    assert one.href == f"/approvals/{record}/" and one.record == record
    assert one.by == "Legal Adviser" or "legal" in one.by.lower()
    assert not told(ministry.cy, "approval-asked") and not told(ministry.eve, "approval-asked")


@pytest.mark.parametrize("how", ["granted", "declined", "withdrawn"])
def test_an_answer_is_told_to_whoever_asked_and_ends_what_waited(ministry, how):
    record = asking(ministry.cy)
    follow()
    match how:
        case "granted":
            approvals.grant(ministry.bo, Granting(request=record))
        case "declined":
            approvals.decline(ministry.bo, Declining(request=record, answer="no"))
        case _:
            approvals.withdraw(ministry.cy, Withdrawing(request=record))
    follow()
    assert ("approval-asked", "") not in unread(ministry.bo)
    assert told(ministry.bo, "approval-asked")[0].over
    answers = [("approval-answered", how)] if how != "withdrawn" else []
    assert [one for one in unread(ministry.cy) if one[0] == "approval-answered"] == answers


def test_what_was_answered_before_it_was_told_is_not_told_as_waiting(ministry):
    record = asking(ministry.cy)
    approvals.decline(ministry.bo, Declining(request=record, answer="no"))
    follow()
    assert unread(ministry.bo) == []


def test_an_office_that_begins_is_told_to_whoever_holds_it(ministry):
    command.appoint(ministry.ada, Appointing(person=key("dee"), office="registrar"))
    follow()
    assert ("office", "holds") in unread(ministry.dee)
    assert unread(ministry.bo) == []


def test_told_again_it_is_told_once(ministry):
    asking(ministry.cy)
    proposed(ministry, APPOINT)
    follow()
    before = sorted(Notice.everything.values_list("id", "at", "read"))
    assert before
    Reach.objects.update(leaves=0)
    follow()
    assert sorted(Notice.everything.values_list("id", "at", "read")) == before


def test_what_is_read_stays_read_when_it_is_told_again(ministry):
    asking(ministry.cy)
    follow()
    assert queries.mark(reader(ministry.bo), now()) == 1
    Reach.objects.update(leaves=0)
    follow()
    assert unread(ministry.bo) == [] and queries.unread(reader(ministry.bo)) == 0


def test_nobody_marks_what_is_told_to_another(ministry):
    asking(ministry.cy)
    follow()
    (one,) = told(ministry.bo, "approval-asked")
    assert queries.mark(reader(ministry.cy), now(), [one.id]) == 0
    assert queries.unread(reader(ministry.bo)) == 1


def test_what_tells_wrongly_undoes_the_round_and_loses_nothing(ministry, monkeypatch):
    Notice.everything.all().delete()
    asking(ministry.cy)
    with monkeypatch.context() as broken:
        broken.setattr(telling, "put", lambda rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            follow()
    assert not Notice.everything.exists()
    follow()
    assert len(told(ministry.bo, "approval-asked")) == 1


def test_a_notice_of_a_kind_that_nobody_registered_is_an_error(ministry):
    with pytest.raises(LookupError):
        telling.put(telling.rows_of(Told("no such kind", "1", "/"), None, None, now()))


def test_the_way_of_a_proposal_is_told_to_everybody_whose_turn_it_is(ministry):
    edition = proposed(ministry, APPOINT)
    follow()
    assert ("edition-waits", "examination") in unread(ministry.cy)
    asked = consult(ministry, edition)
    follow()
    assert unread(ministry.dee) == [("opinion-asked", "")]
    answer(ministry.dee, edition, asked, "objects", "it is too wide")
    follow()
    assert unread(ministry.dee) == []
    proposer = ministry.bo if key("bo") == proposer_of(edition) else ministry.cy
    assert ("proposal-said", "objects") in unread(proposer)
    acts.comment(ministry.dee, Commenting(edition=edition, text="why?"))
    follow()
    assert ("proposal-said", "comment") in unread(proposer)
    examine(ministry.cy, edition)
    acts.certify(other(proposer, ministry), Certifying(edition=edition))
    follow()
    assert ("edition-waits", "promulgation") in unread(ministry.bo)
    assert not [one for one in unread(ministry.cy) if one == ("edition-waits", "certificate")]
    acts.promulgate(ministry.bo, Promulgating(edition=edition))
    follow()
    assert not [one for one in unread(ministry.bo) if one[0] == "edition-waits"]


def proposer_of(edition):
    from ministry.statutes.models import Proposal

    return Proposal.objects.get(edition=edition).proposer


def other(by, house):
    """Whoever certifies did not propose."""
    return house.cy


def test_a_revision_voids_what_was_said_and_it_is_asked_anew(ministry):
    edition = proposed(ministry, APPOINT)
    asked = consult(ministry, edition)
    answer(ministry.dee, edition, asked)
    follow()
    queries.mark(reader(ministry.dee), now())
    by = ministry.bo if proposer_of(edition) == key("bo") else ministry.cy
    again = edited((APPOINT[0], APPOINT[1].replace("director", "registrar, director")))
    if again != edition:
        acts.revise(by, Revising(edition=edition, by=again))
        follow()
        assert unread(ministry.dee) == [("opinion-fell", "")]
        acts.withdraw(by, WithdrawingEdition(edition=again))
        follow()
        assert unread(ministry.dee) == []


def test_a_comment_waits_until_it_is_resolved_and_its_author_is_told(ministry):
    edition = proposed(ministry, APPOINT)
    said = acts.comment(ministry.dee, Commenting(edition=edition, text="why?")).record
    follow()
    waits = [name for name in OFFICES if ("comment-waits", "") in unread(acting(name))]
    assert waits
    given = Resolving(edition=edition, comment=said, resolution="accepted", text="so be it")
    acts.resolve(acting(waits[0]), given)
    follow()
    assert not [name for name in OFFICES if ("comment-waits", "") in unread(acting(name))]
    assert ("comment-resolved", "accepted") in unread(ministry.dee)


def waits_on_today(by):
    at = now()
    found = waiting.waiting(by, reader(by), at)
    return {one.href for one in found if one.href.startswith(("/approvals/", "/statutes/prop"))}


def waits_in_notices(by):
    rows = queries.listed(reader(by)).filter(over=None)
    asks = [name for name, one in kinds().items() if one.asks]
    found = rows.filter(kind__in=asks).values_list("href", flat=True)
    return {one for one in found if one.startswith(("/approvals/", "/statutes/prop"))}


def test_today_and_the_notices_say_the_same_of_what_waits(ministry):
    def agree():
        follow()
        for name in OFFICES:
            by = acting(name)
            assert waits_on_today(by) == waits_in_notices(by), name

    agree()
    record = asking(ministry.cy)
    agree()
    edition = proposed(ministry, APPOINT)
    agree()
    asked = consult(ministry, edition)
    agree()
    acts.comment(ministry.eve, Commenting(edition=edition, text="why?"))
    agree()
    approvals.decline(ministry.bo, Declining(request=record, answer="no"))
    agree()
    answer(ministry.dee, edition, asked)
    agree()
    examine(ministry.cy, edition)
    agree()
    acts.certify(ministry.cy, Certifying(edition=edition))
    agree()
    acts.promulgate(ministry.bo, Promulgating(edition=edition))
    agree()


def test_a_duty_is_told_when_it_opens_when_it_is_due_soon_and_when_it_is_breached(ministry):
    approvals.override(
        ministry.dee,
        Overriding(
            act="appoint-officer",
            given={"person": key("cy"), "office": "registrar"},
            danger=True,
            reason="no time",
        ),
    )
    follow()
    bearers = [name for name in OFFICES if ("duty-opened", "") in unread(acting(name))]
    assert bearers
    by, duty = acting(bearers[0]), Duty.everything.get(act="decide-override")
    at_time(now())
    at_time(duty.due - dt.timedelta(seconds=1))
    assert ("duty-soon", "") in unread(by)
    at_time(duty.due + dt.timedelta(seconds=1))
    found = [one for one in unread(by) if one[0].startswith("duty-")]
    assert found == [("duty-breached", "")]
    many = Notice.everything.count()
    at_time(duty.due + DAY)
    assert Notice.everything.count() == many


def test_above_the_clearance_of_its_reader_no_notice_is_there_nor_is_it_counted(ministry):
    ada = ministry.ada
    bo = Clearing(person=key("bo"), clearance="secret", until=now().date() + 90 * DAY)
    to = ministry.bo
    for name in ("ada", "cy"):
        given = Clearing(person=key(name), clearance="secret", until=now().date() + 90 * DAY)
        personnel.grant(guard(ministry), given)
    done = command.enrol(ada, Enrolment(sign_in="gus", name="Gus", marking="secret"))
    del done
    asking(ministry.cy, "gus", "registrar")
    follow()
    marked = Notice.everything.filter(person=to.person, kind="approval-asked")
    assert marked.exclude(label="").exists()
    assert told(to, "approval-asked") == [] and queries.unread(reader(to)) == 0
    assert marked.exclude(mail="").count() == 0
    personnel.grant(guard(ministry), bo)
    assert len(told(to, "approval-asked")) == 1


def guard(house):
    """Who clears."""
    command.appoint(
        house.bo, Appointing(person=key("eve"), office="security-officer")
    ) if not _guarded() else None
    return acting("eve", "security-officer")


def _guarded():
    from ministry.people.models import Appointment

    return Appointment.everything.filter(office="security-officer", until=None).exists()


def addressed(name, address):
    from ministry.database.states import State
    from ministry.database.wall import permit

    with permit(State.INSTITUTIONAL):
        Person.everything.filter(sign_in=name).update(email=address)


def test_a_mail_says_how_many_of_which_kind_and_nothing_more(ministry):
    addressed("bo", "bo@example.org")
    addressed("cy", "cy@example.org")
    for name in ("dee", "fay"):
        asking(ministry.cy, name, reason="a word that no mail has")
    follow()
    assert mailing.send(now(), mailing.EACH_DAY) == 1
    mail = Outbox.objects.get(transport="mail", address="bo@example.org")
    assert mail.subject == "2 new notices"
    assert "   2  Approvals asked of your office" in mail.body
    assert "/notices/" in mail.body
    for word in ("appoint", "Dee", key("dee"), "no mail has"):
        assert word not in mail.body
    assert mailing.send(now() + DAY, mailing.EACH_DAY) == 0


def test_who_wants_no_mail_has_none_and_who_wants_it_at_once_is_not_flooded(ministry):
    addressed("bo", "bo@example.org")
    queries.prefer(key("bo"), {"approval-asked": Mail.NEVER})
    asking(ministry.cy)
    follow()
    assert mailing.send(now(), mailing.EACH_DAY) == 0
    queries.prefer(key("bo"), {"approval-asked": Mail.SOON})
    asking(ministry.cy, "fay")
    follow()
    assert mailing.send(now(), mailing.SOON) == 1
    asking(ministry.cy, "eve")
    follow()
    assert mailing.send(now(), mailing.SOON) == 0
    Mailed.objects.update(at=now() - mailing.QUIET)
    assert mailing.send(now(), mailing.SOON) == 1


def test_what_was_read_is_not_mailed(ministry):
    addressed("bo", "bo@example.org")
    asking(ministry.cy)
    follow()
    queries.mark(reader(ministry.bo), now())
    assert mailing.send(now(), mailing.EACH_DAY) == 0


def test_an_edition_in_force_is_told_to_offices_whose_norms_it_changes_and_to_searches(ministry):
    def look():
        timer = Timer(kind="tell-editions")
        timer.brought = editions_notices.looked(timer)
        editions_notices.told(timer, now())

    look()
    assert not Notice.everything.filter(kind="edition-in-force").exists()
    searches.save(key("fay"), "mine", "zyzzyva OR appoint-officer", now())
    edition = proposed(ministry, APPOINT)
    examine(ministry.cy, edition)
    acts.certify(ministry.cy, Certifying(edition=edition))
    acts.promulgate(ministry.bo, Promulgating(edition=edition))
    look()
    told_to = set(
        Notice.everything.filter(kind="edition-in-force").values_list("office", flat=True)
    )
    assert told_to and told_to < set(OFFICES.values())
    many = Notice.everything.count()
    Reach.objects.filter(of="book").update(leaves=1)
    look()
    assert Notice.everything.count() == many


def test_a_power_given_is_told_and_that_it_ends_soon_and_that_it_was_taken_back(ministry):
    until = now().date() + 30 * DAY
    try:
        given = command.delegate_appointments(
            ministry.ada, Giving(to="duty-officer", until=until)
        ).record
    except Refused:
        given = command.delegate_appointments(
            ministry.bo, Giving(to="duty-officer", until=until)
        ).record
    follow()
    assert ("delegation", "given") in unread(ministry.dee)
    at_time(now())
    at_time(now() + 6 * DAY)
    assert ("delegation", "soon") not in unread(ministry.dee)
    at_time(now() + 12 * DAY)
    at_time(now() + 18 * DAY)
    assert ("delegation", "soon") in unread(ministry.dee)
    giver = ministry.ada
    try:
        command.revoke_delegation(giver, TakingBack(gift=given))
    except Refused:
        command.revoke_delegation(ministry.bo, TakingBack(gift=given))
    follow()
    found = [one for one in unread(ministry.dee) if one[0] == "delegation"]
    assert found == [("delegation", "revoked")]
