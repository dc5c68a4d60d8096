"""The reading room, reviews and the taking in of editions in a browser: axe, both widths, nothing from elsewhere."""

import os

import pytest
from django.conf import settings

from ministry.editions.models import Promulgation
from tests.ministry.browsing import chromium
from tests.ministry.console.conftest import session_of
from tests.ministry.people import acting
from tests.ministry.reading.conftest import amended
from tests.ministry.serving import ROOT, serving
from tests.ministry.statutes.drafts import APPOINT
from tests.ministry.statutes.test_reviews import OLD, begin

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/console.css").exists(),
    reason="the style is not made (`make test` makes it)",
)
WIDTHS = (1280, 390)
SHOTS = os.environ.get("SHOTS", "")
PAGES = {
    "the law": ("", "/law/"),
    "an instrument": ("", "/law/statutes-act/"),
    "a provision": ("", "/law/statutes-act/1/"),
    "then": ("", "/law/editions/{first}/organisation-act/2/"),
    "an edition": ("", "/law/editions/{first}/"),
    "editions": ("", "/law/editions/"),
    "nothing": ("", "/law/nothing/"),
    "reviews": ("cy", "/statutes/reviews/"),
    "a review": ("cy", "/statutes/reviews/statutes-act/"),
    "taking in": ("cy", "/statutes/import/"),
    "taken in": ("cy", "/statutes/import/{first}/"),
}


class House:
    bo, cy = property(lambda _: acting("bo")), property(lambda _: acting("cy"))


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    with serving(on_sqlite, tmp_path_factory.mktemp("read")) as served:
        with served.database():
            amended(House(), OLD, APPOINT)
            begin(acting("cy"))
        yield served


@pytest.fixture(scope="module")
def page(served):
    with chromium() as browser:
        with served.database():
            session = session_of("cy")
        context = browser.new_context()
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served.url}]
        )
        yield context.new_page()


@pytest.fixture(scope="module")
def first(served):
    with served.database():
        return Promulgation.objects.get(number=1).edition


def wrong(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits_at_both_widths(page, served, first, name):
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(served.url + PAGES[name][1].format(first=first))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name.replace(' ', '-')}-{width}.png", full_page=True)
        assert wrong(page) == []
        beyond = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert beyond <= 0, f"{name} is {beyond} px too wide at {width}"
    assert asked and all(one.startswith(served.url) for one in asked)


def test_axe_finds_a_fault_that_is_put_there(page, served):
    page.goto(served.url + "/law/")
    page.evaluate("document.querySelector('html').removeAttribute('lang')")
    assert [one for one, _ in wrong(page)] == ["html-has-lang"]
