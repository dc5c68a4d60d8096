"""Statement -> its lines: the header and then one text for each item, in the order written."""

from __future__ import annotations

from collections.abc import Callable

from writ.syntax import tree as t
from writ.syntax.calendars import ORDINALS
from writ.syntax.layout import lay_out
from writ.syntax.printer import (
    Listed,
    joined,
    print_bearer,
    print_condition,
    print_duration,
    print_effect,
    print_expression,
    print_names,
    print_refs,
    print_step,
    print_trigger,
)


def print_statement(node: t.Statement) -> str:
    """The canonical text of a statement, laid out as in a block, without comments."""
    return "\n".join(
        line for i, text in enumerate(lines_of(node)) for line in lay_out(text, i > 0, node.kind)
    )


def lines_of(node: t.Statement, listed: Listed = joined, labelled: bool = True) -> list[str]:
    """The text of each item on one line; `labelled` to write the label of a norm, which its heading may give."""
    if not isinstance(node, t.Declaration):
        head = " ".join(
            filter(None, (node.kind, node.label if labelled else "", _quoted(node.title)))
        )
        line = _line(node) if isinstance(node, t.NormStatement) else print_claim(node)
        return [head, line, *(print_clause(clause, listed) for clause in node.clauses)]
    return _declaration(node)


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


# --- norms

_BETWEEN = {
    "may": "may",
    "may only": "may",
    "need not": "need not",
    "must": "must",
    "may not": "may not",
    "right": "has the right to",
    "immune": "is immune from",
    "no power": "has no power to",
    "may delegate": "may delegate",
}


def _line(node: t.NormStatement) -> str:
    """The line of deontic text."""
    if node.mode == "lapses" and node.state is not None:
        return f"{node.state.text} lapses"
    if node.mode == "prevails":
        return f"{print_refs(node.refs)} prevails over {print_refs(node.over)}"
    if node.mode == "refs" or node.bearer is None:
        return print_refs(node.refs)
    between = _BETWEEN[node.mode]
    if node.bearer.mode == "none":
        between = {"may not": "may", "no power": "has power to"}.get(node.mode, between)
    words = [print_bearer(node.bearer), between, print_names(node.acts)]
    if node.thing is not None:
        words.append(node.thing.text)
    if node.mode == "may only":
        words.append("only")
    if node.recipients is not None:
        words += ["to", print_bearer(node.recipients)]
    if node.by_act is not None:
        words += ["by", node.by_act.text]
    return " ".join(words)


_CLAIMS = {
    "never": "may never",
    "never both": "may never both",
    "can": "can",
    "always": "may always",
    "must": "must always",
}


def print_claim(node: t.AssuranceStatement) -> str:
    """The line of an assurance: what it says is so."""
    if node.state is not None and node.within is not None:
        return f"every {node.state.text} ends within {print_duration(node.within)}"
    if node.form == "holders":
        of = f" of {print_bearer(node.bearer)}" if node.bearer is not None else ""
        offices = "office" if node.vacant == 1 else "offices"
        vacant = f" with {node.vacant} {offices} vacant" if node.vacant else ""
        return f"every duty{of} has a holder{vacant}"
    acts = " and ".join(act.text for act in node.acts)
    if node.thing is not None:
        acts += f" {node.thing.text}"
    if node.form == "undisputed":
        return f"nothing disputes {acts or 'anything'}"
    if node.bearer is None:
        return f"someone can always {acts}"
    claim = _CLAIMS[node.form]
    if node.bearer.mode == "none":
        claim = claim.replace("may never", "may")
    return f"{print_bearer(node.bearer)} {claim} {acts}"


def print_clause(node: t.Clause, listed: Listed = joined) -> str:
    """The canonical text of a clause on one line."""
    if node.effect is not None:
        effect = print_effect(node.effect)
        return f"if breached {effect}" if node.word == "if breached" else effect
    return f"{node.word} {_rest(node, listed)}"


def _rest(node: t.Clause, listed: Listed) -> str:
    if node.condition is not None:
        return print_condition(node.condition, listed)
    if node.steps:
        return ", ".join(map(print_step, node.steps))
    if node.refs:
        return print_refs(node.refs)
    if node.dates:
        since = "" if node.word == "from" else "from "
        return since + " until ".join(filter(None, node.dates))
    if node.bearer is not None:
        by = f" by {print_names(node.names)}" if node.names else ""
        return print_bearer(node.bearer) + by
    if node.duration is not None:
        text = print_duration(node.duration)
        if node.trigger is not None:
            return f"{text} of {print_trigger(node.trigger)}"
        return f"{text} while {print_names(node.names)} in effect" if node.names else text
    if node.trigger is not None:
        return print_trigger(node.trigger)
    if node.expr is not None:
        return print_expression(node.expr)
    return print_names(node.names) or str(node.number)


# --- declarations


def _declaration(node: t.Declaration) -> list[str]:
    if node.kind == "fact":
        return [f"fact {_attribute(node.attributes[0])}"]
    if node.kind == "definition":
        return _definition(node)
    name = "" if node.kind == "actor" else node.name
    head = " ".join(filter(None, (node.kind, name, _quoted(node.description))))
    items: list[tuple[int, str]] = []
    items += (
        (value.span, " ".join(filter(None, (value.name, _quoted(value.description)))))
        for value in node.values
    )
    items += ((attribute.span, _attribute(attribute)) for attribute in node.attributes)
    items += ((line.span, _vocabulary_line(line)) for line in node.lines)
    items.sort(key=lambda item: item[0])
    return [head, *(text for _, text in items)]


def _definition(node: t.Declaration) -> list[str]:
    head = f"definition {node.name}: {_type(node.type)}" if node.type else node.name
    if node.type is not None and node.type.base == "yes-no":
        meaning = print_condition(node.meaning)  # type: ignore[arg-type]
    else:
        meaning = print_expression(node.meaning)  # type: ignore[arg-type]
    return [" ".join(filter(None, (head, _quoted(node.description)))), f"means {meaning}"]


def _type(node: t.TypeName) -> str:
    return f"{node.base} of {node.of}" if node.of else node.base


def _attribute(node: t.Attribute) -> str:
    text = f"{node.name}: {_type(node.type)}"
    if node.description:
        text += f" {_quoted(node.description)}"
    if node.unknown:
        return f"{text}, unknown if not stated"
    return (
        f"{text}, {print_expression(node.default)} if not stated"
        if node.default is not None
        else text
    )


def _vocabulary_line(node: t.Line) -> str:
    if node.holiday is not None:
        rule = node.holiday
        years = [f"{word} {year}" for word, year in _years(rule) if year]
        observed = ", ".join(f"{on} if {falls}" for on, falls in rule.observed)
        parts = ("holiday", _HOLIDAYS[rule.form](rule), _quoted(rule.title), *years)
        return " ".join(filter(None, (*parts, observed and f"observed {observed}")))
    if node.sitting is not None:
        return f"sitting {print_names(node.names)} {_sitting(node.sitting)}"
    if node.word == "adjourned":
        return f"adjourned {print_names(node.names)} from {' until '.join(node.dates)}"
    if node.word == "rolls forward" and node.names:
        return f"rolls forward to sitting days of {print_names(node.names)}"
    if node.word == "quorum":
        return f"quorum {node.number}"
    if node.word == "vacant":
        return "vacant from " + " until ".join(filter(None, node.dates))
    return " ".join(filter(None, (node.word, print_names(node.names), ", ".join(node.dates))))


def _years(rule: t.HolidayRule) -> tuple[tuple[str, int], ...]:
    return ("from", rule.since), ("until", rule.until)


def _sitting(rule: t.SittingRule) -> str:
    text = f"{', '.join(rule.weekdays) or 'every day'} from {rule.start} until {rule.end}"
    excepted = (*(("holidays",) if rule.not_holidays else ()), *rule.excepted)
    return f"{text} except {', '.join(excepted)}" if excepted else text


def _easter(rule: t.HolidayRule) -> str:
    if not rule.number:
        return rule.form
    unit = "day" if abs(rule.number) == 1 else "days"
    return f"{rule.form} {'-' if rule.number < 0 else '+'} {abs(rule.number)} {unit}"


_ORDINAL = {number: word for word, number in ORDINALS.items()}
_HOLIDAYS: dict[str, Callable[[t.HolidayRule], str]] = {
    "date": lambda rule: rule.date,
    "fixed": lambda rule: f"{rule.day} {rule.month}",
    "easter": _easter,
    "orthodox easter": _easter,
    "before": lambda rule: f"{rule.weekday} before {rule.day} {rule.month}",
    "after": lambda rule: f"{rule.weekday} after {rule.day} {rule.month}",
    "nth": lambda rule: f"{_ORDINAL[rule.number]} {rule.weekday} of {rule.month}",
    "weekday": lambda rule: rule.weekday,
}
