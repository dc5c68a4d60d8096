"""The mentions in a file of law: front matter, headings, declarations, norms and assurances."""

from __future__ import annotations

from writ.book.instruments import BOOK_FILE
from writ.book.lexicon import Lexicon, Scope
from writ.book.resolve import Context
from writ.book.terms import Type
from writ.diagnostics import LENGTH_BITS, LENGTH_MASK, Source
from writ.lsp.analysis import symbols
from writ.lsp.analysis.conditions import condition, value
from writ.lsp.analysis.notebook import Notebook
from writ.lsp.analysis.symbols import Mention
from writ.syntax import tree

_LINES = frozenset({"is", "in", "of", "on", "members", "reports to", "succession", "excludes"})
_SITTING = frozenset({"sitting", "adjourned", "rolls forward"})
_PLAIN = frozenset({"yes-no", "number", "text", "date", "duration", "person-id"})


def mentions(file: tree.File, source: Source, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Every place of a file where something of the book is named, in order."""
    return _File(file, source, lexicon).mentions()


class _File:
    def __init__(self, file: tree.File, source: Source, lexicon: Lexicon) -> None:
        self.file = file
        self.book = Notebook(lexicon, source)
        self.lexicon = lexicon
        values = file.front.values if file.front is not None else {}
        id = values.get("id", "")
        self.instrument = id if isinstance(id, str) else ""

    def mentions(self) -> tuple[Mention, ...]:
        if self.file.front is not None:
            self.front(self.file.front)
        for heading in self.file.headings:
            if heading.label and self.instrument:
                self.heading(heading)
        for statement in self.file.statements:
            match statement:
                case tree.Declaration():
                    self.declaration(statement)
                case tree.NormStatement():
                    self.norm(statement)
                case tree.AssuranceStatement():
                    self.assurance(statement)
        return self.book.sorted()

    # --- around the blocks

    def front(self, front: tree.FrontMatter) -> None:
        book = self.book
        for key, given in front.values.items():
            if not isinstance(given, str) or not given:
                continue
            at = self.written(given, front.spans[key])
            if at < 0:
                continue
            if key == "id" and self.file.path != BOOK_FILE:
                book.note(at, len(given), symbols.instrument(given), declares=True)
            elif key in ("enacted-by", "owner", "calendar"):
                if given in self.lexicon.names.sorts:
                    book.note(at, len(given), symbols.name(given))
            elif key == "under":
                id, _, label = given.partition(" ")
                book.note(at, len(id), symbols.instrument(id))
                if label.strip() and " " not in label.strip():
                    start = at + len(given) - len(label.strip())
                    book.note(start, len(label.strip()), symbols.provision(id, label.strip()))

    def written(self, text: str, span: int) -> int:
        start = span >> LENGTH_BITS
        return self.book.source.text.find(text, start, start + (span & LENGTH_MASK))

    def heading(self, heading: tree.Heading) -> None:
        at = self.written(heading.label, heading.span)
        if at >= 0:
            symbol = symbols.provision(self.instrument, heading.label)
            self.book.note(at, len(heading.label), symbol, declares=True)

    # --- declarations

    def declaration(self, item: tree.Declaration) -> None:
        book = self.book
        if item.kind != "actor":
            name = tree.Name(item.name, item.name_span)
            if item.kind == "fact":
                at = item.name_span >> LENGTH_BITS
                book.note(at, len(item.name), symbols.attribute(item.name), declares=True)
            else:
                book.named(name, declares=True)
        for one in item.values:
            symbol = symbols.value(item.name, one.name)
            book.note(one.span >> LENGTH_BITS, len(one.name), symbol, declares=True)
        for attribute in item.attributes:
            self.attribute(item, attribute)
        for line in item.lines:
            if line.word in _LINES:
                for each in line.names:
                    book.named(each)
            elif line.word in _SITTING:
                for each in line.names[:1]:
                    book.named(each)
        if item.type is not None:
            self.type(item.type)
        if item.meaning is not None:
            context = Context(self.lexicon, book.report, self.lexicon.scope((), ""))
            if item.type is not None and item.type.base == "yes-no":
                condition(book, context, item.meaning)  # type: ignore[arg-type]
            else:
                known = self.lexicon.vocabulary.definitions.get(item.name)
                value(book, context, item.meaning, known.type if known else None)  # type: ignore[arg-type]

    def attribute(self, item: tree.Declaration, attribute: tree.Attribute) -> None:
        book = self.book
        if item.kind != "fact":
            slot = f"{item.name or 'actor'}.{attribute.name}"
            at = attribute.span >> LENGTH_BITS
            book.note(at, len(attribute.name), symbols.attribute(slot), declares=True)
        self.type(attribute.type)
        if isinstance(attribute.default, tree.Name):
            kind = attribute.type.base
            at = attribute.default.span >> LENGTH_BITS
            book.note(at, len(attribute.default.text), symbols.value(kind, attribute.default.text))

    def type(self, written: tree.TypeName) -> None:
        if written.base in ("set", "list"):
            self.book.within(written.of, written.span, last=True)
        elif written.base not in _PLAIN:
            self.book.within(written.base, written.span)

    # --- norms and assurances

    def norm(self, node: tree.NormStatement) -> None:
        book = self.book
        self.label(node)
        book.bearer(node.bearer)
        book.bearer(node.recipients)
        for name in (*node.acts, node.thing, node.by_act, node.state):
            book.named(name)
        for ref in (*node.refs, *node.over):
            self.reference(ref)
        context = self.context(node)
        for clause in node.clauses:
            if clause.word == "limited to":
                delegated = tuple(name.text for name in node.acts)
                grant = node.by_act.text if node.by_act is not None else ""
                scope = self.lexicon.scope(delegated)
                self.clause(clause, Context(self.lexicon, book.report, scope, grant))
            else:
                self.clause(clause, context)

    def assurance(self, node: tree.AssuranceStatement) -> None:
        book = self.book
        self.label(node)
        book.bearer(node.bearer)
        for name in (*node.acts, node.thing, node.state):
            book.named(name)
        if node.within is not None and node.within.of:
            book.within(node.within.of, node.within.span, last=True)
        acts = tuple(name.text for name in node.acts)
        scope = self.lexicon.scope(acts, node.thing.text if node.thing else "")
        context = Context(self.lexicon, book.report, scope)
        for clause in node.clauses:
            self.clause(clause, context)

    def label(self, node: tree.NormStatement | tree.AssuranceStatement) -> None:
        """The label, where one is written."""
        at = node.label_span >> LENGTH_BITS
        if self.instrument and self.book.source.text.startswith(node.label, at) and node.label:
            symbol = symbols.provision(self.instrument, node.label)
            self.book.note(at, len(node.label), symbol, declares=True)

    def context(self, node: tree.NormStatement) -> Context:
        """What the names of its clauses are resolved against, as the linker has it."""
        return Context(self.lexicon, self.book.report, scope_of(node, self.lexicon))

    def clause(self, clause: tree.Clause, context: Context) -> None:
        book = self.book
        if clause.condition is not None:
            condition(book, context, clause.condition)
        for step in clause.steps:
            book.within(step.act, step.span)
            book.bearer(step.by)
            if step.within is not None:
                value(book, context, step.within, None)
        for name in clause.names:
            if clause.word in ("stating", "recording"):
                book.path(context, name)
            else:
                book.named(name)
        book.bearer(clause.bearer)
        if clause.duration is not None:
            value(book, context, clause.duration, None)
        if clause.trigger is not None:
            trigger = clause.trigger
            skip = 0 if trigger.kind == "act-or-event" else 2
            book.within(trigger.name, trigger.span, skip)
            book.bearer(trigger.by)
        if clause.expr is not None:
            value(book, context, clause.expr, Type("date"))
        if clause.effect is not None:
            effect = clause.effect
            book.within(effect.state, effect.span, 2 if effect.verb == "escalates" else 1)
            for part in (effect.duration, effect.until, effect.start):
                if part is not None:
                    value(book, context, part, Type("date"))
        for ref in clause.refs:
            self.reference(ref)

    def reference(self, ref: tree.Ref) -> None:
        start = ref.span >> LENGTH_BITS
        home = ref.instrument or self.instrument
        if ref.instrument:
            self.book.note(start, len(ref.instrument), symbols.instrument(ref.instrument))
        if home:
            at = start + (ref.span & LENGTH_MASK) - len(ref.label)
            self.book.note(at, len(ref.label), symbols.provision(home, ref.label))


def scope_of(node: tree.NormStatement, lexicon: Lexicon) -> Scope:
    """The homes of the attributes that the clauses of a norm speak of (`writ.book.norms` has the same rule)."""
    sorts = lexicon.names.sorts
    act = ""
    if node.kind == "delegation":
        act = node.by_act.text if node.by_act is not None else ""
    elif node.acts:
        act = node.acts[0].text
    act = act if sorts.get(act) == "act" else ""
    thing = node.thing.text if node.thing is not None else ""
    before: list[str] = []
    if node.kind == "duty":
        for clause in node.clauses:
            if clause.trigger is not None and clause.trigger.kind == "act-or-event":
                before.append(clause.trigger.name)
            elif clause.word == "before":
                before.extend(name.text for name in clause.names)
    state = node.state.text if node.kind == "lapse" and node.state is not None else ""
    done_to = lexicon.act(act)
    if done_to and thing in lexicon.vocabulary.thing_up.get(done_to.thing, ()):
        thing = ""
    return lexicon.scope(
        (act,) if act else (),
        thing if sorts.get(thing) == "thing" else "",
        tuple(name for name in before if sorts.get(name) in ("act", "event")),
        state if sorts.get(state) == "state" else "",
    )
