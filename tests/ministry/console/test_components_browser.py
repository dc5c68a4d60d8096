"""The components in a real browser: nothing that axe finds wrong, a map by the keyboard, the same without a script."""

import re

import pytest
from django.conf import settings

from tests.ministry.browsing import chromium
from tests.ministry.console.conftest import session_of
from tests.ministry.serving import ROOT, serving

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/map.js").exists(),
    reason="the scripts are not made (`make test` makes them)",
)


@pytest.fixture(scope="module")
def opened(on_sqlite, tmp_path_factory):
    """A function that opens the catalogue, signed in."""
    with serving(on_sqlite, tmp_path_factory.mktemp("served")) as served, chromium() as browser:
        with served.database():
            session = session_of("cy")

        def page(**how):
            context = browser.new_context(viewport={"width": 1280, "height": 900}, **how)
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served.url}]
            )
            page = context.new_page()
            page.said = []
            page.on("console", lambda one: page.said.append(one.text))
            page.goto(f"{served.url}/help/components/")
            return page

        yield page


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    return [one["id"] for one in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_components_are_accessible_and_fit_at_both_widths(opened, scheme):
    page = opened(color_scheme=scheme)
    page.wait_for_selector(".map__live")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(beyond) <= 0
    assert page.said == []  # nor does the browser refuse anything by the content policy


def test_a_fault_that_is_put_in_is_found(opened):
    page = opened()
    page.evaluate("document.querySelector('.chart svg').removeAttribute('aria-labelledby')")
    page.evaluate("document.querySelectorAll('.chart svg title').forEach(one => one.remove())")
    assert "svg-img-alt" in violations(page)


def test_a_map_is_used_by_the_keyboard(opened):
    page = opened()
    page.wait_for_selector(".map__live")
    page.get_by_role("button", name=re.compile("Show on the map.*Hill magazine")).press("Enter")
    assert page.inner_text(".leaflet-popup .map__what") == "Hill magazine"
    assert page.evaluate("document.activeElement.textContent") == "Hill magazine"


def test_without_a_script_there_is_the_picture_and_the_list(opened):
    page = opened(java_script_enabled=False)
    assert page.locator(".map__place svg").is_visible()
    assert page.locator(".map__list li").count() == 7
    page.get_by_role("link", name="Stock", exact=True).click()
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Stock")
