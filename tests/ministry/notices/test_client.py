"""Notices by the client, against a running server."""

import pytest

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking
from ministry.client import Client
from ministry.notices.models import Notice
from tests.ministry.api.calling import token_of
from tests.ministry.notices.telling import follow
from tests.ministry.people import acting, key
from tests.ministry.serving import serving


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    """A server on which three approvals are asked of Bo, and the tokens of Bo and Dee."""
    with serving(on_sqlite, tmp_path_factory.mktemp("telling")) as served:
        with served.database():
            follow()
            Notice.everything.all().delete()
            for name in ("dee", "eve", "fay"):
                given = {"person": key(name), "office": "legal-adviser"}
                asked = Asking(act="appoint-officer", given=given, reason="while I am away")
                approvals.ask(acting("cy"), asked)
            follow()
            served.tokens = {name: token_of(name) for name in ("bo", "dee")}
        yield served


def test_the_client_lists_what_concerns_whoever_asks_and_marks_it(served):
    with Client(served.url, served.tokens["bo"]) as bo:
        found = bo.notices(unread=True)
        assert [one.kind for one in found] == ["approval-asked"] * 3
        assert all(
            one.asks and one.read is None and one.href.startswith("/approvals/") for one in found
        )
        assert bo.notices("office") == ()
        assert bo.read_notices(found[0].id) == 1
        assert bo.read_notices(found[0].id) == 0
        assert {one.id for one in bo.notices(unread=True)} == {one.id for one in found[1:]}
        assert len(bo.notices()) == 3
        assert bo.read_notices() == 2
        assert bo.notices(unread=True) == ()


def test_a_client_sees_nothing_of_what_another_is_told(served):
    with Client(served.url, served.tokens["dee"]) as dee:
        assert [one for one in dee.notices() if one.kind == "approval-asked"] == []
