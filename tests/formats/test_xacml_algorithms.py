"""Combining algorithms on random policies: an imported book answers as the algorithms of XACML 3.0 (Appendix C) do.

`evaluate` is those algorithms, written out over their own results; it shares nothing with the import.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import count
from xml.sax.saxutils import quoteattr

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from writ.engine.engine import Engine
from writ.engine.reference import decide
from writ.formats.xacml.importer import import_policies
from writ.formats.xacml.request import read_request
from writ.formats.xacml.response import answer, respond

NAMESPACE = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17"
STRING = "http://www.w3.org/2001/XMLSchema#string"
SUBJECT = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject"
AT = dt.date(2020, 1, 1)
ATTRIBUTES = ("alpha", "beta", "gamma")
OVERRIDES = ("deny-overrides", "permit-overrides")
ALGORITHMS = (
    *OVERRIDES,
    *(f"ordered-{one}" for one in OVERRIDES),
    "first-applicable",
    "deny-unless-permit",
    "permit-unless-deny",
)
P, D = frozenset("P"), frozenset("D")
EFFECTS = {"P": "Permit", "D": "Deny"}


@dataclass
class Check:
    """A condition: an attribute is `yes`. Without the attribute it is false, or an error where it is `needed`."""

    attribute: str
    needed: bool

    def value(self, case: dict[str, str]) -> bool | None:
        if self.attribute not in case:
            return None if self.needed else False
        return case[self.attribute] == "yes"

    def written(self) -> str:
        return (
            '<Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">'
            f'<AttributeValue DataType="{STRING}">yes</AttributeValue>'
            f'<AttributeDesignator Category="{SUBJECT}" AttributeId="{self.attribute}" DataType="{STRING}"'
            f' MustBePresent="{str(self.needed).lower()}"/></Match>'
        )


@dataclass
class Charged:
    """What may carry obligations: for each effect how many."""

    charges: dict[str, int] = field(default_factory=dict)
    name: str = ""

    def due(self, effect: str) -> list[str]:
        return [f"{self.name}-duty-{effect}{at}" for at in range(self.charges.get(effect, 0))]

    def written_charges(self) -> str:
        every = "".join(
            f"<ObligationExpression ObligationId={quoteattr(one)} FulfillOn={quoteattr(EFFECTS[effect])}/>"
            for effect in self.charges
            for one in self.due(effect)
        )
        return f"<ObligationExpressions>{every}</ObligationExpressions>" if every else ""


@dataclass
class Rule(Charged):
    effect: str = "P"
    target: Check | None = None
    condition: Check | None = None


@dataclass
class Policy(Charged):
    algorithm: str = ""
    target: Check | None = None
    members: list = field(default_factory=list)
    is_set: bool = False


@dataclass
class Result:
    """`decided` is P, D, nothing (not applicable), or, where `error`, what it might have been."""

    decided: frozenset[str]
    error: bool = False
    due: list[str] = field(default_factory=list)


NOTHING = Result(frozenset())


def matches(target: Check | None, case: dict[str, str]) -> bool | None:
    return True if target is None else target.value(case)


def evaluate(node: Rule | Policy, case: dict[str, str]) -> Result:
    """Sections 7.11 to 7.13 and 7.18 of the standard."""
    if isinstance(node, Rule):
        target, holds = matches(node.target, case), matches(node.condition, case)
        if target is False or (target is True and holds is False):
            return NOTHING
        if target is None or holds is None:
            return Result(frozenset(node.effect), error=True)
        return Result(frozenset(node.effect), due=node.due(node.effect))
    target = matches(node.target, case)
    if target is False:
        return NOTHING
    found = combined(node, case)
    if target is None:
        return Result(found.decided, error=bool(found.decided))
    if not found.error and found.decided:
        return Result(found.decided, due=found.due + node.due(*found.decided))
    return found


def combined(node: Policy, case: dict[str, str]) -> Result:
    """Appendix C."""
    if node.algorithm == "only-one-applicable":
        applying = [one for one in node.members if matches(one.target, case) is True]
        if len(applying) > 1 or any(matches(one.target, case) is None for one in node.members):
            return Result(P | D, error=True)
        return evaluate(applying[0], case) if applying else NOTHING
    results = [evaluate(one, case) for one in node.members]
    if node.algorithm == "first-applicable":
        return first(results)
    ordered = node.algorithm.startswith("ordered-")
    match node.algorithm.removeprefix("ordered-"):
        case "deny-overrides":
            return overriding(results, D, ordered)
        case "permit-overrides":
            return overriding(results, P, ordered)
        case "deny-unless-permit":
            return unless(results, P)
        case _:
            return unless(results, D)


def gathered(results: list[Result], effect: frozenset[str], once: bool = False) -> Result:
    """The effect, with the obligations of all (or the first) that gave it."""
    giving = [one for one in results if one.decided == effect and not one.error]
    return Result(effect, due=[due for one in giving[: 1 if once else None] for due in one.due])


def overriding(results: list[Result], winner: frozenset[str], ordered: bool) -> Result:
    loser = (P | D) - winner
    errors = {one.decided for one in results if one.error}
    given = {one.decided for one in results if not one.error}
    if winner in given:
        return gathered(results, winner, once=ordered)
    if P | D in errors or (winner in errors and (loser in errors or loser in given)):
        return Result(P | D, error=True)
    if winner in errors:
        return Result(winner, error=True)
    if loser in given:
        return gathered(results, loser)
    return Result(loser, error=True) if loser in errors else NOTHING


def first(results: list[Result]) -> Result:
    """An error ends it; what it might have been is what that member might, or those after it."""
    for at, one in enumerate(results):
        if one.error:
            return Result(one.decided | first(results[at + 1 :]).decided, error=True)
        if one.decided:
            return one
    return NOTHING


def unless(results: list[Result], wanted: frozenset[str]) -> Result:
    found = gathered(results, wanted)
    if any(one.decided == wanted and not one.error for one in results):
        return found
    return gathered(results, (P | D) - wanted)


def written(node: Rule | Policy, root: bool = False) -> str:
    target = node.target
    matching = f"<AnyOf><AllOf>{target.written()}</AllOf></AnyOf>" if target else ""
    if isinstance(node, Rule):
        condition = ""
        if node.condition:
            kind = "urn:oasis:names:tc:xacml:1.0:function:string-"
            designator = (
                node.condition.written().partition("<AttributeDesignator")[2].partition("/>")[0]
            )
            only = (
                f'<Apply FunctionId="{kind}one-and-only"><AttributeDesignator{designator}/></Apply>'
            )
            inner = (
                f'<Apply FunctionId="{kind}equal">{only}'
                f'<AttributeValue DataType="{STRING}">yes</AttributeValue></Apply>'
                if node.condition.needed
                else f'<Apply FunctionId="{kind}is-in"><AttributeValue DataType="{STRING}">yes'
                f"</AttributeValue><AttributeDesignator{designator}/></Apply>"
            )
            condition = f"<Condition>{inner}</Condition>"
        return (
            f'<Rule RuleId="{node.name}" Effect="{EFFECTS[node.effect]}"><Target>{matching}</Target>'
            f"{condition}{node.written_charges()}</Rule>"
        )
    kind, level = ("PolicySet", "policy") if node.is_set else ("Policy", "rule")
    algorithm = "PolicyCombiningAlgId" if node.is_set else "RuleCombiningAlgId"
    version = "1.0" if node.algorithm in ("first-applicable", "only-one-applicable") else "3.0"
    space = f' xmlns="{NAMESPACE}"' if root else ""
    return (
        f'<{kind}{space} {kind}Id="{node.name}" Version="1.0" {algorithm}='
        f'"urn:oasis:names:tc:xacml:{version}:{level}-combining-algorithm:{node.algorithm}">'
        f"<Target>{matching}</Target>{''.join(map(written, node.members))}"
        f"{node.written_charges()}</{kind}>"
    )


def asked(case: dict[str, str]) -> bytes:
    stated = "".join(
        f'<Attribute AttributeId="{name}" IncludeInResult="false">'
        f'<AttributeValue DataType="{STRING}">{value}</AttributeValue></Attribute>'
        for name, value in case.items()
    )
    return (
        f'<Request xmlns="{NAMESPACE}" ReturnPolicyIdList="false" CombinedDecision="false">'
        f'<Attributes Category="{SUBJECT}">{stated}</Attributes></Request>'
    ).encode()


tests = st.builds(Check, st.sampled_from(ATTRIBUTES), st.booleans())
targets = st.none() | tests
charges = st.dictionaries(st.sampled_from("PD"), st.integers(1, 2), max_size=2)
rules = st.builds(
    Rule, charges=charges, effect=st.sampled_from("PD"), target=targets, condition=st.none() | tests
)
leaves = st.builds(
    Policy,
    charges=charges,
    algorithm=st.sampled_from(ALGORITHMS),
    target=targets,
    members=st.lists(rules, max_size=4),
)


def sets(inside: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(
        Policy,
        charges=charges,
        algorithm=st.sampled_from((*ALGORITHMS, "only-one-applicable")),
        target=targets,
        members=st.lists(inside, max_size=3),
        is_set=st.just(True),
    )


policies = leaves | sets(leaves) | sets(leaves | sets(leaves))
cases = st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(("yes", "no")))


def label(node: Rule | Policy, numbers: count) -> None:
    """Give every part a name of its own."""
    node.name = f"part-{next(numbers)}"
    for member in getattr(node, "members", []):
        label(member, numbers)


def word(result: Result) -> str:
    if result.error:
        return "Indeterminate"
    return EFFECTS[next(iter(result.decided))] if result.decided else "NotApplicable"


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(policies, st.lists(cases, min_size=1, max_size=4))
def test_a_book_decides_as_the_combining_algorithms_do(policy, requests):
    label(policy, count())
    imported = import_policies({"policy.xml": written(policy, root=True).encode()})
    # What would outgrow a definition is refused, and nothing else.
    assert {one.code for one in imported.diagnostics} <= {"X302"}
    assume(imported.book is not None)
    engine = Engine(imported.book)
    for case in requests:
        expected = evaluate(policy, case)
        question, mistakes = read_request(imported.attributes, asked(case), AT)
        assert mistakes == []
        given = respond(engine, question)
        assert given.answer == word(expected)
        acts = imported.book.vocabulary.acts
        assert sorted(acts[act].description for act in given.obligations) == sorted(expected.due)
        slow = decide(imported.book, given.request)
        assert answer(imported.book, slow) == given.answer
