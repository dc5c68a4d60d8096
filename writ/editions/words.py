"""The changes in what a book declares: offices, acts, things, states, kinds, attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, TypeVar

import msgspec

from writ.book.model import (
    ActDef,
    ActorDef,
    AttributeDef,
    Book,
    DefinitionDef,
    EventDef,
    KindDef,
    Place,
    StateDef,
    ThingDef,
)
from writ.book.wording import say
from writ.editions import canonical
from writ.editions.calendars import calendars
from writ.editions.change import CHANGED, GAINED, LOST, Change, Detail
from writ.editions.respects import listed, one, some


class Declared(Protocol):
    """What every declaration has."""

    @property
    def name(self) -> str: ...
    @property
    def place(self) -> Place: ...


D = TypeVar("D", bound=Declared)
Compare = Callable[[D, D], Iterator[Detail]]
Named = Callable[[D], str]


class Words:
    """Compares the vocabularies of two editions."""

    def __init__(self, old: Book, new: Book) -> None:
        self.old = old
        self.new = new

    def changes(self) -> Iterator[Change]:
        """Every declaration that came, went or means something else. Descriptions are no part of a meaning."""
        old, new = self.old.vocabulary, self.new.vocabulary
        if old == new:
            return
        yield from self.of(old.actors, new.actors, actor, lambda item: item.kind)
        yield from self.acts(old.acts, new.acts)
        yield from self.of(old.things, new.things, thing, lambda _: "thing")
        yield from self.of(old.states, new.states, state, lambda _: "state")
        yield from self.of(old.events, new.events, event, lambda _: "event")
        yield from self.of(
            old.kinds, new.kinds, kind, lambda item: "levels" if item.ordered else "kind"
        )
        yield from self.attributes(old.attributes, new.attributes)
        yield from self.definitions(old.definitions, new.definitions)
        yield from self.of(old.calendars, new.calendars, calendars, lambda _: "calendar")

    def of(
        self,
        old: Mapping[str, D],
        new: Mapping[str, D],
        compare: Compare[D],
        named: Named[D],
    ) -> Iterator[Change]:
        """The changes in one sort of declaration."""
        for name, item in old.items():
            other = new.get(name)
            if other is None:
                yield Change(named(item), LOST, name, old=self.old.span(item.place))
            elif item != other:
                found = tuple(compare(item, other))
                if found:
                    yield self.changed(named(other), name, item, other, found)
        for name, item in new.items():
            if name not in old:
                yield Change(named(item), GAINED, name, new=self.new.span(item.place))

    def changed(
        self, subject: str, name: str, old: Declared, new: Declared, found: tuple[Detail, ...]
    ) -> Change:
        span_old, span_new = self.old.span(old.place), self.new.span(new.place)
        return Change(subject, CHANGED, name, details=found, old=span_old, new=span_new)

    def acts(self, old: Mapping[str, ActDef], new: Mapping[str, ActDef]) -> Iterator[Change]:
        """Acts. Private persons are free to do one that is not `reserved`, and offices are not."""
        persons = tuple(
            name for name, item in self.new.vocabulary.actors.items() if item.kind == "person"
        )
        for change in self.of(old, new, act, lambda _: "act"):
            reserved = next((each.how for each in change.details if each.what == "reserved"), "")
            if reserved == "added":
                change = msgspec.structs.replace(change, bound=persons)
            elif reserved:
                change = msgspec.structs.replace(change, freer=persons)
            yield change

    def attributes(
        self, old: Mapping[str, AttributeDef], new: Mapping[str, AttributeDef]
    ) -> Iterator[Change]:
        """Attributes and facts, without those that came or went with their owner."""
        for change in self.of(
            old, new, attribute, lambda item: "attribute" if item.owner else "fact"
        ):
            owner = (old if change.change == LOST else new)[change.name].owner
            if change.change == CHANGED or self.known(owner, change.change):
                yield change

    def known(self, owner: str, change: str) -> bool:
        """Whether the owner of an attribute that came or went was there, and stayed."""
        if owner in ("", "actor"):
            return True
        other = self.new if change == LOST else self.old
        words = other.vocabulary
        return any(owner in home for home in (words.acts, words.things, words.states, words.events))

    def definitions(
        self, old: Mapping[str, DefinitionDef], new: Mapping[str, DefinitionDef]
    ) -> Iterator[Change]:
        """Definitions that mean something else. One that came or went means nothing until a norm uses it."""
        for change in self.of(old, new, definition, lambda _: "definition"):
            if change.change == CHANGED:
                yield change


def actor(old: ActorDef, new: ActorDef) -> Iterator[Detail]:
    """An office, body or person."""
    yield from one("kind", old.kind, new.kind)
    yield from some("is", old.parents, new.parents)
    yield from one("in", old.body, new.body)
    yield from some("reports to", old.reports_to, new.reports_to)
    yield from listed("succession", old.succession, new.succession)
    yield from one("members", old.members, new.members)
    yield from one("quorum", _number(old.quorum), _number(new.quorum))
    yield from some(
        "vacant", tuple(map(_vacancy, old.vacancies)), tuple(map(_vacancy, new.vacancies))
    )


def act(old: ActDef, new: ActDef) -> Iterator[Detail]:
    yield from some("is", old.parents, new.parents)
    yield from one("on", old.thing, new.thing)
    if old.reserved != new.reserved:
        yield Detail("reserved", "added" if new.reserved else "removed")
    if old.material != new.material:
        yield Detail("material", "added" if new.material else "removed")
    yield from some("excludes", old.excludes, new.excludes)


def thing(old: ThingDef, new: ThingDef) -> Iterator[Detail]:
    yield from some("is", old.parents, new.parents)


def state(old: StateDef, new: StateDef) -> Iterator[Detail]:
    yield from one("of", old.thing, new.thing)


def event(old: EventDef, new: EventDef) -> Iterator[Detail]:
    yield from one("on", old.thing, new.thing)


def kind(old: KindDef, new: KindDef) -> Iterator[Detail]:
    """A kind by its values, levels also by their order."""
    before, after = tuple(old.order), tuple(new.order)
    if old.ordered != new.ordered:
        word = {True: "levels", False: "kind"}
        yield Detail("kind", "other", (word[old.ordered],), (word[new.ordered],))
    yield from some("values", before, after)
    stayed = [name for name in before if name in new.order]
    if (old.ordered and new.ordered) and stayed != [name for name in after if name in old.order]:
        yield Detail("order", "other", (" < ".join(before),), (" < ".join(after),))


def attribute(old: AttributeDef, new: AttributeDef) -> Iterator[Detail]:
    yield from one("type", str(old.type), str(new.type))
    yield from one("not stated", _silence(old), _silence(new))


def definition(old: DefinitionDef, new: DefinitionDef) -> Iterator[Detail]:
    yield from one("type", str(old.type), str(new.type))
    if meaning(old) != meaning(new):
        yield Detail("means", "other", (say(old.meaning),), (say(new.meaning),))


def meaning(item: DefinitionDef) -> object:
    """What a definition means, in its one form."""
    if item.type.base == "yes-no":
        return canonical.condition(item.meaning)  # type: ignore[arg-type]
    return canonical.plain(item.meaning)


def _number(count: int) -> str:
    return str(count) if count else ""


def _vacancy(gap: object) -> str:
    start, end = getattr(gap, "start", ""), getattr(gap, "end", None)
    return f"from {start} until {end}" if end else f"from {start}"


def _silence(item: AttributeDef) -> str:
    """What it means that the attribute is not stated."""
    if item.unknown:
        return "unknown"
    if item.default is None:
        return "not the case"
    if isinstance(item.default, bool):
        return "yes" if item.default else "no"
    return str(item.default)
