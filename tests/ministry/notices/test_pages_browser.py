"""The bell, the page of notices and what one chooses there, in a real browser."""

import re

import pytest

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking
from ministry.notices.models import Notice
from tests.ministry.browsing import chromium, violations, window
from tests.ministry.notices.telling import follow
from tests.ministry.people import acting, key
from tests.ministry.serving import ROOT, serving

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/console.css").exists(),
    reason="the style sheet is not made (`make test` makes it)",
)


@pytest.fixture(scope="module")
def opened(on_sqlite, tmp_path_factory):
    """A function that opens a page as Bo, to whom something was told and something is read."""
    with serving(on_sqlite, tmp_path_factory.mktemp("served")) as served, chromium() as browser:
        with served.database():
            for name in ("fay", "dee", "eve"):
                given = {"person": key(name), "office": "legal-adviser"}
                asked = Asking(act="appoint-officer", given=given, reason="while I am away")
                approvals.ask(acting("cy"), asked)
            follow()
            one = Notice.everything.filter(person=key("bo"), kind="approval-asked").first()
            Notice.everything.filter(id=one.id).update(read=one.at)

        def page(path, **how):
            page = window(browser, served, "bo", **how).new_page()
            page.said = []
            page.on("console", lambda one: page.said.append(one.text))
            page.goto(f"{served.url}{path}")
            return page

        yield page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/notices/", "/notices/preferences/"])
def test_notices_are_accessible_and_fit_at_both_widths(opened, path, scheme):
    page = opened(path, color_scheme=scheme)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(beyond) <= 0
    assert page.said == []  # nor does the browser refuse anything by the content policy


def test_faults_that_are_put_in_are_found(opened):
    page = opened("/notices/preferences/")
    page.evaluate("document.querySelector('main select').id = ''")
    assert any("select-name" in one for one in violations(page))
    page = opened("/notices/")
    page.evaluate("document.querySelectorAll('.bell > *').forEach(one => one.remove())")
    assert any("link-name" in one for one in violations(page))


def test_a_notice_is_read_by_the_keyboard_and_the_bell_counts_one_less(opened):
    page = opened("/notices/", java_script_enabled=False)
    before = int(page.inner_text(".bell__count"))
    page.get_by_role("button", name=re.compile("Mark as read.*Your office is asked")).first.press(
        "Enter"
    )
    assert "1 notice is marked as read." in page.inner_text("main")
    assert page.locator(".bell__count").count() == (before > 1)
    if before > 1:
        assert int(page.inner_text(".bell__count")) == before - 1
