"""The edges that the vocabulary and the norms of a book give."""

from __future__ import annotations

from writ.book.model import Norm
from writ.corpus.graph.building import Builder
from writ.corpus.graph.model import INSTRUMENT, NORM, STATE, key
from writ.syntax.tree import Bearer

_VERBS = frozenset({"begins", "continues", "amends", "suspends", "resumes", "ends"})


def add(made: Builder) -> None:
    """Add the organisation, the authority of instruments, and what each norm says."""
    _organisation(made)
    _authority(made)
    _acts(made)
    opened: dict[str, list[Norm]] = {}
    for norm in made.book.norms:
        _norm(made, norm)
        trigger = norm.trigger
        if trigger is not None and trigger.kind == "act":
            opened.setdefault(trigger.name, []).append(norm)
    for act, norms in opened.items():
        for norm in norms:
            made.edge(made.act(act), key(NORM, norm.id), "opens", "", norm.place)
    said = {each for each in made.nodes if each.startswith(f"{NORM}:")}
    for override in made.book.overrides:
        winner, loser = key(NORM, override.winner), key(NORM, override.loser)
        if winner in said and loser in said:
            made.edge(winner, loser, "overrides", "", override.place)


def _organisation(made: Builder) -> None:
    for actor in made.book.vocabulary.actors.values():
        own, place = made.actor(actor.name), actor.place
        for one in actor.reports_to:
            made.edge(own, made.actor(one), "reports-to", "", place)
        if actor.body:
            made.edge(own, made.actor(actor.body), "part-of", "", place)
        for one in actor.parents:
            made.edge(own, made.actor(one), "is-a", "", place)
        for number, one in enumerate(actor.succession, start=1):
            made.edge(own, made.actor(one), "succession", str(number), place)
        if actor.members:
            made.edge(own, made.actor(actor.members), "member-of", "", place)


def _authority(made: Builder) -> None:
    for one in made.book.instruments.values():
        own = key(INSTRUMENT, one.id)
        if one.under:
            instrument, label = one.under
            known = instrument in made.book.instruments
            up = made.provision(instrument, label) if known else made.outside(instrument)
            made.edge(own, up, "under", label, one.place)
        if one.enacted_by:
            made.edge(own, made.actor(one.enacted_by), "enacted-by", "", one.place)
        if one.owner:
            made.edge(own, made.actor(one.owner), "answers-for", "", one.place)


def _acts(made: Builder) -> None:
    for act in made.book.vocabulary.acts.values():
        for parent in act.parents:
            made.edge(made.act(act.name), made.act(parent), "is-a", "", act.place)


def _norm(made: Builder, norm: Norm) -> None:
    own, place = key(NORM, norm.id), norm.place
    for name in bearers(norm.bearer):
        if name in made.book.vocabulary.actors:
            made.edge(made.actor(name), own, "bears", said(norm), place)
    if norm.act:
        made.edge(own, made.act(norm.act), "about", norm.thing, place)
    for act in norm.enabling:
        made.edge(own, made.act(act), "enables", "", place)
    for act in norm.delegated:
        made.edge(own, made.act(act), "delegates", "", place)
    for kind, whom in (
        ("delegates-to", norm.recipients),
        ("owed-to", norm.to),
        ("waived-by", norm.waived_by),
    ):
        for name in bearers(whom):
            if name in made.book.vocabulary.actors:
                made.edge(own, made.actor(name), kind, "", place)
    for step in norm.after:
        made.edge(own, made.act(step.act), "requires", "", place)
    for effect in (*norm.effects, *norm.breach):
        if effect.verb in _VERBS:
            made.edge(own, key(STATE, effect.state), effect.verb, "", place)
        elif effect.verb == "escalates":
            made.edge(own, made.actor(effect.state), "escalates-to", "", place)
    if norm.kind == "lapse" and norm.state:
        made.edge(own, key(STATE, norm.state), "ends", "lapse", place)


def bearers(who: Bearer | None) -> tuple[str, ...]:
    """The names of those whom a bearer names; of `no one except B`, nobody."""
    return tuple(each.name for each in who.actors) if who is not None else ()


def said(norm: Norm) -> str:
    """What a norm is to its bearer: its kind, or that it frees from a duty."""
    return "need not" if norm.omission else norm.kind
