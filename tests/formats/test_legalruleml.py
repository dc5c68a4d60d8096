"""A book as LegalRuleML: as the standard has it, whole, and the same each time."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from lxml import etree

from tests.engine.laws import law
from tests.engine.worlds import World
from tests.formats.legalruleml_schema import LRML, RULEML, wrong
from writ.book import terms as t
from writ.book.load import load_book
from writ.book.model import Book
from writ.formats.legalruleml.conditions import Formulas
from writ.formats.legalruleml.export import export
from writ.formats.legalruleml.markup import document, lrml, node

BOOKS = Path(__file__).parents[2] / "books"
NAMES = ("emergencies-act", "eo-13526", "model-ministry", "war-powers")
SCHEMA = Path(
    os.environ.get("WRIT_LEGALRULEML_XSD")
    or Path(__file__).parents[3] / "shared/data/law/legalruleml/compact/lrml-compact.xsd"
)


@cache
def real(name: str) -> tuple[Book, str]:
    book, _ = load_book(BOOKS / name)
    return book, export(book)[0]


def tree(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


# --- the standard


@pytest.mark.parametrize("name", NAMES)
def test_books_of_real_law_are_as_the_standard_has_it(name):
    assert wrong(real(name)[1])[:5] == []


@pytest.mark.parametrize("seed", range(25))
def test_random_books_are_as_the_standard_has_it(seed):
    book = World(seed).book(12)
    assert wrong(export(book)[0])[:5] == []


@pytest.mark.parametrize("name", NAMES)
def test_books_of_real_law_are_valid_against_the_schema_of_oasis(name):
    if not SCHEMA.is_file():
        pytest.skip(f"the schema is not here: {SCHEMA}")
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    assert schema.validate(tree(real(name)[1])), schema.error_log


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            ("<lrml:forStatus", "<lrml:atTime keyref='#x'/><lrml:forStatus"),
            "TemporalCharacteristic holds",
        ),
        (('strength="defeasible"', 'strength="strong"'), "strength='strong'"),
        (("<ruleml:then>", "<ruleml:then><ruleml:And/>"), "r:then holds"),
        (("<lrml:Bearer/>", "<lrml:Holder/>"), "r:slot holds"),
        (('over="#', 'over="#no-such-'), "leads nowhere"),
        (("</lrml:Override", "</lrml:Override"), ""),
    ],
)
def test_the_table_of_the_standard_finds_faults(fault, said):
    book = law(
        "power 1\n  minister may sign",
        "prohibition 2\n  minister may not sign\n  subject to 1",
    )
    text = export(book)[0]
    assert fault[0] in text or not said
    found = wrong(text.replace(*fault, 1))
    assert any(said in one for one in found) if said else found == []


# --- nothing is left out


@pytest.mark.parametrize("name", NAMES)
def test_every_norm_override_and_actor_is_there(name):
    book, text = real(name)
    root = tree(text)
    notes = {each.get("id") for each in root.iter("{urn:writ:book}norm")}
    assert notes == set(book.by_id)
    assert len(list(root.iter(f"{LRML}Override"))) == len(book.overrides)
    named = len(list(root.iter(f"{LRML}Agent"))) + len(list(root.iter(f"{LRML}Figure")))
    assert named == len(book.vocabulary.actors)
    attributes = {each.get("name") for each in root.iter("{urn:writ:book}attribute")}
    assert attributes == set(book.vocabulary.attributes)
    assert len(list(root.iter("{urn:writ:book}assurance"))) == len(book.assurances)
    assert {each.get("name") for each in root.iter("{urn:writ:book}calendar")} == set(
        book.vocabulary.calendars
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_statement_of_a_norm_stands_in_its_comment_as_it_is_written(name):
    book, text = real(name)
    for each in tree(text).iter("{urn:writ:book}norm"):
        norm = book.by_id[each.get("id")]
        written = book.sources[norm.place.file].text
        assert each.text and each.text in written.replace("\r", "")
        assert each.text.split()[0] == norm.kind


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_a_condition_is_in_the_premises(name):
    """What a norm looks at, its rules look at: attributes, states, acts and events."""
    book, text = real(name)
    rules: dict[str, str] = {}
    for statements in tree(text).iter(f"{LRML}Statements"):
        current = ""
        for each in statements:
            said = each.find(f"{LRML}Comment/{{urn:writ:book}}norm")
            current = said.get("id") if said is not None else current
            rules[current] = rules.get(current, "") + etree.tostring(each, encoding="unicode")
    for norm in book.norms:
        for term in t.walk((norm.when, norm.with_, norm.so_that, norm.until, norm.limited_to)):
            for looked in names(term):
                assert f'iri="book:{looked}"' in rules[norm.id], (norm.id, looked)


def names(term: t.Term) -> list[str]:
    match term:
        case t.Attr():
            return [term.slot]
        case t.InEffect() | t.StateTime():
            return [term.state]
        case t.Done():
            return [term.act]
        case t.Happened():
            return [term.event]
    return []


def test_every_construct_of_conditions_has_its_form():
    flag = t.Holds(t.Attr("fact", "", "flag", t.Type("yes-no")))
    items = t.Attr("fact", "", "items", t.Type("list", "file"))
    day = t.Attr("fact", "", "day", t.Type("date"))
    forms = Formulas({})
    shown = {
        "Naf": t.Not(flag),
        "And": t.All((flag, flag)),
        "Or": t.AnyOf((flag, flag)),
        "Operation": t.Counted("at least", 2, (flag, flag, flag)),
        "Forall": t.Quantified("every", 0, "f", items, t.Not(flag)),
        "Exists": t.Quantified("some", 0, "f", items, flag),
        "Equal": t.Compare("is", day, t.DateConst("2022-02-14"), t.Type("date")),
        "Atom": t.Member(day, (t.Now(), t.DateConst("2022-02-14T15:00-05:00"))),
    }
    for tag, item in shown.items():
        made = forms.condition(item)
        assert made.tag == f"ruleml:{tag}"
        rule = node("ruleml:Rule", {}, node("ruleml:if", {}, made))
        stated = lrml("Statements", {}, lrml("PrescriptiveStatement", {}, rule))
        assert wrong(document(lrml("LegalRuleML", {}, stated))) == []
    assert len(get_args(t.Condition)) == 14  # a new construct needs a form
    assert len(get_args(t.Expr)) == 13


def test_negation_is_strong_only_where_something_may_be_unknown():
    book = law(
        "power 1\n  minister may sign\n  unless urgent",
        "power 2\n  minister may sign\n  unless known",
    )
    root = tree(export(book)[0])
    one, two = (
        root.find(f".//{LRML}PrescriptiveStatement[@key='s-law.{n}']/{RULEML}Rule/{RULEML}if")
        for n in (1, 2)
    )
    assert [each.tag for each in one.iter(f"{RULEML}Naf", f"{RULEML}Neg")] == [f"{RULEML}Naf"]
    assert [each.tag for each in two.iter(f"{RULEML}Naf", f"{RULEML}Neg")] == [f"{RULEML}Neg"]


# --- its meaning


def test_a_power_is_a_permission_and_what_confers_authority():
    root = tree(export(law("power 1\n  minister may sign"))[0])
    rules = root.findall(f".//{RULEML}Rule")
    permission = rules[0].find(f"{RULEML}then/{LRML}Permission")
    assert permission is not None and permission.get("type") == "writ:power"
    head = rules[1].find(f"{RULEML}then/{RULEML}Atom/{RULEML}Rel")
    assert head is not None and head.get("iri") == "writ:has-authority"


def test_a_disability_is_a_defeater():
    root = tree(export(law("disability 1\n  minister has no power to sign"))[0])
    (rule,) = root.findall(f".//{RULEML}Rule")
    assert rule.get("strength") == "defeater"
    assert rule.find(f"{RULEML}then/{RULEML}Neg") is not None


def test_what_follows_a_breach_is_a_penalty_tied_to_the_duty():
    book = law(
        "duty 1\n  minister must report\n  within 7 days of storm\n  if breached begins alarm for 3 days"
    )
    root = tree(export(book)[0])
    penalty, reparation = (
        root.find(f".//{LRML}{name}Statement") for name in ("Penalty", "Reparation")
    )
    assert penalty.find(f"{RULEML}Atom/{RULEML}Rel").get("iri") == "writ:begins"
    assert penalty.find(f".//{RULEML}Data").text == "P3D"
    edges = reparation.find(f"{LRML}Reparation")
    assert edges.find(f"{LRML}appliesPenalty").get("keyref") == f"#{penalty.get('key')}"
    assert edges.find(f"{LRML}toPrescriptiveStatement").get("keyref") == "#s-law.1"


def test_days_in_force_are_temporal_characteristics():
    text = export(law("power 1\n  minister may sign\n  in force from 2021-05-01 until 2022-01-31"))[
        0
    ]
    root = tree(text)
    days = {each.get("key"): each.findtext(f"{RULEML}Data") for each in root.iter(f"{RULEML}Time")}
    assert days[":t-2021-05-01"] == "2021-05-01"
    ends = root.find(f".//{LRML}TemporalCharacteristic[@key='tc-inforce-ends-2022-02-01']")
    assert ends is not None and ends.find(f"{LRML}atTime").get("keyref") == "#t-2022-02-01"


def test_it_is_the_same_each_time():
    book = real("model-ministry")[0]
    assert export(book)[0] == export(book)[0]


def test_text_is_never_markup():
    book = law('power 1 "<lrml:Right/> & ]]> \\u0007"\n  minister may sign')
    assert wrong(export(book)[0]) == []


# --- the command


def test_the_command_writes_it_and_notes_what_stands_in_comments(run, tmp_path):
    made = tmp_path / "out" / "ministry.xml"
    ran = run("export", "legalruleml", BOOKS / "model-ministry", "-o", made)
    assert ran.status == 0
    assert made.read_text("utf-8") == real("model-ministry")[1]
    assert "note[X701]" in ran.err and "note[X702]" in ran.err


def test_the_command_refuses_what_is_no_book(run, tmp_path):
    assert run("export", "legalruleml", tmp_path, "-o", tmp_path / "x.xml").status == 2
    assert not (tmp_path / "x.xml").exists()
