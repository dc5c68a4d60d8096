"""A linked book with a change made to it, and the change in the words in which a drafter would write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from writ.book.assurances import Assurance
from writ.book.model import ActorDef, Book, Norm
from writ.book.terms import All, AnyOf, Condition, Done, Not
from writ.book.wording import say
from writ.proof.result import Result
from writ.syntax.tree import Actor, Bearer

replace = msgspec.structs.replace


class Change(NamedTuple):
    """One change: to a norm, or (with none) an addition. `citation` is of what is changed."""

    norm: str
    citation: str
    words: str
    apply: Callable[[Book], Book]


def repealed(norm: Norm) -> Change:
    """Without the norm, and without the overrides that name it."""
    return Change(norm.id, norm.citation, "repeal it", lambda book: _less(book, norm))


def deciding(book: Book, result: Result, kinds: Iterable[str]) -> list[Norm]:
    """The norms of these kinds that decide the example of a result; those that allow an omission left out."""
    if result.example is None:
        return []
    found = [book.by_id[name] for name in result.example.decision.deciding]
    return [norm for norm in found if norm.kind in kinds and not norm.omission]


def with_condition(norm: Norm, condition: Condition, words: str) -> Change:
    """One more conjunct in its `when`."""
    return with_norm(norm, replace(norm, when=(*norm.when, condition)), words)


def with_norm(norm: Norm, changed: Norm, words: str) -> Change:
    """Another norm in its place, of the same id."""
    return Change(norm.id, norm.citation, words, lambda book: _instead(book, changed))


def _instead(book: Book, norm: Norm) -> Book:
    return again(book, norms=tuple(norm if one.id == norm.id else one for one in book.norms))


def _less(book: Book, norm: Norm) -> Book:
    overrides = tuple(one for one in book.overrides if norm.id not in (one.winner, one.loser))
    norms = tuple(one for one in book.norms if one.id != norm.id)
    return again(book, norms=norms, overrides=overrides)


def with_actor(book: Book, actor: ActorDef) -> Book:
    """The book with another definition of an office, at the same place of the hierarchy."""
    actors = {**book.vocabulary.actors, actor.name: actor}
    return again(book, vocabulary=replace(book.vocabulary, actors=actors))


def with_new(
    book: Book,
    assurance: Assurance,
    kind: str,
    line: str,
    act: str,
    when: tuple[Condition, ...],
    highest: bool = False,
) -> Change:
    """A norm in force while the assurance is, in its instrument or in the highest."""
    home = book.instruments[assurance.instrument]
    if highest:
        home = min((one for one in book.instruments.values() if one.start), key=lambda i: i.rank)
    norm = Norm(
        id="assured", kind=kind, instrument=home.id, label="", citation=home.cite(""),
        title="", rank=home.rank, place=assurance.place, label_place=assurance.label_place,
        bearer=Bearer("any", ()) if kind == "lapse" else assurance.bearer, act=act,
        thing=assurance.thing, start=assurance.start, end=assurance.end, enacted=home.enacted,
        when=when, state=assurance.state if kind == "lapse" else "",
        lapse_after=assurance.within if kind == "lapse" else None,
    )  # fmt: skip
    clauses = [f"unless {say(c.of)}" if isinstance(c, Not) else f"when {say(c)}" for c in when]
    words = f"add `{kind} {' '.join([line.strip(), *clauses])}` to {home.title}"

    def apply(book: Book) -> Book:
        own = replace(norm, id="assured" if "assured" not in book.by_id else "assured~2")
        return again(book, norms=(*book.norms, own))

    return Change("", "", words, apply)


def again(book: Book, **parts: object) -> Book:
    """The book with other parts."""
    return Book(
        book.name,
        book.title,
        book.ranks,
        book.default_calendar,
        parts.get("vocabulary", book.vocabulary),  # type: ignore[arg-type]
        book.instruments,
        parts.get("norms", book.norms),  # type: ignore[arg-type]
        parts.get("overrides", book.overrides),  # type: ignore[arg-type]
        book.sources,
        book.root,
        assurances=book.assurances,
    )


# --- conditions


def done_before(assurance: Assurance, act: str) -> tuple[Condition, ...]:
    """Of two acts that nobody may both do: that the actor has done the other one."""
    if assurance.form != "never both":
        return ()
    first, second = assurance.acts
    return (Done(first if act != first else second, by_actor=True),)


def apart(conditions: Sequence[Condition]) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    """Those that must be true, and those that must not be, without their `not`."""
    positive = tuple(each for each in conditions if not isinstance(each, Not))
    return positive, tuple(each.of for each in conditions if isinstance(each, Not))


def all_of(conditions: tuple[Condition, ...]) -> Condition:
    """Their conjunction; one alone is itself."""
    return conditions[0] if len(conditions) == 1 else All(conditions)


def any_of(conditions: tuple[Condition, ...]) -> Condition:
    """Their disjunction; one alone is itself."""
    return conditions[0] if len(conditions) == 1 else AnyOf(conditions)


def said(conditions: tuple[Condition, ...]) -> str:
    """Their conjunction in the words of the language."""
    return say(all_of(conditions))


def names_of(bearer: Bearer) -> str:
    """`minister, governor`."""
    return ", ".join(actor.name for actor in bearer.actors)


def excepting(bearer: Bearer, other: Bearer) -> Bearer:
    """The bearer, except whom the other names."""
    return replace(bearer, excepted=(*bearer.excepted, *(Actor(a.name) for a in other.actors)))
