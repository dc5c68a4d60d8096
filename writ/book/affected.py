"""Which files a change of the vocabulary can touch: those that mention a word whose meaning changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from writ.book.model import Place
from writ.book.vocabulary import Built

MANY = 40
"""With more changed words than this, linking every file is about as fast as looking for them."""

_NOWHERE = Place("", 0)
_TABLES = (
    "kinds",
    "actors",
    "acts",
    "things",
    "states",
    "events",
    "attributes",
    "calendars",
    "definitions",
)


def changed_words(old: Built, new: Built) -> frozenset[str] | None:
    """The words by which a file may depend on what changed; None if there are too many to tell files apart.

    A norm depends on a declaration by its name, by the name of an attribute, or by a value; on the broader acts and
    things through the names of the narrower ones; and on the thing of an act through the act.
    """
    words = _differing(old.names.sorts, new.names.sorts)
    before, after = old.vocabulary, new.vocabulary
    for table in _TABLES:
        words |= {
            slot.rpartition(".")[2]
            for slot in _differing(getattr(before, table), getattr(after, table))
        }
    for table in ("actor_up", "act_up", "thing_up"):
        words |= _differing(getattr(before, table), getattr(after, table))
    words |= old.incomplete ^ new.incomplete
    words |= old.names.lost ^ new.names.lost
    words |= {slot.rpartition(".")[2] for slot in old.broken ^ new.broken}
    for vocabulary in (before, after):
        words |= {
            value
            for name in words & vocabulary.kinds.keys()
            for value in vocabulary.kinds[name].order
        }
        words |= {item.name for item in vocabulary.attributes.values() if item.type.of in words}
        words |= {item.name for item in vocabulary.acts.values() if item.thing in words}
    return frozenset(words) if len(words) <= MANY else None


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    """The keys whose values differ apart from their places."""
    return {
        key
        for key in old.keys() | new.keys()
        if key not in old or key not in new or not _same(old[key], new[key])
    }


def _same(old: Any, new: Any) -> bool:
    if old == new:
        return True
    if not isinstance(old, msgspec.Struct) or not hasattr(old, "place"):
        return False
    replace = msgspec.structs.replace
    return bool(replace(old, place=_NOWHERE) == replace(new, place=_NOWHERE))


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether a text may use one of the words. A longer word that holds one is taken for it, which only costs time."""
    return any(word in text for word in words)
