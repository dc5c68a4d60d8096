"""What was done in danger waits on the page of whoever decides on it, and is decided there."""

from ministry.approvals import acts
from ministry.approvals.data import Overriding
from ministry.approvals.models import Exceeding
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import key


def done_in_danger(house):
    return acts.override(
        house.dee,
        Overriding(
            act="appoint-officer",
            given={"person": key("fay"), "office": "duty-officer"},
            danger=True,
            reason="the watch was unmanned",
        ),
    )[0].record


def test_it_waits_for_the_office_that_must_decide_and_for_no_other(house):
    done_in_danger(house)
    assert "the watch was unmanned" in Somebody("bo").sees("/approvals/")
    assert "/approvals/#danger" in Somebody("bo").sees("/").links
    assert "Done in danger" not in Somebody("ada").sees("/approvals/")


def test_it_is_decided_by_the_form_that_the_page_leads_to(house):
    over = done_in_danger(house)
    bo = Somebody("bo")
    assert "Let it stand" in bo.sees("/acts/ratify-override/", exceeding=over)
    bo.does("/acts/ratify-override/", exceeding=over)
    assert Exceeding.everything.get(id=over).stands is True
    assert "Done in danger" not in bo.sees("/approvals/")
