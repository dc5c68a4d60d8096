"""The facts that imported norms speak of: values by path, memberships, and tests that our language does not have.

Each is evaluated for a request by `requests`, and stated only if Cedar does not err there. So a norm that depends on
what errs does not apply, as Cedar skips the policy; `is stated` keeps that true under a negation.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from writ.book.terms import Value as FactValue
from writ.formats.cedar.evaluate import Data
from writ.formats.cedar.expressions import Node, Unsupported
from writ.formats.cedar.extensions import Erring
from writ.formats.cedar.names import Pool, name_of, path, value_words
from writ.formats.cedar.values import Value, written
from writ.formats.cedar.wording import text

TYPES = {
    "text": "text",
    "type": "text",
    "bool": "yes-no",
    "test": "yes-no",
    "long": "number",
    "decimal": "number of ten-thousandths",
    "duration": "number of milliseconds",
    "datetime": "date",
}
SUFFIX = {"up": "groups", "type": "type"}
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
OWNER = {"principal": "actor", "resource": "resource"}


class Fact(NamedTuple):
    """One attribute of the book. `reading` tells how the value of `node` is stated:

    `text` any value as `values.written` has it; `long`, `bool`, `decimal`, `duration`, `datetime` a value of that kind;
    `set` the members of a set that the norms name; `up` the entities that the norms name and that it is beneath; `type`
    the type of an entity; `test` whether something is the case.
    """

    slot: str
    owner: str
    name: str
    reading: str
    node: Node
    strict: list[bool]
    """One item, true if a value of another kind would be misread (it was compared for equality)."""

    def describe(self) -> str:
        said = text(self.node)
        if self.reading in SUFFIX:
            said = f"the {'type of' if self.reading == 'type' else 'entities above'} {said}"
        shown = " ".join(said.replace('"', "'").replace("\\", "/").split())
        kept = "".join(c if c.isprintable() else "?" for c in shown)
        return kept if len(kept) <= 200 else kept[:199] + "…"


class Facts:
    """The facts, and the entities and values that the norms name, in the order in which they were first met."""

    def __init__(self, pool: Pool, kinds: dict[Node, str] | None = None) -> None:
        self.pool = pool
        self.kinds = kinds or {}
        """The kind of what the policies use as a value of one kind only."""
        self.known: dict[tuple[str, Node], Fact] = {}
        self.used: set[str] = set()
        """The slots asked for since this was last emptied: those of one policy."""
        self.entities: dict[Value, str] = {}
        self.values: dict[Value, str] = {}

    def fact(self, reading: str, node: Node, strict: bool = False) -> Fact:
        """The fact for the value of an expression in one reading."""
        found = self.known.get((reading, node))
        if found is None:
            root, said = path(node)
            owner = OWNER.get(root, "")
            if not owner and root:
                said = [root, *said]
            if reading in SUFFIX:
                said = [*said, SUFFIX[reading]]
            elif not said:
                said = ["id"]
            name = self.pool.take(name_of(said, "fact"), owner)
            slot = f"{owner}.{name}" if owner else name
            found = self.known[reading, node] = Fact(slot, owner, name, reading, node, [False])
        found.strict[0] |= strict
        self.used.add(found.slot)
        return found

    def entity(self, value: Value) -> str:
        """The name of an entity that the norms speak of."""
        return self._named(self.entities, value)

    def value(self, value: Value) -> str:
        """The name of a member of a set that the norms speak of."""
        return self._named(self.values, value)

    def _named(self, among: dict[Value, str], value: Value) -> str:
        if value not in among:
            among[value] = self.pool.take(name_of(value_words(value), value.kind))
        return among[value]


class Mismatch(Exception):
    """A value that the book cannot hold: of another kind than the norms compare it with, or out of range."""


def stated(facts: Facts, fact: Fact, value: Value, data: Data) -> FactValue | None:
    """The value as our engine takes it, or None where it is not stated.

    Raises:
        Mismatch: the book has no right form for it.
    """
    match fact.reading:
        case "text":
            return written(value)
        case "test" | "bool" | "long" | "decimal" | "duration":
            kind = "bool" if fact.reading == "test" else fact.reading
            given: bool | int = value.of
            return given if _fits(fact, value, kind) else None
        case "datetime":
            return _moment(value.of) if _fits(fact, value, "datetime") else None
        case "set":
            if not _fits(fact, value, "set"):
                return None
            return frozenset(facts.values[one] for one in value.of if one in facts.values)
        case "type":
            return str(value.of[0]) if value.kind == "entity" else None
        case _:
            if value.kind != "entity":
                raise Erring("no entity")
            up = data.up(value.of)
            return frozenset(
                name for one, name in facts.entities.items() if one.of in up or one == value
            )


def _fits(fact: Fact, value: Value, kind: str) -> bool:
    if value.kind == kind:
        return True
    if fact.strict[0]:
        raise Mismatch(
            f"`{text(fact.node)}` is {value.kind}, and the policies compare it with {kind}"
        )
    return False


def _moment(milliseconds: int) -> dt.datetime:
    try:
        return EPOCH + dt.timedelta(milliseconds=milliseconds)
    except OverflowError:
        raise Mismatch("a datetime before the year 1 or after 9999") from None


def literal(value: Value) -> str | None:
    """A constant as it stands in a condition, where the language can say it: numbers and moments."""
    match value.kind:
        case "long" | "decimal" | "duration":
            if abs(value.of) >= 10**15:
                return None
            return str(value.of) if value.of >= 0 else f"0 - {-value.of}"
        case "datetime":
            try:
                return _moment(value.of).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            except Mismatch:
                return None
        case _:
            raise Unsupported(f"a constant of kind {value.kind}")
