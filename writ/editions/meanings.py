"""What the words of a norm mean: the declarations that it rests on, wherever they stand."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from writ.book.model import Book, Place

_WORD = re.compile(r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)?")
_PART = re.compile(r"[a-z0-9][a-z0-9-]*")
_NOWHERE = Place("", 0)
_COUNTED = re.compile(r"working|sitting|business")
_ABOVE = frozenset({"reports_to", "succession", "vacancies", "body", "description", "provision"})
"""What may be declared otherwise of a word without changing what a norm that uses it says: who commands whom, who
follows whom, when an office is vacant."""


class Meanings:
    """The declared words of a book, each with what its declaration says and the words that it uses in turn."""

    def __init__(self, book: Book) -> None:
        words = book.vocabulary
        self.said: dict[str, str] = {}
        for table in (
            words.kinds,
            words.actors,
            words.acts,
            words.things,
            words.states,
            words.events,
        ):
            self.said |= {name: _declared(one) for name, one in table.items()}
        self.said |= {slot: _declared(one) for slot, one in words.attributes.items()}
        self.calendars = {name: _declared(one) for name, one in words.calendars.items()}
        self._closed: dict[str, frozenset[str]] = {}

    def used_in(self, said: str, calendar: str = "") -> str:
        """What the declarations say that a text rests on, in the order of their names."""
        names = set(_WORD.findall(said)) & self.said.keys()
        found = sorted({each for name in names for each in self._all_of(name)})
        texts = [f"{name}: {self.said[name]}" for name in found]
        if calendar and _COUNTED.search(said):
            texts.append(self.calendars.get(calendar, ""))
        return "\n".join(texts)

    def _all_of(self, name: str) -> frozenset[str]:
        """A word and every word that its declaration uses, and theirs."""
        known = self._closed.get(name)
        if known is None:
            found, todo = {name}, [name]
            while todo:
                for each in set(_WORD.findall(self.said[todo.pop()])) & self.said.keys():
                    if each not in found:
                        found.add(each)
                        todo.append(each)
            known = self._closed[name] = frozenset(found)
        return known


@lru_cache(maxsize=8)
def meanings_of(book: Book) -> Meanings:
    """The words of a book."""
    return Meanings(book)


def differing_words(old: Meanings, new: Meanings) -> set[str]:
    """The words, and the calendars by the words they are counted in, that do not mean the same."""
    found = {
        name.rpartition(".")[2]
        for name in old.said.keys() | new.said.keys()
        if old.said.get(name) != new.said.get(name)
    }
    # Whoever uses a word rests on every word that its declaration uses.
    todo = set(found)
    while todo:
        todo = {
            name.rpartition(".")[2]
            for meanings in (old, new)
            for name, said in meanings.said.items()
            if name.rpartition(".")[2] not in found and todo & set(_PART.findall(said))
        }
        found |= todo
    if old.calendars != new.calendars:
        found |= {"working", "sitting", "business"}
    return found


def _declared(one: msgspec.Struct) -> str:
    plain = {"place": _NOWHERE}
    fields = {name: getattr(one, name) for name in one.__struct_fields__ if name not in _ABOVE}
    return repr({**fields, **plain})
