"""The reading room: what is public and nothing else, to nobody in particular, and not twice to whoever has it."""

import datetime as dt
import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from ministry.editions.apply import deposit
from ministry.editions.content import digest
from ministry.reading.parts import Room
from ministry.statutes import acts
from ministry.statutes.data import Publishing
from ministry.statutes.importing import files_of
from tests.ministry.console.conftest import session_of
from tests.ministry.people import texts
from tests.ministry.reading.conftest import amended, forget

APPOINT = (
    "permanent-secretary, director-of-personnel may appoint-officer",
    "permanent-secretary may appoint-officer",
)
SECRET = """---
id: watch-directive
title: Directive of the Silent Watch
kind: directive
citation: Directive of the Silent Watch
cite-as: Silent Watch s. {}
enacted-by: permanent-secretary
under: organisation-act 4
in-force: 2020-01-01
review: 2026-12-01
owner: duty-officer
---

# Directive of the Silent Watch

## 1 Quietness

Nobody speaks of the lighthouse.
"""
WORDS = ("watch-directive", "Silent Watch", "lighthouse", "Quietness")
TODAY = dt.datetime.now(dt.UTC).date().isoformat()
EVERY = [
    "", "index.json", "feed.atom", "sitemap.xml", "reviews.ics", "legalruleml.xml", "editions/",
    "editions/DIGEST/", "editions/DIGEST/index.json", "editions/DIGEST/legalruleml.xml",
    "editions/DIGEST/statutes-act/", "editions/DIGEST/statutes-act/1/", "editions/DIGEST/statutes-act.json",
    "editions/DIGEST/statutes-act.akn.xml", "editions/DIGEST/statutes-act.md",
    "statutes-act/", "statutes-act/1/", f"statutes-act/{TODAY}/", f"statutes-act/{TODAY}/1/",
    "statutes-act.json", "statutes-act.akn.xml", "statutes-act.md", f"statutes-act/{TODAY}/text.json",
    f"statutes-act/{TODAY}/text.akn.xml", f"statutes-act/{TODAY}/text.md",
]  # fmt: skip


def addresses():
    found = Room().terms[0].digest
    return ["/law/" + one.replace("DIGEST", found) for one in EVERY]


def with_secret():
    return {**texts(), "watch-directive.md": SECRET}


# --- what is public


def test_the_law_in_force_is_read_without_signing_in(house, reader):
    page = reader.get("/law/").content.decode()
    assert "Basic Law of the Republic" in page and "Law and Policy of Defence Act" in page
    page = reader.get("/law/statutes-act/1/").content.decode()
    assert "Nobody certifies an edition that they proposed." in page
    assert "permanent-secretary may promulgate-edition" in page.replace("\n", " ")
    assert "Consultation" not in page


def test_what_ranks_below_a_statute_is_not_read_before_an_act_publishes_it(house, reader):
    assert reader.get("/law/identity-regulation/").status_code == 404
    acts.publish(house.cy, Publishing(instrument="identity-regulation"))
    assert reader.get("/law/identity-regulation/").status_code == 200
    assert "Regulation on Identity" in reader.get("/law/").content.decode()
    acts.withhold(house.cy, Publishing(instrument="identity-regulation"))
    assert reader.get("/law/identity-regulation/").status_code == 404
    assert "Regulation on Identity" not in reader.get("/law/").content.decode()


def test_nothing_of_a_text_that_is_not_public_is_on_any_page_or_in_any_format(house, reader):
    amended(house, files=with_secret())
    for path in addresses():
        answer = reader.get(path)
        assert answer.status_code == 200, path
        for word in WORDS:
            assert word not in answer.content.decode(), (path, word)
    for path in ("/law/watch-directive/", "/law/watch-directive.md", "/law/watch-directive.json"):
        assert reader.get(path).status_code == 404


def test_the_control_finds_those_words_once_it_is_published(house, reader):
    amended(house, files=with_secret())
    acts.publish(house.cy, Publishing(instrument="watch-directive"))
    shown = reader.get("/law/watch-directive/").content.decode()
    assert all(word in shown for word in WORDS[1:])
    assert "Silent Watch" in reader.get("/law/reviews.ics").content.decode()
    assert "watch-directive" in reader.get("/law/sitemap.xml").content.decode()


def test_an_edition_from_before_the_publication_does_not_show_it(house, reader):
    first = Room().terms[0].digest
    amended(house, APPOINT)
    acts.publish(house.cy, Publishing(instrument="identity-regulation"))
    assert reader.get(f"/law/editions/{first}/identity-regulation/").status_code == 404
    second = Room().terms[0].digest
    assert reader.get(f"/law/editions/{second}/identity-regulation/").status_code == 200


def test_an_edition_that_was_only_deposited_or_is_to_come_is_not_there(house, reader):
    edition = deposit({**texts(), "watch-directive.md": SECRET})
    assert reader.get(f"/law/editions/{edition}/").status_code == 404
    assert reader.get(f"/law/editions/{'0' * 64}/").status_code == 404


# --- permalinks


def test_a_provision_reads_as_it_read_on_a_day(house, reader):
    before = Room().terms[0]
    amended(house, APPOINT)
    path = f"/law/editions/{before.digest}/organisation-act/2/"
    assert "director-of-personnel may appoint-officer" in reader.get(path).content.decode()
    for path in ("/law/organisation-act/2/", f"/law/organisation-act/{TODAY}/2/"):
        page = reader.get(path).content.decode()
        assert "director-of-personnel may appoint-officer" not in page
        assert "permanent-secretary may appoint-officer" in page
    assert reader.get("/law/organisation-act/1999-01-01/").status_code == 404
    assert reader.get("/law/organisation-act/2199-01-01/").status_code == 404
    assert reader.get("/law/organisation-act/2026-13-01/").status_code == 404


def test_a_day_asked_for_in_the_query_leads_to_its_one_address(house, reader):
    answer = reader.get("/law/statutes-act/1/?on=2026-11-23")
    assert answer.status_code == 301
    assert answer["Location"] == "/law/statutes-act/2026-11-23/1/"
    assert reader.get("/law/statutes-act/?on=//evil.example/").status_code == 404


def test_a_paragraph_leads_to_its_place_on_the_page_of_its_section(house, reader):
    answer = reader.get("/law/statutes-act/1(4)/")
    assert answer["Location"] == "/law/statutes-act/1/#s-1-4"
    assert 'id="s-1-4"' in reader.get("/law/statutes-act/1/").content.decode()
    assert reader.get("/law/statutes-act/99/").status_code == 404


# --- kept by anybody


@pytest.mark.parametrize("at", range(len(EVERY)), ids=[one or "index" for one in EVERY])
def test_each_address_may_be_kept_and_is_not_sent_twice(house, reader, at):
    path = addresses()[at]
    answer = reader.get(path)
    assert answer.status_code == 200
    tag = answer["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    assert re.fullmatch(r"public, max-age=\d+", answer["Cache-Control"])
    assert not answer.cookies and "Vary" not in answer
    again = reader.get(path, HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert "public" in again["Cache-Control"]
    assert reader.get(path, HTTP_IF_NONE_MATCH='"other"').status_code == 200
    head = reader.head(path)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", tag)
    assert reader.post(path).status_code == 405


def test_a_feed_says_since_when_it_is_so(house, reader):
    answer = reader.get("/law/feed.atom")
    again = reader.get("/law/feed.atom", HTTP_IF_MODIFIED_SINCE=answer["Last-Modified"])
    assert again.status_code == 304
    earlier = "Sat, 01 Jan 2000 00:00:00 GMT"
    assert reader.get("/law/feed.atom", HTTP_IF_MODIFIED_SINCE=earlier).status_code == 200


def test_the_tag_is_another_once_the_law_is(house, reader):
    tags = {path: reader.get(path)["ETag"] for path in ("/law/", "/law/organisation-act/2/")}
    amended(house, APPOINT)
    for path, tag in tags.items():
        assert reader.get(path, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_whoever_is_signed_in_is_answered_as_anybody(house, reader):
    before = reader.get("/law/statutes-act/")
    reader.cookies[settings.SESSION_COOKIE_NAME] = session_of("cy")
    with CaptureQueriesContext(connection) as asked:
        answer = reader.get("/law/statutes-act/")
    assert answer.content == before.content and answer["ETag"] == before["ETag"]
    assert not answer.cookies and "public" in answer["Cache-Control"]
    tables = " ".join(one["sql"] for one in asked)
    assert not re.search(r"people_|identity_|session|register_", tables)


@pytest.mark.parametrize(
    "path", ["/law/", "/law/statutes-act/", "/law/statutes-act.json", "/law/feed.atom"]
)
def test_two_questions_to_the_database_and_no_more(house, reader, path):
    forget()
    reader.get(path)
    with CaptureQueriesContext(connection) as asked:
        tag = reader.get(path)["ETag"]
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(path, HTTP_IF_NONE_MATCH=tag).status_code == 304
    assert len(asked) == 2


def test_too_many_questions_are_put_off(house, reader):
    with override_settings(LIMITS={**settings.LIMITS, "law": (3, 60)}):
        found = [reader.get("/law/editions/", REMOTE_ADDR="192.0.2.7") for _ in range(5)]
    assert found[-1].status_code == 429
    assert found[-1]["Retry-After"] == "60" and "public" not in found[-1]["Cache-Control"]


def test_the_pages_run_nothing_and_take_nothing_from_elsewhere(house, reader):
    for path in ("/law/", "/law/statutes-act/", "/law/editions/"):
        answer = reader.get(path)
        page = answer.content.decode()
        assert "<script" not in page and " style=" not in page and "csrf" not in page
        assert not re.search(r'(src|href)="(https?:)?//(?!localhost)', page)
        assert "'unsafe" not in answer["Content-Security-Policy"]


# --- machine formats


def test_the_markdown_of_all_instruments_is_the_public_part(house, reader):
    part = Room().now
    found = {
        item.place.file: reader.get(f"/law/{name}.md").content.decode()
        for name, item in part.instruments.items()
    }
    assert digest({**found, "book.md": files_of(part.term.digest)["book.md"]}) == part.digest


def test_the_json_of_an_instrument_has_its_provisions_and_norms(house, reader):
    said = json.loads(reader.get("/law/statutes-act.json").content)
    one = next(each for each in said["provisions"] if each["label"] == "1")
    assert one["citation"] == "Law and Policy Act s. 1"
    assert "(4) Nobody certifies" in one["text"] and "```" not in one["text"]
    assert {norm["citation"] for norm in one["norms"]} >= {"Law and Policy Act s. 1(4)"}
    assert said["edition"]["digest"] == Room().terms[0].digest
    assert reader.get(said["permalink"].removeprefix(settings.URL)).status_code == 200


def test_akoma_ntoso_is_valid_by_its_schema(house, reader, akn_schema):
    from lxml import etree

    for name in Room().now.instruments:
        tree = etree.fromstring(reader.get(f"/law/{name}.akn.xml").content)
        akn_schema.assertValid(tree)
    assert len(tree.findall(".//{*}section")) >= 2


def test_legalruleml_is_made_of_the_public_texts_alone(house, reader):
    from lxml import etree

    tree = etree.fromstring(reader.get("/law/legalruleml.xml").content)
    assert "LegalRuleML" in tree.tag
    assert b"identity-regulation" not in etree.tostring(tree)


def test_the_feed_has_an_entry_for_each_promulgation_with_what_says_something_else(house, reader):
    from lxml import etree

    amended(house, APPOINT)
    tree = etree.fromstring(reader.get("/law/feed.atom").content)
    entries = tree.findall("{*}entry")
    assert len(entries) == 2
    said = " ".join(entries[0].itertext())
    assert "Organisation Act s. 2" in said and "amended" in said
    assert len({one.findtext("{*}id") for one in entries}) == 2
    assert "founded" in " ".join(entries[1].itertext())
    link = entries[0].find(".//{*}a").get("href").removeprefix(settings.URL)
    assert reader.get(link).status_code == 200


def test_every_address_of_the_sitemap_is_there(house, reader):
    from lxml import etree

    tree = etree.fromstring(reader.get("/law/sitemap.xml").content)
    found = [one.text.removeprefix(settings.URL) for one in tree.iter("{*}loc")]
    assert len(found) > 20
    for path in found[::5]:
        assert reader.get(path).status_code == 200, path
    assert not any("identity-regulation" in one for one in found)


def test_the_calendar_of_reviews_is_public_and_names_what_is(house, reader):
    said = reader.get("/law/reviews.ics").content.decode()
    assert "DTSTART;VALUE=DATE:20300101" in said and "Law and Policy of Defence Act" in said
    assert "Identity" not in said
