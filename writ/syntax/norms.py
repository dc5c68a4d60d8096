"""Norms: the header, the line of deontic text, and the clauses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from writ.diagnostics import pack
from writ.syntax.bearers import bearer, references
from writ.syntax.clauses import (
    ASSURANCE,
    ENDING,
    FORMS,
    STATEMENTS,
    WITH_CLAUSES,
    WRITTEN,
    clause,
    clause_word,
)
from writ.syntax.cursor import Cursor, suggestion
from writ.syntax.items import Items
from writ.syntax.lexer import LABEL, NAME
from writ.syntax.limits import MAX_ITEMS, MAX_MISTAKES
from writ.syntax.tree import Bearer, Clause, Name, NormStatement

Line = dict[str, Any]
"""The fields of a `NormStatement` that a line of deontic text gives."""

SAYS = {
    "power": "B may A",
    "permission": "B may A` or `B need not A",
    "duty": "B must A",
    "prohibition": "B may not A` or `no one may A",
    "right": "B has the right to A",
    "immunity": "B is immune from A",
    "disability": "B has no power to A` or `no one has power to A",
    "limit": "B may A only",
    "delegation": "B may delegate A to C by A2",
    "lapse": "STATE lapses",
    "override": "REF prevails over REF",
    "repeal": "REF, REF",
    "suspend": "REF, REF",
    "commence": "REF, REF",
}


class _Phrase(NamedTuple):
    """The words between bearer and act, the mode they give, and the kinds of norm that say so."""

    words: tuple[str, ...]
    mode: str
    kinds: tuple[str, ...]
    nobody: bool = False


# The longer first where one begins another.
_PHRASES = (
    _Phrase(("may", "delegate"), "may delegate", ("delegation",)),
    _Phrase(("may", "not"), "may not", ("prohibition",)),
    _Phrase(("may",), "may not", ("prohibition",), nobody=True),
    _Phrase(("may",), "may", ("power", "permission", "limit")),
    _Phrase(("need", "not"), "need not", ("permission",)),
    _Phrase(("must", "not"), "", ()),
    _Phrase(("must",), "must", ("duty",)),
    _Phrase(("has", "the", "right", "to"), "right", ("right",)),
    _Phrase(("is", "immune", "from"), "immune", ("immunity",)),
    _Phrase(("has", "no", "power", "to"), "no power", ("disability",)),
    _Phrase(("has", "power", "to"), "no power", ("disability",), nobody=True),
)


def norm(c: Cursor, first: int, last: int, provision: str) -> NormStatement | None:
    """The norm on the lines `first` up to `last` of the block; None if its header or its line is wrong."""
    tokens = c.tokens
    kind = c.words[tokens.lines[first]]
    forms = FORMS[kind]

    def starts_clause(i: int) -> bool:
        return clause_word(c.words, i) in forms

    items = Items(c, first, last, lambda i: stray(c, i, kind))
    start = c.start(tokens.lines[first])
    head = items.read(lambda: header(c, kind, provision), lambda i: c.words[i][:1] != '"')
    line: Line | None = None
    if items.more() and not clause_word(c.words, items.next):
        line = items.read(lambda: _line(c, kind), starts_clause)
    elif head is not None:
        says = SAYS[kind]
        c.report(
            "S135", tokens.lines[first], f"the {kind} says nothing", f"its second line is `{says}`"
        )
    found = clauses(c, items, kind, starts_clause)
    if head is None or line is None:
        return None
    label, title, label_span = head
    span = pack(start, c.ends[items.end - 1])
    return NormStatement(
        kind,
        label,
        title,
        clauses=found,
        heading=provision,
        span=span,
        label_span=label_span,
        **line,
    )


def header(c: Cursor, kind: str, provision: str) -> tuple[str, str, int]:
    """Label, title and where the label stands."""
    i = c.at
    c.at += 1
    label = ""
    word = c.words[c.at]
    if LABEL.fullmatch(word):
        label = word
        c.at += 1
        if c.words[c.at] in ("(", ")"):
            help = "a label is one word, with both its parentheses: `17(1)`"
            c.wrong("S141", c.at, f"expected nothing more, found `{c.words[c.at]}`", help)
    elif word and word[0] != '"':
        c.unexpected(
            f"the label of the {kind}", "a label starts with a digit or a capital letter: `17(1)`"
        )
    span = c.since(c.start(c.at - 1))
    title = c.text()
    if not label and not provision:
        help = "give it one, or put the block beneath a heading such as `## 17(1) Declaration`"
        c.wrong("S138", i, f"the {kind} has no label", help)
    return label or provision, title, span


def clauses(
    c: Cursor, items: Items, kind: str, starts_clause: Callable[[int], bool]
) -> tuple[Clause, ...]:
    """The clauses that follow the line, each of a word that statements of that kind take."""
    forms = FORMS[kind]
    found: list[Clause] = []
    seen: set[str] = set()
    while items.more():
        i = items.next
        word = clause_word(c.words, i)
        form = forms.get(word)
        if form is None:
            unknown_clause(c, i, kind)
            items.skip(lambda i: starts_clause(i) or bool(_like_a_clause(c, i, kind)))
            continue
        node = items.read(partial(clause, c, word, form), starts_clause)
        if node is None:
            continue
        if form.once and word in seen:
            written = WRITTEN.get(word, word)
            help = "name both, with a comma" if kind == ENDING else "split the norm in two"
            c.report("S134", i, f"a second `{written}` on one {kind}", help)
            continue
        seen.add(word)
        found.append(node)
    if len(found) > MAX_ITEMS:
        c.report("S125", items.begin, f"the {kind} has more than {MAX_ITEMS:,} clauses")
    return tuple(found)


def stray(c: Cursor, i: int, kind: str) -> bool:
    """Text after a complete item: a clause misspelt or misplaced is reported as such, and the item stands."""
    word = clause_word(c.words, i)
    if i in c.indents:
        if word or c.starts_line(i):
            unknown_clause(c, i, kind)
            stop = c.words.index("", i)
            lines = c.tokens.lines
            for line in lines[bisect_right(lines, i) : bisect_left(lines, stop)][:MAX_MISTAKES]:
                if c.starts_line(line) and _like_a_clause(c, line, kind):
                    unknown_clause(c, line, kind)
            return True
    elif word in FORMS[kind]:
        written = WRITTEN.get(word, word)
        c.report(
            "S145",
            i,
            f"`{written}` does not start its line",
            "a clause stands on a line of its own",
        )
        return True
    return False


def unknown_clause(c: Cursor, i: int, kind: str) -> None:
    """Report a line that begins with no clause word, or with one that this kind of norm does not take."""
    word = clause_word(c.words, i)
    if word:
        word = WRITTEN.get(word, word)
        help = ""
        if kind in STATEMENTS:
            allowed = " and ".join(f"`{WRITTEN.get(each, each)}`" for each in FORMS[kind])
            help = f"{a(kind)} takes {allowed} alone; the rest is said on the norms themselves"
        c.report("S133", i, f"`{word}` is not a clause of {a(kind)}", help)
        return
    word = c.words[i]
    help = _like_a_clause(c, i, kind)
    if not help and word in WITH_CLAUSES:
        help = "a statement starts in the first column"
    c.report("S132", i, f"unknown clause `{word[:60]}`", help)


def _like_a_clause(c: Cursor, i: int, kind: str) -> str:
    """Which clause word the word was probably meant to be, as help."""
    meant = _CLAUSES.get(c.words[i])
    if meant in FORMS[kind]:
        return f"did you mean `{meant}`?"
    return suggestion(c.words[i], {known.split()[0] for known in FORMS[kind]})


_CLAUSES = {"if": "when", "where": "when", "provided": "when", "while": "when", "except": "unless"}
"""Words with which a draftsman begins a condition."""


# --- the line


def _line(c: Cursor, kind: str) -> Line:
    if kind == "lapse":
        state = c.name("a state")
        c.expect("lapses")
        return {"mode": "lapses", "state": state}
    if kind == "override":
        refs = references(c)
        c.expect("prevails", "over")
        return {"mode": "prevails", "refs": refs, "over": references(c)}
    if kind in ("repeal", "suspend", "commence"):
        return {"mode": "refs", "refs": references(c)}
    who = bearer(c)
    mode = _mode(c, kind, who)
    if mode == "may delegate":
        acts = c.names("an act")
        c.expect("to")
        recipients = bearer(c)
        c.expect("by")
        return {
            "mode": mode,
            "bearer": who,
            "acts": acts,
            "recipients": recipients,
            "by_act": c.name("an act"),
        }
    act, thing = act_and_thing(c, kind)
    if kind == "limit":
        if not c.take("only"):
            c.unexpected("`only`", f"a limit says `{SAYS[kind]}`")
        mode = "may only"
    return {"mode": mode, "bearer": who, "acts": (act,), "thing": thing}


def act_and_thing(c: Cursor, kind: str) -> tuple[Name, Name | None]:
    """`ACT [THING]` in the line of a statement of that kind."""
    act = c.name("an act")
    thing = None
    word = c.words[c.at]
    # A misspelt clause word on a line of its own is not the thing that the act is done to.
    if (
        word != "only"
        and "a" <= word[:1] <= "z"
        and not c.starts_line(c.at)
        and not clause_word(c.words, c.at)
    ):
        thing = c.name("a thing")
    if c.words[c.at] == ",":
        help = f"write a broader act, or {a(kind) if kind == ASSURANCE else 'a norm'} for each"
        c.wrong("S140", c.at, f"{a(kind)} is about one act", help)
    return act, thing


def a(kind: str) -> str:
    """The kind of a statement with its article."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _mode(c: Cursor, kind: str, who: Bearer) -> str:
    at = c.at
    nobody = who.mode == "none"
    for phrase in _PHRASES:
        if nobody == phrase.nobody and c.sees(*phrase.words):
            if kind not in phrase.kinds:
                if phrase.mode == "may delegate":
                    continue  # an act may be called so
                break
            c.at = at + len(phrase.words)
            return phrase.mode
    says = f"a {kind} says `{SAYS[kind]}`"
    if c.words[at] in ("may", "must", "need", "has", "is"):
        c.wrong("S137", at, f"not the line of a {kind}", says)
    c.unexpected("`may`, `must` or the like", _instead_of_may(c, at) or says)


_VERBS = {"shall": "must", "will": "must", "should": "must", "can": "may", "could": "may"}


def _instead_of_may(c: Cursor, at: int) -> str:
    """What was meant by a word between bearer and act, as help."""
    word = c.words[at]
    if word in _VERBS:
        return f"write `{_VERBS[word]}`"
    if c.words[at + 1] in ("may", "must", "need", "has") and NAME.fullmatch(word):
        return f"a name of several words is joined by hyphens: `{c.words[at - 1]}-{word}`"
    return suggestion(word, ("may", "must"))
