"""Mutants of a book: each deletes or weakens one norm, condition, limit, date or override.

A mutant changes the tree of one file; linking, checks and cases then run as they would on a book so written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from writ.syntax import tree

replace = msgspec.structs.replace


@dataclass(frozen=True)
class Mutant:
    """`describe` says what was done and where; `file` is the changed file, `span` where what was changed stands."""

    describe: str
    place: str
    operator: str
    file: tree.File
    span: int


def mutants(file: tree.File, line_of: Callable[[int], int]) -> Iterator[Mutant]:
    """Every mutant of one file, in the order of its text."""
    for at, statement in enumerate(file.statements):
        if isinstance(statement, tree.Declaration):
            yield from of_definition(file, at, statement, line_of)
            yield from of_time(file, at, statement, line_of)
            continue
        if isinstance(statement, tree.AssuranceStatement):
            continue  # it is no law: nothing that is decided hangs on it
        place = f"{file.path}:{line_of(statement.span)} {statement.kind} {statement.label}"

        def changed(
            describe: str,
            operator: str,
            *new: tree.NormStatement,
            at: int = at,
            place: str = place,
            span: int = statement.span,
        ) -> Mutant:
            statements = (*file.statements[:at], *new, *file.statements[at + 1 :])
            return Mutant(describe, place, operator, replace(file, statements=statements), span)

        yield changed("norm deleted", "delete norm")
        for describe, operator, mutated in of_norm(statement):
            yield changed(describe, operator, mutated)


def of_definition(
    file: tree.File, at: int, item: tree.Declaration, line_of: Callable[[int], int]
) -> Iterator[Mutant]:
    if item.meaning is None or item.type is None:
        return
    place = f"{file.path}:{line_of(item.span)} definition {item.name}"
    truth = item.type.base == "yes-no"
    for describe, meaning in of_condition(item.meaning) if truth else of_expr(item.meaning):
        statements = (
            *file.statements[:at],
            replace(item, meaning=meaning),
            *file.statements[at + 1 :],
        )
        yield Mutant(describe, place, "definition", replace(file, statements=statements), item.span)


LINES_OF_TIME = ("rolls forward", "holiday", "weekend", "zone", "material", "sitting", "adjourned")
"""Lines of declarations by which time is counted, or by which an act counts that nobody allowed."""


def of_time(
    file: tree.File, at: int, item: tree.Declaration, line_of: Callable[[int], int]
) -> Iterator[Mutant]:
    """A calendar without one of its lines, or without one sitting day; a material act that is a legal one."""
    place = f"{file.path}:{line_of(item.span)} {item.kind} {item.name}"

    def changed(describe: str, lines: tuple[tree.Line, ...]) -> Mutant:
        statements = (*file.statements[:at], replace(item, lines=lines), *file.statements[at + 1 :])
        return Mutant(describe, place, "time", replace(file, statements=statements), item.span)

    for place_, line in enumerate(item.lines):
        if line.word not in LINES_OF_TIME:
            continue
        yield changed(f"`{line.word}` dropped", drop(item.lines, place_))
        for day in range(len(line.dates)) if line.word == "sitting" else ():
            fewer = replace(line, dates=drop(line.dates, day))
            lines = (*item.lines[:place_], fewer, *item.lines[place_ + 1 :])
            yield changed(f"sitting day {line.dates[day]} dropped", lines)


def of_norm(norm: tree.NormStatement) -> Iterator[tuple[str, str, tree.NormStatement]]:
    if norm.bearer is not None:
        for describe, bearer in of_bearer(norm.bearer):
            yield describe, "bearer", replace(norm, bearer=bearer)
    if len(norm.acts) > 1:
        for at in range(len(norm.acts)):
            yield (
                f"act `{norm.acts[at].text}` dropped",
                "act",
                replace(norm, acts=drop(norm.acts, at)),
            )
    if len(norm.over) > 1:
        for at in range(len(norm.over)):
            yield (
                f"override of `{norm.over[at].label}` dropped",
                "override",
                replace(norm, over=drop(norm.over, at)),
            )
    for at, clause in enumerate(norm.clauses):
        if clause.word == "known":
            continue
        operator = "override" if clause.word in ("notwithstanding", "subject to") else "clause"
        yield f"`{clause.word}` dropped", operator, replace(norm, clauses=drop(norm.clauses, at))
        for describe, kind, mutated in of_clause(clause):
            clauses = (*norm.clauses[:at], mutated, *norm.clauses[at + 1 :])
            yield f"`{clause.word}`: {describe}", kind, replace(norm, clauses=clauses)


def of_bearer(bearer: tree.Bearer) -> Iterator[tuple[str, tree.Bearer]]:
    if len(bearer.actors) > 1:
        for at, actor in enumerate(bearer.actors):
            yield f"bearer `{actor.name}` dropped", replace(bearer, actors=drop(bearer.actors, at))
    if bearer.mode == "each":
        yield "`each of` weakened to any", replace(bearer, mode="any")
    for at, actor in enumerate(bearer.excepted):
        yield (
            f"exception of `{actor.name}` dropped",
            replace(bearer, excepted=drop(bearer.excepted, at)),
        )
    for at, actor in enumerate(bearer.actors):
        if actor.number > 1:
            for step in (-1, 1):
                other = replace(actor, number=actor.number + step)
                actors = (*bearer.actors[:at], other, *bearer.actors[at + 1 :])
                yield f"at least {other.number} of", replace(bearer, actors=actors)


def of_clause(clause: tree.Clause) -> Iterator[tuple[str, str, tree.Clause]]:
    if clause.condition is not None:
        for describe, condition in of_condition(clause.condition):
            yield describe, "condition", replace(clause, condition=condition)
    if len(clause.steps) > 1:
        for at, step in enumerate(clause.steps):
            yield (
                f"step `{step.act}` dropped",
                "step",
                replace(clause, steps=drop(clause.steps, at)),
            )
    if len(clause.names) > 1:
        for at, name in enumerate(clause.names):
            yield f"`{name.text}` dropped", "name", replace(clause, names=drop(clause.names, at))
    if len(clause.refs) > 1:
        for at, ref in enumerate(clause.refs):
            yield f"`{ref.label}` dropped", "override", replace(clause, refs=drop(clause.refs, at))
    if clause.duration is not None:
        for describe, duration in of_duration(clause.duration):
            yield describe, "duration", replace(clause, duration=duration)
    if clause.effect is not None and clause.effect.duration is not None:
        for describe, duration in of_duration(clause.effect.duration):
            effect = replace(clause.effect, duration=duration)
            yield describe, "duration", replace(clause, effect=effect)
    if clause.expr is not None:
        for describe, expr in of_expr(clause.expr):
            yield describe, "date", replace(clause, expr=expr)
    for at, date in enumerate(clause.dates):
        if len(date) == 10:
            for step in (-1, 1):
                moved = (dt.date.fromisoformat(date) + dt.timedelta(days=step)).isoformat()
                dates = (*clause.dates[:at], moved, *clause.dates[at + 1 :])
                yield f"{date} moved to {moved}", "date", replace(clause, dates=dates)


def of_duration(duration: tree.Duration) -> Iterator[tuple[str, tree.Duration]]:
    for amount in (duration.amount + 1, duration.amount - 1):
        if amount > 0:
            yield f"{amount} {duration.unit}", replace(duration, amount=amount)


BOUNDS = {
    "at least": "above",
    "above": "at least",
    "at most": "below",
    "below": "at most",
    "before": "on or before",
    "on or before": "before",
    "after": "on or after",
    "on or after": "after",
}


def of_condition(condition: tree.Condition) -> Iterator[tuple[str, tree.Condition]]:
    yield "negated", tree.Not(condition)
    yield from weaker(condition)


def weaker(condition: tree.Condition) -> Iterator[tuple[str, tree.Condition]]:
    match condition:
        case tree.All() | tree.Any():
            joint = "conjunct" if isinstance(condition, tree.All) else "alternative"
            for at, item in enumerate(condition.items):
                rest = drop(condition.items, at)
                yield (
                    f"{joint} {at + 1} dropped",
                    rest[0] if len(rest) == 1 else replace(condition, items=rest),
                )
                for describe, one in weaker(item):
                    items = (*condition.items[:at], one, *condition.items[at + 1 :])
                    yield f"{joint} {at + 1}: {describe}", replace(condition, items=items)
        case tree.Not():
            yield "`not` dropped", condition.of
            for describe, one in weaker(condition.of):
                yield describe, replace(condition, of=one)
        case tree.Compare():
            if condition.op in BOUNDS:
                op = BOUNDS[condition.op]
                yield f"`{condition.op}` became `{op}`", replace(condition, op=op)
            for describe, one in of_expr(condition.right):
                yield describe, replace(condition, right=one)
            for describe, one in of_expr(condition.left):
                yield describe, replace(condition, left=one)
        case tree.Member() if len(condition.items) > 1:
            for at, item in enumerate(condition.items):
                name = item.text if isinstance(item, tree.Name) else "item"
                yield f"`{name}` dropped", replace(condition, items=drop(condition.items, at))
        case tree.Counted():
            for number in (condition.number - 1, condition.number + 1):
                if 0 < number <= len(condition.items):
                    yield f"{condition.mode} {number}", replace(condition, number=number)


def of_expr(expr: tree.Expr) -> Iterator[tuple[str, tree.Expr]]:
    match expr:
        case tree.Number():
            for value in (expr.value + 1, expr.value - 1):
                yield f"{expr.value} became {value}", replace(expr, value=value)
        case tree.Duration():
            yield from of_duration(expr)
        case tree.Date() if len(expr.value) == 10:
            moved = dt.date.fromisoformat(expr.value) + dt.timedelta(days=1)
            yield f"{expr.value} moved to {moved}", replace(expr, value=moved.isoformat())
        case tree.Arithmetic():
            for describe, one in of_expr(expr.right):
                yield describe, replace(expr, right=one)
            for describe, one in of_expr(expr.left):
                yield describe, replace(expr, left=one)
        case tree.Select():
            for at in range(len(expr.items)):
                if len(expr.items) > 1:
                    yield f"item {at + 1} dropped", replace(expr, items=drop(expr.items, at))
            for at, item in enumerate(expr.items):
                for describe, one in of_expr(item):
                    items = (*expr.items[:at], one, *expr.items[at + 1 :])
                    yield describe, replace(expr, items=items)
        case tree.PeriodBound():
            for describe, one in of_expr(expr.of):
                yield describe, replace(expr, of=one)


def drop(items: tuple, at: int) -> tuple:  # type: ignore[type-arg]
    return items[:at] + items[at + 1 :]
