"""Searching the law at the desk, the searches that somebody keeps, and how the Book stands."""

import re

import pytest

from ministry.database.transaction import now
from ministry.editions import indexed
from ministry.editions.queries import law_at
from ministry.statutes import health
from ministry.statutes.models import SavedSearch
from tests.ministry.console.amending import amended
from tests.ministry.console.conftest import Somebody, house  # noqa: F401
from tests.ministry.console.queries import counted
from tests.ministry.people import key


def hits(page):
    """The citations of what was found, in order."""
    found = re.findall(r'<p class="hit__head">.*?class="cite">(.*?)</span>', page.html)
    return [one.replace("\u00a0", " ") for one in found]


def test_what_is_found_is_marked_and_leads_to_its_provision(house):  # noqa: F811
    cy = Somebody("cy")
    page = cy.sees("/search/", q="appoints offices")
    assert "Organisation Act s. 2" in hits(page)
    assert "<mark>appoint</mark>" in page.html
    for href in {one for one in page.links if one.startswith("/book/") and "#" in one}:
        path, _, anchor = href.partition("#")
        there = cy.sees(path)
        assert there.status == 200 and f'id="{anchor}"' in there.html, href


def test_a_provision_that_is_named_comes_first(house):  # noqa: F811
    assert (
        hits(Somebody("cy").sees("/search/", q="organisation-act 2(1)"))[0]
        == "Organisation Act s. 2"
    )


def test_structure_narrows_and_each_facet_says_as_many_as_it_finds(house):  # noqa: F811
    cy = Somebody("cy")
    page = cy.sees("/search/", q="office")
    facets = page.html.split('id="narrow"')[1].split("</section>")[0]
    links = re.findall(
        r'<a href="(\?[^"]+)">[^<]+</a> <span class="num faint">(\d+)</span>', facets
    )
    assert len(links) > 8
    for href, count in links:
        narrowed = cy.sees("/search/" + href.replace("&amp;", "&"))
        assert f" {count} found" in narrowed, href


def test_what_occurs_nowhere_is_told_with_what_was_meant(house):  # noqa: F811
    page = Somebody("cy").sees("/search/", q="delagation")
    assert "Did you mean delegation ?" in page
    meant = next(one for one in page.links if one == "?q=delegation")
    assert hits(Somebody("cy").sees(f"/search/{meant}"))


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("in-force:yesterday", 400, "Not understood , at character 10"),
        ('officer "not closed', 200, "at character 9: the quotation is not closed"),
        ("modalty:power", 200, "at character 1"),
        ("(office", 200, "at character 1"),
        ("<script>alert(1)</script>", 200, ""),
        ("\0", 400, ""),
        ("x" * 5_000, 200, ""),
    ],
)
def test_a_mistake_is_shown_with_its_place(house, query, status, said):  # noqa: F811
    page = Somebody("cy").sees("/search/", q=query)
    assert page.status == status
    assert said in page
    assert "<script>alert" not in page.html


def test_an_older_edition_is_searched_as_it_was(house):  # noqa: F811
    old = law_at(now()).digest
    amended(house, "Nobody appoints themselves", "Nobody whosoever appoints themselves")
    cy = Somebody("cy")
    assert "Organisation Act s. 2" in hits(cy.sees("/search/", q="whosoever"))
    page = cy.sees("/search/", q="whosoever", edition=old)
    assert hits(page) == [] and "which is not the one in force" in page
    there = cy.sees("/search/", q="delegation", edition=old)
    assert any(one.startswith(f"/book/editions/{old}/") for one in there.links)
    assert cy.sees("/search/", q="x", edition="0" * 64).status == 404


def test_without_a_question_the_page_says_how_to_ask(house):  # noqa: F811
    page = Somebody("cy").sees("/search/")
    assert "How to ask" in page and "modality:" in page
    for href in {one for one in page.links if one.startswith("/search/?q=")}:
        assert Somebody("cy").sees(href).status == 200


def test_searches_are_kept_for_their_owner_alone(house):  # noqa: F811
    cy, ada = Somebody("cy"), Somebody("ada")
    assert cy.does("/search/saved/", q="office modality:power", name="Powers").status == 302
    cy.does("/search/saved/", q="office modality:duty", name="Powers")
    assert [one.query for one in SavedSearch.objects.all()] == ["office modality:duty"]
    page = cy.sees("/search/")
    assert "/search/?q=office%20modality%3Aduty" in page.links
    assert "Powers" not in ada.sees("/search/")
    kept = SavedSearch.objects.get().pk
    ada.does("/search/saved/", forget=str(kept))
    assert SavedSearch.objects.filter(person=key("cy")).exists()
    for wrong in ("", "x", "9" * 40):
        cy.does("/search/saved/", forget=wrong)
    cy.does("/search/saved/", forget=str(kept))
    assert not SavedSearch.objects.exists()


def test_nobody_keeps_searches_without_end(house):  # noqa: F811
    cy = Somebody("cy")
    for number in range(52):
        cy.does("/search/saved/", q=f"office {number}", name=f"No. {number}")
    assert SavedSearch.objects.count() == 50
    assert "Let one go first" in cy.does_then_sees("/search/saved/", q="office", name="one more")


def test_the_box_in_the_head_of_every_page_searches(house):  # noqa: F811
    html = Somebody("cy").sees("/offices/").html
    assert 'action="/search/" role="search"' in html
    assert '<label class="govuk-visually-hidden" for="seek">Search the law</label>' in html
    assert 'role="search"' not in Somebody().sees("/sign-in/").html


def test_what_is_withheld_is_not_found_nor_counted(house, monkeypatch):  # noqa: F811
    """All of the law is open today; the predicate through which some of it would not be is there."""
    from ministry.statutes import searching
    from writ.corpus.search.filters import Predicate

    kept = Predicate(
        "r.file NOT IN (SELECT id FROM file WHERE instrument = ?)", ("organisation-act",)
    )
    monkeypatch.setattr(searching, "allowed", lambda here: kept)
    page = Somebody("cy").sees("/search/", q="office")
    assert hits(page) and "Organisation of Defence Act" not in page.words.partition("found")[2]


def test_searching_and_health_ask_the_database_little(house):  # noqa: F811
    cy = Somebody("cy")
    for path in ("/search/?q=office", "/statutes/health/", "/search/?q=may"):
        cy.sees(path)
    few = counted(lambda: cy.sees("/search/?q=delegation"))
    assert few == counted(lambda: cy.sees("/search/?q=office")) <= 14
    assert counted(lambda: cy.sees("/statutes/health/")) <= 14


def test_how_the_book_stands_edition_by_edition(house):  # noqa: F811
    cy = Somebody("cy")
    page = cy.sees("/statutes/health/")
    digest = law_at(now()).digest
    figures = health.kept(digest)
    assert figures is not None and (figures.errors, figures.assured) == (0, 81)
    assert f"Norms {figures.norms} in {figures.instruments} instruments" in page
    amended(house)
    page = cy.sees("/statutes/health/")
    assert "which no norm lets it do" in page  # the appointments that may still be delegated
    assert page.words.count("Edition ") >= 2 and "not measured yet" not in page
    assert "<svg" in page.html


def test_an_edition_is_measured_once_and_a_damaged_file_anew(house, monkeypatch):  # noqa: F811
    digest = law_at(now()).digest
    figures = health.health_of(digest)
    health.place_of(digest).write_bytes(b"{")
    health._read.cache_clear()
    assert health.health_of(digest) == figures
    monkeypatch.setattr(health, "_measured", lambda digest: pytest.fail("measured again"))
    health._read.cache_clear()
    assert health.health_of(digest) == figures


def test_all_is_made_ahead(house):  # noqa: F811
    """The index and the figures of the edition in force and of the next are there before anybody asks."""
    from ministry.editions import warm

    digest = law_at(now()).digest
    indexed.forget()
    for place in (indexed.place_of(digest), health.place_of(digest)):
        place.unlink(missing_ok=True)
    health._read.cache_clear()
    assert warm.indexes() == 1
    assert indexed.is_made(digest) and health.place_of(digest).exists()
    assert warm.indexes() == 0
