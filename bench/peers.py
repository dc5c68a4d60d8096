"""The rules of `bench.rules` in the languages of other engines, each as its own manual would have them written."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from bench.rules import FLAGS, LEVELS, Rule, Rules
from writ.engine.request import Request


def level_of(request: Request) -> int:
    return LEVELS.index(str(request.facts["clearance"]))


class Cedar:
    """cedarpy with parsed handles: all policies in one set."""

    name = "cedarpy"
    package = "cedarpy"

    def __init__(self, made: Rules) -> None:
        import cedarpy

        self.cedar = cedarpy
        self.made = made
        self.entities = cedarpy.Entities.from_json_str(
            json.dumps(
                [
                    {
                        "uid": {"type": "Office", "id": name},
                        "attrs": {},
                        "parents": [{"type": "Office", "id": up} for up in parents],
                    }
                    for name, parents in made.parents.items()
                ]
            )
        )
        self.load()

    def load(self) -> None:
        self.policies = self.cedar.PolicySet.from_str("\n".join(map(policy, self.made.rules)))

    def policies_for(self, request: Request) -> Any:
        return self.policies

    def allowed(self, request: Request) -> bool:
        question = {
            "principal": f'Office::"{request.actor}"',
            "action": f'Action::"{request.act}"',
            "resource": 'Matter::"any"',
            "context": {**request.facts, "clearance": level_of(request)},
        }
        return bool(
            self.cedar.is_authorized(question, self.policies_for(request), self.entities).allowed
        )


def policy(rule: Rule) -> str:
    """One rule as a Cedar policy."""
    tests = [f"context.clearance >= {rule.level}"]
    if rule.kind:
        tests.append(f'context.kind == "{rule.kind}"')
    if rule.compartment:
        tests.append(f'context.compartment == "{rule.compartment}"')
    if rule.flag:
        tests.append(f'context["{rule.flag}"]')
    return (
        f'{"permit" if rule.allow else "forbid"}(principal in Office::"{rule.office}", '
        f'action == Action::"{rule.act}", resource) when {{ {" && ".join(tests)} }};'
    )


class SlicedCedar(Cedar):
    """cedarpy asked only about the policies that name the act and what the actor is: our index, their evaluation."""

    name = "cedarpy, sliced by our index"

    def load(self) -> None:
        self.by_key: dict[tuple[str, str], list[Rule]] = {}
        for rule in self.made.rules:
            self.by_key.setdefault((rule.act, rule.office), []).append(rule)
        self.slices: dict[tuple[str, str], Any] = {}

    def policies_for(self, request: Request) -> Any:
        key = (request.act, request.actor)
        if key not in self.slices:
            above = sorted(self.made.above(request.actor))
            rules = [
                rule for office in above for rule in self.by_key.get((request.act, office), ())
            ]
            self.slices[key] = self.cedar.PolicySet.from_str("\n".join(map(policy, rules)))
        return self.slices[key]


CASBIN_MODEL = """
[request_definition]
r = sub, act, level, kind, compartment, flags

[policy_definition]
p = sub, act, level, kind, compartment, flag, eft

[role_definition]
g = _, _

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = r.act == p.act && g(r.sub, p.sub) && r.level >= p.level && (p.kind == "" || r.kind == p.kind) \
&& (p.compartment == "" || r.compartment == p.compartment) && (p.flag == "" || p.flag in r.flags)
"""


class Casbin:
    """casbin's FastEnforcer, with its index on the act."""

    name = "casbin FastEnforcer"
    package = "casbin"

    def __init__(self, made: Rules) -> None:
        import logging

        import casbin
        from casbin.model import FastModel

        logging.getLogger("casbin").setLevel(logging.CRITICAL)
        model = FastModel([1])
        model.load_model_from_text(CASBIN_MODEL)
        self.enforcer = casbin.FastEnforcer(model, cache_key_order=[1])
        self.enforcer.add_policies(
            [
                [
                    rule.office,
                    rule.act,
                    str(rule.level),
                    rule.kind,
                    rule.compartment,
                    rule.flag,
                    "allow" if rule.allow else "deny",
                ]
                for rule in made.rules
            ]
        )
        self.enforcer.add_grouping_policies(
            [[name, up] for name, parents in made.parents.items() for up in parents]
        )

    def allowed(self, request: Request) -> bool:
        facts = request.facts
        flags = [flag for flag in FLAGS if facts[flag]]
        # Its policies are text; levels of one digit compare as text does.
        return bool(
            self.enforcer.enforce(
                request.actor,
                request.act,
                str(level_of(request)),
                facts["kind"],
                facts["compartment"],
                flags,
            )
        )


REGO = """
package bench

default allow := false

hit(rule) if {
  input.clearance >= rule.level
  rule.kind in {"", input.kind}
  rule.compartment in {"", input.compartment}
  rule.flag in input.flags
}

allowing if { some office in input.offices; some rule in data.rules[input.act][office].allow; hit(rule) }
denying if { some office in input.offices; some rule in data.rules[input.act][office].deny; hit(rule) }
allow if { allowing; not denying }
"""


class Rego:
    """regopy, a compiled bundle; the rules are data by act and office."""

    name = "regopy"
    package = "regopy"

    def __init__(self, made: Rules) -> None:
        import regopy

        self.made = made
        rules: dict[str, Any] = {}
        for rule in made.rules:
            of_office = rules.setdefault(rule.act, {}).setdefault(
                rule.office, {"allow": [], "deny": []}
            )
            of_office["allow" if rule.allow else "deny"].append(
                {
                    "level": rule.level,
                    "kind": rule.kind,
                    "compartment": rule.compartment,
                    "flag": rule.flag,
                }
            )
        builder = regopy.Interpreter()
        builder.add_data({"rules": rules})
        builder.add_module("bench.rego", REGO)
        self.bundle = builder.build("x=data.bench.allow", ["bench/allow"])
        self.rego = regopy.Interpreter()

    def allowed(self, request: Request) -> bool:
        facts = request.facts
        self.rego.set_input(
            {
                "act": request.act,
                "offices": sorted(self.made.above(request.actor)),
                "clearance": level_of(request),
                "kind": facts["kind"],
                "compartment": facts["compartment"],
                "flags": ["", *(flag for flag in FLAGS if facts[flag])],
            }
        )
        found = json.loads(str(self.rego.query_bundle_entrypoint(self.bundle, "bench/allow")))
        return found["expressions"][0] is True


class Vakt:
    """vakt with its memory storage, which looks at every policy."""

    name = "vakt"
    package = "vakt"

    def __init__(self, made: Rules) -> None:
        import logging

        import vakt
        from vakt import rules as is_

        logging.getLogger("vakt").setLevel(logging.CRITICAL)
        logging.getLogger("vakt.guard").setLevel(logging.CRITICAL)
        self.vakt = vakt
        below = {
            office: [name for name in made.parents if office in made.above(name)]
            for office in made.parents
        }
        storage = vakt.MemoryStorage()
        for rule in made.rules:
            context = {"clearance": is_.GreaterOrEqual(rule.level)}
            if rule.kind:
                context["kind"] = is_.Eq(rule.kind)
            if rule.compartment:
                context["compartment"] = is_.Eq(rule.compartment)
            if rule.flag:
                context[rule.flag] = is_.Eq(True)
            storage.add(
                vakt.Policy(
                    rule.name,
                    subjects=[is_.In(*below[rule.office])],
                    actions=[is_.Eq(rule.act)],
                    resources=[is_.Any()],
                    context=context,
                    effect=vakt.ALLOW_ACCESS if rule.allow else vakt.DENY_ACCESS,
                )
            )
        self.guard = vakt.Guard(storage, vakt.RulesChecker())

    def allowed(self, request: Request) -> bool:
        return bool(
            self.guard.is_allowed(
                self.vakt.Inquiry(
                    subject=request.actor,
                    action=request.act,
                    resource="any",
                    context={**request.facts, "clearance": level_of(request)},
                )
            )
        )


PEERS = (SlicedCedar, Cedar, Casbin, Rego, Vakt)


def version_of(peer: type) -> str:
    return version(peer.package)  # type: ignore[attr-defined]
