"""The pages in a real browser: nothing that axe finds wrong, nothing that overflows, by the keyboard alone."""

import time

import pytest
from django.conf import settings

from ministry.people.models import Person
from ministry.register.models import Record
from tests.ministry.browsing import chromium
from tests.ministry.console.conftest import Somebody, session_of
from tests.ministry.serving import ROOT, serving

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/console.css").exists(),
    reason="the style is not made (`make test` makes it)",
)
WIDTHS = (1280, 390)


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
    """A page for each of the people, signed in once."""
    pages = {}

    def page(name):
        if name not in pages:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            if name:
                with served.database():
                    session = session_of(name)
                context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served.url}]
                )
            pages[name] = context.new_page()
        return pages[name]

    return page


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
    }


NAMES = [
    "Today", "ask", "an answer", "a question that is not right", "approvals", "the Book", "an instrument",
    "offices", "an office", "people", "a person", "a form", "the Journal", "one's own Journal", "a record",
    "a receipt", "a refusal", "an error",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_accessible_and_fits_at_both_widths(page_of, paths, served, name):
    from axe_playwright_python.sync_playwright import Axe

    who, path = paths[name]
    page = page_of(who)
    page.goto(served.url + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        beyond = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert beyond <= 0, f"{path} is {beyond} px too wide at {width}"


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
