"""From the tree of a query to SQL over an index: one MATCH for the words, conditions for the structure.

What a user wrote goes into parameters only. Row numbers are `r.id`; another store with the same tables takes the
conditions as they are, and replaces what is asked of `fts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from writ.corpus.search.filters import OF_NORMS, Predicate, about, joined, of_norm, structure
from writ.corpus.search.stopwords import COMMON
from writ.corpus.search.tree import All, AnyOf, Filter, Near, Node, Not, Words

TOKEN = re.compile(r"[^\W_]+")
"""A word as the tokenizer of the index sees it, near enough to tell whether there is one."""
_ALL_ROWS = "1"
_MATCHING = "r.id IN (SELECT rowid FROM fts WHERE fts MATCH ?)"


class Lowered(msgspec.Struct, frozen=True):
    """`match` is an expression of FTS5, empty where no words are asked for."""

    match: str
    where: tuple[Predicate, ...]
    words: tuple[Words, ...]
    """Those that are asked for, in order; not those that must be absent."""
    bare: tuple[Words, ...] = ()
    """Those without quotes that must all be there."""
    besides: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def loosely(self, bare: tuple[Words, ...]) -> str:
        """The expression for any of these words, with all else as it is asked for."""
        return _match([*self.besides, _any_of(list(bare))], list(self.absent))


def lower(root: Node | None) -> Lowered:
    """The search that a query asks for."""
    items = _conjuncts(root)
    bare, rest = _bare(items)
    matches: list[str] = []
    absent: list[str] = []
    where: list[Predicate] = []
    if bare:
        matches.append(_together(bare, items))
    for item in rest:
        if isinstance(item, Not) and (text := _text(item.of)):
            absent.append(text)
        elif text := _text(item):
            matches.append(text)
        else:
            where.append(condition(item))
    asked = tuple(_asked(root))
    if not matches:
        where += [Predicate(f"NOT {_MATCHING}", (each,)) for each in absent]
        return Lowered("", tuple(where), asked)
    besides = tuple(matches[1:] if bare else matches)
    return Lowered(
        _match(matches, absent), tuple(where), asked, tuple(bare), besides, tuple(absent)
    )


def condition(node: Node) -> Predicate:
    """The condition under which a row is among what a query asks for."""
    match node:
        case Not():
            inner = condition(node.of)
            return Predicate(f"NOT ({inner.sql})", inner.parameters)
        case All():
            if _norm_filters(node.items):
                return joined("AND", _parts(node.items))
            return joined("AND", [condition(each) for each in node.items])
        case AnyOf():
            return joined("OR", [condition(each) for each in node.items])
        case Filter() if node.key != "defines":
            return structure(node)
        case _:
            text = _text(node)
            return Predicate(_MATCHING, (text,)) if text else Predicate(_ALL_ROWS)


def _parts(items: tuple[Node, ...]) -> list[Predicate]:
    norms = [each for each in items if isinstance(each, Filter) and each.key in OF_NORMS]
    rest = [condition(each) for each in items if each not in norms]
    return [*rest, *([of_norm(norms)] if norms else [])]


def _norm_filters(items: tuple[Node, ...]) -> bool:
    return any(isinstance(each, Filter) and each.key in OF_NORMS for each in items)


def _conjuncts(root: Node | None) -> list[Node]:
    """What must all hold. Filters on norms become one, since they speak of one norm."""
    if root is None:
        return []
    items = list(_flat(root))
    norms = [each for each in items if isinstance(each, Filter) and each.key in OF_NORMS]
    if len(norms) < 2:
        return items
    return [*(each for each in items if each not in norms), All(tuple(norms))]


def _flat(node: Node) -> Iterator[Node]:
    if isinstance(node, All):
        for each in node.items:
            yield from _flat(each)
    else:
        yield node


def _bare(items: list[Node]) -> tuple[list[Words], list[Node]]:
    """The words without quotes, without the common ones if there are others; and the rest."""
    bare = [each for each in items if isinstance(each, Words) and each.bare and quoted(each)]
    rest = [each for each in items if not (isinstance(each, Words) and each.bare)]
    telling = [each for each in bare if each.prefix or each.text.lower() not in COMMON]
    return (telling or ([] if any(_text(each) for each in rest) else bare)), rest


def _together(bare: list[Words], items: list[Node]) -> str:
    """All of the words; where they stand as they were written, common words and all, it counts as one more."""
    every = " AND ".join(quoted(each) for each in bare)
    written = [each for each in items if isinstance(each, Words) and each.bare]
    if len(bare) < 2 or any(each.prefix for each in written):
        return every
    phrase = " ".join(token for each in written for token in TOKEN.findall(each.text))
    return f'({every}) OR "{phrase}"'


def _any_of(bare: list[Words]) -> str:
    """Any of the words; two that stand side by side count as one more."""
    words = [quoted(each) for each in bare]
    pairs = [
        f'"{" ".join(TOKEN.findall(one.text) + TOKEN.findall(two.text))}"'
        for one, two in pairwise(bare)
    ]
    return " OR ".join(dict.fromkeys([*words, *pairs[:12]]))


def _match(parts: list[str], absent: list[str]) -> str:
    if not parts:
        return ""
    found = " AND ".join(f"({each})" for each in parts)
    return f"({found}) NOT ({' OR '.join(f'({each})' for each in absent)})" if absent else found


def quoted(words: Words) -> str:
    tokens = TOKEN.findall(words.text)
    if not tokens:
        return ""
    return f'"{" ".join(tokens)}"' + (" *" if words.prefix else "")


def _text(node: Node) -> str:
    """The expression of a part that speaks of words only; nothing where it does not, or FTS5 cannot say it."""
    match node:
        case Words():
            return quoted(node)
        case Near():
            parts = [text for each in node.parts if (text := quoted(each))]
            return f"NEAR({' '.join(parts)}, {node.distance})" if parts else ""
        case Filter() if node.key == "defines":
            terms = [text for each in node.values if (text := quoted(Words(each)))]
            return f"{{terms}} : ({' OR '.join(terms)})" if terms else ""
        case AnyOf():
            texts = [_text(each) for each in node.items]
            return " OR ".join(f"({each})" for each in texts) if all(texts) else ""
        case All():
            wanted = [_text(each) for each in node.items if not isinstance(each, Not)]
            barred = [_text(each.of) for each in node.items if isinstance(each, Not)]
            if not wanted or not all(wanted) or not all(barred):
                return ""
            return _match(wanted, barred)
        case _:
            return ""


def _asked(node: Node | None) -> Iterator[Words]:
    match node:
        case Words():
            if quoted(node):
                yield node
        case Near():
            yield from node.parts
        case All() | AnyOf():
            for each in node.items:
                yield from _asked(each)


def of_norms(root: Node | None) -> Predicate | None:
    """The condition on `n`, a norm, that a query sets; none where it speaks of no norms."""
    filters = [
        each
        for each in (_flat(root) if root is not None else ())
        if isinstance(each, Filter) and each.key in OF_NORMS
    ]
    return about(filters) if filters else None
