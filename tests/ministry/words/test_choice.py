"""The language of a page, who chooses it, and where it never reaches."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import translation

from ministry.command import acts
from ministry.command.data import Appointing, Enrolment
from ministry.gate.refusal import Refused
from ministry.register.models import Record
from ministry.words import said
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import key


def asked(path, language="", **more):
    client = Client(SERVER_NAME="localhost")
    return client.get(path, headers={"accept-language": language} if language else {}, **more)


@pytest.mark.parametrize(
    ("language", "tag", "word"),
    [
        ("", "en-GB", "Sign in"),
        ("en-US,en;q=0.9", "en-GB", "Sign in"),
        ("fr-CA,fr;q=0.9,en;q=0.5", "fr", "Se connecter"),
        ("xx", "en-GB", "Sign in"),
    ],
)
def test_at_first_a_page_is_in_the_language_that_the_browser_asks_for(house, language, tag, word):
    answer = asked("/sign-in/", language)
    assert f'<html lang="{tag}"' in answer.content.decode()
    assert word in answer.content.decode()
    assert answer["Content-Language"] == tag
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


def test_whoever_chooses_a_language_comes_back_in_it_and_keeps_it(house):
    cy = Somebody("cy")
    answer = cy.client.post("/language/", {"language": "fr", "next": "/offices/"})
    assert (answer.status_code, answer["Location"]) == (302, "/offices/")
    assert "Charges et personnes" in cy.sees("/offices/")
    cy.client.post("/language/", {"language": "en-gb", "next": "/offices/"})
    assert "Offices and people" in cy.sees("/offices/")


@pytest.mark.parametrize("given", [{"language": "xx"}, {"language": ""}, {}])
def test_a_language_that_there_is_not_changes_nothing(house, given):
    cy = Somebody("cy")
    assert cy.client.post("/language/", {**given, "next": "/"}).status_code == 302
    assert "Today" in cy.sees("/")


@pytest.mark.parametrize("next", ["https://elsewhere.example/", "//elsewhere.example", "\\\\x"])
def test_the_choice_leads_nowhere_else(house, next):
    answer = Somebody("cy").client.post("/language/", {"language": "fr", "next": next})
    assert "elsewhere" not in answer["Location"] and answer["Location"].startswith("/")


def test_the_choice_is_a_form_that_needs_no_script(house):
    page = Somebody("cy").sees("/offices/")
    assert 'method="post" action="/language/"' in page.html
    assert 'name="next" value="/offices/"' in page.html


@pytest.mark.parametrize("path", ["/api/openapi.json", "/healthz", "/metrics"])
def test_what_programs_read_is_in_no_other_language(house, path):
    plain, french = asked(path), asked(path, "fr")
    assert plain.status_code == french.status_code
    assert "Accept-Language" not in french.get("Vary", "")
    if path == "/api/openapi.json":
        assert plain.content == french.content


def test_the_reading_room_says_the_language_in_its_address_alone(house):
    english, french = asked("/law/", "fr"), asked("/fr/law/", "en")
    assert '<html lang="en-GB"' in english.content.decode()
    assert '<html lang="fr"' in french.content.decode()
    assert "Le droit en vigueur" in french.content.decode()
    for answer in (english, french):
        assert "Vary" not in answer and "public" in answer["Cache-Control"]
    assert english["ETag"] != french["ETag"]
    client = Client(SERVER_NAME="localhost")
    for path, answer in (("/law/", english), ("/fr/law/", french)):
        assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304
    other = client.get("/law/", headers={"if-none-match": french["ETag"]})
    assert other.status_code == 200


def test_a_reader_of_the_room_stays_in_the_language(house):
    page = Somebody().sees("/fr/law/")
    inside = [one for one in page.links if one.endswith("-act/")]
    assert inside and all(one.startswith("/fr/law/") for one in inside)
    assert "/law/" in page.links  # the same page in English
    there = Somebody().sees(inside[0])
    assert there.status == 200 and 'lang="en"' in there.html
    assert inside[0].removeprefix("/fr") in there.links


def test_what_programs_read_of_the_room_has_one_address(house):
    answer = asked("/fr/law/index.json")
    assert (answer.status_code, answer["Location"]) == (301, "/law/index.json")


def test_after_a_request_the_process_speaks_english(house):
    asked("/sign-in/", "fr")
    asked("/fr/law/")
    assert translation.get_language() == "en-gb"
    assert '"/law/' in asked("/law/").content.decode()


def test_no_word_of_another_language_enters_a_record(house):
    """The same acts, refusals and forms in French: what is recorded is what English would have recorded."""

    def done(language, name):
        with translation.override(language):
            acts.enrol(house.ada, Enrolment(sign_in=name, name="Same Name"))
            with pytest.raises(Refused):
                acts.name_acting(house.dee, Appointing(person=key("cy"), office="duty-officer"))
        clerk = Somebody("dee")
        clerk.client.cookies["language"] = language
        clerk.does("/acts/appoint-officer/", person="cy", office="duty-officer")
        rows = [*Record.everything.order_by("-number")[:3]]
        return [shape(bytes(one.body), name) for one in rows]

    assert done("en-gb", "hal") == done("fr", "ian")


def shape(body, name):
    """A record without what no two records have in common: ids, keys, moments, digests."""
    text = body.decode("latin-1").replace(name, "NAME")
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z?(?:\+\d\d:\d\d)?", "AT", text)
    text = re.sub(r"\b[rp]-[0-9a-f]{20,}", "ID", text)
    text = re.sub(r"[0-9a-f]{32,}", "DIGEST", text)
    return re.sub(r"[A-Za-z0-9+/_-]{40,}=*", "SEAL", text)


def test_days_and_numbers_are_written_as_the_language_does():
    at = dt.datetime(2026, 7, 5, 14, 30, tzinfo=dt.UTC)
    assert (said.day(at), said.short_moment(at)) == ("5 July 2026, 14:30", "5 Jul 2026, 14:30")
    assert said.number(1234567) == "1,234,567"
    with translation.override("fr"):
        assert said.day(at.date()) == "5 juillet 2026"
        assert said.short_day(at.date()) == "5 juil. 2026"
        assert said.number(1234567).split() == ["1", "234", "567"] or "234" in said.number(1234567)
        assert said.listed(["a", "b", "c"]) == "a, b et c"
