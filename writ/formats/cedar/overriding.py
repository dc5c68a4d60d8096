"""Whether `forbid` overrides `permit` gives, for an act, what our maxims give."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, Protocol
from weakref import WeakKeyDictionary

import msgspec

from writ.book.model import ANYONE, Book, Norm
from writ.book.terms import Attr, walk
from writ.checks.opposition import meet
from writ.checks.view import View
from writ.checks.witness import example
from writ.engine.answer import Decision, Outcome
from writ.engine.applies import in_force
from writ.engine.precedence import prevails
from writ.engine.reference import decide
from writ.engine.request import Request
from writ.syntax.tree import Bearer

GRANTS = frozenset({"power", "permission", "right"})


class Doubt(NamedTuple):
    """Why it may not. `request` is answered `permitted` by us and denied by Cedar, where one is known."""

    because: str
    request: Request | None = None


class DenyOverrides(Protocol):
    """Tells whether every request to do an act, on a day, is permitted only if no prohibition applies or could apply.

    Whoever exports supplies one: the structural one below, or one that proves it.
    """

    def __call__(self, book: Book, act: str, at: dt.date) -> Doubt | None:
        """None where it is so for certain."""


def structural(book: Book, act: str, at: dt.date) -> Doubt | None:
    """Sure where no power, permission or right that could meet a prohibition on the act prevails over it.

    An opposition that no maxim decides is no doubt: it ends in `prohibited` or `conflict`, and never in `permitted`.
    """
    above = book.vocabulary.act_up.get(act, frozenset({act}))
    norms = [
        norm
        for norm in book.norms
        if norm.act in above and in_force(norm, at, None) and not norm.omission
    ]
    for grant in norms:
        for bar in norms:
            if grant.kind not in GRANTS or bar.kind != "prohibition":
                continue
            maxim = prevails(book, grant, bar, at)
            if maxim is not None and not _apart(book, grant, bar, at):
                because = f"{grant.citation} prevails over {bar.citation} by {maxim}"
                return Doubt(because, _counterexample(book, act, grant, bar, at))
    return None


_views: WeakKeyDictionary[Book, View] = WeakKeyDictionary()


def _view(book: Book, at: dt.date) -> View:
    if book not in _views:
        _views[book] = View(book, at)
    return _views[book]


def _apart(book: Book, grant: Norm, bar: Norm, at: dt.date) -> bool:
    """Whether no request falls under both."""
    view = _view(book, at)
    if view.matched(grant.bearer).isdisjoint(view.matched(bar.bearer)):
        return not (_anyone(grant.bearer) and _anyone(bar.bearer))
    # Where something is unknown, a bar that cannot be true beside the grant might still not be false.
    attributes = book.vocabulary.attributes
    unsure = any(
        isinstance(term, Attr) and term.slot in attributes and attributes[term.slot].unknown
        for term in walk((grant.when, bar.when))
    )
    return not unsure and not meet(view, grant, bar)


def _anyone(bearer: Bearer) -> bool:
    """Whether also an actor that the book does not know is meant."""
    return bearer.mode == "none" or any(one.name == ANYONE for one in bearer.actors)


def _counterexample(book: Book, act: str, grant: Norm, bar: Norm, at: dt.date) -> Request | None:
    """A request under both that our engine permits, on that day."""

    def permits(decision: Decision) -> bool:
        return decision.outcome is Outcome.PERMITTED and bar.id in {
            one.norm for one in decision.considered if one.status == "defeated"
        }

    found = example(_view(book, at), act, (grant, bar), permits)
    if found is None:
        return None
    then = msgspec.structs.replace(found, at=at)
    return then if permits(decide(book, then)) else None
