"""The library in a real browser: nothing that axe finds wrong, nothing too wide, meanings shown on hover and focus."""

import pytest

from tests.ministry.browsing import chromium, fits_and_is_accessible, violations, window
from tests.ministry.serving import ROOT, serving

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/console.css").exists(),
    reason="the style is not made (`make test` makes it)",
)
PATHS = (
    "/book/",
    "/book/organisation-act/",
    "/book/identity-regulation/s-1/?on=2100-01-01",
    "/search/",
    "/search/?q=appoint+officer",
    "/search/?q=delagation",
    "/search/?q=in-force:yesterday",
    "/statutes/health/",
)


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    with serving(on_sqlite, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="module")
def page(served):
    with chromium() as browser:
        yield window(browser, served, "cy").new_page()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_accessible_and_fits_at_both_widths(page, served, path):
    said = []
    page.on("console", lambda one: said.append(one.text))
    page.goto(served.url + path)
    fits_and_is_accessible(page)
    assert [one for one in said if "400 (Bad Request)" not in one] == []


def test_axe_finds_a_fault_that_is_put_in(page, served):
    page.goto(f"{served.url}/search/?q=office")
    page.evaluate("document.querySelector('label[for=f-q]').remove()")
    assert "label" in [name for name, _ in violations(page)]


def test_a_meaning_is_shown_on_hover_and_on_focus_and_is_closed_by_escape(page, served):
    page.goto(f"{served.url}/book/organisation-act/")
    word = page.locator(".term__word").nth(1)
    tip = page.locator(f"#{word.get_attribute('aria-describedby')}")
    assert not tip.is_visible()
    word.hover()
    assert tip.is_visible()
    page.mouse.move(0, 0)
    assert not tip.is_visible()
    page.locator(".term__word").nth(0).focus()
    page.keyboard.press("Tab")
    while not word.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    assert tip.is_visible()
    page.keyboard.press("Enter")
    assert tip.evaluate("one => one.matches(':popover-open')")
    page.keyboard.press("Escape")
    assert not tip.evaluate("one => one.matches(':popover-open')")


def test_from_the_box_in_the_head_to_a_provision_by_the_keyboard_alone(page, served):
    page.goto(f"{served.url}/offices/")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.id") != "seek":
        page.keyboard.press("Tab")
    page.keyboard.type("delegation")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=delegation")
    while not page.evaluate("document.activeElement.closest('.hit') !== null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/book/organisation-act/**")
    assert "Delegation" in page.inner_text("main")
