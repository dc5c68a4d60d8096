"""The reading room, reviews and the taking in of editions in a browser: axe, both widths, nothing from elsewhere."""

import pytest

from ministry.editions.models import Promulgation
from tests.ministry.browsing import chromium, fits_and_is_accessible, violations, window
from tests.ministry.people import acting
from tests.ministry.reading.conftest import amended
from tests.ministry.serving import ROOT, serving
from tests.ministry.statutes.drafts import APPOINT
from tests.ministry.statutes.test_reviews import OLD, begin

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/console.css").exists(),
    reason="the style is not made (`make test` makes it)",
)
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
        yield window(browser, served, "cy").new_page()


@pytest.fixture(scope="module")
def first(served):
    with served.database():
        return Promulgation.objects.get(number=1).edition


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits_at_both_widths(page, served, first, name):
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(served.url + PAGES[name][1].format(first=first))
    fits_and_is_accessible(page)
    assert asked and all(one.startswith(served.url) for one in asked)


def test_axe_finds_a_fault_that_is_put_there(page, served):
    page.goto(served.url + "/law/")
    page.evaluate("document.querySelector('html').removeAttribute('lang')")
    assert [one for one, _ in violations(page)] == ["html-has-lang"]
