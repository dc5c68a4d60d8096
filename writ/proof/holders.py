"""Whether every duty has somebody to do it, whichever offices are vacant."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import z3

from writ.book.assurances import Assurance
from writ.book.model import ActorDef, Norm
from writ.engine.applies import in_force
from writ.engine.office import vacant
from writ.proof.logic import Formula, conj, disj, neg
from writ.proof.result import Result, Verdict

if TYPE_CHECKING:
    from writ.proof.claims import Prover


def holders(prover: Prover, assurance: Assurance) -> Result:
    """Proved where no choice of so many vacant offices leaves a duty in force without a holder.

    An office that is vacant is held by the first in its succession that is not. On each day on which the book says of
    an office that it is vacant, that one is vacant besides.
    """
    book, rules = prover.book, prover.rules
    bearer = assurance.bearer
    duties = [
        norm
        for norm in book.norms
        if norm.kind == "duty"
        and (not bearer.actors or rules.admitted(norm.bearer) & rules.admitted(bearer))
    ]
    unheld: dict[str, str] = {}
    for day in days(prover, assurance):
        for duty in duties:
            prover.questions += 1
            if duty.id in unheld or not in_force(duty, day, None):
                continue
            gone = without(prover, duty, day, assurance.vacant)
            if gone is not None:
                unheld[duty.id] = ", ".join(gone)
    if not unheld:
        return Result(assurance.id, Verdict.PROVED)
    first, gone_first = next(iter(unheld.items()))
    said = f"with {gone_first} vacant " if gone_first else ""
    because = f"{said}nobody is left to do {book.by_id[first].act} ({book.by_id[first].citation})"
    return Result(assurance.id, Verdict.REFUTED, because, norms=tuple(unheld))


def days(prover: Prover, assurance: Assurance) -> list[dt.date]:
    """Days that stand for all: when the assurance and each duty come into force, and each vacancy begins."""
    book = prover.book
    start = assurance.start or dt.date(2000, 1, 1)
    found = {start}
    found |= {
        norm.start
        for norm in book.norms
        if norm.kind == "duty" and norm.start and norm.start > start
    }
    for actor in book.vocabulary.actors.values():
        found |= {gap.start for gap in actor.vacancies if gap.start > start}
    return sorted(day for day in found if assurance.end is None or day < assurance.end)


def without(prover: Prover, duty: Norm, day: dt.date, most: int) -> list[str] | None:
    """The offices whose vacancy leaves the duty to nobody; None where it always has a holder."""
    actors = prover.book.vocabulary.actors
    flags: dict[str, Any] = {}

    def gone(office: ActorDef) -> Formula:
        if vacant(office, day):
            return True
        if office.kind != "office" or not most:
            return False
        return flags.setdefault(office.name, z3.Bool(office.name))

    def held(office: ActorDef) -> Formula:
        heirs = [actors[name] for name in office.succession if name in actors]
        return disj((neg(gone(office)), *(neg(gone(heir)) for heir in heirs)))

    admitted = [actors[name] for name in sorted(prover.rules.admitted(duty.bearer))]
    nobody = conj(neg(held(office)) for office in admitted)
    if nobody is False:
        return None
    solver = z3.SimpleSolver()
    solver.set("timeout", prover.milliseconds)
    if nobody is not True:
        solver.add(nobody)
    if flags:
        solver.add(z3.AtMost(*flags.values(), most))
    if solver.check() != z3.sat:
        return None
    model = solver.model()
    return sorted(name for name, flag in flags.items() if z3.is_true(model.eval(flag)))
