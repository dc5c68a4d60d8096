"""The words of an imported book: principals and resources by type, actions with their hierarchy, facts, constants."""

from __future__ import annotations

from writ.formats.cedar.entities import Entities, Uid
from writ.formats.cedar.facts import TYPES, Fact, Facts
from writ.formats.cedar.names import WORDS, Pool, name_of, words
from writ.formats.cedar.policies import Policy
from writ.formats.cedar.values import Value, written

PRINCIPAL, RESOURCE, ANY_ACT = "principal", "resource", "take-action"


class Types:
    """Entity types that the heads of policies name, as persons or as things."""

    def __init__(self, pool: Pool, root: str) -> None:
        self._pool = pool
        self.root = root
        self.names: dict[str, str] = {}

    def name(self, type_name: str) -> str:
        """The name of a type, declared where it is new; the root for none."""
        if not type_name:
            return self.root
        if type_name not in self.names:
            wanted = name_of([type_name.rpartition("::")[2]], self.root)
            self.names[type_name] = self._pool.take(wanted)
        return self.names[type_name]


class Acts:
    """The actions that the policies name, and those of the entities that are beneath them.

    An act of the book is one action alone: `action == A` does not cover what is beneath A. What `in` covers is an act
    of its own, and each action covered `is` that act.
    """

    def __init__(self, pool: Pool, policies: list[Policy], entities: Entities) -> None:
        self._up = entities.up
        self.named = {one.of for policy in policies for one in policy.action.entities}
        """The actions that the policies name."""
        beneath = [uid for uid in sorted(entities) if not self.named.isdisjoint(entities.up(uid))]
        self.above: dict[Uid, frozenset[Uid]] = {
            uid: frozenset(self.named & entities.up(uid)) - {uid}
            for uid in (*sorted(self.named), *beneath)
        }
        """For each action, the actions named by policies that it is beneath."""
        self.names = {uid: pool.take(name_of([uid[1]], "action")) for uid in self.above}
        self.groups: dict[frozenset[Uid], str] = {}
        for policy in policies:
            members = frozenset(one.of for one in policy.action.entities)
            if policy.action.op != "in" or members in self.groups:
                continue
            if len(self._covered(members)) > 1:
                self.groups[members] = pool.take(_name_of_all(members, policy.id))

    def _covered(self, members: frozenset[Uid]) -> list[Uid]:
        return [uid for uid, above in self.above.items() if members & (above | {uid})]

    def name(self, policy: Policy) -> str:
        """The act of a policy; empty where its list of actions is."""
        if policy.action.op == "All":
            return ANY_ACT
        members = frozenset(one.of for one in policy.action.entities)
        if policy.action.op == "in" and members in self.groups:
            return self.groups[members]
        return self.names[min(members)] if members else ""

    def parents(self, uid: Uid) -> list[str]:
        """The acts that an action is, besides itself."""
        up = self.above[uid] | {uid}
        return [name for members, name in self.groups.items() if members & up] or [ANY_ACT]


def _name_of_all(members: frozenset[Uid], policy: str) -> str:
    """`comment-or-view`, where that is short; what is beneath one action is its `actions`."""
    ids = [id for _, id in sorted(members)]
    if len(ids) == 1:
        return name_of([*ids, "actions"], "action")
    short = sum(len(words(id)) for id in ids) + len(ids) - 1 <= WORDS
    return name_of([" or ".join(ids)] if short else [policy, "actions"], "action")


def terms(facts: Facts, acts: Acts, principals: Types, resources: Types) -> str:
    """The declarations, as the statements of a block."""
    known = list(facts.known.values())
    parts = [
        *_kind("entity", "entities that the policies name", facts.entities),
        *_kind("value", "values that the policies look for in sets", facts.values),
        ['person principal "who asks: Cedar\'s principal"'],
        *([f'person {one} "{said(of)}"', "  is principal"] for of, one in principals.names.items()),
        ['thing resource "Cedar\'s resource"', *_attributes(known, "resource")],
        *([f'thing {one} "{said(of)}"', "  is resource"] for of, one in resources.names.items()),
    ]
    mine = _attributes(known, "actor")
    parts += [["actor", *mine]] if mine else []
    parts += [[f"fact {_attribute(one)}"] for one in known if not one.owner]
    parts.append(_act(ANY_ACT, "any action", []))
    for members, name in acts.groups.items():
        listed = ", ".join(sorted(written(Value("entity", one)) for one in members))
        parts.append(_act(name, f"what is in {listed}", [ANY_ACT]))
    for uid, name in acts.names.items():
        parts.append(_act(name, written(Value("entity", uid)), acts.parents(uid)))
    return "\n\n".join("\n".join(part) for part in parts)


def _kind(name: str, description: str, of: dict[Value, str]) -> list[list[str]]:
    if not of:
        return []
    values = [f'  {one} "{said(written(value))}"' for value, one in of.items()]
    return [[f'kind {name} "{description}"', *values]]


def _act(name: str, description: str, parents: list[str]) -> list[str]:
    above = [f"  is {', '.join(parents)}"] if parents else []
    return [f'act {name} "{said(description)}"', *above, "  on resource", "  reserved"]


def _attributes(known: list[Fact], owner: str) -> list[str]:
    return [f"  {_attribute(one)}" for one in known if one.owner == owner]


def _attribute(fact: Fact) -> str:
    base = {"set": "set of value", "up": "set of entity"}.get(fact.reading)
    return f'{fact.name}: {base or TYPES[fact.reading]} "{said(fact.describe())}"'


def said(text: str, longest: int = 200) -> str:
    """A text as a description: what a text of our language cannot hold is left out."""
    kept = " ".join("".join(c if c.isprintable() and c != '"' else " " for c in text).split())
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"
