"""The access part of a book as Cedar policies, a schema and entities (`docs/cedar.md`).

A grant becomes a permit where its conditions are true. A prohibition becomes a forbid where its conditions are not
false: what is unknown is not permitted by us either. Whether a forbid overrides a permit just where a prohibition
defeats a grant is for whoever exports to tell (`overriding`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

import msgspec

from writ.book import dates
from writ.book.model import ANYONE, Book, Norm
from writ.book.overrides import Override
from writ.diagnostics import Diagnostic
from writ.engine.applies import in_force
from writ.engine.precedence import opposes
from writ.formats.cedar.obstacles import obstacle
from writ.formats.cedar.outward import Outward, denied, every, some, text_of
from writ.formats.cedar.overriding import GRANTS, DenyOverrides, structural
from writ.formats.cedar.printed import entities_json, schema_text
from writ.syntax.tree import Bearer


class Exported(msgspec.Struct, frozen=True):
    """What Cedar is given, and for which acts it stands."""

    policies: str
    schema: str
    entities: str
    acts: tuple[str, ...]
    book: Book
    outward: Outward
    span: tuple[dt.date | None, dt.date | None]
    """The days on which the same norms are in force: the first, and the first on which they are not."""


def export(
    book: Book,
    at: dt.date,
    acts: Iterable[str] | None = None,
    deny_overrides: DenyOverrides = structural,
) -> tuple[Exported, list[Diagnostic]]:
    """The policies for these acts (for all, where none are named) as the law stands on a day.

    An act of which Cedar would judge otherwise is left out, with a diagnostic: Cedar then denies it.
    """
    outward = Outward(book.vocabulary)
    found: list[Diagnostic] = []
    taken: list[str] = []
    for act in book.vocabulary.acts if acts is None else acts:
        wrong = obstacle(book, act, at, outward, deny_overrides)
        if wrong is None:
            taken.append(act)
        else:
            found.append(wrong)
    outward = Outward(book.vocabulary)
    norms = [
        norm
        for norm in book.norms
        if in_force(norm, at, None) and not norm.omission and _covered(book, norm, taken)
    ]
    barring = [norm for norm in norms if norm.kind == "disability"]
    policies = [
        _policy(book, norm, _covered(book, norm, taken), outward, barring)
        for norm in norms
        if norm.kind in GRANTS or norm.kind == "prohibition"
    ]
    policies += _liberties(book, taken, outward)
    return (
        Exported(
            "\n\n".join(policies) + "\n",
            schema_text(book.vocabulary, taken, outward),
            json.dumps(entities_json(book.vocabulary, outward), indent=2) + "\n",
            tuple(taken),
            book,
            outward,
            _span(book, at),
        ),
        found,
    )


def _covered(book: Book, norm: Norm, acts: list[str]) -> list[str]:
    return [act for act in acts if norm.act and norm.act in book.vocabulary.act_up.get(act, ())]


def _policy(book: Book, norm: Norm, acts: list[str], outward: Outward, barring: list[Norm]) -> str:
    """One norm as one policy. Its acts are listed: a narrower act that is not exported must not be allowed.

    Where one of the disabilities `barring` that opposes a grant applies, the grant gives nothing.
    """
    truth = outward.all(norm.when)
    grants = norm.kind in GRANTS
    who, of_whom = _bearer(norm.bearer, outward)
    what = f'resource in Thing::"{norm.thing}"' if norm.thing else "resource"
    opposing = [one for one in barring if grants and opposes(book, one, norm)]
    unless = [
        denied(_applies(one, _covered(book, one, acts), outward))
        for one in opposing
        if _covered(book, one, acts)
    ]
    condition = every((*of_whom, *unless, truth.true if grants else truth.unfalse))
    return _written(
        {"id": norm.id, "citation": norm.citation},
        "permit" if grants else "forbid",
        (who, _actions(acts), what),
        condition,
    )


def _applies(norm: Norm, acts: list[str], outward: Outward) -> str:
    """When a norm on these acts applies, all of it as a condition."""
    who, of_whom = _bearer(norm.bearer, outward)
    return every(
        (
            *([who] if " " in who else []),
            *of_whom,
            _actions(acts),
            *([f'resource in Thing::"{norm.thing}"'] if norm.thing else []),
            outward.all(norm.when).true,
        )
    )


def _liberties(book: Book, acts: list[str], outward: Outward) -> list[str]:
    """A private person needs no grant for an act that is not reserved."""
    known = book.vocabulary.acts
    free = [
        act
        for act in acts
        if not any(known[one].reserved for one in book.vocabulary.act_up[act] if one in known)
    ]
    if not free or not any(one.kind == "person" for one in book.vocabulary.actors.values()):
        return []
    head = ("principal is Person", _actions(free), "resource")
    return [_written({"id": "liberty", "citation": "private persons are free"}, "permit", head, "")]


def _bearer(bearer: Bearer, outward: Outward) -> tuple[str, list[str]]:
    """The principal of the head, and the conditions on it that the head cannot hold."""
    excepted = [outward.actor(one.name) for one in bearer.excepted if one.name != ANYONE]
    found = [denied(some(f"principal in {one}" for one in excepted))] if excepted else []
    if any(one.name == ANYONE for one in bearer.excepted):
        found = ["false"]
    names = [one.name for one in bearer.actors]
    if bearer.mode == "none" or ANYONE in names:
        return "principal", found
    if len(names) == 1:
        return f"principal in {outward.actor(names[0])}", found
    return "principal", [some(f"principal in {outward.actor(name)}" for name in names), *found]


def _actions(acts: list[str]) -> str:
    names = ", ".join(f"Action::{text_of(act)}" for act in acts)
    return f"action in [{names}]" if len(acts) > 1 else f"action == {names}"


def _written(notes: dict[str, str], effect: str, head: tuple[str, ...], condition: str) -> str:
    lines = [f"@{name}({text_of(said)})" for name, said in notes.items()]
    lines += [f"{effect} ({', '.join(head)})"]
    if condition not in ("", "true"):
        lines.append(f"when {{ {condition} }}")
    return "\n".join(lines) + ";"


def _span(book: Book, at: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The days around one on which no norm or override begins or ends."""
    day = dates.day_of(at)
    bounds: set[dt.date] = set()
    timed: list[Norm | Override] = [*book.norms, *book.overrides]
    for one in timed:
        bounds.update(each for each in (one.start, one.end) if each is not None)
        for gap in one.gaps:
            bounds.add(gap.start)
            if gap.end is not None:
                bounds.add(gap.end + dt.timedelta(days=1))
    for actor in book.offices_once_vacant:
        for gap in actor.vacancies:
            bounds.add(gap.start)
            if gap.end is not None:
                bounds.add(gap.end + dt.timedelta(days=1))
    before, after = [b for b in bounds if b <= day], [b for b in bounds if b > day]
    return max(before, default=None), min(after, default=None)
