"""The words of `writ` blocks by what they are: what an editor colours by meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from writ.book.lexicon import Lexicon
from writ.diagnostics import LENGTH_BITS, LENGTH_MASK
from writ.lsp.analysis.symbols import Mention, Sort
from writ.syntax.clauses import CLAUSES, WITH_CLAUSES
from writ.syntax.declarations import KINDS as DECLARATIONS
from writ.syntax.lexer import LABEL, lex
from writ.syntax.tree import File

SORTS = (
    "keyword",
    "modifier",
    "comment",
    "string",
    "number",
    "operator",
    "class",
    "function",
    "struct",
    "variable",
    "property",
    "enum",
    "enumMember",
    "event",
    "namespace",
    "parameter",
    "macro",
    "label",
)
"""What the protocol calls them: an office is a class, an act a function, a thing a struct, a state a variable, a
provision a label, an instrument a namespace, a definition a macro."""

DECLARES = 1
_OF_NAME = {
    "office": "class",
    "body": "class",
    "person": "class",
    "act": "function",
    "thing": "struct",
    "state": "variable",
    "event": "event",
    "kind": "enum",
    "levels": "enum",
    "fact": "property",
    "calendar": "namespace",
    "definition": "macro",
}
_OF_SORT = {
    Sort.ATTRIBUTE: "property",
    Sort.VALUE: "enumMember",
    Sort.INSTRUMENT: "namespace",
    Sort.PROVISION: "label",
    Sort.VARIABLE: "parameter",
}
_MODAL = frozenset(
    {
        "may",
        "must",
        "need",
        "not",
        "no",
        "one",
        "only",
        "has",
        "right",
        "power",
        "immune",
        "never",
        "always",
        "can",
    }
)
_HEADS = frozenset((*WITH_CLAUSES, *DECLARATIONS))
_CLAUSES = frozenset(word.split()[0] for word in CLAUSES)
_COMMENT = re.compile(r"--[^\n\r]*")
_DATE = re.compile(r"\d{4}-\d\d")


class Token(msgspec.Struct, frozen=True):
    """A word in offsets, with one of `SORTS`."""

    start: int
    end: int
    sort: str
    declares: bool = False


def tokens(
    text: str,
    file: File,
    mentions: tuple[Mention, ...],
    lexicon: Lexicon,
    start: int = 0,
    end: int | None = None,
) -> list[Token]:
    """The words of the blocks of a file, in order; only those of the blocks that meet a range."""
    end = len(text) if end is None else end
    named = {each.start: each for each in mentions}
    found: list[Token] = []
    for block in file.blocks:
        first = block >> LENGTH_BITS
        last = first + (block & LENGTH_MASK)
        if last < start or first > end:
            continue
        found.extend(_of_block(text, first, last, named, lexicon))
    return found


def _of_block(
    text: str, first: int, last: int, named: dict[int, Mention], lexicon: Lexicon
) -> Iterator[Token]:
    read = lex(text, first, last)
    before = first
    lines = set(read.lines)
    for i, word in enumerate(read.words[:-3]):
        at = read.ends[i] - len(word)
        for match in _COMMENT.finditer(text, before, at):
            yield Token(match.start(), match.end(), "comment")
        before = read.ends[i]
        if not word:
            continue
        mention = named.get(at)
        if mention is not None:
            yield Token(at, mention.end, _sort(mention, lexicon), mention.declares)
            at = mention.end
            if at >= before:
                continue
            # The attribute behind the dot of a path.
            mention = named.get(at + 1)
            if mention is not None:
                yield Token(at + 1, mention.end, _sort(mention, lexicon))
            continue
        if "." in word and (mention := named.get(at + word.index(".") + 1)) is not None:
            yield Token(at, at + word.index("."), "keyword")
            yield Token(mention.start, mention.end, _sort(mention, lexicon))
            continue
        sort = _word(word, i in lines)
        if sort:
            yield Token(at, before, sort)
    # Comments behind the last word are trivia of the end.
    return


def _sort(mention: Mention, lexicon: Lexicon) -> str:
    if mention.symbol.sort is Sort.NAME:
        return _OF_NAME.get(lexicon.names.sorts.get(mention.symbol.key, ""), "variable")
    return _OF_SORT.get(mention.symbol.sort, "variable")


def _word(word: str, begins: bool) -> str:
    letter = word[0]
    if letter == '"':
        return "string"
    if _DATE.match(word) or letter.isdigit():
        return "number"
    if LABEL.fullmatch(word):
        return "label"
    if letter.isalpha() and letter.islower():
        return "modifier" if word in _MODAL and not begins else "keyword"
    return "operator" if letter in "+-:,(){}" else ""
