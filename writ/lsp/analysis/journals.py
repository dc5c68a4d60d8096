"""The mentions in a journal."""

from __future__ import annotations

from writ.book.lexicon import Lexicon
from writ.diagnostics import LENGTH_BITS, Source
from writ.journal.heads import Written
from writ.journal.phrases import Braces, Fact, Members
from writ.journal.statements import Dated, Found, statements
from writ.lsp.analysis import symbols
from writ.lsp.analysis.cases import attribute_of
from writ.lsp.analysis.notebook import Notebook
from writ.lsp.analysis.symbols import Mention, Symbol
from writ.syntax.cursor import Mistake
from writ.syntax.lexer import LABEL
from writ.syntax.parser import LONE_RETURN
from writ.syntax.tree import Name

BOM = "\ufeff"


def mentions(
    text: str, path: str, lexicon: Lexicon, cited: dict[str, Symbol]
) -> tuple[Mention, ...]:
    """Every place of a journal where the book is spoken of. `cited` are the provisions by their citations."""
    if LONE_RETURN.search(text):
        return ()
    journal = _Journal(text, path, lexicon, cited)
    ignored: list[Mistake] = []
    found = list(statements(text, 1 if text.startswith(BOM) else 0, ignored))
    for at, one in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        same = following is not None and following.cursor is one.cursor
        journal.statement(one, following.start if following is not None and same else len(text))
    return journal.book.sorted()


class _Journal:
    def __init__(self, text: str, path: str, lexicon: Lexicon, cited: dict[str, Symbol]) -> None:
        self.text = text
        self.lexicon = lexicon
        self.cited = cited
        self.book = Notebook(lexicon, Source.of(path, text))

    def statement(self, found: Found, end: int) -> None:
        node = found.node
        if isinstance(node, Written):
            self.written(node)
            self.words(found, end)
        elif isinstance(node, Dated):
            self.known(node.calendar)

    def known(self, name: Name | None) -> None:
        if name is not None and name.text in self.lexicon.names.sorts:
            self.book.named(name)

    def written(self, node: Written) -> None:
        if node.kind != "expect":
            self.known(node.subject)
            if node.kind != "gone":
                self.known(node.name)
        elif node.subject is not None and node.subject.text != "act":
            self.known(node.name)
        self.known(node.thing)
        owner = node.name.text if node.name is not None else ""
        act = self.lexicon.act(owner)
        thing = node.thing.text if node.thing is not None else act.thing if act else ""
        self.facts(node.facts, owner, thing)
        for word, given in node.clauses.items():
            if word == "where":
                self.facts(given, owner, thing)
            elif word == "against" or (word == "to" and isinstance(given, Name)):
                self.known(given)
            elif word in ("to", "of") and isinstance(given, tuple):
                self.known(given[0])

    def facts(self, facts: tuple[Fact, ...], owner: str, thing: str) -> None:
        vocabulary = self.lexicon.vocabulary
        for fact in facts:
            found = attribute_of(vocabulary, fact.path.text, owner, thing)
            if found is None:
                continue
            start = fact.path.span >> LENGTH_BITS
            first, dot, rest = fact.path.text.partition(".")
            if dot:
                if first != "actor":
                    self.known(Name(first, start << LENGTH_BITS | len(first)))
                start += len(first) + 1
            self.book.note(start, len(rest or first), symbols.attribute(found.slot))
            kind = vocabulary.kinds.get(found.type.of)
            given = fact.value
            if isinstance(given, Members):
                for member in given.items:
                    self.facts(member, found.type.of, "")
            for one in given.items if isinstance(given, Braces) else (given,):
                if kind is not None and isinstance(one, Name) and one.text in kind.order:
                    at = one.span >> LENGTH_BITS
                    self.book.note(at, len(one.text), symbols.value(kind.name, one.text))

    def words(self, found: Found, end: int) -> None:
        """What trees keep no place of: the provision of a duty, and citations."""
        c = found.cursor
        assert isinstance(found.node, Written)
        at = found.node.first
        expects = found.node.kind == "expect"
        cites = False
        while c.words[at] and c.start(at) < end:
            word = c.words[at]
            if word == "cites":
                cites = True
            elif cites and word[:1] == '"':
                symbol = self.cited.get(word[1:-1])
                if symbol is not None:
                    self.book.note(c.start(at) + 1, len(word) - 2, symbol)
            elif word != ",":
                cites = False
            if expects and word == "duty" and found.node.provision:
                self.provision(found, at + 1)
                expects = False
            at += 1

    def provision(self, found: Found, at: int) -> None:
        c = found.cursor
        instrument, _, label = found.node.provision.rpartition(" ")  # type: ignore[union-attr]
        if instrument:
            self.book.note(c.start(at), len(instrument), symbols.instrument(instrument))
            at += 1
        if LABEL.fullmatch(c.words[at]) and c.words[at] == label:
            for symbol in self.provisions(instrument, label):
                self.book.note(c.start(at), len(label), symbol)

    def provisions(self, instrument: str, label: str) -> list[Symbol]:
        """The provision meant: without an instrument, that of whichever has the label."""
        if instrument:
            return [symbols.provision(instrument, label)]
        return sorted({each for each in self.cited.values() if each.word == label})[:1]
