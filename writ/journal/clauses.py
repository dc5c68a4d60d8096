"""The clauses of entries and expectations: one table that says what each is and where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from writ.journal.phrases import facts, identities, identity, quoted, when
from writ.syntax.cursor import FOLLOWING, Cursor
from writ.syntax.tree import Name

Clauses = dict[str, Any]
"""What each clause gave, by its word."""


def _actor(c: Cursor) -> tuple[Name, Name | None]:
    """An office, body or kind of person, and who that is."""
    actor = c.name("an office, a body or a person")
    return actor, person(c)


def person(c: Cursor) -> Name | None:
    """Who it is, if that is said next."""
    word = c.words[c.at]
    if word in _NO_PERSON or clause_word(c.words, c.at):
        return None
    if word[:1].isalnum() or word[:1] == '"':
        return identity(c, "a person")
    return None


def _names(c: Cursor) -> tuple[Name, ...]:
    return c.names("a premise")


def _lawful(c: Cursor) -> bool:
    c.expect("as", "lawful")
    return True


def _texts(c: Cursor) -> tuple[str, ...]:
    found = [quoted(c, "a citation")]
    while c.take(","):
        found.append(quoted(c, "a citation"))
    c.bound(len(found))
    return tuple(found)


PARSE: dict[str, Callable[[Cursor], object]] = {
    "about": lambda c: identity(c, "which one"),
    "to": _actor,
    "of": _actor,
    "against": lambda c: c.name("an office, a body or a person"),
    "where": facts,
    "until": when,
    "known": when,
    "revokes": lambda c: identities(c, "the id of an entry"),
    "under": _names,
    "taken": _lawful,
    "source": lambda c: quoted(c, "where it comes from"),
    "note": lambda c: quoted(c, "a note"),
    "due": when,
    "cites": _texts,
    "id": lambda c: identity(c, "an id"),
    "shared": lambda c: identity(c, "an id"),
    "text": lambda c: quoted(c, "the question"),
}
"""What follows the word of each clause."""

_EXPECTED: dict[str, Callable[[Cursor], object]] = {
    "of": lambda c: identity(c, "a person"),
    "to": lambda c: c.name("an office, a body or a person"),
}
"""What differs where it is expected."""

COMMON = frozenset({"known", "under", "source", "note"})
ALLOWED: dict[str, frozenset[str]] = {
    "act": COMMON | {"about", "to", "against", "where", "until", "revokes", "taken"},
    "event": COMMON | {"about", "where"},
    "fact": COMMON | {"about", "of"},
    "state": COMMON | {"about", "where", "until"},
    "holds": COMMON,
    "acts": COMMON,
    "leaves": COMMON,
    "gone": COMMON,
    "expect": frozenset(
        {"known", "under", "about", "to", "of", "due", "until", "cites", "id", "shared", "text"}
    ),
}
"""The clauses of each kind of entry, and of expectations."""

SEVERAL = {"source": "; ", "note": "\n"}
"""Clauses that may stand more than once, and what joins their texts."""

CALLED = {
    "act": "an act",
    "event": "an event",
    "fact": "facts",
    "state": "a state",
    "holds": "who holds an office",
    "acts": "who acts in an office",
    "leaves": "who leaves an office",
    "gone": "what is gone",
    "expect": "an expectation",
}
_NO_PERSON = FOLLOWING | {"did", "happened", "holds", "acts", "leaves", "given", ""}
_BEFORE_TEXT = frozenset({"source", "note", "text"})


def clause_word(words: list[str], i: int) -> str:
    """The clause that starts at word `i`, or nothing. `source` alone may be a thing, `source "…"` is a clause."""
    word = words[i]
    if word not in PARSE:
        return ""
    after = words[i + 1]
    if word in _BEFORE_TEXT:
        return word if after[:1] == '"' or not after else ""
    if word == "taken":
        return word if after == "as" else ""
    return word


def written(word: str) -> str:
    """The clause as it is written."""
    return "taken as lawful" if word == "taken" else word


def clause(c: Cursor, kind: str, found: Clauses) -> None:
    """Read the clause that comes next into `found`."""
    i = c.at
    word = c.words[i]
    c.at = i + 1
    parse = _EXPECTED.get(word) if kind == "expect" else None
    given = (parse or PARSE[word])(c)
    if word not in ALLOWED[kind]:
        known = ", ".join(f"`{written(each)}`" for each in sorted(ALLOWED[kind]))
        message = f"`{written(word)}` says nothing of {CALLED[kind]}"
        c.wrong("J103", i, message, f"the clauses here are {known}")
    if word not in found:
        found[word] = given
    elif word in SEVERAL and kind != "expect":
        found[word] = f"{found[word]}{SEVERAL[word]}{given}"
    else:
        c.wrong("J104", i, f"a second `{written(word)}`", "join the two with a comma, or drop one")
