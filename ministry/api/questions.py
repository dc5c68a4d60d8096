"""Questions to the Book: may this be done? Asked as `writ decide` takes them, and answered with the reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from pydantic import StringConstraints

from ministry.editions.content import NotABook
from ministry.editions.models import Edition
from ministry.editions.queries import Law, law_at, law_of
from ministry.gate.acting import Acting
from ministry.gate.decide import answered
from ministry.gate.deed import Data, Deed, NotPossible
from ministry.gate.registry import act
from ministry.register.models import Kind
from writ.engine.answer import Decision
from writ.engine.ask import read_request
from writ.engine.request import Request

RECORD = "record-question"
OURS = frozenset(("edition", "journal", "who"))
"""What a question says to us, and not to the Book."""
DIGEST = 64
MOST_CHARACTERS = 65_536
"""Of a question that is recorded."""


class Wrong(msgspec.Struct, frozen=True):
    """One thing that is wrong with a question."""

    field: str
    message: str


class NoQuestion(ValueError):
    """What was asked is no question to the Book; `found` says why."""

    def __init__(self, found: list[Wrong]) -> None:
        super().__init__(found[0].message)
        self.found = found


def law_for(edition: object, in_force: str) -> Law:
    """The edition that a question names, or else that in force.

    Raises:
        NoQuestion: nobody deposited it, or it has errors.
    """
    if edition is None or edition == in_force:
        return law_of(in_force)
    if not isinstance(edition, str) or len(edition) != DIGEST:
        raise NoQuestion([Wrong("edition", "an edition is named by its digest: 64 figures")])
    try:
        return law_of(edition)
    except (Edition.DoesNotExist, NotABook):
        raise NoQuestion([Wrong("edition", "no such edition is deposited")]) from None


def request_in(law: Law, asked: Mapping[str, Any], at: dt.datetime) -> Request:
    """The request that a question makes; `at` is taken where it says no day.

    Raises:
        NoQuestion: something is wrong with it.
    """
    plain = {name: value for name, value in asked.items() if name not in OURS}
    if plain.get("at") is None:
        plain["at"] = at
    try:
        request, found = read_request(law.book, plain)
    except (ValueError, OverflowError, RecursionError):
        raise NoQuestion([Wrong("", "a day or a number in it cannot be reckoned with")]) from None
    if request is None:
        raise NoQuestion(
            [Wrong("", "; ".join(filter(None, (one.message, one.help)))) for one in found]
        )
    return request


def decided(law: Law, request: Request) -> Decision:
    """What the Book says.

    Raises:
        NoQuestion: it cannot be reckoned.
    """
    try:
        return answered(law, request)
    except (ValueError, OverflowError):
        raise NoQuestion([Wrong("", "a day or a number in it cannot be reckoned with")]) from None


class Question(Data):
    """A question as `writ decide` takes it, the edition that is asked, and, in the record, what it answered."""

    question: dict[str, Any]
    edition: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""
    outcome: Annotated[str, StringConstraints(max_length=20)] = ""
    deciding: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()


@act(RECORD, Question, kind=Kind.READ)
def record_question(by: Acting, data: Question, at: dt.datetime) -> Deed:
    """Put a question to the Book on the record, with its answer. What is recorded is decided here and not given."""
    if len(msgspec.json.encode(data.question)) > MOST_CHARACTERS:
        raise NotPossible(
            f"a question on the record has at most {MOST_CHARACTERS:,} characters", "question"
        )
    law_now = law_at(at)
    try:
        law = law_for(data.edition or None, law_now.digest)
        decision = decided(law, request_in(law, data.question, at))
    except NoQuestion as error:
        raise NotPossible(str(error), "question") from None
    answered = {
        "edition": law.digest,
        "outcome": str(decision.outcome),
        "deciding": decision.deciding,
        "citations": decision.citations,
    }
    return Deed(data=data.model_copy(update=answered))
