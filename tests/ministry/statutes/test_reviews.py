"""Instruments are reviewed by whoever keeps them, on evidence that names nobody; oversight sees what is overdue."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.command import acts as command
from ministry.command.data import Appointing
from ministry.database.transaction import now
from ministry.editions.queries import digest_at, law_at
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.statutes import acts, reviews
from ministry.statutes.data import BeginningReview, Commenting, ConcludingReview, Publishing
from ministry.statutes.evidence import evidence
from ministry.statutes.models import Review
from tests.ministry.console import conftest as console
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import key
from tests.ministry.reading.conftest import amended
from tests.ministry.statutes.drafts import APPOINT, proposed

house = console.house
NEXT = dt.date.today() + dt.timedelta(days=700)
OLD = ("review: 2030-01-01\nowner: legal-adviser", "review: 2021-03-01\nowner: legal-adviser")


def begin(by, instrument="statutes-act"):
    return acts.begin_review(by, BeginningReview(instrument=instrument))


def conclude(by, instrument="statutes-act", outcome="keep", **more):
    given = {"reasons": "It works.", "next": NEXT} | more
    return acts.conclude_review(
        by, ConcludingReview(instrument=instrument, outcome=outcome, **given)
    )


def test_whoever_keeps_an_instrument_reviews_it_and_nobody_else(ministry):
    with pytest.raises(Refused):
        begin(ministry.dee)
    begin(ministry.cy)
    with pytest.raises(NotPossible, match="already"):
        begin(ministry.cy)
    with pytest.raises(Refused):
        conclude(ministry.dee)
    conclude(ministry.cy, outcome="amend")
    found = Review.objects.get()
    assert (found.outcome, found.next, found.due) == ("amend", NEXT, dt.date(2030, 1, 1))
    assert found.evidence["decided"] == 1  # its own beginning
    assert verify().differences == []


def test_the_permanent_secretary_begins_any_review_and_does_not_conclude_it(ministry):
    begin(ministry.bo)
    with pytest.raises(Refused):
        conclude(ministry.bo)
    conclude(ministry.cy)


def test_a_review_that_was_not_begun_is_not_concluded(ministry):
    with pytest.raises(NotPossible, match="not being reviewed"):
        conclude(ministry.cy)
    begin(ministry.cy)
    for wrong in (dt.date.today(), dt.date(2999, 1, 1)):
        with pytest.raises(NotPossible):
            conclude(ministry.cy, next=wrong)


def test_a_review_sets_a_later_day_and_not_an_earlier_one(house):
    law, later = law_at(now()), dt.date(2033, 5, 5)
    item = law.book.instruments["statutes-act"]
    for day, due in ((NEXT, dt.date(2030, 1, 1)), (later, later)):
        begin(house.cy)
        conclude(house.cy, next=day)
        _, last = reviews.reviews_of()
        assert reviews.due_of(item, last[item.id]) == due


def test_evidence_counts_by_provision_and_names_nobody(house):
    with pytest.raises(Refused):
        command.appoint(house.dee, Appointing(person=key("cy"), office="duty-officer"))
    edition = proposed(house, APPOINT)
    given = Commenting(
        edition=edition, provision="organisation-act/2", text="The watch must be able to."
    )
    acts.comment(house.dee, given)
    law = law_at(now())
    found = evidence(law, "organisation-act", None, now())
    assert found["provisions"] and found["decided"] > 3
    assert [(one["provision"], one["office"]) for one in found["comments"]] == [
        ("2", "duty-officer")
    ]
    assert found["all"] and found["exceedings"] == 0
    said = repr(found)
    assert not any(key(name) in said for name in ("ada", "bo", "cy", "dee", "eve", "fay"))
    later = evidence(law, "organisation-act", now(), now())
    assert later["decided"] == 0 and later["comments"] == [] and later["unused"]


def test_what_is_marked_is_not_counted(house):
    from ministry.register.models import Record

    law = law_at(now())
    before = evidence(law, "organisation-act", None, now())["decided"]
    marked = Record.everything.exclude(label="").count()
    assert marked == 0 and before
    from ministry.command.data import Enrolment

    command.enrol(house.ada, Enrolment(sign_in="nox", name="Nox", marking="secret"))
    assert Record.everything.exclude(label="").exists()
    assert evidence(law, "organisation-act", None, now())["decided"] == before


# --- the pages


def test_the_calendar_is_a_table_by_month_with_what_is_overdue_first(house):
    amended(house, OLD)
    page = Somebody("dee").sees("/statutes/reviews/")
    assert page.status == 200
    assert page.html.index("Overdue</h2>") < page.html.index("Calendar</h2>")
    assert "Law and Policy of Defence Act" in page.words.partition("Calendar How many")[0]
    assert 'aria-label="January 2030: ' in page.html and 'id="m-2030-01"' in page.html
    one = Somebody("dee").sees("/statutes/reviews/", owner="security-officer")
    assert "Law and Policy of Defence Act" not in one.words.partition("By office")[0]
    assert "Protection of Information Act" in one


def test_what_is_overdue_is_on_today_of_its_keeper_and_of_oversight(house):
    amended(house, OLD)
    keeper = Somebody("cy").sees("/")
    assert "Law and Policy of Defence Act: overdue since 1 March 2021" in keeper
    assert "reviews are overdue" in Somebody("fay").sees("/")
    other = Somebody("dee").sees("/")
    assert "overdue since" not in other and "reviews are overdue" not in other


def test_a_review_is_begun_and_concluded_from_its_page(house):
    cy, path = Somebody("cy"), "/statutes/reviews/statutes-act/"
    assert "Begin a review" in cy.sees(path)
    assert "Acts decided by it" in cy.sees(path, evidence="1")
    page = cy.does_then_sees(path, step="begin", note="After the inquiry")
    assert (
        "The review is begun" in page
        and "After the inquiry" in page
        and "Acts decided by it" in page
    )
    page = cy.does(path, step="conclude", reasons="Typed and kept")
    assert page.status == 422
    assert "Say what becomes of it" in page and "Typed and kept" in page
    page = cy.does(path, step="conclude", outcome="keep", reasons="x", next="2020-01-01")
    assert page.status == 409 and "That day is past" in page
    page = cy.does_then_sees(
        path, step="conclude", outcome="keep", reasons="It works.", next=NEXT.isoformat()
    )
    assert "The review is concluded" in page and "Kept as it is" in page
    assert cy.does(path, step="burn").status == 404
    assert cy.sees("/statutes/reviews/no-such/").status == 404


def test_whoever_may_not_is_told_who_may(house):
    page = Somebody("dee").does("/statutes/reviews/statutes-act/", step="begin")
    assert page.status == 403 and "Law and Policy Act s. 5" in page


def test_the_calendar_of_all_is_for_those_in_office_and_not_sent_twice(house):
    dee = Somebody("dee")
    answer = dee.client.get("/statutes/reviews/calendar.ics")
    assert "Regulation on Identity" in answer.content.decode()
    again = dee.client.get("/statutes/reviews/calendar.ics", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304
    assert Somebody().sees("/statutes/reviews/calendar.ics").status == 302


def test_the_list_costs_the_same_however_many_reviews_there_were(house):
    fay = Somebody("fay")

    def cost():
        fay.sees("/statutes/reviews/")
        with CaptureQueriesContext(connection) as asked:
            fay.sees("/statutes/reviews/")
        return len(asked)

    before = cost()
    for _ in range(3):
        begin(house.cy)
        conclude(house.cy)
    begin(house.cy)
    assert cost() == before


def test_publishing_is_an_act_of_the_legal_adviser(ministry):
    given = Publishing(instrument="identity-regulation")
    with pytest.raises(Refused):
        acts.publish(ministry.dee, given)
    acts.publish(ministry.cy, given)
    with pytest.raises(NotPossible, match="already"):
        acts.publish(ministry.cy, given)
    with pytest.raises(NotPossible, match="by law"):
        acts.publish(ministry.cy, Publishing(instrument="statutes-act"))
    with pytest.raises(Refused):
        acts.withhold(ministry.dee, given)
    acts.withhold(ministry.bo, given)
    with pytest.raises(NotPossible, match="no act"):
        acts.withhold(ministry.bo, given)
    assert verify().differences == [] and digest_at(now())
