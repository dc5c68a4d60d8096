"""Terms of the model in the words of the language, for answers and messages."""

from __future__ import annotations

from writ.book import terms
from writ.book.model import EffectTerm, StepTerm
from writ.syntax.tree import Actor, Bearer


def say(item: object) -> str:
    """A condition, expression, bearer or step as it would be written."""
    match item:
        case terms.Holds():
            return say(item.path)
        case terms.Attr():
            if item.space == "fact":
                return item.name
            return f"grant.{item.name}" if item.space == "grant" else f"{item.owner}.{item.bare}"
        case terms.Const():
            return _constant(item)
        case terms.DateConst():
            return item.value
        case terms.Now():
            return "now"
        case terms.ActorTerm():
            return "actor"
        case terms.Period():
            return str(item)
        case terms.Arithmetic():
            return f"{say(item.left)} {item.op} {say(item.right)}"
        case terms.Select():
            return f"{item.which} of ({_list(item.items)})"
        case terms.StateTime():
            return f"{item.which} of {item.state}"
        case terms.TimeOf():
            return f"{'first ' if item.first else ''}time of {item.name}"
        case terms.PeriodBound():
            return f"{item.which} of {item.unit} ({say(item.of)})"
        case terms.DaysBetween():
            return f"days from {say(item.start)} to {say(item.end)}"
        case terms.CountOf():
            return f"count of {say(item.path)}"
        case Bearer():
            return _bearer(item)
        case Actor():
            return f"at least {item.number} of {item.name}" if item.number else item.name
        case StepTerm():
            by = f" by {say(item.by)}" if item.by else ""
            return item.act + by + (f" within {item.within}" if item.within else "")
    return _condition(item)


def _condition(item: object) -> str:
    match item:
        case terms.Compare():
            return f"{say(item.left)} {item.op} {say(item.right)}"
        case terms.Member():
            among = say(item.path) if item.path else "{" + _list(item.items) + "}"
            return f"{say(item.item)} in {among}"
        case terms.Stated():
            return f"{say(item.path)} is stated"
        case terms.InEffect():
            return f"{item.state} in effect"
        case terms.Done():
            by = " by the actor" if item.by_actor else f" by {say(item.by)}" if item.by else ""
            return f"{item.act} done{by}" + (f" since {say(item.since)}" if item.since else "")
        case terms.Happened():
            return f"{item.event} happened" + (f" since {say(item.since)}" if item.since else "")
        case terms.ActorHolds():
            return f"actor is {item.office}"
        case terms.Not():
            return _negated(item.of)
        case terms.All():
            return " and ".join(_within(one) for one in item.items)
        case terms.AnyOf():
            return " or ".join(_within(one) for one in item.items)
        case terms.Counted():
            return f"{item.mode} {item.number} of ({_list(item.items)})"
        case terms.Quantified():
            mode = f"at least {item.number}" if item.mode == "at least" else item.mode
            return f"{mode} {item.variable} in {say(item.path)} satisfies ({say(item.body)})"
        case terms.Always():
            return "yes" if item.value else "no"
        case EffectTerm():
            return f"{item.verb} {'to ' if item.verb == 'escalates' else ''}{item.state}"
    return str(item)


def _negated(of: object) -> str:
    text = say(of)
    match of:
        case terms.InEffect():
            return f"{of.state} not in effect"
        case terms.Stated():
            return f"{say(of.path)} is not stated"
        case terms.Compare() if of.op == "is":
            return f"{say(of.left)} is not {say(of.right)}"
        case terms.Member():
            return text.replace(" in ", " not in ", 1)
        case terms.Done() | terms.Happened():
            return text.replace(" done", " not done", 1).replace(" happened", " not happened", 1)
        case terms.All() | terms.AnyOf():
            return f"not ({text})"
    return f"not {text}"


def _within(item: object) -> str:
    text = say(item)
    return f"({text})" if isinstance(item, terms.AnyOf | terms.All) else text


def _constant(item: terms.Const) -> str:
    if isinstance(item.value, bool):
        return "yes" if item.value else "no"
    return f'"{item.value}"' if item.type.base in ("text", "person-id") else str(item.value)


def _bearer(item: Bearer) -> str:
    names = ", ".join(say(actor) for actor in item.actors) or "anyone"
    if item.mode == "none":
        names = "no one"
    elif item.mode == "each":
        names = f"each of {names}"
    if item.excepted:
        names += " except " + ", ".join(say(actor) for actor in item.excepted)
    return names


def _list(items: tuple[object, ...]) -> str:
    return ", ".join(say(item) for item in items)
