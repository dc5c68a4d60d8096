"""A norm in plain words, for people who do not read the language: names are replaced by what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writ.book.model import Book, Norm
from writ.book.wording import say
from writ.editions.wording import conditions, deadline, effect, recurrence, trigger, waiver
from writ.syntax.tree import Bearer

_SAID = {
    "power": "has the power to",
    "permission": "may",
    "duty": "must",
    "prohibition": "must not",
    "right": "has the right to",
    "immunity": "is immune from",
    "disability": "has no power to",
    "limit": "may only under these conditions",
}


def line(norm: Norm) -> str:
    """The line of deontic text, in short and in the words of the language."""
    who = say(norm.bearer)
    act = f"{norm.act} {norm.thing}".strip()
    if norm.kind == "lapse":
        return f"`{norm.state}` lapses"
    if norm.kind == "delegation":
        to = f" to {say(norm.recipients)}" if norm.recipients else ""
        return f"`{who} may delegate {', '.join(norm.delegated)}{to} by {act}`"
    said = {
        "power": "may",
        "permission": "need not" if norm.omission else "may",
        "duty": "must",
        "prohibition": "may" if norm.bearer.mode == "none" else "may not",
        "right": "has the right to",
        "immunity": "is immune from",
        "disability": "has power to" if norm.bearer.mode == "none" else "has no power to",
        "limit": "may",
    }.get(norm.kind, norm.kind)
    only = " only" if norm.kind == "limit" else ""
    return f"`{who} {said} {act}{only}`"


def sentence(book: Book, norm: Norm) -> str:
    """The norm as a sentence with its clauses beneath it."""
    rows = [f"- {_spoken(book, each)}" for each in clauses(norm)]
    return "\n".join([_head(book, norm), "", *rows]).rstrip()


def _head(book: Book, norm: Norm) -> str:
    if norm.kind == "lapse":
        after = f" after {norm.lapse_after}" if norm.lapse_after else ""
        at = f" at {say(norm.lapse_at)}" if norm.lapse_at else ""
        return f"{_name(book, norm.state)} lapses{after}{at}."
    who, act = who_says(book, norm.bearer), _name(book, norm.act)
    if norm.thing:
        act += f" ({_name(book, norm.thing)})"
    if norm.kind == "delegation":
        given = ", ".join(_name(book, each) for each in norm.delegated)
        to = f" to {who_says(book, norm.recipients)}" if norm.recipients else ""
        return f"{who} may give the power to {given}{to}, by an act: {act}."
    said = _SAID.get(norm.kind, norm.kind)
    if norm.omission:
        said = "need not"
    if norm.bearer.mode == "none":
        said = {"prohibition": "may", "disability": "has power to"}.get(norm.kind, said)
    to = f", to {who_says(book, norm.to)}" if norm.to else ""
    return f"{who} {said}: {act}{to}."


def clauses(norm: Norm) -> Iterator[str]:
    """What qualifies the line, in the words of the language."""
    yield from conditions(norm.when)
    for step in norm.after:
        yield f"after {say(step)}"
    yield from conditions(norm.with_, "with")
    if norm.stating:
        yield f"stating {', '.join(path.name for path in norm.stating)}"
    if norm.recording:
        yield f"recording {', '.join(path.name for path in norm.recording)}"
    yield from conditions(norm.so_that, "so that")
    yield from deadline(norm)
    if norm.trigger and not norm.within:
        yield f"on {trigger(norm.trigger)}"
    yield from recurrence(norm)
    yield from conditions(norm.until, "until")
    yield from waiver(norm)
    for one in norm.effects:
        yield effect(one)
    for one in norm.breach:
        yield f"if breached {effect(one)}"
    yield from conditions(norm.limited_to, "limited to")


def who_says(book: Book, bearer: Bearer | None) -> str:
    """A bearer by the descriptions of those named."""
    if bearer is None:
        return ""

    def one(name: str, number: int) -> str:
        said = "anyone" if name == "anyone" else _name(book, name)
        return f"at least {number} of {said}" if number else said

    names = [one(actor.name, actor.number) for actor in bearer.actors]
    excepted = [one(actor.name, actor.number) for actor in bearer.excepted]
    out = f", except {' and '.join(excepted)}," if excepted else ""
    if bearer.mode == "none":
        return f"No one{out}"
    if bearer.mode == "each":
        return f"Each of {', '.join(names)}{out}"
    return " or ".join(names) + out


def _name(book: Book, name: str) -> str:
    words = book.vocabulary
    item = (
        words.actors.get(name)
        or words.acts.get(name)
        or words.states.get(name)
        or words.things.get(name)
    )
    said = item.description if item is not None else ""
    return f"{said} (`{name}`)" if said else f"`{name}`"


_WORD = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z][a-z0-9-]*)?")


def _spoken(book: Book, clause: str) -> str:
    """The clause, and after it what its attributes stand for."""
    attributes = book.vocabulary.attributes
    said = dict.fromkeys(
        attributes[word].description
        for word in _WORD.findall(clause)
        if word in attributes and attributes[word].description
    )
    return f"`{clause}`" + (f" ({'; '.join(said)})" if said else "")
