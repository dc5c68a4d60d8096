"""The Book as text: every citation leads to the words of the provision."""

import pytest

from ministry.console.provisions import sections
from ministry.console.said import href_of
from ministry.database.transaction import now
from ministry.editions.queries import law_at
from tests.ministry.console.conftest import Somebody


def test_every_citation_of_the_book_leads_to_an_anchor_on_a_page(house):
    law = law_at(now())
    pages = {name: Somebody("cy").sees(f"/book/{name}/") for name in law.book.instruments}
    for norm in law.book.norms:
        page, _, anchor = href_of(law, norm.citation).partition("#")
        assert f'id="{anchor}"' in pages[page.split("/")[2]].html, norm.citation


def test_the_words_of_the_law_stand_beside_its_norms(house):
    page = Somebody("cy").sees("/book/organisation-act/")
    assert "Nobody appoints themselves, nor names themselves to act." in page
    assert "no one may appoint-officer" in page
    assert page.html.count('id="s-2-2"') == 1


def test_an_instrument_that_is_not_there_is_not_found(house):
    assert Somebody("cy").sees("/book/no-such-act/").status == 404


@pytest.mark.parametrize("edition", ["0" * 64, "x", "../../etc"])
def test_an_edition_that_was_never_in_force_is_not_shown(house, edition):
    assert Somebody("cy").sees(f"/book/editions/{edition}/").status == 404


def test_an_older_edition_says_that_it_is_not_in_force(house):
    from tests.ministry.console.amending import amended

    old = law_at(now()).digest
    amended(house)
    page = Somebody("cy").sees(f"/book/editions/{old}/organisation-act/")
    assert "which is not the one in force" in page


def test_the_text_of_a_book_brings_no_markup_of_its_own(house):
    from ministry.editions.apply import deposit
    from tests.ministry.people import texts

    files = texts()
    files["organisation-act.md"] += (
        "\n## 9 Trouble\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![x](http://x.invalid/y.png)\n"
    )
    digest = deposit(files)
    html = "".join(one.html for one in sections(digest, "organisation-act"))
    assert "&lt;script&gt;" in html
    assert "<script" not in html and "<a " not in html and "<img" not in html
