"""The script of the editor says what the server wrote into the page, in the language of the page."""

from __future__ import annotations

import json
import re

from django.utils import translation

from ministry.editions.queries import digest_at
from ministry.gate.moment import now
from ministry.statutes.drafts import store
from ministry.statutes.editor_words import editor_words
from tests.ministry.console.conftest import Somebody
from tests.ministry.people import key
from tests.ministry.words.catalogues import PLACES, ROOT

SCRIPTS = sorted((ROOT / "ministry/console/browser/editor").glob("*.js"))
STATES = {
    "typing",
    "saving",
    "offline",
    "unkept",
    "signed-out",
    "busy",
    "refused",
    "clash",
    "saved",
}
COMPANY = {
    f"{self}{does}" for self in ("", "self-") for does in ("is", "writes", "writes-here", "reads")
}
SEVERITIES = {"error", "warning", "note"}


def test_the_script_asks_for_every_sentence_that_there_is_and_for_no_other():
    text = "\n".join(one.read_text("utf-8") for one in SCRIPTS)
    known = set(editor_words()) - {"phrases"}
    quoted = {one for one in known if f'"{one}"' in text}
    assert set(re.findall(r'\bsay\("([\w-]+)"', text)) <= known
    assert known <= quoted | STATES | COMPANY | SEVERITIES
    assert known >= STATES | COMPANY | SEVERITIES


def test_no_script_has_a_sentence_of_its_own():
    """Words of a person begin with a capital and go on; what a script says to itself does not."""
    for path in SCRIPTS:
        code = re.sub(
            r"^\s*//.*$|/\*.*?\*/|new Error\([^)]*\)",
            "",
            path.read_text("utf-8"),
            flags=re.MULTILINE,
        )
        assert re.findall(r"[\"\x60][A-Z][a-z]+ [a-z][^\"\x60]*[\"\x60]", code) == [], path.name


def test_the_sentences_keep_their_places_in_every_language():
    plain = flat(editor_words())
    with translation.override("fr"):
        french = flat(editor_words())
    assert french.keys() == plain.keys()
    assert {
        one
        for one in plain
        if sorted(PLACES.findall(plain[one])) != sorted(PLACES.findall(french[one]))
    } == set()
    assert french["saved"] == "Enregistré, version {number}"
    assert french["errors.other"] == "{count} erreurs"


def flat(words, before=""):
    found = {}
    for name, said in words.items():
        found |= flat(said, f"{name}.") if isinstance(said, dict) else {before + name: said}
    return found


def test_the_page_of_the_editor_has_them_as_data_in_its_own_language(house):
    draft = store.opened("Appointments", "", digest_at(now()), key("bo"))
    bo = Somebody("bo")
    bo.client.cookies["language"] = "fr"
    page = bo.sees(f"/statutes/drafts/{draft.key}/edit/?file=organisation-act.md").html
    found = re.search(r'<script id="editor-words" type="application/json">(.*?)</script>', page)
    assert json.loads(found[1])["saved"] == "Enregistré, version {number}"
    assert json.loads(found[1])["phrases"]["Find"] == "Chercher"
