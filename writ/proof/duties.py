"""Duties in a world: whether one is owed, released or late (`writ.engine.duties`), as formulas."""

from __future__ import annotations

from collections.abc import Callable

from writ.book.model import Norm
from writ.book.terms import Period
from writ.proof.conditions import Reader
from writ.proof.logic import FALSE, Formula, Tri, conj, disj, neg, pick
from writ.proof.values import ABSENT, Moment, Value, earlier, pick_moment


class Duties:
    """What the history of a world says of duties. `reader` gives the reading for a norm."""

    def __init__(self, reader: Callable[[Norm], Reader]) -> None:
        self.reader = reader
        self._late: dict[str, Tri] = {}

    def triggered(self, duty: Norm) -> Value:
        """When its latest trigger was; absent where there was none."""
        reader, trigger = self.reader(duty), duty.trigger
        if trigger is None:
            return ABSENT
        if trigger.kind in ("start", "end"):
            slot = reader.instance(trigger.name)
            if slot is None:
                return ABSENT
            if trigger.kind == "start":
                return Value(slot.since, absent=neg(slot.there))
            # An end that the world leaves open is that of a state which is over for some reason not told.
            return Value(slot.end.data, absent=neg(conj((slot.there, slot.over))), unknown=False)
        best: Value = ABSENT
        for there, slot_ in reader.told(trigger.name):
            counts = conj((there, reader.by(slot_, trigger.by)))
            if best.data is None:
                best = Value(slot_.at, absent=neg(counts))
                continue
            later = conj((counts, disj((best.absent, earlier(best.data, slot_.at)))))
            best = Value(
                pick_moment(later, slot_.at, best.data), absent=conj((best.absent, neg(counts)))
            )
        return best

    def performed(self, duty: Norm) -> list[tuple[Formula, Moment]]:
        """The acts by which a bearer did it since it opened."""
        reader, opened = self.reader(duty), self.triggered(duty)
        found = []
        for there, slot in reader.told(duty.act):
            counts = conj((there, reader.by(slot, duty.bearer)))
            if opened.data is not None:
                counts = conj((counts, disj((opened.absent, neg(earlier(slot.at, opened.data))))))
            found.append((counts, slot.at))
        return found

    def discharged(self, duty: Norm) -> Formula:
        done = disj(counts for counts, _ in self.performed(duty))
        if duty.every is None or done is False:
            return done
        due = self.due(duty)
        if due.data is None:
            return done
        now = self.reader(duty).world.now
        return conj((done, disj((neg(due.given), neg(earlier(due.data, now))))))

    def due(self, duty: Norm) -> Value:
        """The day by which it must be done, as far as the history tells."""
        reader = self.reader(duty)
        if duty.due_by is not None:
            return self._rolled(duty, reader.value(duty.due_by))
        first = self._after(duty, self.triggered(duty), duty.within or duty.every)
        if duty.every is None:
            return first
        # A recurring duty falls due a period after it was last done, or first opened.
        last: Value = ABSENT
        for counts, at in self.performed(duty):
            if last.data is None:
                last = Value(at, absent=neg(counts))
                continue
            later = conj((counts, disj((last.absent, earlier(last.data, at)))))
            last = Value(pick_moment(later, at, last.data), absent=conj((last.absent, neg(counts))))
        again = self._after(duty, last, duty.every)
        if first.data is None or again.data is None:
            return again if first.data is None else first
        opened = self.triggered(duty)
        fresh: Formula = last.absent
        if opened.data is not None and last.data is not None:
            since = conj((neg(opened.absent), neg(earlier(opened.data, last.data))))
            fresh = disj((last.absent, since))
        return Value(
            pick_moment(fresh, first.data, again.data),
            conj((fresh, first.absent)),
            pick(fresh, first.unknown, again.unknown),
        )

    def _after(self, duty: Norm, start: Value, period: Period | None) -> Value:
        if period is None or start.data is None:
            return ABSENT
        reader = self.reader(duty)
        added = reader.reckoning.add(start.data, period, reader.calendar)
        if added.data is None:
            return Value(None, start.absent, neg(start.absent))
        unknown = conj((neg(start.absent), disj((start.unknown, added.unknown))))
        return self._rolled(duty, Value(added.data, start.absent, unknown))

    def _rolled(self, duty: Norm, value: Value) -> Value:
        """Moved off a holiday, or to a sitting day, where the calendar does so: then at some day not before."""
        calendar = self.reader(duty).calendar
        if (
            calendar is None
            or value.data is None
            or not (calendar.rolls_forward or calendar.rolls_to)
        ):
            return value
        reader = self.reader(duty)
        moved = reader.reckoning.roll(value.data, calendar)
        return Value(moved.data, value.absent, disj((value.unknown, moved.unknown)))

    def fallen(self, duty: Norm) -> Tri:
        """Whether its `until` came true."""
        return self.reader(duty).together(duty.until) if duty.until else FALSE

    def released(self, duty: Norm) -> Formula:
        """Fallen away, waived, or the state that it lasts for is over."""
        reader = self.reader(duty)
        ways = [self.fallen(duty).yes]
        if duty.waiver:
            ways.append(reader.done(duty.waiver, duty.waived_by, False, None).yes)
        if duty.while_state:
            slot = reader.instance(duty.while_state)
            there = False if slot is None else slot.there
            ways.append(conj((there, reader.in_effect(duty.while_state).no)))
        return disj(ways)

    def never_opened(self, duty: Norm) -> Formula:
        if duty.trigger is None or duty.trigger.kind != "end":
            return False
        slot = self.reader(duty).instance(duty.trigger.name)
        return False if slot is None else conj((slot.there, neg(slot.over), neg(slot.doubtful)))

    def owed(self, duty: Norm, presupposed: bool) -> Formula:
        """Open: triggered, and neither discharged, waived nor fallen away."""
        opened: Formula = True
        if duty.trigger is not None:
            opened = (
                neg(self.never_opened(duty)) if presupposed else neg(self.triggered(duty).absent)
            )
        return conj((opened, neg(self.released(duty)), neg(self.discharged(duty))))

    def late(self, duty: Norm) -> Tri:
        """Whether its period has run without it; unknown where the calendar does not reach so far."""
        found = self._late.get(duty.id)
        if found is None:
            found = self._late[duty.id] = self._is_late(duty)
        return found

    def _is_late(self, duty: Norm) -> Tri:
        reader = self.reader(duty)
        if duty.due_by is None and (duty.within or duty.every) is None:
            return FALSE
        spared = disj((self.released(duty), self.discharged(duty)))
        due = self.due(duty)
        if due.data is None:
            return FALSE
        past = earlier(due.data, reader.world.now)
        yes = conj((neg(spared), due.given, past))
        # Where the calendar cannot tell, the law waits for what it is sure of: unknown, or not late.
        doubt = conj((neg(spared), due.unknown))
        return Tri(yes, neg(disj((yes, doubt))))
