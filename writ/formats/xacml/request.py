"""A request of XACML as a request to the imported book."""

from __future__ import annotations

import datetime as dt

from writ.diagnostics import Diagnostic
from writ.formats.xacml.attributes import Attribute, Attributes
from writ.formats.xacml.policy import NAMESPACE
from writ.formats.xacml.terms import ACCESS, SUBJECT
from writ.formats.xacml.types import TYPES, Plain, Unheld
from writ.formats.xacml.xml import Element, Refused, parse

ENVIRONMENT = "urn:oasis:names:tc:xacml:3.0:attribute-category:environment"
CURRENT = "urn:oasis:names:tc:xacml:1.0:environment:current-"

Given = dict[tuple[str, str, str], list[tuple[str, Plain | Refused]]]
"""Category, attribute and data type -> issuer and value of each, or why it cannot be held."""


def read_request(
    attributes: Attributes, data: bytes, at: dt.date, file: str = "<request>"
) -> tuple[dict[str, object] | None, list[Diagnostic]]:
    """The request as plain data, as `writ.read_request` takes it, or None with what is wrong in it.

    `at` is when it is asked, where the request does not say `current-dateTime` or `current-date`. Attributes of which
    the policy does not speak are left out; nothing of the book depends on them.
    """
    try:
        given = _given(parse(file, data))
        at = _stated(given) or at
        facts: dict[str, object] = dict.fromkeys(attributes.settled, False)
        for attribute in attributes.found.values():
            facts |= _facts(attribute, given, at)
    except Refused as refused:
        return None, [refused.diagnostic]
    return {"actor": SUBJECT, "act": ACCESS, "at": at, "facts": facts}, []


def _given(root: Element) -> Given:
    """What a request states."""
    if root.namespace != NAMESPACE or root.name != "Request":
        raise root.refuse("X303", f"`{root.name}` is no request of XACML 3.0")
    root.only("RequestDefaults", "Attributes", "MultiRequests")
    for several in root.all("MultiRequests"):
        raise several.refuse(
            "X304", "several questions in one request have no counterpart", "ask each apart"
        )
    found: Given = {}
    seen: set[str] = set()
    for group in root.all("Attributes"):
        group.only("Content", "Attribute")
        category = group.attribute("Category")
        if category in seen:
            raise group.refuse(
                "X304", "several questions in one request have no counterpart", "ask each apart"
            )
        seen.add(category)
        for attribute in group.all("Attribute"):
            attribute.only("AttributeValue")
            identifier = attribute.attribute("AttributeId")
            if not attribute.children:
                raise attribute.refuse("X303", "an attribute of a request has no value")
            for value in attribute.children:
                kind = value.attribute("DataType")
                known = TYPES.get(kind)
                if known is None:
                    # Nothing in the book speaks of it: a policy that did was refused.
                    continue
                issuer = attribute.attributes.get("Issuer", "")
                listed = found.setdefault((category, identifier, known.name), [])
                try:
                    listed.append((issuer, known.read(value.text)))
                except Unheld as error:
                    said = f"a value of type {known.name} cannot be held: {error}"
                    listed.append((issuer, value.refuse("X304", said)))
                except ValueError as error:
                    raise value.refuse(
                        "X303", f"a value of type {known.name} is wrong: {error}"
                    ) from None
    return found


def _stated(given: Given) -> dt.date | None:
    """The moment or day that the request says it is."""
    for name, read in (("dateTime", dt.datetime.fromisoformat), ("date", dt.date.fromisoformat)):
        found = given.get((ENVIRONMENT, f"{CURRENT}{name}", name), [])
        if len(found) == 1 and isinstance(found[0][1], str):
            return read(found[0][1])
    return None


def _facts(attribute: Attribute, given: Given, at: dt.date) -> dict[str, object]:
    """What the request says of one attribute."""
    key = attribute.key
    stated = given.get((key.category, key.identifier, key.type.name), [])
    values: list[Plain] = []
    for issuer, value in stated:
        if not key.issuer or issuer == key.issuer:
            if isinstance(value, Refused):
                raise value
            values.append(value)
    if not values and not key.issuer and key.category == ENVIRONMENT:
        values = _now(key.identifier, at)
    listed = [{"value": value} for value in values]
    facts: dict[str, object] = {attribute.values: listed}
    if attribute.only and len(values) == 1:
        facts[attribute.name] = values[0]
    if attribute.required and values:
        facts[attribute.needed] = listed
    return facts


def _now(identifier: str, at: dt.date) -> list[Plain]:
    """The day or moment of the question, where the policy asks for it and the request does not say."""
    if identifier == f"{CURRENT}dateTime" and isinstance(at, dt.datetime):
        return [at.isoformat()]
    if identifier == f"{CURRENT}date":
        return [(at.date() if isinstance(at, dt.datetime) else at).isoformat()]
    return []
