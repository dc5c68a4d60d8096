"""Offices and people: who holds what, and the acts of command from a page."""

import re
from types import SimpleNamespace

import pytest

from ministry.command import acts
from ministry.command.data import Appointing, Ending, Enrolment
from ministry.console.chain import chain, picture
from ministry.database.transaction import now
from ministry.editions.queries import law_at
from ministry.gate.verify import verify
from ministry.people.models import Appointment, Person
from ministry.register.models import Record
from tests.ministry.console.amending import amended
from tests.ministry.console.conftest import Somebody
from tests.ministry.console.queries import counted
from tests.ministry.people import key


def vacated(house, office="duty-officer"):
    acts.end(
        house.ada, Ending(appointment=Appointment.everything.get(office=office, until=None).id)
    )


def test_the_list_says_who_holds_each_office_and_which_are_vacant(house):
    page = Somebody("cy").sees("/offices/")
    assert "Duty Officer Dee" in page
    assert "Prime Minister vacant" in page


def test_the_list_is_searched_by_words(house):
    page = Somebody("cy").sees("/offices/", q="adviser")
    assert "Legal Adviser" in page
    assert "Duty Officer" not in page
    assert "is called “nobody-at-all”" in Somebody("cy").sees("/offices/", q="nobody-at-all")


def test_an_office_says_what_it_may_do_and_under_which_provision(house):
    page = Somebody("cy").sees("/offices/permanent-secretary/")
    assert "/book/organisation-act/#s-2-1" in page.links
    assert "bounded by Organisation Act s. 2(2)" in page


def test_a_vacant_office_says_to_whom_it_falls(house):
    vacated(house)
    page = Somebody("cy").sees("/offices/duty-officer/")
    assert "vacant It falls to Permanent Secretary" in page
    assert "Who held it before (1)" in page


def test_the_chain_of_command_is_a_picture_and_a_table(house):
    page = Somebody("cy").sees("/offices/permanent-secretary/")
    drawn = page.html.count('class="chain__box')
    (left_out,) = re.findall(r"(\d+) more report to it; the table names them", page.html)
    assert drawn + int(left_out) == page.html.split("As a table")[1].count("<tr>") - 1
    assert "Legal Adviser Cy Permanent Secretary" in page


def test_the_picture_shows_who_commands_whom_without_overlap(house):
    words = law_at(now()).book.vocabulary
    for name, actor in words.actors.items():
        if actor.kind != "office":
            continue
        links = chain(words, name)
        drawn = picture(links)
        corners = {(box.x, box.y) for box in drawn.boxes}
        assert len(corners) == len(drawn.boxes)
        assert len(drawn.lines) == len(drawn.boxes) - 1
        assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in corners)


def test_a_circle_of_command_ends_the_picture_all_the_same():
    import msgspec

    from writ.book.model import ActorDef
    from writ.book.place import Place

    def office(name, above):
        return ActorDef(name, "office", "", Place("x", 0), reports_to=(above,))

    words = SimpleNamespace(actors={"a": office("a", "b"), "b": office("b", "a")})
    links = chain(words, "a")
    assert [one.office for one in links if not one.depth > 1] == ["b", "a"]
    assert msgspec.to_builtins(picture(links))["boxes"]


def test_what_is_not_there_is_not_found(house):
    somebody = Somebody("cy")
    for path in (
        "/offices/no-such/",
        "/people/p-nobody/",
        "/acts/no-such-act/",
        "/acts/found-ministry/",
    ):
        assert somebody.sees(path).status == 404


def test_an_act_is_offered_only_to_an_office_that_has_a_power_for_it(house):
    assert (
        "/acts/appoint-officer/?office=auditor"
        not in Somebody("cy").sees("/offices/auditor/").links
    )
    assert (
        "/acts/appoint-officer/?office=auditor" in Somebody("eve").sees("/offices/auditor/").links
    )


def test_somebody_is_appointed_from_a_page_and_there_is_a_receipt(ministry):
    page = Somebody("ada").does_then_sees(
        "/acts/appoint-officer/", person="cy", office="Duty Officer"
    )
    assert page.status == 200
    assert "Done, and on the record" in page
    assert "by authority of Organisation Act s. 2(1)" in page
    assert Appointment.everything.filter(
        person=key("cy"), office="duty-officer", until=None
    ).exists()
    assert verify().differences == []


def test_a_refusal_is_a_page_that_cites_the_norm_and_names_who_could(ministry):
    page = Somebody("cy").does("/acts/appoint-officer/", person="dee", office="permanent-secretary")
    assert page.status == 403
    assert "No authority" in page
    assert "Organisation Act s. 2(1)" in page
    assert "Permanent Secretary permitted Bo" in page
    record = Record.everything.filter(kind="refusal").latest("number")
    assert f"/journal/{record.id}/" in page.links


def test_what_still_needs_something_is_a_conflict_and_names_it(house):
    from ministry.console.forms import FORMS, Form
    from ministry.editions.apply import deposit
    from ministry.statutes.data import Proposing
    from tests.ministry.people import texts

    edition = deposit({**texts(), "more.md": "Nothing."})
    from ministry.statutes import acts as statutes

    statutes.propose(house.bo, Proposing(edition=edition))
    FORMS["promulgate-edition"] = Form("Promulgate")
    try:
        page = Somebody("bo").does("/acts/promulgate-edition/", edition=edition)
    finally:
        del FORMS["promulgate-edition"]
    assert page.status == 409
    assert "certify-edition by legal-adviser must be done before" in page


def test_what_was_refused_can_be_asked_of_those_who_could_and_is_then_done(house):
    cy = Somebody("cy")
    refused = cy.does("/acts/appoint-officer/", person="dee", office="legal-adviser")
    given = {
        name: refused.html.split(f'name="{name}" value="')[1].split('"')[0].replace("&quot;", '"')
        for name in ("act", "given", "refusal")
    }
    asked = cy.does_then_sees("/approvals/request/", reason="I am away", **given)
    assert "Put to" in asked and "Permanent Secretary" in asked
    path = asked.response.wsgi_request.path
    assert "What is asked" in Somebody("bo").sees(path)
    assert Somebody("eve").sees(path).status == 404
    assert "granted" in Somebody("bo").does_then_sees(f"{path}grant/")
    assert Appointment.everything.filter(
        person=key("dee"), office="legal-adviser", until=None
    ).exists()


def test_what_is_declined_needs_a_reason_and_tells_it(house):
    cy = Somebody("cy")
    refused = cy.does("/acts/appoint-officer/", person="dee", office="legal-adviser")
    given = refused.html.split('name="given" value="')[1].split('"')[0].replace("&quot;", '"')
    path = cy.does("/approvals/request/", act="appoint-officer", given=given).response["Location"]
    bo = Somebody("bo")
    assert bo.does(f"{path}decline/").status == 422
    assert bo.does(f"{path}decline/", answer="not now").status == 302
    assert "not now" in cy.sees(path)
    assert bo.does(f"{path}grant/").status == 409


def test_what_is_not_possible_stands_beside_its_field_and_nothing_typed_is_lost(house):
    page = Somebody("ada").does(
        "/acts/enrol-person/", sign_in="bo", name="Bo the Second", email="x@example.org"
    )
    assert page.status == 409
    assert "signs in already" in page
    assert 'value="Bo the Second"' in page.html
    assert 'value="x@example.org"' in page.html


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"person": "nobody", "office": "auditor"}, "Nobody is enrolled as nobody"),
        ({"person": "", "office": "auditor"}, "Fill this in"),
        ({"person": "cy", "office": "no-such-office"}, "no office"),
        ({"person": "cy", "office": "<b>"}, "not written as it must be"),
    ],
)
def test_a_form_that_is_not_right_says_what_and_changes_nothing(house, data, said):
    before = Record.everything.count()
    page = Somebody("ada").does("/acts/appoint-officer/", **data)
    assert page.status in (409, 422)
    assert said in page
    assert "thing is not right" in page
    assert Record.everything.count() == before


def test_two_people_of_one_name_are_told_apart_by_their_sign_in_name(house):
    acts.enrol(house.ada, Enrolment(sign_in="bo2", name="Bo"))
    page = Somebody("ada").does("/acts/appoint-officer/", person="Bo", office="duty-officer")
    assert "Several people are called Bo" in page
    assert (
        Somebody("ada").does("/acts/appoint-officer/", person="bo2", office="duty-officer").status
        == 302
    )


def test_after_an_amendment_the_page_refuses_what_it_did_before(house):
    amended(house)
    page = Somebody("ada").does("/acts/appoint-officer/", person="cy", office="duty-officer")
    assert page.status == 403


def test_a_forged_form_is_refused(house):
    from django.conf import settings
    from django.test import Client

    client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = (
        Somebody("ada").client.cookies[settings.SESSION_COOKIE_NAME].value
    )
    before = Record.everything.count()
    assert (
        client.post(
            "/acts/appoint-officer/", {"person": "cy", "office": "duty-officer"}
        ).status_code
        == 403
    )
    assert Record.everything.count() == before


def test_people_are_found_by_a_part_of_their_name(house):
    acts.enrol(house.ada, Enrolment(sign_in="gus", name="Augustus Sand"))
    page = Somebody("cy").sees("/people/", q="gust")
    assert "Augustus Sand" in page and "Ada" not in page.words.split("Found")[1]
    assert "Nothing is found by these filters" in Somebody("cy").sees("/people/", q="zzz")


def test_a_person_has_a_page_with_their_offices(house):
    page = Somebody("cy").sees(f"/people/{key('dee')}/")
    assert "Duty Officer" in page
    assert key("dee") in page


def test_no_page_leads_to_a_record_that_may_not_be_read(house):
    record = Appointment.everything.get(office="permanent-secretary", until=None).id
    for path in ("/offices/permanent-secretary/", f"/people/{key('bo')}/"):
        assert f"/journal/{record}/" in Somebody("ada").sees(path).links
        assert f"/journal/{record}/" in Somebody("fay").sees(path).links
        assert f"/journal/{record}/" not in Somebody("cy").sees(path).links


def test_an_address_for_notices_is_shown_to_its_owner_alone(house):
    acts.enrol(house.ada, Enrolment(sign_in="gus", name="Gus", email="gus@example.org"))
    acts.appoint(house.ada, Appointing(person=key("gus"), office="duty-officer"))
    assert "gus@example.org" in Somebody("gus").sees(f"/people/{key('gus')}/")
    assert "gus@example.org" not in Somebody("cy").sees(f"/people/{key('gus')}/")


def test_somebody_suspended_is_shown_as_such(house):
    page = Somebody("ada").does_then_sees("/acts/suspend-person/", person="dee")
    assert page.status == 200
    assert not Person.everything.get(sign_in="dee").is_active
    assert "kept from signing in" in Somebody("cy").sees(f"/people/{key('dee')}/")


def test_lists_ask_the_database_the_same_however_many_people_there_are(house):
    somebody = Somebody("cy")
    paths = ("/offices/", "/people/", "/offices/permanent-secretary/")
    for path in paths:
        somebody.sees(path)
    few = [counted(lambda path=path: somebody.sees(path)) for path in paths]
    for number in range(4):
        acts.enrol(house.ada, Enrolment(sign_in=f"x{number}", name=f"X {number}"))
        Somebody("ada").does(
            "/acts/name-acting-officer/", person=f"x{number}", office="permanent-secretary"
        )
    for path in paths:
        somebody.sees(path)
    assert [counted(lambda path=path: somebody.sees(path)) for path in paths] == few
    assert max(few) <= 13
