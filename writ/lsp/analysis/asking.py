"""Completion in files of cases, from the text of the case around the place: it may be half written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writ.engine.ask import REQUEST_FIELDS
from writ.engine.cases import FIELDS, OUTCOMES
from writ.lsp.analysis.cases import attribute_of
from writ.lsp.analysis.offers import Offer, Offers, attribute
from writ.lsp.analysis.snapshot import Snapshot

_CASE = re.compile(r"^[ ]*- id:", re.MULTILINE)
_PREFIX = re.compile(r"[A-Za-z0-9][\w.()-]*$")
_KEY = re.compile(r"([a-z][\w.-]*)[ \t]*:[ \t]*(?:\[[^\]\n]*|[^,{}\[\]\n]*)$")
_ACT = re.compile(r"\bact:[ \t]*([a-z][a-z0-9-]*)")
_FIELDS = {
    "ask": "the question in words",
    "cites": "each must be among the citations of the answer",
    "id": "the name of the case",
    "outcome": "what the answer must be",
    "request": "who, what, when, and what is given",
    "shared": "the id of the same case in another collection",
    "why": "for the reader",
}


def complete_case(snapshot: Snapshot, text: str, offset: int) -> tuple[int, list[Offer]]:
    """Where what was typed begins, and what may stand there."""
    typed = _PREFIX.search(text, max(0, text.rfind("\n", 0, offset)), offset)
    start = typed.start() if typed is not None else offset
    begins = [match.start() for match in _CASE.finditer(text, 0, start)]
    first = begins[-1] if begins else 0
    following = _CASE.search(text, start)
    whole = text[first : following.start() if following is not None else len(text)]
    before = text[first:start]
    found = _ACT.search(whole)
    act = found[1] if found is not None else ""
    return start, list(_offers(snapshot, before, act))


def _offers(snapshot: Snapshot, before: str, act: str) -> Iterator[Offer]:
    offers = Offers(snapshot)
    line = before[before.rfind("\n") + 1 :]
    match = _KEY.search(line)
    key = match[1] if match is not None and _open(line, match) else ""
    item = snapshot.book.vocabulary.acts.get(act)
    thing = item.thing if item is not None else ""
    if key in ("actor", "against", "by", "to", "office", "body"):
        yield from offers.actors()
    elif key == "act":
        yield from offers.acts()
    elif key == "thing":
        yield from offers.things()
    elif key in ("state", "states"):
        yield from offers.states()
    elif key == "outcome":
        for outcome in OUTCOMES:
            yield Offer(outcome, "value", "an outcome")
    elif key in ("done", "event"):
        yield from offers.acts()
        yield from offers.events()
    elif key == "cites":
        for norm in snapshot.book.norms:
            yield Offer(norm.citation, "label", f"{norm.kind} {norm.title}".strip())
    elif _within(before, "facts"):
        if key and key not in ("facts", "request"):
            yield from _values(offers, key, act, thing)
            return
        for owner in (act, thing):
            for name, found in snapshot.lexicon.homes(owner).items() if owner else ():
                known = snapshot.book.vocabulary.attributes.get(found[0].slot) if found else None
                if known is not None:
                    yield _stated(attribute(known, name, 0))
        for slot, known in snapshot.book.vocabulary.attributes.items():
            if not known.owner or known.owner == "actor":
                yield _stated(attribute(known, slot, 1))
    elif _within(before, "request"):
        for name in sorted(REQUEST_FIELDS):
            yield Offer(name, "key", "of a request", insert=f"{name}: ")
    elif not key:
        for name in FIELDS:
            yield Offer(name, "key", _FIELDS.get(name, ""), insert=f"{name}: ")


def _stated(offer: Offer) -> Offer:
    return Offer(
        offer.label,
        offer.sort,
        offer.detail,
        offer.documentation,
        f"{offer.label}: ",
        order=offer.order,
    )


def _open(line: str, match: re.Match[str]) -> bool:
    """Whether the place is still the value of the key, and not behind a comma in its mapping."""
    given = line[match.end(1) :]
    return given.count("[") > given.count("]") or not re.search(r"[,{]\s*$", given)


def _within(before: str, key: str) -> bool:
    """Whether the place is inside the mapping of a key: its brace is open, or the lines are indented further."""
    at = before.rfind(f"{key}:")
    if at < 0:
        return False
    behind = before[at + len(key) + 1 :]
    if "{" in behind:
        return behind.count("{") > behind.count("}")
    head = before[before.rfind("\n", 0, at) + 1 : at]
    line = before[before.rfind("\n") + 1 :]
    return "\n" in behind and len(line) - len(line.lstrip()) > len(head) - len(head.lstrip(" "))


def _values(offers: Offers, key: str, act: str, thing: str) -> Iterator[Offer]:
    found = attribute_of(offers.words, key, act, thing)
    if found is None:
        return
    if found.type.base == "yes-no":
        yield Offer("yes", "value")
        yield Offer("no", "value")
    yield from offers.values(found.type.of)
