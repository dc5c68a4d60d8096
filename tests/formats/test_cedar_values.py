"""What depends on nothing has the value that Cedar gives it: constants, extension values, operators, errors."""

from __future__ import annotations

import json
import random
import re
from itertools import product

import cedarpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from writ.formats.cedar import expressions as ex
from writ.formats.cedar.evaluate import constant, like
from writ.formats.cedar.extensions import Erring
from writ.formats.cedar.values import FALSE, TRUE, Value, entity, record, written

ADDRESSES = """1.2.3.4 127.0.0.1 127.0.0.0/7 127.0.0.0/8 224.0.0.0/3 224.1.2.3 224.0.0.0/4 ::1
::1/127 ff00::/8 ff00::/7 ff02::1 ::ffff:1.2.3.4 1.2.3.4/33 1.2.3.4/01 01.2.3.4 1.2.3 ::/0 0.0.0.0/0
1.2.3.0/24 1.2.3.9/24 fe80::1%eth0 1.2.3.4/ ::ffff:7f00:1 1::2::3 ABCD::1 00001:: 1:2:3:4:5:6:7:8
1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8 1.2.3.4/0 127.0.0.1/0 256.1.1.1 0x1.2.3.4 1.2.3.4/+1 ::/129 ::/128"""
DECIMALS = """1.0 1.00 -1.2345 1.23456 922337203685477.5807 922337203685477.5808 -922337203685477.5808
1. .1 1 +1.0 00.10 -0.0 0.0 1e3"""
MOMENTS = """2024-01-01 2024-02-30 2024-01-01T00:00:00Z 2024-01-01T24:00:00Z 2024-01-01T23:59:60Z
2024-1-1 0000-01-01 2024-01-01T01:02:03.004Z 2024-01-01T01:02:03.04Z 2024-01-01T01:02:03+0100
2024-01-01T01:02:03.999-2359 9999-12-31 2024-01-01T01:02:03+2400 9999-12-31T23:59:59.999-2359
0000-01-01T00:00:00+2359 2024-01-01T01:02Z 2024-01-01t01:02:03z 1900-02-29 2000-02-29
1969-12-31T23:59:59.999Z 2024-01-01T01:02:03+1260"""
DURATIONS = """1d 1h -1d2h3m4s5ms 1h1d - 1d1d 106751991167d 106751991168d -106751991167d 1ms1s 0d 5s
9223372036854775807ms 9223372036854775808ms -9223372036854775808ms +1d 1.5s 9223372036854775807s -5s
-90m"""
OTHERS = ["1", "0", "-5", "9223372036854775807", "true", "false", '"a"', '"a*b"', "[]", "[1, true]"]
OTHERS += ["[true, 1]", "[1, 2]", "{a: 1}", "{}", "{a: true}", 'U::"a"', '[U::"a"]', "{a: {b: 2}}"]


def called(name: str, texts: str) -> list[str]:
    """A call of a constructor for each of the texts, and for none."""
    return [f'{name}("{text}")' for text in ("", *texts.split())]


def agree(expressions: list[str]) -> dict[str, int]:
    """Cedar and we find the same of them true, false and erring; each is the condition of one policy."""
    text = "\n".join(
        f"permit (principal, action, resource) when {{ {one} }};" for one in expressions
    )
    asked = {"principal": 'U::"a"', "action": 'Action::"a"', "resource": 'U::"b"', "context": {}}
    answer = cedarpy.is_authorized(asked, text, "[]")
    true = set(answer.diagnostics.reasons)
    erring = {
        found[1] for e in answer.diagnostics.errors if (found := re.search(r"`(policy\d+)`", e))
    }
    policies = json.loads(cedarpy.policies_to_json_str(text))["staticPolicies"]
    counts = {"true": 0, "false": 0, "errs": 0, "open": 0}
    for at, one in enumerate(expressions):
        id = f"policy{at}"
        expected = "true" if id in true else "errs" if id in erring else "false"
        found = ours(ex.read(policies[id]["conditions"][0]["body"]))
        assert found in (expected, "open"), one
        counts[found] += 1
    return counts


def ours(node: ex.Node) -> str:
    try:
        found = constant(node)
    except Erring:
        return "errs"
    return {TRUE: "true", FALSE: "false"}.get(found, "errs") if found is not None else "open"


TESTS = {
    "ip": """{0} == {1} | {0}.isInRange({1}) | {0}.isIpv4() | {0}.isIpv6() | {0}.isLoopback() |
    {0}.isMulticast()""",
    "decimal": "{0} == {1} | {0}.lessThan({1}) | {0}.greaterThanOrEqual({1}) | {0} < {1}",
    "datetime": """{0} == {1} | {0} < {1} | {0}.durationSince({1}) > duration("1d") |
    {0}.toTime() < duration("1h") | {0}.toDate() == {1}""",
    "duration": """{0} == {1} | {0} <= {1} | {0}.toHours() == {1}.toHours() | {0}.toDays() < 1 |
    {0}.toMinutes() < 0 | datetime("2024-01-01").offset({0}) < datetime("2024-01-01")""",
    "": """{0} == {1} | {0} < {1} | ({0}).contains({1}) | ({0}).containsAll({1}) |
    ({0}).containsAny({1}) | {0} + {1} > 1 | ({0}) * 2 == 4 | {0} - 2 < 0 | -({0}) == 5 |
    ({0}) has a.b | {0} && {1} | !({0}) | ({0}) like "a*" | ({0}) is U | ({0}).isEmpty() |
    if {0} then {1} else true""",
}
VALUES_OF = {
    "ip": called("ip", ADDRESSES),
    "decimal": called("decimal", DECIMALS),
    "datetime": called("datetime", MOMENTS),
    "duration": called("duration", DURATIONS),
    "": OTHERS,
}


@pytest.mark.parametrize("kind", TESTS)
def test_constants_have_the_value_that_cedar_gives_them(kind: str) -> None:
    pairs = list(product(VALUES_OF[kind], repeat=2))
    some = pairs if len(pairs) < 400 else random.Random(1).sample(pairs, 400)
    tests = [test.strip() for test in re.split(r" \|\s", TESTS[kind])] + ["{0} || {1}"]
    counts = agree(list(dict.fromkeys(t.format(*pair) for pair in some for t in tests)))
    assert min(counts["true"], counts["errs"]) > 5, counts


@given(st.text("ab*", max_size=8), st.lists(st.text("ab*", max_size=3), min_size=1, max_size=4))
def test_a_pattern_matches_what_its_texts_and_wildcards_say(text: str, parts: list[str]) -> None:
    pattern = ".*".join(map(re.escape, parts))
    assert like(text, tuple(parts)) is bool(re.fullmatch(pattern, text, re.DOTALL))


VALUES = st.recursive(
    st.one_of(
        st.booleans().map(lambda one: Value("bool", one)),
        st.integers(-3, 3).map(lambda one: Value("long", one)),
        st.integers(-3, 3).map(lambda one: Value("decimal", one)),
        st.integers(-3, 3).map(lambda one: Value("duration", one)),
        st.text("a'\"\\:[]{}, 1\n", max_size=5).map(lambda one: Value("string", one)),
        st.sampled_from(["true", "-1", "decimal(1)", "U::'a'", "[]"]).map(
            lambda one: Value("string", one)
        ),
        st.builds(entity, st.sampled_from(["U", "U::V"]), st.text("a',: U\\", max_size=5)),
    ),
    lambda inner: (
        st.frozensets(inner, max_size=3).map(lambda some: Value("set", some))
        | st.dictionaries(st.text("a':,", max_size=2), inner, max_size=2).map(record)
    ),
    max_leaves=5,
)


@given(VALUES, VALUES)
def test_different_values_are_written_differently_and_as_a_text_can_hold(
    one: Value, other: Value
) -> None:
    assert (written(one) == written(other)) is (one == other)
    assert '"' not in written(one) and "\n" not in written(one)
