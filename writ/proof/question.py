"""A question with its solver: which worlds are left, and one of them as a request that the engine can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import z3

from writ.book.model import Book
from writ.book.terms import Condition
from writ.engine.answer import Outcome
from writ.proof.asked import Asked, matching
from writ.proof.exercise import Exercise
from writ.proof.lawful import Lawful
from writ.proof.logic import Formula, conj, neg, true_in
from writ.proof.needs import gather
from writ.proof.precedence import away
from writ.proof.rules import rules_of
from writ.proof.world import World

ROUNDS = 24
"""So often a model is brought back to the calendar before the question is given up."""


class TimeUp(Exception):
    """The solver gave no answer within its limit."""


class Question:
    """May this office do this act, in every lawful world? Formulas over it can be checked, and a world shown."""

    def __init__(
        self,
        book: Book,
        act: str,
        actor: str,
        conditions: Iterable[tuple[Condition, ...]] = (),
        thing: str = "",
        against: str = "",
        done: Iterable[str] = (),
        world: World | None = None,
        via: str = "",
        heir: str = "",
    ) -> None:
        self.heir = heir
        """Who acts in the office, it being vacant; empty where it is acted in by its holder."""
        self.book, self.rules = book, rules_of(book)
        self.act, self.actor, self.thing, self.against = act, actor, thing, against
        norms = matching(self.rules, act, actor, thing, against)
        if via:
            norms += matching(self.rules, act, via, thing, against)
        if world is None:
            needs = gather(self.rules, act, norms, conditions, done)
            world = World((book,), needs)
        self.world = world
        self.reckoning = world.reckoning
        self.asked = Asked(world, self.rules, self.reckoning, act, actor, thing, against, via)
        self._solver: Any = None
        self._told = 0
        """So many axioms of the world has the solver been told."""
        self._history: list[Formula] = []
        self._lawful = Lawful(self.asked)

    @property
    def vacancy(self) -> Formula:
        """That the office is vacant, and has fallen to the heir who is asked about."""
        actors = self.book.vocabulary.actors
        if not self.heir:
            return True
        line = actors[self.actor].succession
        before = [actors[name] for name in line[: line.index(self.heir)] if name in actors]
        return conj(
            (
                away(actors[self.actor], self.world.now),
                neg(away(actors[self.heir], self.world.now)),
                *(away(office, self.world.now) for office in before),
            )
        )

    # --- asking

    @cached_property
    def outcomes(self) -> dict[Outcome, Formula]:
        """When the answer is each of the five."""
        return Exercise(self.asked).outcomes()

    def solver(self, milliseconds: int) -> Any:
        if self._solver is None:
            lawful = self._lawful.axioms()
            self._history = self._lawful.history()
            self._solver = z3.SimpleSolver()
            self._add(lawful)
        # A formula built since may have brought variables of its own.
        self._add(self.world.axioms[self._told :])
        self._told = len(self.world.axioms)
        self._solver.set("timeout", max(1, milliseconds))
        return self._solver

    def _add(self, formulas: Iterable[Formula]) -> None:
        self._solver.add([each for each in formulas if each is not True])

    def model(self, wanted: Formula, milliseconds: int = 10_000) -> Any | None:
        """A model of what is wanted, its days those of the calendar; None where there is none.

        One in which history and states tell the same tale, where there is one and it is found in time. What is proved
        must not hang on that: else any model is given, and what it shows may be answered otherwise.

        Raises:
            TimeUp: the solver did not come to an answer.
        """
        return self._sought(wanted, milliseconds, storied=False)

    def storied(self, wanted: Formula, milliseconds: int = 10_000) -> Any | None:
        """A model in which history and states tell the same tale, so that the engine answers as it says.

        Raises:
            TimeUp: the solver did not come to an answer.
        """
        return self._sought(wanted, milliseconds, storied=True)

    def _sought(self, wanted: Formula, milliseconds: int, storied: bool) -> Any | None:
        if wanted is False:
            return None
        solver = self.solver(milliseconds)
        solver.push()
        try:
            self._add([wanted])
            if not self._possible(solver):
                return None
            try:
                told = self._with_history(solver)
            except TimeUp:
                if storied:
                    raise
                told = None
            if told is not None or storied:
                return told
            return self._by_the_calendar(solver) if self._possible(solver) else None
        finally:
            solver.pop()

    def _with_history(self, solver: Any) -> Any | None:
        solver.push()
        try:
            self._add(self._history)
            return self._by_the_calendar(solver) if self._possible(solver) else None
        finally:
            solver.pop()

    def _by_the_calendar(self, solver: Any) -> Any | None:
        """A model whose days are reckoned as the calendar reckons them.

        Where the model has one wrong, it is told what the calendar says of the days it reckoned from, and asked to keep
        to those up to the first it had wrong: what is reckoned from there on moves.
        """
        model = solver.model()
        for _ in range(ROUNDS):
            found = self.reckoning.corrections(model)
            wrong = [at for at, (_, follows) in enumerate(found) if not true_in(model, follows)]
            if not wrong:
                return model
            solver.add([follows for _, follows in found])
            kept = [here for here, _ in found[: wrong[0] + 1]]
            if solver.check(*kept) != z3.sat and not self._possible(solver):
                return None
            model = solver.model()
        raise TimeUp

    def _possible(self, solver: Any) -> bool:
        answer = solver.check()
        if answer == z3.unknown:
            raise TimeUp
        return bool(answer == z3.sat)
