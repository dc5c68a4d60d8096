"""The situation that refutes an assurance (or, of one that says what can be, shows it), told for those who read law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from writ.book.assurances import Assurance
from writ.book.claims import claim, provisos
from writ.book.model import GRANTS, Book
from writ.engine.answer import Considered, Decision, Outcome
from writ.engine.history import in_order, instances
from writ.engine.request import Event, Grant, Request
from writ.proof import words
from writ.proof.plain import as_data
from writ.proof.result import Result, Verdict

SHOWN = 4
"""Of a long history so many entries are told at its beginning; then how many there are, and the last."""
NEAREST = 3
"""So many norms are named that would have given authority but for a condition."""


class Cited(msgspec.Struct, frozen=True, gc=False):
    """A norm in the story. `role`: decides; does not apply (to which one that decides is subject); is defeated (`by`
    which, and the `maxim`); is nearest (`because` of a condition that is not true); begins the state; has no holder."""

    norm: str
    citation: str
    role: str
    by: str = ""
    maxim: str = ""
    because: str = ""


class Story(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Sentences, in the order in which they are read. `request` asks the engine the same, as `writ decide` reads it."""

    situation: tuple[str, ...] = ()
    """Who does what to what, when, and what is the case."""
    before: tuple[str, ...] = ()
    """What had been done and had happened, oldest first."""
    states: tuple[str, ...] = ()
    """Which states there are, since when."""
    grants: tuple[str, ...] = ()
    """Through which delegations the actor acts."""
    answer: tuple[str, ...] = ()
    """What the law answers, and which norm prevails over which."""
    norms: tuple[Cited, ...] = ()
    conclusion: str = ""
    request: dict[str, object] | None = None


def story(book: Book, assurance: Assurance, result: Result) -> Story | None:
    """The story of a result; None where there is nothing to tell: it is proved of every situation, or unknown."""
    if result.verdict is Verdict.UNKNOWN:
        return None
    if result.example is None:
        if result.verdict is Verdict.PROVED:
            return None
        role = "has no holder" if assurance.form == "holders" else "decides"
        cited = tuple(Cited(one, book.by_id[one].citation, role) for one in result.norms)
        return Story(norms=cited, conclusion=_conclusion(book, assurance, result))
    request, decision = result.example.request, result.example.decision
    told = Story(
        before=tuple(_history(book, request)),
        states=tuple(_states(book, request)),
        conclusion=_conclusion(book, assurance, result),
        request=as_data(book, request),
    )
    if assurance.form == "ends":
        cited = tuple(
            Cited(one, book.by_id[one].citation, "begins the state") for one in result.norms
        )
        return msgspec.structs.replace(told, norms=cited)
    return msgspec.structs.replace(
        told,
        situation=tuple(_situation(book, request)),
        grants=tuple(_granted(book, grant, decision) for grant in request.delegations),
        answer=tuple(_answer(book, request, decision)),
        norms=tuple(_cited(book, decision)),
    )


# --- the situation


def _situation(book: Book, request: Request) -> Iterator[str]:
    who = _who(book, request)
    doing = "would leave undone: " if request.omit else "would "
    yield f"{words.on(request.at)} {who} {doing}{words.act(book, request.act)}."
    if request.number > 1:
        yield f"{request.number} of them act together."
    own = book.vocabulary.acts[request.act].thing
    thing = words.thing(book, request.thing or own) if request.thing or own else ""
    if request.about:
        yield f"It is done to {', '.join(filter(None, (request.about, thing)))}."
    elif request.thing not in ("", own):
        yield f"It is done to {thing}."
    if request.against:
        yield f"It is aimed at {words.actor(book, request.against)}."
    stated = list(words.facts(book, request.facts))
    if stated:
        yield "It is stated that:"
        yield from (f"- {one}" for one in stated)
    elif not (request.done or request.states or request.delegations):
        yield "No fact need be stated, and nothing need have been done before."


def _who(book: Book, request: Request) -> str:
    """The office; with the person, where the story tells of that person elsewhere too."""
    office = words.actor(book, request.actor)
    others = [event.person for event in request.done]
    others += [grant.to_person for grant in request.delegations]
    others += [value for value in request.facts.values() if isinstance(value, str)]
    if request.person and request.person in others:
        same = "the same person, " if _told_apart(request) else ""
        return f"{same}{request.person}, {'one of ' if request.number > 1 else 'as '}{office},"
    return office


# --- what came before


def _history(book: Book, request: Request) -> Iterator[str]:
    calendar = book.vocabulary.calendars.get(book.default_calendar)
    events = in_order(request.done, calendar.zone if calendar else "")
    left_out = len(events) - SHOWN - 1
    for at, event in enumerate(events):
        if left_out <= 1 or at < SHOWN or at == len(events) - 1:
            yield _event(book, event, request)
        elif at == SHOWN:
            yield f"So it goes on, {left_out} times more."


def _event(book: Book, event: Event, request: Request) -> str:
    when = words.on(event.at) if event.at else "Before that"
    what = words.act(book, event.name)
    if event.name in book.vocabulary.events:
        said = f"{when} it happened: {what}"
    else:
        who = words.actor(book, event.by) if event.by else "somebody"
        if event.person and _told_apart(request):
            other = "" if event.person == request.person else "somebody else, "
            who = f"{other}{event.person}, as {who},"
        said = f"{when} {who} did {what}"
    to = f", to {words.actor(book, event.to)}" if event.to else ""
    about = f", of {event.about}" if event.about else ""
    stated = list(words.facts(book, event.facts))
    return said + to + about + (f", where {'; '.join(stated)}" if stated else "") + "."


def _told_apart(request: Request) -> bool:
    """Whether the actor is among those of the history: then persons are named."""
    return any(event.person and event.person == request.person for event in request.done)


def _states(book: Book, request: Request) -> Iterator[str]:
    calendar = book.vocabulary.calendars.get(book.default_calendar)
    zone = calendar.zone if calendar else ""
    for each in instances(book, request):
        status = each.status(request.at, zone)
        if status == "not begun":
            continue
        since = f"since {words.day(each.since)}" if each.since else "since a day not stated"
        end = each.end(zone)
        runs = f"{since}, without an end"
        if end is not None:
            runs = f"{since}, until {words.day(end)}"
        if status != "in effect":
            runs = f"{status}; {runs}"
        about = f", of {each.about}" if each.about else ""
        stated = list(words.facts(book, each.facts, each.state))
        where = f"; {'; '.join(stated)}" if stated else ""
        yield f"{words.state(book, each.state)}{about}: {runs}{where}."


def _granted(book: Book, grant: Grant, decision: Decision) -> str:
    giver, taker = words.actor(book, grant.by), words.actor(book, grant.to)
    under = f", under {words.listed(list(decision.chain))}" if decision.chain else ""
    stated = list(words.facts(book, grant.facts))
    where = f", where {'; '.join(stated)}" if stated else ""
    day = words.on(grant.at)
    return f"{day} {giver} did {words.act(book, grant.act)}, to {taker}{where}{under}."


# --- what the law answers

_ANSWERS = {
    Outcome.PERMITTED: "The law permits it",
    Outcome.PROHIBITED: "The law prohibits it",
    Outcome.NO_AUTHORITY: "The law gives no authority for it",
    Outcome.CONFLICT: "The law both allows or commands it and forbids it, and ranks neither",
    Outcome.NEEDS: "The law allows it once what is missing has been brought about",
}
_MAXIMS = {
    "override": "is written to prevail over it",
    "lex superior": "is of higher rank (lex superior)",
    "lex specialis": "is the more specific (lex specialis)",
    "lex posterior": "is the later (lex posterior)",
}


def _answer(book: Book, request: Request, decision: Decision) -> Iterator[str]:
    apart = {
        one.norm for one in decision.considered if one.status in ("defeated", "does not apply")
    }
    ruling = [name for name in decision.deciding if name not in apart]
    said, met = _ANSWERS[decision.outcome], []
    if decision.outcome is Outcome.PERMITTED:
        met = [name for name in ruling if book.by_id[name].kind not in GRANTS]
        ruling = [name for name in ruling if name not in met]
        if request.omit:
            said = "The law lets it be left undone"
    if ruling:
        yield f"{said}: {_titles(book, ruling)}."
    elif decision.outcome is Outcome.PERMITTED and not request.omit:
        yield f"{said}: a private person is free to do what nothing forbids."
    else:
        yield f"{said}."
    if met:
        yield f"What bounds it is met: {_titles(book, met)}."
    for one in _defeats(decision):
        how = _MAXIMS.get(one.maxim, f"prevails over it by {one.maxim}")
        yield f"{_title(book, one.norm)} does not hold: {_title(book, one.by)} {how}."
    missing = [f"{one.what} ({one.citation})" for one in decision.missing]
    if missing:
        yield f"Missing: {words.listed(missing)}."


def _defeats(decision: Decision) -> list[Considered]:
    """Who was defeated by whom: all that the deciding norms have beaten, and those that were beaten and decide."""
    deciding = set(decision.deciding)
    return [
        one
        for one in decision.considered
        if one.status == "defeated" and one.by and (one.norm in deciding or one.by in deciding)
    ]


def _titles(book: Book, names: Iterable[str]) -> str:
    return words.listed(list(dict.fromkeys(_title(book, name) for name in names)))


def _title(book: Book, name: str) -> str:
    norm = book.by_id[name]
    return f"{norm.citation} ({norm.title})" if norm.title else norm.citation


def _cited(book: Book, decision: Decision) -> Iterator[Cited]:
    defeated = {one.norm: one for one in _defeats(decision)}
    idle = {one.norm for one in decision.considered if one.status == "does not apply"}
    for name in decision.deciding:
        if name not in defeated:
            role = "does not apply" if name in idle else "decides"
            yield Cited(name, book.by_id[name].citation, role)
    for one in defeated.values():
        yield Cited(one.norm, one.citation, "is defeated", one.by, one.maxim)
    for one in decision.nearest[:NEAREST]:
        yield Cited(one.norm, one.citation, "is nearest", because=one.because)


# --- and so


def _conclusion(book: Book, assurance: Assurance, result: Result) -> str:
    said = " ".join((claim(assurance), *provisos(assurance)))
    request = result.example.request if result.example else None
    match assurance.form:
        case "never":
            return f"It is not so that {said}: here somebody may."
        case "never both" if request is not None:
            first = (
                next(act for act in assurance.acts if act != request.act)
                if (request.act in assurance.acts)
                else assurance.acts[0]
            )
            return (
                f"It is not so that {said}: one person has done the one ({first}), "
                f"and may now do the other ({request.act})."
            )
        case "always":
            return f"It is not so that {said}: here it is refused."
        case "must":
            return f"It is not so that {said}: here it may be left undone."
        case "undisputed":
            return f"It is not so that {said}: here they are in conflict."
        case "can" if result.verdict is Verdict.PROVED:
            return f"It is so: {said}."
        case "can":
            again = "; the situation told here is one of them" if request else ""
            return f"It is not so that {said}: in no situation is it permitted{again}."
        case "always someone" if request is not None:
            asked = "told here is how it is answered to the one who comes nearest"
            return f"It is not so that {said}: in this situation nobody may; {asked}."
        case "ends" if request is not None:
            return f"It is not so that {said}: on {words.day(request.at)} it is still in effect."
    because = f": {result.because}" if result.because else ""
    return f"It is not so that {said}{because}."
