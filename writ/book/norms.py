"""Norm statements to norms: who, what, when and where it is cited."""

from __future__ import annotations

from collections.abc import Iterable

from writ.book.bearers import NOBODY, bearer
from writ.book.clauses import read_clause, read_interval
from writ.book.draft import Draft, Mention
from writ.book.labels import beneath
from writ.book.lexicon import Lexicon, Scope
from writ.book.model import Instrument, Norm, Place
from writ.book.names import ACTS, EVENTS, STATES, THINGS
from writ.book.report import Report
from writ.book.resolve import Context
from writ.syntax import tree
from writ.syntax.clauses import STATEMENTS
from writ.syntax.tree import Bearer


def link_norms(
    lexicon: Lexicon, report: Report, instrument: Instrument, statements: Iterable[tree.Statement]
) -> tuple[tuple[Norm, ...], tuple[Mention, ...]]:
    """The norms of one instrument, and what they and its other statements refer to."""
    norms: list[Norm] = []
    mentions: list[Mention] = []
    seen: dict[str, int] = {}
    astray: dict[str, list[tree.NormStatement]] = {}
    for statement in statements:
        if not isinstance(statement, tree.NormStatement):
            continue
        label = statement.label
        if statement.heading and not beneath(label, statement.heading):
            astray.setdefault(statement.heading, []).append(statement)
        id = f"{instrument.id}/{label}"
        if statement.kind in STATEMENTS:
            mention = _statement(Draft(lexicon, report, instrument, statement, id))
            if mention is not None:
                mentions.append(mention)
            continue
        count = seen.get(label, 0) + 1
        seen[label] = count
        if count > 1:
            id = f"{id}~{count}"
        draft = Draft(lexicon, report, instrument, statement, id)
        norm = _norm(draft)
        if norm is not None:
            norms.append(norm)
            mentions.extend(draft.mentions)
    for heading, under in astray.items():
        _misheaded(report, heading, under)
    return tuple(norms), tuple(mentions)


def _misheaded(report: Report, heading: str, under: list[tree.NormStatement]) -> None:
    """Norms beneath a heading that is not theirs. Those of one provision share the mistake."""
    told: set[str] = set()
    for statement in under:
        provision = statement.label.partition("(")[0]
        if provision in told:
            continue
        told.add(provision)
        report.add(
            "V223",
            statement.label_span,
            f"`{statement.label}` stands under the heading of `{heading}`",
            "move the block, or correct the label or the heading",
        )


def _norm(draft: Draft) -> Norm | None:
    statement, instrument = draft.statement, draft.instrument
    fields = draft.fields
    who = _line(draft)
    draft.dropped = who is None
    draft.context = Context(draft.lexicon, draft.report, _scope(draft))
    _date(draft)
    for clause in statement.clauses:
        read_clause(draft, clause)
    if who is None:
        return None
    _check_interval(draft)
    file = draft.report.source.path
    return Norm(
        draft.id,
        statement.kind,
        instrument.id,
        statement.label,
        instrument.cite(statement.label),
        statement.title,
        instrument.rank,
        Place(file, statement.span),
        Place(file, statement.label_span or statement.span),
        who,
        clause_places=tuple([(clause.word, clause.span) for clause in statement.clauses]),
        **fields,
    )


def _line(draft: Draft) -> Bearer | None:
    """Who the norm is about; sets what it is about. None if the norm cannot stand, once that is reported."""
    statement, fields = draft.statement, draft.fields
    names, report = draft.lexicon.names, draft.report
    if statement.kind == "lapse":
        state = statement.state
        if state is None or not names.expect(report, state.text, state.span, STATES):
            return None
        fields["state"] = state.text
        return NOBODY
    written = statement.bearer
    who = None if written is None else bearer(draft.lexicon, report, written)
    acts = [
        name.text for name in statement.acts if names.expect(report, name.text, name.span, ACTS)
    ]
    sound = len(acts) == len(statement.acts)
    if statement.kind == "delegation":
        recipients, by_act = statement.recipients, statement.by_act
        to = None if recipients is None else bearer(draft.lexicon, report, recipients)
        known = by_act is not None and names.expect(report, by_act.text, by_act.span, ACTS)
        if by_act is not None and known:
            fields["act"] = by_act.text
        fields["delegated"] = tuple(acts)
        fields["recipients"] = to
        sound = sound and to is not None and known
    elif acts:
        fields["act"] = acts[0]
        written_thing = statement.thing
        if written_thing is not None:
            narrower = thing(draft.lexicon, report, written_thing, acts[0])
            sound = narrower is not None and sound
            if narrower:
                fields["thing"] = narrower
        if statement.mode == "need not":
            fields["omission"] = True
    return who if sound and acts else None


def thing(lexicon: Lexicon, report: Report, written: tree.Name, act: str) -> str | None:
    """The thing that narrows the act; None once an error has been reported.

    The act's own thing narrows nothing, and is empty.
    """
    if not lexicon.names.expect(report, written.text, written.span, THINGS):
        return None
    definition = lexicon.act(act)
    done_to = definition.thing if definition else ""
    up = lexicon.vocabulary.thing_up
    if written.text in up.get(done_to, ()):
        return ""
    if done_to and done_to not in up[written.text]:
        report.add(
            "V205",
            written.span,
            f"`{act}` is done to `{done_to}`, and `{written.text}` is no `{done_to}`",
            f"declare that it `is {done_to}`, or name a thing that is",
        )
        return None
    return written.text


def _scope(draft: Draft) -> Scope:
    fields, sorts = draft.fields, draft.lexicon.names.sorts
    act = fields.get("act", "")
    earlier: list[str] = []
    if draft.statement.kind == "duty":
        for clause in draft.statement.clauses:
            if clause.trigger is not None and clause.trigger.kind == "act-or-event":
                earlier.append(clause.trigger.name)
            elif clause.word == "before":
                earlier.extend(name.text for name in clause.names)
    before = tuple([name for name in earlier if sorts.get(name) in ACTS | EVENTS])
    scope = draft.lexicon.scope(
        (act,) if act else (), fields.get("thing", ""), before, fields.get("state", "")
    )
    # An unknown act hides its attributes: that the clauses miss them is no further mistake.
    return scope.uncertain() if draft.dropped or len(before) < len(earlier) else scope


def _statement(draft: Draft) -> Mention | None:
    """An override, repeal, suspension or commencement."""
    statement = draft.statement
    if statement.kind == "override":
        return _override(draft)
    start = end = None
    for clause in statement.clauses:
        interval = read_interval(draft, clause)
        if interval is None:
            return None
        start, end = interval
    if start is None:
        start = draft.instrument.start
        if start is None:
            draft.report.add(
                "V224",
                statement.span,
                f"the {statement.kind} does not say from when",
                "add `from DATE`; the instrument itself waits to be commenced",
            )
            return None
    return Mention(
        statement.kind, draft.id, statement.span, statement.refs, statement.over, start, end
    )


def _override(draft: Draft) -> Mention:
    """An override statement, in force as a norm of its instrument would be."""
    statement, fields = draft.statement, draft.fields
    _date(draft)
    for clause in statement.clauses:
        read_clause(draft, clause)
    _check_interval(draft)
    return Mention(
        statement.kind,
        draft.id,
        statement.span,
        statement.refs,
        statement.over,
        fields["start"],
        fields["end"],
        fields["known"],
    )


def _date(draft: Draft) -> None:
    """The dates of the instrument, which a clause may change."""
    fields, instrument = draft.fields, draft.instrument
    fields["start"], fields["end"] = instrument.start, instrument.end
    fields["known"] = fields["enacted"] = instrument.enacted


def _check_interval(draft: Draft) -> None:
    statement, fields = draft.statement, draft.fields
    if fields["start"] and fields["end"] and fields["end"] <= fields["start"]:
        draft.report.add(
            "V224",
            statement.label_span or statement.span,
            f"`{statement.label}` ends before it comes into force",
            "correct `in force from`, or the dates of the instrument",
        )
