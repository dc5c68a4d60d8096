"""Whether a prohibition always has the last word on an act: then a system in which a denial overrides judges alike."""

from __future__ import annotations

import datetime as dt

from writ.book.model import Book
from writ.engine.answer import Decision, Outcome
from writ.engine.request import Request
from writ.proof.claims import Prover
from writ.proof.logic import conj, disj, neg
from writ.proof.question import Question
from writ.proof.result import Example
from writ.proof.sorts import offices, things
from writ.syntax.tree import Bearer


def passes_a_bar(book: Book, act: str, at: dt.date, milliseconds: int = 5_000) -> Example | None:
    """A request to do the act on a day that is permitted although a prohibition applies, or could; None: proved, there
    is none.

    Raises:
        TimeUp: neither was found.
    """
    prover = Prover(book, milliseconds)
    for actor in offices(prover.rules, act, Bearer("none", ())):
        for thing in things(prover.rules, act):
            question = Question(book, act, actor, thing=thing)
            bars = [f for f in question.asked.findings if f.norm.kind == "prohibition"]
            wanted = conj(
                (
                    question.outcomes[Outcome.PERMITTED],
                    disj(neg(bar.truth.no) for bar in bars),
                    question.world.now.day == at.toordinal(),
                    neg(question.world.now.exact),
                )
            )
            ids = {bar.norm.id for bar in bars}

            def shows(request: Request, answer: Decision, ids: set[str] = ids) -> bool:
                return (
                    answer.outcome is Outcome.PERMITTED
                    and request.at == at
                    and any(
                        one.norm in ids and one.status != "does not apply"
                        for one in answer.considered
                    )
                )

            example = prover.shown(question, wanted, shows)
            if example is not None:
                return example
    return None
