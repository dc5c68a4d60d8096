"""A norm compiled for the fast engine: days in force as ordinals, conditions as closures, the record prepared."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from writ.book import dates, terms
from writ.book.model import BARS, GRANTS, Book, Calendar, Norm
from writ.book.terms import Attr, Compare, Condition, Const, DateConst, Holds, Member, Not, Value
from writ.book.wording import say
from writ.engine.answer import Considered, Missing
from writ.engine.asked import Asked, Paper
from writ.engine.closures import Closures, Test, is_apart
from writ.engine.values import Facts, is_plain, states_named
from writ.syntax.tree import Actor, Bearer

Check = Callable[[Facts, Paper], Missing | None]
"""Something that the exercise of a norm requires: what is missing of it, or None."""

APPLIES = 0
"""The code of a norm whose `when` is true. Where it is false the code is 2i + 1, where it is unknown 2i + 2; `i` is the
first conjunct that is not true, or their number where only their conjunction is not."""
Question = tuple[list[Test] | None, bool, Calendar | None, Callable[[Facts, Paper], int]]
"""The conjuncts of a norm, where each is asked for itself; whether they ask for more than facts; its calendar; and
what tells its code where they are not."""
SCALARS = frozenset({"yes-no", "kind", "levels", "text", "person-id", "number"})


class Entry:
    """One norm. `at` is its place in the book."""

    def __init__(
        self, book: Book, norm: Norm, at: int, closures: Closures, open_: Closures
    ) -> None:
        self.norm = norm
        self.id = norm.id
        self.citation = norm.citation
        self.at = at
        self.kind = norm.kind
        self.rank = norm.rank
        self.grant = norm.kind in GRANTS and not norm.omission
        self.bar = norm.kind in BARS
        self.duty = norm.kind == "duty"
        self.limit = norm.kind == "limit"
        self.calendar = closures.calendar
        self.zone = closures.zone
        self.start = norm.start.toordinal() if norm.start else None
        self.end = norm.end.toordinal() if norm.end else None
        self.gaps = tuple(
            (gap.start.toordinal(), gap.end.toordinal() + 1 if gap.end else None)
            for gap in norm.gaps
        )
        self.known = norm.known.toordinal() if norm.known else None
        self.closures = closures
        self.tests = [closures.test(condition) for condition in norm.when]
        self.until = closures.every(norm.until) if self.duty and norm.until else None
        """Whether it has fallen away."""
        self.plain = is_plain(norm.when) and self.until is None
        """Whether its truth needs only the facts, and is that of its `when`."""
        self.apart: list[Test] | None = self.tests
        """What each conjunct comes to for itself, where that is all there is to it: no two speak of one state."""
        if states_named(norm.when):
            self.apart = self.singles if is_apart(norm.when) else None
        self._open = open_
        self._considered: dict[int, Considered] = {}
        self._missing: dict[int, Missing] = {}
        self._checks: dict[frozenset[str], tuple[Check, ...]] = {}
        self._book = book
        alone = self.apart if self.until is None else None
        self._as_bearer: Question = (alone, not self.plain, self.calendar, self.code)
        self._of_others: Question = (self.apart, not self.plain, self.calendar, self.when_code)

    def question(self, bearing: bool) -> Question:
        """How a node asks it: of a norm of others (`bearing` False) only `when`, and not whether it has fallen away."""
        return self._as_bearer if bearing else self._of_others

    # --- in force, and its conditions

    def in_force(self, day: int, known: int | None) -> bool:
        if self.start is None or day < self.start or (self.end is not None and day >= self.end):
            return False
        for start, end in self.gaps:
            if start <= day and (end is None or day < end):
                return False
        return known is None or self.known is None or self.known <= known

    def bounds(self) -> set[int]:
        """The days on which its being in force may change."""
        days = {self.start, self.end}
        for gap in self.gaps:
            days.update(gap)
        return {day for day in days if day is not None}

    @cached_property
    def joint(self) -> Test:
        """The whole of `when`, for the best choice of states."""
        return self.closures.every(self.norm.when)

    @cached_property
    def singles(self) -> list[Test]:
        """Each conjunct of `when` for itself, for the best choice of states."""
        return [self.closures.every((condition,)) for condition in self.norm.when]

    @cached_property
    def open_when(self) -> Test:
        """`when`, where what is not stated is unknown."""
        return self._open.every(self.norm.when)

    def code(self, facts: Facts, paper: Paper) -> int:
        """See `APPLIES`; of a duty, also whether it has not fallen away."""
        code = self.when_code(facts, paper)
        if self.until is None or code & 1:
            return code
        fallen = self.until(facts, paper.asked(self.calendar))
        if fallen is False:
            return code
        last = code or 2 * len(self.norm.when) + 2
        return last - 1 if fallen else last

    def when_code(self, facts: Facts, paper: Paper) -> int:
        """The code of its `when` alone."""
        asked = paper.asked(self.calendar)
        if self.apart is not None:
            return first_lack(self.apart, facts, asked)
        truth = self.joint(facts, asked)
        if truth is True:
            return APPLIES
        first = 0
        while first < len(self.singles) and self.singles[first](facts, asked) is True:
            first += 1
        return 2 * first + (1 if truth is False else 2)

    @cached_property
    def in_effect(self) -> frozenset[str]:
        """The states that its `when` asks to be in effect."""
        found = [t for t in terms.walk(self.norm.when) if isinstance(t, terms.InEffect)]
        return frozenset(term.state for term in found)

    # --- the record

    def because(self, code: int) -> str:
        """The first condition that is not true, in words."""
        first = (code - 1) // 2
        if first < len(self.norm.when):
            return say(self.norm.when[first])
        return " and ".join(say(condition) for condition in self.norm.when)

    def considered(self, code: int) -> Considered:
        found = self._considered.get(code)
        if found is None:
            status = "applies" if code == APPLIES else "does not apply" if code & 1 else "open"
            because = self.because(code) if code & 1 else ""
            found = Considered(self.id, self.citation, status, because=because)
            self._considered[code] = found
        return found

    @cached_property
    def another_bearer(self) -> Considered:
        return Considered(self.id, self.citation, "another bearer", because=say(self.norm.bearer))

    def fact(self, code: int) -> Missing:
        """The fact that it depends on while it is open."""
        found = self._missing.get(code)
        if found is None:
            found = self._missing[code] = self.lacks("fact", self.because(code))
        return found

    def lacks(self, kind: str, what: str) -> Missing:
        return Missing(kind, what, self.id, self.citation)

    # --- what its exercise requires

    def checks(self, above: frozenset[str]) -> tuple[Check, ...]:
        """What its exercise requires of an actor who is all of `above`, in the order of the record."""
        found = self._checks.get(above)
        if found is None:
            found = self._checks[above] = tuple(self._required(above))
        return found

    def _required(self, above: frozenset[str]) -> list[Check]:
        norm = self.norm
        found: list[Check] = []
        matched = [actor for actor in norm.bearer.actors if actor.name in above]
        numbers = [actor.number for actor in matched]
        if numbers and 0 not in numbers:
            found.append(self._number(min(numbers), matched[0].name))
        if norm.bearer.mode == "each":
            for actor in norm.bearer.actors:
                if actor.name not in above:
                    other = Bearer("any", (Actor(actor.name),))
                    lack = self.lacks("others", f"{norm.act} by {actor.name}")
                    found.append(self._step(norm.act, other, None, lack))
        for step in norm.after:
            lack = self.lacks("step", say(step))
            found.append(self._step(step.act, step.by, step.within, lack))
        for condition in norm.with_:
            found.append(self._held(condition, self.lacks("condition", say(condition))))
        for path in norm.stating:
            found.append(self._said(path, self.lacks("statement", path.name)))
        for path in norm.recording:
            found.append(self._said(path, self.lacks("record", path.name)))
        return found

    def _number(self, least: int, name: str) -> Check:
        def enough(facts: Facts, paper: Paper) -> Missing | None:
            short = least - paper.request.number
            return self.lacks("number", f"{short} more of {name}") if short > 0 else None

        return enough

    def _step(
        self, act: str, by: Bearer | None, within: terms.Period | None, lack: Missing
    ) -> Check:
        calendar = self.calendar

        def taken(facts: Facts, paper: Paper) -> Missing | None:
            asked = paper.asked(calendar)
            if asked.done(act, by, False, None) is not True:
                return lack
            if within is None:
                return None
            earliest = dates.add(paper.request.at, within, calendar, -1)
            if earliest is None or asked.done(act, by, False, earliest) is not True:
                return lack
            return None

        return taken

    def _held(self, condition: Condition, lack: Missing) -> Check:
        test, calendar = self.closures.every((condition,)), self.calendar

        def held(facts: Facts, paper: Paper) -> Missing | None:
            return None if test(facts, paper.asked(calendar)) is True else lack

        return held

    def _said(self, path: Attr, lack: Missing) -> Check:
        stated = terms.Stated(path)
        condition: Condition = Holds(path) if path.type.base == "yes-no" else stated
        test, calendar = self.closures.test(condition), self.calendar
        there = self.closures.test(stated)

        def said(facts: Facts, paper: Paper) -> Missing | None:
            asked = paper.asked(calendar)
            if test(facts, asked) is True:
                return None
            # A record that is silent on the form of an act is taken to mean the form required.
            silent = paper.request.recorded and there(facts, asked) is not True
            return None if silent else lack

        return said

    # --- duties

    @cached_property
    def manner(self) -> tuple[tuple[Test, Missing], ...]:
        """The conditions of `so that`, each with what is missing where it is unknown."""
        return tuple(
            (self.closures.every((condition,)), self.lacks("fact", say(condition)))
            for condition in self.norm.so_that
        )

    @cached_property
    def values_required(self) -> tuple[tuple[Attr, Value], ...] | None:
        """The values that its manner requires of attributes; None where they depend on the request."""
        found: list[tuple[Attr, Value]] = []
        for condition in self.norm.so_that:
            match condition:
                case Compare(op="is", left=Attr() as path, right=Const(value=value)):
                    found.append((path, value))
                case Compare(op="is", left=Attr() as path, right=DateConst(value=text)):
                    found.append((path, dates.parse(text)))
                case Compare(op="is", left=Attr()):
                    return None
        return tuple(found)

    @cached_property
    def told(self) -> bool:
        """Whether the history may tell more of it than that it was done."""
        norm = self.norm
        return bool(norm.trigger or norm.waiver or norm.while_state or norm.within or norm.every)

    @cached_property
    def heirs(self) -> tuple[str, ...]:
        """To whom it is owed: one duty for each."""
        to = self.norm.to
        if to is not None and to.mode == "each" and to.actors:
            return tuple(actor.name for actor in to.actors)
        return (say(to) if to else "",)

    @cached_property
    def bearer(self) -> str:
        return say(self.norm.bearer)

    # --- what an index can rule out

    @cached_property
    def choices(self) -> dict[str, frozenset[object]]:
        """Facts of which `when` requires one of a few values."""
        found: dict[str, frozenset[object]] = {}
        for condition in self.norm.when:
            choice = chosen(condition)
            if choice is not None and choice[0] in self._book.vocabulary.attributes:
                slot, values = choice
                found[slot] = found[slot] & values if slot in found else values
        return found


def first_lack(tests: list[Test], facts: Facts, asked: Asked) -> int:
    """The code of a conjunction whose conjuncts share one reading."""
    first = -1
    for at, test in enumerate(tests):
        truth = test(facts, asked)
        if truth is not True:
            if first < 0:
                first = at
            if truth is False:
                return 2 * first + 1
    return APPLIES if first < 0 else 2 * first + 2


def chosen(condition: Condition) -> tuple[str, frozenset[object]] | None:
    """The condition as "this fact is one of these values", if it has that form."""
    match condition:
        case Holds(path=Attr(space="fact") as path):
            return path.name, frozenset({True})
        case Not(of=Holds(path=Attr(space="fact") as path)):
            return path.name, frozenset({False})
        case Compare(op="is", left=Attr(space="fact") as path, right=Const(value=value)):
            return (path.name, frozenset({value})) if path.type.base in SCALARS else None
        case Member(item=Attr(space="fact") as path, items=items, path=None):
            values = frozenset(item.value for item in items if isinstance(item, Const))
            if path.type.base in SCALARS and all(isinstance(item, Const) for item in items):
                return path.name, values
    return None
