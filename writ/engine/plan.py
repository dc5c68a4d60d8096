"""What follows from the truth of each norm's `when`, worked out once for all requests that share it.

Two requests of one view for which every norm applies, is open or is ruled out by the same condition differ only in what
the exercise of a grant still requires. `Plan` holds what they have in common: which norms stand, by which maxims, what
the outcome is if nothing depends on more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from writ.engine.answer import NEAREST, Considered, Decision, Missing, Opened, Outcome
from writ.engine.asked import Paper, Past
from writ.engine.entry import APPLIES, Check, Entry
from writ.engine.precedence import BOUNDED, Maxim, opposes, settle
from writ.engine.request import Request
from writ.engine.use import Use, differ
from writ.engine.values import Facts

if TYPE_CHECKING:
    from writ.engine.engine import Engine
    from writ.engine.index import Bucket
    from writ.engine.view import Node, View

MANY = 400_000
"""So many words of memory are given to what was nearest."""


class Plan:
    """INVARIANT: the view's actor leaves no duty undone by the act (`Bucket.shut`)."""

    def __init__(
        self,
        engine: Engine,
        bucket: Bucket,
        view: View,
        entries: tuple[Entry, ...],
        codes: tuple[int, ...],
    ) -> None:
        self.engine = engine
        self.bucket = bucket
        self.view = view
        self.truths = [(e, code) for e, code in zip(entries, codes, strict=True) if not code & 1]
        """Applicable norms (code 0) and open ones."""
        self.false = [(e, code) for e, code in zip(entries, codes, strict=True) if code & 1]
        code_of = {e.id: code for e, code in self.truths}
        known = dict(zip(entries, codes, strict=True))
        grant_codes = tuple(known.get(e, -1) for e in view.grants.entries)
        self._grant_codes = None if -1 in grant_codes else grant_codes
        self.certain = frozenset(e.id for e, code in self.truths if code == APPLIES)

        grants = [e for e, _ in self.truths if e.grant]
        bars = [e for e, _ in self.truths if e.bar]
        duties = [e for e in grants if e.duty and e.id in self.certain]
        book = engine.book
        pairs = [(g, b) for g in grants for b in bars if opposes(book, b.norm, g.norm)]
        clashes = [
            (one, other)
            for at, one in enumerate(duties)
            for other in duties[at + 1 :]
            if differ(one, other)
        ]
        self._weigh([*grants, *bars], pairs + clashes)
        standing = [e for e in grants if e.id not in self.defeated]

        contested = [
            (g, b)
            for g, b in pairs
            if self._undecided(g, b)
            and g.kind not in BOUNDED
            and b.kind != "disability"
            and g.id in self.certain
            and b.id in self.certain
        ] + [(one, other) for one, other in clashes if self._undecided(one, other)]
        self.contested = [e for pair in contested for e in pair]
        disputed = {e.id for e in self.contested}
        firm = [b for b in bars if b.id in self.certain and b.id not in self.defeated]
        self.breakable = [
            d
            for d in duties
            if d.id not in self.defeated and d.id not in disputed and d.norm.so_that
        ]
        """Duties that the act may break by its manner."""
        self.manners: list[tuple[Entry, int]] = [
            (e, code)
            for e, code in self.truths
            if e.duty and e.grant and e.id not in self.defeated and e.norm.so_that
        ]

        self.blocks = [b for b in firm if b.kind in ("disability", "immunity")]
        left = [e for e in standing if not any(opposes(book, b.norm, e.norm) for b in self.blocks)]
        self.at_liberty: bool = bucket.at_liberty
        immune = any(b.kind == "immunity" for b in self.blocks)
        self.barred = immune or (not left and not self.at_liberty)
        """No authority, whatever else."""
        self.left: list[tuple[Entry, tuple[Check, ...], Missing | None]] = [
            (e, e.checks(bucket.above), None if e.id in self.certain else e.fact(code_of[e.id]))
            for e in left
        ]
        self.passing: dict[str, tuple[int, ...]] = {
            b.id: self._passing(b) for b in bars if b.id in self.defeated
        }
        """The places among those left that defeat a bar: only with one of them can it be passed."""
        self.against = [
            b
            for b in bars
            if b.kind == "prohibition"
            and b.id in self.certain
            and b.id not in disputed
            and not self.passing.get(b.id)
        ]
        self.limits: list[tuple[Entry, int]] = [(e, code) for e, code in self.truths if e.limit]
        self.sure_limits: tuple[Entry, ...] = tuple(
            limit for limit, code in self.limits if code == APPLIES
        )
        self.open_bars: list[tuple[Entry, Missing]] = [
            (b, b.fact(code_of[b.id]))
            for b in bars
            if b.id not in self.certain and not self.passing.get(b.id)
        ]
        owed = [e for e, _ in self.truths if e.duty and e.grant]
        befores = view.befores
        self._routed = any(e.norm.until or bucket.spared for e in befores)
        self._told = any(e.norm.waiver or e.norm.while_state for e in befores)
        self._dated = any(e.norm.due_by is not None for e in owed)
        self._lived = any(e.told for e in owed)
        down = book.vocabulary.act_down
        self._discharging = frozenset().union(*(down[e.norm.act] for e in owed))
        self.apart = self._routed or self._told or bool(owed)
        """Whether the reference decides some requests of this plan (`told`)."""
        # Whoever records an act keeps the lives of the duties, too.
        self.apart_recorded = self._routed or self._told
        self.considered = self._record()
        self._uses: dict[int, Use] = {}
        self._denials: dict[tuple[object, ...], Decision] = {}
        self.recorded = self._fixed()
        """The decision, where nothing but the truths matters, and the act is being recorded."""
        use = self._uses.get((1 << len(self.left)) - 1)
        opening = use is not None and use.permitted is self.recorded and use.opening
        self.fixed = None if opening else self.recorded
        """The same, where what it would open is told as well."""

    # --- what the maxims make of it

    def _weigh(self, names: list[Entry], pairs: list[tuple[Entry, Entry]]) -> None:
        attacks: dict[str, dict[str, Maxim]] = {}
        for one, other in pairs:
            for winner, loser in ((one, other), (other, one)):
                maxim = self.engine.prevails(winner, loser, self.view)
                if maxim is not None:
                    attacks.setdefault(loser.id, {})[winner.id] = maxim
        self.attacks = attacks
        if attacks:
            standing, defeated = settle([e.id for e in names], attacks, self.certain)
        else:
            standing, defeated = {e.id for e in names}, set()
        self.standing, self.defeated = standing, defeated

    def _undecided(self, one: Entry, other: Entry) -> bool:
        return one.id not in self.defeated and other.id not in self.defeated

    def beaten_by(self, entry: Entry) -> set[str]:
        """The standing norms that defeat it."""
        return {
            name
            for name in self.attacks.get(entry.id, ())
            if name in self.standing and name in self.certain
        }

    def _passing(self, bar: Entry) -> tuple[int, ...]:
        by = self.beaten_by(bar)
        return tuple(at for at, (e, _, _) in enumerate(self.left) if e.id in by)

    def told(self, request: Request, past: Past | None) -> bool:
        """Whether a duty depends on its day, or on what is told of the past: then the reference decides."""
        told = bool(past or request.done or request.states)
        if self._routed or (self._told and told):
            return True
        if self._dated or (self._lived and told):
            return True
        done = request.done if past is None else past.done()
        return any(event.name in self._discharging for event in done)

    def _record(self) -> tuple[Considered, ...]:
        place = self.engine.index.place
        found = []
        for entry, code in self.truths:
            if entry.id in self.defeated:
                by = min(self.beaten_by(entry), key=place.__getitem__)
                maxim = self.attacks[entry.id][by].value
                found.append(Considered(entry.id, entry.citation, "defeated", by, maxim))
            else:
                found.append(entry.considered(code))
        return (*found, *(entry.considered(code) for entry, code in self.false))

    # --- the answer

    def _fixed(self) -> Decision | None:
        if self.breakable:
            return None
        if self.against:
            return self.decision(Outcome.PROHIBITED, self.against)
        if self.contested:
            return self.decision(Outcome.CONFLICT, self.contested)
        if self.barred or self.view.befores or self.open_bars:
            return None
        if self.manners or any(checks or fact for _, checks, fact in self.left) or not self.left:
            return None
        use = self.use((1 << len(self.left)) - 1)
        return None if use.limits else use.permitted

    def answer(self, facts: Facts, paper: Paper, near: bool = True) -> Decision:
        """The decision for a request of this plan; without what was nearest if `near` is false."""
        if self.fixed is not None:
            return self.fixed
        if self.breakable:
            against = self.against + [
                duty for duty in self.breakable if self._breaks(duty, facts, paper)
            ]
            if against:
                return self.decision(Outcome.PROHIBITED, against)
            if self.contested:
                return self.decision(Outcome.CONFLICT, self.contested)
        if self.barred:
            if near:
                return self._denied(facts, paper)
            return self.decision(Outcome.NO_AUTHORITY, self.blocks)
        return self._exercise(facts, paper, near)

    def _denied(self, facts: Facts, paper: Paper) -> Decision:
        """No authority, with the grants that were nearest. The same nearest norms give the same record."""
        key, near, asking = self._nearest("grants", facts, paper)
        endings = self.engine.endings(asking, paper)
        key = (*key, endings)
        found = self._denials.get(key)
        if found is None:
            found = self.decision(Outcome.NO_AUTHORITY, self.blocks, (), (), near, endings)
            if len(self._denials) * (1 + len(near) + len(endings)) > MANY:
                self._denials.clear()
            self._denials[key] = found
        return found

    def _nearest(
        self, kind: str, facts: Facts, paper: Paper
    ) -> tuple[tuple[object, ...], tuple[Considered, ...], tuple[Entry, ...]]:
        """Norms that would have decided but for a condition, or for the bearer; with what tells them from others, and
        those of them that ask for a state to be in effect."""
        request = paper.request
        known = request.known_at.toordinal() if request.known_at else None
        mine = self.view.grants if kind == "grants" else self.view.bars
        codes = self._grant_codes if kind == "grants" else None
        if codes is None:
            codes = mine.codes(facts, paper)
        others = self.bucket.others.view(request.at.toordinal(), known)
        theirs: Node = others.root if kind == "bars" else others.narrowed(facts)
        their_codes = theirs.codes(facts, paper) if kind == "grants" else ()
        key = (codes, theirs, their_codes)
        found_near = self.view.nearest.get(key)
        if found_near is None:
            found = [
                e.considered(code) for e, code in zip(mine.entries, codes, strict=True) if code & 1
            ]
            if kind == "grants":
                found += [
                    e.another_bearer
                    for e, code in zip(theirs.entries, their_codes, strict=True)
                    if e.grant and not code & 1
                ]
            rest = others.grants if kind == "grants" else others.bars
            near = tuple(found or [entry.another_bearer for entry in rest.entries])[:NEAREST]
            if len(self.view.nearest) * (1 + len(codes)) > MANY:
                self.view.nearest.clear()
            asking = tuple(e for e in map(self.engine.entry_of, near) if e.in_effect)
            found_near = self.view.nearest[key] = (near, asking)
        return key, *found_near

    def _breaks(self, duty: Entry, facts: Facts, paper: Paper) -> bool:
        asked = paper.asked(duty.calendar)
        return any(test(facts, asked) is False for test, _ in duty.manner)

    def use(self, mask: int) -> Use:
        """What else matters when these of the grants left have nothing missing."""
        found = self._uses.get(mask)
        if found is None:
            found = self._uses[mask] = Use(self, mask)
        return found

    def _exercise(self, facts: Facts, paper: Paper, near: bool) -> Decision:
        """A grant is left, or none is needed: is anything still missing?"""
        mask, bit = 0, 1
        lacking: list[list[Missing]] = []
        for _, checks, fact in self.left:
            items: list[Missing] = [] if fact is None else [fact]
            for check in checks if fact is None else ():
                item = check(facts, paper)
                if item is not None:
                    items.append(item)
            lacking.append(items)
            if not items:
                mask |= bit
            bit += bit
        use = self.use(mask)
        if use.bare and paper.request.recorded:
            return use.permitted
        missing: list[Missing] = []
        unmet: list[Entry] = []
        met: list[Entry] = []
        for at in use.wanted:
            unmet.append(self.left[at][0])
            missing += lacking[at]
        for limit, code, checks in use.limits:
            items = []
            for check in checks:
                item = check(facts, paper)
                if item is not None:
                    items.append(item)
            if items:
                missing += [limit.fact(code)] if code else items
                unmet.append(limit)
            elif not code:
                met.append(limit)
        for duty in use.befores:
            item = self._before(duty, facts, paper)
            if item is not None:
                missing.append(item)
                unmet.append(duty)
            elif duty.when_code(facts, paper) == APPLIES:
                met.append(duty)
        for bar, item in use.open_bars:
            missing.append(item)
            unmet.append(bar)
        for duty, code in self.manners:
            asked = paper.asked(duty.calendar)
            truths = [(test(facts, asked), item) for test, item in duty.manner]
            items = [item for truth, item in truths if truth is None]
            if code and any(truth is False for truth, _ in truths):
                items = [duty.fact(code)]
            if items:
                missing += items
                unmet.append(duty)
        opening = use.opening
        if not mask and not missing:  # at liberty, no grant is used
            opening = self.engine.timeline.opening(self.bucket.opens, self.sure_limits)
        # Whoever records the act opens the duties, too.
        told = opening and not paper.request.recorded
        opens = self.engine.timeline.opened(opening, paper) if told else ()
        if missing:
            return self.decision(Outcome.NEEDS, unmet, tuple(dict.fromkeys(missing)), opens)
        if not mask:  # at liberty
            if not near:
                return self.decision(Outcome.PERMITTED, met, (), opens)
            _, bars, asking = self._nearest("bars", facts, paper)
            endings = self.engine.endings(asking, paper)
            return self.decision(Outcome.PERMITTED, met, (), opens, bars, endings)
        if not opens and len(met) == use.expected:
            return use.permitted
        return self.decision(Outcome.PERMITTED, [*use.ready, *met, *use.beaten], (), opens)

    def _before(self, duty: Entry, facts: Facts, paper: Paper) -> Missing | None:
        """What a duty that is due before the act still asks for."""
        code = duty.when_code(facts, paper)
        if code & 1:
            return None
        norm = duty.norm
        if paper.asked(duty.calendar).done(norm.act, norm.bearer, False, None) is True:
            return None
        if code != APPLIES:
            return duty.fact(code)
        return duty.lacks("step", f"{norm.act} by {duty.bearer}")

    def decision(
        self,
        outcome: Outcome,
        deciding: list[Entry],
        missing: tuple[Missing, ...] = (),
        opens: tuple[Opened, ...] = (),
        near: tuple[Considered, ...] = (),
        endings: tuple[str, ...] = (),
    ) -> Decision:
        """The record, with the norms that the deciding ones are subject to where the act is permitted."""
        chosen = {entry.at: entry for entry in deciding}
        if outcome is Outcome.PERMITTED and self.engine.index.yields:
            for entry in deciding:
                for winner in self.engine.index.yields.get(entry.id, ()):
                    seen = self.view.seen.get(winner)
                    if seen is not None:
                        chosen[seen.at] = seen
        order = sorted(chosen)
        citations = dict.fromkeys(chosen[at].citation for at in order)
        citations.update(dict.fromkeys(item.citation for item in near))
        citations.update(dict.fromkeys(endings))
        return Decision(
            outcome,
            tuple(chosen[at].id for at in order),
            tuple(citations),
            self.considered,
            missing,
            opens,
            near,
        )
