"""The answer of an imported book in the words of XACML: the decision, and what comes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from writ.book.model import Book
from writ.engine.answer import Decision, Outcome
from writ.engine.ask import read_request
from writ.engine.engine import Engine
from writ.engine.request import Request
from writ.formats.xacml.terms import ACCESS, POINT, REFUSAL


class Answer(StrEnum):
    """The four decisions of XACML."""

    PERMIT = "Permit"
    DENY = "Deny"
    NOT_APPLICABLE = "NotApplicable"
    INDETERMINATE = "Indeterminate"


@dataclass(frozen=True)
class Response:
    """The decision, and the acts of obligations and advice that come with it, in the order of the book."""

    answer: Answer
    request: Request
    """On access."""
    decision: Decision
    obligations: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


def answer(book: Book, decision: Decision) -> Answer:
    """A decision on access in the words of XACML.

    `no authority` where a prohibition is open is Indeterminate: the record names it, and whether the law forbids or is
    silent is not known. A book that was imported gives no `conflict`.
    """
    match decision.outcome:
        case Outcome.PERMITTED:
            return Answer.PERMIT
        case Outcome.PROHIBITED:
            return Answer.DENY
        case Outcome.NO_AUTHORITY if not _open_bar(book, decision):
            return Answer.NOT_APPLICABLE
    return Answer.INDETERMINATE


def _open_bar(book: Book, decision: Decision) -> bool:
    return any(
        one.status == "open" and book.by_id[one.norm].kind == "prohibition"
        for one in decision.considered
    )


def respond(engine: Engine, asked: Mapping[str, object]) -> Response:
    """Ask for access, and for what comes with the answer. `asked` is what `request.read_request` gave.

    Raises:
        ValueError: the request does not fit the book.
    """
    book = engine.book
    request = _read(engine.book, asked)
    decision = engine.decide(request)
    word = answer(book, decision)
    if word is Answer.PERMIT:
        trigger, opening = ACCESS, decision
    elif word is Answer.DENY and REFUSAL in book.vocabulary.acts:
        trigger = REFUSAL
        opening = _decide(engine, {**asked, "actor": POINT, "act": REFUSAL})
        if opening.outcome is not Outcome.PERMITTED:
            return Response(word, request, decision)
    else:
        return Response(word, request, decision)
    obligations = tuple(one.act for one in opening.opens)
    return Response(word, request, decision, obligations, tuple(_advice(engine, asked, trigger)))


def _advice(engine: Engine, asked: Mapping[str, object], trigger: str) -> list[str]:
    """The acts that the enforcement point may do once access was given or refused."""
    found: list[str] = []
    for norm in engine.book.norms:
        if norm.kind != "permission" or [step.act for step in norm.after] != [trigger]:
            continue
        question = {**asked, "actor": POINT, "act": norm.act, "done": [trigger]}
        decision = _decide(engine, question)
        # What it must carry is still to be stated.
        kinds = {one.kind for one in decision.missing if one.norm == norm.id}
        stands = any(one.norm == norm.id and one.status == "applies" for one in decision.considered)
        if stands and (decision.outcome is Outcome.PERMITTED or kinds <= {"condition"}):
            found.append(norm.act)
    return found


def _decide(engine: Engine, asked: Mapping[str, object]) -> Decision:
    return engine.decide(_read(engine.book, asked))


def _read(book: Book, asked: Mapping[str, object]) -> Request:
    request, mistakes = read_request(book, dict(asked))
    if request is None:
        raise ValueError(mistakes[0].message)
    return request
