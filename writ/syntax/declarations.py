"""The vocabulary: kinds, levels, who, acts, things, states, events, facts, calendars."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from writ.diagnostics import pack
from writ.syntax.calendars import adjourned, holiday, rolls_forward, sitting, zone
from writ.syntax.conditions import condition
from writ.syntax.cursor import Cursor, shown, suggestion
from writ.syntax.expressions import SIGNS, UNITS, day, expression, term
from writ.syntax.items import Items
from writ.syntax.limits import MAX_ITEMS
from writ.syntax.tree import (
    Attribute,
    Condition,
    Date,
    Declaration,
    Duration,
    Expr,
    Line,
    Name,
    Number,
    Text,
    Truth,
    TypeName,
    Value,
)

_LITERALS = (Name, Number, Text, Truth, Date, Duration)


class _Form(NamedTuple):
    """What a kind of declaration may hold."""

    lines: tuple[str, ...] = ()
    attributes: bool = False
    values: bool = False


_FORMS = {
    "kind": _Form(values=True),
    "levels": _Form(values=True),
    "body": _Form(("is", "in", "members", "quorum", "reports to", "succession", "vacant")),
    "office": _Form(("is", "in", "reports to", "succession", "vacant")),
    "person": _Form(("is", "in")),
    "act": _Form(("is", "on", "reserved", "material", "excludes"), attributes=True),
    "thing": _Form(("is",), attributes=True),
    "actor": _Form(attributes=True),
    "state": _Form(("of",), attributes=True),
    "event": _Form(("of",), attributes=True),
    "fact": _Form(),
    "definition": _Form(("means",)),
    "calendar": _Form(
        (
            "zone",
            "weekend",
            "holiday",
            "sitting",
            "adjourned",
            "rolls forward",
            "counts the first day",
        )
    ),
}
KINDS = tuple(_FORMS)


def declaration(c: Cursor, first: int, last: int, provision: str) -> Declaration | None:
    """The vocabulary statement on the lines `first` up to `last`; None if its header is wrong."""
    begins = c.tokens.lines[first]
    kind = c.words[begins]
    form = _FORMS[kind]
    start = c.start(begins)

    below = c.tokens.lines[first + 1 : last]
    indent = next((c.indents[i] for i in below if c.words[i][:1] != '"'), 0)

    def starts(i: int) -> bool:
        word = c.words[i]
        if word[:1] == '"':
            return False
        if form.values or (form.attributes and c.words[i + 1] == ":"):
            return True
        # A line that starts with no word known is one misspelt, unless a list runs on or it is indented further.
        return line_word(c.words, i) in form.lines or (
            c.indents[i] <= indent and c.words[i - 1] != ","
        )

    items = Items(c, first, last, lambda i: _unquoted(c, i))
    if kind == "fact":
        attribute = items.read(lambda: _fact(c), lambda _: False)
        if attribute is None:
            return None
        span = pack(start, c.ends[items.end - 1])
        name, text = attribute.name, attribute.description
        return Declaration(kind, name, text, (), (attribute,), (), provision, span, attribute.span)
    if kind == "definition":
        return _definition(c, items, provision, start)
    header = items.read(lambda: _header(c, kind), starts)
    values: list[Value] = []
    attributes: list[Attribute] = []
    lines: list[Line] = []
    while items.more():
        i = items.next
        if form.values:
            value = items.read(lambda: _value(c), starts)
            if value is not None:
                values.append(value)
        elif form.attributes and c.words[i + 1] == ":":
            attribute = items.read(lambda: _attribute(c), starts)
            if attribute is not None:
                attributes.append(attribute)
        elif (word := line_word(c.words, i)) in form.lines:
            line = items.read(partial(_LINES[word], c, word), starts)
            if line is not None:
                lines.append(line)
        else:
            _unknown_line(c, i, kind, form)
            items.skip(starts)
    if len(values) + len(attributes) + len(lines) > MAX_ITEMS:
        c.report("S125", begins, f"the {kind} has more than {MAX_ITEMS:,} lines")
    if header is None:
        return None
    name, text, name_span = header
    span = pack(start, c.ends[items.end - 1])
    return Declaration(
        kind, name, text, tuple(values), tuple(attributes), tuple(lines), provision, span, name_span
    )


def _unquoted(c: Cursor, i: int) -> bool:
    """Words after a header or an attribute: a description without its quotes, or a name with a blank in it."""
    word = c.words[i]
    if not word[:1].isalpha() or c.words[i - 1][:1] == '"' or c.starts_line(i):
        return False
    stop = c.words.index("", i)
    if any(c.is_bad(each) for each in range(i, stop)):
        return False
    help = "a description stands in double quotes; a name of several words is joined by hyphens"
    c.report("S141", i, f"expected nothing more, found `{shown(word)}`", help)
    return True


def _definition(c: Cursor, items: Items, provision: str, start: int) -> Declaration | None:
    """`definition NAME: TYPE ["description"]` and, beneath it, `means` a condition or an expression."""

    def means(i: int) -> bool:
        return c.words[i] == "means"

    before = len(c.mistakes)
    head = items.read(lambda: _fact(c), means)
    meaning: Condition | Expr | None = None
    while items.more():
        i = items.next
        if means(i) and meaning is None:
            kind = head.type.base if head is not None else "yes-no"
            meaning = items.read(partial(_meaning, c, kind), means)
        else:
            word = shown(c.words[i])
            c.report(
                "S144", i, f"`{word}` is not a line of a definition", "it has one line: `means …`"
            )
            items.skip(means)
    if head is None or meaning is None:
        if head is not None and len(c.mistakes) == before:
            help = "write beneath it: `means` and a condition, or a date or number"
            c.report("S140", items.end - 1, f"`{head.name}` is not defined", help)
        return None
    span = pack(start, c.ends[items.end - 1])
    return Declaration(
        "definition",
        head.name,
        head.description,
        provision=provision,
        span=span,
        name_span=head.span,
        type=head.type,
        meaning=meaning,
    )


def _meaning(c: Cursor, kind: str) -> Condition | Expr:
    c.at += 1
    return condition(c) if kind == "yes-no" else expression(c)


def _header(c: Cursor, kind: str) -> tuple[str, str, int]:
    """Name, description and where the name stands; the statement `actor` is its own name."""
    c.at += 1
    if kind == "actor":
        return "actor", c.text(), c.since(c.start(c.at - 1))
    article = "an" if kind in ("office", "act", "event") else "a"
    name = c.name(f"the name of {article} {kind}" if kind != "levels" else "the name of the levels")
    return name.text, c.text(), name.span


def _value(c: Cursor) -> Value:
    start = c.start(c.at)
    name = c.name("a value")
    text = c.text()
    return Value(name.text, text, c.since(start))


def _fact(c: Cursor) -> Attribute:
    c.at += 1
    return _attribute(c)


def _attribute(c: Cursor) -> Attribute:
    """`NAME: TYPE ["description"] [, unknown if not stated | , VALUE if not stated]`."""
    start = c.start(c.at)
    name = c.name("the name of an attribute")
    if not c.take(":"):
        c.unexpected("`:` and a type", f"as in `{name.text}: yes-no`")
    kind = _type(c)
    text = c.text()
    unknown = False
    default: Expr | None = None
    if c.take(","):
        if c.take("unknown"):
            unknown = True
        else:
            at = c.at
            default = term(c)
            if not isinstance(default, _LITERALS) or c.words[c.at] in SIGNS:
                c.wrong("S140", at, "expected a plain value before `if not stated`")
        c.expect("if", "not", "stated")
    return Attribute(name.text, kind, text, unknown, default, c.since(start))


def _type(c: Cursor) -> TypeName:
    start = c.start(c.at)
    if c.words[c.at][:1] == '"':
        c.unexpected("a type", "such as `yes-no`, `number`, `date`, or the name of a kind")
    base = c.name("a type").text
    of = ""
    if base in ("set", "list"):
        c.expect("of")
        of = c.name("a kind or a thing").text
    elif base == "number" and c.take("of"):
        of = c.name("a unit").text
        if of in ("working", "sitting") and c.words[c.at] in UNITS:
            c.at += 1
            of = f"{of} {c.words[c.at - 1]}"
    return TypeName(base, of, c.since(start))


# --- lines


def declaration_line(words: list[str], i: int, kind: str) -> str:
    """What word `i` would begin in a declaration of that kind, in words, or nothing."""
    form = _FORMS[kind]
    if form.attributes and words[i + 1] == ":":
        return f"the attribute `{words[i][:60]}`"
    word = line_word(words, i)
    return f"the line `{word}`" if word in form.lines else ""


def line_word(words: list[str], i: int) -> str:
    """The line of a declaration that word `i` would begin, or nothing."""
    word = words[i]
    phrase = _PHRASES.get(word)
    if phrase is not None:
        return " ".join(phrase) if words[i : i + len(phrase)] == phrase else ""
    return word if word in _LINES else ""


def _unknown_line(c: Cursor, i: int, kind: str, form: _Form) -> None:
    word = c.words[i]
    known = line_word(c.words, i)
    article = "an" if kind[0] in "aeo" else "a"
    if known:
        c.report("S144", i, f"`{known}` is not a line of {article} {kind}")
    elif c.words[i + 1] == ":":
        help = "declare it with `fact`, or in an `actor` statement if it is true of whoever acts"
        c.report("S144", i, f"{article} {kind} has no attributes", help)
    else:
        help = suggestion(word, {line.split()[0] for line in form.lines})
        if word in KINDS:
            help = "a statement starts in the first column"
        if not help and form.attributes:
            help = f"an attribute has a type: `{word[:60]}: yes-no`"
        c.report("S143", i, f"unknown line `{word[:60]}`", help)


def _many(c: Cursor, word: str) -> Line:
    start = c.start(c.at)
    c.at += 1 + (word == "reports to")
    names = c.names("a name")
    return Line(word, names, span=c.since(start))


def _one(c: Cursor, word: str) -> Line:
    start = c.start(c.at)
    c.at += 1
    name = c.name("a name")
    return Line(word, (name,), span=c.since(start))


def _bare(c: Cursor, word: str) -> Line:
    start = c.start(c.at)
    c.at += len(word.split())
    return Line(word, span=c.since(start))


def _quorum(c: Cursor, word: str) -> Line:
    start = c.start(c.at)
    c.at += 1
    number = c.whole("a number")
    return Line(word, number=number, span=c.since(start))


def _vacant(c: Cursor, word: str) -> Line:
    start = c.start(c.at)
    c.at += 1
    c.expect("from")
    since = day(c)
    until = day(c) if c.take("until") else ""
    return Line(word, dates=(since, until), span=c.since(start))


_LINES: dict[str, Callable[[Cursor, str], Line]] = {
    "is": _many,
    "in": _one,
    "members": _one,
    "quorum": _quorum,
    "reports to": _many,
    "succession": _many,
    "vacant": _vacant,
    "on": _one,
    "reserved": _bare,
    "material": _bare,
    "excludes": _many,
    "of": _one,
    "zone": zone,
    "weekend": _many,
    "holiday": holiday,
    "sitting": sitting,
    "adjourned": adjourned,
    "rolls forward": rolls_forward,
    "counts the first day": _bare,
}
_PHRASES = {line.split()[0]: line.split() for line in _LINES if " " in line}
"""By its first word, a line that begins with several."""
