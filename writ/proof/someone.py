"""Whether there is always somebody who may do an act: in every situation some office, on some facts of its own.

Counterexample-guided: the solver looks for a situation that defeats every office known to be able so far; then, for
that situation, for an office that is able. What belongs to the actor and to the act is theirs to choose; the rest is
given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import z3

from writ.book.assurances import Assurance
from writ.engine.answer import Outcome
from writ.proof.asked import matching
from writ.proof.claims import REFUSED
from writ.proof.logic import Formula, conj, disj, neg
from writ.proof.needs import gather
from writ.proof.question import Question, TimeUp
from writ.proof.result import Example, Result, Verdict
from writ.proof.shown import Shown
from writ.proof.sorts import narrower, offices
from writ.proof.world import World

if TYPE_CHECKING:
    from writ.proof.claims import Prover

ROUNDS = 40


def always_someone(prover: Prover, assurance: Assurance) -> Result:
    """Proved where for every situation of which the assurance speaks some office is not refused."""
    questions = _questions(prover, assurance)
    if not questions:
        return Result(assurance.id, Verdict.REFUTED, "there is no office to do it")
    first = questions[0]
    able = {
        q.actor: disj((q.outcomes[Outcome.PERMITTED], q.outcomes[Outcome.NEEDS])) for q in questions
    }
    spoken = prover.situation(first, assurance)
    blocked: list[Formula] = []
    try:
        for _ in range(ROUNDS):
            model = first.model(conj((spoken, *blocked)), prover.milliseconds)
            if model is None:
                return Result(assurance.id, Verdict.PROVED)
            given, chosen = _apart(first, assurance, [spoken, *able.values()])
            here = [term == model.eval(term, model_completion=True) for term in given]
            for question in questions:
                found = question.model(conj((able[question.actor], *here)), prover.milliseconds)
                if found is None:
                    continue
                pins = [(term, found.eval(term, model_completion=True)) for term in chosen]
                formula = able[question.actor]
                if not isinstance(formula, bool):
                    formula = z3.substitute(formula, pins)
                blocked.append(neg(formula))
                break
            else:
                return _refuted(prover, assurance, questions, Shown(first, model))
    except TimeUp:
        pass
    return Result(
        assurance.id,
        Verdict.UNKNOWN,
        "neither somebody for every situation, nor one without anybody, was found",
    )


def _questions(prover: Prover, assurance: Assurance) -> list[Question]:
    """One question an office, all in one world."""
    rules = prover.rules
    asked = [
        (act, actor)
        for act in narrower(rules, assurance.acts[0])[:1]
        for actor in offices(rules, act, assurance.bearer, assurance.when)
    ]
    norms = {n.id: n for act, actor in asked for n in matching(rules, act, actor, assurance.thing)}
    act = assurance.acts[0]
    needs = gather(rules, act, norms.values(), (assurance.when,))
    world = World((prover.book,), needs)
    prover.questions += len(asked)
    return [
        Question(prover.book, one, actor, thing=assurance.thing, world=world)
        for one, actor in asked
    ]


def _apart(
    question: Question, assurance: Assurance, formulas: list[Formula]
) -> tuple[list[Any], list[Any]]:
    """The variables of a situation that are given, and those of the actor and the act."""
    mine = question.book.vocabulary.act_up[assurance.acts[0]] | {"actor", "grant"}
    variables: dict[str, Any] = {}
    for formula in (*formulas, *question.world.axioms):
        if not isinstance(formula, bool):
            for term in z3util_vars(formula):
                variables[str(term)] = term
    given: list[Any] = []
    chosen: list[Any] = []
    for name, term in variables.items():
        owner = name.partition(".")[0] if "." in name.partition(" ")[0] else ""
        own = owner in mine or name.partition(" ")[0] in ("person", "number")
        (chosen if own else given).append(term)
    return given, chosen


def z3util_vars(formula: Any) -> list[Any]:
    """The constants of a formula."""
    seen: set[int] = set()
    found: list[Any] = []
    todo = [formula]
    while todo:
        term = todo.pop()
        if term.get_id() in seen:
            continue
        seen.add(term.get_id())
        if z3.is_const(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found.append(term)
        todo.extend(term.children())
    return found


def _refuted(
    prover: Prover, assurance: Assurance, questions: list[Question], shown: Shown
) -> Result:
    """The situation in which nobody is able, if the engine refuses every office in it."""
    example: Example | None = None
    for question in questions:
        request = Shown(question, shown.model).request()
        answer = prover.decide(request)
        if answer.outcome not in REFUSED or not prover.speaks(assurance, request):
            return Result(
                assurance.id,
                Verdict.UNKNOWN,
                "a situation without anybody was found, but the engine knows somebody",
            )
        if example is None or len(answer.considered) > len(example.decision.considered):
            example = Example(request, answer, "nobody may do it then")
    return Result(assurance.id, Verdict.REFUTED, "in this situation nobody may do it", example)
