"""The outcome of one question in every world: `reference.positive` and `exercise`, as formulas, step by step."""

from __future__ import annotations

from collections.abc import Iterable

from writ.book.model import BARS, GRANTS, Norm
from writ.book.terms import Attr, Compare
from writ.engine.answer import Outcome
from writ.engine.precedence import BOUNDED, COMMANDING, opposes
from writ.engine.scope import bearer_includes
from writ.proof import precedence
from writ.proof.asked import Asked, Finding
from writ.proof.conditions import Reader
from writ.proof.logic import Formula, conj, disj, neg, pick
from writ.proof.values import Moment, Value, same_time


class Exercise:
    """One question while its outcomes are worked out (`reference.positive` and `exercise`)."""

    def __init__(self, asked: Asked) -> None:
        grants = [f for f in asked.findings if f.norm.kind in GRANTS and not f.norm.omission]
        bars = [f for f in asked.findings if f.norm.kind in BARS]
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
        """When the answer is each of the five; exactly one of them holds in any world."""
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
