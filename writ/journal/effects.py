"""What acts and breaches do to states, and what the lapse norms make of them (reference replay)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from writ.book.model import GRANTS, Book, EffectTerm, Norm
from writ.book.wording import say
from writ.engine import history
from writ.engine.applies import bears, in_force, truth_of
from writ.engine.instance import Instance
from writ.engine.request import Event, Request
from writ.engine.situation import Situation, same_family, thing_of
from writ.engine.truth import Truth
from writ.journal.acts import Ruling
from writ.journal.entry import Entry
from writ.journal.life import Life, Stretch
from writ.journal.record import Turn

if TYPE_CHECKING:
    from writ.journal.reference import Reference

NOTHING_REACHED = "there was no {} that it could {}"
VERBS = {
    "continues": "continue",
    "amends": "amend",
    "suspends": "suspend",
    "resumes": "resume",
    "ends": "end",
}
TURNS = {"ends": "ended", "suspends": "suspended", "resumes": "in effect"}
"""The status to which an act turns a stretch."""


def change(
    book: Book,
    norm: Norm,
    effect: EffectTerm,
    request: Request,
    views: tuple[Instance, ...],
    stretch: Stretch,
    entry: str,
) -> None:
    """Let an act end, suspend, resume, amend or continue a stretch, on what was the case before it."""
    calendar, before = book.calendar_of(norm.instrument), stretch.view
    told = Situation(book, request, calendar, views, {before.state: before})
    end = before.end(calendar.zone if calendar else "") or request.at
    history.change(book, norm, effect, request.at, request.facts, stretch.raw, end, told)
    if effect.verb in TURNS:
        stretch.turns.append(Turn(request.at, TURNS[effect.verb], entry, (norm.citation,)))
    if effect.verb == "ends":
        stretch.ended_by = entry


class Effects:
    def __init__(self, replay: Reference) -> None:
        self.replay = replay

    # --- acts

    def of_act(
        self,
        entry: Entry,
        event: Event,
        ruling: Ruling,
        request: Request,
        views: tuple[Instance, ...],
        allowed: bool,
    ) -> str:
        """Let an act have its effects; why it had none, where the book gives it some and nothing was there to reach."""
        chosen = self.chosen(entry, ruling, request, views, allowed)
        # What one act does to a state, it does to the state as it found it.
        reach = [self.reached(effect, event, request) for _, effect in chosen]
        for (norm, effect), stretch in zip(chosen, reach, strict=True):
            if effect.verb == "begins":
                self.begin(norm, effect, event, request, views, entry.id, entry.until)
            elif stretch is not None:
                self.change(norm, effect, event, request, views, stretch, entry.id)
        if not chosen or any(effect.verb == "begins" for _, effect in chosen) or any(reach):
            return ""
        effect = chosen[0][1]
        return NOTHING_REACHED.format(effect.state, VERBS[effect.verb])

    def chosen(
        self,
        entry: Entry,
        ruling: Ruling,
        request: Request,
        views: tuple[Instance, ...],
        allowed: bool,
    ) -> list[tuple[Norm, EffectTerm]]:
        """For each state and verb the norm that gives the act this effect: one that permits it, or a limit on it."""
        book = self.replay.book
        deciding = set(ruling.decision.deciding) if allowed and not entry.lawful else None
        best: dict[tuple[str, str], tuple[Truth, Norm, EffectTerm]] = {}
        for norm in book.norms:
            if not norm.effects or norm.act not in book.vocabulary.act_up[entry.name]:
                continue
            if not in_force(norm, entry.at, self.replay.known_at):
                continue
            if norm.bearer.mode != "none" and not bears(book, norm.bearer, ruling.actor):
                continue
            if deciding is not None and norm.kind in GRANTS and norm.id not in deciding:
                continue
            truth = truth_of(book, norm, request, norm.when, views)
            if truth is False:
                continue
            for effect in norm.effects:
                if effect.verb == "escalates":
                    continue
                known = best.get((effect.verb, effect.state))
                if known is None or (known[0] is None and truth is True):
                    best[effect.verb, effect.state] = (truth, norm, effect)
        return [(norm, effect) for _, norm, effect in best.values()]

    def reached(self, effect: EffectTerm, event: Event, request: Request) -> Stretch | None:
        """The last stretch about the same thing that has begun and is not over."""
        if effect.verb == "begins":
            return None
        replay = self.replay
        family = replay.book.vocabulary.states[effect.state].thing
        mine = request.thing or thing_of(replay.book.vocabulary, event.name)
        for stretch in reversed(replay.stretches):
            if stretch.raw.state != effect.state or stretch.over:
                continue
            theirs = stretch.raw.about
            apart = theirs and event.about and theirs != event.about
            if apart and same_family(replay.book.vocabulary, mine, family):
                continue
            if stretch.view.status(request.at, replay.zone) in ("in effect", "suspended"):
                return stretch
        return None

    def begin(
        self,
        norm: Norm,
        effect: EffectTerm,
        event: Event,
        request: Request,
        views: tuple[Instance, ...],
        entry: str,
        until: dt.date | None = None,
    ) -> None:
        book = self.replay.book
        told = Situation(book, request, book.calendar_of(norm.instrument), views)
        begun = history.begin(book, norm, effect, event.about, request.at, request.facts, told)
        if until is not None:
            begun.cap(until, self.replay.zone)  # the grant that it rests on is over then
        self.add(begun, entry)

    def add(self, begun: Instance, entry: str) -> None:
        stretches = self.replay.stretches
        turn = Turn(begun.since, "in effect", entry)
        stretches.append(
            Stretch(
                begun,
                msgspec.structs.replace(begun),
                entry,
                turns=[turn],
                number=len(stretches),
            )
        )

    def change(
        self,
        norm: Norm,
        effect: EffectTerm,
        event: Event,
        request: Request,
        views: tuple[Instance, ...],
        stretch: Stretch,
        entry: str,
    ) -> None:
        """Let an act end, suspend, resume, amend or continue a stretch."""
        change(self.replay.book, norm, effect, request, views, stretch, entry)

    def end_with_grants(self, grants: frozenset[str], entry: Entry) -> None:
        """End the stretches that grants began which are revoked, or rest on one that is."""
        for stretch in self.replay.stretches:
            if stretch.entry in grants and not stretch.over and stretch.raw.ended is None:
                stretch.raw.ended, stretch.ended_by = entry.at, entry.id
                stretch.turns.append(Turn(entry.at, TURNS["ends"], entry.id))

    def give(self, entry: Entry) -> None:
        """Take a state as begun."""
        facts = {slot.rpartition(".")[2]: value for slot, value in entry.stated.items()}
        self.add(
            Instance(
                entry.name,
                entry.at,
                entry.until,
                about=entry.about,
                facts=facts,
                given_end=entry.until is not None,
            ),
            entry.id,
        )

    # --- breaches

    def of_breach(self, duty: Norm, life: Life, at: dt.date) -> None:
        """What follows a breach: a state begins or ends, or a superior is told."""
        replay = self.replay
        life.follows = (*life.follows, *(say(effect) for effect in duty.breach))
        if (duty.id, life.about) in replay.brought:
            return
        replay.brought.add((duty.id, life.about))
        event = Event(duty.act, at, about=life.about, facts=life.facts)
        request, views = replay.question(duty, life.about, at, life.facts), replay.views()
        for effect in duty.breach:
            if effect.verb == "begins":
                self.begin(duty, effect, event, request, views, "")
            elif effect.verb != "escalates":
                stretch = self.reached(effect, event, request)
                if stretch is not None:
                    self.change(duty, effect, event, request, views, stretch, "")

    # --- lapses

    def bound(self, now: dt.date) -> None:
        """Let the lapse norms bound every stretch, until nothing moves: one may wait on another's end."""
        replay = self.replay
        for _ in range(len(replay.stretches) + 1):
            before = [msgspec.structs.replace(view) for view in replay.views()]
            for stretch in replay.stretches:
                if not stretch.over:
                    self.bound_one(stretch, now)
            if list(replay.views()) == before:
                break

    def bound_one(self, stretch: Stretch, now: dt.date) -> None:
        """Bound one stretch anew, the others being as they are; what ends does not revive."""
        if stretch.raw.by_law:
            return
        book, request = self.replay.book, self.asked(stretch, now)
        norms = [
            one for one in book.norms if one.kind == "lapse" and one.state == stretch.raw.state
        ]
        stretch.view = msgspec.structs.replace(stretch.raw)
        views = list(self.replay.views())
        for _ in range(len(norms) + 1):
            moved = [history.bound(book, request, norm, stretch.view, views) for norm in norms]
            if not any(moved):
                break
        if stretch.view.ended is not None and stretch.raw.ended is None:
            stretch.raw.ended = stretch.view.ended
            stretch.raw.by_law = True
            stretch.raw.because = stretch.view.because

    def asked(self, stretch: Stretch, now: dt.date) -> Request:
        """The question that a lapse norm is asked with: about the thing of the state."""
        replay = self.replay
        return Request(
            "",
            "",
            now,
            replay.standing.facts(stretch.raw.about, "", "", {}),
            thing=replay.book.vocabulary.states[stretch.raw.state].thing,
            about=stretch.raw.about,
            done=tuple(replay.done),
            known_at=replay.known_at,
        )
