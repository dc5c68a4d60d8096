"""Norms in plain words: who may, must or must not do what, and on what conditions.

What the book describes is said by its description; names lose their hyphens. A term keeps the name that it stands
for, so that a page can explain it where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from writ.book import terms as t
from writ.book.model import Book, EffectTerm, Norm, StepTerm, TriggerTerm
from writ.syntax.tree import Actor, Bearer


class Term(NamedTuple):
    """A word of the book, as shown."""

    name: str
    shown: str


Words = tuple[str | Term, ...]


class Plain(NamedTuple):
    """A norm: its line, and what qualifies it, each under a word such as `when`."""

    line: Words
    clauses: tuple[tuple[str, Words], ...]


def flat(words: Words) -> str:
    return "".join(each.shown if isinstance(each, Term) else each for each in words)


def sentence(book: Book, norm: Norm) -> str:
    """The whole norm in one sentence of plain text."""
    plain = Speech(book).norm(norm)
    parts = [flat(plain.line), *(f"{word} {flat(said)}".strip() for word, said in plain.clauses)]
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


class Speech:
    """The words of one book."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def norm(self, norm: Norm) -> Plain:
        return Plain(self._line(norm), tuple(self._clauses(norm)))

    # --- the line

    def _line(self, norm: Norm) -> Words:
        who = self.bearer(norm.bearer)
        act = self._act(norm)
        none = norm.bearer.mode == "none"
        match norm.kind:
            case "power" | "permission" | "right":
                may = " has the right to " if norm.kind == "right" else " may "
                return (*who, " need not " if norm.omission else may, *act)
            case "duty":
                to = (" to ", *self.bearer(norm.to)) if norm.to else ()
                return (*who, " must ", *act, *to)
            case "prohibition":
                return (*who, " may " if none else " must not ", *act)
            case "immunity":
                return ("nobody can ", *act, " against ", *who)
            case "disability":
                return (*who, " has power to " if none else " has no power to ", *act)
            case "limit":
                return (*who, " may ", *act, " only as follows")
            case "delegation":
                given = _listed([(self.name(each),) for each in norm.delegated], "and")
                to = (" to ", *self.bearer(norm.recipients)) if norm.recipients else ()
                return (*who, " may delegate ", *given, *to, ", by ", *act)
            case "lapse":
                return (self.name(norm.state), " lapses")
        return (*who, f" {norm.kind} ", *act)

    def _act(self, norm: Norm) -> Words:
        act = self.book.vocabulary.acts.get(norm.act)
        said = (act.description if act else "") or human(norm.act)
        own = act.thing if act else ""
        about = (" (", self.name(norm.thing), ")") if norm.thing and norm.thing != own else ()
        return (Term(norm.act, said), *about)

    def bearer(self, item: Bearer | None) -> Words:
        if item is None:
            return ()
        named = _listed(
            [self._actor(each) for each in item.actors], "and" if item.mode == "each" else "or"
        )
        if item.mode == "none":
            found: Words = ("no one",)
        elif item.mode == "each":
            found = ("each of ", *named)
        else:
            found = named or ("anyone",)
        if not item.excepted:
            return found
        return (*found, " except ", *_listed([self._actor(each) for each in item.excepted], "and"))

    def _actor(self, item: Actor) -> Words:
        if item.name == "anyone":
            return ("anyone",)
        name = self.name(item.name)
        return (f"at least {item.number} of ", name) if item.number else (name,)

    def name(self, name: str) -> Term:
        return Term(name, human(name))

    # --- what qualifies it

    def _clauses(self, norm: Norm) -> Iterable[tuple[str, Words]]:
        for each in norm.when:
            if isinstance(each, t.Not):
                yield "unless", self.condition(each.of)
            else:
                yield "when", self.condition(each)
        for step in norm.after:
            yield "after", self._step(step)
        for each in norm.with_:
            yield "with", self.condition(each)
        if norm.stating:
            yield "stating", _listed([self.path(each) for each in norm.stating], "and")
        if norm.recording:
            yield "recording", _listed([self.path(each) for each in norm.recording], "and")
        for each in norm.so_that:
            yield "so that", self.condition(each)
        yield from self._timing(norm)
        for each in norm.until:
            yield "until", self.condition(each)
        if norm.waived_by or norm.waiver:
            by = (", by ", self.name(norm.waiver)) if norm.waiver else ()
            yield "waived by", (*self.bearer(norm.waived_by), *by)
        for effect in norm.effects:
            yield "it", self._effect(effect)
        for effect in norm.breach:
            yield "if breached it", self._effect(effect)
        if norm.enabling:
            yield "enabling", _listed([(self.name(each),) for each in norm.enabling], "and")
        yield from self._delegation(norm)

    def _delegation(self, norm: Norm) -> Iterable[tuple[str, Words]]:
        for each in norm.limited_to:
            yield "limited to", self.condition(each)
        if norm.kind == "delegation" and norm.depth > 1:
            yield "passed on", (f"up to {norm.depth} times",)
        if norm.lasts:
            yield "for", (_span(norm.lasts),)
        if norm.lapse_after:
            yield "after", (_span(norm.lapse_after),)
        if norm.lapse_at:
            yield "at", self.expression(norm.lapse_at)

    def _timing(self, norm: Norm) -> Iterable[tuple[str, Words]]:
        if norm.trigger:
            opening = f"within {_span(norm.within)} of" if norm.within else "on"
            yield opening, self._trigger(norm.trigger)
        elif norm.within:
            yield "within", (_span(norm.within),)
        if norm.due_by:
            yield "by", self.expression(norm.due_by)
        if norm.before:
            yield "before", (self.name(norm.before),)
        if norm.every:
            while_ = (" while ", self.name(norm.while_state), " lasts") if norm.while_state else ()
            yield "every", (_span(norm.every), *while_)
        if norm.for_each:
            yield "for each", (self.name(norm.for_each),)

    def _trigger(self, item: TriggerTerm) -> Words:
        if item.kind in ("start", "end"):
            return (f"the {item.kind} of ", self.name(item.name))
        by = (" by ", *self.bearer(item.by)) if item.by else ()
        return (self.name(item.name), *by)

    def _step(self, item: StepTerm) -> Words:
        by = (" by ", *self.bearer(item.by)) if item.by else ()
        span = (f", within {_span(item.within)}",) if item.within else ()
        return (self.name(item.act), *by, *span)

    def _effect(self, item: EffectTerm) -> Words:
        to = "to " if item.verb == "escalates" else ""
        found: Words = (f"{item.verb} {to}", self.name(item.state))
        if item.start:
            found = (*found, " from ", *self.expression(item.start))
        if item.duration:
            found = (*found, f" for {_span(item.duration)}")
        if item.until:
            found = (*found, " until ", *self.expression(item.until))
        return found

    # --- conditions

    def condition(self, item: t.Condition) -> Words:
        match item:
            case t.Holds():
                return self.path(item.path)
            case t.Compare():
                return (
                    *self.expression(item.left),
                    f" {_operator(item)} ",
                    *self.expression(item.right),
                )
            case t.Member():
                among = (
                    self.path(item.path) if item.path else _either(map(self.expression, item.items))
                )
                return (*self.expression(item.item), " is one of " if item.path else " is ", *among)
            case t.Stated():
                return (*self.path(item.path), " is stated")
            case t.InEffect():
                return (self.name(item.state), " is in effect")
            case t.Done():
                return self._done(item)
            case t.Happened():
                since = (" since ", *self.expression(item.since)) if item.since else ()
                return (self.name(item.event), " has happened", *since)
            case t.ActorHolds():
                return ("whoever acts is ", self.name(item.office))
            case t.Not():
                return ("it is not the case that ", *self._grouped(item.of))
            case t.All():
                return _between(map(self._grouped, item.items), " and ")
            case t.AnyOf():
                return _between(map(self._grouped, item.items), " or ")
            case t.Counted():
                many = f"{item.mode} {item.number} of these: "
                return (many, *_between(map(self._grouped, item.items), "; "))
            case t.Quantified():
                mode = f"at least {item.number}" if item.mode == "at least" else item.mode
                head = (f"{mode} ", human(item.variable), " among ", *self.path(item.path))
                return (*head, " has this: ", *self.condition(item.body))
            case t.Always():
                return ("always",) if item.value else ("never",)

    def _done(self, item: t.Done) -> Words:
        by: Words = ()
        if item.by_actor:
            by = (" by whoever acts",)
        elif item.by:
            by = (" by ", *self.bearer(item.by))
        since = (" since ", *self.expression(item.since)) if item.since else ()
        return (self.name(item.act), " has been done", *by, *since)

    def _grouped(self, item: t.Condition) -> Words:
        said = self.condition(item)
        return ("(", *said, ")") if isinstance(item, t.All | t.AnyOf | t.Counted) else said

    def path(self, path: t.Attr) -> Words:
        """An attribute: by its description, or by its name and what it is of."""
        known = self.book.vocabulary.attributes.get(path.slot)
        if known is not None and known.description:
            return (Term(path.slot, known.description),)
        owner = path.owner or path.slot.rpartition(".")[0]
        of = f" of the {human(owner)}" if owner else ""
        return (Term(path.slot, f"{human(path.bare)}{of}"),)

    def expression(self, item: t.Expr) -> Words:
        match item:
            case t.Attr():
                return self.path(item)
            case t.Const():
                return (_constant(item),)
            case t.DateConst():
                return (item.value.replace("T", " at "),)
            case t.Now():
                return ("now",)
            case t.ActorTerm():
                return ("whoever acts",)
            case t.Arithmetic():
                word = " plus " if item.op == "+" else " minus "
                return (*self.expression(item.left), word, *self.expression(item.right))
            case t.Select():
                return (
                    f"the {item.which} of ",
                    *_listed([self.expression(i) for i in item.items], "and"),
                )
            case t.StateTime():
                return (f"the {item.which} of ", self.name(item.state))
            case t.TimeOf():
                return (
                    "the first time of " if item.first else "the time of ",
                    self.name(item.name),
                )
            case t.PeriodBound():
                return (f"the {item.which} of the {item.unit} of ", *self.expression(item.of))
            case t.DaysBetween():
                return (
                    "the days from ",
                    *self.expression(item.start),
                    " to ",
                    *self.expression(item.end),
                )
            case t.CountOf():
                return ("the number of ", *self.path(item.path))
            case t.Period():
                return (_span(item),)


_PLAIN = {"is": "is", "above": "is more than", "below": "is less than", "within": "is within"}


def _operator(item: t.Compare) -> str:
    if item.op in ("includes", "shares with"):
        return {"includes": "includes", "shares with": "has a member in common with"}[item.op]
    return _PLAIN.get(item.op, f"is {item.op}")


def _constant(item: t.Const) -> str:
    if isinstance(item.value, bool):
        return "yes" if item.value else "no"
    if item.type.base in ("text", "person-id"):
        return f"“{item.value}”"
    return human(item.value) if isinstance(item.value, str) else f"{item.value:,}"


def human(name: str) -> str:
    """A name without its hyphens and dots."""
    return name.replace("-", " ").replace(".", " ")


def _listed(items: list[Words], word: str) -> Words:
    """`a, b and c`."""
    if len(items) < 2:
        return items[0] if items else ()
    return (*_between(items[:-1], ", "), f" {word} ", *items[-1])


def _either(items: Iterable[Words]) -> Words:
    return _listed(list(items), "or")


def _between(items: Iterable[Words], mark: str) -> Words:
    found: list[str | Term] = []
    for at, item in enumerate(items):
        found += [mark, *item] if at else [*item]
    return tuple(found)


def _span(item: t.Period | None) -> str:
    """`7 sitting days of the house of commons`."""
    said = str(item)
    return f"{said[: -len(item.of)]}the {human(item.of)}" if item and item.of else said
