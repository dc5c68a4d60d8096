"""Policies, entities and requests drawn at random: the imported book answers as Cedar does, policy for policy.

Attributes are missing or of a wrong type often enough that many policies err: those must not apply.
"""

from __future__ import annotations

import json
import random
from typing import Any

import cedarpy
import pytest

from writ.engine import Engine, reference
from writ.formats.cedar.bring import bring
from writ.formats.cedar.entities import read_entities

TYPES = ("User", "Group", "Photo", "Album")
ACTIONS = ("view", "edit", "share", "manage")
ROOTS = ("principal", "resource", "context", "action", 'User::"u1"', "principal.boss")
ATTRIBUTES = {
    "name": "string",
    "age": "long",
    "admin": "bool",
    "boss": "entity",
    "tags": "set",
    "groups": "entities",
    "since": "datetime",
    "score": "decimal",
    "address": "ip",
    "ttl": "duration",
    "info": "record",
}
VALUES = {
    "string": ['"a"', '"b"', '"a*b"', '""', "\"User::'u1'\"", '"5"'],
    "long": ["0", "1", "5", "-5", "9223372036854775807"],
    "bool": ["true", "false"],
    "entity": ['User::"u1"', 'Group::"g1"', 'Photo::"p1"', 'Group::"none"'],
    "set": ["[]", '["a"]', '["a","b"]', "[1,true]", '[["a"]]'],
    "entities": ['[User::"u1"]', '[Group::"g1",Group::"g2"]', '[User::"u1","a"]'],
    "datetime": ['datetime("2024-01-01")', 'datetime("2024-06-01T12:00:00Z")'],
    "decimal": ['decimal("0.5")', 'decimal("-1.25")', 'decimal("0.50")'],
    "ip": ['ip("10.0.0.1")', 'ip("10.0.0.0/8")', 'ip("127.0.0.1")', 'ip("::1")'],
    "duration": ['duration("1h")', 'duration("-1d")', 'duration("60m")'],
    "record": ["{level: 1}", '{level: 5, name: "a"}', "{}"],
}
PATTERNS = ['"a*"', '"*b"', r'"a\*b"', '"*"']
SIMPLE = {
    "string": ["a", "b", "a*b", "", "User::'u1'", "5"],
    "long": [0, 1, 5, -5, 9223372036854775807],
    "bool": [True, False],
    "set": [[], ["a"], ["a", "b"], [1, True], [["a"]]],
    "record": [{"level": 1}, {"level": 5, "name": "a"}, {}],
}


class Drawn(random.Random):
    """A source of policy sets, entities and requests; the same seed gives the same ones."""

    def often(self, share: float) -> bool:
        return self.random() < share

    # --- policies

    def path(self, kind: str) -> str:
        """A path that should lead to a value of a kind."""
        root = self.choice(ROOTS)
        if kind == "entity" and self.often(0.5):
            return self.choice(("principal", "resource", 'User::"u1"', "principal.boss"))
        if kind == "long" and self.often(0.2):
            return f"{root}.info.level"
        if kind == "string" and self.often(0.2):
            return f'{root}.getTag("team")'
        wanted = kind if self.often(0.93) else self.choice(list(VALUES))
        return f"{root}.{self.choice([n for n, k in ATTRIBUTES.items() if k == wanted])}"

    def value(self, kind: str) -> str:
        return self.choice(VALUES[kind])

    def operand(self, kind: str) -> str:
        if self.often(0.05):
            return f"(if {self.inner()} then {self.path(kind)} else {self.value(kind)})"
        return self.path(kind) if self.often(0.65) else self.value(kind)

    def inner(self) -> str:
        """A condition inside an operand, where another would have no end."""
        one, other = self.path("bool"), f"{self.path('long')} < {self.value('long')}"
        return self.choice((one, other, f"{one} && {other}", f"!({one})", f"{one} || {other}"))

    def condition(self, depth: int) -> str:
        if depth > 0 and self.often(0.75):
            one, other = self.condition(depth - 1), self.condition(depth - 1)
            return self.choice(
                (
                    f"({one} && {other})",
                    f"({one} && {other} && {self.condition(0)})",
                    f"({one} || {other})",
                    f"!({one})",
                    f"(if {one} then {other} else {self.condition(0)})",
                )
            )
        return f"({self.test()})"

    def test(self) -> str:
        kind = self.choice(list(VALUES))
        one, other = self.operand(kind), self.operand(kind)
        order = self.choice(("<", "<=", ">", ">="))
        pick = [
            f"{one} {self.choice(('==', '!='))} {other}",
            self.path("bool"),
            f"{self.operand('long')} {order} {self.operand('long')}",
            f"{self.operand('datetime')} {order} {self.operand('datetime')}",
            f"{self.path('datetime')}.offset({self.operand('duration')}) {order} {other}",
            f"{self.path('datetime')}.toTime() {order} {self.value('duration')}",
            f"{self.operand('entity')} in {self.operand('entity')}",
            f"{self.operand('entity')} in {self.operand('entities')}",
            f"{self.operand('entity')} in [{self.value('entity')}, {self.value('entity')}]",
            f"{self.path('entity')} is {self.choice(TYPES)}",
            f"{self.choice(ROOTS)} has {self.choice(list(ATTRIBUTES))}",
            f"{self.choice(ROOTS)} has info.level",
            f"{self.path('entity')}.hasTag({self.choice((self.value('string'), one))})",
            f"{self.path('string')} like {self.choice(PATTERNS)}",
            f"{self.operand('set')}.contains({self.operand('string')})",
            f"{self.operand('entities')}.contains({self.operand('entity')})",
            f"{self.operand('set')}.containsAll({self.operand('set')})",
            f"{self.operand('set')}.containsAny({self.operand('set')})",
            f"{self.path('set')}.isEmpty()",
            f"{self.path('ip')}.isInRange({self.value('ip')})",
            f"{self.path('ip')}.{self.choice(('isLoopback', 'isIpv4'))}()",
            f"{self.path('decimal')}.lessThan({self.operand('decimal')})",
            f"({self.inner()}) == {self.choice(('true', f'({self.inner()})'))}",
            f"{{level: {self.operand('long')}}} == {self.path('record')}",
            f"action == Action::{json.dumps(self.choice(ACTIONS))}",
            f"action in [Action::{json.dumps(self.choice(ACTIONS))}]",
        ]
        return self.choice(pick)

    def head(self, name: str) -> str:
        of = self.value("entity")
        forms = [name] * 4 + [f"{name} == {of}", f"{name} in {of}", f"{name} is User"]
        return self.choice([*forms, f"{name} is Photo in {of}"])

    def action(self) -> str:
        names = [f"Action::{json.dumps(a)}" for a in self.sample(ACTIONS, self.randint(0, 3))]
        one = f"Action::{json.dumps(self.choice(ACTIONS))}"
        listed = f"action in [{', '.join(names)}]"
        return self.choice(("action", "action", f"action == {one}", f"action in {one}", listed))

    def policy(self) -> str:
        effect = self.choice(("permit", "permit", "forbid"))
        said = [f"{effect} ({self.head('principal')}, {self.action()}, {self.head('resource')})"]
        for _ in range(self.choice((0, 1, 1, 1, 2))):
            word = self.choice(("when", "when", "unless"))
            said.append(f"{word} {{ {self.condition(self.randint(0, 2))} }}")
        return " ".join(said) + ";"

    # --- entities and requests

    def given(self, kind: str) -> Any:
        if kind in SIMPLE:
            return self.choice(SIMPLE[kind])
        if kind == "entity":
            return {"__entity": self.uid()}
        if kind == "entities":
            return [{"__entity": self.uid()} for _ in range(self.randint(0, 2))]
        function, _, rest = self.value(kind).partition("(")
        return {"__extn": {"fn": function, "arg": rest.strip('")')}}

    def attributes(self) -> dict[str, Any]:
        return {
            name: self.given(kind if self.often(0.93) else self.choice(list(VALUES)))
            for name, kind in ATTRIBUTES.items()
            if self.often(0.75)
        }

    def uid(self) -> dict[str, str]:
        type_name = self.choice(TYPES)
        return {"type": type_name, "id": f"{type_name[0].lower()}{self.randint(1, 2)}"}

    def entities(self) -> list[dict[str, Any]]:
        found = []
        for rank, type_name in enumerate(("Album", "Group", "Photo", "User")):
            for number in (1, 2):
                if self.often(0.1):
                    continue
                above = ("Album", "Group", "Photo")[:rank]
                parents = [
                    {"type": up, "id": f"{up[0].lower()}{self.randint(1, 2)}"}
                    for up in above
                    if self.often(0.5)
                ]
                found.append(
                    {
                        "uid": {"type": type_name, "id": f"{type_name[0].lower()}{number}"},
                        "attrs": self.attributes(),
                        "parents": parents,
                        "tags": {"team": self.given("string")} if self.often(0.6) else {},
                    }
                )
        for at, name in enumerate(ACTIONS):
            up = [{"type": "Action", "id": a} for a in ACTIONS[at + 1 :] if self.often(0.4)]
            found.append({"uid": {"type": "Action", "id": name}, "attrs": {}, "parents": up})
        return found

    def request(self) -> dict[str, Any]:
        return {
            "principal": self.uid(),
            "action": {"type": "Action", "id": self.choice(ACTIONS)},
            "resource": self.uid(),
            "context": self.attributes(),
        }


def run(seed: int, requests: int = 12) -> dict[str, int]:
    """How often each thing happened; a disagreement fails."""
    drawn = Drawn(seed)
    text = "\n".join(drawn.policy() for _ in range(drawn.randint(1, 6)))
    entities = json.dumps(drawn.entities())
    made, found = bring(text, entities=entities)
    count = {"refused set": 0, "refused request": 0, "allow": 0, "deny": 0, "errors": 0}
    if made is None:
        assert all(one.code == "X103" for one in found), [one.message for one in found]
        return count | {"refused set": 1}
    held, known = cedarpy.Entities.from_json_str(entities), read_entities(entities, "entities")
    policies, engine = cedarpy.PolicySet.from_str(text), Engine(made.book)
    for _ in range(requests):
        asked = drawn.request()
        answer = cedarpy.is_authorized(asked, policies, held)
        request, wrong = made.request(asked, known)
        if request is None:
            assert [one.code for one in wrong] == ["X106"], wrong
            count["refused request"] += 1
            continue
        decision = engine.decide(request)
        deciding = {made.book.by_id[norm].citation for norm in decision.deciding}
        same = (decision.outcome == "permitted") is answer.allowed
        assert same and deciding == set(answer.diagnostics.reasons), (
            f"seed {seed}: {decision.outcome} by {deciding}; Cedar {answer.decision.value} by "
            f"{answer.diagnostics.reasons}\n{text}\n{request}\n{asked}"
        )
        assert reference.decide(made.book, request).outcome is decision.outcome
        count["allow" if answer.allowed else "deny"] += 1
        count["errors"] += bool(answer.diagnostics.errors)
    return count


def total(seeds: range) -> dict[str, int]:
    counts = [run(seed) for seed in seeds]
    return {name: sum(count[name] for count in counts) for name in counts[0]}


def test_drawn_policies_are_decided_as_by_cedar() -> None:
    counts = total(range(200))
    assert counts["allow"] > 150 and counts["deny"] > 500 and counts["errors"] > 300, counts
    handled = counts["allow"] + counts["deny"]
    assert handled > 4 * counts["refused request"], counts


@pytest.mark.parametrize("sign", ["&&", "||"])
@pytest.mark.parametrize("word", ["when", "unless"])
def test_a_long_chain_stops_where_cedar_stops(sign: str, word: str) -> None:
    """Each attribute of 40 in turn is missing, or settles the chain before what is missing is reached."""
    chain = f" {sign} ".join(f"context.a{at}" for at in range(40))
    text = f"permit (principal, action, resource) {word} {{ {chain} }};"
    made, wrong = bring(text)
    assert made is not None, wrong
    policies, engine, answers = cedarpy.PolicySet.from_str(text), Engine(made.book), set()
    one = {"type": "User", "id": "u1"}
    asked = {"principal": one, "action": {"type": "Action", "id": "view"}, "resource": one}
    for missing in range(40):
        for settling in (None, missing - 1, missing + 1):
            context = {f"a{at}": (sign == "&&") is (at != settling) for at in range(40)}
            del context[f"a{missing}"]
            answer = cedarpy.is_authorized({**asked, "context": context}, policies, "[]")
            request, wrong = made.request({**asked, "context": context})
            assert request is not None, wrong
            assert (engine.decide(request).outcome == "permitted") is answer.allowed
            answers.add((answer.allowed, bool(answer.diagnostics.errors)))
    assert (False, True) in answers and len(answers) == 2


@pytest.mark.soak
def test_drawn_policies_are_decided_as_by_cedar_at_length() -> None:
    counts = total(range(1_000, 9_000))
    assert counts["allow"] > 5_000, counts
