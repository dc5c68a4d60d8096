"""Who, and the parts that clauses share: bearers, references, steps, triggers, effects."""

from __future__ import annotations

from writ.diagnostics import LENGTH_BITS
from writ.syntax.cursor import Cursor
from writ.syntax.expressions import duration, expression
from writ.syntax.lexer import LABEL
from writ.syntax.tree import Actor, Bearer, Effect, Ref, Step, Trigger

VERBS = ("begins", "continues", "amends", "suspends", "resumes", "ends")
_LASTING = ("begins", "continues")
_WHO = "a name of who"


def bearer(c: Cursor, listed: bool = False) -> Bearer:
    """`no one`, `each of …`, or one or more actors.

    `listed` where the bearer stands in a list of other things: then a comma belongs to that list, and only `each of`,
    which means nothing with one name, takes the names that follow.
    """
    i = c.at
    word = c.words[i]
    mode = "any"
    if word == "no" and c.words[i + 1] == "one":
        c.at = i + 2
        return Bearer("none", (), _excepted(c, listed), c.since(c.start(i)))
    if word == "each" and c.words[i + 1] == "of":
        c.at = i + 2
        mode = "each"
    actors = _actors(c, listed and mode == "any")
    excepted = _excepted(c, listed) if c.words[c.at] == "except" else ()
    return Bearer(mode, actors, excepted, c.since(c.start(i)))


def _actors(c: Cursor, single: bool) -> tuple[Actor, ...]:
    first = _actor(c)
    if single or c.words[c.at] != ",":
        return (first,)
    found = [first]
    while c.take(","):
        found.append(_actor(c))
    c.bound(len(found))
    return tuple(found)


def _actor(c: Cursor) -> Actor:
    i = c.at
    if c.words[i] == "at" and c.words[i + 1] == "least":
        c.at = i + 2
        number = c.whole("how many")
        c.expect("of")
        name = c.name(_WHO)
        return Actor(name.text, number, c.since(c.start(i)))
    name = c.name(_WHO)
    return Actor(name.text, 0, name.span)


def _excepted(c: Cursor, listed: bool) -> tuple[Actor, ...]:
    return _actors(c, listed) if c.take("except") else ()


def reference(c: Cursor) -> Ref:
    """`[INSTRUMENT] LABEL`."""
    i = c.at
    instrument = ""
    if "a" <= c.words[i][:1] <= "z":
        instrument = c.name("a provision").text
    label = c.words[c.at]
    if not LABEL.fullmatch(label):
        what = f"a provision of `{instrument}`" if instrument else "a provision"
        c.unexpected(what, "a provision is its label, as in `17(1)`")
    c.at += 1
    return Ref(label, instrument, c.since(c.start(i)))


def references(c: Cursor) -> tuple[Ref, ...]:
    """One or more references joined by commas."""
    found = [reference(c)]
    while c.take(","):
        found.append(reference(c))
    c.bound(len(found))
    return tuple(found)


def steps(c: Cursor) -> tuple[Step, ...]:
    """One or more steps joined by commas: `ACT [by BEARER] [within DURATION]`."""
    found = [_step(c)]
    while c.take(","):
        found.append(_step(c))
    c.bound(len(found))
    return tuple(found)


def _step(c: Cursor) -> Step:
    act = c.name("an act")
    by = bearer(c, listed=True) if c.take("by") else None
    within = duration(c) if c.take("within") else None
    return Step(act.text, by, within, c.since(act.span >> LENGTH_BITS))


def trigger(c: Cursor) -> Trigger:
    """An act (perhaps `by` someone), an event, `start of STATE` or `end of STATE`."""
    i = c.at
    word = c.words[i]
    if word in ("start", "end") and c.words[i + 1] == "of":
        c.at = i + 2
        state = c.name("a state")
        return Trigger(word, state.text, None, c.since(c.start(i)))
    name = c.name("an act, an event, `start of` or `end of` a state")
    by = bearer(c) if c.take("by") else None
    return Trigger("act-or-event", name.text, by, c.since(c.start(i)))


def effect(c: Cursor, escalation: bool = False) -> Effect:
    """`begins STATE …` and its kin; `escalates to OFFICE` where a breach may do so."""
    i = c.at
    verb = c.words[i]
    if escalation and verb == "escalates":
        c.at = i + 1
        c.expect("to")
        office = c.name("an office")
        return Effect("escalates", office.text, None, None, c.since(c.start(i)))
    if verb not in VERBS:
        known = (*VERBS, "escalates") if escalation else VERBS
        c.unexpected("an effect", suggest=known)
    c.at = i + 1
    state = c.name("a state")
    lasting = until = begun = None
    if verb == "begins" and c.take("from"):
        begun = expression(c)
    if verb in _LASTING:
        if c.take("for"):
            lasting = duration(c)
        elif c.take("until"):
            until = expression(c)
    return Effect(verb, state.text, lasting, until, c.since(c.start(i)), begun)
