"""What is malformed, hostile or unknown is refused with a diagnostic: never a traceback, and never half a book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import codes
from writ.book.load import load_texts
from writ.diagnostics import Diagnostic
from writ.formats.cedar.bring import Imported, bring
from writ.formats.cedar.codes import CODES
from writ.formats.cedar.names import KEPT

ROOT = Path(__file__).parents[2]
PATTERN = r"\bX[12]\d\d\b"
POLICY = 'permit (principal, action == Action::"view", resource);'
REQUEST = {
    "principal": 'User::"ann"',
    "action": 'Action::"view"',
    "resource": 'Photo::"p"',
    "context": {},
}
SCHEMA = """
entity User, Photo;
action view appliesTo { principal: [User], resource: [Photo], context: { from?: ipaddr, by?: User } };
"""


def made(text: str = POLICY, **more: str) -> Imported:
    found, wrong = bring(text, **more)
    assert found is not None, wrong
    return found


def refused(text: str = POLICY, **more: str) -> list[Diagnostic]:
    found, wrong = bring(text, **more)
    assert found is None
    assert wrong
    return wrong


def code(wrong: list[Diagnostic]) -> str:
    assert len(wrong) == 1, wrong
    return wrong[0].code


# --- policies, schemas, entities


@pytest.mark.parametrize("text", ["permit", "permit(principal, action);", "\0", "{}", "пермит();"])
def test_policies_that_cedar_cannot_read_are_x102(text: str) -> None:
    assert code(refused(text)) == "X102"


@pytest.mark.parametrize("depth", [50, 400, 20_000])
def test_a_nest_of_conditions_ends_in_a_book_or_a_diagnostic(depth: int) -> None:
    for inner in (
        "!" * depth + "true",
        "(" * depth + "true" + ")" * depth,
        *(each.join(["true"] * depth) for each in (" && ", " == ", ".a")),
        "principal has a" + ".a" * depth,
    ):
        text = f"permit (principal, action, resource) when {{ {inner} }};"
        found, wrong = bring(text)
        assert found is not None or wrong[0].code in ("X102", "X103")


def test_a_condition_that_would_double_at_every_step_is_too_large() -> None:
    tests = [f"principal.a{n} == principal.b{n}" for n in range(14)]
    inner = tests[0]
    for test in tests[1:]:
        inner = f"(if ({inner}) then ({test}) else (({inner}) == ({test})))"
    wrong = refused(f"permit (principal, action, resource) when {{ {inner} }};")
    assert code(wrong) in ("X102", "X103")


def test_a_refused_construct_is_named_with_its_policy() -> None:
    wrong = refused(POLICY + "permit (principal, action, resource) when { context.n + 1 < 5 };")
    assert code(wrong) == "X103"
    assert "`policy1`" in wrong[0].message and "arithmetic (`+`)" in wrong[0].message


@pytest.mark.parametrize(
    "entities",
    ["[", "{}", "[1]", "null", '[{"uid": 3}]', '[{"uid": {"type": "A", "id": "a"}}]'],
)
def test_entities_that_cedar_cannot_read_are_x102(entities: str) -> None:
    assert code(refused(entities=entities)) == "X102"


def test_entities_nested_too_deep_are_refused() -> None:
    attribute = "[" * 5_000 + "]" * 5_000
    uid = '{"type": "A", "id": "a"}'
    text = f'[{{"uid": {uid}, "attrs": {{"x": {attribute}}}, "parents": []}}]'
    assert code(refused(entities=text)) == "X102"


def test_a_circle_in_the_hierarchy_is_refused() -> None:
    a, b = {"type": "A", "id": "a"}, {"type": "A", "id": "b"}
    text = json.dumps(
        [{"uid": one, "attrs": {}, "parents": [other]} for one, other in ((a, b), (b, a))]
    )
    assert code(refused(entities=text)) == "X102"


@pytest.mark.parametrize("schema", ["entity", "{", '{"": 3}', "entity A in [B];"])
def test_a_schema_that_cedar_cannot_read_is_x102(schema: str) -> None:
    assert code(refused(schema=schema)) == "X102"


def test_a_large_schema_is_read_and_one_nested_too_deep_is_not() -> None:
    types = "".join(f"entity T{n} in [T{n // 2}] = {{a: {{b?: Long}}}};" for n in range(3_000))
    assert made(schema=f"{SCHEMA} namespace N {{ {types} }}")
    deep = "{a: " * 5_000 + "Long" + "}" * 5_000
    assert code(refused(schema=f"entity User = {deep};")) == "X102"


def test_without_the_package_that_reads_cedar_it_says_so(monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cedarpy", None)
    wrong = refused()
    assert code(wrong) == "X101"
    assert "writ[proof]" in wrong[0].help


# --- template links

TEMPLATE = '@id("t") permit (principal == ?principal, action, resource in ?resource);'


@pytest.mark.parametrize(
    "links",
    [
        "nothing",
        "{}",
        "[1]",
        '[{"template_id": "t"}]',
        '[{"template_id": "t", "link_id": "l", "args": {"?principal": "U::\\"a\\""}}]',
        '[{"template_id": "u", "link_id": "l", "args": {}}]',
        '[{"template_id": "t", "link_id": "l", "args": {"?principal": "a", "?resource": 3}}]',
    ],
)
def test_links_that_do_not_fit_are_x104(links: str) -> None:
    assert code(refused(TEMPLATE, links=links)) == "X104"


def test_two_links_of_one_name_are_x104() -> None:
    slots = {"?principal": 'U::"a"', "?resource": 'P::"p"'}
    link = {"template_id": "t", "link_id": "l", "args": slots}
    assert code(refused(TEMPLATE, links=json.dumps([link, link]))) == "X104"
    assert list(made(TEMPLATE, links=json.dumps([link])).norms) == ["l"]


# --- requests


@pytest.mark.parametrize(
    "change",
    [
        {"principal": None},
        {"principal": "ann"},
        {"principal": 'User::"ann", action, resource); permit(principal == U::"b"'},
        {"action": {"type": "Action"}},
        {"resource": {"__entity": {"__entity": {}}}},
        {"context": []},
        {"context": {"n": 1.5}},
        {"context": {"n": None}},
        {"context": {"n": 2**63}},
        {"context": {"e": {"__entity": {"type": "A"}}}},
        {"context": {"e": {"__extn": {"fn": "ip", "arg": "x"}}}},
        {"context": {"e": {"__extn": {"fn": "system", "arg": "x"}}}},
        {"context": {"__entity": {"type": "A", "id": "a"}}},
    ],
)
def test_a_malformed_request_is_x105(change: dict[str, object]) -> None:
    request, wrong = made().request({**REQUEST, **change})
    assert request is None
    assert code(wrong) == "X105"


def test_a_context_nested_too_deep_is_x105() -> None:
    deep: object = 1
    for _ in range(100_000):
        deep = [deep]
    request, wrong = made().request({**REQUEST, "context": {"deep": deep}})
    assert request is None
    assert code(wrong) == "X105"


@pytest.mark.parametrize("data", [None, 3, [], "x", {}])
def test_what_is_no_request_at_all_is_x105(data: object) -> None:
    assert code(made().request(data)[1]) == "X105"


def test_unknown_fields_of_a_request_are_for_the_reader() -> None:
    request, wrong = made().request({**REQUEST, "description": "who?", "decision": "allow"})
    assert request is not None and not wrong


def test_a_value_of_another_kind_than_it_is_compared_with_is_x106() -> None:
    book = made("permit (principal, action, resource) unless { context.n == 5 };")
    request, wrong = book.request({**REQUEST, "context": {"n": "five"}})
    assert request is None
    assert code(wrong) == "X106"


def test_an_action_that_stands_elsewhere_than_when_it_was_imported_is_x106() -> None:
    from writ.formats.cedar.entities import read_entities

    view, all_of_it = {"type": "Action", "id": "look"}, {"type": "Action", "id": "view"}
    entities = json.dumps([{"uid": view, "attrs": {}, "parents": [all_of_it]}])
    request, wrong = made('permit (principal, action in Action::"view", resource);').request(
        {**REQUEST, "action": view}, read_entities(entities, "entities")
    )
    assert request is None
    assert code(wrong) == "X106"


@pytest.mark.parametrize(
    ("context", "shown"),
    [
        ({"from": "10.0.0.1"}, "ip(10.0.0.1/32)"),
        ({"from": {"fn": "ip", "arg": "10.0.0.1"}}, "ip(10.0.0.1/32)"),
        ({"from": {"__extn": {"fn": "ip", "arg": "10.0.0.1"}}}, "ip(10.0.0.1/32)"),
    ],
)
def test_the_schema_says_how_a_context_is_read(context: dict[str, object], shown: str) -> None:
    text = 'permit (principal, action, resource) when { context.from == ip("10.0.0.1") };'
    request, wrong = made(text, schema=SCHEMA).request({**REQUEST, "context": context})
    assert request is not None, wrong
    assert request.facts == {"context-from": shown}


def test_a_request_that_does_not_fit_the_schema_is_x105() -> None:
    context = {"from": "nowhere", "by": {"type": "User", "id": "ann"}}
    request, wrong = made(schema=SCHEMA).request({**REQUEST, "context": context})
    assert request is None
    assert code(wrong) == "X105"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "id", "__entity", "__extn", "fn", "x"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=150)
@given(st.fixed_dictionaries(dict.fromkeys(REQUEST, JSON)), JSON)
def test_any_json_for_a_request_or_for_entities_is_answered_or_refused(
    data: dict[str, object], entities: object
) -> None:
    for request in (data, {**REQUEST, "context": data["context"]}):
        for book in (made(), made(schema=SCHEMA)):
            asked, wrong = book.request(request)
            assert (asked is None) is bool(wrong)
    found, wrong = bring(POLICY, entities=json.dumps(entities))
    assert (found is None) is bool(wrong)


# --- words


def test_words_of_the_language_can_be_names_in_cedar() -> None:
    """Each word of the language as an attribute, an action, a type and an entity."""
    page = (ROOT / "docs" / "language.md").read_text("utf-8")
    words = sorted({*KEPT, *__import__("re").findall(r"[a-z][a-z-]+", page)})
    for at in range(0, len(words), 200):
        some = words[at : at + 200]
        tests = " && ".join(f'principal["{word}"] && context["{word}"] < 3' for word in some)
        heads = "".join(
            f'permit (principal in G::"{word}", action == Action::"{word}", resource is '
            f"{'T::' + word.replace('-', '_').title()});"
            for word in some
        )
        assert made(f"permit (principal, action, resource) when {{ {tests} }};{heads}")


@settings(max_examples=60)
@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_can_be_an_identity_or_an_attribute(one: str, other: str) -> None:
    shown = [json.dumps(text, ensure_ascii=True).replace("\\u", "\\x") for text in (one, other)]
    if any("\\x" in text or "\\b" in text or "\\f" in text for text in shown):
        return  # Cedar writes these otherwise
    text = (
        f"@id({shown[0]}) permit (principal == U::{shown[0]}, action in [Action::{shown[0]}, "
        f"Action::{shown[1]}], resource in P::{shown[1]}) when {{ principal[{shown[0]}] == "
        f"{shown[1]} && context.x.contains({shown[0]}) }};"
    )
    files = made(text).files()
    assert not [one for one in load_texts(files)[1] if one.severity == "error"]


# --- the codes


def test_the_codes_are_those_that_are_reported() -> None:
    package = ROOT / "writ" / "formats" / "cedar"
    assert codes.reported(package, PATTERN) == set(CODES)


def test_each_code_is_shown_by_a_test() -> None:
    assert codes.shown(Path(__file__).parent, PATTERN) >= set(CODES)


def test_each_code_is_documented_in_the_house_style() -> None:
    codes.in_the_house_style(CODES)
