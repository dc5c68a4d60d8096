"""Rules that every engine of the comparison can state, and requests about them.

A rule allows or denies an act to an office (and to what is it), from a clearance upward, for one kind of matter or any,
in one compartment or any, and perhaps only where a flag is set. A denial prevails.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from writ.book import model
from writ.book.hierarchy import closure
from writ.book.terms import Attr, Compare, Const, Holds, Type
from writ.engine.request import Request
from writ.syntax.tree import Actor, Bearer

LEVELS = ("unclassified", "restricted", "confidential", "secret", "top-secret")
KINDS = tuple(f"kind-{n}" for n in range(8))
COMPARTMENTS = tuple(f"compartment-{n}" for n in range(100))
FLAGS = ("urgent", "approved", "cross-border")
YES_NO, LEVEL = Type("yes-no"), Type("levels", "level")
KIND, COMPARTMENT = Type("kind", "kind"), Type("kind", "compartment")
HERE = model.Place("bench.md", 0)
TODAY = dt.date(2025, 3, 1)


@dataclass(frozen=True)
class Rule:
    """One rule. Empty strings are no restriction."""

    name: str
    allow: bool
    office: str
    act: str
    level: int
    kind: str
    compartment: str
    flag: str


@dataclass(frozen=True)
class Rules:
    """The rules with the hierarchy of offices (each with the offices it is, directly)."""

    parents: dict[str, tuple[str, ...]]
    acts: tuple[str, ...]
    rules: tuple[Rule, ...]

    def above(self, office: str) -> frozenset[str]:
        return frozenset((office,)).union(*(self.above(up) for up in self.parents[office]))


def make(norms: int, skewed: bool = False, seed: int = 7) -> Rules:
    """So many rules; if skewed, half of them on one act, told apart by kind and compartment."""
    rng = random.Random(seed)
    parents: dict[str, tuple[str, ...]] = {f"office-{n}": () for n in range(8)}
    for n in range(8, 64):
        parents[f"office-{n}"] = (f"office-{(n - 8) // 3}",)
    acts = tuple(f"act-{n}" for n in range(max(2, norms // 40)))
    rules = []
    for at in range(norms):
        hot = skewed and at % 2 == 0
        rules.append(
            Rule(
                f"rule-{at}",
                rng.random() < 0.8,
                f"office-{rng.randrange(8 if hot else 64)}",
                acts[0] if hot else rng.choice(acts),
                rng.randrange(5),
                rng.choice(KINDS) if hot or rng.random() < 0.5 else "",
                rng.choice(COMPARTMENTS) if hot else "",
                rng.choice(FLAGS) if rng.random() < 0.5 else "",
            )
        )
    return Rules(parents, acts, tuple(rules))


def book_of(made: Rules) -> model.Book:
    """The rules as a book: powers of a regulation, prohibitions of a statute."""
    actor_up, actor_down = closure(made.parents, model.ANYONE)
    act_up, act_down = closure(dict.fromkeys(made.acts, ()))
    types = {"kind": KIND, "compartment": COMPARTMENT, "clearance": LEVEL, "amount": Type("number")}
    types |= dict.fromkeys(FLAGS, YES_NO)
    vocabulary = model.Vocabulary(
        kinds={
            "level": kind_def("level", LEVELS, True),
            "kind": kind_def("kind", KINDS),
            "compartment": kind_def("compartment", COMPARTMENTS),
        },
        actors={
            name: model.ActorDef(name, "office", "", HERE, up) for name, up in made.parents.items()
        },
        acts={name: model.ActDef(name, "", HERE) for name in made.acts},
        things={},
        states={},
        events={},
        attributes={
            slot: model.AttributeDef(slot, "", slot, kind, "", HERE) for slot, kind in types.items()
        },
        calendars={},
        actor_up=actor_up,
        act_up=act_up,
        thing_up={},
        actor_down=actor_down,
        act_down=act_down,
        thing_down={},
    )
    instruments = {
        "statute": model.Instrument("statute", "", "statute", 2, "S", "s. {}", HERE, top=True),
        "regulation": model.Instrument("regulation", "", "regulation", 3, "R", "r. {}", HERE),
    }
    norms = tuple(norm_of(rule) for rule in made.rules)
    return model.Book("b", "", model.DEFAULT_RANKS, "", vocabulary, instruments, norms, (), {})


def kind_def(name: str, values: tuple[str, ...], ordered: bool = False) -> model.KindDef:
    return model.KindDef(name, "", tuple(model.ValueDef(v, "") for v in values), ordered, HERE)


def norm_of(rule: Rule) -> model.Norm:
    when: list[Any] = []
    if rule.kind:
        when.append(Compare("is", Attr("fact", "", "kind", KIND), Const(rule.kind, KIND), KIND))
    if rule.compartment:
        path = Attr("fact", "", "compartment", COMPARTMENT)
        when.append(Compare("is", path, Const(rule.compartment, COMPARTMENT), COMPARTMENT))
    clearance = Attr("fact", "", "clearance", LEVEL)
    when.append(Compare("at least", clearance, Const(LEVELS[rule.level], LEVEL), LEVEL))
    if rule.flag:
        when.append(Holds(Attr("fact", "", rule.flag, YES_NO)))
    home, rank = ("regulation", 3) if rule.allow else ("statute", 2)
    return model.Norm(
        f"{home}/{rule.name}",
        "power" if rule.allow else "prohibition",
        home,
        rule.name,
        f"{home[0]}. {rule.name}",
        "",
        rank,
        HERE,
        HERE,
        Bearer("any", (Actor(rule.office),)),
        rule.act,
        start=dt.date(2020, 1, 1),
        enacted=dt.date(2020, 1, 1),
        when=tuple(when),
    )


def ask(made: Rules, count: int, seed: int = 11) -> list[Request]:
    """Requests of seven facts each. Four in five are about the matter of some rule, one in five is about anything."""
    rng = random.Random(seed)
    offices = list(made.parents)
    below = {office: [o for o in offices if office in made.above(o)] for office in offices}
    found = []
    for _ in range(count):
        rule = rng.choice(made.rules)
        aimed = rng.random() < 0.8
        facts: dict[str, Any] = {
            "kind": (aimed and rule.kind) or rng.choice(KINDS),
            "compartment": (aimed and rule.compartment) or rng.choice(COMPARTMENTS),
            "clearance": LEVELS[rng.randrange(rule.level if aimed else 0, 5)],
            "amount": rng.randrange(1000),
            **{flag: (aimed and flag == rule.flag) or rng.random() < 0.5 for flag in FLAGS},
        }
        office = rng.choice(below[rule.office] if aimed else offices)
        found.append(Request(office, rule.act if aimed else rng.choice(made.acts), TODAY, facts))
    return found
