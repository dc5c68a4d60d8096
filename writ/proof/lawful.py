"""What the law says of the states of a world: how a stretch may have begun, and what bounds it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from writ.book import terms
from writ.book.model import EffectTerm, Norm
from writ.book.terms import Attr, Condition
from writ.proof.asked import Asked
from writ.proof.conditions import Reader
from writ.proof.logic import Formula, conj, disj, implies, neg
from writ.proof.precedence import within
from writ.proof.values import Moment, earlier, same_time
from writ.proof.world import EventSlot, StateSlot


class Lawful:
    """The states of the world of a question, bounded as the law bounds them."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.world, self.rules = asked.world, asked.rules

    def axioms(self) -> list[Formula]:
        """What holds of every stretch: it was begun by an act that begins it, and ends as the law ends it."""
        found: list[Formula] = []
        for state, slots in self.world.states.items():
            for slot in slots:
                bounds = (
                    *self._begun(state, slot),
                    *self._lapses(state, slot),
                    *self._continued(state, slot),
                )
                found += [implies(slot.there, each) for each in bounds]
        return found

    def history(self) -> list[Formula]:
        """That history and states tell the same tale: what was done, the Book gave already; what was begun by an act
        that is told stands among the states, and what was ended is over. A proof does not hold to it; an example
        should.
        """
        found: list[Formula] = []
        for name, events in self.world.events.items():
            first = self.rules.first_done(name)
            if first is not None:
                found += [implies(e.there, e.at.day >= first.toordinal()) for e in events]
        for state, slots in self.world.states.items():
            for slot in slots:
                past = conj((neg(slot.end.absent), earlier(slot.end.data, self.world.now)))
                found.append(implies(conj((slot.there, slot.over)), past))
                # The last to begin is the one that stands for the state where no norm has chosen.
                older = neg(earlier(slots[0].since, slot.since))
                found.append(implies(slot.there, older))
            for there, event in self._events("begins", state):
                begun = disj(conj((s.there, same_time(s.since, event.at))) for s in slots)
                found.append(implies(there, begun))
            for verb in ("ends", "suspends"):
                for there, event in self._events(verb, state):
                    for slot in slots:
                        reached = conj((there, slot.there, neg(earlier(event.at, slot.since))))
                        found.append(implies(reached, slot.over))
        return found

    def _events(self, verb: str, state: str) -> list[tuple[Formula, EventSlot]]:
        reader = self._reader(None)
        return [
            told
            for norm, _ in self.rules.effects.get((verb, state), ())
            for told in reader.told(norm.act)
        ]

    def _reader(self, norm: Norm | None) -> Reader:
        if norm is not None:
            return self.asked.reader(norm)
        book = self.asked.book
        calendar = book.vocabulary.calendars.get(book.default_calendar)
        return Reader(self.world, self.rules, calendar, self.asked.actor, self.asked.reckoning)

    def _begun(self, state: str, slot: StateSlot) -> list[Formula]:
        ways = self.rules.effects.get(("begins", state), ())
        found = self._said(state, slot)
        if not ways or state in self.rules.begun_by_breach:
            return []  # it begins by something that is no act of the Book: then any day will do
        return [*found, disj(self._way(norm, effect, slot) for norm, effect in ways)]

    def _way(self, norm: Norm, effect: EffectTerm, slot: StateSlot) -> Formula:
        """That this norm began it, and how long it lasts by that alone."""
        commenced = slot.since if effect.start is None else None
        dated = True if commenced is None else within(norm.start, norm.end, norm.gaps, commenced)
        begun = conj((dated, *self._carried(norm, effect.state, slot)))
        if effect.duration is None:
            return begun
        reader = self.asked.reader(norm)
        last = reader.reckoning.add(slot.since, effect.duration, reader.calendar)
        return conj((begun, disj((slot.continued, last.unknown, self._by(slot, last.data)))))

    def _said(self, state: str, slot: StateSlot) -> list[Formula]:
        """That a stretch has no facts but those that an act which began or amended it could give it."""
        vocabulary = self.asked.book.vocabulary
        begun = self._words_of(self.rules.effects.get(("begins", state), ()))
        found: list[Formula] = []
        for name in vocabulary.states[state].attributes:
            bare = name.rpartition(".")[2]
            if bare not in begun:
                path = Attr("state", state, bare, vocabulary.attributes[name].type)
                stated = self.world.stated_of_state(slot, path, self.asked.book)
                found.append(implies(stated, self._amended(state, slot, bare)))
        return found

    def _amended(self, state: str, slot: StateSlot, bare: str) -> Formula:
        """That an act which can state a fact has amended the stretch."""
        reader = self._reader(None)
        return disj(
            conj((there, neg(earlier(event.at, slot.since))))
            for norm, effect in self.rules.effects.get(("amends", state), ())
            if bare in self._words_of([(norm, effect)])
            for there, event in reader.told(norm.act)
        )

    def _words_of(self, effects: Iterable[tuple[Norm, EffectTerm]]) -> set[str]:
        """The bare names of what the acts of these norms can state."""
        vocabulary = self.asked.book.vocabulary
        owners = {"", "actor"}
        for norm, _ in effects:
            for act in vocabulary.act_down.get(norm.act, (norm.act,)):
                for above in vocabulary.act_up.get(act, (act,)):
                    owners |= {above, *vocabulary.thing_up.get(vocabulary.acts[above].thing, ())}
        return {
            attribute.name
            for attribute in vocabulary.attributes.values()
            if attribute.owner in owners
        }

    def _carried(self, norm: Norm, state: str, slot: StateSlot) -> list[Formula]:
        """What the norm's `when` said of the facts that the state took over from the act."""
        attributes = self.asked.book.vocabulary.states[state].attributes
        names = {name.rpartition(".")[2] for name in attributes}
        reader = self.asked.reader(norm).choosing({state: slot})
        moved = (taken_over(condition, state, names) for condition in norm.when)
        return [reader.holds(each).yes for each in moved if each is not None]

    def _by(self, slot: StateSlot, last: Moment) -> Formula:
        """That the stretch is over by then, or ends then at the latest."""
        return conj((neg(slot.end.absent), neg(earlier(last, slot.end.data))))

    def _continued(self, state: str, slot: StateSlot) -> list[Formula]:
        if slot.continued is False:
            return []
        acts = [
            conj((there, neg(earlier(event.at, slot.since))))
            for there, event in self._events("continues", state)
        ]
        return [implies(slot.continued, disj(acts))]

    def _lapses(self, state: str, slot: StateSlot) -> list[Formula]:
        found: list[Formula] = []
        for norm in self.rules.lapses.get(state, ()):
            reader = self.asked.reader(norm).choosing({state: slot})
            when = conj(reader.holds(condition).yes for condition in norm.when)
            there = conj((within(norm.start, norm.end, norm.gaps, self.world.now), when))
            if norm.lapse_after is not None:
                last = reader.reckoning.add(slot.since, norm.lapse_after, reader.calendar)
                bound = disj((slot.continued, last.unknown, self._by(slot, last.data)))
            elif norm.lapse_at is not None:
                day = reader.value(norm.lapse_at)
                bound = (
                    True if day.data is None else disj((neg(day.given), self._by(slot, day.data)))
                )
            else:
                bound = slot.over
            found.append(implies(there, bound))
        return found


def taken_over(condition: Condition, state: str, names: set[str]) -> Condition | None:
    """A condition on an act as one on the state that it began; None where it speaks of more than was taken over."""
    attrs = [term for term in terms.walk(condition) if isinstance(term, Attr)]
    if not attrs or any(a.space != "fact" or a.bare not in names for a in attrs):
        return None
    if any(isinstance(term, BESIDES) for term in terms.walk(condition)):
        return None

    def moved(item: object) -> object:
        if isinstance(item, Attr):
            return Attr("state", state, item.bare, item.type)
        if isinstance(item, tuple):
            return tuple(moved(each) for each in item)
        if isinstance(item, terms.Term) and not isinstance(item, terms.Type):
            fields = {name: moved(getattr(item, name)) for name in item.__struct_fields__}
            return type(item)(**fields)
        return item

    return cast(Condition, moved(condition))


BESIDES = (
    terms.Now, terms.ActorTerm, terms.StateTime, terms.TimeOf, terms.InEffect, terms.Done,
    terms.Happened, terms.ActorHolds, terms.Quantified,
)  # fmt: skip
