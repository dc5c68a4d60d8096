"""The page of a refusal: what the Book says, in words and citations, and who could authorise it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from ministry.console import doors
from ministry.console.here import Here, here
from ministry.console.said import said, who_could
from ministry.editions.queries import law_of
from ministry.gate.deed import Data
from ministry.gate.do import STEP_UP
from ministry.gate.refusal import Refusal
from writ.engine.answer import Outcome
from writ.journal.acts import request_of

STATUS = {Outcome.NEEDS: 409, Outcome.CONFLICT: 409}
"""What can be brought about or must first be resolved conflicts with how things stand; the rest is forbidden."""


def page(request: HttpRequest, refusal: Refusal, given: Data | None = None) -> HttpResponse:
    """The page; with what the act was given, those who could do it can be asked to."""
    found = here(request)
    status = STATUS.get(refusal.decision.outcome, 403)
    if refusal.reason:
        status = 403
    said = told(found, refusal)
    if given is not None and not refusal.reason:
        said["given"] = given.model_dump_json(exclude_defaults=True)
    return doors.page(request, "refusal", said, status)


def told(found: Here, refusal: Refusal) -> dict[str, Any]:
    """What the page says of a refusal, also later from its record."""
    law = law_of(refusal.edition)
    entry = refusal.entry
    asked = request_of(entry, entry.stated, (), None)
    then = "" if law.digest == found.law.digest else law.digest
    return {
        "entry": entry,
        "said": said(law, refusal.decision, then),
        "reason": refusal.reason,
        "step_up": refusal.reason == STEP_UP,
        "could": who_could(found, asked, law),
        "record": refusal.record,
        "edition": then,
    }
