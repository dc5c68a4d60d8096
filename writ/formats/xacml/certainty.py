"""What is known of a condition: `surely` is true exactly where another is known to be true, and never unknown.

It is what XACML needs where it takes an Indeterminate for no answer (deny-unless-permit, obligations).
"""

from __future__ import annotations

from writ.formats.xacml.formula import (
    All,
    AnyOf,
    AtLeast,
    Atom,
    Formula,
    Named,
    Not,
    at_least,
    doubtful,
    every,
    negation,
    some,
)


def weight(item: Formula, known: dict[str, int] | None = None) -> int:
    """How many parts it has once every name is written out."""
    known = {} if known is None else known
    match item:
        case Named():
            if item.name not in known:
                known[item.name] = weight(item.of, known)
            return known[item.name]
        case Not():
            return 1 + weight(item.of, known)
        case All() | AnyOf() | AtLeast():
            return 1 + sum(weight(one, known) for one in item.items)
    return 1


class TooLong(Exception):
    """A condition has too many parts."""


MAX_WEIGHT = 20_000
"""Parts of one condition, once every name in it is written out."""


def surely(item: Formula) -> Formula:
    """That it is known to be true.

    Raises:
        TooLong: it has too many parts.
    """
    if weight(item) > MAX_WEIGHT:
        raise TooLong
    return _surely(item)


def _surely(item: Formula) -> Formula:
    if not doubtful(item):
        return item
    match item:
        case Named():
            return _surely(item.of)
        case Atom():
            return every((*(Atom(guard.text) for guard in item.guards), Atom(item.text)))
        case All():
            return every(map(_surely, item.items))
        case AnyOf():
            return some(map(_surely, item.items))
        case AtLeast():
            return at_least(item.number, tuple(map(_surely, item.items)))
        case Not():
            return _surely_not(item.of)
    return item


def _surely_not(item: Formula) -> Formula:
    """That it is known to be false."""
    if not doubtful(item):
        return negation(item)
    match item:
        case Named():
            return _surely_not(item.of)
        case Atom():
            return every((*(Atom(guard.text) for guard in item.guards), Not(Atom(item.text))))
        case All():
            return some(map(_surely_not, item.items))
        case AnyOf():
            return every(map(_surely_not, item.items))
        case AtLeast():
            # Even with all that is not known to be false there are too few.
            possible = tuple(negation(_surely_not(one)) for one in item.items)
            return negation(at_least(item.number, possible))
        case Not():
            return _surely(item.of)
    return negation(item)
