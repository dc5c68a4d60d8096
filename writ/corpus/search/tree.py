"""A query as a tree, and what could not be read of it."""

from __future__ import annotations

import msgspec


class Words(msgspec.Struct, frozen=True, tag="words"):
    """Words that stand in this order, one or several; of one written without quotes `bare` is true."""

    text: str
    prefix: bool = False
    """Whether the last of them is only the beginning of a word."""
    bare: bool = False
    at: int = 0


class Near(msgspec.Struct, frozen=True, tag="near"):
    """Words or phrases with at most `distance` words between the first and the last."""

    parts: tuple[Words, ...]
    distance: int
    at: int = 0


class Filter(msgspec.Struct, frozen=True, tag="filter"):
    """A condition on structure: `modality:duty`. One of the values is enough."""

    key: str
    values: tuple[str, ...]
    at: int = 0


class Not(msgspec.Struct, frozen=True, tag="not"):
    of: Node


class All(msgspec.Struct, frozen=True, tag="all"):
    items: tuple[Node, ...]


class AnyOf(msgspec.Struct, frozen=True, tag="any"):
    items: tuple[Node, ...]


Node = Words | Near | Filter | Not | All | AnyOf


class Problem(msgspec.Struct, frozen=True):
    """What is odd in a query: characters `start` to `end` (from 0, exclusive), and a way out.

    A `fatal` one leaves no sensible reading; anything else is read as its message says.
    """

    start: int
    end: int
    message: str
    help: str = ""
    fatal: bool = False


class Query(msgspec.Struct, frozen=True):
    """A query as read; without a root it asks for everything. `strict`, by AND: every word must be there."""

    text: str
    root: Node | None
    problems: tuple[Problem, ...] = ()
    strict: bool = False

    @property
    def fatal(self) -> tuple[Problem, ...]:
        return tuple(each for each in self.problems if each.fatal)


KEYS = {
    "in": "an instrument, by its id or words of its title",
    "under": "a provision and what stands beneath it or is made under it; or an instrument likewise",
    "kind": "the kind of the instrument: `statute`, `regulation` …",
    "rank": "the same as `kind`; or a number, 0 the highest",
    "is": "what is found: provision, part, office, act, state, definition, case …",
    "label": "the label of a provision, exactly",
    "modality": "power, permission, duty, prohibition, right, immunity, disability, limit, delegation, lapse",
    "bearer": "an office: norms that bind it, by its name, a broader or a narrower one",
    "act": "norms about the act, a broader or a narrower one",
    "state": "norms that begin, end or look at the state",
    "defines": "provisions that define the term",
    "cites": "provisions that refer to the provision, or to one beneath it",
    "in-force": "in force on the day",
    "before": "in force from a day before",
    "after": "in force from a day after",
    "has": "norm, assurance, definition or reference",
    "language": "en or fr",
}
"""Every filter, with what its value is."""

ALIASES = {
    "office": "bearer",
    "who": "bearer",
    "lang": "language",
    "type": "is",
    "instrument": "in",
}
DATES = frozenset({"in-force", "before", "after"})
MODALITIES = (
    "power",
    "permission",
    "duty",
    "prohibition",
    "right",
    "immunity",
    "disability",
    "limit",
    "delegation",
    "lapse",
)
HAS = ("norm", "assurance", "definition", "reference")
