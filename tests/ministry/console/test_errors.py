"""Errors have the same face, and none tells what it must not."""

import pytest
from django.test import RequestFactory

from ministry.console.views import errors
from tests.ministry.console.conftest import Page, Somebody


def test_an_address_with_nothing_is_answered_in_the_frame(house):
    page = Somebody("cy").sees("/nothing/at/all/")
    assert page.status == 404
    assert "There is nothing here" in page
    assert "By what authority?" in page


def test_a_stranger_learns_nothing_from_an_error(house):
    page = Somebody().sees("/nothing/")
    assert page.status == 404
    assert "By what authority?" not in page


@pytest.mark.parametrize("code", sorted(errors.SAID))
def test_every_error_has_a_page_without_the_database(code, monkeypatch):
    from django.db import connection

    def broken(*_):
        raise RuntimeError("no database")

    with connection.execute_wrapper(broken):
        page = Page(errors.answer(RequestFactory().get("/"), code))
    assert page.status == code
    assert errors.SAID[code][0] in page


def test_a_failure_of_the_server_says_nothing_of_its_cause(house, monkeypatch):
    from ministry.console import waiting

    def fails(*_):
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr(waiting, "waiting", fails)
    somebody = Somebody("cy")
    somebody.client.raise_request_exception = False
    page = somebody.sees("/")
    assert page.status == 500
    assert "secret words" not in page.html
    assert "Something went wrong here" in page


def test_when_others_change_the_same_things_it_is_to_be_tried_again(house, monkeypatch):
    from ministry.console.views import acts
    from ministry.database.transaction import Busy

    def busy(*_):
        raise Busy

    monkeypatch.setattr(acts, "do", busy)
    page = Somebody("ada").does("/acts/appoint-officer/", person="cy", office="duty-officer")
    assert page.status == 503
    assert page.response["Retry-After"]


def test_a_form_that_is_too_large_is_refused_whole(house):
    page = Somebody("ada").does("/acts/enrol-person/", name="x" * 6_000_000)
    assert page.status == 413


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_page_is_not_used_in_another_way(house, method):
    assert getattr(Somebody("ada").client, method)("/ask/").status_code == 405
