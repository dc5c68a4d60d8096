"""Assurances that quantify over situations: what no office may do, what one always may or must, what can be."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import msgspec

from writ.book.assurances import Assurance
from writ.book.model import Book
from writ.book.terms import Not
from writ.engine import Engine
from writ.engine.answer import Decision, Outcome
from writ.engine.history import instances
from writ.engine.readings import readings, told_apart
from writ.engine.request import Request
from writ.engine.situation import Situation
from writ.engine.truth import holds
from writ.proof.delegated import Sought, by_delegation
from writ.proof.logic import Formula, conj, disj, neg
from writ.proof.minimise import minimised
from writ.proof.precedence import within
from writ.proof.question import Question, TimeUp
from writ.proof.result import Example, Result, Verdict
from writ.proof.rules import rules_of
from writ.proof.shown import Shown
from writ.proof.sorts import fallen, narrower, offices, opposable, protected, things

REFUSED = (Outcome.PROHIBITED, Outcome.CONFLICT, Outcome.NO_AUTHORITY)
TRIES = 12
"""So many situations of one question are shown to the engine before it is left unknown."""


class Prover:
    """Proves the assurances of one book. `milliseconds` is the limit of one call of the solver, `seconds` of CPU time
    that of the whole; then it is unknown."""

    def __init__(
        self, book: Book, milliseconds: int = 5_000, seconds: float = float("inf")
    ) -> None:
        self.until = time.process_time() + seconds
        self.book, self.rules = book, rules_of(book)
        self.milliseconds = milliseconds
        self.engine = Engine(book)
        self.questions = 0
        self.bounds: dict[str, None] = {}
        """The states of which only so many stretches at once were looked at."""

    def in_time(self) -> None:
        """Go on, if there is time.

        Raises:
            TimeUp: there is none.
        """
        if time.process_time() > self.until:
            raise TimeUp

    def decide(self, request: Request) -> Decision:
        return self.engine.decide(request)

    # --- the questions of an assurance

    def asked(
        self, assurance: Assurance, act: str, done: tuple[str, ...] = ()
    ) -> Iterator[Question]:
        """The questions that stand for every office and thing an assurance speaks of."""
        for one in narrower(self.rules, act):
            for thing in things(self.rules, one, assurance.thing):
                for actor in offices(self.rules, one, assurance.bearer, assurance.when):
                    for against in protected(self.rules, one):
                        self.questions += 1
                        self.in_time()
                        question = Question(
                            self.book, one, actor, (assurance.when,), thing, against, done
                        )  # fmt: skip
                        self.bounds |= dict.fromkeys(sorted(question.world.needs.bounded))
                        yield question
                for office, heir in fallen(self.rules, assurance.bearer):
                    self.questions += 1
                    yield Question(
                        self.book, one, office, (assurance.when,), thing, done=done, heir=heir
                    )  # fmt: skip

    def situation(self, question: Question, assurance: Assurance) -> Formula:
        """When the assurance speaks of a situation: it is in force, and its `when` is true.

        A condition that is unknown excuses nothing: `unless C` is left out only where C is true.
        """
        reader = question.asked.reader_of(assurance.instrument)
        held = (
            [within(assurance.start, assurance.end, (), question.world.now)]
            if assurance.start
            else []
        )
        return conj((*held, question.vacancy, reader.spoken(assurance.when)))

    def shown(
        self,
        question: Question,
        wanted: Formula,
        proves: Callable[[Request, Decision], bool],
        prepare: Callable[[Shown, Request], Request] | None = None,
    ) -> Example | None:
        """A situation of what is wanted that the engine answers so; None where there is none.

        Raises:
            TimeUp: the solver did not decide, or its situations were not answered so.
        """
        for tried in range(TRIES):
            self.in_time()
            model = question.model(wanted, self.milliseconds)
            if model is None:
                if tried:
                    break  # what was left out was not excluded, only answered otherwise
                return None
            shown = Shown(question, model)
            request = shown.request()
            if prepare is not None:
                request = prepare(shown, request)
            answer = self.decide(request)
            if proves(request, answer):
                request = minimised(self.book, request, lambda one: proves(one, self.decide(one)))
                return Example(request, self.decide(request))
            wanted = conj((wanted, neg(shown.told())))
        raise TimeUp

    # --- forms

    def never(self, assurance: Assurance) -> Result:
        """Nobody of the bearer may do the act."""
        wanted = self._permitted(assurance)

        def proves(request: Request, answer: Decision) -> bool:
            return answer.outcome is Outcome.PERMITTED and self.speaks(assurance, request)

        result = self.every(assurance, wanted, proves)
        if result.verdict is not Verdict.PROVED:
            return result
        sought = Sought(assurance.acts[0], wanted, proves)
        return by_delegation(self, assurance, result, sought)

    def never_both(self, assurance: Assurance) -> Result:
        """Nobody may do both acts, of the same thing: whichever was done first."""
        results = []
        for first, second in (assurance.acts, assurance.acts[::-1]):

            def wanted(question: Question, first: str = first) -> Formula:
                reader = question.asked.reader_of(assurance.instrument)
                mine = reader.done(first, None, True, None).yes
                permitted = question.outcomes[Outcome.PERMITTED]
                return conj((permitted, mine, self.situation(question, assurance)))

            def proves(request: Request, answer: Decision, first: str = first) -> bool:
                did = bool(request.person) and any(
                    first in self.book.vocabulary.act_up.get(event.name, ())
                    and event.person == request.person
                    for event in request.done
                )
                return (
                    answer.outcome is Outcome.PERMITTED and did and self.speaks(assurance, request)
                )

            def of_one_thing(shown: Shown, request: Request) -> Request:
                done = tuple(msgspec.structs.replace(event, about="X-1") for event in request.done)
                return msgspec.structs.replace(request, about="X-1", done=done)

            result = self.every(
                assurance, wanted, proves, act=second, done=(first,), prepare=of_one_thing
            )
            if result.verdict is Verdict.PROVED:
                sought = Sought(second, wanted, proves, (first,), of_one_thing)
                result = by_delegation(self, assurance, result, sought)
            results.append(result)
        return worst(results)

    def always(self, assurance: Assurance) -> Result:
        """The bearer is refused in no situation; what is still missing can be brought about."""

        def wanted(question: Question) -> Formula:
            refused = disj(question.outcomes[one] for one in REFUSED)
            return conj((refused, self.situation(question, assurance)))

        def proves(request: Request, answer: Decision) -> bool:
            return answer.outcome in REFUSED and self.speaks(assurance, request)

        return self.every(assurance, wanted, proves)

    def must(self, assurance: Assurance) -> Result:
        """The bearer may leave it undone in no situation."""

        def wanted(question: Question) -> Formula:
            return conj((neg(question.asked.omitted), self.situation(question, assurance)))

        def proves(request: Request, answer: Decision) -> bool:
            return answer.outcome is not Outcome.PROHIBITED and self.speaks(assurance, request)

        def omitting(shown: Shown, request: Request) -> Request:
            return msgspec.structs.replace(request, omit=True)

        return self.every(assurance, wanted, proves, prepare=omitting)

    def undisputed(self, assurance: Assurance) -> Result:
        """No norms conflict over the act, or over any."""
        results = []

        def wanted(question: Question) -> Formula:
            return conj((question.outcomes[Outcome.CONFLICT], self.situation(question, assurance)))

        def proves(request: Request, answer: Decision) -> bool:
            return answer.outcome is Outcome.CONFLICT and self.speaks(assurance, request)

        for act in assurance.acts or sorted(self.book.vocabulary.acts):
            if any(True for _ in opposable(self.rules, act)):
                results.append(self.every(assurance, wanted, proves, act=act))
                if results[-1].verdict is Verdict.REFUTED:
                    break
        return worst(results) if results else Result(assurance.id, Verdict.PROVED)

    def can(self, assurance: Assurance) -> Result:
        """There is a situation in which the bearer may do the act."""
        unsure = ""

        def proves(request: Request, answer: Decision) -> bool:
            return answer.outcome is Outcome.PERMITTED and self.speaks(assurance, request)

        closest: Example | None = None
        wanted = self._permitted(assurance)
        for question in self.asked(assurance, assurance.acts[0]):
            try:
                example = self.shown(question, wanted(question), proves)
            except TimeUp:
                unsure = f"{question.actor}: no situation was found, nor that there is none"
                continue
            if example is not None:
                return Result(assurance.id, Verdict.PROVED, example=example)
            closest = closest or self._refusal(question, assurance)
        impossible = Result(
            assurance.id, Verdict.REFUTED, "in no situation may it be done", closest
        )
        sought = Sought(assurance.acts[0], self._permitted(assurance), proves)
        delegated = by_delegation(self, assurance, impossible, sought)
        if delegated.verdict is Verdict.REFUTED and delegated.example is not closest:
            return Result(assurance.id, Verdict.PROVED, example=delegated.example)
        if unsure or delegated.verdict is Verdict.UNKNOWN:
            return Result(assurance.id, Verdict.UNKNOWN, unsure or delegated.because)
        return impossible

    def _permitted(self, assurance: Assurance) -> Callable[[Question], Formula]:
        """The situations of which an assurance speaks in which the act is permitted."""
        return lambda question: conj(
            (question.outcomes[Outcome.PERMITTED], self.situation(question, assurance))
        )

    def _refusal(self, question: Question, assurance: Assurance) -> Example | None:
        """A situation of which the assurance speaks, and how it is answered."""
        try:
            return self.shown(
                question,
                self.situation(question, assurance),
                lambda request, _: self.speaks(assurance, request),
            )
        except TimeUp:
            return None

    # --- parts

    def every(
        self,
        assurance: Assurance,
        wanted: Callable[[Question], Formula],
        proves: Callable[[Request, Decision], bool],
        act: str = "",
        done: tuple[str, ...] = (),
        prepare: Callable[[Shown, Request], Request] | None = None,
    ) -> Result:
        """Refuted by a situation of what is wanted; proved where there is none."""
        unsure = ""
        for question in self.asked(assurance, act or assurance.acts[0], done):
            try:
                example = self.shown(question, wanted(question), proves, prepare)
            except TimeUp:
                unsure = unsure or f"{question.act} by {question.actor}: neither shown nor excluded"
                continue
            if example is not None:
                return Result(assurance.id, Verdict.REFUTED, example=example)
        return Result(assurance.id, Verdict.UNKNOWN if unsure else Verdict.PROVED, unsure)

    def speaks(self, assurance: Assurance, request: Request) -> bool:
        """Whether the assurance speaks of this very situation, as the engine reads conditions."""
        given = instances(self.book, request)
        calendar = self.book.calendar_of(assurance.instrument)
        situation = Situation(self.book, request, calendar, given)
        some, every = told_apart(assurance.when)
        return any(
            all(
                holds(reading, condition) is not False
                if isinstance(condition, Not)
                else holds(reading, condition) is True
                for reading in readings(choice, every)
                for condition in assurance.when
            )
            for choice in readings(situation, some)
        )


def worst(results: list[Result]) -> Result:
    """One verdict for several parts: refuted by any, unknown by any."""
    for verdict in (Verdict.REFUTED, Verdict.UNKNOWN):
        for each in results:
            if each.verdict is verdict:
                return each
    return results[0]
