"""What a word of a text can stand for, and where it stands."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Sort(StrEnum):
    """What sort of thing is named."""

    NAME = "name"
    """Anything declared in the vocabulary that is no attribute: names are shared by the whole book."""
    ATTRIBUTE = "attribute"
    """By its slot, `owner.name`; a fact by its name alone."""
    VALUE = "value"
    """Of a kind or levels, `kind.value`."""
    INSTRUMENT = "instrument"
    PROVISION = "provision"
    """`INSTRUMENT LABEL`, as a reference has it."""
    VARIABLE = "variable"
    """Bound by `some … in …`; `path offset.name` of where it is bound."""
    CASE = "case"


class Symbol(msgspec.Struct, frozen=True, gc=False, order=True):
    """One thing that texts name."""

    sort: Sort
    key: str

    @property
    def word(self) -> str:
        """How it is written where it is named: the last part of its key."""
        if self.sort is Sort.PROVISION:
            return self.key.partition(" ")[2]
        if self.sort in (Sort.ATTRIBUTE, Sort.VALUE, Sort.VARIABLE):
            return self.key.rpartition(".")[2]
        return self.key

    @property
    def owner(self) -> str:
        """What it belongs to: the owner of an attribute, the kind of a value, the instrument of a provision."""
        if self.sort is Sort.PROVISION:
            return self.key.partition(" ")[0]
        return self.key.rpartition(".")[0]


class Mention(msgspec.Struct, frozen=True, gc=False, order=True):
    """A place where something is named, in offsets of its text; `declares` where it is declared there."""

    start: int
    end: int
    symbol: Symbol
    declares: bool = False


def name(text: str) -> Symbol:
    return Symbol(Sort.NAME, text)


def attribute(slot: str) -> Symbol:
    return Symbol(Sort.ATTRIBUTE, slot)


def value(kind: str, text: str) -> Symbol:
    return Symbol(Sort.VALUE, f"{kind}.{text}")


def provision(instrument: str, label: str) -> Symbol:
    return Symbol(Sort.PROVISION, f"{instrument} {label}")


def instrument(id: str) -> Symbol:
    return Symbol(Sort.INSTRUMENT, id)
