"""Obligations and advice: acts of the enforcement point, which a duty commands or a permission allows."""

from __future__ import annotations

from dataclasses import dataclass, field

from writ.formats.xacml.attributes import THINGS, Attributes, Names, slug
from writ.formats.xacml.formula import ALWAYS, All, Formula, Not, Truth, written
from writ.formats.xacml.functions import Value
from writ.formats.xacml.policy import Charge, Effect
from writ.formats.xacml.terms import ACCESS, POINT, REFUSAL
from writ.formats.xacml.types import DataType
from writ.formats.xacml.values import Bag, Designated, Scalar


@dataclass
class Performance:
    """The act that an obligation or advice asks for, with the attributes that it must have."""

    name: str
    identifier: str
    attributes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By the identifier of what is assigned: name and type."""


class Charges:
    """The acts of all obligations and advice of a book; one act for each identifier."""

    def __init__(self, names: Names, attributes: Attributes) -> None:
        self.names = names
        self.attributes = attributes
        self.acts: dict[tuple[str, bool], Performance] = {}

    def act(self, charge: Charge) -> Performance:
        """The act, with the attributes of this charge added."""
        key = (charge.identifier, charge.advice)
        known = self.acts.get(key)
        if known is None:
            name = slug(charge.identifier, "charge")
            # A word alone could be one of the language.
            name = name if "-" in name else f"{name}-{'advice' if charge.advice else 'obligation'}"
            known = self.acts[key] = Performance(self.names.take(name), charge.identifier)
        for identifier, value in charge.assigned:
            kind = _type(charge, value)
            given = known.attributes.get(identifier)
            if given is None:
                name = slug(identifier, "assigned")
                taken = {one for one, _ in known.attributes.values()}
                number, free = 2, name
                while free in taken:
                    number, free = number + 1, f"{name}-{number}"
                known.attributes[identifier] = (free, kind)
            elif given[1] != kind:
                raise charge.element.refuse(
                    "X304",
                    f"`{identifier}` is assigned in two ways, as one value and as several",
                )
        if len({identifier for identifier, _ in charge.assigned}) < len(charge.assigned):
            raise charge.element.refuse(
                "X304",
                "assigning one attribute twice has no counterpart: an act has one value of each",
            )
        return known

    def declared(self) -> list[str]:
        """The declarations of the acts."""
        found: list[str] = []
        for act in self.acts.values():
            lines = [f'act {act.name} "{act.identifier}"', "  reserved"]
            lines += [
                f'  {name}: {kind} "{assigned}"'
                for assigned, (name, kind) in act.attributes.items()
            ]
            found.append("\n".join(lines))
        return found

    def norm(self, charge: Charge, act: Performance, label: str, condition: Formula) -> str:
        """The duty of an obligation; of advice, the permission."""
        trigger = ACCESS if charge.effect is Effect.PERMIT else REFUSAL
        manner = [_manner(f"{act.name}.{act.attributes[to][0]}", v) for to, v in charge.assigned]
        lines = (
            [f"permission {label}", f"  {POINT} may {act.name}", f"  after {trigger}"]
            if charge.advice
            else [f"duty {label}", f"  {POINT} must {act.name}", f"  on {trigger}"]
        )
        lines += clauses(condition)
        lines += [f"  {'with' if charge.advice else 'so that'} {said}" for said in manner if said]
        return "\n".join(lines)


def clauses(condition: Formula) -> list[str]:
    """A condition as clauses, one to each of its parts."""
    if condition == ALWAYS:
        return []
    items = condition.items if isinstance(condition, All) else (condition,)
    return [
        f"  unless {written(item.of)}" if isinstance(item, Not) else f"  when {written(item)}"
        for item in items
    ]


def _type(charge: Charge, value: Value) -> str:
    if isinstance(value, Scalar):
        return value.type.base
    if isinstance(value, Designated):
        return f"list of {THINGS[value.type.base]}"
    if isinstance(value, Truth):
        return "yes-no"
    what = "a bag that is put together" if isinstance(value, Bag) else "the truth of a condition"
    raise charge.element.refuse("X304", f"assigning {what} has no counterpart")


def _manner(path: str, value: Value) -> str:
    """That the attribute has what is assigned to it."""
    if isinstance(value, Truth):
        return path if value.value else f"not {path}"
    if isinstance(value, Designated):
        there = f"some w in {value.name} satisfies ({_same(value.type)})"
        here = f"some w in {path} satisfies ({_same(value.type)})"
        return (
            f"(every v in {path} satisfies ({there}))"
            f" and (every v in {value.name} satisfies ({here}))"
        )
    assert isinstance(value, Scalar)
    return f"{path} is {value.text}"


def _same(kind: DataType) -> str:
    if kind.base == "yes-no":
        return "(v.value and w.value) or (not v.value and not w.value)"
    return "v.value is w.value"
