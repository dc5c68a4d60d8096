"""Reading a query: words, "phrases", prefix*, NEAR, AND, OR, NOT, brackets and filters.

`docs/search.md` has the grammar. Any text is a query. What cannot be read as meant is read as words, with a problem
that says so; only a filter whose value means nothing (`in-force:yesterday`) is fatal.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from writ.book.suggest import did_you_mean
from writ.corpus.search.tree import (
    ALIASES,
    DATES,
    HAS,
    KEYS,
    MODALITIES,
    All,
    AnyOf,
    Filter,
    Near,
    Node,
    Not,
    Problem,
    Query,
    Words,
)

MAX_LENGTH = 2_000
"""Characters of a query; the rest is not read."""
MAX_WORDS = 64
MAX_DEPTH = 32
DISTANCE = 10
"""Words within which NEAR looks, if it does not say."""

_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "”"}
_LABEL = r"\w[\w.\-–/]*(?:\([^\s()]{1,12}\))+[\w.\-()]*"
_TOKEN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<near>NEAR\()
    | (?P<open>\() | (?P<close>\))
    | (?P<quote>["“«„])
    | (?P<key>[A-Za-z][A-Za-z-]*:(?=[^\s():]))
    | (?P<operator>(?:AND|OR|NOT|NEAR(?:/\d{{1,3}})?)(?=[\s()]|$))
    | (?P<minus>-(?=[\w"“«(]))
    | (?P<label>{_LABEL})
    | (?P<word>[^\s()"“”«»„]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_VALUE = re.compile(rf"{_LABEL}|[^\s()\"“”«»„]+")
_SPOKEN = re.compile(r"[^\W_]")


class _Token:
    __slots__ = ("at", "end", "sort", "text", "values")

    def __init__(self, sort: str, text: str, at: int, end: int, values: tuple[str, ...] = ()):
        self.sort, self.text, self.at, self.end, self.values = sort, text, at, end, values


def parse(text: str, today: dt.date | None = None) -> Query:
    """The query that a text is. Never raises; see `Query.problems`."""
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    reader = _Reader(clean[:MAX_LENGTH], today or dt.date.today())
    if len(clean) > MAX_LENGTH:
        reader.problem(MAX_LENGTH, len(clean), f"only {MAX_LENGTH:,} characters are read")
    root = reader.read()
    return Query(clean, root, tuple(reader.problems), reader.strict)


class _Reader:
    def __init__(self, text: str, today: dt.date) -> None:
        self.text = text
        self.today = today
        self.problems: list[Problem] = []
        self.tokens = self._tokens()
        self.place = 0
        self.depth = 0
        self.words = 0
        self.strict = False

    def problem(
        self, start: int, end: int, message: str, help: str = "", fatal: bool = False
    ) -> None:
        self.problems.append(Problem(start, end, message, help, fatal))

    # --- words and signs

    def _tokens(self) -> list[_Token]:
        found: list[_Token] = []
        at = 0
        while at < len(self.text):
            match = _TOKEN.match(self.text, at)
            if match is None or match.lastgroup is None:  # cannot be: `other` takes any letter
                break
            sort, words, end = match.lastgroup, match[0], match.end()
            if sort == "key":
                token = self._filter(words[:-1], at, end)
                if token is None:  # no filter: its letters are a word
                    token = _Token("word", words[:-1], at, end - 1)
                found.append(token)
                end = token.end if token.sort == "filter" else end
            elif sort == "quote":
                token = self._quoted(at)
                found.append(token)
                end = token.end
            elif sort not in ("space", "other"):
                found.append(_Token("word" if sort == "label" else sort, words, at, end))
            at = end
        return found

    def _quoted(self, at: int) -> _Token:
        closing = _QUOTES[self.text[at]]
        end = self.text.find(closing, at + 1)
        if end < 0:
            self.problem(at, at + 1, "the quotation is not closed", "it is read to the end")
            return _Token("phrase", self.text[at + 1 :], at, len(self.text))
        return _Token("phrase", self.text[at + 1 : end], at, end + 1)

    def _filter(self, name: str, at: int, end: int) -> _Token | None:
        key = ALIASES.get(name.lower(), name.lower())
        if key not in KEYS:
            known = did_you_mean(key, [*KEYS, *ALIASES])
            help = known or f"filters are {', '.join(KEYS)}"
            self.problem(at, end, f"`{name}:` is no filter; it is read as a word", help)
            return None
        values: list[str] = []
        stop = end
        while stop < len(self.text):
            if self.text[stop] in _QUOTES:
                quoted = self._quoted(stop)
                values.append(quoted.text.strip())
                stop = quoted.end
            elif match := _VALUE.match(self.text, stop):
                values += match[0].split(",")
                stop = match.end()
            if not (self.text[stop : stop + 1] == "," or self.text[stop - 1] == ","):
                break
            if self.text[stop : stop + 1] == ",":
                stop += 1
            if self.text[stop : stop + 1].isspace() or self.text[stop : stop + 1] in ("(", ")"):
                break
        given = [each for each in values if each]
        read = tuple(value for each in given if (value := self._value(key, each, end, stop)))
        return _Token("filter", key, at, stop, read or ("",))

    def _value(self, key: str, value: str, start: int, end: int) -> str:
        if key in DATES:
            day = _day(value, key, self.today)
            if day is None:
                self.problem(
                    start, end, f"`{value}` is no day", "write 2022-02-14, 2022 or today", True
                )
            return day or ""
        choices = {"modality": MODALITIES, "has": HAS, "language": ("en", "fr")}.get(key)
        if choices is None:
            return value
        lowered = value.lower()
        plain = lowered[:2] if key == "language" else lowered
        for each in (plain, plain.removesuffix("s"), plain.removesuffix("ies") + "y"):
            if each in choices:
                return each
        help = did_you_mean(plain, choices) or f"one of {', '.join(choices)}"
        self.problem(start, end, f"`{value}` is not known for `{key}:`", help, True)
        return ""

    # --- the tree

    def read(self) -> Node | None:
        items: list[Node] = []
        while self.place < len(self.tokens):
            node = self._any()
            if node is not None:
                items.append(node)
            if self.place < len(self.tokens):  # a bracket that closes nothing
                token = self._next()
                self.problem(
                    token.at, token.end, "this bracket closes nothing", "it is passed over"
                )
        return _together(All, items)

    def _peek(self) -> _Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def _next(self) -> _Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def _operator(self, *names: str) -> _Token | None:
        token = self._peek()
        if token is not None and token.sort == "operator" and token.text.startswith(names):
            return self._next()
        return None

    def _any(self) -> Node | None:
        items = [self._all()]
        while (token := self._operator("OR")) is not None:
            other = self._all()
            if items[-1] is None or other is None:
                self.problem(token.at, token.end, "`OR` stands between two words", _QUOTE)
            items.append(other)
        return _together(AnyOf, [each for each in items if each is not None])

    def _all(self) -> Node | None:
        items: list[Node] = []
        while (token := self._peek()) is not None and token.sort != "close":
            if token.sort == "operator" and token.text == "OR":
                break
            if token.sort == "operator" and token.text == "AND":
                self._next()
                self.strict = True
                if not items or self._peek() is None:
                    self.problem(token.at, token.end, "`AND` stands between two words", _QUOTE)
                continue
            node = self._one()
            if node is not None:
                items.append(node)
        return _together(All, items)

    def _one(self) -> Node | None:
        token = self._next()
        if token.sort == "minus" or (token.sort == "operator" and token.text == "NOT"):
            following = self._peek()
            if (
                following is None
                or following.sort == "close"
                or (following.sort == "operator" and following.text != "NOT")
            ):
                self.problem(token.at, token.end, f"nothing follows `{token.text}`", _QUOTE)
                return None
            self.depth += 1
            node = self._one() if self.depth < MAX_DEPTH else None
            self.depth -= 1
            return Not(node) if node is not None else None
        if token.sort == "open":
            return self._bracketed(token, self._any)
        if token.sort == "near":
            return self._bracketed(token, lambda: self._near_list(token))
        if token.sort == "filter":
            return Filter(token.text, token.values, token.at)
        if token.sort == "operator":  # a NEAR with nothing before it
            self.problem(token.at, token.end, f"`{token.text}` stands between two words", _QUOTE)
            return None
        first = self._words(token)
        return self._near(first) if first is not None else None

    def _bracketed(self, token: _Token, inner: Callable[[], Node | None]) -> Node | None:
        self.depth += 1
        if self.depth >= MAX_DEPTH:
            self.problem(
                token.at, token.end, "brackets are nested too deep", "they are passed over"
            )
            self.depth -= 1
            return None
        node = inner()
        self.depth -= 1
        if self._peek() is not None:
            self._next()
        else:
            self.problem(token.at, token.end, "the bracket is not closed", "it is read to the end")
        return node

    def _near_list(self, start: _Token) -> Node | None:
        parts: list[Words] = []
        distance = DISTANCE
        while (token := self._peek()) is not None and token.sort != "close":
            self._next()
            bare = token.text.strip(",")
            following = self._peek()
            last = following is None or following.sort == "close"
            if last and len(parts) > 1 and bare.isdecimal() and len(bare) < 4:
                distance = int(bare)
            elif token.sort in ("word", "phrase") and (words := self._words(token)) is not None:
                parts.append(words)
        return Near(tuple(parts), distance, start.at) if len(parts) > 1 else _together(All, parts)

    def _near(self, first: Words) -> Node:
        parts = [first]
        distance = 0
        while (token := self._operator("NEAR")) is not None:
            following = self._peek()
            other = self._words(self._next()) if following and following.sort in _WORDED else None
            if other is None:
                self.problem(
                    token.at, token.end, f"`{token.text}` stands between two words", _QUOTE
                )
                break
            parts.append(other)
            distance = max(distance, int(token.text[5:] or DISTANCE))
        return Near(tuple(parts), distance, first.at) if len(parts) > 1 else first

    def _words(self, token: _Token) -> Words | None:
        """The words of a token; nothing where there is no letter and no figure in it."""
        self.words += 1
        if self.words > MAX_WORDS:
            if self.words == MAX_WORDS + 1:
                self.problem(token.at, token.end, f"only {MAX_WORDS} words are read")
            return None
        if _SPOKEN.search(token.text) is None:
            return None
        text = token.text.strip()
        prefix = text.endswith("*")
        return Words(text.rstrip("*"), prefix, token.sort == "word", token.at)


_QUOTE = "in quotes it is a word like others"
_WORDED = ("word", "phrase")


def _together(kind: type[All] | type[AnyOf], items: Sequence[Node]) -> Node | None:
    if len(items) < 2:
        return items[0] if items else None
    return kind(tuple(items))


def _day(value: str, key: str, today: dt.date) -> str | None:
    """A day in ISO 8601. A year alone is its first day, and its last where what comes after it is asked for."""
    if value.lower() == "today":
        return today.isoformat()
    if re.fullmatch(r"[0-9]{4}", value) and value != "0000":
        return f"{value}-12-31" if key == "after" else f"{value}-01-01"
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        return None
