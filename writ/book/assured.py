"""Assurance statements to assurances: the names in them, and what their conditions speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from writ.book.assurances import Assurance
from writ.book.bearers import NOBODY, bearer, shared
from writ.book.conditions import conjuncts, denied
from writ.book.effects import StepTerm
from writ.book.expressions import period
from writ.book.lexicon import Lexicon
from writ.book.model import ANYONE, Instrument, Place
from writ.book.names import ACTS, STATES
from writ.book.norms import thing
from writ.book.report import Report
from writ.book.resolve import Context
from writ.book.terms import Condition, Period
from writ.syntax import tree
from writ.syntax.tree import Actor, Bearer

SOMEONE = Bearer("any", (Actor(ANYONE),))


def link_assurances(
    lexicon: Lexicon,
    report: Report,
    instrument: Instrument,
    statements: Iterable[tree.AssuranceStatement],
    taken: Iterable[str],
) -> tuple[Assurance, ...]:
    """The assurances of one instrument. `taken` are the labels of its norms, each as often as it has norms: they are
    numbered first, so that no assurance changes the id of a norm."""
    seen = Counter(taken)
    found: list[Assurance] = []
    for statement in statements:
        seen[statement.label] += 1
        count = seen[statement.label]
        id = f"{instrument.id}/{statement.label}" + (f"~{count}" if count > 1 else "")
        assurance = _Reader(lexicon, report, statement).assurance(instrument, id)
        if assurance is not None:
            found.append(assurance)
    return tuple(found)


class _Reader:
    """Reads one statement; `sound` is false once an error in it has been reported."""

    def __init__(
        self, lexicon: Lexicon, report: Report, statement: tree.AssuranceStatement
    ) -> None:
        self.lexicon = lexicon
        self.report = report
        self.statement = statement
        self.sound = True

    def assurance(self, instrument: Instrument, id: str) -> Assurance | None:
        statement, file = self.statement, self.report.source.path
        who = self._bearer(statement.bearer)
        acts = self._acts()
        narrower = self._thing()
        state = self._state()
        scope = self.lexicon.scope(acts, narrower)
        # An unknown act hides its attributes: that the clauses miss them is no further mistake.
        context = Context(self.lexicon, self.report, scope if self.sound else scope.uncertain())
        within = self._within(context)
        when: tuple[Condition, ...] = ()
        renewal: tuple[StepTerm, ...] = ()
        for clause in statement.clauses:
            when += self._condition(context, clause)
            renewal += tuple([step for each in clause.steps if (step := self._step(each))])
        if not self.sound:
            return None
        return Assurance(
            id,
            statement.form,
            instrument.id,
            statement.label,
            instrument.cite(statement.label),
            statement.title,
            Place(file, statement.span),
            Place(file, statement.label_span or statement.span),
            who,
            acts,
            narrower,
            when,
            state,
            within,
            renewal,
            statement.vacant,
            instrument.start,
            instrument.end,
        )

    def _bearer(self, written: Bearer | None) -> Bearer:
        if written is None:
            return shared(
                self.lexicon, SOMEONE if self.statement.form == "always someone" else NOBODY
            )
        found = bearer(self.lexicon, self.report, written)
        if found is None:
            self.sound = False
        return found or NOBODY

    def _known(self, name: tree.Name, sorts: frozenset[str]) -> bool:
        known = self.lexicon.names.expect(self.report, name.text, name.span, sorts)
        self.sound = self.sound and known
        return known

    def _acts(self) -> tuple[str, ...]:
        acts = self.statement.acts
        found = tuple([name.text for name in acts if self._known(name, ACTS)])
        if len(found) == 2 and found[0] == found[1]:
            help = f"name two acts, or write `no one may {found[0]}`"
            self.report.add("V249", acts[1].span, f"both acts are `{found[0]}`", help)
            self.sound = False
        return found

    def _thing(self) -> str:
        written, acts = self.statement.thing, self.statement.acts
        if written is None or not self.sound:
            return ""
        found = thing(self.lexicon, self.report, written, acts[0].text)
        if found is None:
            self.sound = False
        return found or ""

    def _state(self) -> str:
        name = self.statement.state
        return name.text if name is not None and self._known(name, STATES) else ""

    def _within(self, context: Context) -> Period | None:
        written = self.statement.within
        found = None if written is None else period(context, written)
        if written is not None and found is None:
            self.sound = False
        return found

    def _condition(self, context: Context, clause: tree.Clause) -> tuple[Condition, ...]:
        if clause.condition is None:
            return ()
        found = conjuncts(context, clause.condition)
        if found is None:
            self.sound = False
            return ()
        return denied(found) if clause.word == "unless" else found

    def _step(self, written: tree.Step) -> StepTerm | None:
        known = self.lexicon.names.expect(self.report, written.act, written.span, ACTS)
        by = None if written.by is None else bearer(self.lexicon, self.report, written.by)
        if known and by is not None:
            return StepTerm(written.act, by)
        self.sound = False
        return None
