"""In a real browser: from the link to the passkey, out and in again, to another office, and proving it again."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from ministry.command import acts as command
from ministry.command.data import Appointing
from tests.ministry.browsing import Device, chromium
from tests.ministry.people import acting, key
from tests.ministry.serving import serving


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    with serving(on_sqlite, tmp_path_factory.mktemp("served")) as served:
        with served.database():
            command.name_acting(acting("bo"), Appointing(person=key("ada"), office="legal-adviser"))
        yield served


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.said = []
    page.on("console", lambda one: page.said.append(one.text))
    yield page
    context.close()


def is_accessible(page):
    found = Axe().run(page).response["violations"]
    assert found == [], json.dumps(
        [(one["id"], [node["html"] for node in one["nodes"]]) for one in found], indent=2
    )


def test_the_whole_way_in_a_browser(served, page):
    device = Device(page)
    page.goto(served.link("ada"))
    assert page.input_value("#link") != ""
    assert "#" not in page.url
    is_accessible(page)
    page.click("text=Continue")
    page.fill("#name", "work laptop")
    is_accessible(page)
    page.click("text=Register the passkey")
    page.wait_for_url("**/account/recovery-codes/**")
    assert [one["isResidentCredential"] for one in device.keys] == [True]

    page.click("text=Make recovery codes")
    assert page.locator("main code").count() == 10
    page.goto(f"{served.url}/account/passkeys/")
    assert page.locator("text=work laptop").count() >= 1
    is_accessible(page)
    page.click("main >> text=Sign out")
    page.wait_for_url("**/sign-in/**")
    is_accessible(page)

    page.goto(f"{served.url}/account/office/")
    page.wait_for_url("**/sign-in/**")
    page.click("text=Sign in with a passkey")
    page.wait_for_url("**/account/office/")
    assert page.locator("input[name=office]:checked").input_value() == "director-of-personnel"
    is_accessible(page)
    page.check("#office-legal-adviser")
    page.click("text=Act in this office")
    page.goto(f"{served.url}/account/office/")
    assert page.locator("input[name=office]:checked").input_value() == "legal-adviser"

    forget_the_proof(served)
    page.goto(f"{served.url}/account/passkeys/add/")
    page.wait_for_url("**/account/sure/**")
    is_accessible(page)
    page.click("text=Use a passkey")
    page.wait_for_url("**/account/passkeys/add/")
    page.goto(f"{served.url}/account/sessions/")
    assert page.locator("text=Chrome on Linux").count() >= 1
    is_accessible(page)
    assert [said for said in page.said if "Content Security Policy" in said] == []


def forget_the_proof(served):
    """Let it be long ago that anybody proved who they are."""
    from ministry.identity.models import Session
    from ministry.identity.sessions import SessionStore

    with served.database():
        for session in Session.objects.exclude(person=""):
            data = SessionStore().decode(session.session_data)
            session.session_data = SessionStore().encode({**data, "sure_since": 0.0})
            session.save()


def test_a_device_that_does_not_verify_is_told_so(served, page):
    page.goto(served.link("bo"))
    page.click("text=Continue")
    device = Device(page)
    device.verifies(False)
    page.click("text=Register the passkey")
    page.wait_for_selector("#passkey-problem:not([hidden])")
    assert device.keys == []
    device.verifies(True)
    page.click("text=Register the passkey")
    page.wait_for_url("**/account/recovery-codes/**")


def test_a_page_cannot_be_framed(served, page):
    page.goto(f"{served.url}/nowhere/")
    page.set_content(f'<iframe src="{served.url}/sign-in/"></iframe>')
    page.wait_for_timeout(500)
    framed = page.frames[1] if len(page.frames) > 1 else None
    assert framed is None or framed.locator("text=Sign in").count() == 0
    assert any("frame" in said.lower() for said in page.said)
