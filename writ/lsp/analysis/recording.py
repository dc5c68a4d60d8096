"""Completion in journals, from the text of the entry before the place: it may be half written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writ.journal.clauses import ALLOWED, written
from writ.journal.heads import STATUSES
from writ.lsp.analysis.cases import attribute_of
from writ.lsp.analysis.offers import Offer, Offers, attribute
from writ.lsp.analysis.snapshot import Snapshot

_PREFIX = re.compile(r"[a-z][a-z0-9.-]*$")
_STARTS = re.compile(r"^(?:\d{4}-|expect |premise |calendar |journal )", re.MULTILINE)
_DID = re.compile(r"\bdid ([a-z][a-z0-9-]*)(?: ([a-z][a-z0-9-]*))?")
_WORD = re.compile(r"[^\s,:()\[\]{}]+|[,:{]")
_CLAUSE = re.compile(r"(?:^|\s)(where|about|to|of|against|under|until|known|cites|revokes)(?=\s|$)")


def complete_entry(snapshot: Snapshot, text: str, offset: int) -> tuple[int, list[Offer]]:
    """Where what was typed begins, and what may stand there."""
    line = text.rfind("\n", 0, offset) + 1
    typed = _PREFIX.search(text, line, offset)
    start = typed.start() if typed is not None else offset
    begins = [match.start() for match in _STARTS.finditer(text, 0, start)]
    entry = text[begins[-1] : start] if begins else ""
    if not text[line:start].strip():
        found = _on_a_new_line(text[line:start], entry)
    else:
        found = _in_a_line(Offers(snapshot), text, entry)
    prefix = text[start:offset]
    return start + prefix.index(".") + 1 if "." in prefix else start, list(found)


def _kind(entry: str) -> str:
    if entry.startswith("expect"):
        return "expect"
    for word, kind in (("did", "act"), ("happened", "event"), ("holds", "holds"), ("acts", "acts")):
        if re.search(rf"\s{word}\s", entry + " "):
            return kind
    return "state" if "in effect" in entry else "fact" if " given " in entry else ""


def _on_a_new_line(before: str, entry: str) -> Iterator[Offer]:
    if not before:
        for word in ("expect", "premise", "calendar", "journal"):
            yield Offer(word, "keyword", "a statement of a journal", insert=f"{word} ")
        return
    for word in sorted(ALLOWED.get(_kind(entry), ())):
        yield Offer(written(word), "keyword", "a clause of this entry", insert=f"{written(word)} ")


def _in_a_line(offers: Offers, text: str, entry: str) -> Iterator[Offer]:
    words = _WORD.findall(entry)
    last = words[-1] if words else ""
    done = _DID.search(entry)
    owner = done[1] if done is not None else ""
    clause = next(reversed(_CLAUSE.findall(entry)), "")
    if entry.startswith("expect"):
        yield from _expected(offers, words)
    elif last == "did":
        yield from offers.acts()
    elif last in ("holds", "as", "leaves") or (
        clause in ("to", "of", "against") and last == clause
    ):
        yield from offers.actors()
    elif clause == "under":
        for name in re.findall(r"^premise ([a-z][a-z0-9-]*)", text, re.MULTILINE):
            yield Offer(name, "value", "a premise")
    elif clause == "where" or "given" in words:
        yield from _facts(offers, words, owner)
    elif last == ":" or len(words) == 1:
        yield from offers.actors()
        yield from offers.events()
        yield Offer("given", "keyword", "what is the case")
    elif done is None and len(words) in (2, 4):
        for word in ("did", "happened", "holds", "acts as", "leaves", "is gone"):
            yield Offer(word, "keyword", "what the entry says")
    elif done is not None and last == owner:
        yield from offers.narrower(owner)


def _expected(offers: Offers, words: list[str]) -> Iterator[Offer]:
    subject = next((word for word in words[2:] if word in STATUSES), "")
    if not subject:
        for word in STATUSES:
            yield Offer(word, "keyword", "what is expected to be so")
    elif words[-1] == "state":
        yield from offers.states()
    elif words[-1] == "duty":
        yield from offers.acts()
        for norm in offers.snapshot.book.norms:
            if norm.kind == "duty":
                yield Offer(norm.label, "label", norm.citation)
    elif words[-1] in ("to", "of"):
        yield from offers.actors()
    else:
        for status in STATUSES[subject]:
            yield Offer(status, "value", f"of {subject}")


def _facts(offers: Offers, words: list[str], owner: str) -> Iterator[Offer]:
    act = offers.snapshot.lexicon.act(owner)
    thing = act.thing if act is not None else ""
    if words[-1] == "is" or "{" in words[-2:]:
        path = words[words.index("is", -3) - 1] if "is" in words[-3:] else ""
        found = attribute_of(offers.words, path, owner, thing)
        if found is not None:
            yield from offers.values(found.type.of)
        return
    for home in (owner, thing):
        for name, attrs in offers.snapshot.lexicon.homes(home).items() if home else ():
            item = offers.words.attributes.get(attrs[0].slot) if attrs else None
            if item is not None:
                yield attribute(item, name, 0)
    for slot, item in offers.words.attributes.items():
        if not item.owner:
            yield attribute(item, slot, 1)
    yield from offers.states()
