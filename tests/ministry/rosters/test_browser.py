"""The pages of rosters in a real browser: by a keyboard, on a narrow screen, on paper, and as axe finds them."""

import pytest

from ministry.rosters.models import Shift
from tests.ministry.browsing import Keys, Pages, chromium, fits_and_is_accessible
from tests.ministry.rosters.manning import accepted, ahead, manned, publish
from tests.ministry.serving import ROOT, serving

pytestmark = pytest.mark.skipif(
    not (ROOT / "ministry/console/static/console/console.css").exists(),
    reason="the style is not made (`make test` makes it)",
)
PATHS = [
    "/rosters/",
    "/rosters/mine/",
    "/rosters/gaps/",
    "/rosters/swaps/",
    "/rosters/posts/watch/?from={}",
    "/rosters/posts/watch/?from={}&span=month",
    "/rosters/posts/watch/?at=never",
    "/rosters/posts/watch/plan/",
    "/rosters/posts/watch/handovers/",
]


@pytest.fixture(scope="module")
def served(on_sqlite, tmp_path_factory):
    with serving(on_sqlite, tmp_path_factory.mktemp("served"), MINISTRY_DEMO="1") as served:
        with served.database():
            publish(manned(), ["dee", "gus", None, "hal", "ivy", "jon"])
            accepted("dee", "ivy")
        yield served


@pytest.fixture(scope="module")
def page_of(served):
    with chromium() as browser:
        yield Pages(browser, served)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_and_axe_finds_nothing(page_of, served, path):
    page = page_of("dee")
    page.goto(served.url + path.format(ahead()))
    assert page.locator("h1").count() == 1
    fits_and_is_accessible(page)


def test_on_a_narrow_screen_the_grid_is_a_list_by_day(page_of, served):
    page = page_of("dee")
    page.goto(f"{served.url}/rosters/posts/watch/?from={ahead()}")
    assert (
        page.locator(".roster-wide").is_visible() and not page.locator(".roster-days").is_visible()
    )
    page.set_viewport_size({"width": 390, "height": 900})
    assert (
        page.locator(".roster-days").is_visible() and not page.locator(".roster-wide").is_visible()
    )
    page.set_viewport_size({"width": 1280, "height": 900})


def test_on_paper_the_grid_lies_across(page_of, served):
    page = page_of("dee")
    page.goto(f"{served.url}/rosters/posts/watch/?from={ahead()}")
    page.emulate_media(media="print")
    assert page.locator(".roster-wide").is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.roster-sheet')).page") == "roster"
    )
    page.emulate_media(media="screen")


def test_a_plan_is_proposed_and_published_by_the_keyboard_alone(page_of, served):
    page = page_of("dee")
    keys = Keys(page, served.url).opens(
        f"/rosters/posts/watch/plan/?first={ahead(9)}&last={ahead(9)}"
    )
    keys.reaches("button", "Propose the rest").enters()
    assert "This is a proposal" in keys.words
    keys.reaches("button", "Publish").enters()
    assert "The roster is published" in keys.words
    with served.database():
        assert Shift.objects.filter(void=None).count() == 8
