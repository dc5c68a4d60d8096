"""The acts of `bench.happenings` put to cedarpy: the grants and bars of the book, as far as they hang on facts alone.

Cedar has no history. Of the conditions it gets comparisons of facts with constants; what speaks of states, of acts done
before, of days and of delegations is left out, and so are limits, duties, effects and lapses. So its answers are not
ours, and only the time of an answer can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import cedarpy

from writ.book.model import BARS, GRANTS, Book, Norm
from writ.book.terms import Attr, Compare, Condition, Const, Holds
from writ.journal.entry import Entry, Kind

SIGNS = {"is": "==", "at least": ">=", "at most": "<=", "above": ">", "below": "<"}


class Cedar:
    """cedarpy with parsed handles; with `sliced` only the policies on the act that is asked about."""

    def __init__(self, book: Book, sliced: bool) -> None:
        self.book = book
        self.sliced = sliced
        vocabulary = book.vocabulary
        self.levels = {
            value: at
            for kind in vocabulary.kinds.values()
            if kind.ordered
            for at, value in enumerate(kind.order)
        }
        norms = [n for n in book.norms if n.act and n.kind in GRANTS | BARS and not n.omission]
        self.all = self.policies(norms)
        self.of_act = {
            act: self.policies(n for n in norms if n.act in vocabulary.act_up[act])
            for act in vocabulary.acts
        }
        self.entities = cedarpy.Entities.from_json_str(
            json.dumps(
                [
                    {
                        "uid": {"type": "Office", "id": name},
                        "attrs": {},
                        "parents": [{"type": "Office", "id": up} for up in ups if up != name],
                    }
                    for name, ups in vocabulary.actor_up.items()
                ]
            )
        )

    def policies(self, norms: Iterable[Norm]) -> Any:
        return cedarpy.PolicySet.from_str(
            "\n".join(policy for norm in norms for policy in self.policy(norm))
        )

    def policy(self, norm: Norm) -> Iterable[str]:
        effect = "forbid" if norm.kind in BARS else "permit"
        tests = [test for one in norm.when if (test := self.test(one))]
        actors = [f'principal in Office::"{actor.name}"' for actor in norm.bearer.actors]
        for actor in actors or ["principal"]:
            yield (
                f'{effect}({actor}, action == Action::"{norm.act}", resource) '
                f"when {{ {' && '.join(tests) or 'true'} }};"
            )

    def test(self, condition: Condition) -> str:
        match condition:
            case Compare(left=Attr(space="fact") as path, right=Const(value=value), op=op) if (
                op in SIGNS and isinstance(value, str | int)
            ):
                slot = f'context["{path.name}"]'
                told = self.levels.get(value) if path.type.base == "levels" else value
                return f'context has "{path.name}" && {slot} {SIGNS[op]} {json.dumps(told)}'
            case Holds(path=Attr(space="fact") as path):
                return f'context has "{path.name}" && context["{path.name}"]'
        return ""

    def allowed(self, entry: Entry, facts: dict[str, Any]) -> bool:
        question = {
            "principal": f'Office::"{entry.actor}"',
            "action": f'Action::"{entry.name}"',
            "resource": f'Thing::"{entry.about}"',
            "context": {
                slot: self.levels.get(value, value) if isinstance(value, str) else value
                for slot, value in facts.items()
                if isinstance(value, str | int)
            },
        }
        policies = self.of_act[entry.name] if self.sliced else self.all
        return bool(cedarpy.is_authorized(question, policies, self.entities).allowed)


def questions(entries: Iterable[Entry]) -> list[tuple[Entry, dict[str, Any]]]:
    """The acts with the facts that stand for them: for the peer they are worked out beforehand, and not counted."""
    standing: dict[str, dict[str, Any]] = {}
    found = []
    for entry in entries:
        if entry.kind is Kind.FACT:
            standing.setdefault(entry.about, {}).update(entry.facts)
        elif entry.kind is Kind.ACT:
            known = standing.get(entry.about, {}) if entry.about else {}
            found.append((entry, {**standing.get("", {}), **known, **entry.facts}))
    return found
