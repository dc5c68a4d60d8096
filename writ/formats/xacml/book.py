"""A policy written as a book: its vocabulary, a norm for each rule, overrides, duties for obligations."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from writ.formats.xacml.attributes import THINGS, Attributes, Names, slug
from writ.formats.xacml.certainty import surely
from writ.formats.xacml.charges import Charges, clauses
from writ.formats.xacml.combine import Ruling, combine
from writ.formats.xacml.formula import (
    NEVER,
    Formula,
    Named,
    named,
    parts,
    spelled,
    written,
)
from writ.formats.xacml.policy import Effect, Policy
from writ.formats.xacml.precedence import rank
from writ.formats.xacml.terms import ACCESS, DENIED, POINT, REFUSAL, SUBJECT

IN_FORCE = "1900-01-01"
"""A policy of XACML does not say since when it is in force; nothing asks before this day."""


def write(policy: Policy, attributes: Attributes, names: Names) -> dict[str, str]:
    """The files of the book, by path.

    Raises:
        Refused: an obligation assigns what cannot be said.
        TooLong: a condition has too many parts.
    """
    ranked = rank(policy)
    rulings = ranked.part.rulings
    # A duty opens only where it is sure that its effect was given.
    dues = [replace(one, condition=surely(one.condition)) for one in ranked.part.dues]
    refused: Formula = NEVER
    if any(due.charge.effect is Effect.DENY for due in dues):
        denied = combine(policy).says(Effect.DENY)
        refused = named(DENIED, f"{policy.identifier} denies", denied)
    defined = _defined([refused, *(r.condition for r in rulings), *(d.condition for d in dues)])
    kept = frozenset(defined)
    refused = spelled(refused, kept)
    rulings = [replace(one, condition=spelled(one.condition, kept)) for one in rulings]
    rulings = [one for one in rulings if one.condition != NEVER]
    permits = any(one.effect is Effect.PERMIT for one in rulings)
    given = {Effect.PERMIT: permits, Effect.DENY: refused != NEVER}
    dues = [replace(one, condition=spelled(one.condition, kept)) for one in dues]
    dues = [one for one in dues if one.condition != NEVER and given[one.charge.effect]]
    if not any(one.charge.effect is Effect.DENY for one in dues):
        refused = NEVER
    charges = Charges(names, attributes)
    acts = [charges.act(due.charge) for due in dues]
    blocks = [_ruling(one) for one in rulings]
    blocks += [_override(at, over) for at, over in enumerate(_live(ranked.overrides, rulings), 1)]
    if refused != NEVER:
        lines = ["permission R.1", f"  {POINT} may {REFUSAL}", *clauses(refused)]
        blocks.append(_section("R.1 Refusing access", lines))
    for at, (due, act) in enumerate(zip(dues, acts, strict=True), 1):
        word = "Advice" if due.charge.advice else "Obligation"
        label = f"{word[0]}.{at}"
        source = f"provision {due.label}" if due.label else "the whole policy"
        norm = charges.norm(due.charge, act, label, due.condition)
        blocks.append(_section(f"{label} {word} of {source}", [norm]))
    vocabulary = [
        *_actors(bool(dues), refused != NEVER),
        *_things(attributes),
        *charges.declared(),
        *(line for one in attributes.found.values() for line in one.declared()),
        *(_choice(*choice) for choice in ranked.part.choices),
        *(_definition(one, kept) for one in defined.values()),
    ]
    attributes.settled = [name for name, _, unknown in ranked.part.choices if not unknown]
    name = book_name(policy.identifier)
    text = "\n".join(
        [_front(policy, name), _section("Vocabulary", vocabulary, apart=True), *blocks]
    )
    book = f"---\nbook: {name}\ntitle: {json.dumps(policy.identifier)}\n---\n"
    if policy.description:
        book += f"\n{_prose(policy.description)}\n"
    return {"book.md": book, f"{name}.md": text}


def book_name(identifier: str) -> str:
    """A name for the book; where the last part of the identifier says only that it is a policy, with the one before."""
    name = slug(identifier, "policy")
    if name == "book":  # the file of that name is another
        return "book-policy"
    if name.rstrip("0123456789") not in ("policy", "policyset", "policy-set"):
        return name
    before = slug(identifier.rstrip(":/#")[: -len(name)], "")
    return f"{before}-{name}" if before else name


def _choice(name: str, said: str, unknown: bool) -> str:
    return f'fact {name}: yes-no "{_short(said)}"{", unknown if not stated" if unknown else ""}'


def _defined(conditions: Iterable[Formula]) -> dict[str, Named]:
    """The conditions that are used more than once, by name, the inner ones first."""
    uses: Counter[str] = Counter()
    found: dict[str, Named] = {}

    def count(item: Formula) -> None:
        for part in parts(item, inside=False):
            if isinstance(part, Named):
                uses[part.name] += 1
                if part.name not in found:
                    count(part.of)
                    found[part.name] = part

    for condition in conditions:
        count(condition)
    return {name: one for name, one in found.items() if uses[name] > 1}


def _definition(one: Named, kept: frozenset[str]) -> str:
    said = _short(one.description)
    return f'definition {one.name}: yes-no "{said}"\n  means {written(spelled(one.of, kept))}'


def _front(policy: Policy, name: str) -> str:
    lines = [
        "---",
        f"id: {name}",
        f"title: {json.dumps(policy.identifier)}",
        "kind: policy",
        f"citation: {json.dumps(policy.identifier)}",
        'cite-as: "{}"',
        "top: true",
        f"in-force: {IN_FORCE}",
        "---",
        "",
    ]
    return "\n".join(lines)


def _actors(charged: bool, refusing: bool) -> list[str]:
    return [
        f'person {SUBJECT} "whoever asks for access"',
        *([f'office {POINT} "the policy enforcement point"'] if charged else []),
        f'act {ACCESS} "the access that is asked for"\n  reserved',
        *([f'act {REFUSAL} "refuse the access that is asked for"\n  reserved'] if refusing else []),
    ]


def _things(attributes: Attributes) -> Iterator[str]:
    bases = {one.key.type.base for one in attributes.found.values()}
    for base in sorted(bases):
        yield f'thing {THINGS[base]} "a value of an attribute"\n  value: {base} "the value"'


def _ruling(ruling: Ruling) -> str:
    kind, verb = (
        ("permission", "may") if ruling.effect is Effect.PERMIT else ("prohibition", "may not")
    )
    lines = [f"{kind} {ruling.label}", f"  {SUBJECT} {verb} {ACCESS}", *clauses(ruling.condition)]
    return _section(f"{ruling.label} {ruling.identifier}", lines, ruling.description)


Overrides = Iterable[tuple[list[str], list[str]]]


def _live(overrides: Overrides, rulings: list[Ruling]) -> Iterator[tuple[list[str], list[str]]]:
    """Overrides between rulings that are written."""
    labels = {one.label for one in rulings}
    for winners, losers in overrides:
        over = [label for label in winners if label in labels]
        under = [label for label in losers if label in labels]
        if over and under:
            yield over, under


def _override(at: int, override: tuple[list[str], list[str]]) -> str:
    over, under = (", ".join(labels) for labels in override)
    lines = [f"override C.{at}", f"  {over} prevails over {under}"]
    return _section(f"C.{at} Precedence", lines)


def _section(heading: str, lines: list[str], prose: str = "", apart: bool = False) -> str:
    said = f"{_prose(prose)}\n\n" if prose else ""
    body = ("\n\n" if apart else "\n").join(lines)
    return f"## {_prose(heading)}\n\n{said}```writ\n{body}\n```\n"


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:297]}..."


def _prose(text: str) -> str:
    """A line of Markdown that is only text: what could begin a block or a link is set apart."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    for char in "\\`*_[]<>#|~":
        plain = plain.replace(char, f"\\{char}")
    return plain
