"""A real browser (Debian's chromium, by Playwright): somebody signed in, what axe finds, a keyboard, a passkey."""

from __future__ import annotations

import shutil
from contextlib import contextmanager

import pytest

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
WIDTHS = (1280, 390)


@contextmanager
def chromium():
    """A browser. The test is left out where the machine has none."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not shutil.which(CHROMIUM):
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def window(browser, served, name="", **more):
    """A window of a browser (a context of Playwright), in which one of the people is signed in, or nobody."""
    from django.conf import settings

    from tests.ministry.console.conftest import session_of

    opened = browser.new_context(**{"viewport": {"width": WIDTHS[0], "height": 900}, **more})
    if name:
        with served.database():
            session = session_of(name)
        opened.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served.url}]
        )
    return opened


class Pages:
    """A page for each of the people, signed in once: `pages("ada")`."""

    def __init__(self, browser, served):
        self.browser, self.served, self.opened = browser, served, {}

    def __call__(self, name):
        if name not in self.opened:
            self.opened[name] = window(self.browser, self.served, name).new_page()
        return self.opened[name]


def violations(page):
    """What axe finds wrong in a page: the rule, and the first element that breaks it."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def fits_and_is_accessible(page):
    """See at both widths that axe finds nothing wrong and that nothing is wider than the window."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        beyond = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert beyond <= 0, f"{page.url} is {beyond} px too wide at {width}"
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


class Keys:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, page, url=""):
        self.page, self.url = page, url

    def opens(self, path):
        """Type an address."""
        self.page.goto(self.url + path)
        return self

    def reaches(self, selector, words="", by="Tab"):
        """Press Tab until that has the focus."""
        for _ in range(250):
            self.page.keyboard.press(by)
            if self.page.evaluate(
                "([css, words]) => { const one = document.activeElement;"
                " return one.matches(css) && one.textContent.includes(words) }",
                [selector, words],
            ):
                return self
        raise AssertionError(f"no way to {selector} {words} by {by}")

    def presses(self, *keys):
        for key in keys:
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


class Device:
    """The virtual authenticator of a page: it keeps resident keys and verifies whoever uses it, until told not to."""

    def __init__(self, page, verifies=True):
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        self.id = self.cdp.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": verifies,
                    "isUserVerified": verifies,
                    "automaticPresenceSimulation": True,
                }
            },
        )["authenticatorId"]

    def verifies(self, verifies):
        self.cdp.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": self.id, "isUserVerified": verifies},
        )

    @property
    def keys(self):
        return self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]
