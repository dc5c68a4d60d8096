"""The clauses of a norm: each word with what it sets. A clause with an error sets nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from writ.book import dates
from writ.book.bearers import bearer
from writ.book.conditions import conjuncts, denied
from writ.book.draft import Draft, Mention
from writ.book.expressions import date, period
from writ.book.model import EffectTerm, StepTerm, TriggerTerm
from writ.book.names import ACTORS, ACTS, EVENTS, STATES, THINGS
from writ.book.resolve import Context, attribute
from writ.book.terms import Arithmetic, Attr, Now, StateTime, walk
from writ.syntax import tree

ONE_DAY = dt.timedelta(days=1)
Read = Callable[[Draft, tree.Clause], None]


def read_clause(draft: Draft, clause: tree.Clause) -> None:
    """Set what one clause says."""
    _READERS[clause.word](draft, clause)


def _conditions(field: str) -> Read:
    def read(draft: Draft, clause: tree.Clause) -> None:
        if clause.condition is None:
            return
        found = conjuncts(draft.context, clause.condition)
        if found is not None:
            draft.extend(field, found)

    return read


def _unless(draft: Draft, clause: tree.Clause) -> None:
    if clause.condition is None:
        return
    found = conjuncts(draft.context, clause.condition)
    if found is not None:
        draft.extend("when", denied(found))


def _limited_to(draft: Draft, clause: tree.Clause) -> None:
    if clause.condition is None or draft.dropped:
        return
    delegated = tuple(name.text for name in draft.statement.acts)
    scope = draft.lexicon.scope(delegated)
    grant = draft.fields.get("act", "")
    found = conjuncts(Context(draft.lexicon, draft.report, scope, grant), clause.condition)
    if found is not None:
        draft.extend("limited_to", found)


def _after(draft: Draft, clause: tree.Clause) -> None:
    if clause.duration is not None:
        length = period(draft.context, clause.duration)
        if length is not None:
            draft.fields["lapse_after"] = length
        return
    names, report = draft.lexicon.names, draft.report
    steps: list[StepTerm] = []
    for step in clause.steps:
        known = names.expect(report, step.act, step.span, ACTS)
        by = None if step.by is None else bearer(draft.lexicon, report, step.by)
        within = None if step.within is None else period(draft.context, step.within)
        if not known or (step.by and by is None) or (step.within and within is None):
            return
        steps.append(StepTerm(step.act, by, within))
    draft.extend("after", tuple(steps))


def _attributes(field: str) -> Read:
    def read(draft: Draft, clause: tree.Clause) -> None:
        found: list[Attr] = []
        for name in clause.names:
            attr = attribute(draft.context, name)
            if attr is not None:
                found.append(attr)
        draft.extend(field, tuple(found))

    return read


def _to(draft: Draft, clause: tree.Clause) -> None:
    who = None if clause.bearer is None else bearer(draft.lexicon, draft.report, clause.bearer)
    if who is not None:
        draft.fields["to"] = who


def _waived(draft: Draft, clause: tree.Clause) -> None:
    who = None if clause.bearer is None else bearer(draft.lexicon, draft.report, clause.bearer)
    acts = _known(draft, clause, ACTS)
    if who is not None and acts is not None:
        draft.fields["waived_by"] = who
        if acts:
            draft.fields["waiver"] = acts[0]


def _known(draft: Draft, clause: tree.Clause, sorts: frozenset[str]) -> tuple[str, ...] | None:
    """The names of the clause, if each is of these sorts."""
    names, report = draft.lexicon.names, draft.report
    sound = [names.expect(report, name.text, name.span, sorts) for name in clause.names]
    return tuple([name.text for name in clause.names]) if all(sound) else None


def _triggered(draft: Draft, clause: tree.Clause) -> None:
    length = None if clause.duration is None else period(draft.context, clause.duration)
    opens = None if clause.trigger is None else _trigger(draft, clause.trigger)
    if opens is None or (clause.duration is not None and length is None):
        return
    draft.fields["trigger"] = opens
    if length is not None:
        draft.fields["within"] = length
    act = draft.lexicon.act(opens.name) if opens.kind == "act" else None
    if act is not None and act.thing:
        draft.fields.setdefault("for_each", act.thing)


def _trigger(draft: Draft, written: tree.Trigger) -> TriggerTerm | None:
    names, report = draft.lexicon.names, draft.report
    name = written.name
    if written.kind != "act-or-event":
        known = names.expect(report, name, written.span, STATES)
        return TriggerTerm(written.kind, name) if known else None
    sorts = ACTS if written.by is not None else ACTS | EVENTS
    known = names.expect(report, name, written.span, sorts)
    by = None if written.by is None else bearer(draft.lexicon, report, written.by)
    if not known or (written.by is not None and by is None):
        return None
    return TriggerTerm(names.sorts[name], name, by)


def _date(field: str) -> Read:
    def read(draft: Draft, clause: tree.Clause) -> None:
        found = None if clause.expr is None else date(draft.context, clause.expr)
        if found is not None:
            draft.fields[field] = found

    return read


def _one_name(field: str, sorts: frozenset[str]) -> Read:
    def read(draft: Draft, clause: tree.Clause) -> None:
        found = _known(draft, clause, sorts)
        if found:
            draft.fields[field] = found[0]

    return read


def _every(draft: Draft, clause: tree.Clause) -> None:
    states = _known(draft, clause, STATES)
    length = None if clause.duration is None else period(draft.context, clause.duration)
    if states is not None and length is not None:
        draft.fields["every"] = length
        if states:
            draft.fields["while_state"] = states[0]


def _effect(field: str) -> Read:
    def read(draft: Draft, clause: tree.Clause) -> None:
        written = clause.effect
        if written is None:
            return
        sorts = ACTORS if written.verb == "escalates" else STATES
        known = draft.lexicon.names.expect(draft.report, written.state, written.span, sorts)
        lasting = None if written.duration is None else period(draft.context, written.duration)
        until = None if written.until is None else date(draft.context, written.until)
        start = None if written.start is None else date(draft.context, written.start)
        wanted = (written.duration, written.until, written.start)
        if not known or any(
            want is not None and got is None
            for want, got in zip(wanted, (lasting, until, start), strict=True)
        ):
            return
        draft.extend(field, (EffectTerm(written.verb, written.state, lasting, until, start),))

    return read


def _enabling(draft: Draft, clause: tree.Clause) -> None:
    found = _known(draft, clause, ACTS)
    if found is not None:
        draft.extend("enabling", found)


def _depth(draft: Draft, clause: tree.Clause) -> None:
    draft.fields["depth"] = clause.number


def _for(draft: Draft, clause: tree.Clause) -> None:
    length = None if clause.duration is None else period(draft.context, clause.duration)
    if length is not None:
        draft.fields["lasts"] = length


def _mention(draft: Draft, clause: tree.Clause) -> None:
    draft.mentions.append(Mention(clause.word, draft.id, clause.span, clause.refs))


def _in_force(draft: Draft, clause: tree.Clause) -> None:
    interval = read_interval(draft, clause)
    if interval is not None:
        start, last = interval
        draft.fields["start"] = start
        end = draft.instrument.end
        if last is not None:
            end = last + ONE_DAY if end is None else min(end, last + ONE_DAY)
        draft.fields["end"] = end


def read_interval(draft: Draft, clause: tree.Clause) -> tuple[dt.date, dt.date | None] | None:
    """The first and the last day of `from DATE [until DATE]`."""
    start = dates.day_of(dates.parse(clause.dates[0]))
    last = None
    if len(clause.dates) > 1 and clause.dates[1]:
        last = dates.day_of(dates.parse(clause.dates[1]))
        if last < start or last == dt.date.max:
            draft.report.add(
                "V224", clause.span, "the last day lies before the first", "correct one of the two"
            )
            return None
    return start, last


def _lapse_at(draft: Draft, clause: tree.Clause) -> None:
    """The day on which a state lapses: one that stands still."""
    _date("lapse_at")(draft, clause)
    state = draft.fields.get("state")
    for term in walk(draft.fields.get("lapse_at")):
        # Counted back from its own end, a state would end earlier each time that it is asked for.
        own = (
            isinstance(term, Arithmetic)
            and term.op == "-"
            and any(
                isinstance(one, StateTime) and one.which == "end" and one.state == state
                for one in walk(term.left)
            )
        )
        if own or isinstance(term, Now):
            draft.fields.pop("lapse_at", None)
            draft.report.add(
                "V248",
                clause.span,
                f"the day moves with `{f'end of {state}' if own else 'now'}`: it never comes",
                "count from `start of` a state, or from a fact or an act",
            )
            return


def _due_by(draft: Draft, clause: tree.Clause) -> None:
    """The day of a duty: one that stands still."""
    _date("due_by")(draft, clause)
    if any(isinstance(term, Now) for term in walk(draft.fields.get("due_by"))):
        draft.fields.pop("due_by", None)
        draft.report.add(
            "V248",
            clause.span,
            "the day moves with `now`: it never comes",
            "count from `start of` a state, or from a fact or an act",
        )


def _known_from(draft: Draft, clause: tree.Clause) -> None:
    day = dates.day_of(dates.parse(clause.dates[0]))
    draft.fields["known"] = day
    draft.fields["enacted"] = day


def _nothing(draft: Draft, clause: tree.Clause) -> None:
    """`from` is read with the statement that it belongs to."""


_READERS: dict[str, Read] = {
    "when": _conditions("when"),
    "unless": _unless,
    "with": _conditions("with_"),
    "so that": _conditions("so_that"),
    "until": _conditions("until"),
    "limited to": _limited_to,
    "after": _after,
    "stating": _attributes("stating"),
    "recording": _attributes("recording"),
    "to": _to,
    "waived by": _waived,
    "within": _triggered,
    "on": _triggered,
    "by": _due_by,
    "at": _lapse_at,
    "before": _one_name("before", ACTS),
    "for each": _one_name("for_each", THINGS),
    "every": _every,
    "if breached": _effect("breach"),
    **{
        verb: _effect("effects")
        for verb in ("begins", "continues", "amends", "suspends", "resumes", "ends")
    },
    "enabling": _enabling,
    "depth": _depth,
    "for": _for,
    "notwithstanding": _mention,
    "subject to": _mention,
    "replaces": _mention,
    "in force": _in_force,
    "known": _known_from,
    "from": _nothing,
}
