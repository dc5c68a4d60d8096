"""The desk in a real browser: by the keyboard alone, with nothing that axe finds wrong, fitting at both widths."""

import pytest
from django.conf import settings

from ministry.editions.models import Promulgation
from ministry.statutes import acts, impact
from ministry.statutes.data import Answering, Commenting, Consulting, Proposing
from ministry.statutes.models import Proposal
from tests.ministry.browsing import chromium
from tests.ministry.console.conftest import session_of
from tests.ministry.enacting import CHECKS, examine
from tests.ministry.people import Named
from tests.ministry.serving import ROOT, serving
from tests.ministry.statutes.drafts import APPOINT, edited
from tests.ministry.statutes.test_pages import OFFICES, TEXT, page_of

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/console.css").exists(),
    reason="the style is not made (`make test` makes it)",
)
WIDTHS = (1280, 390)
ASK = "/ask/?act=appoint-officer&office=director-of-personnel"


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    with serving(on_sqlite, tmp_path_factory.mktemp("served"), MINISTRY_DEMO="1") as served:
        yield served


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def page_of_whom(browser, served):
    pages = {}

    def page(name):
        if name not in pages:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            with served.database():
                session = session_of(name)
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served.url}]
            )
            pages[name] = context.new_page()
        return pages[name]

    return page


@pytest.fixture(scope="module")
def spoken_of(served):
    """A proposal of which much was said, and that somebody asked to be proved."""
    with served.database():
        house = Named()
        edition = edited(APPOINT, TEXT)
        acts.propose(house.bo, Proposing(edition=edition, title="Appointments", reason="One."))
        asked = Consulting(edition=edition, office="duty-officer", due="2090-01-01T00:00:00Z")
        consultation = acts.consult(house.cy, asked).record
        objecting = {"position": "objects", "text": "The watch must be able to appoint."}
        acts.answer(house.dee, Answering(edition=edition, consultation=consultation, **objecting))
        acts.comment(house.fay, Commenting(edition=edition, provision=OFFICES, text="Why?"))
        acts.comment(house.fay, Commenting(edition=edition, text="When?"))
        examine(house.cy, edition, rights="Nobody is heard.")
        impact.ask(Proposal.objects.get(edition=edition).base, edition)
    return edition


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


PLACES = {
    "the desk": ("bo", "/statutes/"),
    "a proposal, for whoever promulgates": ("bo", "{}"),
    "a proposal, for whoever was asked": ("dee", "{}"),
    "a proof": ("dee", "{}impact/"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_page_is_accessible_and_fits_at_both_widths(page_of_whom, served, spoken_of, name):
    who, path = PLACES[name]
    page = page_of_whom(who)
    said = []
    page.on("console", lambda one: said.append(one.text))
    page.goto(served.url + path.format(page_of(spoken_of)))
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        beyond = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert beyond <= 0, f"{path} is {beyond} px too wide at {width}"
    page.set_viewport_size({"width": 1280, "height": 900})
    assert said == []


def test_a_fault_that_is_put_in_is_found(page_of_whom, served, spoken_of):
    page = page_of_whom("dee")
    page.goto(served.url + page_of(spoken_of))
    page.evaluate("document.querySelector('[for=f-comment-text]').remove()")
    assert [one for one, _ in violations(page)] == ["label"]


def test_words_that_only_one_text_has_are_told_apart_without_colour(
    page_of_whom, served, spoken_of
):
    page = page_of_whom("dee")
    page.goto(served.url + page_of(spoken_of))
    for tag, line, word in (("del", "line-through", "gone"), ("ins", "underline", "new")):
        told = page.evaluate(
            f"""() => {{ const one = document.querySelector('.beside {tag}');
            return [getComputedStyle(one).textDecorationLine, getComputedStyle(one, '::before').content]; }}"""
        )
        assert told[0] == line and word in told[1]


class Keys:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, page, url):
        self.page, self.url = page, url

    def opens(self, path):
        self.page.goto(self.url + path)

    def reaches(self, selector, words=""):
        """Press Tab until that has the focus."""
        for _ in range(250):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(
                "([css, words]) => { const one = document.activeElement;"
                " return one.matches(css) && one.textContent.includes(words) }",
                [selector, words],
            ):
                return self
        raise AssertionError(f"no way to {selector} {words} by Tab")

    def presses(self, key):
        self.page.keyboard.press(key)
        return self

    def types(self, text):
        self.page.keyboard.type(text)
        return self

    def enters(self):
        """Press Enter, and wait for the page that comes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    @property
    def words(self):
        return self.page.inner_text("main")


def test_an_amendment_goes_from_proposal_to_promulgation_by_the_keyboard_alone(
    page_of_whom, served
):
    with served.database():
        edition = edited(APPOINT)
    bo, cy, ada = (Keys(page_of_whom(one), served.url) for one in ("bo", "cy", "ada"))
    ada.opens(ASK)
    assert "Permitted" in ada.words

    bo.opens("/")
    bo.reaches("a", "Law and policy").enters()
    bo.reaches("summary", "Propose a text").presses("Enter")
    bo.reaches("[name=edition]").types(edition)
    bo.reaches("[name=title]").types("Appointments by one office").enters()
    assert "Appointments by one office" in bo.words
    assert "It cannot be certified yet" in bo.words

    cy.opens(page_of(edition))
    cy.reaches("summary", "Examine it").presses("Enter")
    for check in CHECKS:
        cy.reaches(f"[name='examine.{check}.finding']").presses("Space")
        cy.reaches(f"[name='examine.{check}.reason']").types("nothing stands against it")
    cy.reaches("button", "Record what was found").enters()
    assert "What was found is recorded, and on the record" in cy.words
    cy.reaches("#certify button", "Certify").enters()
    assert "Certified, and on the record" in cy.words

    bo.opens("/")
    bo.reaches("main a", "Bring an edition into force").enters()
    assert bo.page.url.endswith(f"{page_of(edition)}#promulgate")
    bo.reaches("#promulgate button", "Promulgate").enters()
    assert "Promulgated, and on the record" in bo.words
    with served.database():
        assert Promulgation.objects.latest("number").edition == edition

    ada.opens(ASK)
    assert "No authority" in ada.words


def test_what_a_form_finds_wrong_takes_the_focus(page_of_whom, served, spoken_of):
    cy = Keys(page_of_whom("cy"), served.url)
    cy.opens(page_of(spoken_of))
    cy.reaches("summary", "Ask an office in other terms").presses("Enter")
    cy.reaches("[name='consult.office']").types("nobody").enters()
    cy.page.wait_for_function("document.activeElement.getAttribute('role') === 'alert'")
    cy.reaches("a", "The Book has no such office").presses("Enter")
    assert cy.page.evaluate("document.activeElement.name") == "consult.office"
