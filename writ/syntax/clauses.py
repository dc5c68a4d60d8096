"""The clauses of a norm: which words begin one, on which kinds of norm, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from writ.diagnostics import LENGTH_BITS
from writ.syntax.bearers import VERBS, bearer, effect, references, steps, trigger
from writ.syntax.conditions import condition
from writ.syntax.cursor import Cursor
from writ.syntax.expressions import day, duration, expression
from writ.syntax.tree import Clause, Name, Step

NORMS = (
    "power",
    "permission",
    "duty",
    "prohibition",
    "right",
    "immunity",
    "disability",
    "limit",
    "delegation",
    "lapse",
)
STATEMENTS = ("override", "repeal", "suspend", "commence")
"""Statements about norms, which are none themselves."""
KINDS = (*NORMS, *STATEMENTS)
ASSURANCE = "assurance"
WITH_CLAUSES = (*KINDS, ASSURANCE)
"""Statements that have a label, a line and clauses."""
_DATED = (*NORMS, "override")
_EXERCISE = ("power", "permission", "limit", "delegation", "duty")
_EFFECTIVE = ("power", "duty", "permission", "delegation", "limit")

Parse = Callable[[Cursor, str, int], Clause]
"""Reads what follows the clause word; given the canonical word and the offset where the clause starts."""


class Form(NamedTuple):
    """One row of the table of clauses. `once`: a second one would contradict the first."""

    parse: Parse
    kinds: tuple[str, ...]
    once: bool = False


def _condition(c: Cursor, word: str, start: int) -> Clause:
    node = condition(c)
    return Clause(word, c.since(start), node)


def _after(c: Cursor, word: str, start: int) -> Clause:
    found = steps(c)
    return Clause(word, c.since(start), None, found)


def _renewed(c: Cursor, word: str, start: int) -> Clause:
    found = [_renewal(c)]
    while c.take(","):
        found.append(_renewal(c))
    c.bound(len(found))
    return Clause(word, c.since(start), steps=tuple(found))


def _renewal(c: Cursor) -> Step:
    act = c.name("an act")
    c.expect("by")
    who = bearer(c, listed=True)
    return Step(act.text, who, None, c.since(act.span >> LENGTH_BITS))


def _names(c: Cursor, word: str, start: int) -> Clause:
    names = c.names(_LISTED[word])
    return Clause(word, c.since(start), names=names)


def _name(c: Cursor, word: str, start: int) -> Clause:
    name = c.name(_LISTED[word])
    return Clause(word, c.since(start), names=(name,))


_LISTED = {
    "stating": "an attribute",
    "recording": "an attribute",
    "enabling": "an act",
    "before": "an act",
    "for each": "a thing",
}


def _to(c: Cursor, word: str, start: int) -> Clause:
    who = bearer(c)
    return Clause(word, c.since(start), bearer=who)


def _waived(c: Cursor, word: str, start: int) -> Clause:
    who = bearer(c)
    act = (c.name("an act"),) if c.take("by") else ()
    return Clause(word, c.since(start), bearer=who, names=act)


def _within(c: Cursor, word: str, start: int) -> Clause:
    period = duration(c)
    if not c.take("of"):
        c.unexpected(
            "`of` and what the period runs from", "as in `within 7 days of proclaim-emergency`"
        )
    opens = trigger(c)
    return Clause(word, c.since(start), duration=period, trigger=opens)


def _on(c: Cursor, word: str, start: int) -> Clause:
    opens = trigger(c)
    return Clause(word, c.since(start), trigger=opens)


def _expression(c: Cursor, word: str, start: int) -> Clause:
    node = expression(c)
    return Clause(word, c.since(start), expr=node)


def _every(c: Cursor, word: str, start: int) -> Clause:
    period = duration(c)
    state: tuple[Name, ...] = ()
    if c.take("while"):
        state = (c.name("a state"),)
        c.expect("in", "effect")
    return Clause(word, c.since(start), duration=period, names=state)


def _breached(c: Cursor, word: str, start: int) -> Clause:
    follows = effect(c, escalation=True)
    return Clause(word, c.since(start), effect=follows)


def _effect(c: Cursor, word: str, start: int) -> Clause:
    c.at -= 1  # the verb is the clause word
    follows = effect(c)
    return Clause(word, c.since(start), effect=follows)


def _depth(c: Cursor, word: str, start: int) -> Clause:
    number = c.whole("a number")
    return Clause(word, c.since(start), number=number)


def _period(c: Cursor, word: str, start: int) -> Clause:
    period = duration(c)
    return Clause(word, c.since(start), duration=period)


def _references(c: Cursor, word: str, start: int) -> Clause:
    refs = references(c)
    return Clause(word, c.since(start), refs=refs)


def _dates(c: Cursor, word: str, start: int) -> Clause:
    if word == "in force":
        c.expect("from")
    first = day(c)
    last = day(c) if word != "known" and c.take("until") else ""
    return Clause(word, c.since(start), dates=(first, last))


CLAUSES: dict[str, Form] = {
    "when": Form(_condition, NORMS),
    "unless": Form(_condition, NORMS),
    "after": Form(_after, (*_EXERCISE, "lapse")),
    "with": Form(_condition, _EXERCISE),
    "stating": Form(_names, _EXERCISE),
    "recording": Form(_names, _EXERCISE),
    "so that": Form(_condition, ("duty",)),
    "to": Form(_to, ("duty",), once=True),
    "within": Form(_within, ("duty",), once=True),
    "on": Form(_on, ("duty",), once=True),
    "by": Form(_expression, ("duty",), once=True),
    "before": Form(_name, ("duty",), once=True),
    "every": Form(_every, ("duty",), once=True),
    "for each": Form(_name, ("duty",), once=True),
    "until": Form(_condition, ("duty",)),
    "waived by": Form(_waived, ("duty",)),
    "if breached": Form(_breached, ("duty",)),
    **{verb: Form(_effect, _EFFECTIVE) for verb in VERBS},
    "enabling": Form(_names, ("power",)),
    "limited to": Form(_condition, ("delegation",)),
    "depth": Form(_depth, ("delegation",), once=True),
    "for": Form(_period, ("delegation",), once=True),
    "at": Form(_expression, ("lapse",), once=True),
    "notwithstanding": Form(_references, NORMS),
    "subject to": Form(_references, NORMS),
    "in force": Form(_dates, _DATED, once=True),
    "known": Form(_dates, _DATED, once=True),
    "replaces": Form(_references, NORMS),
    "from": Form(_dates, ("repeal", "suspend", "commence"), once=True),
}

# How often a clause word is two words, and what its first word means alone.
_SECOND: dict[str, tuple[tuple[str, str], ...]] = {
    "so": (("that", "so that"),),
    "limited": (("to", "limited to"),),
    "waived": (("by", "waived by"),),
    "subject": (("to", "subject to"),),
    "if": (("breached", "if breached"),),
    "in": (("force", "in force"),),
    "known": (("from", "known"),),
    "for": (("each", "for each"), ("", "for")),
    "at": (("least", ""), ("most", ""), ("", "at")),
    "on": (("or", ""), ("", "on")),
}
_SINGLE = {word: word for word in CLAUSES if " " not in word and word not in _SECOND}

BY_KIND: dict[str, dict[str, Form]] = {
    kind: {word: form for word, form in CLAUSES.items() if kind in form.kinds} for kind in KINDS
}
# A lapse comes after a period, not after a step.
BY_KIND["lapse"]["after"] = Form(_period, ("lapse",), once=True)

ENDING = "assurance of an end"
HOLDING = "assurance of holders"
FORMS: dict[str, dict[str, Form]] = {
    **BY_KIND,
    ASSURANCE: {word: CLAUSES[word] for word in ("when", "unless")},
    ENDING: {"unless": Form(_renewed, (), once=True)},
    HOLDING: {},
}
"""The clauses of every statement that may have some. Those of an assurance depend on its line."""


def clause_word(words: list[str], i: int) -> str:
    """The clause that word `i` would begin at the start of a line, or nothing."""
    word = words[i]
    found = _SINGLE.get(word)
    if found is not None:
        return found
    for second, clause in _SECOND.get(word, ()):
        if not second or words[i + 1] == second:
            return clause
    return ""


WRITTEN = {"known": "known from", "in force": "in force from"}
"""Clause words that are longer on the page."""

_LENGTH = {"known": 2} | {word: 2 for word in CLAUSES if " " in word}


def clause(c: Cursor, word: str, form: Form) -> Clause:
    """The clause that starts at the cursor with the canonical `word`."""
    start = c.start(c.at)
    c.at += _LENGTH.get(word, 1)
    return form.parse(c, word, start)
