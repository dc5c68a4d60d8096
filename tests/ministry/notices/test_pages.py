"""The bell and the pages of notices, and the same over the interface."""

import datetime as dt
import re

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking
from ministry.command import acts as command
from ministry.command.data import Appointing, Ending, Enrolment
from ministry.database.transaction import now
from ministry.notices import queries
from ministry.notices.kinds import kinds
from ministry.notices.models import Notice
from ministry.people.models import Appointment
from ministry.statutes import acts as statutes
from ministry.statutes.data import Consulting
from tests.ministry.api.calling import system
from tests.ministry.console.conftest import Somebody, house  # noqa: F401
from tests.ministry.console.queries import counted
from tests.ministry.notices.telling import follow, told
from tests.ministry.people import acting, key, reader
from tests.ministry.statutes.drafts import APPOINT, proposed


def ask(by, person="fay"):
    given = {"person": key(person), "office": "legal-adviser"}
    return approvals.ask(by, Asking(act="appoint-officer", given=given, reason="soon")).record


def quiet():
    follow()
    Notice.everything.all().delete()


def test_who_was_told_nothing_reads_so(house):  # noqa: F811
    quiet()
    page = Somebody("bo").sees("/notices/")
    assert page.status == 200 and "You have read everything." in page
    assert 'class="bell"' in page.html


def test_a_notice_is_counted_listed_and_marked(house):  # noqa: F811
    quiet()
    record = ask(house.cy)
    follow()
    bo = Somebody("bo")
    page = bo.sees("/notices/")
    assert "Your office is asked to do an act by its power" in page
    assert f"/approvals/{record}/" in page.links
    assert 'bell__count">1<' in page.html
    assert 'bell__count">1<' in bo.sees("/").html and "/notices/" in bo.sees("/").links
    after = bo.does_then_sees("/notices/read/", notice=Notice.everything.get(person=key("bo")).id)
    assert "1 notice is marked as read." in after and "bell__count" not in after.html
    assert "You have read everything." in after


def test_all_of_a_kind_are_marked_and_no_others(house):  # noqa: F811
    quiet()
    ask(house.cy)
    ask(house.cy, "dee")
    follow()
    bo = Somebody("bo")
    bo.does("/notices/read/", kind="office")
    assert queries.unread(reader(house.bo)) == 2
    assert bo.sees("/notices/", kind="office").status == 200
    bo.does("/notices/read/", kind="approval-asked")
    assert queries.unread(reader(house.bo)) == 0


def test_a_notice_of_somebody_else_is_not_marked(house):  # noqa: F811
    quiet()
    ask(house.cy)
    follow()
    Somebody("eve").does("/notices/read/", notice=Notice.everything.get(person=key("bo")).id)
    assert queries.unread(reader(house.bo)) == 1


def test_a_page_costs_the_same_queries_however_many_notices_there_are(house):  # noqa: F811
    quiet()
    ask(house.cy)
    follow()
    bo = Somebody("bo")
    bo.sees("/notices/", kind="approval-asked")
    few = counted(lambda: bo.sees("/notices/", kind="approval-asked"))
    for _ in range(12):
        ask(house.cy)
    follow()
    assert counted(lambda: bo.sees("/notices/", kind="approval-asked")) == few
    by = reader(house.bo)
    assert counted(lambda: queries.unread(by)) == 1


def test_what_is_chosen_is_kept_and_what_nobody_offers_is_not(house):  # noqa: F811
    bo = Somebody("bo")
    given = {"approval-asked": "soon", "office": "hourly", "nonsense": "daily"}
    assert "What you chose is kept." in bo.does_then_sees("/notices/preferences/", **given)
    assert queries.preferences(key("bo"))["approval-asked"] == "soon"
    assert queries.preferences(key("bo"))["office"] == "never"
    assert set(queries.preferences(key("bo"))) == set(kinds())


def test_the_interface_lists_and_marks(house):  # noqa: F811
    quiet()
    record = ask(house.cy)
    follow()
    bo = system("bo")
    found = bo.get("/api/notices?unread=true").json
    (one,) = found["notices"]
    assert found["unread"] == 1 and one["record"] == record and one["asks"]
    assert bo.post("/api/notices/read", {"notices": [one["id"]]}).json == {"marked": 1, "unread": 0}
    assert bo.get("/api/notices?unread=true").json["notices"] == []
    assert bo.post("/api/notices/read", {"notices": ["x"]}).status_code == 422


def test_whoever_comes_next_into_an_office_sees_what_waits_there_and_is_told_that_they_hold_it(
    house,  # noqa: F811
):
    quiet()
    edition = proposed(house, APPOINT)
    given = Consulting(edition=edition, office="duty-officer", due=now() + dt.timedelta(days=7))
    statutes.consult(house.cy, given)
    follow()
    assert [one.kind for one in told(house.dee, "opinion-asked")] == ["opinion-asked"]
    command.enrol(house.ada, Enrolment(sign_in="next", name="Next"))
    before = Appointment.everything.get(office="duty-officer", until=None)
    command.end(house.ada, Ending(appointment=before.id))
    command.appoint(house.ada, Appointing(person=key("next"), office="duty-officer"))
    follow()
    page = Somebody("next").sees("/notices/")
    assert "You hold an office: what waits for it stands on Today" in page
    waits = page.html[page.html.index('id="waiting"') : page.html.index('id="unread"')]
    assert f"/statutes/proposals/{edition}/" in waits
    assert Somebody("dee").sees("/notices/").status == 403
    assert queries.listed(reader(acting("next", "duty-officer"))).count() == 1


def test_the_form_of_what_is_mailed_offers_each_kind_and_keeps_what_was_chosen(house):  # noqa: F811
    bo = Somebody("bo")
    html = bo.sees("/notices/preferences/").html
    assert html.count("<select") == len(kinds())
    for name in kinds():
        assert f'for="mail-{name}"' in html and f'id="mail-{name}"' in html
    assert "No address of yours is kept" in html
    bo.does("/notices/preferences/", **{"approval-asked": "soon", "search-new": "daily"})
    after = bo.sees("/notices/preferences/").html
    chosen = dict(
        re.findall(r'name="([a-z-]+)"><(?:.(?!</select>))*?value="(\w+)" selected', after)
    )
    assert (chosen["approval-asked"], chosen["search-new"]) == ("soon", "daily")
    assert chosen["office"] == "never"
    assert queries.preferences(key("cy"))["approval-asked"] == "daily"


def test_nobody_who_is_not_signed_in_sees_notices_or_marks_them(house):  # noqa: F811
    for path in ("/notices/", "/notices/preferences/"):
        assert Somebody().sees(path).status == 302
    assert Somebody().does("/notices/read/").status == 302
