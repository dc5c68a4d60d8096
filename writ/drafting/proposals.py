"""Proposals of norms for a text: each with its evidence, a confidence, and a draft that a person may accept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from writ.drafting import SMALLEST
from writ.drafting.clauses import Clause, clauses_of
from writ.drafting.naming import Lexicon
from writ.drafting.reading import Found, read
from writ.drafting.sentences import Span

NOTHING = Lexicon({}, {})
"""The names of a book that has none."""


_LEAST = re.compile(r"\s+(?:at\s+least|at\s+a\s+minimum|and|or|,|immediately|promptly)\s*$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One norm that the text may contain. Spans are offsets in the text, in characters from 0.

    `confidence` (0 to 1) ranks proposals: the strength of the rules that found it, and for items of a list of duties
    also what the model says of the words. It is no probability that the draft is right.
    """

    label: str
    kind: str
    form: str
    bearer: str
    bearer_span: Span
    holder: str
    """Who holds the office that bears it, where the text has said so; else empty."""
    act: str
    quote: str
    span: Span
    clauses: tuple[Clause, ...]
    confidence: float
    duty: float
    reasons: tuple[str, ...]


def propose(text: str, smallest: float = SMALLEST) -> list[Proposal]:
    """The proposals for a text of at least this confidence, in its order."""
    found = [_proposal(each) for one in read(text) for each in one.found]
    return [each for each in found if each.confidence >= smallest]


def _proposal(found: Found) -> Proposal:
    clauses = clauses_of(found.text, found.main)
    act, kept = _without(found, clauses)
    reasons = list(found.reasons)
    reasons += [
        f"{each.sort}: “{each.span.of(found.text).strip(' ,')}”"
        for each in kept
        if each.sort != "note"
    ]
    reasons += [each.phrase for each in kept if each.sort == "note"]
    if found.holder:
        reasons.append(f"the text makes “{found.holder}” serve as “{found.bearer}”")
    confidence = found.strength if len(act.split()) > 1 else found.strength * 0.7
    return Proposal(
        found.passage.label, found.kind, found.form, found.bearer, found.bearer_span, found.holder, act,
        found.text, found.span, tuple(kept), round(confidence, 2), round(found.duty, 2), tuple(reasons),
    )  # fmt: skip


def _outside(text: str, begins: int, cuts: list[Span]) -> str:
    """The text from `begins` to the first clause that ends it; those between two commas stand aside."""
    pieces: list[str] = []
    at = begins
    merged: list[Span] = []
    for cut in sorted(cuts):
        if merged and not text[merged[-1].end : cut.start].strip():
            merged[-1] = Span(merged[-1].start, cut.end)
        else:
            merged.append(cut)
    for cut in merged:
        before, after = text[at : cut.start].rstrip(), text[cut.end :].lstrip()
        if not (before.endswith(",") and after.startswith(",") and len(after.split()) > 2):
            return f"{''.join(pieces)}{text[at : cut.start]}"
        pieces.append(f"{before[:-1]} ")
        at = len(text) - len(after) + 2
    return f"{''.join(pieces)}{text[at:]}"


def _without(found: Found, clauses: list[Clause]) -> tuple[str, list[Clause]]:
    """The act without the clauses at its end, and the clauses that a norm of this kind can have."""
    begins = found.text.find(found.act[:40]) if found.act else -1
    kept: list[Clause] = []
    cuts: list[Span] = []
    for clause in clauses:
        if clause.sort == "after" and found.kind not in ("power", "permission", "duty"):
            continue
        if clause.sort in ("within", "every", "by", "on", "to") and found.kind != "duty":
            continue
        kept.append(clause)
        if clause.sort != "to" and begins >= 0 and clause.span.start > begins + 8:
            cuts.append(clause.span)
    if begins < 0:
        return found.act.rstrip(" .,;:"), kept
    act = _LEAST.sub("", _outside(found.text, begins, cuts)).strip(" .,;:—")
    return (act if len(act.split()) > 1 else found.act.rstrip(" .,;:")), kept
