"""Two drafters in two browsers: a connection that drops, a tab that is closed, and nothing is lost."""

import re
import time

import pytest

from ministry.database.transaction import now
from ministry.editions.queries import digest_at
from ministry.statutes.drafts import store
from tests.ministry.browsing import chromium, fits_and_is_accessible, violations, window
from tests.ministry.people import key
from tests.ministry.serving import ROOT, serving

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/editor.js").exists(),
    reason="the editor is not made (`make test` makes it)",
)
FILE = "organisation-act.md"


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    with serving(on_sqlite, tmp_path_factory.mktemp("drafting")) as served:
        yield served


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def draft(served):
    with served.database():
        found = store.opened("Appointments", "fewer hands", digest_at(now()), key("bo"))
        store.let_write(found, key("cy"))
        return found


@pytest.fixture
def context_of(browser, served):
    made = []

    def context(name, **more):
        context = window(browser, served, name, **more)
        made.append(context)
        return context

    yield context
    for one in made:
        one.close()


class Editor:
    """A page with the editor of a file."""

    def __init__(self, context, served, draft, file=FILE):
        self.served, self.draft, self.file = served, draft, file
        self.page = context.new_page()
        self.said = []
        self.page.on("console", lambda one: self.said.append(one.text))
        self.page.on("pageerror", lambda one: self.said.append(str(one)))
        self.page.goto(f"{served.url}/statutes/drafts/{draft.key}/edit/?file={file}")
        self.page.wait_for_selector("#writing[data-ready]")

    def types(self, text, end=True):
        self.page.locator(".cm-content").click()
        self.page.keyboard.press("Control+End" if end else "Control+Home")
        self.page.keyboard.type(text)

    def waits(self, words):
        self.page.wait_for_function(
            "words => document.getElementById('status').textContent.includes(words)", arg=words
        )

    @property
    def stands(self):
        with self.served.database():
            return store.held(self.draft, self.file).text


def until(page, true, seconds=15):
    """Wait as the browser does: meanwhile it goes on."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert true()


def test_two_write_in_one_file_and_nothing_is_lost(context_of, served, draft):
    at_bo, at_cy = context_of("bo"), context_of("cy")
    bo, cy = Editor(at_bo, served, draft), Editor(at_cy, served, draft)
    bo.types("\nA line of Bo's.\n")
    cy.types("\nBegun by Cy.\n")
    until(cy.page, lambda: "Bo's" in cy.stands and "by Cy" in bo.stands)
    # Each sees what the other wrote without doing anything.
    until(cy.page, lambda: "by Cy" in bo.page.inner_text(".cm-content"))
    until(cy.page, lambda: "Bo's" in cy.page.inner_text(".cm-content"))
    assert "Bo" in cy.page.inner_text("#company")

    # Bo's connection drops; he types on, and closes the tab. Cy saves meanwhile.
    at_bo.set_offline(True)
    bo.types("Typed without a connection.\n")
    bo.waits("Offline: kept in this browser")
    cy.types("Typed by Cy meanwhile.\n")
    cy.waits("Saved")
    bo.page.close(run_before_unload=False)
    assert "without a connection" not in cy.stands

    at_bo.set_offline(False)
    again = Editor(at_bo, served, draft)
    again.page.get_by_text("What you wrote in").wait_for()
    again.page.locator(".cm-content").click()
    again.page.keyboard.press("Control+End")
    for line in (
        "A line of Bo's.",
        "Begun by Cy.",
        "Typed without a connection.",
        "by Cy meanwhile",
    ):
        until(again.page, lambda line=line: line in again.stands)
        until(again.page, lambda line=line: line in again.page.inner_text(".cm-content"))
    assert again.page.evaluate("localStorage.length") == 0
    assert again.said == [] and cy.said == []


def test_an_answer_that_is_lost_is_no_save_that_is_lost_or_done_twice(context_of, served, draft):
    context = context_of("bo")
    bo = Editor(context, served, draft)
    lost = []

    def reached_but_not_answered(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    bo.page.route("**/save", reached_but_not_answered)
    bo.types("\nTyped once.\n")
    until(bo.page, lambda: lost)
    bo.types("Typed after.\n")
    bo.waits("Saved")
    until(bo.page, lambda: "Typed after." in bo.stands)
    assert bo.stands.count("Typed once.") == 1
    assert bo.page.inner_text(".cm-content").count("Typed once.") == 1


def test_problems_are_shown_as_one_types_and_mended_with_a_key(context_of, served, draft):
    bo = Editor(context_of("bo"), served, draft)
    bo.types('\n```writ\nact zz-one "first"\n\npower 9\n  legal-advisor may zz-one\n```\n')
    bo.page.locator("#problems-list", has_text="legal-advisor").wait_for()
    bo.page.keyboard.press("Escape")
    bo.page.keyboard.press("Tab")
    assert not bo.page.evaluate("document.activeElement.closest('.cm-content')")
    assert bo.said == []


def test_the_same_words_are_decided_at_the_problem(context_of, served, draft):
    bo = Editor(context_of("bo"), served, draft)
    with served.database():
        text = store.held(draft, FILE).text
        title = text.split("\n# ", 1)[1].split("\n")[0]
        store.save(draft, key("cy"), FILE, text.replace(f"# {title}", "# Of Cy"), 0, "a-save-of-cy")
        store.save(draft, key("bo"), FILE, text.replace(f"# {title}", "# Of Bo"), 0, "a-save-of-bo")
    bo.waits("two texts to decide")
    bo.page.locator("#problems-list", has_text="two people changed the same words").wait_for()
    bo.page.get_by_role("button", name="Keep the second").first.click()
    bo.waits("Saved")
    until(
        bo.page,
        lambda: "# Of Bo" in bo.stands and "# Of Cy" not in bo.stands and "<<<" not in bo.stands,
    )


@pytest.mark.parametrize("where", ["", "new", "draft", "edit", "history"])
def test_a_page_is_accessible_and_fits_at_both_widths(context_of, served, draft, where):
    with served.database():
        text = store.held(draft, FILE).text.replace("may appoint-officer", "may apoint-officer", 1)
        if where == "edit":
            store.save(draft, key("bo"), FILE, text, 0, "a-save-of-bo")
        else:
            changed = store.held(draft, FILE).text.replace(
                "permanent-secretary, director-of-personnel may", "permanent-secretary may"
            )
            store.save(draft, key("bo"), FILE, changed, 0, "a-save-of-bo")
    page = context_of("bo").new_page()
    home = f"{served.url}/statutes/drafts/"
    page.goto(
        {
            "": home,
            "new": f"{home}new?provision=organisation-act/2",
            "draft": f"{home}{draft.key}/",
            "edit": f"{home}{draft.key}/edit/?file={FILE}",
            "history": f"{home}{draft.key}/history/?version=1",
        }[where]
    )
    if where == "edit":
        page.locator("#problems-list", has_text="did you mean").wait_for()
    fits_and_is_accessible(page)
    # What finds nothing is shown to find something.
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert [name for name, _ in violations(page)] == ["label"]


def test_without_a_script_it_is_a_form(context_of, served, draft):
    page = context_of("bo", java_script_enabled=False).new_page()
    page.goto(f"{served.url}/statutes/drafts/{draft.key}/edit/?file={FILE}")
    field = page.get_by_label("Text of")
    field.fill(field.input_value() + "\nWithout a script.\n")
    page.get_by_role("button", name="Save").click()
    page.get_by_text(re.compile("Saved as version 1")).wait_for()
    with served.database():
        assert store.held(draft, FILE).text.endswith("\nWithout a script.\n")


def test_the_editor_speaks_the_language_of_the_page_in_french(context_of, served, draft):
    one = Editor(context_of("bo", locale="fr-FR"), served, draft)
    assert "Comme dans l’édition" in one.page.inner_text("#bar")
    one.types("\nUne ligne de plus.\n")
    one.waits("Enregistré, version")
    one.page.keyboard.press("Control+f")
    assert one.page.get_attribute(".cm-search input[name=search]", "placeholder") == "Chercher"
    one.page.wait_for_function(
        "() => /avertissement|erreur|Aucun/.test(document.getElementById('problems-list').textContent)"
    )
    assert violations(one.page) == []
