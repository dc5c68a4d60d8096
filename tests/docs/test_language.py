"""The reference is true: its blocks compile, its tables and its grammar have the words that the compiler knows."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from writ.book.instruments import BOOK_KEYS, INSTRUMENT_KEYS
from writ.book.load import load_texts
from writ.diagnostics import failed
from writ.engine.ask import ACTOR_FIELDS, REQUEST_FIELDS
from writ.engine.cases import FIELDS
from writ.syntax.bearers import VERBS
from writ.syntax.calendars import ORDINALS
from writ.syntax.clauses import BY_KIND, CLAUSES, KINDS, WRITTEN
from writ.syntax.declarations import _FORMS, _LINES
from writ.syntax.declarations import KINDS as DECLARATIONS
from writ.syntax.expressions import OF_THE_CALENDAR, UNITS
from writ.syntax.formatter import format_text
from writ.syntax.parser import parse_text
from writ.syntax.tree import ASSURANCE_FORMS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "language.md").read_text("utf-8")
FENCES = re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", PAGE)
GRAMMAR = "\n".join(text for language, text in FENCES if language == "text")

HEAD = "---\nid: {id}\ntitle: T\nkind: statute\ncite-as: s. {{}}\ntop: true\nin-force: 2000-01-01\n---\n\n"
PRELUDE = """
body public-safety "the department"
office governor-in-council "the Governor in Council"
office minister "a minister"
office prime-minister "the Prime Minister"
  is minister
office deputy-prime-minister "the deputy"
office minister-of-defence "the minister of defence"
office member-of-parliament "a member"
office cabinet-member "a member of the cabinet"
office archivist "the archivist"
body senate "the Senate"
person anyone-present "who is there"
act legislative-act "make law"
act refuse-declaration "refuse to declare"
act consult-provinces "consult the provinces"
act table-motion "table a motion"
  copies: number "how many copies"
act read-minutes "read the minutes of the cabinet"
act appeal "appeal"
act censor "censor"
act sign-delegation "delegate"
  minutes-before: date "up to which date"
thing proclamation "a proclamation"
thing record "a record"
thing person-cleared "who is cleared"
kind compartment "a compartment"
  north "the north"
fact report-submitted: date "when the report was submitted"
fact introduced: date "when forces were introduced"
fact war-declared: yes-no "war is declared"
fact authorised-by-law: yes-no "a law authorises it"
fact indication-of-province: yes-no "a province has indicated"
fact declassified: yes-no "the minutes are declassified"
fact minutes-date: date "of what day the minutes are"
office executive "the executive"
office judge "a judge"
office commander "the commander"
office inspector "an inspector"
office duty-officer "the officer on duty"
act read-document "read a document"
  on document
act propose-expenditure "propose to spend"
act approve-expenditure "approve of spending"
act continue-emergency "continue the emergency"
act interfere-with-communications "listen in"
act judicial-authorisation "authorise it"
act activate-evacuation "order the evacuation"
act inspect-record "inspect the record"
act report-incident "report it"
thing document "a document"
  level: classification "its level"
kind alarm-level "levels of alarm"
  one "one"
  two "two"
state alarm "there is an alarm"
  level: alarm-level "its level"
state emergency "there is an emergency"
"""


def test_every_block_of_the_page_compiles():
    blocks = [text for language, text in FENCES if language == "writ"]
    assert len(blocks) >= 2
    body = "\n".join(f"```writ\n{text}```\n" for text in (PRELUDE, *blocks))
    _, found = load_texts({"law.md": HEAD.format(id="law") + body})
    assert not failed(found), [(str(one.span), one.message) for one in found]


def test_the_example_of_the_readme_compiles_and_is_in_the_one_style():
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
    (block,) = re.findall(r"(?ms)^```writ\n(.*?)^```$", readme)
    words = """
office governor-in-council "the Governor in Council"
act proclaim-emergency "proclaim an emergency"
act consult-provinces "consult the provinces"
kind emergency-kind "kinds of emergency"
  public-order "a threat to security"
state emergency "an emergency is in effect"
  kind: emergency-kind "its kind"
fact reasonable-grounds: yes-no "there are reasonable grounds"
"""
    text = HEAD.format(id="act") + f"```writ\n{words}```\n\n```writ\n{block}```\n"
    _, found = load_texts({"act.md": text})
    assert found == []
    alone = f"```writ\n{block}```\n"
    assert format_text("README.md", alone) == (alone, [])


def test_the_keys_of_front_matter_are_those_that_are_read():
    book, instrument = (
        set(yaml.safe_load(text.replace("---\n", "")))
        for language, text in FENCES
        if language == "yaml" and text.startswith("---")
    )
    assert book == set(BOOK_KEYS)
    assert instrument | {"top"} == set(INSTRUMENT_KEYS)
    assert "`top: true`" in PAGE


def rows(title: str, columns: int) -> list[list[str]]:
    """The rows of the table with that head."""
    table = PAGE.split(title, 1)[1].split("\n\n", 1)[0]
    cells = (re.split(r"(?<!\\)\|", line)[1:-1] for line in table.splitlines()[1:])
    found = [[cell.strip() for cell in row] for row in cells if "---" not in row[0]]
    assert all(len(row) == columns for row in found)
    return found


def clause_of(form: str) -> str:
    """The words with which a form of the table begins: `for each` of `for each THING`."""
    return re.match(r"`((?:[a-z]+ ?)+)", form)[1].strip()  # type: ignore[index]


def test_the_table_of_clauses_is_the_registry():
    told: dict[str, set[str]] = {}
    kinds: set[str] = set()
    for form, on, _ in rows("| clause | on | meaning |", 3):
        if on != "the same":
            kinds = set(KINDS) if on == "all norms" else set(on.split(", "))
        told.setdefault(clause_of(form), set()).update(kinds)
    known: dict[str, set[str]] = {}
    for kind, forms in BY_KIND.items():
        for word in forms:
            known.setdefault(WRITTEN.get(word, word), set()).add(kind)
    assert told == known
    assert set(known) == {WRITTEN.get(word, word) for word in CLAUSES}


def test_the_table_of_norms_is_the_registry():
    told = [
        name for kind, *_ in rows("| kind | its line | meaning |", 3) for name in kind.split(", ")
    ]
    assert [name.strip("`") for name in told] == list(KINDS)


def test_the_table_of_assurances_has_every_form_and_no_other():
    lines = [
        line for cell, _ in rows("| its line | what it says |", 2) for line in cell.split(", ")
    ]
    told = set()
    for line in (each.strip("`") for each in lines):
        for general, one in (("STATE", "s"), ("DURATION", "3 days"), ("A", "a"), ("B", "b")):
            line = re.sub(rf"\b{general}\b", one, line)
        file, found = parse_text("a.md", f"```writ\nassurance 1\n  {line}\n```\n")
        assert found == [], line
        told.add(file.statements[0].form)
    assert told == set(ASSURANCE_FORMS)


def quoted() -> set[str]:
    """What the grammar has in quotes, and the single words of it."""
    found = set(re.findall(r'"([^"]+)"', GRAMMAR))
    return found | {word for each in found for word in each.split()}


def test_the_grammar_has_every_word_of_the_registries():
    words = quoted()
    assert set(DECLARATIONS) <= words
    assert {word for line in _LINES for word in line.split()} <= words
    assert {
        word for form in _FORMS.values() for line in form.lines for word in line.split()
    } <= words
    assert set(UNITS.values()) | set(OF_THE_CALENDAR.values()) <= words
    assert set(VERBS) | set(ORDINALS) <= words


def test_every_name_in_the_grammar_is_defined():
    defined = set(re.findall(r"(?m)^([a-z][a-z-]*) *=", GRAMMAR)) | {"norm-kind", "clause"}
    bare = re.sub(r'"[^"]*"', " ", GRAMMAR)
    bare = re.sub(r"(?m)(?<=\S) {3,}(?![=|]).*$", "", bare)  # what an alternative means
    used = set(re.findall(r"(?<![\w-])[a-z][a-z-]+(?![\w-])", bare))
    assert used - defined == set()


def test_a_request_has_the_fields_that_are_read():
    request = next(text for language, text in FENCES if language == "yaml" and "omit: no" in text)
    written = set(re.findall(r"(?m)^([a-z][a-z-]*):", request))
    assert written | ACTOR_FIELDS - {"office", "body", "kind"} == REQUEST_FIELDS
    for field in FIELDS:
        assert f"`{field}`" in PAGE or f"{field}:" in PAGE
