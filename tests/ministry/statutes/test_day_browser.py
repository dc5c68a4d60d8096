"""A policy officer's whole day by the keyboard alone: from a question to the same question decided otherwise."""

import pytest

from ministry.editions.models import Promulgation
from ministry.statutes.models import Proposal
from tests.ministry.browsing import Device, Keys, Pages, chromium, window
from tests.ministry.enacting import CHECKS
from tests.ministry.serving import ROOT, serving

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/editor.js").exists(),
    reason="the editor is not made (`make test` makes it)",
)
ASK = "/ask/?act=appoint-officer&office=director-of-personnel"


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    with serving(on_sqlite, tmp_path_factory.mktemp("day")) as served:
        yield served


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


def signed_in_by_passkey(browser, served, name):
    """Somebody who opened the link that they were given, registered a passkey, signed out, and signs in with it."""
    bo = Keys(window(browser, served).new_page(), served.url)
    bo.page.set_default_timeout(10_000)
    bo.page.device = Device(bo.page)
    bo.page.goto(served.link(name))
    bo.reaches("main button", "Continue").enters()
    bo.reaches("main button", "Register the passkey").enters()
    bo.opens("/account/passkeys/")
    bo.reaches("main button", "Sign out").enters()
    bo.reaches("button", "Sign in with a passkey").enters()
    bo.page.wait_for_url(lambda url: "/sign-in/" not in url)
    return bo


def text_of(keys):
    return keys.page.inner_text(".cm-content")


def problem(keys, words, there=True):
    keys.page.wait_for_function(
        "([words, there]) => document.getElementById('problems-list').textContent.includes(words) === there",
        arg=[words, there],
    )


def test_a_policy_officers_day_by_the_keyboard_alone(browser, served):
    others = Pages(browser, served)
    dee, cy = (Keys(others(one), served.url) for one in ("dee", "cy"))
    bo = signed_in_by_passkey(browser, served, "bo")

    # The question, and who answers it today.
    bo.opens(ASK)
    assert "Permitted" in bo.words
    with served.database():
        before = Promulgation.objects.latest("number").edition

    # Found by search, and read as it was.
    bo.reaches("#seek").types("appointment").enters()
    bo.reaches(".hit a").enters()
    assert "/book/" in bo.page.url
    bo.opens("/book/organisation-act/")
    bo.reaches("#f-on").types("06012020")
    bo.reaches("button", "Read so").enters()
    assert "on=2020-06-01" in bo.page.url
    assert "Nobody appoints themselves" in bo.words

    # Amended: a mistake is shown as it is typed, and mended with a name that is offered.
    bo.opens("/book/organisation-act/")
    bo.reaches("a[href*='drafts/new'][href*='%2F2'], a[href*='drafts/new'][href*='/2']").enters()
    bo.reaches("[name=title]").presses("Control+a").types("Appointments by one office").enters()
    bo.page.locator(".cm-content").wait_for()
    bo.reaches(".cm-content").presses("Control+f")
    bo.types(", director-of-personnel may appoint-officer").presses("Enter", "Escape")
    bo.types(" may apoint-officer")
    problem(bo, "apoint-officer")
    bo.presses(*["Backspace"] * len("apoint-officer")).types("appoint-off")
    bo.page.locator(".cm-tooltip-autocomplete", has_text="appoint-officer").wait_for()
    bo.page.wait_for_timeout(200)  # a choice that has only just come is not taken by a key
    bo.presses("Enter")
    problem(bo, "apoint-officer", there=False)
    assert "permanent-secretary may appoint-officer" in text_of(bo)
    bo.page.wait_for_function(
        "() => document.getElementById('status').textContent.includes('Saved')"
    )

    # What it changes; proposed, and the office that loses a power is asked.
    bo.presses("Escape").reaches(
        "a", "What it changes, who writes, propose", by="Shift+Tab"
    ).enters()
    assert "director-of-personnel" in bo.page.inner_html("main")
    bo.reaches("main button", "Propose").enters()
    with served.database():
        edition = Proposal.objects.get().edition
    page = f"/statutes/proposals/{edition}/"
    assert page in bo.page.url
    bo.reaches("summary", "Ask an office in other terms").presses("Enter")
    bo.reaches("[name='consult.office']").types("duty-officer")
    bo.reaches("[name='consult.question']").types("Can the watch be filled?")
    bo.reaches("#consult button, button", "Ask").enters()
    assert "Asked, and on the record" in bo.words

    # Another officer answers, and comments; the first says what becomes of it.
    dee.opens("/").reaches("main a[href*='proposals']").enters()
    dee.reaches("[name$='.position']").presses("Space")
    dee.reaches("[name^='answer.'][name$='.text']").types("It can.")
    dee.reaches("button", "Give the opinion").enters()
    assert "The opinion is given, and on the record" in dee.words
    dee.reaches("[name='comment.text']").types("From when?")
    dee.reaches("#comment button", "Comment").enters()
    assert "on the record" in dee.words
    bo.opens(page)
    bo.reaches("summary", "Resolve").presses("Enter")
    bo.reaches("[name$='.resolution']").presses("Space")
    bo.reaches("button", "Resolve").enters()
    assert "Resolved, and on the record" in bo.words

    # Examined and certified by whoever may, and promulgated.
    cy.opens(page)
    cy.reaches("summary", "Examine it").presses("Enter")
    for check in CHECKS:
        cy.reaches(f"[name='examine.{check}.finding']").presses("Space")
        cy.reaches(f"[name='examine.{check}.reason']").types("nothing stands against it")
    cy.reaches("button", "Record what was found").enters()
    cy.reaches("#certify button", "Certify").enters()
    assert "Certified, and on the record" in cy.words
    bo.opens("/").reaches("main a", "Bring an edition into force").enters()
    bo.reaches("#promulgate button", "Promulgate").enters()
    assert "Promulgated, and on the record" in bo.words

    # The same question is decided otherwise, and the answer names the edition.
    bo.opens(ASK)
    assert "No authority" in bo.words
    assert edition != before and edition[:8] in bo.page.inner_text("body")
