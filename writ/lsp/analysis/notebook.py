"""Noting the mentions of one text: words found in the ranges that trees keep, names resolved as the linker does."""

from __future__ import annotations

from writ.book.lexicon import Lexicon
from writ.book.report import Report
from writ.book.resolve import Context, resolve
from writ.book.terms import Attr, Const
from writ.book.terms import Type as TermType
from writ.diagnostics import LENGTH_BITS, LENGTH_MASK, Source
from writ.lsp.analysis import symbols
from writ.lsp.analysis.symbols import Mention, Symbol
from writ.syntax import tree
from writ.syntax.lexer import lex

RESERVED = frozenset({"anyone", "actor", "now", "yes", "no"})


class Quiet(Report):
    """A report that takes nothing: the linker has said what is wrong."""

    def full(self) -> bool:
        return True

    def search(self, names: int) -> bool:
        return False


class Notebook:
    """The mentions of one text as they are found."""

    def __init__(self, lexicon: Lexicon, source: Source) -> None:
        self.lexicon = lexicon
        self.source = source
        self.report = Quiet(source)
        self.found: list[Mention] = []
        self._variables: dict[str, Symbol] = {}

    def note(self, start: int, length: int, symbol: Symbol, declares: bool = False) -> None:
        self.found.append(Mention(start, start + length, symbol, declares))

    def sorted(self) -> tuple[Mention, ...]:
        """Every mention once, in order."""
        return tuple(sorted(set(self.found)))

    # --- names of the vocabulary

    def named(self, name: tree.Name | None, declares: bool = False) -> None:
        """A name that stands by itself."""
        if name is not None and name.text not in RESERVED:
            self.note(name.span >> LENGTH_BITS, len(name.text), self.symbol(name.text), declares)

    def symbol(self, text: str) -> Symbol:
        """What a name of the vocabulary is: of its names, only facts are attributes."""
        fact = self.lexicon.names.sorts.get(text) == "fact"
        return symbols.attribute(text) if fact else symbols.name(text)

    def within(self, text: str, span: int, skip: int = 0, last: bool = False) -> None:
        """A name within a longer range: behind `skip` words, or the last."""
        at = self.place(text, span, skip, last)
        if at >= 0 and text not in RESERVED:
            self.note(at, len(text), self.symbol(text))

    def place(self, text: str, span: int, skip: int = 0, last: bool = False) -> int:
        """Where a word stands in a range, or -1."""
        start = span >> LENGTH_BITS
        tokens = lex(self.source.text, start, start + (span & LENGTH_MASK))
        places = range(skip, len(tokens.words) - 3)
        for i in reversed(places) if last else places:
            if tokens.words[i] == text:
                return tokens.ends[i] - len(text)
        return -1

    def actor(self, actor: tree.Actor) -> None:
        if actor.number:
            self.within(actor.name, actor.span, skip=4)
        else:
            self.named(tree.Name(actor.name, actor.span))

    def bearer(self, bearer: tree.Bearer | None) -> None:
        if bearer is not None:
            for actor in (*bearer.actors, *bearer.excepted):
                self.actor(actor)

    # --- names of attributes and values

    def path(
        self, context: Context, name: tree.Name, expected: TermType | None = None
    ) -> TermType | None:
        """A name in a condition; returns its type where that is known."""
        start = name.span >> LENGTH_BITS
        owner, dot, rest = name.text.partition(".")
        if dot:
            self._owner(context, owner, start)
        elif name.text in context.variables:
            self.note(start, len(name.text), self._variables[name.text])
            return None
        found = resolve(context, name, expected)
        if isinstance(found, Attr):
            at = start + len(owner) + 1 if dot else start
            self.note(at, len(rest if dot else owner), symbols.attribute(found.slot))
            return found.type
        if isinstance(found, Const) and not dot and found.type.base in ("kind", "levels"):
            self.note(start, len(name.text), symbols.value(found.type.of, name.text))
            return found.type
        if self.lexicon.names.sorts.get(name.text):
            self.named(name)
            item = self.lexicon.vocabulary.definitions.get(name.text)
            return item.type if item is not None else None
        return None

    def bind(self, variable: str, at: int) -> None:
        """Note where a variable is bound."""
        symbol = Symbol(symbols.Sort.VARIABLE, f"{self.source.path} {at}.{variable}")
        self._variables = {**self._variables, variable: symbol}
        self.note(at, len(variable), symbol, declares=True)

    def _owner(self, context: Context, owner: str, start: int) -> None:
        if owner in context.variables:
            self.note(start, len(owner), self._variables[owner])
        elif owner not in ("actor", "grant"):
            self.named(tree.Name(owner, start << LENGTH_BITS | len(owner)))
