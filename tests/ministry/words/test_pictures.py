"""Pictures have no language: their measures are numbers of SVG, whatever the language of the page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.ministry.console.conftest import Somebody

MEASURES = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy"}
MEASURES |= {"width", "height", "stroke-width", "font-size", "opacity"}
PATHS = ("d", "points", "transform", "viewbox")
PAGES = (
    "/", "/book/", "/book/statutes-act/", "/book/identity-regulation/", "/statutes/health/", "/journal/",
    "/help/components/",
)  # fmt: skip


class Drawn(HTMLParser):
    """The measures within the pictures of a page, and of bars of progress."""

    def __init__(self):
        super().__init__()
        self.within, self.measures, self.wrong = 0, 0, []

    def handle_starttag(self, tag, attrs):
        self.within += tag == "svg"
        for name, value in attrs:
            if tag in ("progress", "meter") and name in ("value", "max", "min"):
                self.see(number(value), tag, name, value)
            elif self.within and name in MEASURES:
                self.see(number(value.removesuffix("%").removesuffix("em")), tag, name, value)
            elif self.within and name in PATHS:
                self.see(not re.search(r"\d,\d*[ ,]\d|\d[\u00a0\u202f]\d", value), tag, name, value)

    def see(self, right, *where):
        self.measures += 1
        if not right:
            self.wrong.append(where)

    def handle_endtag(self, tag):
        self.within -= tag == "svg"


def number(text):
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii()


def drawn(text):
    page = Drawn()
    page.feed(text)
    return page


@pytest.mark.parametrize("path", PAGES)
def test_measures_of_pictures_are_numbers_in_french(house, path):
    reader = Somebody("cy")
    reader.client.cookies["language"] = "fr"
    page = drawn(reader.sees(path).html)
    assert page.wrong == []
    if path == "/help/components/":
        assert page.measures > 100


@pytest.mark.parametrize(
    "text",
    ['<svg><rect x="1,5"/></svg>', '<svg><path d="M1,5 2,5"/></svg>', '<meter value="0,5">'],
)
def test_a_decimal_comma_would_be_found(text):
    assert drawn(text).wrong
