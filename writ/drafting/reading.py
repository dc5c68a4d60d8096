"""What each sentence of a text commands or allows, and to whom: the bearer of a list comes from its lead-in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from writ.drafting.bearers import Subject, leads, office_heading, subject_of
from writ.drafting.capacities import Capacities
from writ.drafting.duties import likelihood
from writ.drafting.modality import Modal, act_begins, modal_of
from writ.drafting.passages import Passage, passages
from writ.drafting.passives import passive_of
from writ.drafting.sentences import Span, enumerated, sentences, unjoined


class Lead(NamedTuple):
    """The beginning of sentences that the items beneath go on with. Without a bearer, nothing is carried."""

    bearer: str
    kind: str
    form: str
    words: str
    """What was read, as the reason: `The Director shall:`"""
    span: Span
    """Where the bearer stands in the file."""
    strength: float


class Found(NamedTuple):
    """A sentence that is a norm. Spans are of the file, `act` and `text` are words of it."""

    passage: Passage
    kind: str
    form: str
    bearer: str
    act: str
    text: str
    span: Span
    bearer_span: Span
    reasons: tuple[str, ...]
    strength: float
    """How sure the rules alone are."""
    duty: float
    """What the model of duty sentences says of the words alone."""
    main: int = 0
    """Where the main clause begins in `text`."""
    holder: str = ""
    """Who holds the office that bears it, where the text has said so."""


class Read(NamedTuple):
    """A passage, the lead-in that it goes on with, and its norms."""

    passage: Passage
    lead: Lead | None
    found: tuple[Found, ...]


LONGEST = 4000
"""Characters of a sentence that is read; what is longer is a table, or no text at all."""
_UNNAMED = 0.4
"""What is left of the strength where nobody is named."""
_VERBLESS = re.compile(
    r"(?:the|a|an|this|these|that|such|it|there|they|each|any|all|no|if|its|their)\b", re.IGNORECASE
)
_INTRODUCED = re.compile(
    r"(?:In|On|Upon|Under|Within|With|By|For|From|To|At|As|After|Before|When|Where|If|Through|Pursuant|Consistent"
    r"|Together|During|Not later)\b[^,]*,\s+(?:[^,]{1,80},\s+)??(?=[a-z])"
)
_TITLE = re.compile(
    r"(?:[A-Z0-9“(][\w’'()&/-]*|and|or|of|the|for|in|to|on|with|by|a|an|from|at|as)"
)
_CITED = re.compile(r"\bmay\s+be\s+cited\b")


def read(text: str) -> list[Read]:
    """Every passage of a text, in order, with what was found in it."""
    whole = passages(text)
    carried: dict[object, Lead | None] = {}
    parents = {each.parent for each in whole}
    found: list[Read] = []
    capacities = Capacities()
    for passage in whole:
        scope: object = passage.parent if passage.parent >= 0 else passage.head
        lead = carried.get(scope)
        own, norms = _passage(passage, lead, passage.place_in in parents)
        carried[passage.place_in] = own
        if own is not lead and not passage.item:
            carried[scope] = own
        held = [each._replace(holder=capacities.holder(each.bearer)) for each in norms]
        found.append(Read(passage, lead, tuple(held)))
        for each in held:
            capacities.learn(each.holder or each.bearer, each.act)
    return found


def _passage(passage: Passage, lead: Lead | None, above: bool) -> tuple[Lead | None, list[Found]]:
    """The lead-in for what stands beneath, and the norms of one passage."""
    norms: list[Found] = []
    spans = sentences(passage.text)
    for number, span in enumerate(spans):
        sentence = span.of(passage.text)
        if len(sentence) > LONGEST:
            continue
        office = office_heading(sentence) if number == 0 else None
        if office is not None:
            lead = _lead(passage, span, office, None, sentence)
            continue
        last = number == len(spans) - 1
        if last and leads(sentence):
            modal = modal_of(sentence.rstrip(" :—-"))
            subject = subject_of(sentence, modal)
            if subject is not None:
                lead = _lead(passage, span, subject, modal, sentence)
            elif lead is not None and modal is None:
                lead = None
            continue
        norms += _sentence(passage, span, lead, above and last and len(spans) == 1)
        if last and sentence.endswith((":", "—")):
            lead = None
    return lead, norms


def _lead(passage: Passage, span: Span, subject: Subject, modal: Modal | None, text: str) -> Lead:
    start = passage.place(span.start + subject.span.start)
    end = passage.place(span.start + subject.span.end - 1) + 1
    kind, form = (modal.kind, modal.form) if modal else ("duty", "must")
    if kind == "permission" and form == "may":
        kind = "power"
    strength = subject.strength * (modal.strength if modal else 0.85)
    return Lead(subject.text, kind, form, text[-80:], Span(start, end), strength)


def _sentence(passage: Passage, span: Span, lead: Lead | None, heading: bool) -> Iterator[Found]:
    sentence = span.of(passage.text)
    opening, items = enumerated(sentence)
    if items and leads(opening.of(sentence)):
        modal = modal_of(opening.of(sentence).rstrip(" :—-"))
        subject = subject_of(opening.of(sentence), modal)
        if subject is not None:
            inner = _lead(passage, span, subject, modal, opening.of(sentence))
            for item in items:
                moved = Span(span.start + item.start, span.start + item.end)
                yield from _item(passage, moved, inner)
            return
    modal = modal_of(sentence)
    goes_on = lead is not None and modal is not None and modal.within
    if modal is not None and not goes_on and not _CITED.search(sentence):
        said = _said(passage, span, sentence, modal, lead)
        if said is not None:
            yield from _apart(said, sentence, span, modal)
            return
    if lead is not None and not (heading and _titled(sentence)):
        yield from _item(passage, span, lead)


def _apart(said: Found, sentence: str, span: Span, modal: Modal) -> Iterator[Found]:
    """The norms of a sentence whose subject has several modals: `the officer may enter, but shall report it`."""
    after = modal.span.end
    starts = [each for each in _ALSO.finditer(sentence, after) if not _open_clause(each, after)]
    if not starts or not said.bearer or any(each.startswith("passive") for each in said.reasons):
        yield said
        return
    ends = [*(each.start() for each in starts), len(sentence)]
    act = sentence[act_begins(sentence, modal.span.end) : ends[0]].strip(" ,")
    place = _of_file(said.passage, Span(span.start, span.start + ends[0]))
    yield said._replace(act=act, text=sentence[: ends[0]], span=place)
    opening = sentence[: said.main].strip(" ,")
    for match, end in zip(starts, ends[1:], strict=True):
        rest = sentence[match.end() : end]
        inner = modal_of(rest)
        if inner is None:
            continue
        words = rest[act_begins(rest, inner.span.end) :].strip(" ,")
        reasons = [f"`{inner.words}` makes a {inner.kind}"]
        reasons.append(f"bearer “{said.bearer}” at the head of the sentence")
        if opening:
            reasons.append(f"whether “{opening}” holds here as well, the words do not say")
        place = _of_file(said.passage, Span(span.start + match.end(), span.start + end))
        yield said._replace(
            kind=inner.kind, form=inner.form, act=words, text=rest, span=place, reasons=tuple(reasons), main=0,
            strength=inner.strength * said.strength, duty=likelihood(rest),
        )  # fmt: skip


_ALSO = re.compile(
    r",?\s+(?:and|but)\s+(?=(?:shall|must|will|may|need\s+not|(?:is|are)\s+not\s+required\s+to)\b(?!\s+(?:not\s+)?"
    r"(?:be|have|include|contain)\b))",
    re.IGNORECASE,
)
"""A second modal of the same subject; what is done *to* it, or what it holds, is no act of it."""
_RELATIVE = re.compile(
    r"\b(?:who|that|which|whose|whom|where|if|when|unless)\b[^,;:]*$", re.IGNORECASE
)


def _open_clause(match: re.Match[str], after: int) -> bool:
    """Whether the modal stands in a clause about something else: `a person who has asked and may wait`."""
    return match[0][0] != "," and _RELATIVE.search(match.string, after, match.start()) is not None


def _said(
    passage: Passage, span: Span, sentence: str, modal: Modal, lead: Lead | None
) -> Found | None:
    """The norm of a sentence with a modal of its own."""
    act = sentence[act_begins(sentence, modal.span.end) :].strip(" ,")
    before = sentence[: modal.span.start].strip(" ,")
    reasons = [f"`{modal.words}` makes a {modal.kind}"]
    subject, strength = subject_of(sentence, modal), modal.strength
    main = subject.span.start if subject else 0
    passive = passive_of(sentence, modal.span.end, subject.text if subject else before)
    if passive is not None:
        act, subject = passive
        reasons.append("passive: what is done stands before the modal")
        if subject is None and modal.kind in ("permission", "power", "right"):
            return None
    elif subject is None and (lead is None or before):
        return None
    place = _of_file(passage, span)
    if subject is not None:
        bearer, strength = subject.text, strength * subject.strength
        where = "before the modal" if passive is None else "after `by`"
        reasons.append(f"bearer “{bearer}” {where}")
        bearer_span = _of_file(
            passage, Span(span.start + subject.span.start, span.start + subject.span.end)
        )
    elif passive is None and lead is not None:
        bearer, strength, bearer_span = lead.bearer, strength * lead.strength, lead.span
        reasons.append(f"bearer carried from “{lead.words}”")
    else:
        bearer, strength, bearer_span = "", strength * _UNNAMED, Span(place.start, place.start)
        reasons.append("the bearer is not named")
    if not act or act.startswith("be "):
        strength *= 0.7
    return Found(
        passage, modal.kind, modal.form, bearer, act, sentence, place, bearer_span, tuple(reasons),
        strength, likelihood(sentence), main,
    )  # fmt: skip


def _item(passage: Passage, span: Span, lead: Lead) -> Iterator[Found]:
    """An item of a list is the rest of its lead-in, if it begins with a verb."""
    span = unjoined(passage.text, span)
    sentence = span.of(passage.text)
    introduced = _INTRODUCED.match(sentence)
    main = introduced.end() if introduced else act_begins(sentence, 0)
    act = sentence[main:]
    if _VERBLESS.match(act) or (_titled(sentence) and len(sentence.split()) < 9):
        return
    duty = likelihood(sentence[:1].upper() + sentence[1:])
    strength = (lead.strength + duty) / 2 if lead.kind == "duty" else lead.strength * 0.9
    reasons = (f"goes on with “{lead.words}”", f"the model gives {duty:.2f} for a duty")
    yield Found(
        passage, lead.kind, lead.form, lead.bearer, act.strip(), sentence, _of_file(passage, span),
        lead.span, reasons if lead.kind == "duty" else reasons[:1], strength, duty,
        main,
    )  # fmt: skip


def _titled(sentence: str) -> bool:
    """Whether every word of it is written as in a title: a heading, and no sentence."""
    words = sentence.rstrip(".").split()
    return len(words) < 15 and all(_TITLE.fullmatch(each.strip(",;:")) for each in words)


def _of_file(passage: Passage, span: Span) -> Span:
    return Span(passage.place(span.start), passage.place(span.end - 1) + 1)
