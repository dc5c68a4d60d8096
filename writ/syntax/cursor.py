"""The place of the parser in a block, and the mistakes found on the way."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple, NoReturn

from writ.diagnostics import LENGTH_BITS
from writ.syntax.lexer import Tokens
from writ.syntax.limits import MAX_DEPTH, MAX_DIGITS, MAX_ITEMS
from writ.syntax.tree import Name

# Words that follow a value and so cannot be one.
FOLLOWING = frozenset(("and", "or", "not", "is", "in", "of", "includes", "satisfies"))

# Words that hold a sentence together; a name called so would make it unreadable.
RESERVED = FOLLOWING | {
    "may",
    "must",
    "need",
    "has",
    "only",
    "except",
    "by",
    "with",
    "when",
    "unless",
    "if",
}


class Mistake(NamedTuple):
    """A diagnostic before its place is known in lines and columns."""

    code: str
    start: int
    end: int
    message: str
    help: str = ""


class Wrong(Exception):
    """Raised within an item of a statement; whoever reads the items catches it, so that the next is read."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake


class Cursor:
    """`words[at]` is the next word. The word after the item being read is always empty (see `Items.read`), so that no
    function of the grammar has to compare positions."""

    __slots__ = (
        "at",
        "depth",
        "ends",
        "indents",
        "item",
        "mistakes",
        "operators",
        "starts",
        "tokens",
        "words",
    )

    def __init__(self, tokens: Tokens, mistakes: list[Mistake]) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.ends = tokens.ends
        self.indents = tokens.indents
        self.mistakes = mistakes
        self.at = 0
        self.item = 0
        self.starts: list[int] = []
        """The first word of each item read, for the formatter."""
        self.depth = 0
        self.operators = 0

    def enter(self, start: int) -> None:
        """Begin with the item at word `start`."""
        self.at = self.item = start
        self.starts.append(start)
        self.depth = self.operators = 0

    # --- places

    def start(self, i: int) -> int:
        """Where word `i` starts."""
        return self.ends[i] - len(self.words[i])

    def since(self, start: int) -> int:
        """The packed range from the offset `start` to the end of the last word read."""
        # Blocks are bounded, so the range fits; `pack` would make sure of it at twice the time.
        return start << LENGTH_BITS | self.ends[self.at - 1] - start

    def starts_line(self, i: int) -> bool:
        """Whether word `i` is the first of a line no deeper than the item's own, and so hardly goes on with it."""
        indent = self.indents.get(i)
        return indent is not None and indent <= self.indents.get(self.item, 0)

    def is_bad(self, i: int) -> bool:
        """Whether word `i` is none of the language, and has been reported as such."""
        bad = self.tokens.bad
        return bool(bad) and bad[bisect_left(bad, i) % len(bad)] == i

    # --- words

    def take(self, word: str) -> bool:
        """Step over `word` if it is the next."""
        if self.words[self.at] == word:
            self.at += 1
            return True
        return False

    def sees(self, *words: str) -> bool:
        """Whether exactly these words come next."""
        at = self.at
        return all(self.words[at + i] == word for i, word in enumerate(words) if word)

    def expect(self, *words: str) -> None:
        """Step over these words; a mistake if others stand there."""
        for word in words:
            if self.words[self.at] != word:
                self.unexpected(f"`{' '.join(words)}`", suggest=words)
            self.at += 1

    def name(self, what: str) -> Name:
        """A name without a dot; `what` tells in the message what it would name."""
        i = self.at
        word = self.words[i]
        if not "a" <= word[:1] <= "z" or word in RESERVED:
            self.unexpected(what)
        if "." in word:
            self.wrong(
                "S140",
                i,
                f"expected {what}, found the path `{word}`",
                "a path leads to an attribute",
            )
        self.at = i + 1
        width = len(word)
        return Name(word, self.ends[i] - width << LENGTH_BITS | width)

    def path(self, what: str) -> Name:
        """A name, or two joined by a dot."""
        i = self.at
        word = self.words[i]
        if not "a" <= word[:1] <= "z" or word in RESERVED:
            self.unexpected(what)
        self.at = i + 1
        width = len(word)
        return Name(word, self.ends[i] - width << LENGTH_BITS | width)

    def names(self, what: str) -> tuple[Name, ...]:
        """One or more names joined by commas."""
        found = [self.name(what)]
        while self.take(","):
            found.append(self.name(what))
        self.bound(len(found))
        return tuple(found)

    def text(self) -> str:
        """A text in double quotes if one comes next, else nothing."""
        word = self.words[self.at]
        if word[:1] != '"':
            return ""
        self.at += 1
        return word[1:-1]

    def whole(self, what: str) -> int:
        """A whole number."""
        word = self.words[self.at]
        if not (word.isascii() and word.isdigit()):
            self.unexpected(what)
        if len(word) > MAX_DIGITS:
            self.wrong("S123", self.at, f"`{shown(word)}` is too large a number")
        self.at += 1
        return int(word)

    # --- limits

    def deeper(self) -> None:
        """One level further in; whoever calls it steps back out with `depth -= 1`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.wrong(
                "S124",
                self.at,
                f"the condition is nested more than {MAX_DEPTH} levels deep",
                "say part of it as a fact, or in a norm of its own",
            )

    def bound(self, number: int) -> None:
        """Refuse a list of more than so many items."""
        if number > MAX_ITEMS:
            self.wrong("S125", self.item, f"the list has {number:,} items, more than {MAX_ITEMS:,}")

    # --- mistakes

    def wrong(self, code: str, i: int, message: str, help: str = "") -> NoReturn:
        """Give up the item for what word `i` is."""
        raise Wrong(self.mistake(code, i, message, help))

    def mistake(self, code: str, i: int, message: str, help: str = "") -> Mistake:
        """A mistake at word `i`, or behind the word before it where the item ends."""
        end = self.ends[i] if self.words[i] else self.ends[i - 1] if i else self.ends[0]
        return Mistake(code, end - len(self.words[i]), end, message, help)

    def report(self, code: str, i: int, message: str, help: str = "") -> None:
        """Note a mistake and go on."""
        self.mistakes.append(self.mistake(code, i, message, help))

    def unexpected(self, what: str, help: str = "", suggest: Iterable[str] = ()) -> NoReturn:
        """Give up the item: `what` should stand here."""
        i = self.at
        word = self.words[i]
        if not word:
            after = f" after `{shown(self.words[i - 1])}`" if i > self.item else ""
            self.wrong("S140", i, f"expected {what}{after}, but nothing follows", help)
        help = help or suggestion(word, suggest)
        if not help and word[:1].isupper() and word.lower() != word:
            help = "names are lower-case words joined by hyphens"
        elif not help and word in RESERVED:
            help = f"`{word}` is a word of the language and names nothing"
        self.wrong("S140", i, f"expected {what}, found `{shown(word)}`", help)


def shown(word: str) -> str:
    """A word short enough for a message."""
    return word if len(word) <= 60 else word[:57] + "..."


def suggestion(word: str, known: Iterable[str]) -> str:
    """`did you mean …`, or nothing where nothing is close."""
    close = get_close_matches(word[:60].lower(), list(known), 1, 0.7)
    return f"did you mean `{close[0]}`?" if close and close[0] != word else ""
