"""The library and the reader: which instruments there are, what each provision says, where it leads, as of any day."""

import datetime as dt

import pytest

from ministry.console.places import href_to, outline
from ministry.console.provisions import sections
from ministry.database.transaction import now
from ministry.database.wall import opened
from ministry.editions import indexed
from ministry.editions.apply import deposit, promulgate
from ministry.editions.queries import law_at, law_of
from tests.ministry.console.amending import amended
from tests.ministry.console.conftest import Somebody, house  # noqa: F401
from tests.ministry.console.queries import counted
from tests.ministry.people import texts

LONG = 400
"""Sections of the long act."""


def with_more(**changed):
    """The model ministry's book with more instruments and words."""
    files = texts()
    files["locks-act.md"] = LOCKS
    files["locks-order.md"] = ORDER
    files["long-act.md"] = long_act()
    return files | changed


LOCKS = """---
id: locks-act
title: Keeping of Locks Act
kind: statute
cite-as: Locks Act s. {}
enacted-by: parliament
under: basic-law 3
enacted: 2020-01-01
in-force: 2020-01-01
review: 2021-01-01
owner: security-officer
---

# Keeping of Locks Act

## 1 Words

In this Act a **master key** means a key that opens every lock of a building.

## 2 Keys

(1) The Security Officer may lend a master key, as section 3 says.

```writ
act lend-key "lend a key"
power 2(1)
  security-officer may lend-key
```

## 3 Prohibition

Nobody lends a master key at night, whatever subsection 2(1) of the Keeping of Locks Act says;
section 2 of the Organisation of Defence Act stays.

```writ
prohibition 3
  no one may lend-key
  notwithstanding 2(1)
```

## 4 Later

Keys are counted.

```writ
act count-keys "count the keys"
duty 4
  security-officer must count-keys
  in force from 2099-01-01
```
"""
ORDER = """---
id: locks-order
title: Locks Order
kind: regulation
cite-as: Locks Order s. {}
enacted-by: security-officer
under: locks-act 2(1)
enacted: 2020-01-01
in-force: 2098-01-01
---

# Locks Order

## 1 Keys

Keys are brass.
"""


def long_act():
    body = "\n\n".join(
        f"## {number} Heading {number}\n\n(1) Words of section {number} that go on and on, as section "
        f"{number % LONG + 1} has it, and {'more ' * 30}."
        for number in range(1, LONG + 1)
    )
    return (
        "---\nid: long-act\ntitle: Long Act\nkind: statute\ncite-as: Long Act s. {}\n"
        "enacted-by: parliament\nunder: basic-law 3\nenacted: 2020-01-01\nin-force: 2020-01-01\n---\n\n"
        f"# Long Act\n\n{body}\n"
    )


def in_force(files, since=None, number=2):
    digest = deposit(files)
    with opened():
        promulgate(f"r-{number:032x}", digest, number, since or now())
    return digest


@pytest.fixture
def library(house):  # noqa: F811
    """A ministry with more law: an act with words of its own and one that is long."""
    in_force(with_more())
    return house


def test_a_book_of_these_texts_compiles():
    from writ.book.load import load_texts

    assert [str(one) for one in load_texts(with_more())[1] if one.severity == "error"] == []


def test_instruments_are_listed_by_rank_with_status_and_review(library):
    page = Somebody("cy").sees("/book/")
    assert (
        page.words.index("Constitution")
        < page.words.index("Statute")
        < page.words.index("Regulation")
    )
    assert "Keeping of Locks Act 1 Jan 2020 1 Jan 2021 ! overdue Security Officer 4 3" in page
    assert "Locks Order to come 1 Jan 2098" in page
    assert "1 review overdue" in page


@pytest.mark.parametrize(
    ("query", "there", "away"),
    [
        ({"q": "LOCKS act"}, "Keeping of Locks Act", "Long Act"),
        ({"rank": "regulation"}, "Locks Order", "Keeping of Locks Act"),
        ({"status": "to come"}, "Locks Order", "Keeping of Locks Act"),
        ({"review": "overdue"}, "Keeping of Locks Act", "Long Act"),
        ({"body": "auditor"}, "Register of Defence Act", "Long Act"),
        ({"on": "2098-06-01", "status": "in force"}, "Locks Order", "to come 1 Jan"),
    ],
)
def test_the_list_is_filtered_without_a_script(library, query, there, away):
    page = Somebody("cy").sees("/book/", **query)
    table = page.words[
        page.words.index("Instruments" if "on" in query and len(query) == 1 else " instruments") :
    ]
    assert there in table and away not in table.partition("Editions")[0]


def test_nothing_that_is_asked_for_is_said_to_be_there(library):
    assert "No instrument is like that" in Somebody("cy").sees("/book/", q="zebra")


def test_a_word_is_explained_where_it_is_used_and_below(library):
    html = Somebody("cy").sees("/book/locks-act/").html
    tip = 'aria-describedby="w'
    assert html.count(">master key</button>") == 2  # once in each section that uses it
    assert tip in html and "a key that opens every lock of a building" in html
    described = html.split(tip)[1].split('"')[0]
    assert html.count(f'id="w{described}"') == 1


def test_references_lead_both_ways(library):
    page = Somebody("cy").sees("/book/locks-act/")
    assert '<a class="xref" href="/book/locks-act/#s-3">3</a>' in page.html
    assert "/book/organisation-act/#s-2" in page.links
    second = page.html.split('id="s-2"')[1].split("</section>")[0]
    assert "Referred to by" in second and "Locks Act s.\u00a03" in second


def test_the_authority_leads_up_to_the_constitution_and_down(library):
    page = Somebody("cy").sees("/book/locks-order/")
    chain = page.html.split('aria-label="Authority"')[1].split("</nav>")[0]
    assert (
        chain.index("/book/basic-law/")
        < chain.index("/book/locks-act/")
        < chain.index("Locks Order")
    )
    above = Somebody("cy").sees("/book/locks-act/")
    assert "is one that Locks Order is made under" in above
    assert "<svg" in above.html and "<style" not in above.html and ' style="' not in above.html


def test_what_prevails_and_when_stands_at_the_norm(library):
    page = Somebody("cy").sees("/book/locks-act/")
    assert "Yields to Locks Act s. 3" in page
    assert "Prevails over Locks Act s. 2(1)" in page
    assert "not yet" in page and "In force from 1 January 2099" in page
    assert "/ask/?act=lend-key&amp;office=security-officer" in page.html


def test_who_must_do_what_stands_below(library):
    page = Somebody("cy").sees("/book/locks-act/")
    assert "Security Officer must count the keys not yet" in page


def test_a_long_instrument_is_read_in_parts_and_each_provision_has_its_address(library):
    law = law_at(now())
    whole = outline(law.digest, "long-act")
    assert len(whole.pages) > 3
    assert [one.label for one in whole.heads if one.label] == [str(n) for n in range(1, LONG + 1)]
    assert len([one for one in sections(law.digest, "long-act") if one.label]) == LONG
    for label in ("1", "2(1)", "200", str(LONG)):
        path, _, anchor = href_to(law, "long-act", label).partition("#")
        page = Somebody("cy").sees(path)
        assert page.status == 200
        assert page.html.count(f'id="{anchor}"') == 1, label
        assert page.html.count("law--here") == 1
    assert Somebody("cy").sees("/book/long-act/s-no-such/").status == 404
    assert "Heading 400" in Somebody("cy").sees("/book/long-act/", part="9999")


def test_an_instrument_is_read_as_of_any_day_and_as_known_on_any(library):
    old = law_at(now()).digest
    day = now().date()
    files = with_more()
    files["locks-act.md"] = LOCKS.replace("Keys are counted.", "Keys are counted twice.")
    tomorrow = now() + dt.timedelta(days=3)
    new = in_force(files, tomorrow, 3)
    cy = Somebody("cy")
    assert "counted twice" not in cy.sees("/book/locks-act/")
    later = (day + dt.timedelta(days=5)).isoformat()
    page = cy.sees("/book/locks-act/", on=later)
    assert "counted twice" in page and new[:12] in page
    page = cy.sees("/book/locks-act/", on=later, known=day.isoformat())
    assert "counted twice" not in page and "as the law was known on" in page
    assert "must count the keys not yet" not in cy.sees("/book/locks-act/", on="2100-01-01")
    assert "no edition was in force on 1 January 1990" in cy.sees(
        "/book/locks-act/", on="1990-01-01"
    )
    assert "a day is written as" in cy.sees("/book/locks-act/", on="yesterday")
    assert cy.sees(f"/book/editions/{old}/locks-act/s-1/").status == 200


def test_a_page_asks_the_database_the_same_however_much_law_there_is(library):
    cy = Somebody("cy")
    for path in ("/book/", "/book/long-act/", "/book/locks-act/", "/book/basic-law/"):
        cy.sees(path)
    short = counted(lambda: cy.sees("/book/basic-law/"))
    assert short == counted(lambda: cy.sees("/book/long-act/"))
    assert counted(lambda: cy.sees("/book/")) <= short + 1


def test_an_index_is_made_once_and_a_damaged_one_anew(library):
    digest = law_at(now()).digest
    indexed.make(digest)
    assert indexed.make(digest) is False
    place = indexed.place_of(digest)
    before = place.stat().st_mtime_ns
    with indexed.searching(digest) as index:
        rows = index.connection.execute("SELECT count(*) FROM row").fetchone()
    indexed.forget()
    place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])
    with indexed.searching(digest) as index:
        assert index.connection.execute("SELECT count(*) FROM row").fetchone() == rows
    assert place.stat().st_mtime_ns != before


def test_of_several_processes_one_makes_the_index(library, tmp_path):
    """Who does not wait is told that it is being made, and never sees half of it."""
    import fcntl

    digest = law_of(law_at(now()).digest).digest
    indexed.forget()
    place = indexed.place_of(digest)
    place.unlink(missing_ok=True)
    indexed.folder().mkdir(parents=True, exist_ok=True)
    with (indexed.folder() / f"{place.stem}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert indexed.make(digest, wait=False) is False
        with pytest.raises(indexed.BeingMade), indexed.searching(digest, wait=False):
            pass
        page = Somebody("cy").sees("/search/", q="keys")
        assert page.status == 503 and "is being made" in page
        assert "being made" in Somebody("cy").sees("/book/locks-act/")
    assert "found" in Somebody("cy").sees("/search/", q="keys")
    assert [one.name for one in indexed.folder().glob(f"{place.name}.*")] == []


def test_an_amended_edition_is_read_beside_the_old(house):  # noqa: F811
    old = law_at(now()).digest
    amended(house)
    page = Somebody("cy").sees(f"/book/editions/{old}/organisation-act/s-2/")
    assert page.status == 200 and "which is not the one in force" in page
    assert "/ask/?act=" not in page.html
