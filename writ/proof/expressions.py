"""Attributes and expressions in a world: the values of `writ.engine.truth`, as terms."""

from __future__ import annotations

from typing import Any

import z3

from writ.book import dates, terms
from writ.book.terms import Attr, Expr, Period
from writ.engine.truth import days_of
from writ.proof.history import History
from writ.proof.logic import Formula, conj, disj, neg
from writ.proof.values import (
    ABSENT,
    Listed,
    Members,
    Moment,
    Value,
    constant_moment,
    earlier,
    pick_moment,
)


class Expressions(History):
    """The values of expressions, in one reading of a world."""

    def attribute(self, path: Attr) -> Value:
        if path.space == "variable":
            return self.variables[path.owner].attribute(path.name)
        if path.space == "grant":
            return self.world.fact(f"grant {path.name}", path.name, self.book)
        if path.space == "state":
            return self._of_state(path)
        return self.world.fact(path.name, path.slot, self.book)

    def _of_state(self, path: Attr) -> Value:
        return self.world.of_state(self.instance(path.owner), path, self.book)

    def stated(self, path: Attr) -> Formula:
        """Whether an attribute is stated; of a state that no norm has chosen, of its last stretch."""
        if path.space == "state":
            return self.world.stated_of_state(self.instance(path.owner), path, self.book)
        if path.space == "variable":
            return self.variables[path.owner].stated(path.name)
        if path.space == "grant":
            return self.world.stated(f"grant {path.name}", path.name, self.book)
        return self.world.stated(path.name, path.slot, self.book)

    def value(self, item: Expr) -> Value:
        match item:
            case Attr():
                return self.attribute(item)
            case terms.Const():
                return self._constant(item)
            case terms.DateConst():
                return Value(constant_moment(dates.parse(item.value), self.world.zone))
            case Period():
                return Value(days_of(item))
            case terms.Now():
                return Value(self.world.now)
            case terms.ActorTerm():
                return Value(self.world.person)
            case terms.Arithmetic():
                return self._arithmetic(item)
            case terms.Select():
                return self._select(item)
            case terms.StateTime():
                return self._state_time(item.which, item.state)
            case terms.TimeOf():
                return self.time_of(item.name, item.first)
            case terms.PeriodBound():
                base = self.value(item.of)
                if base.data is None:
                    return base
                return _lacking(base, self.reckoning.bound(base.data, item.which, item.unit))
            case terms.DaysBetween():
                start, end = self.value(item.start), self.value(item.end)
                if start.data is None or end.data is None:
                    return _lack(start, end)
                return _lack(start, end)._replace(data=_real(end.data.day - start.data.day))
            case terms.CountOf():
                return self._count(self.attribute(item.path))

    def _count(self, value: Value) -> Value:
        if value.data is None:
            return value
        if isinstance(value.data, Listed):
            return value._replace(data=_real(value.data.count))
        members: Members = value.data
        if members.every is None:
            return Value(None, unknown=True)
        return value._replace(
            data=_real(z3.Sum([z3.If(members.has(m), 1, 0) for m in members.every]))
        )

    def _constant(self, item: terms.Const) -> Value:
        base, value = item.type.base, item.value
        if base == "yes-no":
            return Value(bool(value))
        if base in ("kind", "levels", "text", "person-id"):
            return Value(self.world.codes_of(item.type).code(str(value)))
        return Value(z3.RealVal(str(value)))

    def _arithmetic(self, item: terms.Arithmetic) -> Value:
        left, right = self.value(item.left), self.value(item.right)
        if left.data is None or right.data is None:
            return _lack(left, right)
        sign = 1 if item.op == "+" else -1
        if isinstance(left.data, Moment) and isinstance(item.right, Period):
            return _lacking(left, self.reckoning.add(left.data, item.right, self.calendar, sign))
        if isinstance(left.data, Moment):
            # A day moved by a period that is itself stated: any day, as far as the prover knows.
            return _lack(left, right)._replace(data=self.world.moment(f"moved {id(item)}"))
        return _lack(left, right)._replace(
            data=left.data + right.data if sign > 0 else left.data - right.data
        )

    def _select(self, item: terms.Select) -> Value:
        best = ABSENT
        unknown: Formula = False
        for each in item.items:
            value = self.value(each)
            unknown = disj((unknown, value.unknown))
            if value.data is None:
                continue
            if best.data is None:
                best = Value(value.data, absent=value.absent)
                continue
            first, second = (value.data, best.data)
            better = earlier(first, second) if item.which == "earlier" else earlier(second, first)
            take = conj((neg(value.absent), disj((best.absent, better))))
            best = Value(
                pick_moment(take, value.data, best.data), absent=conj((best.absent, value.absent))
            )
        return best._replace(unknown=unknown, absent=conj((best.absent, neg(unknown))))


def _lack(*values: Value) -> Value:
    """Absent where one is, else unknown where one is."""
    absent = disj(value.absent for value in values)
    return Value(None, absent=absent, unknown=conj((neg(absent), disj(v.unknown for v in values))))


def _lacking(base: Value, found: Value) -> Value:
    """What was reckoned from a base: absent and unknown as that is, and unknown where it could not be reckoned."""
    unknown = disj((base.unknown, conj((neg(base.absent), found.unknown))))
    return Value(found.data, absent=base.absent, unknown=unknown)


def _real(term: Any) -> Any:
    return z3.RealVal(term) if isinstance(term, int) else z3.ToReal(term)
