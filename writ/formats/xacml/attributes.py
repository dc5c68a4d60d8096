"""The attributes that policies speak of, as facts of a book.

An attribute of XACML is a bag of values. A book holds it as up to three facts: the one value that there is
(`subject-age`, unknown where there is none or more than one: `one-and-only`), all its values (`subject-age-values`),
and all its values where one must be present (`subject-age-required`, unknown where there is none).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from writ.formats.xacml.formula import Guard
from writ.formats.xacml.types import TYPES, DataType
from writ.formats.xacml.xml import Element

CATEGORIES = {
    "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject": "subject",
    "urn:oasis:names:tc:xacml:1.0:subject-category:recipient-subject": "recipient",
    "urn:oasis:names:tc:xacml:1.0:subject-category:intermediary-subject": "intermediary",
    "urn:oasis:names:tc:xacml:1.0:subject-category:codebase": "codebase",
    "urn:oasis:names:tc:xacml:1.0:subject-category:requesting-machine": "machine",
    "urn:oasis:names:tc:xacml:3.0:attribute-category:resource": "resource",
    "urn:oasis:names:tc:xacml:3.0:attribute-category:action": "action",
    "urn:oasis:names:tc:xacml:3.0:attribute-category:environment": "environment",
}
THINGS = {
    "text": "text-value",
    "number": "number-value",
    "date": "date-value",
    "yes-no": "truth-value",
}
"""What the lists of each type are lists of."""


def slug(identifier: str, otherwise: str = "x") -> str:
    """The last part of an identifier as a name of the language."""
    last = re.split(r"[:/#]", identifier.strip().rstrip(":/#"))[-1]
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", last)
    name = re.sub(r"[^a-z0-9]+", "-", spaced.lower()).strip("-")[:60].strip("-")
    if not name:
        return otherwise
    return name if name[0].isalpha() else f"{otherwise}-{name}"


class Names:
    """The names of a book, each given once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """The name, or the first with a number that is free."""
        name, number = wanted, 2
        while name in self.taken:
            name, number = f"{wanted}-{number}", number + 1
        self.taken.add(name)
        return name


@dataclass(frozen=True)
class Key:
    """Which values are meant. Without an issuer, those of every issuer."""

    category: str
    identifier: str
    type: DataType
    issuer: str = ""


@dataclass
class Attribute:
    """One attribute and the facts that hold it, as far as conditions speak of them."""

    key: Key
    name: str
    only: bool = False
    required: bool = False

    @property
    def values(self) -> str:
        """The list of all its values; it is always stated, for it tells whether the other two are."""
        return f"{self.name}-values"

    @property
    def needed(self) -> str:
        return f"{self.name}-required"

    @property
    def one(self) -> Guard:
        """That it has one value."""
        truth = self.key.type.base == "yes-no"
        asked = f"({self.name} or not {self.name})" if truth else f"{self.name} is {self.name}"
        return Guard(f"count of {self.values} is 1", asked)

    @property
    def any(self) -> Guard:
        """That it has a value."""
        return Guard(f"count of {self.values} at least 1", f"count of {self.needed} at least 1")

    def declared(self) -> list[str]:
        """Its declarations."""
        key = self.key
        whose = CATEGORIES.get(key.category, key.category)
        said = f"{key.identifier} ({key.type.name}) of the {whose}"
        if key.issuer:
            said += f", issued by {key.issuer}"
        listed = f"list of {THINGS[key.type.base]}"
        lines = [f'fact {self.values}: {listed} "all values of {said}"']
        if self.only:
            lines.append(
                f'fact {self.name}: {key.type.base} "the one value of {said}", unknown if not stated'
            )
        if self.required:
            lines.append(
                f'fact {self.needed}: {listed} "all values of {said}, '
                f'where one must be present", unknown if not stated'
            )
        return lines


class Attributes:
    """All attributes of the policies of one book, by what designates them."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.found: dict[Key, Attribute] = {}
        self.settled: list[str] = []
        """Facts that say that something is settled which no request settles."""

    def designated(self, element: Element) -> Attribute:
        """The attribute that an `AttributeDesignator` designates."""
        element.only()
        key = Key(
            element.attribute("Category"),
            element.attribute("AttributeId"),
            data_type(element),
            element.attributes.get("Issuer", ""),
        )
        for text in (key.category, key.identifier, key.issuer):
            plain(element, text)
        known = self.found.get(key)
        if known is None:
            whose = CATEGORIES.get(key.category) or slug(key.category, "category")
            name = slug(key.identifier, whose)
            name = name if name.startswith(f"{whose}-") else f"{whose}-{name}"
            known = self.found[key] = Attribute(key, self.free(name))
        return known

    def free(self, wanted: str) -> str:
        """A name of which the names made from it are free as well."""
        name, number = wanted, 2
        while {name, f"{name}-values", f"{name}-required"} & self.names.taken:
            name, number = f"{wanted}-{number}", number + 1
        self.names.taken |= {name, f"{name}-values", f"{name}-required"}
        return name


def data_type(element: Element) -> DataType:
    """The type that an element names."""
    name = element.attribute("DataType")
    kind = TYPES.get(name)
    if kind is None:
        raise element.refuse(
            "X304",
            f"the data type `{name}` has no counterpart",
            f"values are held of {', '.join(sorted(known.name for known in TYPES.values()))}",
        )
    return kind


def plain(element: Element, text: str) -> str:
    """A text that can stand in quotes in a book."""
    if '"' in text or any(not char.isprintable() for char in text):
        raise element.refuse(
            "X304",
            "a text has quotes, line ends or control characters, which a text of a book has not",
        )
    return text
