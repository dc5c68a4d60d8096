"""Every page in a language in which each known message is marked: outside the marks stand the law and data alone."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.translation import trans_real

from ministry.editions.queries import digest_at, law_at
from ministry.gate.moment import now
from ministry.people.models import Person
from ministry.statutes.drafts import store
from tests.ministry.console.conftest import session_of
from tests.ministry.people import key
from tests.ministry.reading.conftest import forget
from tests.ministry.routes import paths
from tests.ministry.words.catalogues import Marked, Unmarked

MACHINES = ("/api/", "/log/", "/healthz", "/metrics", "/law/")
INVENTED = "/help/components/"
"""A page of examples: what it shows is data that nobody has."""
NAMED = re.compile(
    r"[A-Z][\w. -]* (?:s|Art)\. \S+|[\w-]+-[\w-]+|http://localhost/.*|CSV|JSON|SHA-256|UTC"
    r"|(?:\w+ )?\d+ [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{4}|\d+|\d\d:\d\d|[a-z]+ \(\d+\)"
    r"|[\w-]+\.md|Writ|Ada|Bo|Cy|Dee|Eve|Fay|Gus|English|Français"
)


@pytest.fixture
def marked(monkeypatch):
    monkeypatch.setitem(trans_real._translations, "fr", Marked())


def names():
    """What the Book and the tables call things: it is said in their own language."""
    book = law_at(now()).book
    words = book.vocabulary
    found = {one.description for one in (*words.acts.values(), *words.actors.values())}
    found |= {one.title for one in book.instruments.values()} | {
        one.replace("-", " ") for one in book.instruments
    }
    found |= {
        f"{rank} ({many})" for rank in book.ranks for many in range(len(book.instruments) + 1)
    } | set(book.ranks)
    found |= {book.title, *words.acts, *words.actors, *words.attributes}
    found |= {one.description for one in words.attributes.values()}
    found |= {one.citation for one in book.norms}
    found |= {value.description for kind in words.kinds.values() for value in kind.values}
    found |= {str(one) for one in Person.everything.all()}
    return {one.casefold() for one in found if one}


def escaped(client, addresses):
    """How many pages there were, and what stands outside the marks with the page that says it."""
    known, found, read = names(), {}, 0
    for path in addresses:
        answer = client.get(path)
        if answer.status_code >= 500 or answer.streaming or "html" not in answer["Content-Type"]:
            continue
        page = Unmarked()
        page.feed(answer.content.decode())
        read += answer.status_code == 200
        for one in page.found:
            parts = [part.strip(" .,;:()·«»“”") for part in re.split(r", | · |: ", one)]
            if one.strip(" .").casefold() not in known and not all(
                part.casefold() in known or NAMED.fullmatch(part) or len(part) < 2 for part in parts
            ):
                found.setdefault(one[:90], path)
    return read, found


def somebody(who):
    client = Client(SERVER_NAME="localhost")
    client.cookies["session"] = session_of(who)
    client.cookies["language"] = "fr"
    return client


@pytest.mark.parametrize("who", ["cy", "bo"])
def test_no_page_says_a_word_that_is_in_no_catalogue(house, marked, who):
    pages = [
        path
        for path in paths()
        if path == "/api/docs" or not path.startswith((INVENTED, *MACHINES))
    ]
    read, found = escaped(somebody(who), pages)
    assert read >= 15
    assert found == {}


def test_no_page_of_a_draft_does(house, marked):
    draft = store.opened(law_at(now()).book.title, "", digest_at(now()), key("bo"))
    at, file = f"/statutes/drafts/{draft.key}/", "?file=organisation-act.md"
    read, found = escaped(somebody("bo"), [at, f"{at}edit/{file}", f"{at}history/{file}"])
    assert (read, found) == (3, {})


def test_no_page_of_the_reading_room_does(house, marked):
    forget()  # what other tests had made in French
    rooms = [f"/fr{path}" for path in paths() if path.startswith("/law/")]
    read, found = escaped(Client(SERVER_NAME="localhost"), rooms)
    forget()
    assert read >= 3
    assert found == {}


def test_a_word_outside_the_marks_would_be_found():
    page = Unmarked()
    page.feed(
        '<p>⟦Known⟧ unknown <i lang="en">law</i><img alt="a picture"></p><svg><path/>drawn</svg>'
    )
    assert page.found == ["unknown", "a picture", "drawn"]
