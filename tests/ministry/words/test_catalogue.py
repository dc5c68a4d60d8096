"""Every word of the interface has its French; what is in no catalogue is the law's, or data."""

from __future__ import annotations

import re

import pytest

from tests.ministry.words.catalogues import PLACES, ROOT, bin_words, catalogue


def messages(domain="django"):
    return [one for one in catalogue(domain=domain) if one.id]


def texts(said):
    return list(said) if isinstance(said, (tuple, list)) else [said]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_catalogue_has_what_the_sources_say_and_nothing_else(domain):
    """Otherwise: run `bin/words`, and translate what stands empty."""
    written = {(one.context, one.id) for one in bin_words().catalogue(domain) if one.id}
    known = {(one.context, one.id) for one in catalogue(domain=domain) if one.id}
    assert sorted(map(str, written - known)) == []
    assert sorted(map(str, known - written)) == []


def test_no_message_is_left_empty_or_uncertain():
    assert [one.id for one in messages() if not all(texts(one.string))] == []
    assert [one.id for one in messages() if one.fuzzy] == []


def test_the_places_of_variables_and_the_marks_of_a_message_agree():
    wrong = []
    for one in messages():
        for source, said in zip(
            texts(one.id)[-len(texts(one.string)) :], texts(one.string), strict=True
        ):
            if sorted(PLACES.findall(source)) != sorted(PLACES.findall(said)):
                wrong.append((source, said))
    assert wrong == []


def test_a_message_that_lost_a_place_would_be_found():
    assert PLACES.findall("%(many)s of {all}") != PLACES.findall("%(many)s")


TAGS = re.compile(
    r"\{% (blocktranslate|comment)\b.*?\{% end\1 %\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}"
    r"|<(script|style|svg|code|pre)\b.*?</\2>|<!--.*?-->",
    re.DOTALL,
)
NOT_WORDS = {"Writ", "UTC", "JSON"}


@pytest.mark.parametrize(
    "path",
    sorted(ROOT.glob("ministry/*/templates/**/*.html")),
    ids=lambda one: one.relative_to(ROOT).as_posix(),
)
def test_no_template_has_words_outside_translation(path):
    # Tags of the template stand in attributes too: they go first, then those of HTML.
    text = re.sub(r"<[^>]*>", "|", TAGS.sub("", path.read_text("utf-8")))
    found = [re.sub(r"&\w+;", " ", one).strip(" \n.,:;·–…()") for one in text.split("|")]
    assert [one for one in found if re.search("[A-Za-z]{2}", one) and one not in NOT_WORDS] == []
