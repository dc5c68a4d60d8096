"""What stands in the way of giving an act to Cedar: norms that it cannot say, maxims that it does not have."""

from __future__ import annotations

import datetime as dt

from writ.book.model import Book, Norm
from writ.book.terms import Attr, walk
from writ.diagnostics import Diagnostic, Related
from writ.engine.applies import in_force
from writ.engine.office import in_place_of
from writ.engine.precedence import opposes, prevails
from writ.engine.request import Request
from writ.formats.cedar.codes import CODES
from writ.formats.cedar.expressions import Unsupported
from writ.formats.cedar.outward import Outward
from writ.formats.cedar.overriding import GRANTS, DenyOverrides

REQUIRING = ("after", "with_", "stating", "recording")


def obstacle(
    book: Book, act: str, at: dt.date, outward: Outward, deny_overrides: DenyOverrides
) -> Diagnostic | None:
    """Why Cedar cannot judge an act as we do."""
    above = book.vocabulary.act_up.get(act, frozenset({act}))
    if any(in_place_of(book, Request(actor, act, at)) for actor in book.vocabulary.actors):
        return _wrong(book, act, None, "an office is vacant, and others act in it")
    if any(book.vocabulary.acts[one].excludes for one in above if one in book.vocabulary.acts):
        return _wrong(book, act, None, "the act excludes others")
    for norm in book.norms:
        if norm.omission or not in_force(norm, at, None):
            continue
        if norm.before in above and norm.before:
            return _wrong(book, act, norm, "something is due before the act")
        if norm.act not in above:
            continue
        opposed = _opposed(book, norm, act, at)
        if norm.kind == "disability" and not opposed:
            continue
        try:
            _access(book, norm)
            outward.all(norm.when)
        except Unsupported as error:
            return _wrong(book, act, norm, str(error))
        for grant in opposed:
            maxim = prevails(book, grant, norm, at)
            if maxim is not None:
                because = f"{grant.citation} prevails over {norm.citation} by {maxim}"
                return _doubtful(book, act, because, None)
    doubt = deny_overrides(book, act, at)
    return None if doubt is None else _doubtful(book, act, doubt.because, doubt.request)


def _opposed(book: Book, norm: Norm, act: str, at: dt.date) -> list[Norm]:
    """The grants of an act that a disability takes away."""
    if norm.kind != "disability":
        return []
    above = book.vocabulary.act_up.get(act, frozenset({act}))
    return [
        grant
        for grant in book.norms
        if grant.kind in GRANTS
        and grant.act in above
        and not grant.omission
        and in_force(grant, at, None)
        and opposes(book, norm, grant)
    ]


def _access(book: Book, norm: Norm) -> None:
    """
    Raises:
        Unsupported: the norm is more than a grant or bar with conditions.
    """
    if norm.kind == "disability":
        # One that may apply makes us say what is needed even where another grant is left.
        attributes = book.vocabulary.attributes
        if any(isinstance(x, Attr) and attributes[x.slot].unknown for x in walk(norm.when)):
            raise Unsupported("a disability on what may be unknown")
    elif norm.kind not in GRANTS and norm.kind != "prohibition":
        raise Unsupported(f"{'an' if norm.kind[0] in 'aeiou' else 'a'} {norm.kind}")
    for name in REQUIRING:
        if getattr(norm, name):
            raise Unsupported(f"the clause `{name.rstrip('_')}`")
    if norm.bearer.mode == "each" or any(one.number for one in norm.bearer.actors):
        raise Unsupported("an act of several together")


def _wrong(book: Book, act: str, norm: Norm | None, what: str) -> Diagnostic:
    place = norm.label_place if norm is not None else book.vocabulary.acts[act].place
    of = f" ({norm.citation})" if norm is not None else ""
    message = f"`{act}` is not exported: {what}{of}"
    return Diagnostic("X201", CODES["X201"].severity, message, book.span(place))


def _doubtful(book: Book, act: str, because: str, request: Request | None) -> Diagnostic:
    place = book.span(book.vocabulary.acts[act].place)
    related: tuple[Related, ...] = ()
    if request is not None:
        facts = ", ".join(f"{slot}: {value}" for slot, value in sorted(request.facts.items()))
        said = f"permitted, where Cedar would deny: {request.actor} {request.act} {request.thing}"
        related = (Related(place, f"{said.rstrip()} ({facts or 'no facts'})"),)
    message = f"`{act}` is not exported: {because}"
    return Diagnostic("X202", CODES["X202"].severity, message, place, related=related)
