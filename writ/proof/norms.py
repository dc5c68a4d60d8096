"""What single norms come to, by proof: one that never applies, one that changes no answer, two that conflict.

The checks of the compiler suspect such norms from their words; here each is decided over every lawful situation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from writ.book.model import Book, Norm
from writ.engine.answer import Outcome
from writ.proof.claims import Prover
from writ.proof.impact import Amendment
from writ.proof.question import Question, TimeUp
from writ.proof.result import Example, Verdict
from writ.proof.sorts import narrower, offices, opposable, protected, things
from writ.syntax.tree import Bearer

JUDGED = frozenset(
    {"power", "permission", "right", "prohibition", "immunity", "disability", "limit"}
)
"""Norms whose whole work is in answers: a duty also opens, and a lapse ends, what no answer shows."""


class Fault(msgspec.Struct, frozen=True, gc=False):
    """`kind`: dead (no situation meets its `when`), redundant (without it every request is answered the same), conflict
    (`example` is a situation in which the law both allows or commands and forbids), or unknown."""

    kind: str
    norm: str
    """Of a conflict, the act."""
    example: Example | None = None
    because: str = ""


def faults(
    book: Book, norms: Iterable[str] | None = None, milliseconds: int = 5_000
) -> Iterator[Fault]:
    """What is proved of the norms of a book, in its order; then the acts over which norms conflict."""
    prover = Prover(book, milliseconds)
    chosen = [book.by_id[name] for name in norms] if norms is not None else book.norms
    for norm in chosen:
        fault = _dead(prover, norm) or _redundant(prover, norm)
        if fault is not None:
            yield fault
    if norms is None:
        yield from conflicts(prover)


def _questions(prover: Prover, norm: Norm) -> Iterator[Question]:
    """The questions in which a norm could have a part."""
    whose = norm.bearer if norm.kind != "immunity" else Bearer("none", ())
    for act in narrower(prover.rules, norm.act):
        for actor in offices(prover.rules, act, whose):
            for thing in things(prover.rules, act, norm.thing):
                for against in protected(prover.rules, act) if norm.kind == "immunity" else ("",):
                    yield Question(prover.book, act, actor, thing=thing, against=against)


def _dead(prover: Prover, norm: Norm) -> Fault | None:
    """Proved never to apply."""
    if norm.kind not in JUDGED | {"duty"} or not norm.when:
        return None
    asked = False
    for question in _questions(prover, norm):
        found = [each for each in question.asked.findings if each.norm.id == norm.id]
        asked = True
        try:
            if found and question.model(found[0].truth.yes, prover.milliseconds) is not None:
                return None
        except TimeUp:
            return None
    return Fault("dead", norm.id) if asked else None


def _redundant(prover: Prover, norm: Norm) -> Fault | None:
    """Proved to change no answer."""
    if norm.kind not in JUDGED or norm.effects or norm.enabling or norm.start is None:
        return None
    acts = prover.book.vocabulary.act_down.get(norm.act, frozenset({norm.act}))
    amendment = Amendment(prover.book, without(prover.book, norm), prover.milliseconds)
    if all(amendment.impact(act).verdict is Verdict.PROVED for act in sorted(acts)):
        return Fault("redundant", norm.id)
    return None


def without(book: Book, norm: Norm) -> Book:
    """The book with one norm less, and what it said of others."""
    left = tuple(each for each in book.norms if each.id != norm.id)
    overrides = tuple(o for o in book.overrides if norm.id not in (o.winner, o.loser))
    return Book(
        book.name, book.title, book.ranks, book.default_calendar, book.vocabulary, book.instruments,
        left, overrides, book.sources, book.root,
    )  # fmt: skip


def conflicts(prover: Prover) -> Iterator[Fault]:
    """The acts over which norms conflict, each with a situation."""
    for act in sorted(prover.book.vocabulary.acts):
        if not any(True for _ in opposable(prover.rules, act)):
            continue
        fault = _conflict(prover, act)
        if fault is not None:
            yield fault


def _conflict(prover: Prover, act: str) -> Fault | None:
    unsure = ""
    for actor in offices(prover.rules, act, Bearer("none", ())):
        question = Question(prover.book, act, actor)
        try:
            example = prover.shown(
                question,
                question.outcomes[Outcome.CONFLICT],
                lambda _, answer: answer.outcome is Outcome.CONFLICT,
            )
        except TimeUp:
            unsure = f"{act} by {actor}: neither shown nor excluded"
            continue
        if example is not None:
            return Fault("conflict", act, example)
    return Fault("unknown", act, because=unsure) if unsure else None
