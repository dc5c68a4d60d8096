"""XACML 3.0 policies as books: the conformance cases of the standard, and the parts of the mapping one by one."""

from __future__ import annotations

import datetime as dt
import re
import tarfile
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

import writ
from writ.engine.ask import read_request as read_plain
from writ.engine.engine import Engine
from writ.engine.reference import decide
from writ.formats.xacml import import_xacml
from writ.formats.xacml.codes import CODES
from writ.formats.xacml.importer import Imported, import_policies
from writ.formats.xacml.request import read_request
from writ.formats.xacml.response import Response, answer, respond
from writ.formats.xacml.types import TYPES

ROOT = Path(__file__).parents[2]
CASES = ROOT.parent / "shared" / "data" / "decide" / "authzforce-xacml3-conformance.tar.gz"
PAGE = (ROOT / "docs" / "xacml.md").read_text("utf-8")
SPACE = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17"
AT = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
GROUPS = ("IIA", "IIB", "IIC", "IID", "IIE", "IIF", "IIIA", "others")


# --- the conformance cases


@cache
def conformance() -> dict[str, dict[str, bytes]]:
    """The mandatory cases, and the others that come with them (`others/NAME`): for each its files."""
    if not CASES.exists():
        pytest.skip(f"the conformance cases are not here: {CASES}")
    found: dict[str, dict[str, bytes]] = defaultdict(dict)
    with tarfile.open(CASES) as archive:
        for member in archive:
            kind, _, rest = member.name.partition("/conformance/")[2].partition("/")
            if kind != "others":
                kind, _, rest = rest.partition("/")
            case, _, file = rest.partition("/")
            if not member.isfile() or kind not in ("mandatory", "others") or not file:
                continue
            name = case if kind == "mandatory" else f"others/{case}"
            file = NAMES.get(file, file)
            found[name][file] = archive.extractfile(member).read()
    return found


NAMES = {name.lower(): name for name in ("Policy.xml", "Request.xml", "Response.xml")}


def policies_of(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if re.search(r"[Pp]olic.*\.xml$", name)}


def expected(data: bytes) -> tuple[str, dict[str, list[tuple[str, list]]]]:
    """The decision; obligations and advice by element: identifier, and what is assigned to which attribute."""
    root = ElementTree.fromstring(data)
    charges = {
        element: [
            (
                one.get(f"{element}Id") or one.get("AdviceId"),
                [(a.get("AttributeId"), TYPES[a.get("DataType")].read(a.text or "")) for a in one],
            )
            for one in root.iter(f"{{{SPACE}}}{element}")
        ]
        for element in ("Obligation", "Advice")
    }
    return root.find(f".//{{{SPACE}}}Decision").text, charges


@cache
def verdict(case: str) -> str:
    """What becomes of a case: agreed, refused, rejected (as it should be), or how it differs."""
    files = conformance()[case]
    imported = import_policies(policies_of(files))
    valid = "Request.xml" in files
    if imported.diagnostics:
        return "refused" if valid else "rejected"
    assert valid, "an invalid policy was imported"
    question, wrong = read_request(imported.attributes, files["Request.xml"], AT)
    if wrong:
        return "refused"
    engine = Engine(imported.book)
    given = respond(engine, question)
    decision, charges = expected(files["Response.xml"])
    if given.answer != decision:
        return f"{decision} is expected, and {given.answer} was answered"
    if answer(imported.book, decide(imported.book, given.request)) != decision:
        return "the reference interpreter differs"
    acts = imported.book.vocabulary.acts
    for element, found in (("Obligation", given.obligations), ("Advice", given.advice)):
        if sorted(acts[act].description for act in found) != sorted(i for i, _ in charges[element]):
            return f"{element}: {charges[element]} is expected, and {found} was answered"
        for act in found:
            assigned = next(a for i, a in charges[element] if i == acts[act].description)
            if not performed(engine, given, question, act, assigned):
                return f"{act} is not done by assigning {assigned}"
            if assigned and performed(engine, given, question, act, assigned[:-1]):
                return f"{act} is done without {assigned[-1]}"
    return "agreed"


def performed(engine: Engine, given: Response, question: dict, act: str, assigned: list) -> bool:
    """Whether the enforcement point may do the act with these attributes, access having been given or refused."""
    book = engine.book
    facts = dict(question["facts"])
    slots = {
        book.vocabulary.attributes[s].description: s for s in book.vocabulary.acts[act].attributes
    }
    for slot in slots.values():
        if book.vocabulary.attributes[slot].type.base == "list":
            facts[slot] = []
    for identifier, value in assigned:
        slot = slots[identifier]
        kind = book.vocabulary.attributes[slot].type
        if kind.base == "list":
            facts[slot] = [*facts[slot], {"value": value}]
        else:
            facts[slot] = value
    asked = {**question, "actor": "enforcement-point", "act": act, "facts": facts}
    trigger = "access" if given.answer == "Permit" else "refuse-access"
    request, wrong = read_plain(book, {**asked, "done": [trigger]})
    assert not wrong
    return engine.decide(request).outcome == "permitted"


@pytest.mark.parametrize("group", GROUPS)
def test_every_case_that_is_not_refused_is_answered_as_the_standard_says(group):
    cases = [name for name in conformance() if re.match(rf"{group}[\d/]", name)]
    found = {name: verdict(name) for name in cases}
    counts = Counter(found.values())
    differing = {n: v for n, v in found.items() if v not in ("agreed", "refused", "rejected")}
    assert differing == {}
    row = re.search(rf"^\| {group} \|.*", PAGE, re.MULTILINE)
    said = [int(number) for number in re.findall(r"\| (\d+) (?=\|)", row[0])]
    assert said == [len(found), counts["agreed"], counts["rejected"], counts["refused"]]


def test_all_cases_on_combining_and_obligations_are_carried():
    for name in conformance():
        if name.startswith(("IID", "IIIA", "others/Rule_Obligations")) and name != NOT_FINITE:
            assert verdict(name) == "agreed", name


NOT_FINITE = "IIIA340"
"""It assigns a number that is infinite."""


# --- small policies


def policy(*parts: str, algorithm: str = "deny-overrides", version: str = "3.0") -> str:
    return (
        f'<Policy xmlns="{SPACE}" PolicyId="urn:example:door" Version="1.0" RuleCombiningAlgId="'
        f'urn:oasis:names:tc:xacml:{version}:rule-combining-algorithm:{algorithm}"><Target/>'
        f"{''.join(parts)}</Policy>"
    )


def rule(effect: str, condition: str = "", name: str = "", charges: str = "") -> str:
    held = f"<Condition>{condition}</Condition>" if condition else ""
    return f'<Rule RuleId="{name or effect}" Effect="{effect}">{held}{charges}</Rule>'


def obligation(name: str, effect: str, *assigned: str) -> str:
    return (
        f'<ObligationExpressions><ObligationExpression ObligationId="{name}" FulfillOn="{effect}">'
        f"{''.join(assigned)}</ObligationExpression></ObligationExpressions>"
    )


def assign(name: str, expression: str) -> str:
    return f'<AttributeAssignmentExpression AttributeId="{name}">{expression}</AttributeAssignmentExpression>'


XSD = "http://www.w3.org/2001/XMLSchema#"
WHO = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject"


def value(text: object, kind: str = "string") -> str:
    return f'<AttributeValue DataType="{XSD}{kind}">{text}</AttributeValue>'


def attribute(name: str, kind: str = "string", needed: bool = False) -> str:
    return (
        f'<AttributeDesignator Category="{WHO}" AttributeId="{name}" DataType="{XSD}{kind}"'
        f' MustBePresent="{str(needed).lower()}"/>'
    )


def call(name: str, *arguments: str, version: str = "1.0") -> str:
    return (
        f'<Apply FunctionId="urn:oasis:names:tc:xacml:{version}:function:{name}">'
        f"{''.join(arguments)}</Apply>"
    )


def function(name: str) -> str:
    return f'<Function FunctionId="urn:oasis:names:tc:xacml:1.0:function:{name}"/>'


def request(kind: str = "string", **attributes: object) -> bytes:
    stated = "".join(
        f'<Attribute AttributeId="{name}" IncludeInResult="false">{"".join(value(v, kind) for v in values)}'
        "</Attribute>"
        for name, values in ((n, v if isinstance(v, list) else [v]) for n, v in attributes.items())
    )
    return (
        f'<Request xmlns="{SPACE}" ReturnPolicyIdList="false" CombinedDecision="false">'
        f'<Attributes Category="{WHO}">{stated}</Attributes></Request>'
    ).encode()


def imported(text: str) -> Imported:
    found = import_policies({"policy.xml": text.encode()})
    assert found.diagnostics == []
    return found


def ask(text: str, asked: bytes) -> Response:
    found = imported(text)
    question, wrong = read_request(found.attributes, asked, AT)
    assert wrong == []
    return respond(Engine(found.book), question)


def refusal(text: str) -> writ.Diagnostic:
    found = import_policies({"policy.xml": text.encode()})
    assert found.files == {}
    assert found.book is None
    (one,) = found.diagnostics
    assert one.severity is writ.Severity.ERROR
    return one


GUEST = call("string-is-in", value("guest"), attribute("role"))
STAFF = call("string-is-in", value("staff"), attribute("role"))


def test_deny_overrides_is_an_override_of_the_prohibition():
    text = policy(rule("Permit", STAFF), rule("Deny", GUEST))
    (law,) = [t for name, t in imported(text).files.items() if name != "book.md"]
    assert "override C.1\n  2 prevails over 1" in law
    assert ask(text, request(role="staff")).answer == "Permit"
    assert ask(text, request(role=["staff", "guest"])).answer == "Deny"
    assert ask(text, request(role="nobody")).answer == "NotApplicable"


def test_an_exception_that_is_not_known_is_written_as_a_condition():
    """By precedence alone the prohibition would stand: an open permission defeats nothing. XACML is undecided."""
    known = call("string-equal", call("string-one-and-only", attribute("badge")), value("gold"))
    text = policy(rule("Permit", known), rule("Deny"), algorithm="permit-overrides")
    (law,) = [t for name, t in imported(text).files.items() if name != "book.md"]
    assert "prevails over" not in law
    assert ask(text, request(badge="gold")).answer == "Permit"
    assert ask(text, request(badge="tin")).answer == "Deny"
    assert ask(text, request()).answer == "Indeterminate"
    assert ask(text, request()).decision.outcome == "needs"


def test_what_may_be_forbidden_and_is_not_allowed_is_no_authority_with_an_open_prohibition():
    known = call("string-equal", call("string-one-and-only", attribute("badge")), value("tin"))
    given = ask(policy(rule("Deny", known)), request())
    assert given.decision.outcome == "no authority"
    assert [(one.norm, one.status) for one in given.decision.considered] == [("door/1", "open")]
    assert given.answer == "Indeterminate"


def test_the_first_rule_that_applies_prevails_over_all_later_ones():
    text = policy(
        rule("Deny", GUEST, "a"),
        rule("Permit", STAFF, "b"),
        rule("Deny", "", "c"),
        algorithm="first-applicable",
        version="1.0",
    )
    assert ask(text, request(role=["guest", "staff"])).answer == "Deny"
    assert ask(text, request(role="staff")).answer == "Permit"
    assert ask(text, request(role="other")).answer == "Deny"


def test_a_first_rule_that_cannot_be_evaluated_ends_it():
    known = call("string-equal", call("string-one-and-only", attribute("badge")), value("gold"))
    text = policy(rule("Permit", known), rule("Deny"), algorithm="first-applicable", version="1.0")
    assert ask(text, request(badge="tin")).answer == "Deny"
    assert ask(text, request()).answer == "Indeterminate"


def test_what_is_known_of_a_number_of_conditions_is_known():
    badge = call("string-equal", call("string-one-and-only", attribute("badge")), value("gold"))
    few = call("not", call("n-of", value(2, "integer"), badge, GUEST, STAFF))
    text = policy(rule("Permit", few), algorithm="deny-unless-permit")
    assert ask(text, request(role="nobody")).answer == "Permit"
    assert ask(text, request(role="guest")).answer == "Deny"
    assert ask(text, request(role="guest", badge="tin")).answer == "Permit"


def test_obligations_of_all_rules_that_permit_survive():
    charges = [obligation(f"urn:example:log-{n}", "Permit") for n in "abc"]
    text = policy(
        rule("Permit", STAFF, "a", charges[0]),
        rule("Permit", "", "b", charges[1]),
        rule("Permit", GUEST, "c", charges[2]),
        algorithm="permit-overrides",
    )
    assert ask(text, request(role="staff")).obligations == ("log-a", "log-b")
    ordered = text.replace("permit-overrides", "ordered-permit-overrides")
    assert ask(ordered, request(role="staff")).obligations == ("log-a",)
    assert ask(ordered, request(role="guest")).obligations == ("log-b",)


def test_an_obligation_is_a_duty_with_its_manner():
    text = policy(
        rule("Permit"),
        obligation(
            "urn:example:write-log",
            "Permit",
            assign("urn:x:level", value(3, "integer")),
            assign("urn:x:who", attribute("name")),
        ),
    )
    found = imported(text)
    engine = Engine(found.book)
    question, _ = read_request(found.attributes, request(name=["ann", "bob"]), AT)
    given = respond(engine, question)
    assert given.obligations == ("write-log",)
    (duty,) = [norm for norm in found.book.norms if norm.kind == "duty"]
    assert duty.trigger.name == "access"
    both = [("urn:x:who", "ann"), ("urn:x:who", "bob")]
    assert performed(engine, given, question, "write-log", [("urn:x:level", 3), *both])
    assert not performed(engine, given, question, "write-log", [("urn:x:level", 4), *both])
    assert not performed(engine, given, question, "write-log", [("urn:x:level", 3), *both[:1]])


def test_an_obligation_on_refusal_is_a_duty_of_whoever_refuses():
    text = policy(
        rule("Deny", GUEST), rule("Permit"), obligation("urn:example:give-reasons", "Deny")
    )
    given = ask(text, request(role="guest"))
    assert (given.answer, given.obligations) == ("Deny", ("give-reasons",))
    assert given.decision.opens == ()
    assert ask(text, request(role="staff")).obligations == ()


@pytest.mark.parametrize("algorithm", ["deny-overrides", "permit-overrides", "deny-unless-permit"])
def test_without_what_an_obligation_assigns_there_is_no_decision(algorithm):
    charge = obligation(
        "urn:x:log-it", "Permit", assign("urn:x:who", attribute("name", needed=True))
    )
    text = policy(rule("Permit"), rule("Deny", GUEST), charge, algorithm=algorithm)
    assert ask(text, request(name="ann")).obligations == ("log-it",)
    assert ask(text, request()).answer == "Indeterminate"


def test_a_permission_that_prevails_and_is_undecided_leaves_no_prohibition():
    charge = obligation(
        "urn:x:log-it", "Permit", assign("urn:x:who", attribute("name", needed=True))
    )
    text = policy(rule("Permit"), rule("Deny", GUEST), charge, algorithm="permit-overrides")
    assert ask(text, request(name="ann", role="guest")).answer == "Permit"
    assert ask(text, request(role="guest")).answer == "Indeterminate"


def test_a_rule_without_what_its_obligation_assigns_is_undecided():
    charge = obligation(
        "urn:x:log-it", "Permit", assign("urn:x:who", attribute("name", needed=True))
    )
    text = policy(rule("Permit", "", "a", charge))
    assert ask(text, request(name="ann")).obligations == ("log-it",)
    assert ask(text, request()).answer == "Indeterminate"


def test_advice_is_a_permission_and_never_a_duty():
    advice = obligation("urn:example:say-hello", "Permit").replace("Obligation", "Advice")
    text = policy(rule("Permit", STAFF), advice.replace("FulfillOn", "AppliesTo"))
    assert not [norm for norm in imported(text).book.norms if norm.kind == "duty"]
    given = ask(text, request(role="staff"))
    assert (given.obligations, given.advice) == ((), ("say-hello",))
    assert ask(text, request(role="guest")).advice == ()


def only_one(*parts: str, charges: str = "") -> str:
    inside = "".join(part.replace(f' xmlns="{SPACE}"', "") for part in parts)
    return (
        f'<PolicySet xmlns="{SPACE}" PolicySetId="urn:example:house" Version="1.0" PolicyCombiningAlgId="'
        'urn:oasis:names:tc:xacml:1.0:policy-combining-algorithm:only-one-applicable"><Target/>'
        f"{inside}{charges}</PolicySet>"
    )


DOOR = policy(rule("Permit", name="p"))
WINDOW = DOOR.replace(":door", ":window")


def test_where_only_one_policy_may_apply_and_two_do_somebody_must_choose():
    found = imported(only_one(DOOR, WINDOW))
    question, _ = read_request(found.attributes, request(), AT)
    given = respond(Engine(found.book), question)
    assert given.answer == "Indeterminate"
    assert "chosen" in given.decision.missing[0].what
    chosen = {
        "policy-is-chosen": True,
        "chosen-policy-permits": True,
        "chosen-policy-denies": False,
    }
    question["facts"] |= chosen
    assert respond(Engine(found.book), question).answer == "Permit"


def test_where_only_one_policy_may_apply_a_target_that_is_not_known_is_not_passed_over():
    match = attribute("badge", needed=True)
    target = (
        '<Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">'
        f"{value('gold')}{match}</Match></AllOf></AnyOf></Target>"
    )
    text = only_one(policy(rule("Permit", GUEST)).replace("<Target/>", target))
    assert ask(text, request(badge="tin")).answer == "NotApplicable"
    assert ask(text, request()).answer == "Indeterminate"


def test_a_choice_that_nobody_made_opens_no_duty():
    inner = only_one(DOOR, WINDOW, charges=obligation("urn:x:give-reasons", "Deny"))
    plain = inner.replace(f' xmlns="{SPACE}"', "")
    text = (
        f'<PolicySet xmlns="{SPACE}" PolicySetId="urn:example:all" Version="1.0" PolicyCombiningAlgId="'
        'urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-unless-permit"><Target/>'
        f"{plain}</PolicySet>"
    )
    given = ask(text, request())
    assert (given.answer, given.obligations) == ("Deny", ())


NUMBERS = call("integer-bag", value(1, "integer"), value(2, "integer"))
AGE = call("integer-one-and-only", attribute("age", "integer"))
CONDITIONS = [
    (
        call("integer-is-in", value(2, "integer"), call("integer-bag", value(2, "integer"), AGE)),
        "integer",
        {},
        None,
    ),
    (call("integer-equal", AGE, value(2, "integer")), "integer", {"age": 2}, True),
    (call("integer-equal", AGE, value(2, "integer")), "integer", {"age": 3}, False),
    (call("integer-equal", AGE, value(2, "integer")), "integer", {}, None),
    (call("integer-equal", AGE, value(2, "integer")), "integer", {"age": [2, 2]}, None),
    (call("integer-greater-than", value(2, "integer"), AGE), "integer", {"age": 1}, True),
    (call("integer-less-than-or-equal", AGE, value(-2, "integer")), "integer", {"age": -2}, True),
    (call("integer-is-in", AGE, NUMBERS), "integer", {"age": 2}, True),
    (call("integer-is-in", AGE, NUMBERS), "integer", {"age": 3}, False),
    (call("integer-is-in", AGE, attribute("limits", "integer")), "integer", {}, None),
    (call("integer-is-in", AGE, attribute("limits", "integer")), "integer", {"age": 1}, False),
    (
        call("integer-subset", attribute("age", "integer"), NUMBERS),
        "integer",
        {"age": [1, 2, 1]},
        True,
    ),
    (
        call("integer-subset", attribute("age", "integer"), NUMBERS),
        "integer",
        {"age": [1, 3]},
        False,
    ),
    (
        call("integer-set-equals", attribute("age", "integer"), NUMBERS),
        "integer",
        {"age": [1]},
        False,
    ),
    (
        call("integer-set-equals", attribute("age", "integer"), NUMBERS),
        "integer",
        {"age": [2, 1]},
        True,
    ),
    (
        call("integer-at-least-one-member-of", attribute("age", "integer"), NUMBERS),
        "integer",
        {"age": [2, 7]},
        True,
    ),
    (
        call(
            "integer-equal",
            call("integer-bag-size", attribute("age", "integer")),
            value(2, "integer"),
        ),
        "integer",
        {"age": [7, 7]},
        True,
    ),
    (
        call("integer-is-in", value(7, "integer"), attribute("age", "integer", needed=True)),
        "integer",
        {},
        None,
    ),
    (
        call(
            "integer-is-in",
            value(2, "integer"),
            call("integer-intersection", attribute("age", "integer"), NUMBERS),
        ),
        "integer",
        {"age": [2, 3]},
        True,
    ),
    (
        call(
            "integer-is-in",
            value(3, "integer"),
            call("integer-union", attribute("age", "integer"), NUMBERS),
        ),
        "integer",
        {"age": [4]},
        False,
    ),
    (
        call(
            "any-of",
            function("integer-less-than"),
            value(5, "integer"),
            attribute("age", "integer"),
            version="3.0",
        ),
        "integer",
        {"age": [1, 6]},
        True,
    ),
    (
        call(
            "all-of",
            function("integer-less-than"),
            value(5, "integer"),
            attribute("age", "integer"),
            version="3.0",
        ),
        "integer",
        {"age": [6, 1]},
        False,
    ),
    (
        call(
            "all-of",
            function("integer-less-than"),
            value(5, "integer"),
            attribute("age", "integer"),
            version="3.0",
        ),
        "integer",
        {},
        True,
    ),
    (
        call("all-of-any", function("integer-equal"), attribute("age", "integer"), NUMBERS),
        "integer",
        {"age": [2, 2]},
        True,
    ),
    (call("or", GUEST, call("not", STAFF)), "string", {"role": ["staff"]}, False),
    (call("n-of", value(2, "integer"), GUEST, STAFF, GUEST), "string", {"role": ["guest"]}, True),
    (call("n-of", value(2, "integer"), GUEST, STAFF, STAFF), "string", {"role": ["guest"]}, False),
    (call("boolean-one-and-only", attribute("ok", "boolean")), "boolean", {"ok": "true"}, True),
    (call("boolean-one-and-only", attribute("ok", "boolean")), "boolean", {}, None),
    (
        call(
            "date-less-than",
            call("date-one-and-only", attribute("day", "date")),
            value("2020-01-02", "date"),
        ),
        "date",
        {"day": "2020-01-01"},
        True,
    ),
    (
        call(
            "dateTime-equal",
            call("dateTime-one-and-only", attribute("at", "dateTime")),
            value("2020-01-01T12:00:00Z", "dateTime"),
        ),
        "dateTime",
        {"at": "2020-01-01T07:00:00-05:00"},
        True,
    ),
    (
        call(
            "hexBinary-equal",
            call("hexBinary-one-and-only", attribute("key", "hexBinary")),
            value("0aFF", "hexBinary"),
        ),
        "hexBinary",
        {"key": "0AFf"},
        True,
    ),
    (
        call(
            "dayTimeDuration-equal",
            call("dayTimeDuration-one-and-only", attribute("for", "dayTimeDuration")),
            value("P1DT1H", "dayTimeDuration"),
        ),
        "dayTimeDuration",
        {"for": "PT25H"},
        True,
    ),
]


@pytest.mark.parametrize(("condition", "kind", "stated", "truth"), CONDITIONS)
def test_functions_mean_what_they_mean_in_the_standard(condition, kind, stated, truth):
    given = ask(policy(rule("Permit", condition)), request(kind, **stated))
    assert given.answer == {True: "Permit", False: "NotApplicable", None: "Indeterminate"}[truth]


# --- what is refused


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            policy(rule("Permit", call("string-regexp-match", value("a"), value("b")))),
            "string-regexp-match",
        ),
        (
            policy(rule("Permit", call("string-greater-than", value("a"), value("b")))),
            "string-greater-than",
        ),
        (
            policy(
                rule(
                    "Permit",
                    call("time-equal", value("08:00:00", "time"), value("08:00:00", "time")),
                )
            ),
            "#time",
        ),
        (
            policy(
                rule("Permit", call("string-is-in", value("x"), '<AttributeSelector Path="//a"/>'))
            ),
            "selector",
        ),
        (policy(rule("Permit", call("string-is-in", value('say "x"'), attribute("a")))), "quotes"),
        (
            policy(
                rule("Permit", call("double-equal", value("INF", "double"), value("1", "double")))
            ),
            "not finite",
        ),
        (policy(rule("Permit"), algorithm="deny-overrides", version="1.0"), "combining algorithm"),
        (policy("<RuleCombinerParameters/>", rule("Permit")), "parameters"),
        (policy("<PolicyIssuer/>", rule("Permit")), "issuer"),
    ],
)
def test_what_has_no_counterpart_is_refused_by_name(text, named):
    one = refusal(text)
    assert one.code == "X304"
    assert named in one.message


@pytest.mark.parametrize(
    "text",
    [
        "<Policy/>",
        policy().replace("wd-17", "os"),
        policy().replace("<Target/>", ""),
        policy().replace(' Version="1.0"', ""),
        policy('<Rule RuleId="r" Effect="Maybe"/>'),
        policy(rule("Permit"), rule("Permit")),
        policy(rule("Permit", value("x"))),
        policy(rule("Permit", call("and", value("x")))),
        policy(rule("Permit", call("integer-equal", AGE))),
        policy(rule("Permit", call("integer-equal", AGE, value("x", "integer")))),
        policy(rule("Permit", '<VariableReference VariableId="v"/>')),
        policy(
            '<VariableDefinition VariableId="v"><VariableReference VariableId="v"/></VariableDefinition>',
            rule("Permit"),
        ),
        policy("<Surprise/>"),
        policy(rule("Permit")).replace("<Target/>", "<Target><AnyOf/></Target>"),
    ],
)
def test_what_is_no_xacml_is_refused(text):
    assert refusal(text).code == "X303"


MANY = " ".join(f"a{number}='1'" for number in range(90))
DOCTYPE = "<!DOCTYPE Policy [{}]>"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (DOCTYPE.format('<!ENTITY a "b">') + policy(rule("Permit")), "X301"),
        (
            DOCTYPE.format('<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">') + policy("&b;"),
            "X301",
        ),
        (DOCTYPE.format('<!ENTITY x SYSTEM "file:///etc/passwd">') + policy("&x;"), "X301"),
        (DOCTYPE.format('<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;') + policy(), "X301"),
        ('<!DOCTYPE Policy SYSTEM "http://localhost/x.dtd">' + policy(), "X301"),
        (policy("&nothing;"), "X301"),
        (policy(rule("Permit"))[:-20], "X301"),
        ("", "X301"),
        ("not xml", "X301"),
        (policy() + "\x00", "X301"),
        (policy("<a>" * 100 + "</a>" * 100), "X302"),
        (
            policy(f"<Rule {MANY}/>"),
            "X302",
        ),
        (policy(f"<Description>{'a' * 70_000}</Description>"), "X302"),
        (policy("<a/>" * 100_001), "X302"),
        (" " * (4 * 1024 * 1024 + 1), "X302"),
        (
            policy(
                rule(
                    "Permit", "<Apply FunctionId='urn:oasis:names:tc:xacml:1.0:function:not'>" * 62
                )
            ),
            "X302",
        ),
    ],
    ids=lambda value: value[:20] if len(value) > 4 else value,
)
def test_hostile_xml_meets_a_diagnostic(text, code):
    assert refusal(text).code == code


def test_variables_that_double_meet_a_limit():
    """Eight variables, each twice the one before, thirty times over: written out they would fill the memory."""
    first = f'<VariableDefinition VariableId="v0">{call("and", *[GUEST] * 9)}</VariableDefinition>'
    others = [
        f'<VariableDefinition VariableId="v{at}">'
        + call("or", *[f'<VariableReference VariableId="v{at - 1}"/>'] * 9)
        + "</VariableDefinition>"
        for at in range(1, 8)
    ]
    assert refusal(policy(first, *others, rule("Permit"))).code == "X302"


def test_other_encodings_and_requests_that_are_none_are_refused():
    data = policy(rule("Permit")).encode("utf-16")
    assert [one.code for one in import_policies({"p.xml": data}).diagnostics] == ["X301"]
    found = imported(policy(rule("Permit", STAFF)))
    for text, code in (
        (b"<Request/>", "X303"),
        (request(role="staff")[:-5], "X301"),
        (request(role="staff").replace(b"</Request>", b"<MultiRequests/></Request>"), "X304"),
        (request("integer", role="many"), "X303"),
    ):
        question, wrong = read_request(found.attributes, text, AT)
        assert question is None
        assert [one.code for one in wrong] == [code]


# --- files


def test_a_policy_set_finds_what_it_refers_to_beside_it(tmp_path):
    head = f'<PolicySet xmlns="{SPACE}" PolicySetId="urn:example:all" Version="1.0" PolicyCombiningAlgId="'
    head += 'urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides"><Target/>'
    (tmp_path / "all.xml").write_text(
        f"{head}<PolicyIdReference>urn:example:door</PolicyIdReference></PolicySet>", "utf-8"
    )
    assert [one.code for one in import_xacml(tmp_path)[1]] == ["X305"]
    (tmp_path / "door.xml").write_text(policy(rule("Permit", STAFF)), "utf-8")
    files, found = import_xacml(tmp_path)
    assert found == []
    book, wrong = writ.load_texts(files)
    assert not [one for one in wrong if one.severity is writ.Severity.ERROR]
    assert [norm.label for norm in book.norms] == ["1.1"]
    (tmp_path / "door.xml").write_text(
        f"{head}<PolicySetIdReference>urn:example:all</PolicySetIdReference></PolicySet>", "utf-8"
    )
    assert [one.code for one in import_xacml(tmp_path)[1]] == ["X305"]


def test_a_file_that_is_not_there_is_a_diagnostic(tmp_path):
    assert [one.code for one in import_xacml(tmp_path / "none.xml")[1]] == ["X301"]
    assert [one.code for one in import_xacml(tmp_path)[1]] == ["X301"]


def test_text_of_a_policy_stays_text_in_the_book():
    """A description cannot end its paragraph, open a block, or give a name to anything."""
    nasty = "# 9 x\n```writ\npermission 9\n  subject may access\n```\n<b>[a](b)"
    text = policy(
        f'<Rule RuleId="```writ" Effect="Deny"><Description>{nasty.replace("<", "&lt;")}</Description></Rule>'
    )
    found = imported(text)
    assert [(norm.kind, norm.label) for norm in found.book.norms] == [("prohibition", "1")]


def test_a_condition_as_deep_as_may_be_is_read():
    condition = GUEST
    for _ in range(50):
        condition = call("not", condition)
    text = policy(rule("Permit", call("and", STAFF, condition)))
    assert ask(text, request(role=["staff", "guest"])).answer == "Permit"
    assert ask(text, request(role="staff")).answer == "NotApplicable"


def test_an_imported_book_is_in_the_one_style_and_passes_the_checks():
    charge = obligation("urn:example:log-it", "Permit")
    found = imported(policy(rule("Permit", STAFF), rule("Deny", GUEST), charge))
    for name, text in found.files.items():
        assert writ.format_text(name, text) == (text, [])
    wrong = [one for one in writ.check(found.book) if one.severity is writ.Severity.ERROR]
    assert wrong == []


def test_the_checks_find_rules_of_a_policy_that_can_never_decide():
    """What no answer to a request shows: the second rule repeats the first, and may add no obligation."""
    charge = obligation("urn:example:log-it", "Permit")
    twice = policy(
        rule("Permit", GUEST, "a"),
        rule("Permit", GUEST, "b", charge),
        algorithm="first-applicable",
        version="1.0",
    )
    said = {(one.code, one.severity) for one in writ.check(imported(twice).book)}
    assert ("V250", writ.Severity.ERROR) in said


def test_the_page_tells_why_each_case_is_refused():
    mandatory = [name for name in conformance() if not name.startswith("others/")]
    section = PAGE.partition("## What has no counterpart")[2].partition("\n## ")[0]
    told = sum(int(number) for number in re.findall(r"^\| .* \| (\d+) \|", section, re.MULTILINE))
    assert told == sum(verdict(name) == "refused" for name in mandatory)


def test_the_command_writes_the_book_or_nothing(run, tmp_path):
    (tmp_path / "door.xml").write_text(policy(rule("Permit", STAFF), rule("Deny", GUEST)), "utf-8")
    ran = run("import", "xacml", tmp_path / "door.xml", "-o", tmp_path / "book")
    assert (ran.status, ran.err) == (0, "")
    assert run("check", tmp_path / "book").status == 0
    (tmp_path / "bad.xml").write_text(policy("<PolicyIssuer/>"), "utf-8")
    ran = run("import", "xacml", tmp_path / "bad.xml", "-o", tmp_path / "none")
    assert ran.status == 1
    assert "error[X304]" in ran.err
    assert not (tmp_path / "none").exists()
    (tmp_path / "bad.xml").write_text("<!DOCTYPE Policy []>" + policy(), "utf-8")
    assert run("import", "xacml", tmp_path / "bad.xml", "-o", tmp_path / "none").status == 2


def test_the_page_tells_every_code():
    assert set(re.findall(r"\bX\d{3}\b", PAGE)) == set(CODES)
