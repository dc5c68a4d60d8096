"""What a passive says is done, and by whom: `Records shall be kept by the Director`."""

from __future__ import annotations

import re
from typing import NamedTuple

from writ.drafting.bearers import Subject
from writ.drafting.sentences import Span

_PASSIVE = re.compile(
    r"\s*(?:also\s+|only\s+)?be\s+(?:\w+ly\s+)?(\w+(?:ed|en|wn|de|ne|ght|ld|pt|nt|id|ut|et))\b"
)
_AGENT = re.compile(
    r"\bby\s+((?:the\s+)?[A-Z][\w&()/’'-]*(?:(?:\s+(?:of|for|and|the|in))*\s+[A-Z][\w&()/’'-]*)*)"
)
_FAR = re.compile(r"[,;:]|\b(?:unless|if|that|which|who)\b|\w(?:ed|en|de)\s*$")
"""Between a participle and its `by` this does not stand: the `by` is then of something else."""
_EMPTY = re.compile(r"(?:there|it)$", re.IGNORECASE)
_NO = re.compile(r"^(?:no|neither)\s+", re.IGNORECASE)
_IRREGULAR = {
    "kept": "keep", "made": "make", "given": "give", "taken": "take", "held": "hold", "sent": "send",
    "brought": "bring", "paid": "pay", "done": "do", "shown": "show", "met": "meet", "put": "put", "laid": "lay",
}  # fmt: skip
_ENDINGS = (("ied", "y"), ("tted", "t"), ("rred", "r"), ("ed", ""), ("en", ""))
_SILENT = ("s", "v", "c", "g", "u", "iz", "at", "bl")
"""A stem that ends so has an `e` in the active: `issued`, `authorized`, `designated`."""


class Passive(NamedTuple):
    """The act, in the active, and who does it, where the sentence says so."""

    act: str
    agent: Subject | None


def passive_of(sentence: str, end: int, before: str) -> Passive | None:
    """The passive after a modal that ends at `end`; `before` is what stands before the modal, to which it is done."""
    match = _PASSIVE.match(sentence, end)
    if match is None:
        return None
    agent = _AGENT.search(sentence, match.end())
    if agent is not None and _FAR.search(sentence[match.end() : agent.start()]):
        agent = None
    thing = sentence[match.end() :].strip() if _EMPTY.match(before) else _NO.sub("", before)
    by = Subject(agent[1], Span(*agent.span(1)), 0.9) if agent else None
    return Passive(f"{active(match[1])} {thing}", by)


def active(participle: str) -> str:
    """The verb of a participle, as far as its spelling tells."""
    if participle in _IRREGULAR:
        return _IRREGULAR[participle]
    for ending, instead in _ENDINGS:
        if participle.endswith(ending):
            stem = participle[: -len(ending)] + instead
            return stem + "e" if ending == "ed" and stem.endswith(_SILENT) else stem
    return participle
