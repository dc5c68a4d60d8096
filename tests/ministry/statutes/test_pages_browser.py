"""The desk in a real browser: by the keyboard alone, with nothing that axe finds wrong, fitting at both widths."""

import pytest

from ministry.statutes import acts, impact
from ministry.statutes.data import Answering, Commenting, Consulting, Proposing
from ministry.statutes.models import Proposal
from tests.ministry.browsing import Keys, Pages, chromium, fits_and_is_accessible, violations
from tests.ministry.enacting import examine
from tests.ministry.people import Named
from tests.ministry.serving import ROOT, serving
from tests.ministry.statutes.drafts import APPOINT, edited
from tests.ministry.statutes.test_pages import OFFICES, TEXT, page_of

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/console.css").exists(),
    reason="the style is not made (`make test` makes it)",
)


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
    return Pages(browser, served)


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
    fits_and_is_accessible(page)
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


def test_what_a_form_finds_wrong_takes_the_focus(page_of_whom, served, spoken_of):
    cy = Keys(page_of_whom("cy"), served.url)
    cy.opens(page_of(spoken_of))
    cy.reaches("summary", "Ask an office in other terms").presses("Enter")
    cy.reaches("[name='consult.office']").types("nobody").enters()
    cy.page.wait_for_function("document.activeElement.getAttribute('role') === 'alert'")
    cy.reaches("a", "The Book has no such office").presses("Enter")
    assert cy.page.evaluate("document.activeElement.name") == "consult.office"
