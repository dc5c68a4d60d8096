"""What may stand in a condition or an expression, from the words before the place."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.resolve import Context, resolve
from writ.book.terms import Attr, Type
from writ.diagnostics import Source
from writ.lsp.analysis.notebook import Quiet
from writ.lsp.analysis.offers import Offer, Offers
from writ.lsp.analysis.where import Here
from writ.syntax.tree import Name

_BEGINS = frozenset({"", "and", "or", "not", "(", ",", "{", "satisfies"})
_COMPARES = frozenset(
    {"is", "above", "below", "least", "most", "before", "after", "includes", "+", "-", "since"}
)
_DATES = ("now", "earlier of", "later of", "start of", "end of", "time of", "first time of")
_FOR_TYPE = {
    "yes-no": (),
    "number": ("at least", "at most", "above", "below", "is"),
    "levels": ("at least", "at most", "above", "below", "is", "in {"),
    "duration": ("at least", "at most", "above", "below", "is"),
    "date": ("before", "after", "on or before", "on or after", "is"),
    "kind": ("is", "is not", "in {", "not in {"),
    "set": ("includes", "within", "shares with"),
    "list": (),
    "text": ("is", "is not"),
    "person-id": ("is", "is not"),
}


def offered(
    offers: Offers, words: tuple[str, ...], paths: tuple[str, ...], wanted: str, place: Here
) -> Iterator[Offer]:
    """What may follow these words of a condition (`wanted`: condition) or of an expression (date)."""
    if "." in place.prefix and place.prefix[:1].islower():
        yield from _behind_dot(offers, place.prefix.partition(".")[0], words, place)
        return
    last = words[-1] if words else ""
    if last in ("in",) or (
        last == "{" or (last == "," and "{" in words and "}" not in words[words.index("{") :])
    ):
        kind = _left(offers, words, place)
        if kind is not None:
            yield from offers.values(kind.of)
        if last == "in":
            yield Offer("{", "keyword", "one of these")
            yield Offer("effect", "keyword", "the state lasts")
        return
    if last in _COMPARES:
        yield from _right(offers, words, place)
        return
    if last == "by":
        yield from offers.actors()
        yield Offer("the actor", "keyword", "by whoever acts")
        return
    if last == "of" and len(words) > 1 and words[-2] in ("start", "end", "time"):
        yield from offers.states() if words[-2] != "time" else offers.acts()
        return
    if last in _BEGINS:
        yield from _operand(offers, wanted, place)
        return
    yield from _operators(offers, last, place)


def _behind_dot(offers: Offers, owner: str, words: tuple[str, ...], place: Here) -> Iterator[Offer]:
    if owner in words and "in" in words:
        at = words.index(owner)
        if words[at + 1 : at + 2] == ("in",) and at + 2 < len(words):
            kind = _type(offers, words[at + 2], place)
            owner = kind.of if kind is not None and kind.base == "list" else owner
    if owner == "grant":
        head = place.statement.split()
        owner = head[head.index("by") + 1] if "by" in head[:-1] else owner
    yield from offers.owned(owner)


def _operand(offers: Offers, wanted: str, place: Here) -> Iterator[Offer]:
    if wanted == "date":
        yield from offers.attributes(place, "date")
    else:
        yield from offers.attributes(place)
    for name, item in offers.words.definitions.items():
        yield Offer(name, "definition", str(item.type), item.description)
    for name, state in offers.words.states.items():
        yield Offer(name, "state", "in effect", state.description, order=2)
    for word in _DATES:
        yield Offer(word, "keyword", "a date", order=3)
    if wanted == "date":
        return
    for name, act in offers.words.acts.items():
        yield Offer(name, "act", "done", act.description, order=3)
    for name, event in offers.words.events.items():
        yield Offer(name, "event", "happened", event.description, order=3)
    for word in ("not", "all of (", "any of (", "at least", "every", "some", "actor is"):
        yield Offer(word, "keyword", "a condition", order=4)
    yield Offer("actor", "keyword", "whoever acts", order=4)


def _right(offers: Offers, words: tuple[str, ...], place: Here) -> Iterator[Offer]:
    """What is compared with what stands on the left."""
    kind = _left(offers, words, place)
    if words[-1] == "is":
        yield Offer("not", "keyword", "is not", order=2)
        yield Offer("stated", "keyword", "whether it was stated", order=2)
        if "actor" in words[-2:]:
            yield from offers.actors()
    if kind is None:
        yield from _operand(offers, "date", place)
        return
    yield from offers.values(kind.of)
    if kind.base == "yes-no":
        yield Offer("yes", "value", "", order=0)
        yield Offer("no", "value", "", order=0)
    if kind.base == "date":
        for word in _DATES:
            yield Offer(word, "keyword", "a date", order=0)
    yield from offers.attributes(place, kind.base, kind.of)


_BETWEEN = frozenset(
    {
        "is",
        "not",
        "above",
        "below",
        "at",
        "least",
        "most",
        "before",
        "after",
        "on",
        "or",
        "in",
        "{",
        ",",
        "includes",
        "since",
    }
)


def _left(offers: Offers, words: tuple[str, ...], place: Here) -> Type | None:
    """The type of the operand on the left of the operator at the end."""
    kinds = offers.words.kinds
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word in _BETWEEN or any(word in kind.order for kind in kinds.values()):
            continue
        return _type(offers, word, place)
    return None


def _type(offers: Offers, word: str, place: Here) -> Type | None:
    """The type of an attribute or definition, as this norm would read the word."""
    lexicon = offers.snapshot.lexicon
    known = offers.words.definitions.get(word)
    if known is not None:
        return known.type
    if not word[:1].islower():
        return None
    context = Context(lexicon, Quiet(Source.of("", "")), offers.scope(place))
    found = resolve(context, Name(word), None)
    return found.type if isinstance(found, Attr) else None


def _operators(offers: Offers, last: str, place: Here) -> Iterator[Offer]:
    """What may follow an operand."""
    sort = offers.snapshot.lexicon.names.sorts.get(last)
    if sort == "state":
        yield Offer("in effect", "keyword", "the state lasts", order=0)
        yield Offer("not in effect", "keyword", "the state does not last", order=0)
    elif sort == "act":
        yield Offer("done", "keyword", "the act was done", order=0)
        yield Offer("not done", "keyword", "the act was not done", order=0)
    elif sort == "event":
        yield Offer("happened", "keyword", "it happened", order=0)
    else:
        kind = _type(offers, last, place)
        for word in _FOR_TYPE.get(kind.base, ()) if kind is not None else ():
            yield Offer(word, "keyword", f"compares {kind}", order=0)
        if kind is not None:
            yield Offer("is stated", "keyword", "whether it was stated", order=2)
    yield Offer("and", "keyword", "both", order=1)
    yield Offer("or", "keyword", "either", order=1)
