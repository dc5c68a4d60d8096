"""Assurances: the line that says what is claimed of the book, and the clauses that go with it."""

from __future__ import annotations

from typing import Any, NamedTuple

from writ.diagnostics import pack
from writ.syntax.bearers import bearer
from writ.syntax.clauses import ASSURANCE, ENDING, FORMS, HOLDING, clause_word
from writ.syntax.cursor import Cursor, shown
from writ.syntax.expressions import duration
from writ.syntax.items import Items
from writ.syntax.norms import act_and_thing, clauses, header, stray
from writ.syntax.tree import AssuranceStatement, Bearer

Line = dict[str, Any]
"""The fields of an `AssuranceStatement` that its line gives."""


class _Phrase(NamedTuple):
    """The words between bearer and act, and the form that they give."""

    words: tuple[str, ...]
    form: str
    nobody: bool = False


# The longer first where one begins another.
_PHRASES = (
    _Phrase(("may", "never"), "never"),
    _Phrase(("may", "always"), "always"),
    _Phrase(("must", "always"), "must"),
    _Phrase(("can",), "can"),
    _Phrase(("may",), "never", nobody=True),
)
_SAYS = (
    "an assurance says `B may never A`, `B can A`, `B may always A`, `B must always A` or the like"
)


def assurance(c: Cursor, first: int, last: int, provision: str) -> AssuranceStatement | None:
    """The assurance on the lines `first` up to `last` of the block; None if its header or its line is wrong."""
    tokens = c.tokens

    def starts_clause(i: int) -> bool:
        return clause_word(c.words, i) in FORMS[ASSURANCE]

    items = Items(c, first, last, lambda i: stray(c, i, ASSURANCE))
    start = c.start(tokens.lines[first])
    head = items.read(lambda: header(c, ASSURANCE, provision), lambda i: c.words[i][:1] != '"')
    line: Line | None = None
    if items.more() and not starts_clause(items.next):
        line = items.read(lambda: _line(c), starts_clause)
    elif head is not None:
        help = "its second line is `no one may A`, `B may always A`, `every STATE ends within …` or the like"
        c.report("S135", tokens.lines[first], "the assurance says nothing", help)
    kind = _OF.get(line["form"], ASSURANCE) if line is not None else ASSURANCE
    found = clauses(c, items, kind, starts_clause)
    if head is None or line is None:
        return None
    label, title, label_span = head
    return AssuranceStatement(
        label,
        title,
        clauses=found,
        heading=provision,
        span=pack(start, c.ends[items.end - 1]),
        label_span=label_span,
        **line,
    )


_OF = {"ends": ENDING, "holders": HOLDING}
"""Forms that take clauses of their own, or none."""


def _line(c: Cursor) -> Line:
    first, second, third = c.words[c.at : c.at + 3]
    if first == "nothing" and second == "disputes":
        return _undisputed(c)
    if first == "every" and second == "duty" and third != "ends":
        return _holders(c)
    if first == "every" and second not in ("may", "must", "can", ","):
        c.at += 1
        state = c.name("a state")
        if not c.sees("ends", "within"):
            c.unexpected("`ends within`", f"as in `every {state.text} ends within 90 days`")
        c.at += 2
        return {"form": "ends", "state": state, "within": duration(c)}
    if first == "someone":
        c.at += 1
        if not c.sees("can", "always"):
            c.unexpected("`can always`", "write `someone can always A`, or name who")
        c.at += 2
        return _about(c, "always someone", None)
    who = bearer(c)
    return _about(c, _form(c, who), who)


def _undisputed(c: Cursor) -> Line:
    c.at += 2
    if c.take("anything"):
        return {"form": "undisputed"}
    return _about(c, "undisputed", None)


def _holders(c: Cursor) -> Line:
    c.at += 2
    line: Line = {"form": "holders"}
    if c.take("of"):
        line["bearer"] = bearer(c)
    c.expect("has", "a", "holder")
    if c.take("with"):
        line["vacant"] = c.whole("how many offices")
        if not c.take("office" if line["vacant"] == 1 else "offices"):
            c.unexpected(
                "`offices vacant`", "as in `with 1 office vacant`, `with 2 offices vacant`"
            )
        c.expect("vacant")
    return line


def _about(c: Cursor, form: str, who: Bearer | None) -> Line:
    """The act or the two acts, once the form is known."""
    # `both` with a name behind it begins a pair.
    if form == "never" and c.words[c.at] == "both" and "a" <= c.words[c.at + 1][:1] <= "z":
        c.at += 1
        one = c.name("an act")
        c.expect("and")
        return {"form": "never both", "bearer": who, "acts": (one, c.name("an act"))}
    act, thing = act_and_thing(c, ASSURANCE)
    return {"form": form, "bearer": who, "acts": (act,), "thing": thing}


def _form(c: Cursor, who: Bearer) -> str:
    nobody = who.mode == "none"
    at = c.at
    for phrase in _PHRASES:
        if nobody == phrase.nobody and c.sees(*phrase.words):
            c.at += len(phrase.words)
            after = c.words[c.at]
            if after in ("never", "always", "not") and c.words[c.at + 1]:
                break
            return phrase.form
    c.at = at
    if not c.words[at]:
        c.unexpected("`may never`, `can` or the like", _SAYS)
    help = "write `no one may A`" if nobody else _INSTEAD.get(_words(c), _SAYS)
    c.wrong("S139", at, f"`{shown(_words(c))}` is not what an assurance says", help)


def _words(c: Cursor) -> str:
    """The words that stand where a phrase should."""
    first, second = c.words[c.at : c.at + 2]
    return f"{first} {second}" if second in ("not", "never", "always") else first


_INSTEAD = {
    "may": "write `may always`, or `can` if one situation is enough",
    "may not": "write `may never`",
    "must": "write `must always`",
    "must not": "write `may never`",
    "must never": "write `may never`",
    "can always": "write `may always`; without a bearer it is `someone can always`",
    "can never": "write `may never`",
    "can not": "write `may never`",
    "cannot": "write `may never`",
    "never": "write `may never`",
    "always": "write `may always`",
}
"""What was probably meant."""
