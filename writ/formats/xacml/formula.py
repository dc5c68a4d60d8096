"""Conditions as they are put together before they are written: three-valued, with what would make them certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


class Formula:
    """A condition."""


@dataclass(frozen=True)
class Truth(Formula):
    """Always, or never."""

    value: bool


@dataclass(frozen=True)
class Guard:
    """What must be the case for something to be known: never unknown itself. `asked` is true then, else unknown."""

    text: str
    asked: str


@dataclass(frozen=True)
class Atom(Formula):
    """A simple condition in the words of the language. It is unknown unless each of its `guards` is true."""

    text: str
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True)
class Not(Formula):
    of: Formula


@dataclass(frozen=True)
class All(Formula):
    items: tuple[Formula, ...]


@dataclass(frozen=True)
class AnyOf(Formula):
    items: tuple[Formula, ...]


@dataclass(frozen=True)
class AtLeast(Formula):
    """So many of these hold."""

    number: int
    items: tuple[Formula, ...]


@dataclass(frozen=True, eq=False)
class Named(Formula):
    """A condition that is written once, as a definition. Of one book, those of one name are the same."""

    name: str
    description: str
    of: Formula

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


ALWAYS = Truth(True)
NEVER = Truth(False)


def every(items: Iterable[Formula]) -> Formula:
    """That all hold, without what goes without saying."""
    parts: dict[Formula, None] = {}
    for item in items:
        if item == NEVER:
            return NEVER
        if isinstance(item, All):
            parts.update(dict.fromkeys(item.items))
        elif item != ALWAYS:
            parts[item] = None
    found = tuple(parts)
    if any(isinstance(one, Not) and one.of in parts and not doubtful(one.of) for one in found):
        return NEVER
    return found[0] if len(found) == 1 else All(found) if found else ALWAYS


def some(items: Iterable[Formula]) -> Formula:
    """That at least one holds."""
    parts: dict[Formula, None] = {}
    for item in items:
        if item == ALWAYS:
            return ALWAYS
        if isinstance(item, AnyOf):
            parts.update(dict.fromkeys(item.items))
        elif item != NEVER:
            parts[item] = None
    found = tuple(parts)
    return found[0] if len(found) == 1 else AnyOf(found) if found else NEVER


def negation(item: Formula) -> Formula:
    if isinstance(item, Truth):
        return Truth(not item.value)
    return item.of if isinstance(item, Not) else Not(item)


def at_least(number: int, items: tuple[Formula, ...]) -> Formula:
    """That so many hold."""
    if number <= 0:
        return ALWAYS
    if number > len(items):
        return NEVER
    if number == len(items):
        return every(items)
    return some(items) if number == 1 else AtLeast(number, items)


def same(one: Formula, other: Formula) -> Formula:
    """That both hold or neither does."""
    if isinstance(other, Truth):
        return one if other.value else negation(one)
    if isinstance(one, Truth):
        return other if one.value else negation(other)
    return some((every((one, other)), every((negation(one), negation(other)))))


def named(name: str, description: str, item: Formula) -> Formula:
    """The same by a name, unless it is short without one."""
    if isinstance(item, Truth | Named) or (isinstance(item, Not) and isinstance(item.of, Named)):
        return item
    return Named(name, description, item)


def strict(item: Formula, guards: Iterable[Guard]) -> Formula:
    """The same, but unknown where a guard is not true, even if the answer does not depend on it."""
    known = every(Atom(guard.asked, (guard,)) for guard in dict.fromkeys(guards))
    if known == ALWAYS:
        return item
    return some((every((item, known)), negation(known)))


def guards_of(item: Formula) -> tuple[Guard, ...]:
    """All guards of what it is made of, each once."""
    atoms = (part for part in parts(item) if isinstance(part, Atom))
    return tuple(dict.fromkeys(guard for atom in atoms for guard in atom.guards))


def parts(item: Formula, inside: bool = True) -> Iterator[Formula]:
    """What it is made of, itself included; what has a name once and with what it stands for, unless not `inside`."""
    todo = [item]
    seen: set[str] = set()
    while todo:
        item = todo.pop()
        if isinstance(item, Named) and inside:
            if item.name in seen:
                continue
            seen.add(item.name)
            todo.append(item.of)
        yield item
        match item:
            case Not():
                todo.append(item.of)
            case All() | AnyOf() | AtLeast():
                todo.extend(item.items)


def doubtful(item: Formula) -> bool:
    """Whether it may be unknown."""
    return any(isinstance(part, Atom) and part.guards for part in parts(item))


def spelled(item: Formula, kept: frozenset[str]) -> Formula:
    """The same with all names written out, save those that are kept."""
    match item:
        case Named():
            return item if item.name in kept else spelled(item.of, kept)
        case Not():
            return negation(spelled(item.of, kept))
        case All():
            return every(spelled(one, kept) for one in item.items)
        case AnyOf():
            return some(spelled(one, kept) for one in item.items)
        case AtLeast():
            return AtLeast(item.number, tuple(spelled(one, kept) for one in item.items))
    return item


def written(item: Formula, inside: str = "") -> str:
    """In the words of the language. `inside` is what stands around it: nothing, `or`, `and` or `not`."""
    match item:
        case Atom():
            return f"({item.text})" if inside == "not" and " " in item.text else item.text
        case Named():
            return item.name
        case Not():
            return f"not {written(item.of, 'not')}"
        case All():
            text = " and ".join(written(one, "and") for one in item.items)
            return f"({text})" if inside else text
        case AnyOf():
            text = " or ".join(written(one, "or") for one in item.items)
            return f"({text})" if inside else text
        case AtLeast():
            return f"at least {item.number} of ({', '.join(map(written, item.items))})"
    raise AssertionError("a condition that always or never holds is not written")
