"""Help in place: every page says what it is for; the words lead to their meaning."""

import re

import pytest

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking
from ministry.console import glossary
from ministry.console.templatetags import help as helping
from ministry.editions.models import Promulgation
from ministry.statutes.models import Proposal
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import acting, key
from tests.ministry.routes import patterns, values
from tests.ministry.serving import ROOT
from tests.ministry.statutes.drafts import APPOINT, proposed

NAMES = {one.name for one in glossary.WORDS}
HELP = sorted(ROOT.glob("ministry/*/templates/*/help/*.html"))
OPEN = ("law/", "log/", "api/acts", "sign-in/", "account/enrol/")
"""Of others than people in office: readers, programs, those who are about to sign in."""


def filled(route, known):
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: known[found[1]], route)


def test_every_page_of_somebody_in_office_has_its_help(house):
    proposed(house, APPOINT)
    wanted = {"person": key("dee"), "office": "legal-adviser"}
    asked = approvals.ask(acting("cy"), Asking(act="appoint-officer", given=wanted)).record
    ada = Somebody("ada")
    begun = ada.does("/statutes/drafts/new", title="A draft", provision="organisation-act/2")
    draft = re.search(r"drafts/([^/]+)/", begun.response["Location"])[1]
    known = values()
    seen, without = set(), []
    for route, _ in patterns():
        if route.startswith(OPEN) or route.endswith((".zip", "/bytes/")):
            continue
        more = (
            {"key": draft} if "drafts" in route else {"key": asked} if "approvals" in route else {}
        )
        if "proposals" in route:
            more["edition"] = Proposal.objects.earliest("proposed").edition
        elif "editions" in route:
            more["edition"] = Promulgation.objects.latest("number").edition
        response = ada.client.get(filled(route, {**known, **more}))
        kind = response.get("Content-Type", "")
        if response.status_code != 200 or not kind.startswith("text/html"):
            continue
        html = response.content.decode()
        if "<main" not in html:
            continue
        seen.add(route)
        if '<details class="help">' not in html:
            without.append(route)
    assert without == []
    assert {"", "ask/", "book/<slug:instrument>/", "statutes/", "statutes/drafts/<str:key>/", "account/tokens/",
            "statutes/proposals/<str:edition>/", "search/", "approvals/<str:key>/", "help/"} <= seen  # fmt: skip


def test_a_page_without_help_would_be_found(house, monkeypatch):
    monkeypatch.setattr(helping, "place", lambda match: "")
    assert '<details class="help">' not in Somebody("ada").sees("/").html


@pytest.mark.parametrize("path", HELP, ids=lambda one: one.stem)
def test_a_help_is_short_and_its_words_are_in_the_list(path):
    text = path.read_text("utf-8")
    plain = re.sub(r"\{%.*?%\}|<[^>]*>", " ", text)
    sentences = [one for one in re.split(r"[.?](?:\s|$)", plain) if one.strip(" {}p\n")]
    assert 1 <= len(sentences) <= 7
    assert set(re.findall(r'href="/help/#([a-z-]+)"', text)) <= NAMES
    assert not re.search(r'href="(?!/help/#)', text)


def test_a_help_names_the_provisions_of_the_book_in_force(house):
    page = Somebody("ada").sees("/approvals/")
    found = re.search(r'class="help__law">(.*?)</p>', page.html)[1]
    assert found.startswith("By law: <a")
    for href in re.findall(r'href="([^"]+)"', found):
        assert Somebody("ada").sees(href).status == 200


def test_acts_that_a_help_names_are_acts_of_the_server():
    from ministry.gate.registry import all_acts

    named = {
        act
        for path in HELP
        for found in re.findall(r"\{% under (.*?) as ", path.read_text("utf-8"))
        for act in re.findall(r'"([a-z-]+)"', found)
    }
    assert named
    assert named <= set(all_acts())


def test_the_words_stand_once_each_and_lead_to_one_another(house):
    assert len(NAMES) == len(glossary.WORDS)
    assert [str(one.word) for one in glossary.WORDS] == sorted(
        (str(one.word) for one in glossary.WORDS), key=str.lower
    )
    assert {see for one in glossary.WORDS for see in one.see} <= NAMES
    page = Somebody("ada").sees("/help/")
    for one in glossary.WORDS:
        assert f'id="{one.name}"' in page.html
        assert str(one.means) in page


def test_help_asks_the_database_nothing(house):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ada = Somebody("ada")
    ada.sees("/book/")
    counts = []
    for place in (helping.place, lambda match: ""):
        with pytest.MonkeyPatch.context() as patched, CaptureQueriesContext(connection) as asked:
            patched.setattr(helping, "place", place)
            ada.sees("/book/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
