"""The form of the clause that is being written."""

from __future__ import annotations

import msgspec

from writ.lsp.analysis import keywords
from writ.lsp.analysis.where import here
from writ.syntax.clauses import WRITTEN

FORMS = {
    "when": "when CONDITION",
    "unless": "unless CONDITION",
    "notwithstanding": "notwithstanding [INSTRUMENT] LABEL, …",
    "subject to": "subject to [INSTRUMENT] LABEL, …",
    "replaces": "replaces [INSTRUMENT] LABEL",
    "after": "after ACT [by BEARER] [within DURATION], …",
    "with": "with CONDITION",
    "stating": "stating ATTRIBUTE, …",
    "recording": "recording ATTRIBUTE, …",
    "so that": "so that CONDITION",
    "to": "to [each of] BEARER, …",
    "within": "within DURATION of TRIGGER",
    "on": "on TRIGGER",
    "by": "by DATE",
    "before": "before ACT",
    "every": "every DURATION [while STATE in effect]",
    "for each": "for each THING",
    "until": "until CONDITION",
    "waived by": "waived by BEARER [by ACT]",
    "if breached": "if breached EFFECT | escalates to OFFICE",
    "begins": "begins STATE [from DATE] [for DURATION | until DATE]",
    "continues": "continues STATE [for DURATION | until DATE]",
    "amends": "amends STATE",
    "suspends": "suspends STATE",
    "resumes": "resumes STATE",
    "ends": "ends STATE",
    "enabling": "enabling ACT, …",
    "limited to": "limited to CONDITION",
    "depth": "depth NUMBER",
    "for": "for DURATION",
    "at": "at DATE",
    "in force": "in force from DATE [until DATE]",
    "known": "known from DATE",
    "from": "from DATE [until DATE]",
}
LINES = {
    "power": "BEARER may ACT [THING]",
    "permission": "BEARER may | need not ACT [THING]",
    "duty": "BEARER must ACT [THING]",
    "prohibition": "BEARER may not ACT | no one [except BEARER] may ACT",
    "right": "BEARER has the right to ACT",
    "immunity": "BEARER is immune from ACT",
    "disability": "BEARER has no power to ACT | no one has power to ACT",
    "limit": "BEARER may ACT only",
    "delegation": "BEARER may delegate ACT, … to BEARER by ACT",
    "lapse": "STATE lapses",
    "override": "[INSTRUMENT] LABEL, … prevails over [INSTRUMENT] LABEL, …",
    "repeal": "[INSTRUMENT] LABEL, …",
    "suspend": "[INSTRUMENT] LABEL, …",
    "commence": "[INSTRUMENT] LABEL, …",
    "assurance": "BEARER may never | can | may always | must always ACT",
}


class Signature(msgspec.Struct, frozen=True):
    """The form, and what it means."""

    form: str
    meaning: str


def signature(text: str, offset: int) -> Signature | None:
    """The form of the clause, or of the line of a norm, in which an offset is."""
    place = here(text, offset)
    if place.line == "clause":
        written = FORMS.get(place.clause, WRITTEN.get(place.clause, place.clause))
        if place.head == "lapse" and place.clause == "after":
            written = "after DURATION"
        return Signature(written, keywords.CLAUSES.get(place.clause, ""))
    if place.line == "line" and place.head in LINES:
        return Signature(LINES[place.head], keywords.STATEMENTS.get(place.head, ""))
    return None
