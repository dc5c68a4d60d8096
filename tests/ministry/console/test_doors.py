"""Who is let in."""

import re

import pytest
from django.urls import URLPattern

from ministry.command import acts
from ministry.command.data import Appointing, Enrolment
from ministry.console.urls import urlpatterns
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import key

PATHS = [
    "/", "/ask/", "/book/", "/offices/", "/offices/auditor/", "/people/", "/approvals/", "/journal/",
    "/acts/appoint-officer/",
]  # fmt: skip
OPEN = {"healthz", "metrics", "language", "preferences"}
"""These tell nothing of anybody."""


@pytest.mark.parametrize("path", PATHS)
def test_nobody_sees_a_page_before_they_sign_in(house, path):
    page = Somebody().sees(path)
    assert page.status == 302
    assert page.response["Location"].startswith("/sign-in/")
    assert not page.html


def test_whoever_signs_in_comes_back_to_what_they_asked_for(house):
    page = Somebody().sees("/journal/", act="appoint-officer")
    assert page.response["Location"] == "/sign-in/?next=%2Fjournal%2F%3Fact%3Dappoint-officer"


def test_whoever_holds_no_office_is_told_so(house):
    acts.enrol(house.ada, Enrolment(sign_in="gus", name="Gus"))
    page = Somebody("gus").sees("/offices/")
    assert page.status == 403
    assert "You hold no office at present" in page


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda one: one.name)
def test_every_page_says_to_whom_it_is_open(pattern):
    assert isinstance(pattern, URLPattern)
    view = pattern.callback
    while not hasattr(view, "door"):
        view = view.__wrapped__
    assert view.door == ("open" if pattern.name in OPEN else "in office")


def test_every_page_shows_the_office_and_the_person_who_acts(house):
    page = Somebody("cy").sees("/")
    assert "Legal Adviser Cy" in page


def test_whoever_is_in_two_offices_changes_between_them(house):
    acts.name_acting(house.ada, Appointing(person=key("cy"), office="duty-officer"))
    cy = Somebody("cy")
    assert "Act in another office" in cy.sees("/")
    page = cy.does_then_sees("/account/office/", office="duty-officer", next="/")
    assert page.status == 200
    assert "Duty Officer Cy" in page


def test_the_banner_of_the_demonstration_stands_on_every_page(house, settings_with):
    with settings_with(DEMO=True):
        assert "Demonstration" in Somebody("cy").sees("/offices/")
    assert "Demonstration" not in Somebody("cy").sees("/offices/")


@pytest.fixture
def settings_with():
    from django.test import override_settings

    return override_settings


def test_no_page_runs_a_script_of_its_own_or_takes_anything_from_outside(house):
    for path in PATHS:
        page = Somebody("ada").sees(path)
        assert all('src="/static/' in one for one in re.findall(r"<script[^>]*>", page.html))
        assert " style=" not in page.html
        assert " on" not in {part.split("=")[0] for part in page.html.split("<")}
        assert not [one for one in page.links if "//" in one]
        assert "'unsafe" not in page.response["Content-Security-Policy"]
