"""The outcome of one question in every world: `writ.engine.reference` as formulas.

A question fixes the act, the thing and the office; facts, history and the day are the variables of its world. Each step
follows the reference interpreter, in its order and under its names.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import z3

from writ.book.model import BARS, GRANTS, Norm
from writ.book.terms import Attr, Compare
from writ.engine.answer import Outcome
from writ.engine.chain import DELEGABLE
from writ.engine.precedence import BOUNDED, COMMANDING, opposes
from writ.engine.reference import RESTRAINTS
from writ.engine.scope import bearer_includes
from writ.proof import precedence
from writ.proof.conditions import Reader
from writ.proof.duties import Duties
from writ.proof.logic import FALSE, Formula, Tri, both, conj, disj, neg, opposite, pick
from writ.proof.periods import Reckoning
from writ.proof.rules import Rules
from writ.proof.values import Moment, Value, same_time
from writ.proof.world import World
from writ.syntax.tree import Actor, Bearer

Pair = tuple[Norm, Norm]


class Finding:
    """A norm of the question: when it applies, when it is open, and when it is neither."""

    def __init__(self, norm: Norm, truth: Tri) -> None:
        self.norm = norm
        self.truth = truth
        self.open = truth.unknown
        self.present = neg(truth.no)


class Asked:
    """One question: an act, a thing, an office, and whom it is done to; in one world."""

    def __init__(
        self,
        world: World,
        rules: Rules,
        reckoning: Reckoning,
        act: str,
        actor: str,
        thing: str = "",
        against: str = "",
        via: str = "",
    ) -> None:
        self.via = via
        """From whom the actor has the power by delegation, if so."""
        self.world, self.rules, self.book = world, rules, rules.book
        self.reckoning = reckoning
        self.act, self.actor, self.thing, self.against = act, actor, thing, against
        self.now: Moment = world.now
        self.duties = Duties(self.reader)
        self._readers: dict[str, Reader] = {}
        self._above = self.book.vocabulary.actor_up.get(actor, frozenset())

    def reader(self, norm: Norm) -> Reader:
        return self.reader_of(norm.instrument)

    def reader_of(self, instrument: str) -> Reader:
        """The reading for the norms of one instrument: by its calendar."""
        found = self._readers.get(instrument)
        if found is None:
            calendar = self.book.calendar_of(instrument)
            found = Reader(self.world, self.rules, calendar, self.actor, self.reckoning)
            self._readers[instrument] = found
        return found

    # --- the norms

    @cached_property
    def findings(self) -> list[Finding]:
        """The norms of the question that are in force on some day, with their truth."""
        found = []
        for norm in matching(self.rules, self.act, self.actor, self.thing, self.against):
            finding = Finding(norm, self.truth(norm))
            if finding.present is not False:
                found.append(finding)
        return [*found, *self._relied_on({finding.norm.id for finding in found})]

    def _relied_on(self, own: set[str]) -> list[Finding]:
        """What the actor reaches through a delegation, and what restrains whoever gave it (`reference.rely`)."""
        if not self.via:
            return []
        granted = z3.Bool(self.world.name("granted"))
        found: list[Finding] = []
        for norm in matching(self.rules, self.act, self.via, self.thing, self.against):
            if norm.id in own or norm.kind == "immunity":
                continue
            truth = self.truth(norm)
            if norm.kind in DELEGABLE and not norm.omission:
                found.append(Finding(norm, both((Tri(granted, False), truth))))
            elif norm.kind in RESTRAINTS:
                spared = any(actor.name in self._above for actor in norm.bearer.excepted)
                if not spared:
                    found.append(Finding(norm, truth))
        return [finding for finding in found if finding.present is not False]

    def truth(self, norm: Norm) -> Tri:
        truth = self.reader(norm).together(norm.when)
        if norm.kind == "duty":
            truth = both((truth, opposite(self.duties.fallen(norm))))
        there = precedence.in_force(norm, self.now)
        return Tri(conj((there, truth.yes)), disj((neg(there), truth.no)))

    # --- the five outcomes

    @cached_property
    def outcomes(self) -> dict[Outcome, Formula]:
        """When the answer is each of the five; exactly one of them holds in any world."""
        grants = [f for f in self.findings if f.norm.kind in GRANTS and not f.norm.omission]
        bars = [f for f in self.findings if f.norm.kind in BARS]
        return Exercise(self, grants, bars).outcomes()

    def of_norm(self, norm: Norm) -> Formula:
        """Whether anything is missing of its number, others, steps, conditions, statements and record."""
        reader, lacking = self.reader(norm), []
        matched = [actor for actor in norm.bearer.actors if actor.name in self._above]
        numbers = [actor.number for actor in matched]
        if numbers and min(numbers) > 1 and 0 not in numbers:
            lacking.append(self.world.number < min(numbers))
        if norm.bearer.mode == "each":
            for actor in norm.bearer.actors:
                if actor.name not in self._above:
                    lacking.append(neg(reader.done(norm.act, only(actor), False, None).yes))
        for step in norm.after:
            truth = reader.done(step.act, step.by, False, None).yes
            if step.within is not None:
                earliest = reader.reckoning.add(self.now, step.within, reader.calendar, -1)
                recent = reader.done(step.act, step.by, False, earliest).yes
                truth = conj((truth, recent))
            lacking.append(neg(truth))
        for condition in norm.with_:
            lacking.append(neg(reader.together((condition,)).yes))
        for path in (*norm.stating, *norm.recording):
            lacking.append(neg(self._said(reader, path)))
        return disj(lacking)

    def _said(self, reader: Reader, path: Attr) -> Formula:
        if path.type.base != "yes-no":
            return reader.stated(path)
        value = reader.attribute(path)
        return False if value.data is None else conj((value.given, value.data))

    def prevails(self, one: Norm, other: Norm) -> Formula:
        return precedence.prevails(self.book, one, other, self.now)

    def excluded(self, maybe: bool = False) -> list[tuple[Norm, Formula]]:
        """Duties owed by this actor to do what this act leaves undone, and when; `maybe`: those that are open."""
        found = []
        for norm in self.rules.excluded_by(self.act):
            if self.actor not in self.rules.admitted(norm.bearer):
                continue
            truth = self.reader(norm).together(norm.when)
            there = precedence.in_force(norm, self.now)
            owed = self.duties.owed(norm, presupposed=False)
            found.append((norm, conj((there, truth.unknown if maybe else truth.yes, owed))))
        return found

    @property
    def at_liberty(self) -> bool:
        vocabulary = self.book.vocabulary
        actor = vocabulary.actors.get(self.actor)
        if actor is None or actor.kind != "person":
            return False
        above = vocabulary.act_up.get(self.act, ())
        return not any(vocabulary.acts[name].reserved for name in above if name in vocabulary.acts)

    @cached_property
    def omitted(self) -> Formula:
        """When leaving the act undone is prohibited (`reference.omission`)."""
        duties = [f for f in self.findings if f.norm.kind == "duty"]
        owed = {f.norm.id: self.duties.owed(f.norm, presupposed=True) for f in duties}
        due = [(f, conj((f.present, owed[f.norm.id]))) for f in duties]
        free = [f for f in self.findings if f.norm.omission]
        attacks: dict[str, dict[str, Formula]] = {}
        for permission in free:
            for duty, there in due:
                for one, other in ((permission.norm, duty.norm), (duty.norm, permission.norm)):
                    beats = conj((self.prevails(one, other), there))
                    if beats is not False:
                        attacks.setdefault(other.id, {})[one.id] = beats
        able = {f.norm.id: f.truth.yes for f in free}
        able |= {f.norm.id: conj((f.truth.yes, there)) for f, there in due}
        settled = precedence.settle([*able], attacks, able)
        firm = []
        for duty, there in due:
            stands = neg(settled[duty.norm.id][1])
            disputed = disj(conj((p.truth.yes, neg(settled[p.norm.id][1]))) for p in free)
            firm.append(conj((there, duty.truth.yes, stands, neg(disputed))))
        return disj(firm)


class Exercise:
    """One question while its outcomes are worked out (`reference.positive` and `exercise`)."""

    def __init__(self, asked: Asked, grants: list[Finding], bars: list[Finding]) -> None:
        self.asked, self.grants, self.bars = asked, grants, bars
        book, duties = asked.book, asked.duties
        self.commands = [f for f in grants if f.norm.kind == "duty"]
        self.due = {
            f.norm.id: conj((f.truth.yes, duties.owed(f.norm, presupposed=True)))
            for f in self.commands
        }
        self.spent = {
            f.norm.id: conj((f.truth.yes, neg(self.due[f.norm.id]))) for f in self.commands
        }
        self.excluded = asked.excluded()
        self.pairs = [(g, b) for g in grants for b in bars if opposes(book, b.norm, g.norm)]
        self.clashes = list(self._clashing())
        self.attacks: dict[str, dict[str, Formula]] = {}
        weighed = [(g.norm, b.norm, True) for g, b in self.pairs]
        weighed += [(one, other, when) for one, other, when in self.clashes]
        for one, other, when in weighed:
            for winner, loser in ((one, other), (other, one)):
                beats = conj((when, asked.prevails(winner, loser)))
                if beats is not False:
                    known = self.attacks.setdefault(loser.id, {})
                    known[winner.id] = disj((known.get(winner.id, False), beats))
        self.able = {
            f.norm.id: conj((f.truth.yes, neg(self.spent.get(f.norm.id, False))))
            for f in (*grants, *bars)
        }
        names = [f.norm.id for f in (*grants, *bars)]
        settled = precedence.settle(names, self.attacks, self.able)
        self.standing = {name: one for name, (one, _) in settled.items()}
        self.stands = {name: neg(defeated) for name, (_, defeated) in settled.items()}

    def _clashing(self) -> Iterable[tuple[Norm, Norm, Formula]]:
        """Duties that cannot both be met, and when."""
        for at, one in enumerate(self.commands):
            for other in self.commands[at + 1 :]:
                both_due = conj((self.due[one.norm.id], self.due[other.norm.id]))
                when = conj((both_due, self._differ(one.norm, other.norm)))
                if when is not False:
                    yield one.norm, other.norm, when
        for duty in self.commands:
            for norm, when in self.excluded:
                yield duty.norm, norm, conj((self.due[duty.norm.id], when))

    def _differ(self, one: Norm, other: Norm) -> Formula:
        """Whether two manners require different values of one attribute."""
        asked = self.asked
        return disj(
            conj((a.given, b.given, neg(_same(a, b))))
            for path, a in _required(asked.reader(one), one)
            for path_, b in _required(asked.reader(other), other)
            if path == path_
        )

    def blocking(self) -> list[tuple[Finding, Formula]]:
        return [
            (f, conj((f.truth.yes, self.stands[f.norm.id])))
            for f in self.bars
            if f.norm.kind in ("disability", "immunity")
        ]

    def left(self) -> dict[str, Formula]:
        """When each grant is left: present, undefeated, not opposed by a standing disability, not overdue."""
        asked, found = self.asked, {}
        blocks = self.blocking()
        for f in self.grants:
            blocked = disj(when for b, when in blocks if opposes(asked.book, b.norm, f.norm))
            late: Formula = False
            if f.norm.kind == "duty":
                late = conj((self.due[f.norm.id], asked.duties.late(f.norm).yes))
            found[f.norm.id] = conj((f.present, self.stands[f.norm.id], neg(blocked), neg(late)))
        self.able_grants = {
            f.norm.id: conj(
                (
                    f.present,
                    self.stands[f.norm.id],
                    neg(disj(w for b, w in blocks if opposes(asked.book, b.norm, f.norm))),
                )
            )
            for f in self.grants
        }
        return found

    def passing(self, bar: Norm) -> list[tuple[Finding, Formula]]:
        """The grants left that defeat a bar, and when."""
        attackers = self.attacks.get(bar.id, {})
        return [
            (f, conj((self.remaining[f.norm.id], attackers[f.norm.id], self._defeating(f.norm.id))))
            for f in self.grants
            if f.norm.id in attackers
        ]

    def _defeating(self, name: str) -> Formula:
        return conj((self.standing[name], self.able[name]))

    def outcomes(self) -> dict[Outcome, Formula]:
        self.remaining = self.left()
        prohibited, conflict = self._prohibited(), self._conflict()
        blocks = self.blocking()
        immune = disj(when for f, when in blocks if f.norm.kind == "immunity")
        free = self.asked.at_liberty
        powerless = disj((immune, conj((neg(disj(self.remaining.values())), not free))))
        missing = self._missing(free)
        clear = neg(prohibited)
        undisputed = conj((clear, neg(conflict)))
        able = conj((undisputed, neg(powerless)))
        return {
            Outcome.PROHIBITED: prohibited,
            Outcome.CONFLICT: conj((clear, conflict)),
            Outcome.NO_AUTHORITY: conj((undisputed, powerless)),
            Outcome.NEEDS: conj((able, missing)),
            Outcome.PERMITTED: conj((able, neg(missing))),
        }

    def contested(self) -> list[tuple[Norm, Norm, Formula]]:
        """Opposed norms of which neither beats the other, where that is a conflict; and when."""
        found: list[tuple[Norm, Norm, Formula]] = []
        for g, b in self.pairs:
            if g.norm.kind in BOUNDED or b.norm.kind == "disability":
                continue
            when = conj(
                (
                    self.stands[g.norm.id],
                    self.stands[b.norm.id],
                    neg(self.spent.get(g.norm.id, False)),
                    g.truth.yes,
                    b.truth.yes,
                )
            )
            found.append((g.norm, b.norm, when))
        for one, other, when in self.clashes:
            undecided = conj((self.stands.get(one.id, True), self.stands.get(other.id, True)))
            found.append((one, other, conj((when, undecided))))
        return found

    def _conflict(self) -> Formula:
        return disj(when for _, _, when in self.contested())

    def _prohibited(self) -> Formula:
        asked, duties = self.asked, self.asked.duties
        contested = self.contested()
        disputed: dict[str, Formula] = {}
        for one, other, when in contested:
            for norm in (one, other):
                disputed[norm.id] = disj((disputed.get(norm.id, False), when))
        against: list[Formula] = []
        for f in self.bars:
            if f.norm.kind == "prohibition":
                passed = disj(when for _, when in self.passing(f.norm))
                firm = disj((self.stands[f.norm.id], neg(passed)))
                against.append(conj((f.truth.yes, neg(disputed.get(f.norm.id, False)), firm)))
        apart = disj(
            conj((f.truth.yes, self.able_grants[f.norm.id]))
            for f in self.grants
            if f.norm.kind != "duty"
        )
        for f in self.commands:
            reader = asked.reader(f.norm)
            wrong = disj(reader.together((condition,)).no for condition in f.norm.so_that)
            late = conj((neg(apart), duties.late(f.norm).yes))
            against.append(
                conj(
                    (
                        f.truth.yes,
                        neg(disputed.get(f.norm.id, False)),
                        self.stands[f.norm.id],
                        neg(duties.released(f.norm)),
                        disj((wrong, late)),
                    )
                )
            )
        commanded = disj(conj((self.due[f.norm.id], self.stands[f.norm.id])) for f in self.commands)
        for norm, when in self.excluded:
            excused = disj(reach for _, reach in self.freeing(norm, self.remaining))
            against.append(conj((neg(commanded), when, neg(excused))))
        return disj(against)

    def freeing(self, duty: Norm, left: dict[str, Formula]) -> list[tuple[Finding, Formula]]:
        """The grants left that prevail over a duty to do otherwise, and when."""
        return [
            (f, conj((left[f.norm.id], f.truth.yes, self.asked.prevails(f.norm, duty))))
            for f in self.grants
        ]

    def _missing(self, free: bool) -> Formula:
        asked = self.asked
        self.lacking = {f.norm.id: disj((f.open, asked.of_norm(f.norm))) for f in self.grants}
        self.ready = {
            f.norm.id: conj((self.remaining[f.norm.id], f.truth.yes, neg(self.lacking[f.norm.id])))
            for f in self.grants
        }
        any_ready = disj(self.ready.values())
        any_left = disj(self.remaining.values())
        missing: list[Formula] = [] if free else [neg(any_ready)]
        for bar in self.bars:
            passed = self.passing(bar.norm)
            beaten = conj((bar.present, neg(self.stands[bar.norm.id])))
            missing.append(conj((beaten, self._short(passed))))
        for norm, when in self.excluded:
            excusing = self.freeing(norm, self.remaining)
            by_duty = disj(reach for f, reach in excusing if f.norm.kind == "duty")
            missing.append(conj((when, neg(by_duty), self._short(excusing))))
        used = {
            f.norm.id: pick(any_ready, self.ready[f.norm.id], self.remaining[f.norm.id])
            for f in self.grants
        }
        missing.append(self._limits(used))
        for bar in self.bars:
            passed_by = disj(when for _, when in self.passing(bar.norm))
            opposed = disj(
                used[f.norm.id] for f in self.grants if opposes(asked.book, bar.norm, f.norm)
            )
            at_large = conj((neg(any_left), bar.norm.kind != "disability"))
            holds = disj((self.stands[bar.norm.id], neg(passed_by)))
            missing.append(conj((bar.open, holds, disj((at_large, opposed)))))
        missing.append(self._unsure())
        return disj(missing)

    def _short(self, passing: list[tuple[Finding, Formula]]) -> Formula:
        """Whether there are grants to pass by, and none of them has all that it requires."""
        some = disj(when for _, when in passing)
        ready = disj(conj((when, self.ready[f.norm.id])) for f, when in passing)
        return conj((some, neg(ready)))

    def _limits(self, used: dict[str, Formula]) -> Formula:
        """Whether a limit on this exercise still asks for something."""
        asked, found = self.asked, []
        for f in asked.findings:
            if f.norm.kind == "limit":
                wants = asked.of_norm(f.norm)
                found.append(conj((f.present, wants, neg(self._lifted(f.norm, used)))))
        for norm in asked.rules.duties_before(asked.act):
            reader = asked.reader(norm)
            truth = reader.together(norm.when)
            fulfilled = reader.done(norm.act, norm.bearer, False, None).yes
            found.append(
                conj(
                    (
                        precedence.in_force(norm, asked.now),
                        neg(truth.no),
                        neg(asked.duties.released(norm)),
                        neg(self._spared(norm)),
                        neg(fulfilled),
                        neg(self._lifted(norm, used)),
                    )
                )
            )
        return disj(found)

    def _spared(self, duty: Norm) -> Formula:
        """Whether a permission to leave the act undone, with all that it requires, prevails over the duty."""
        asked = self.asked
        vocabulary = asked.book.vocabulary
        return disj(
            conj(
                (
                    precedence.in_force(norm, asked.now),
                    asked.prevails(norm, duty),
                    asked.reader(norm).together(norm.when).yes,
                    neg(asked.of_norm(norm)),
                )
            )
            for norm in asked.rules.omissions
            if norm.act in vocabulary.act_up[duty.act]
            and bearer_includes(vocabulary, norm.bearer, duty.bearer)
        )

    def _lifted(self, limit: Norm, used: dict[str, Formula]) -> Formula:
        """Whether a grant in use overrides the limit, or a right or duty of higher rank does."""
        asked = self.asked
        found: Formula = False
        for f in reversed(self.grants):
            norm = f.norm
            over = precedence.overrides(asked.book, norm, limit, asked.now)
            under = precedence.overrides(asked.book, limit, norm, asked.now)
            commands = norm.kind in COMMANDING and norm.rank < limit.rank
            after = neg(under) if commands else found
            says = disj((conj((over, neg(under))), conj((neg(conj((over, neg(under)))), after))))
            found = pick(conj((used[norm.id], f.truth.yes)), says, found)
        return found

    def _unsure(self) -> Formula:
        """Whether the act would break a duty, were something known that is not."""
        asked, found = self.asked, []
        duties = asked.duties
        all_duties = neg(disj(self.ready[f.norm.id] for f in self.grants if f.norm.kind != "duty"))
        for f in self.commands:
            norm, reader = f.norm, asked.reader(f.norm)
            truths = [reader.together((condition,)) for condition in norm.so_that]
            doubt = disj(truth.unknown for truth in truths)
            late: Formula = False
            if norm.within:
                late = conj((self.ready[norm.id], all_duties, duties.late(norm).unknown))
            wrong = conj((f.open, disj(truth.no for truth in truths)))
            found.append(
                conj(
                    (
                        f.present,
                        self.stands[norm.id],
                        neg(duties.released(norm)),
                        disj((doubt, late, wrong)),
                    )
                )
            )
        for norm, when in asked.excluded(maybe=True):
            excused = disj(reach for _, reach in self.freeing(norm, self.ready))
            found.append(conj((when, neg(excused))))
        return disj(found)


def only(actor: Actor) -> Bearer:
    """One actor of several, by name."""
    return Bearer("any", (Actor(actor.name),))


def matching(rules: Rules, act: str, actor: str, thing: str = "", against: str = "") -> list[Norm]:
    """The norms on the act and thing that bind the actor; an immunity, those that protect whom it is done to."""
    vocabulary = rules.book.vocabulary
    thing = thing or (vocabulary.acts[act].thing if act in vocabulary.acts else "")
    things = vocabulary.thing_up.get(thing, frozenset())
    return [
        norm
        for norm in rules.on(act)
        if (not norm.thing or norm.thing in things)
        and (against if norm.kind == "immunity" else actor) in rules.admitted(norm.bearer)
    ]


def _required(reader: Reader, duty: Norm) -> list[tuple[Attr, Value]]:
    """The values that the manner of a duty requires."""
    return [
        (condition.left, reader.value(condition.right))
        for condition in duty.so_that
        if isinstance(condition, Compare)
        and condition.op == "is"
        and isinstance(condition.left, Attr)
    ]


def _same(one: Value, other: Value) -> Formula:
    if one.data is None or other.data is None:
        return True
    if isinstance(one.data, Moment):
        return same_time(one.data, other.data)
    if isinstance(one.data, bool) or isinstance(other.data, bool):
        return pick(one.data, other.data, neg(other.data))
    return one.data == other.data


__all__ = ["FALSE", "Asked", "Exercise", "Finding", "matching"]
