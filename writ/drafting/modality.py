"""Words that command, forbid, allow and empower, and which of them rules a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from writ.drafting.sentences import Span


class Modal(NamedTuple):
    """The words that make a sentence a norm, the kind of norm that they make, and how sure the words alone are."""

    kind: str
    """duty, prohibition, permission, power, right, immunity or disability."""
    words: str
    span: Span
    strength: float
    form: str = "must"
    """The verb of the line: `must`, `may`, `may not`, `need not`, `has the right to`, `has no power to` …"""
    within: bool = False
    """Whether it stands in a clause about whom or about when, for want of another."""


_ADVERB = (
    r"(?:\s+(?:also|further|only|then|immediately|promptly|forthwith|at all times|additionally))?"
)
_FORMS: tuple[tuple[str, str, float, str], ...] = (
    (
        rf"(?:shall|must|will|may|can){_ADVERB}\s+(?:not|never)|cannot|(?:is|are)\s+prohibited\s+from"
        r"|(?:is|are)\s+not\s+(?:authori[sz]ed|permitted|allowed)\s+to",
        "prohibition",
        0.9,
        "may not",
    ),
    (r"need\s+not|(?:is|are)\s+not\s+(?:required|obliged)\s+to", "permission", 0.85, "need not"),
    (
        r"has\s+no\s+(?:power|authority)\s+to|have\s+no\s+(?:power|authority)\s+to",
        "disability",
        0.85,
        "has no power to",
    ),
    (
        r"(?:has|have|shall\s+have)\s+the\s+right\s+to|(?:is|are|shall\s+be)\s+entitled\s+to",
        "right",
        0.85,
        "has the right to",
    ),
    (r"(?:is|are|shall\s+be)\s+immune\s+from", "immunity", 0.8, "is immune from"),
    (
        r"(?:is|are|shall\s+be)\s+responsible\s+for|(?:has|have)\s+(?:the\s+)?(?:duty|responsibility)\s+(?:to|for|of)"
        r"|(?:is|are|shall\s+be)\s+(?:required|obliged|directed|bound)\s+to",
        "duty",
        0.85,
        "must",
    ),
    (
        r"(?:is|are)\s+(?:hereby\s+)?(?:authori[sz]ed|empowered)\s+to|(?:has|have|shall\s+have)\s+(?:the\s+)?"
        r"(?:full\s+)?(?:power|authority)\s+(?:and\s+authority\s+)?to",
        "power",
        0.85,
        "may",
    ),
    (r"shall|must", "duty", 0.9, "must"),
    (r"will", "duty", 0.8, "must"),
    (r"(?<!case\s)may", "permission", 0.8, "may"),
)
_ANY = re.compile(
    "|".join(rf"(?P<f{n}>\b(?:{each[0]})\b)" for n, each in enumerate(_FORMS)), re.IGNORECASE
)
_RELATIVE = re.compile(r"\b(?:who|that|which|whose|whom|where)\b[^,;:]*$", re.IGNORECASE)
_COMPLETE = re.compile(
    r"who\s+(?!(?:the|a|an|any|it|he|she|they|shall|must|may|will|can)\b)[a-z]+\s+(?:(?!who|that|which|whom|where)\S+\s*)+",
    re.IGNORECASE,
)
"""A relative clause with a verb of its own: the modal after it is not of it. `Every employer who employs ten shall`."""
_SUBORDINATE = re.compile(
    r"(?:if|when|whenever|where|unless|until|once|as soon as|except|before|after|because|although)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:no|neither|nobody|none)\b", re.IGNORECASE)
_LEGAL = re.compile(
    r"\s*(?:by\s+\w+,?\s+)?(?:so\s+|also\s+)?(?:issue|make|declare|proclaim|appoint|designate|delegate|prescribe|approve|order|direct"
    r"|authori[sz]e|revoke|amend|suspend|establish|grant|waive|exempt|prohibit|regulate|require|enact|remove|dismiss"
    r"|cancel|determine|enter\s+into|convene|dissolve|continue|classify|declassify|adopt|confer|vary|license)\b",
    re.IGNORECASE,
)
"""Acts that change what the law is for others: who may do them has a power, and not a liberty."""


_INTERPOSED = re.compile(
    r",?\s*(?:after|before|upon|when|where|if|in|on|with|without|subject|within|by|at|notwithstanding|as|for|from)\b"
    r"[^,;:]*,\s+"
)


def act_begins(sentence: str, end: int) -> int:
    """Where the act begins after a modal that ends at `end`: `may, after consulting the council, declare`."""
    between = _INTERPOSED.match(sentence, end)
    return between.end() if between else end


def modal_of(sentence: str) -> Modal | None:
    """The modal of the main clause; None where the sentence commands and allows nothing."""
    begin = 0
    first: Modal | None = None
    for match in _ANY.finditer(sentence):
        modal = _modal(sentence, match, begin)
        if not modal.within:
            return modal
        first = first or modal
        begin = match.end()
    return first


def _modal(sentence: str, match: re.Match[str], begin: int) -> Modal:
    """The modal of a match; `begin` is where the one before it ends."""
    number = next(n for n in range(len(_FORMS)) if match[f"f{n}"] is not None)
    _, kind, strength, form = _FORMS[number]
    words = match[0]
    before, since = sentence[: match.start()], sentence[begin : match.start()]
    subject = before.rpartition(", ")[2] if _SUBORDINATE.match(before) else before
    relative = _RELATIVE.search(since)
    within = bool(
        (relative and not _COMPLETE.fullmatch(relative[0]))
        or _SUBORDINATE.match(since.rpartition(", ")[2].lstrip())
    )
    if form in ("must", "may") and _NOBODY.match(subject.strip()):
        kind, words, strength, form = "prohibition", f"no … {words}", 0.9, "may not"
    elif form == "may" and _LEGAL.match(sentence, act_begins(sentence, match.end())):
        kind = "power"
    strength *= 0.5 if within else 1
    return Modal(kind, words, Span(match.start(), match.end()), strength, form, within)
