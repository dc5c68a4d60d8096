"""Tree -> text: expressions, conditions, bearers and the parts of clauses, each on one line.

The text of a node is canonical: two nodes that differ only in their places print alike, and the text parses to the node
again. Parentheses stand only where the grammar needs them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from writ.syntax import tree as t

Listed = Callable[[t.Node], bool]
"""Whether a conjunction or disjunction is to be written `all of (…)`, `any of (…)`."""


def joined(_: t.Node) -> bool:
    """Never: with `and` and `or`."""
    return False


def print_condition(node: t.Condition, listed: Listed = joined) -> str:
    """The canonical text of a condition."""
    return _Conditions(listed).text(node)


def print_expression(node: t.Expr) -> str:
    """The canonical text of an expression."""
    return _EXPRESSIONS[type(node)](node)


def print_bearer(node: t.Bearer) -> str:
    """The canonical text of who."""
    names = ", ".join(map(_actor, node.actors))
    if node.mode == "none":
        names = "no one"
    elif node.mode == "each":
        names = f"each of {names}"
    if node.excepted:
        names += f" except {', '.join(map(_actor, node.excepted))}"
    return names


def _actor(node: t.Actor) -> str:
    return f"at least {node.number} of {node.name}" if node.number else node.name


# --- expressions


def print_number(value: int | float) -> str:
    """Without an exponent, which the grammar does not have."""
    return str(value) if isinstance(value, int) else format(Decimal(repr(value)), "f")


def print_duration(node: t.Duration) -> str:
    """`1 day`, `30 days`, `7 sitting days of BODY`."""
    unit = node.unit[:-1] if node.amount == 1 else node.unit
    return f"{node.amount} {unit} of {node.of}" if node.of else f"{node.amount} {unit}"


def _operand(node: t.Expr) -> str:
    """An operand after a sign; `days from … to …` would take in what follows it."""
    text = print_expression(node)
    return f"({text})" if isinstance(node, t.Arithmetic | t.DaysBetween) else text


def _arithmetic(node: t.Arithmetic) -> str:
    left = print_expression(node.left)
    if isinstance(node.left, t.DaysBetween):
        left = f"({left})"
    return f"{left} {node.op} {_operand(node.right)}"


def _between(node: t.DaysBetween) -> str:
    ends = (node.start, node.end)
    texts = (
        f"({x})" if isinstance(e, t.DaysBetween) else x
        for e in ends
        for x in (print_expression(e),)
    )
    return "days from {} to {}".format(*texts)


def _list(items: tuple[t.Expr, ...]) -> str:
    return ", ".join(map(print_expression, items))


_EXPRESSIONS: dict[type, Callable[..., str]] = {
    t.Name: lambda node: node.text,
    t.Number: lambda node: print_number(node.value),
    t.Text: lambda node: f'"{node.value}"',
    t.Truth: lambda node: "yes" if node.value else "no",
    t.Date: lambda node: node.value,
    t.Duration: print_duration,
    t.Now: lambda node: "now",
    t.Arithmetic: _arithmetic,
    t.Select: lambda node: f"{node.which} of ({_list(node.items)})",
    t.StateTime: lambda node: f"{node.which} of {node.state}",
    t.TimeOf: lambda node: f"{'first ' if node.first else ''}time of {node.name}",
    t.PeriodBound: lambda node: f"{node.which} of {node.unit} ({print_expression(node.of)})",
    t.DaysBetween: _between,
    t.CountOf: lambda node: f"count of {node.path.text}",
}


# --- conditions


class _Conditions:
    """Prints conditions. `in_list` where a comma would end the condition."""

    def __init__(self, listed: Listed) -> None:
        self.listed = listed

    def text(self, node: t.Condition, in_list: bool = False, negated: bool = False) -> str:
        return _CONDITIONS[type(node)](self, node, in_list, " not" if negated else "")

    def operand(self, node: t.Condition, in_list: bool, *loose: type) -> str:
        """An operand, in parentheses if it is one of the `loose` kinds that bind less."""
        if isinstance(node, loose) and not self.listed(node):
            return f"({self.text(node)})"
        return self.text(node, in_list)

    def all(self, node: t.All, in_list: bool, _: str) -> str:
        if self.listed(node):
            return f"all of ({self.list(node.items)})"
        return " and ".join(self.operand(item, in_list, t.Any, t.All) for item in node.items)

    def any(self, node: t.Any, in_list: bool, _: str) -> str:
        if self.listed(node):
            return f"any of ({self.list(node.items)})"
        return " or ".join(self.operand(item, in_list, t.Any) for item in node.items)

    def negation(self, node: t.Not, in_list: bool, _: str) -> str:
        of = node.of
        if isinstance(of, _NEGATED_WITHIN):
            return self.text(of, in_list, negated=True)
        return f"not {self.operand(of, in_list, t.Any, t.All)}"

    def counted(self, node: t.Counted, in_list: bool, _: str) -> str:
        return f"{node.mode} {node.number} of ({self.list(node.items)})"

    def list(self, items: tuple[t.Condition, ...]) -> str:
        return ", ".join(self.text(item, in_list=True) for item in items)

    def quantified(self, node: t.Quantified, in_list: bool, _: str) -> str:
        mode = f"{node.mode} {node.number}" if node.mode == "at least" else node.mode
        return f"{mode} {node.variable} in {node.path.text} satisfies ({self.text(node.body)})"

    def compare(self, node: t.Compare, in_list: bool, _: str) -> str:
        return f"{print_expression(node.left)} {node.op} {print_expression(node.right)}"

    def member(self, node: t.Member, in_list: bool, negation: str) -> str:
        of = node.path.text if node.path is not None else f"{{{_list(node.items)}}}"
        return f"{print_expression(node.item)}{negation} in {of}"

    def done(self, node: t.Done, in_list: bool, negation: str) -> str:
        text = f"{node.act}{negation} done"
        several = False
        if node.by_actor:
            text += " by the actor"
        elif node.by is not None:
            text += f" by {print_bearer(node.by)}"
            several = len(node.by.actors) > 1 or node.by.mode == "each" or len(node.by.excepted) > 1
        if node.since is not None:
            text += f" since {print_expression(node.since)}"
        return f"({text})" if several and in_list else text

    def happened(self, node: t.Happened, in_list: bool, negation: str) -> str:
        since = f" since {print_expression(node.since)}" if node.since is not None else ""
        return f"{node.event}{negation} happened{since}"


_NEGATED_WITHIN = (t.Member, t.Stated, t.InEffect, t.Done, t.Happened, t.ActorIs)
"""What takes its `not` in the middle: `is not stated`, `not in`, `not done` …"""

_CONDITIONS: dict[type, Callable[..., str]] = {
    t.Name: lambda _, node, in_list, negation: node.text,
    t.Truth: lambda _, node, in_list, negation: "yes" if node.value else "no",
    t.Compare: _Conditions.compare,
    t.Member: _Conditions.member,
    t.Stated: lambda _, node, in_list, negation: f"{node.path.text} is{negation} stated",
    t.InEffect: lambda _, node, in_list, negation: f"{node.state}{negation} in effect",
    t.Done: _Conditions.done,
    t.Happened: _Conditions.happened,
    t.ActorIs: lambda _, node, in_list, negation: f"actor is{negation} {node.target.text}",
    t.Not: _Conditions.negation,
    t.All: _Conditions.all,
    t.Any: _Conditions.any,
    t.Counted: _Conditions.counted,
    t.Quantified: _Conditions.quantified,
}


# --- parts of clauses


def print_refs(refs: tuple[t.Ref, ...]) -> str:
    """References joined by commas."""
    return ", ".join(
        f"{ref.instrument} {ref.label}" if ref.instrument else ref.label for ref in refs
    )


def print_names(names: tuple[t.Name, ...]) -> str:
    """Names joined by commas."""
    return ", ".join(name.text for name in names)


def print_step(node: t.Step) -> str:
    """`ACT [by BEARER] [within DURATION]`."""
    by = f" by {print_bearer(node.by)}" if node.by is not None else ""
    within = f" within {print_duration(node.within)}" if node.within is not None else ""
    return f"{node.act}{by}{within}"


def print_trigger(node: t.Trigger) -> str:
    """An act or event, or the start or end of a state."""
    if node.kind != "act-or-event":
        return f"{node.kind} of {node.name}"
    return f"{node.name} by {print_bearer(node.by)}" if node.by is not None else node.name


def print_effect(node: t.Effect) -> str:
    """`begins STATE for DURATION`, `escalates to OFFICE` …"""
    if node.verb == "escalates":
        return f"escalates to {node.state}"
    text = f"{node.verb} {node.state}"
    if node.start is not None:
        text += f" from {print_expression(node.start)}"
    if node.duration is not None:
        return f"{text} for {print_duration(node.duration)}"
    return f"{text} until {print_expression(node.until)}" if node.until is not None else text
