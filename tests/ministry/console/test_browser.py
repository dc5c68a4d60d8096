"""The pages in a real browser: nothing that axe finds wrong, nothing that overflows, by the keyboard alone."""

import time

import pytest

from ministry.people.models import Person
from ministry.register.models import Record
from tests.ministry.browsing import Pages, chromium, fits_and_is_accessible, violations, window
from tests.ministry.console.conftest import Somebody
from tests.ministry.serving import ROOT, serving

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/console.css").exists(),
    reason="the style is not made (`make test` makes it)",
)


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    with serving(on_sqlite, tmp_path_factory.mktemp("served"), MINISTRY_DEMO="1") as served:
        with served.database():
            Somebody("cy").does(
                "/acts/appoint-officer/", person="dee", office="permanent-secretary"
            )
        yield served


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def page_of(browser, served):
    return Pages(browser, served)


@pytest.fixture(scope="module")
def paths(served):
    with served.database():
        refusal = Record.everything.filter(kind="refusal").latest("number").id
        done = Record.everything.filter(act="appoint-officer", kind="act").latest("number").id
        ada = Person.everything.get(sign_in="ada").key
    return {
        "Today": ("ada", "/"),
        "ask": ("ada", "/ask/"),
        "an answer": ("ada", "/ask/?act=promulgate-edition&office=permanent-secretary&about=e1"),
        "a question that is not right": ("ada", "/ask/?act=apoint-officer&office=auditr"),
        "approvals": ("ada", "/approvals/"),
        "the Book": ("ada", "/book/"),
        "an instrument": ("ada", "/book/organisation-act/"),
        "offices": ("ada", "/offices/"),
        "an office": ("ada", "/offices/permanent-secretary/"),
        "people": ("ada", "/people/"),
        "a person": ("ada", f"/people/{ada}/"),
        "a form": ("ada", "/acts/appoint-officer/?office=duty-officer"),
        "the Journal": ("fay", "/journal/"),
        "one's own Journal": ("cy", "/journal/"),
        "a record": ("fay", f"/journal/{done}/"),
        "a receipt": ("ada", f"/journal/{done}/?receipt=1"),
        "a refusal": ("cy", f"/journal/{refusal}/"),
        "an error": ("ada", "/nothing/"),
        "the words": ("ada", "/help/"),
        "the keys": ("ada", "/keys/"),
        "the look": ("ada", "/preferences/"),
    }


NAMES = [
    "Today", "ask", "an answer", "a question that is not right", "approvals", "the Book", "an instrument",
    "offices", "an office", "people", "a person", "a form", "the Journal", "one's own Journal", "a record",
    "a receipt", "a refusal", "an error", "the words", "the keys", "the look",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_accessible_and_fits_at_both_widths(page_of, paths, served, name):
    who, path = paths[name]
    page = page_of(who)
    page.goto(served.url + path)
    fits_and_is_accessible(page)


def test_a_page_takes_nothing_from_elsewhere_and_breaks_no_rule_of_the_browser(
    page_of, paths, served
):
    page = page_of("ada")
    asked, said = [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: said.append(one.text))
    for name in ("Today", "an answer", "an office", "a form"):
        page.goto(served.url + paths[name][1])
    assert asked and all(one.startswith(served.url) for one in asked)
    assert said == []


def test_the_style_is_applied(page_of, served):
    page = page_of("ada")
    page.goto(served.url)
    family = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert "GDS" not in family
    assert "system-ui" in family
    assert page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--govuk-brand-colour')"
    ).strip()


def test_an_officer_is_appointed_by_the_keyboard_alone(page_of, served):
    page = page_of("ada")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{served.url}/acts/appoint-officer/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the work"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Help"
    page.keyboard.press("Tab")
    page.keyboard.type("eve")
    page.keyboard.press("Tab")
    page.keyboard.type("duty-officer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journal/**")
    assert "Done, and on the record" in page.inner_text("main")


def test_a_mistake_takes_the_focus_and_leads_to_its_field(page_of, served):
    page = page_of("ada")
    page.goto(f"{served.url}/acts/appoint-officer/?person=nobody&office=auditor")
    page.get_by_role("button", name="Appoint").click()
    until = time.monotonic() + 5
    while time.monotonic() < until and not page.evaluate(
        "document.activeElement.getAttribute('role') == 'alert'"
    ):
        time.sleep(0.05)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.get_by_role("link", name="Nobody is enrolled as nobody").click()
    assert page.evaluate("document.activeElement.name") == "person"
    assert page.input_value("[name=office]") == "auditor"


def test_the_office_acted_in_is_chosen_without_a_script(page_of, served):
    page = page_of("bo")
    page.goto(f"{served.url}/offices/")
    page.locator(".who > summary").click()
    assert page.get_by_role("link", name="Your page").is_visible()


@pytest.fixture(scope="module")
def dark(browser, served):
    """A page of somebody whose system is dark."""
    return window(browser, served, "ada", color_scheme="dark").new_page()


DARK = [
    name
    for name in NAMES
    if name not in ("the Journal", "one's own Journal", "a record", "a refusal")
]


@pytest.mark.parametrize("name", DARK)
def test_a_page_is_accessible_in_the_dark(dark, paths, served, name):
    dark.goto(served.url + paths[name][1])
    assert violations(dark) == []


def test_what_cannot_be_read_in_the_dark_is_found(dark, served):
    dark.goto(served.url)
    dark.evaluate("document.documentElement.style.setProperty('--text', '#16202a')")
    assert "color-contrast" in dict(violations(dark))


def background(page):
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def test_what_somebody_chose_goes_before_their_system_and_paper_is_light(dark, served):
    dark.goto(served.url)
    of_system = background(dark)
    dark.context.add_cookies([{"name": "look", "value": "scheme=light&keys=on", "url": served.url}])
    dark.goto(served.url)
    assert background(dark) != of_system
    dark.context.clear_cookies(name="look")
    dark.goto(served.url)
    assert background(dark) == of_system
    dark.emulate_media(media="print", color_scheme="dark")
    assert (
        dark.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--text')")
        == "#16202a"
    )
    assert dark.locator(".print").is_visible()
    assert served.url in dark.inner_text(".print")
    assert not dark.locator(".bar").is_visible()
    dark.emulate_media(media="screen", color_scheme="dark")


def test_what_has_the_focus_is_seen_where_the_system_forces_its_colours(dark, served):
    dark.emulate_media(forced_colors="active")
    dark.goto(f"{served.url}/offices/")
    dark.keyboard.press("Tab")
    dark.keyboard.press("Tab")
    assert dark.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert (
        dark.evaluate("getComputedStyle(document.querySelector('.sheet')).borderTopWidth") != "0px"
    )
    dark.emulate_media(forced_colors="none")


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")


def test_single_keys_lead_to_the_search_the_desks_and_along_a_list(page_of, served):
    page = page_of("ada")
    page.goto(f"{served.url}/offices/")
    page.keyboard.press("/")
    assert focused(page) == "seek"
    page.keyboard.type("gj?")
    assert page.input_value("#seek") == "gj?"
    page.keyboard.press("Escape")
    assert focused(page) == "work"
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("#keys-box").wait_for()
    assert "To the next row" in page.inner_text("#keys-box")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("#keys-box").is_visible()
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("b")
    assert page.url == f"{served.url}/book/"


def test_single_keys_do_nothing_once_they_are_switched_off(browser, served):
    page = window(browser, served, "bo").new_page()
    page.goto(f"{served.url}/preferences/?next=/offices/")
    page.get_by_label("Single keys do what").uncheck()
    with page.expect_navigation():
        page.get_by_role("button", name="Keep").click()
    assert page.url == f"{served.url}/offices/"
    for key in ("/", "j", "g", "b"):
        page.keyboard.press(key)
    assert page.url == f"{served.url}/offices/"
    assert focused(page) == "BODY"
