"""What the norms of a node come to, as one function written out: a call each for a condition is what costs.

The frequent conditions stand in its text: a fact against a constant, a state in effect. All else is asked by its
closure. The text holds no word of the book: constants are handed over beside it, so that nodes of one shape, as twelve
regulations of one plan have them, share one compiled text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache
from types import CodeType, FunctionType

from writ.book import terms
from writ.book.terms import Attr, Condition, Const
from writ.engine.asked import Paper
from writ.engine.closures import Closures
from writ.engine.entry import APPLIES, Entry, first_lack
from writ.engine.truth import UNKNOWN, Truth
from writ.engine.values import Facts

Codes = Callable[[Facts, Paper], tuple[int, ...]]
MANY = 32
"""Of more norms, or of more conditions of one norm, the text would be long, and it is asked in turn."""
SIGNS = {"at least": ">=", "at most": "<=", "above": ">", "below": "<"}


class Text:
    """A function under way: its lines, and the values that it is handed over as defaults."""

    def __init__(self, bearing: bool) -> None:
        self.bearing = bearing
        self.lines: list[str] = []
        self.names: list[str] = []
        self.values: list[object] = []
        self.facts: dict[str, str] = {}
        self.views: dict[str, str] = {}

    def given(self, value: object) -> str:
        """The name of a value in the text."""
        self.names.append(f"k{len(self.names)}")
        self.values.append(value)
        return self.names[-1]

    def fact(self, slot: str) -> str:
        """The name of what is stated of a fact, looked up before all else."""
        if slot not in self.facts:
            self.facts[slot] = f"v{len(self.facts)}"
        return self.facts[slot]

    def view(self, entry: Entry) -> str:
        """The name of the request as seen through the calendar of a norm."""
        if entry.zone not in self.views:
            self.views[entry.zone] = f"s{len(self.views)}"
            self.lines.append(
                f"    s{len(self.views) - 1} = paper.asked({self.given(entry.calendar)})"
            )
        return self.views[entry.zone]

    # --- norms

    def entry(self, entry: Entry, name: str) -> None:
        """The lines that give a norm its code."""
        tests, _, _, code_of = entry.question(self.bearing)
        if tests is None:
            self.lines.append(f"    {name} = {self.given(code_of)}(facts, paper)")
            return
        asked = "paper" if entry.plain else self.view(entry)
        alone = tests is not entry.tests
        closures, conditions = entry.closures, entry.norm.when
        for at, (test, condition) in enumerate(zip(tests, conditions, strict=True)):
            indent = "    " * (at + 1)
            asking, sure = self.condition(closures, condition, asked, alone) or (
                f"{self.given(test)}(facts, {asked})",
                False,
            )
            if sure:
                self.lines.append(f"{indent}if not ({asking}):")
                self.lines.append(f"{indent}    {name} = {2 * at + 1}")
            else:
                open_ = str(2 * at + 2)
                if at + 1 < len(tests):  # a later one may be false
                    open_ = f"{self.given(first_lack)}({self.given(tests)}, facts, {asked})"
                self.lines.append(f"{indent}t = {asking}")
                self.lines.append(f"{indent}if t is not True:")
                self.lines.append(f"{indent}    {name} = {2 * at + 1} if t is False else {open_}")
            self.lines.append(f"{indent}else:")
        self.lines.append(f"{'    ' * (len(tests) + 1)}{name} = {APPLIES}")

    def condition(
        self, closures: Closures, condition: Condition, asked: str, alone: bool
    ) -> tuple[str, bool] | None:
        """A condition as an expression, and whether it is surely true or false; None where it is none of the frequent.

        `alone` where it is asked for the best choice of states (`Closures.every`).
        """
        otherwise: Truth
        match condition:
            case terms.Not(of=inner):
                found = self.condition(closures, inner, asked, alone)
                if found is None:
                    return None
                asking, sure = found
                denied = f"not ({asking})"
                return (denied if sure else f"None if (t := {asking}) is None else not t"), sure
            case terms.All(items=items) | terms.AnyOf(items=items):
                facts, given = dict(self.facts), len(self.names)
                parts = [self.condition(closures, item, asked, False) for item in items]
                if not all(part is not None and part[1] for part in parts):
                    # Of what may be unknown, all are looked at.
                    self.facts = facts
                    del self.names[given:], self.values[given:]
                    return None
                word = " and " if isinstance(condition, terms.All) else " or "
                return word.join(f"({part[0]})" for part in parts if part is not None), True
            case terms.InEffect(state=state) if alone:
                return f"{asked}.runs({self.given(state)})", False
            case terms.Holds(path=Attr(space="fact") as path):
                missing = closures.not_stated(path)
                otherwise = None if missing is UNKNOWN else missing is True
                return self.either_way(path, "is True", otherwise)
            case terms.Compare(op="is", left=Attr(space="fact") as path, right=Const(value=wanted)):
                missing = closures.not_stated(path)
                otherwise = None if missing is UNKNOWN else missing == wanted
                # Facts are read from a log with the same text for the same word.
                shared = sys.intern(wanted) if isinstance(wanted, str) else wanted
                return self.either_way(path, f"== {self.given(shared)}", otherwise)
            case terms.Compare(left=Attr(space="fact") as path, right=Const(value=bound), op=op):
                kind = condition.kind
                if op not in SIGNS or kind.base not in ("number", "levels"):
                    return None
                otherwise = closures.otherwise(path, op, kind, bound)
                name = self.fact(path.name)
                if kind.base == "levels":
                    stated = f"{self.given(closures.enough(op, kind, bound))}[{name}]"
                else:
                    stated = f"{name} {SIGNS[op]} {self.given(bound)}"
                return f"{otherwise} if {name} is None else {stated}", otherwise is not None
        return None

    def either_way(self, path: Attr, asking: str, otherwise: Truth) -> tuple[str, bool]:
        """What a fact comes to that is stated, or is not."""
        name = self.fact(path.name)
        if otherwise is False:
            return f"{name} {asking}", True  # None is neither
        if otherwise is True:
            return f"{name} is None or {name} {asking}", True
        return f"None if {name} is None else {name} {asking}", False

    def function(self, count: int) -> Codes:
        """The function, for so many norms."""
        first = [
            f"    {name} = facts.get({self.given(sys.intern(slot))})"
            for slot, name in self.facts.items()
        ]
        given = "".join(f", {name}=None" for name in self.names)
        codes = "".join(f"c{at}, " for at in range(count))
        text = "\n".join(
            [f"def codes(facts, paper{given}):", *first, *self.lines, f"    return ({codes})"]
        )
        found: Codes = FunctionType(compiled(text), {}, "codes", tuple(self.values))
        return found


def flat(entries: tuple[Entry, ...], bearing: bool) -> Codes | None:
    """The function that gives the codes of some norms; None where its text would be long."""
    if len(entries) > MANY or any(len(entry.norm.when) > MANY for entry in entries):
        return None
    text = Text(bearing)
    for at, entry in enumerate(entries):
        text.entry(entry, f"c{at}")
    return text.function(len(entries))


@lru_cache(maxsize=4_096)
def compiled(text: str) -> CodeType:
    """The code of the one function of a text."""
    module = compile(text, "<codes>", "exec")
    return next(one for one in module.co_consts if isinstance(one, CodeType))
