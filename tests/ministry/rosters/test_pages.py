"""The pages of rosters: who is on duty, plans, swaps, notes, calendars; each in a fixed number of queries."""

import datetime as dt
import re

import pytest

from ministry.command import acts as command
from ministry.command.data import Ending, Enrolment
from ministry.database.states import State
from ministry.database.transaction import now
from ministry.database.wall import permit
from ministry.labels.marking import marking
from ministry.people.apply import mark
from ministry.people.models import Appointment
from ministry.register.models import Record
from ministry.rosters import acts, handing, queries
from ministry.rosters.data import HandingOver
from ministry.rosters.models import Draft, Feed, Post, Shift, Swap
from ministry.rosters.story import told
from ministry.rosters.views.plan import name as field_of
from tests.ministry.api.calling import System, token_of
from tests.ministry.console import conftest as console
from tests.ministry.console.conftest import Somebody
from tests.ministry.console.queries import counted
from tests.ministry.people import key
from tests.ministry.rosters.manning import (
    DAY,
    accepted,
    ahead,
    manned,
    officer,
    publish,
    shift_of,
    slots_of,
)
from tests.ministry.rosters.test_acts import underway

house = console.house
PAGES = ["/rosters/", "/rosters/mine/", "/rosters/gaps/", "/rosters/swaps/"]
OF_POST = [
    "/rosters/posts/watch/",
    "/rosters/posts/watch/?span=month",
    "/rosters/posts/watch/plan/",
    "/rosters/posts/watch/handovers/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_anything_says_so(house, path):
    page = Somebody("dee").sees(path)
    assert page.status == 200
    assert 'class="none"' in page.html


@pytest.mark.parametrize("path", ["x", "x/plan", "x/handovers"])
def test_a_post_that_is_not_there_is_not_found(house, path):
    assert Somebody("dee").sees(f"/rosters/posts/{path}/").status == 404


@pytest.mark.parametrize("query", ["from=x", "from=0001-01-01", "from=9999-12-31"])
def test_a_day_that_is_none_is_not_found(house, query):
    manned(("dee",))
    assert Somebody("dee").sees(f"/rosters/posts/watch/?{query}").status == 404


@pytest.mark.parametrize("at", ["x", "9999-12-31T23:59", "0001-01-01T00:00", "2026-13-01T00:00"])
def test_a_moment_that_is_none_is_said_to_be_none(house, at):
    manned(("dee",))
    page = Somebody("dee").sees("/rosters/posts/watch/", at=at)
    assert page.status == 200 and "This is not a moment" in page


def test_the_desk_says_who_is_on_duty_and_which_post_hangs_on_one(house):
    underway()
    page = Somebody("cy").sees("/rosters/")
    assert "Watch Duty Officer Dee" in page
    assert "hang on one person" not in page


def test_the_grid_has_headers_for_shifts_days_and_people(house):
    post = manned()
    publish(post, ["dee", "gus", None])
    page = Somebody("dee").sees("/rosters/posts/watch/", **{"from": str(ahead())})
    assert re.search(r'<th scope="row">Early', page.html)
    assert page.html.count('scope="col"') >= 14
    assert "Dee" in page and "gap" in page
    assert "/acts/fill-gap/?post=watch" in page.html


def test_whom_to_wake_at_a_moment_stands_on_the_page(house):
    post = manned()
    publish(post, ["dee", "gus", "hal"])
    page = Somebody("cy").sees("/rosters/posts/watch/", at=f"{ahead()}T15:00")
    chain = page.html[page.html.index('id="wake"') :]
    assert re.search(r">Gus</a>[^<]*<span[^>]*>on duty", chain)


def fields(post, first, names):
    slots = slots_of(post, first, -(-len(names) // 3))
    return {f"{field_of(s)}-0": key(n) for s, n in zip(slots, names, strict=False) if n}


def plan(who, post, what, names, days=1):
    first = ahead()
    path = f"/rosters/posts/watch/plan/?first={first}&last={first + (days - 1) * DAY}"
    return Somebody(who).does_then_sees(path, what=what, **fields(post, first, names))


def test_a_plan_is_kept_for_whoever_made_it_alone(house):
    post = manned()
    assert "The plan is kept" in plan("dee", post, "save", ["dee", None, None])
    assert Draft.objects.get().person == key("dee")
    assert not Shift.objects.exists()
    page = Somebody("gus").sees("/rosters/posts/watch/plan/", first=str(ahead()), last=str(ahead()))
    assert "selected>Dee" not in page.html


def test_a_proposal_is_shown_and_publishes_nothing(house):
    post = manned()
    page = plan("dee", post, "propose", [None, "hal", None], days=7)
    assert "This is a proposal" in page
    assert "selected>Hal" in page.html
    assert (
        not Shift.objects.exists() and not Record.everything.filter(act="publish-roster").exists()
    )


def test_a_plan_is_published_as_an_act(house):
    post = manned()
    assert "The roster is published" in plan("dee", post, "publish", ["dee", "gus", "hal"])
    assert Shift.objects.count() == 3 and not Draft.objects.exists()


def test_a_plan_that_breaches_rest_is_shown_and_refused(house):
    post = manned()
    kept = plan("dee", post, "save", ["dee", "gus", "dee"])
    assert "8 hours of rest, not 11" in kept and "/acts/except-roster/?" in kept.html
    page = plan("dee", post, "publish", ["dee", "gus", "dee"])
    assert page.status == 403 and "Roster Reg. s. 3(1)" in page
    form = Somebody("bo").sees(
        re.search(r'"(/acts/except-roster/\?[^"]+)"', kept.html)[1].replace("&amp;", "&")
    )
    assert form.status == 200 and f"{key('dee')} " in form


def test_who_does_not_keep_the_roster_does_not_plan_it(house):
    manned()
    assert Somebody("cy").sees("/rosters/posts/watch/plan/").status == 404


def test_swaps_are_settled_on_their_page(house):
    publish(manned(), ["dee", "gus", "hal"])
    found = accepted("dee", "ivy")
    assert "Approve" not in Somebody("dee").sees("/rosters/swaps/")
    page = Somebody("ada").sees("/rosters/swaps/")
    assert "waits for approval" in page and "Approve" in page
    path = f"/rosters/swaps/{found.id}/approve/"
    assert "the roster has changed" in Somebody("ada").does_then_sees(path)
    assert Swap.objects.get().approved is not None
    assert "settled" in Somebody("ada").does_then_sees(path)


def test_today_shows_gaps_swaps_and_notes(house):
    publish(manned(), ["dee", "gus", None])
    accepted("dee", "ivy")
    page = Somebody("ada").sees("/")
    assert "Fill or report a gap" in page and "Approve a swap" in page
    assert "gap" not in Somebody("cy").sees("/").words.split("Watch")[0]


def test_a_note_that_one_may_not_read_is_not_there(house):
    underway()
    given = HandingOver(post="watch", standing="A source called.", marking="secret/sources")
    handing.hand_over(officer("dee"), given)
    for who in ("gus", "cy"):
        page = Somebody(who).sees("/rosters/posts/watch/handovers/")
        assert "A source called" not in page and "no note that you may read" in page


def test_who_may_not_be_known_of_is_nobody_named(house):
    post = manned()
    publish(post, ["dee", "gus", "hal"])
    with permit(State.INSTITUTIONAL):
        mark(key("gus"), marking("secret/inquiries"))
    query = {"from": str(ahead())}
    page = Somebody("cy").sees("/rosters/posts/watch/", **query)
    assert "nobody named" in page and "Gus" not in page and key("gus") not in page.html
    system = System(token_of("cy"))
    answer = system.get("/api/rosters/posts/watch/shifts").json["shifts"]
    assert sorted(bool(one["person"]) for one in answer) == [False, True, True]
    chain = system.get("/api/rosters/posts/watch/on-duty").json["chain"]
    assert key("gus") not in [one["person"] for one in chain]


@pytest.mark.parametrize("path", [*PAGES, *OF_POST, "/"])
def test_a_page_asks_as_often_however_much_there_is(house, path):
    post = manned()
    publish(post, ["dee", "gus", "hal"])
    dee = Somebody("dee")
    dee.sees(path)
    few = counted(lambda: dee.sees(path))
    publish(post, ["ivy", "jon", None, "dee", None, None], first=ahead(2))
    for at, name in enumerate(("kim", "lou")):
        command.enrol(house.ada, Enrolment(sign_in=name, name=name.title()))
        acts.assign(house.ada, acts.Assigning(post="watch", person=key(name), order=9 + at))
    accepted("gus", "jon")
    accepted("dee", "ivy", at=0)
    dee.sees(path)
    assert counted(lambda: dee.sees(path)) <= few + (4 if path == "/" else 1)


def test_who_is_on_duty_is_one_query_and_the_chain_is_four(house):
    publish(manned(), ["dee", "gus", "hal"])
    assert counted(lambda: queries.on_duty("watch", now())) == 1
    assert counted(lambda: queries.whom_to_wake("watch", now())) == 4


def test_a_gap_after_a_handover_is_filled_by_the_shift_that_lacks_somebody(house):
    post = manned(overlap=15)
    publish(post, ["dee", None, "hal"])
    page = Somebody("ada").sees("/rosters/gaps/")
    late = slots_of(post, ahead())[1].start
    (gap,) = [one for one in queries.gaps_of([post], late - DAY, late + DAY) if one.published][:1]
    assert (gap.shift, gap.start) == (late, late + dt.timedelta(minutes=15))
    path = re.search(r'"(/acts/fill-gap/\?[^"]+)"', page.html)[1].replace("&amp;", "&")
    start = re.search(r'name="start"[^>]*value="([^"]+)"', Somebody("ada").sees(path).html)[1]
    filled = Somebody("ada").does("/acts/fill-gap/", post="watch", start=start, person="gus")
    assert filled.status == 302
    assert shift_of("gus").start == late


# --- calendars

OLD = "Thu, 01 Jan 2026 00:00:00 GMT"


def address(who="dee", post=""):
    page = Somebody(who).does_then_sees("/rosters/feeds/", post=post)
    return "/" + re.search(r"http://[^/]+/(rosters/feeds/[^ <]+\.ics)", page.html)[1]


def test_an_address_is_shown_once_and_kept_as_a_digest(house):
    publish(manned(), ["dee", "gus", "hal"])
    somebody = Somebody("dee")
    path = address()
    assert path.split("/")[-1].removesuffix(".ics") not in somebody.sees("/rosters/mine/").html
    assert Feed.objects.get().digest not in path


def test_a_calendar_is_read_by_two_parsers_that_others_wrote(house):
    icalendar = pytest.importorskip("icalendar")
    vobject = pytest.importorskip("vobject")
    post = manned()
    publish(post, ["dee", "gus", "hal", "ivy", "jon", "dee"])
    for path, number in ((address(), 2), (address("ada", "watch"), 6)):
        body = Somebody().sees(path).response.content
        one = icalendar.Calendar.from_ical(body)
        events = list(one.walk("VEVENT"))
        two = vobject.readOne(body.decode())
        assert len(events) == len(two.vevent_list) == number
        starts = sorted(each.decoded("dtstart") for each in events)
        assert starts == sorted(each.dtstart.value for each in two.vevent_list)
        assert set(starts) <= set(Shift.objects.values_list("start", flat=True))
        for each, other in zip(events, two.vevent_list, strict=True):
            assert str(each["uid"]) == other.uid.value
            assert each.decoded("dtend") == other.dtend.value
    assert "Watch: Gus" in body.decode()


def test_a_calendar_is_fetched_again_only_when_it_changed(house):
    post = manned()
    publish(post, ["dee", "gus", "hal"])
    path, client = address(), Somebody().client
    first = client.get(path)
    tag, since = first["ETag"], first["Last-Modified"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": since}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": OLD}).status_code == 200
    start = shift_of("dee").start
    given = acts.Changing(post="watch", start=start, old=key("dee"), new=key("ivy"), reason="Ill.")
    acts.change(house.ada, given)
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 200 and b"BEGIN:VEVENT" not in again.content


def test_an_address_that_was_taken_back_or_never_given_is_not_there(house):
    manned()
    path = address()
    assert Somebody().sees(path).status == 200
    Somebody("gus").does("/rosters/feeds/", forget=str(Feed.objects.get().pk))
    assert Somebody().sees(path).status == 200  # it is not theirs to take back
    Somebody("dee").does("/rosters/feeds/", forget=str(Feed.objects.get().pk))
    assert Somebody().sees(path).status == 404
    assert Somebody().sees("/rosters/feeds/x.ics").status == 404


def test_an_address_ends_with_the_office_in_which_it_was_made(house):
    manned()
    path = address("gus")
    held = Appointment.everything.get(person=key("gus"), until=None)
    command.end(house.ada, Ending(appointment=held.id))
    assert Somebody().sees(path).status == 404


# --- the interface


def test_the_interface_tells_who_is_on_duty_gaps_and_swaps(house):
    post = manned()
    publish(post, ["dee", "gus", None])
    accepted("dee", "ivy")
    system = System(token_of("ada"))
    assert [one["post"] for one in system.get("/api/rosters/posts").json["posts"]] == ["watch"]
    start = slots_of(post, ahead())[0].start
    answer = system.get(f"/api/rosters/posts/watch/on-duty?at={start:%Y-%m-%dT%H:%M:%SZ}").json
    assert [one["person"] for one in answer["on_duty"]] == [key("dee")]
    assert answer["chain"][0]["on_duty"] is True
    assert any(one["published"] for one in system.get("/api/rosters/gaps").json["gaps"])
    (swap,) = system.get("/api/rosters/swaps").json["swaps"]
    assert swap["may"] == ["approve", "end"]
    assert system.get("/api/rosters/posts/no-post/on-duty").status_code == 404


def test_the_demonstration_has_a_watch(house):
    """Its story is told by acts alone."""
    told()
    page = Somebody("dee").sees("/rosters/")
    assert "Watch of the Ministry" in page
    post = Post.objects.get(key="watch")
    assert len(queries.on_duty("watch", now())) in (1, 2)
    assert Shift.objects.filter(post=post, void=None).count() >= 50
    assert Swap.objects.filter(approved=None).count() == 2
    assert Somebody("dee").sees("/rosters/posts/watch/").status == 200
