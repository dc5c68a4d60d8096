"""Who bears a norm: the subject of its sentence, or of the lead-in above its list."""

from __future__ import annotations

import re
from typing import NamedTuple

from writ.drafting.modality import Modal, modal_of
from writ.drafting.sentences import Span

_DETERMINER = re.compile(
    r"(?i:(?:the|each|every|any|all|no|a|an|either|both|neither|its|their|his|her)\b)|[A-Z][\w&()/’'-]*"
)
_VERB = re.compile(r"(?!as\b|his\b|its\b|is\b)[a-z]+s\s")
"""A piece that begins with a verb: `Her Majesty, by and with the advice …, enacts as follows:` leads no list."""
_CONDITION = re.compile(r"(?:if|when|whenever|where|unless|once|after|before)\b", re.IGNORECASE)
_LOWER = re.compile(r"(?:the|each|every|any|no|a|an|that)\s")
_ARTICLE = re.compile(
    r"^(?:the|each|every|any|all|no|a|an|either|both|neither|other)\s+", re.IGNORECASE
)
_INTRODUCES = re.compile(
    r"(?:in|on|upon|under|within|with|without|by|for|from|to|at|as|after|before|during|through|pursuant|subject"
    r"|consistent|according|notwithstanding|unless|except|if|when|whenever|where|while|until|once|additionally"
    r"|accordingly|however|therefore|further|furthermore|moreover|also|not later|no later|together|following|per"
    r"|wherever|provided|because|since|although|whether|acting|where applicable|hence|thus|likewise|similarly|based|now"
    r"|despite"
    r"|given|using|to)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:under|through|in\s+(?:coordination|consultation|accordance|conjunction|cooperation|collaboration|addition)"
    r"|consistent|pursuant|as\s|after|with\s|on\s+behalf|when|where|if|subject|together|acting|by\s|upon|unless|within"
    r"|or\s+(?:his|her|their|its)\b|(?:and|or)\s+control|direction)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:it|this|that|these|those|there|such|they|he|she|who|which|what|following|nothing|title|section|paragraph"
    r"|directive|policy|responsibilities|functions|purpose|the\s+following|references?|table|figure)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|includes?|include|applies|apply|means?|consists?|contains?|establishes|reissues"
    r"|assigns|provides|does|do|be|become|becomes|occurs?|exists?)\b"
)
_OFFICE = re.compile(
    r"\b(?:secretar(?:y|ies)|ministers?|directors?|chiefs?|chair(?:man|person)?|commanders?|commandant|heads?|officers?"
    r"|officials?|administrators?|counsel|president|governor|council|board|committee|commission(?:er)?|agency|agencies"
    r"|department|court|judge|manager|inspector|general|assistant|deputy|under|senate|house|parliament|congress"
    r"|person|members?|authority|authorities|components?|staff|attorney|registrar|tribunal|party|parties|state|states"
    r"|activity|organization|component|partner|representative|executive|agent|ambassador|advis[eo]r|owner|employer"
    r"|clerk|keeper|archivist|marshal|ombudsman|speaker|auditor|comptroller|controller|treasurer|coroner|consul"
    r"|mayor|police|warden|trustee|guardian|crown|president|king|queen|majesty|captain|engineer|contractor|supplier"
    r"|employee|resident|citizen|operator|occupant|licensee|personnel|applicant|holder|individual|services?|group"
    r"|offices?|centre|center|bank|body)\b",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    r"(?:AND\s+)?(?:FUNCTIONS|RELATIONSHIPS|AUTHORITIES)"
    r"(?:[\s,]|AND|FUNCTIONS|RELATIONSHIPS|AUTHORITIES)*"
)
"""What is left of a heading that ran into the sentence below it."""
_DUTY_OF = re.compile(r"The\s+(?:principal\s+)?(?:duty|role|function)s?\s+of\s+")
_LISTED = re.compile(r"(?:and|or)\s+", re.IGNORECASE)


class Subject(NamedTuple):
    """The words for a bearer, where they stand, and how sure it is that they name an office, a body or a person."""

    text: str
    span: Span
    strength: float


def subject_of(sentence: str, modal: Modal | None) -> Subject | None:
    """The subject before the modal; without a modal, of a lead-in that ends with a colon: `The Director:`."""
    if modal is not None:
        return _subject(sentence, Span(0, modal.span.start))
    if not sentence.endswith(":") or len(sentence.split()) > 60:
        return None
    whole = Span(0, len(sentence) - 1)
    found = _subject(sentence, whole)
    if found is None or _FINITE.search(found.text):
        return None
    after = [each.of(sentence) for each in _pieces(sentence, whole) if each.start >= found.span.end]
    return None if any(_VERB.match(each) for each in after) else found


def office_heading(sentence: str) -> Subject | None:
    """A heading that is the title of an office, in capitals: `DIRECTOR, DEFENSE INTELLIGENCE AGENCY (DIA).`"""
    bare = sentence.rstrip(" .")
    letters = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|DoD|and|AND|the", "", bare)
    if not letters.isupper() or len(bare) < 3 or not _OFFICE.search(bare) or _NOBODY.match(bare):
        return None
    return Subject(bare, Span(0, len(bare)), 0.8)


def leads(sentence: str) -> bool:
    """Whether what follows is the rest of this sentence: it ends with its modal, or names a bearer and a colon."""
    bare = sentence.rstrip(" :—-")
    modal = modal_of(bare)
    if modal is not None:
        rest = bare[modal.span.end :].strip()
        return rest in ("", "also", "further") or bool(
            re.fullmatch(r"(?:also )?(?:do )?the following", rest)
        )
    return sentence.endswith(":") and subject_of(sentence, None) is not None


def _subject(sentence: str, span: Span) -> Subject | None:
    pieces = _pieces(sentence, span)
    first = next((n for n, each in enumerate(pieces) if _opens(each.of(sentence), n)), None)
    if first is None:
        return None
    if _CONDITION.match(sentence, pieces[0].start):
        # the condition has subjects of its own; the last article begins that of the main clause
        opening = [n for n in range(first, len(pieces)) if _LOWER.match(pieces[n].of(sentence))]
        first = opening[-1] if opening else first
    last = first
    for number in range(first + 1, len(pieces)):
        text = pieces[number].of(sentence)
        if _ASIDE.match(text):
            break
        last = number
    start, end = pieces[first].start, pieces[last].end
    text = sentence[start:end]
    cut = re.search(
        r"\s(?:who|that|which|under\s+(?:the\s+(?:authority|direction)|paragraph)|referred\s+to)\b",
        text,
    )
    if cut:
        text = text[: cut.start()]
    text = re.sub(r"\s+(?:and|or)$", "", text.rstrip(" ,;—-"))
    if (
        not text
        or _NOBODY.match(_ARTICLE.sub("", text, count=1))
        or _NOBODY.match(text)
        or len(text) > 300
    ):
        return None
    strength = 0.95 if _OFFICE.search(text) else 0.85 if re.search(r"[A-Z]{2,}", text) else 0.5
    return Subject(text, Span(start, start + len(text)), strength)


def _opens(piece: str, number: int) -> bool:
    """Whether a piece between commas can begin the subject: after an introduction, what has an article or a name."""
    return (
        bool(_DETERMINER.match(piece)) and not _INTRODUCES.match(piece) and not _LISTED.match(piece)
    )


def _pieces(sentence: str, span: Span) -> list[Span]:
    """What stands between commas that are in no bracket."""
    found: list[Span] = []
    depth, start = 0, span.start
    for place in range(span.start, span.end + 1):
        letter = sentence[place] if place < span.end else ","
        if letter in "([":
            depth += 1
        elif letter in ")]":
            depth = max(depth - 1, 0)
        elif letter == "," and (depth == 0 or place == span.end):
            piece = sentence[start:place]
            begin = start + len(piece) - len(piece.lstrip())
            if piece.strip():
                found.append(Span(begin, start + len(piece.rstrip())))
            start = place + 1
    return found


def named(bearer: str) -> str:
    """The bearer in a text cut out of a document: without introduction, aside, article and comma at the end."""
    text = _RUN_IN.sub("", re.sub(r"\s+", " ", bearer).strip(" ,.:"))
    duty = _DUTY_OF.match(text)
    text = text[duty.end() :] if duty else text
    found = _subject(text, Span(0, len(text)))
    text = found.text if found else text
    text = re.sub(r"\s+(?:shall|will|must)$", "", text)
    article = _ARTICLE.match(text)
    return (text[article.end() :] if article else text).strip(" ,.:")


def plain(bearer: str) -> str:
    """A bearer as it is compared: as `named`, one blank between words, in small letters.

    `The Director, DSS, under the authority of the USD(I),` and `DIRECTOR, DSS` are the same.
    """
    return named(bearer).lower()
