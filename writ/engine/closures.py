"""Conditions as Python closures: the compiled form that the fast engine asks.

Each closure takes the facts of a request and the situation, and gives True, False or None (unknown), exactly as
`truth.holds` does. The frequent forms (a fact against a constant) have closures of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

from writ.book import terms
from writ.book.terms import Attr, Condition, Const, Value
from writ.engine.asked import Asked
from writ.engine.readings import asserted, spoken_of
from writ.engine.truth import ABSENT, ORDERS, UNKNOWN, Lack, Truth, compare_values, counted
from writ.engine.values import Facts, Read, Values

Test = Callable[[Facts, Asked], Truth]
"""A compiled condition."""


class Closures(Values):
    """Compiles conditions for one calendar; the same condition gives the same closure."""

    _memo: dict[Condition, Test] | None = None

    def test(self, condition: Condition) -> Test:
        if self._memo is None:
            self._memo = {}
        found = self._memo.get(condition)
        if found is None:
            found = self._memo[condition] = self._compile(condition)
        return found

    def every(self, conditions: tuple[Condition, ...]) -> Test:
        """The conjunction, for the best choice of the states that the conditions speak of (`applies.truth_of`)."""
        if len(conditions) > 1 and is_apart(conditions):
            return conjunction([self.every((condition,)) for condition in conditions])
        match conditions:
            case (terms.InEffect(state=state),):
                return lambda facts, s: s.runs(state)
            case (terms.Not(of=terms.InEffect(state=state)),):
                return negation(lambda facts, s: s.runs(state))
        test = conjunction([self.test(condition) for condition in conditions])
        some = asserted(conditions)
        denied = spoken_of(conditions) - some
        if denied:
            test = for_every_reading(tuple(sorted(denied)), test)
        return for_best_reading(tuple(sorted(some)), test) if some else test

    def _compile(self, condition: Condition) -> Test:
        match condition:
            case terms.Always():
                value = condition.value
                return lambda facts, s: value
            case terms.Holds():
                return self._holds(condition.path)
            case terms.Compare():
                return self._compare(condition)
            case terms.Member():
                return self._member(condition)
            case terms.Stated():
                return self._stated(condition.path)
            case terms.InEffect():
                state = condition.state
                return lambda facts, s: s.in_effect(state)
            case terms.Done():
                return self._done(condition)
            case terms.Happened():
                return self._happened(condition)
            case terms.ActorHolds():
                office = condition.office
                return lambda facts, s: s.actor_holds(office)
            case terms.Not():
                return negation(self.test(condition.of))
            case terms.All():
                return conjunction([self.test(item) for item in condition.items])
            case terms.AnyOf():
                return disjunction([self.test(item) for item in condition.items])
            case terms.Counted():
                mode, number = condition.mode, condition.number
                tests = [self.test(item) for item in condition.items]
                return lambda facts, s: counted(mode, number, [test(facts, s) for test in tests])
            case terms.Quantified():
                return self._quantified(condition)

    # --- attributes

    def _holds(self, path: Attr) -> Test:
        if path.space == "fact":
            slot, missing = path.name, self.not_stated(path)
            otherwise: Truth = None if missing is UNKNOWN else missing is True

            def holds(facts: Facts, s: Asked) -> Truth:
                value = facts.get(slot)
                return otherwise if value is None else value is True

            return holds
        read = self.attribute(path)

        def holds_elsewhere(facts: Facts, s: Asked) -> Truth:
            value = read(facts, s)
            return None if value is UNKNOWN else value is True

        return holds_elsewhere

    def _stated(self, path: Attr) -> Test:
        if path.space == "fact":
            slot, otherwise = path.name, None if self.open_world else False
            return lambda facts, s: slot in facts or otherwise
        return lambda facts, s: s.stated(path)

    # --- comparison

    def _compare(self, condition: terms.Compare) -> Test:
        left, right, op = condition.left, condition.right, condition.op
        if isinstance(left, Attr) and left.space == "fact" and isinstance(right, Const):
            if op == "is":
                return self._equal(left, right.value)
            if condition.kind.base in ("number", "levels") and op in ORDERS:
                return self._bound_by(left, op, condition.kind, right.value)
        if condition.kind.base == "levels" and op in ORDERS and op != "is":
            return self._levels(condition)
        first, second = self.expression(left), self.expression(right)
        vocabulary, kind, zone = self.vocabulary, condition.kind, self.zone

        def compare(facts: Facts, s: Asked) -> Truth:
            a, b = first(facts, s), second(facts, s)
            if isinstance(a, Lack) or isinstance(b, Lack):
                return False if a is ABSENT or b is ABSENT else None
            return compare_values(vocabulary, op, kind, a, b, zone)

        return compare

    def _equal(self, path: Attr, wanted: Value) -> Test:
        slot, missing = path.name, self.not_stated(path)
        otherwise: Truth = None if missing is UNKNOWN else missing == wanted

        def equal(facts: Facts, s: Asked) -> Truth:
            value = facts.get(slot)
            return otherwise if value is None else value == wanted

        return equal

    def _bound_by(self, path: Attr, op: str, kind: terms.Type, bound: Value) -> Test:
        """A number or level against a constant."""
        slot, otherwise = path.name, self.otherwise(path, op, kind, bound)
        if kind.base == "levels":
            enough = self.enough(op, kind, bound)

            def at_level(facts: Facts, s: Asked) -> Truth:
                value = facts.get(slot)
                return otherwise if value is None else enough[value]  # type: ignore[index]

            return at_level
        assert isinstance(bound, int | float)
        limit: float = bound

        def at_least(facts: Facts, s: Asked) -> Truth:
            value = facts.get(slot)
            return otherwise if value is None else value >= limit  # type: ignore[operator]

        def at_most(facts: Facts, s: Asked) -> Truth:
            value = facts.get(slot)
            return otherwise if value is None else value <= limit  # type: ignore[operator]

        def above(facts: Facts, s: Asked) -> Truth:
            value = facts.get(slot)
            return otherwise if value is None else value > limit  # type: ignore[operator]

        def below(facts: Facts, s: Asked) -> Truth:
            value = facts.get(slot)
            return otherwise if value is None else value < limit  # type: ignore[operator]

        return {"at least": at_least, "at most": at_most, "above": above, "below": below}[op]

    def otherwise(self, path: Attr, op: str, kind: terms.Type, bound: Value) -> Truth:
        """What the comparison comes to where the fact is not stated."""
        missing = self.not_stated(path)
        if isinstance(missing, Lack):
            return False if missing is ABSENT else None
        return compare_values(self.vocabulary, op, kind, missing, bound, "")

    def enough(self, op: str, kind: terms.Type, bound: Value) -> dict[str, bool]:
        """Which levels are as high, or as low, as is asked."""
        order = self.vocabulary.kinds[kind.of].order
        place = order[str(bound)]
        return {level: ORDERS[op]((at > place) - (at < place)) for level, at in order.items()}

    def _levels(self, condition: terms.Compare) -> Test:
        order = self.vocabulary.kinds[condition.kind.of].order
        first, second = self.expression(condition.left), self.expression(condition.right)
        decide = ORDERS[condition.op]

        def levels(facts: Facts, s: Asked) -> Truth:
            a, b = first(facts, s), second(facts, s)
            if isinstance(a, Lack) or isinstance(b, Lack):
                return False if a is ABSENT or b is ABSENT else None
            return decide(order[str(a)] - order[str(b)])

        return levels

    def _member(self, condition: terms.Member) -> Test:
        read = self.expression(condition.item)
        if condition.path is not None:
            return among(read, self.attribute(condition.path))
        if all(isinstance(item, Const) for item in condition.items):
            allowed = [item.value for item in condition.items if isinstance(item, Const)]
            known = frozenset(allowed)

            def one_of(facts: Facts, s: Asked) -> Truth:
                value = read(facts, s)
                if isinstance(value, Lack):
                    return False if value is ABSENT else None
                return value in known if isinstance(value, str) else value in allowed

            return one_of
        reads = [self.expression(item) for item in condition.items]

        def one_of_these(facts: Facts, s: Asked) -> Truth:
            value = read(facts, s)
            if isinstance(value, Lack):
                return False if value is ABSENT else None
            values = [one(facts, s) for one in reads]
            if value in [one for one in values if not isinstance(one, Lack)]:
                return True
            return None if UNKNOWN in values else False

        return one_of_these

    # --- history and lists

    def _done(self, condition: terms.Done) -> Test:
        act, by, by_actor = condition.act, condition.by, condition.by_actor
        if condition.since is None:
            return lambda facts, s: s.done(act, by, by_actor, None)
        since = self.expression(condition.since)
        return lambda facts, s: s.done(act, by, by_actor, since(facts, s))

    def _happened(self, condition: terms.Happened) -> Test:
        event = condition.event
        if condition.since is None:
            return lambda facts, s: s.happened(event, None)
        since = self.expression(condition.since)
        return lambda facts, s: s.happened(event, since(facts, s))

    def _quantified(self, condition: terms.Quantified) -> Test:
        read, body = self.attribute(condition.path), self.test(condition.body)
        variable, mode, number = condition.variable, condition.mode, condition.number

        def quantified(facts: Facts, s: Asked) -> Truth:
            members = read(facts, s)
            if members is UNKNOWN:
                return None
            assert isinstance(members, tuple)
            outer = s.variables
            truths: list[Truth] = []
            for member in members:
                s.variables = {**outer, variable: member}
                truths.append(body(facts, s))
            s.variables = outer
            if mode == "every":
                return False if False in truths else None if None in truths else True
            if mode == "at least":
                return counted(mode, number, truths)
            some: Truth = True if True in truths else None if None in truths else False
            return some if mode == "some" or some is None else not some

        return quantified


def is_apart(conditions: tuple[Condition, ...]) -> bool:
    """Whether no two conditions speak of one state: then the best choice for all is the best for each."""
    spoken = [spoken_of(condition) for condition in conditions]
    return sum(len(one) for one in spoken) == len(frozenset().union(*spoken))


def among(read: Read, path: Read) -> Test:
    def member(facts: Facts, s: Asked) -> Truth:
        value = read(facts, s)
        if isinstance(value, Lack):
            return False if value is ABSENT else None
        members = path(facts, s)
        if members is UNKNOWN:
            return None
        return isinstance(members, frozenset) and value in members

    return member


def negation(test: Test) -> Test:
    def not_(facts: Facts, s: Asked) -> Truth:
        truth = test(facts, s)
        return None if truth is None else not truth

    return not_


def conjunction(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def all_(facts: Facts, s: Asked) -> Truth:
        found: Truth = True
        for test in tests:
            truth = test(facts, s)
            if truth is False:
                return False
            if truth is None:
                found = None
        return found

    return all_


def disjunction(tests: list[Test]) -> Test:
    def any_(facts: Facts, s: Asked) -> Truth:
        found: Truth = False
        for test in tests:
            truth = test(facts, s)
            if truth is True:
                return True
            if truth is None:
                found = None
        return found

    return any_


def for_best_reading(states: tuple[str, ...], test: Test) -> Test:
    """The best truth over every choice of the instances of the states spoken of."""
    return _over_readings(states, test, True)


def for_every_reading(states: tuple[str, ...], test: Test) -> Test:
    """The truth that every choice of the instances of states spoken of only in the negative bears out."""
    return _over_readings(states, test, False)


def _over_readings(states: tuple[str, ...], test: Test, decisive: bool) -> Test:
    """The truth over every choice of instances, of which one that is `decisive` settles it."""

    if len(states) == 1:
        only = states[0]

        def over_one(facts: Facts, s: Asked) -> Truth:
            outer = s.bound
            found: Truth = not decisive
            for instance in s.choices(only) or NO_INSTANCE:
                s.bound = {**outer, only: instance} if outer else {only: instance}
                truth = test(facts, s)
                if truth is decisive:
                    found = decisive
                    break
                if truth is None:
                    found = None
            s.bound = outer
            return found

        return over_one

    def over(facts: Facts, s: Asked) -> Truth:
        choices = [s.choices(state) or NO_INSTANCE for state in states]
        outer = s.bound
        found: Truth = not decisive
        for choice in itertools.product(*choices):
            s.bound = {**outer, **dict(zip(states, choice, strict=True))}
            truth = test(facts, s)
            if truth is decisive:
                found = decisive
                break
            if truth is None:
                found = None
        s.bound = outer
        return found

    return over


NO_INSTANCE = (None,)
