"""What those who look after the server are told."""

import json

from django.db import connection

from tests.ministry.console.conftest import Somebody
from tests.ministry.people import key


def test_health_is_the_database_the_edition_and_the_watch(ministry):
    page = Somebody().sees("/healthz")
    assert page.status == 200
    said = json.loads(page.html)
    assert said["database"] == connection.vendor
    assert len(said["edition"]) == 64
    assert said["watch"] == {"watch": False}


def test_without_its_database_the_server_is_not_well(house):
    def broken(*_):
        raise RuntimeError("gone")

    with connection.execute_wrapper(broken):
        page = Somebody().sees("/healthz")
    assert page.status == 503
    assert json.loads(page.html)["well"] is False


def test_requests_are_counted_by_pattern_and_records_by_outcome(house):
    somebody = Somebody("cy")
    somebody.sees(f"/people/{key('dee')}/")
    somebody.does("/acts/appoint-officer/", person="dee", office="permanent-secretary")
    said = Somebody().sees("/metrics").html
    assert 'ministry_requests_total{method="GET",pattern="/people/<str:key>/",status="200"}' in said
    assert 'act="appoint-officer",kind="refusal",outcome="no authority"' in said


def test_what_is_counted_says_nothing_of_anybody(house):
    Somebody("cy").sees(f"/people/{key('dee')}/")
    Somebody("cy").sees("/ask/", act="appoint-officer", person="mallory")
    said = Somebody().sees("/metrics").html
    assert key("dee") not in said and "mallory" not in said and "Dee" not in said
