"""The clauses of a sentence: deadline, recurrence, trigger, condition, exception, reference and addressee."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from writ.drafting.sentences import Span


class Clause(NamedTuple):
    """A part of a sentence that becomes a clause of a norm.

    `sort`: within, every, by, on, after, when, unless, notwithstanding, subject to, to, or note (only said).
    `value` is the period, the date or the references; `phrase` is what is named: an event, a condition, an office.
    """

    sort: str
    value: str
    phrase: str
    span: Span


_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "twenty-one": 21,
    "twenty-eight": 28, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
_NUMBER = rf"(?P<number>[0-9]{{1,4}}|(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b)(?:\s*\([0-9]+\))?"
_UNIT = r"(?P<kind>working\s+|business\s+|calendar\s+|consecutive\s+)?(?P<unit>hour|day|week|month|year)s?"
_PERIOD = rf"{_NUMBER}\s+{_UNIT}"
_END = r"(?P<phrase>[^,.;:()]{3,120})"
_WITHIN = re.compile(
    rf"\b(?:within|not\s+later\s+than|no\s+later\s+than|not\s+more\s+than)\s+(?:a\s+period\s+of\s+)?{_PERIOD}"
    rf"(?:\s+(?P<side>after|of|from|following|before|prior\s+to)\s+{_END})?",
    re.IGNORECASE,
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DATE = re.compile(
    rf"\b(?:by|before|not\s+later\s+than|no\s+later\s+than|on\s+or\s+before)\s+(?:(?P<month>{'|'.join(_MONTHS)})\s+"
    rf"(?P<day>[0-9]{{1,2}}),?\s+|(?P<day2>[0-9]{{1,2}})\s+(?P<month2>{'|'.join(_MONTHS)})\s+)(?P<year>[0-9]{{4}})\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    rf"\b(?:by|before|not\s+later\s+than|no\s+later\s+than|on\s+or\s+before)\s+(?:(?:{'|'.join(_MONTHS)})\s+"
    rf"[0-9]{{1,2}}|[0-9]{{1,2}}\s+(?:{'|'.join(_MONTHS)}))(?=,?\s+(?:of|in)?\s*(?:each|every)\b)",
    re.IGNORECASE,
)
"""A day without its year: `not later than March 31 of each year`."""
_TIMES = (
    (r"(?:semi-?annually|twice\s+a\s+year|every\s+six\s+months|every\s+6\s+months)", "6 months"),
    (r"(?:biennially|every\s+two\s+years|every\s+2\s+years|every\s+other\s+year)", "2 years"),
    (r"(?:annually|yearly|(?:once\s+|of\s+|in\s+)?(?:each|every|a|per)\s+(?:fiscal\s+|calendar\s+)?year"
     r"|on\s+an\s+annual\s+basis|every\s+12\s+months)", "1 year"),
    (r"(?:quarterly|(?:each|every)\s+quarter|every\s+three\s+months)", "3 months"),
    (r"(?:monthly|(?:each|every)\s+month|once\s+a\s+month)", "1 month"),
    (r"(?:weekly|(?:each|every)\s+week|once\s+a\s+week)", "1 week"),
    (r"(?:daily|(?:each|every)\s+day|once\s+a\s+day)", "1 day"),
)  # fmt: skip
_EVERY = re.compile(
    r"|".join(rf"(?P<t{n}>\b{each}\b)" for n, (each, _) in enumerate(_TIMES)), re.IGNORECASE
)
_YEARS = re.compile(rf"\bevery\s+{_PERIOD}", re.IGNORECASE)
_PROMPT = re.compile(
    r"\b(?:immediately|promptly|forthwith|without\s+(?:undue\s+)?delay|as\s+soon\s+as\s+(?:possible|practicable))\b",
    re.I,
)
_TRIGGER = re.compile(
    r"(?:^|(?<=[,;]\s)|(?<=\s))(?P<word>upon|on|after|when|whenever|once|where|if|in\s+the\s+event\s+(?:that|of)"
    r"|as\s+soon\s+as)\s+(?P<phrase>[^,.;:]{6,160})",
    re.IGNORECASE,
)
_ADVISED = re.compile(
    r"\b(?:on|with)\s+the\s+(?P<phrase>(?:prior\s+|written\s+)*(?:recommendation|advice|consent|approval|concurrence)"
    r"\s+of\s+[^,.;:]{3,120}?)(?=[,.;:]|\s+(?:and|may|shall|must|to|if|when|where|unless|by)\b|$)",
    re.IGNORECASE,
)
"""What another must have done before."""
_UNLESS = re.compile(
    r"\b(?:unless|except\s+(?:as|that|when|where|if|in|for|to|with|by|under)?)\s*(?P<phrase>[^.;:]{4,160})",
    re.I,
)
_REFERENCES = re.compile(
    r"\b(?P<word>notwithstanding|subject\s+to|despite)\s+(?:the\s+)?(?:sub)?(?:sections?|paragraphs?|articles?|clauses?)\s+"
    r"(?P<labels>[0-9][\w.()-]*(?:(?:,\s*|\s+(?:and|or|to)\s+)[0-9][\w.()-]*)*)",
    re.IGNORECASE,
)
_OFFICE = (
    r"(?P<phrase>(?:the\s+|each\s+|that\s+)?(?:[A-Z][\w&()/’'-]*)"
    r"(?:(?:\s+(?:of|for|and|the|in))*\s+[A-Z][\w&()/’'-]*)*)"
)
_TO = re.compile(
    r"\b(?i:report|reports|submit|submits|provide|provides|send|sends|forward|forwards|transmit|transmits|present|presents"
    r"|deliver|table|recommend|recommends|make\s+recommendations|give|furnish)\b[^.;:]{0,80}?\b(?i:to)\s+"
    + _OFFICE
)
_TELL = re.compile(
    r"\b(?i:notify|notifies|inform|informs|advise|advises|consult(?:s)?(?:\s+with)?|brief|briefs|assist|assists)\s+"
    + _OFFICE
)
_ON_WORDS = frozenset(("upon", "on", "after", "whenever", "once", "as soon as"))
_TO_THE_END = re.compile(r"[^.;:]{6,400}?(?=[,\s]+unless\b|[.;:]|$)", re.IGNORECASE)
_STEP = re.compile(r"(?:consultation|consulting|coordination|\w{3,}ing)\b", re.IGNORECASE)
_ON = re.compile(
    r"(?:the\s+|a\s+)?(?:receipt|receiving|request|notification|notice|completion|discovery|occurrence|expir\w+"
    r"|termination|application|becoming|being|learning|commencement|declaration)\b",
    re.IGNORECASE,
)
_NOMINAL = re.compile(
    r"(?:the\s+|a\s+|an\s+)?(?:\w+\s+)?(?:receipt|receiving|request|notification|notice|completion|discovery|occurrence"
    r"|termination|expir\w+|declaration|appointment|approval|issuance|publication|commencement|entry|learning|becoming"
    r"|determination|determining|being|\w+ing|\w+tion|the\s+\w+\s+day)\b",
    re.IGNORECASE,
)


def clauses_of(sentence: str, main: int = 0) -> list[Clause]:
    """The clauses in the order of the sentence; none overlaps another. The main clause begins at `main`."""
    found: list[Clause] = []
    taken: list[Span] = []

    def take(clause: Clause | None) -> None:
        if clause is None or any(
            clause.span.start < each.end and each.start < clause.span.end for each in taken
        ):
            return
        found.append(clause)
        taken.append(clause.span)

    for match in _WITHIN.finditer(sentence):
        take(_within(match))
    for match in _DATE.finditer(sentence):
        take(_date(match))
    for match in _YEARLY.finditer(sentence):
        take(
            Clause(
                "note", "", f"`{match[0]}` has no clause: say it in the act", Span(*match.span())
            )
        )
    for match in _YEARS.finditer(sentence):
        take(Clause("every", _period(match), "", Span(*match.span())))
    for match in _EVERY.finditer(sentence):
        number = next(n for n in range(len(_TIMES)) if match[f"t{n}"] is not None)
        take(Clause("every", _TIMES[number][1], "", Span(*match.span())))
    for match in _REFERENCES.finditer(sentence):
        word = "subject to" if match["word"].lower().startswith("subject") else "notwithstanding"
        labels = re.findall(r"[0-9][\w.()-]*", match["labels"])
        take(Clause(word, ", ".join(each.rstrip(".") for each in labels), "", Span(*match.span())))
    for match in _UNLESS.finditer(sentence):
        take(Clause("unless", "", match["phrase"].strip(), Span(*match.span())))
    for match in _ADVISED.finditer(sentence):
        take(Clause("after", "", match["phrase"].strip(), Span(*match.span())))
    for match in _TRIGGER.finditer(sentence):
        take(_trigger(sentence, match, main))
    for match in _PROMPT.finditer(sentence):
        take(Clause("note", "", f"`{match[0]}` sets no period", Span(*match.span())))
    for pattern in (_TELL, _TO):
        match_to = pattern.search(sentence)
        if match_to is not None:
            take(Clause("to", "", match_to["phrase"].strip(), Span(*match_to.span("phrase"))))
            break
    return sorted(found, key=lambda each: each.span)


def _within(match: re.Match[str]) -> Clause:
    span = Span(*match.span())
    phrase = (match["phrase"] or "").strip()
    if (match["side"] or "").lower() in ("before", "prior to"):
        return Clause("note", "", f"due {_period(match)} before {phrase}", span)
    return Clause("within", _period(match), phrase, span)


def _period(match: re.Match[str]) -> str:
    number = match["number"].lower()
    count = int(number) if number.isdigit() else _NUMBERS[number]
    kind = (match["kind"] or "").strip().lower()
    kind = {"business": "working ", "working": "working "}.get(kind, "")
    unit = match["unit"].lower()
    if unit != "day":
        kind = ""
    return f"{count} {kind}{unit}{'' if count == 1 else 's'}"


def _date(match: re.Match[str]) -> Clause | None:
    month = _MONTHS.index((match["month"] or match["month2"]).lower()) + 1
    try:
        day = date(int(match["year"]), month, int(match["day"] or match["day2"]))
    except ValueError:
        return None
    return Clause("by", day.isoformat(), "", Span(*match.span()))


def _trigger(sentence: str, match: re.Match[str], main: int) -> Clause | None:
    word = re.sub(r"\s+", " ", match["word"].lower())
    phrase, end = match["phrase"].strip(), match.end()
    if not sentence[: match.start()].strip() and main > match.start("phrase"):
        # it opens the sentence, and may itself have commas
        phrase, end = sentence[match.start("phrase") : main].strip(" ,"), main
    elif (
        word in ("when", "whenever", "where", "if")
        and sentence[: match.start()].rstrip()[-1:] != ","
    ):
        # it closes the sentence, with all its commas
        rest = _TO_THE_END.match(sentence, match.start("phrase"))
        if rest is not None:
            phrase, end = rest[0].strip(" ,"), rest.end()
    step = _STEP.match(phrase)
    if word == "after" and step is not None:
        return Clause("after", "", phrase, Span(match.start(), end))
    if (word == "on" and not _ON.match(phrase)) or (word == "after" and not _NOMINAL.match(phrase)):
        return None
    if phrase.lower().split()[0] in (
        "applicable",
        "appropriate",
        "necessary",
        "required",
        "possible",
        "feasible",
    ):
        return None
    sort = "on" if word in _ON_WORDS or (word == "in the event of") else "when"
    return Clause(sort, "", phrase, Span(match.start(), end))
