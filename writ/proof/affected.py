"""On which acts two editions may answer differently, as far as their norms and words tell."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from writ.book import terms
from writ.book.model import Book, Norm
from writ.book.overrides import Override
from writ.book.place import Place
from writ.book.terms import Attr
from writ.engine.readings import spoken_of
from writ.proof.rules import rules_of

NOWHERE = Place("", 0)


def meaning(norm: Norm) -> bytes:
    """What a norm says, without where it stands."""
    return msgspec.msgpack.encode(
        msgspec.structs.replace(
            norm, place=NOWHERE, label_place=NOWHERE, clause_places=(), title="", citation=""
        )
    )


def affected(old: Book, new: Book) -> set[str]:
    """The acts of both editions on which some norm, ranking, word or calendar is not the same."""
    changed = [*apart(old, new), *apart(new, old)]
    both = set(old.vocabulary.acts) & set(new.vocabulary.acts)
    if _everything(old, new):
        return {act for act in both if rules_of(old).on(act) or rules_of(new).on(act)}
    words = _words(old, new)
    states = states_apart(old, new)
    found: set[str] = set()
    for book, norm in changed:
        found |= _acts(book, norm)
    for book in (old, new):
        for norm in book.norms:
            if norm.act and (_names(norm) & words or spoken_of(_conditions(norm)) & states):
                found |= _acts(book, norm)
    found |= _reranked(old, new)
    return found & both


def reworded(old: Book, new: Book) -> bool:
    """Whether words, rankings or calendars differ, so that the same norm may mean another thing."""
    return bool(_everything(old, new) or _words(old, new) or _reranked(old, new))


def restated(old: Book, new: Book, act: str, states: set[str]) -> bool:
    """Whether an act hangs on one of these states."""
    return bool(states) and any(
        spoken_of(_conditions(norm)) & states
        for book in (old, new)
        for norm in rules_of(book).on(act)
    )


def apart(one: Book, other: Book) -> Iterable[tuple[Book, Norm]]:
    """The norms of one edition that the other does not have so."""
    theirs = {meaning(norm) for norm in other.norms}
    return ((one, norm) for norm in one.norms if meaning(norm) not in theirs)


def _acts(book: Book, norm: Norm) -> set[str]:
    """The acts whose answer a norm has a part in."""
    vocabulary = book.vocabulary
    named = [name for name in (norm.act, norm.before) if name]
    for name in (norm.act, *norm.delegated):
        definition = vocabulary.acts.get(name)
        named += [*definition.excludes, name] if definition else []
    named += [other for other, act in vocabulary.acts.items() if norm.act in act.excludes]
    if norm.omission:
        named += [duty.before for duty in book.norms if duty.before and duty.act == norm.act]
    return {act for name in named for act in vocabulary.act_down.get(name, (name,))}


def _conditions(norm: Norm) -> tuple[object, ...]:
    return (*norm.when, *norm.with_, *norm.so_that, *norm.until, norm.due_by)


def _names(norm: Norm) -> set[str]:
    """The attributes that a norm speaks of, and the kinds of their values."""
    found: set[str] = set()
    for term in terms.walk((_conditions(norm), norm.stating, norm.recording, norm.limited_to)):
        if isinstance(term, Attr):
            found |= {term.slot, term.type.of}
        elif isinstance(term, terms.InEffect | terms.StateTime):
            found.add(term.state)
    return found - {""}


def _words(old: Book, new: Book) -> set[str]:
    """Attributes and kinds that do not mean the same."""
    found: set[str] = set()
    for slot in {*old.vocabulary.attributes, *new.vocabulary.attributes}:
        one, other = old.vocabulary.attributes.get(slot), new.vocabulary.attributes.get(slot)
        if (
            one is None
            or other is None
            or (one.type, one.unknown, one.default) != (other.type, other.unknown, other.default)
        ):
            found.add(slot)
    for name in {*old.vocabulary.kinds, *new.vocabulary.kinds}:
        one_kind, other_kind = old.vocabulary.kinds.get(name), new.vocabulary.kinds.get(name)
        if (
            one_kind is None
            or other_kind is None
            or [v.name for v in one_kind.values] != [v.name for v in other_kind.values]
        ):
            found.add(name)
    return found


def states_apart(old: Book, new: Book) -> set[str]:
    """States that begin, last, lapse or end otherwise."""
    changed = [*apart(old, new), *apart(new, old)]
    return {
        effect.state
        for book, norm in changed
        for effect in (*norm.effects, *norm.breach)
        if effect.state in book.vocabulary.states
    } | {norm.state for _, norm in changed if norm.state}


def _everything(old: Book, new: Book) -> bool:
    """Whether who is whom, which act is a narrower one, or a calendar is not the same: then every act may be."""
    one, other = old.vocabulary, new.vocabulary
    for name in {*one.actors} & {*other.actors}:
        if (
            one.actor_up[name] != other.actor_up[name]
            or one.actors[name].kind != other.actors[name].kind
        ):
            return True
    for name in {*one.acts} & {*other.acts}:
        before, after = one.acts[name], other.acts[name]
        if one.act_up[name] != other.act_up[name] or (
            (before.thing, before.reserved, before.excludes)
            != (after.thing, after.reserved, after.excludes)
        ):
            return True
    for name in {*one.things} & {*other.things}:
        if one.thing_up[name] != other.thing_up[name]:
            return True
    calendars = [
        {
            name: msgspec.structs.replace(calendar, place=NOWHERE, description="", provision="")
            for name, calendar in book.vocabulary.calendars.items()
        }
        for book in (old, new)
    ]
    return calendars[0] != calendars[1] or old.default_calendar != new.default_calendar


def _reranked(old: Book, new: Book) -> set[str]:
    """The acts of norms of which one now prevails over another, or does so no more."""

    def plain(book: Book) -> set[Override]:
        return {msgspec.structs.replace(each, place=NOWHERE) for each in book.overrides}

    before, after = plain(old), plain(new)
    found: set[str] = set()
    for book, apart in ((old, before - after), (new, after - before)):
        for each in apart:
            for name in (each.winner, each.loser):
                found |= _acts(book, book.by_id[name])
    return found
