"""The working paper of one decision in the reference interpreter, and the record made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from writ.book import dates, terms
from writ.book.model import BARS, GRANTS, Book, Norm
from writ.book.wording import say
from writ.engine import duties
from writ.engine.answer import NEAREST, Considered, Decision, Missing, Opened, Outcome
from writ.engine.applies import truth_of
from writ.engine.instance import Instance
from writ.engine.precedence import Maxim, prevails
from writ.engine.request import Request
from writ.engine.situation import Situation, candidates
from writ.engine.truth import Truth


class Finding:
    """A norm that matched act, thing and bearer, with the truth of its `when` and the chain relied on."""

    def __init__(self, norm: Norm, truth: Truth, chain: tuple[str, ...]) -> None:
        self.norm = norm
        self.truth = truth
        self.chain = chain


class Case:
    """What is known of one request while it is being decided."""

    def __init__(
        self,
        book: Book,
        request: Request,
        given: tuple[Instance, ...],
        granted: dict[int, Decision] | None = None,
    ) -> None:
        self.book = book
        self.request = request
        self.instances = given
        self.granted: dict[int, Decision] = {} if granted is None else granted
        """The decisions on the grants relied on, by their place in the chain."""
        self.applying: list[Finding] = []
        """Applicable and open norms."""
        self.inapplicable: list[Finding] = []
        """Norms whose `when` is false."""
        self.others: list[Norm] = []
        """Norms on the act whose bearer is someone else."""
        self.doubts: dict[str, str] = {}
        """Why a norm is open where it is not for its `when`."""
        self.failures: list[str] = []
        """Why chains failed."""
        self.failed_chain: list[str] = []
        """Norms to cite for a chain that failed."""
        self.at_a_loss = False
        """Whether nothing would have decided but for a condition or the bearer: the record names all of others."""
        self._day = dates.day_of(request.at)
        self._known = dates.day_of(request.known_at) if request.known_at else None
        self._defeating: set[str] = set()
        self._defeated: set[str] = set()
        self._attacks: Mapping[str, Mapping[str, Maxim]] = {}

    def add(self, finding: Finding) -> None:
        (self.inapplicable if finding.truth is False else self.applying).append(finding)

    def settled(
        self, defeating: set[str], defeated: set[str], attacks: Mapping[str, Mapping[str, Maxim]]
    ) -> None:
        """`defeating` are the standing norms that can defeat others: an open norm cannot."""
        self._defeating, self._defeated, self._attacks = defeating, defeated, attacks

    def overrides(self, one: Norm, other: Norm) -> bool:
        """Whether an explicit override in force ranks the one above the other."""
        return self.book.ranking.on(one.id, other.id, self._day, self._known)

    def prevails(self, one: Norm, other: Norm) -> Maxim | None:
        """The maxim by which the one beats the other on the day of the request."""
        return prevails(self.book, one, other, self._day, self._known)

    def stands(self, norm: Norm) -> bool:
        return norm.id not in self._defeated

    def undecided(self, one: Norm, other: Norm) -> bool:
        """Whether two opposed norms are both undefeated, and neither beats the other."""
        return self.stands(one) and self.stands(other)

    def defeated_norms(self) -> list[Norm]:
        return [f.norm for f in self.applying if f.norm.id in self._defeated]

    def beaten_by(self, norm: Norm) -> set[str]:
        """The norms that defeat it."""
        return {name for name in self._attacks.get(norm.id, ()) if name in self._defeating}

    # --- the record

    def answer(
        self,
        outcome: Outcome,
        deciding: Iterable[Norm],
        missing: Iterable[Missing] = (),
        used: Iterable[Finding] = (),
        nearest: str = "",
    ) -> Decision:
        chosen = {norm.id: norm for norm in deciding}
        used = list(used)
        if outcome is Outcome.PERMITTED:
            for norm in self._yields_to(chosen):
                chosen.setdefault(norm.id, norm)
        order = {norm.id: at for at, norm in enumerate(self.book.norms)}
        ids = tuple(sorted(chosen, key=order.__getitem__))
        near = self._nearest(nearest) if nearest else []
        chain = tuple(dict.fromkeys(c for finding in used for c in finding.chain))
        opens: tuple[Opened, ...] = ()
        asked = not self.request.omit and not self.request.recorded
        if outcome in (Outcome.PERMITTED, Outcome.NEEDS) and asked:
            limits = [f.norm for f in self.applying if f.norm.kind == "limit" and f.truth]
            opens = duties.opened(self, [*(f.norm for f in used), *limits])
        return Decision(
            outcome,
            ids,
            self._citations(ids, chain, near),
            self._considered(),
            tuple(dict.fromkeys(missing)),
            opens,
            tuple(near),
            tuple(self.book.by_id[c].citation for c in chain),
            tuple(dict.fromkeys(self.failures)),
        )

    def _yields_to(self, chosen: Mapping[str, Norm]) -> list[Norm]:
        seen = {f.norm.id for f in (*self.applying, *self.inapplicable)}
        return [
            self.book.by_id[o.winner]
            for o in self.book.overrides
            if not o.own_word and o.loser in chosen and o.winner in seen
        ]

    def _citations(
        self, ids: tuple[str, ...], chain: tuple[str, ...], near: list[Considered]
    ) -> tuple[str, ...]:
        cited = [self.book.by_id[name].citation for name in (*ids, *chain)]
        cited += [item.citation for item in near]
        if near:
            cited += [self.book.by_id[name].citation for name in self.failed_chain]
            cited += [
                self.book.by_id[name].citation
                for item in near
                for name in self._endings(self.book.by_id[item.norm])
            ]
        return tuple(dict.fromkeys(cited))

    def _endings(self, norm: Norm) -> list[str]:
        """The norms by which a state that the norm asks for went out of effect."""
        states = {t.state for t in terms.walk(norm.when) if isinstance(t, terms.InEffect)}
        calendar = self.book.calendar_of(norm.instrument)
        asked = Situation(self.book, self.request, calendar, self.instances)
        return [
            name
            for state in sorted(states)
            for instance in candidates(asked, state)
            if instance.status(asked.now, asked.zone) in ("lapsed", "ended", "suspended")
            for name in instance.because
        ]

    def _considered(self) -> tuple[Considered, ...]:
        found = []
        for finding in (*self.applying, *self.inapplicable):
            norm = finding.norm
            if norm.id in self._defeated:
                by = min(self.beaten_by(norm), key=[n.id for n in self.book.norms].index)
                found.append(
                    Considered(
                        norm.id, norm.citation, "defeated", by, self._attacks[norm.id][by].value
                    )
                )
            elif finding.truth is False:
                found.append(
                    Considered(norm.id, norm.citation, "does not apply", because=self.because(norm))
                )
            else:
                status = "applies" if finding.truth else "open"
                found.append(Considered(norm.id, norm.citation, status))
        return tuple(found)

    def because(self, norm: Norm) -> str:
        """The first condition of the norm that is not true, in words."""
        for condition in norm.when:
            if truth_of(self.book, norm, self.request, (condition,), self.instances) is not True:
                return say(condition)
        return self.doubts.get(norm.id) or " and ".join(say(condition) for condition in norm.when)

    def _nearest(self, kind: str) -> list[Considered]:
        """Norms that would have decided but for a condition, or for the bearer."""

        def wanted(norm: Norm) -> bool:
            if kind == "grants":
                return norm.kind in GRANTS and not norm.omission
            return norm.kind in BARS if kind == "bars" else norm.kind == "duty"

        found = [
            Considered(f.norm.id, f.norm.citation, "does not apply", because=self.because(f.norm))
            for f in self.inapplicable
            if wanted(f.norm)
        ]
        if kind == "grants":
            found += [
                Considered(norm.id, norm.citation, "another bearer", because=say(norm.bearer))
                for norm in self.others
                if wanted(norm)
                and truth_of(self.book, norm, self.request, norm.when, self.instances) is not False
            ]
        if not found:
            self.at_a_loss = True
            found = [
                Considered(norm.id, norm.citation, "another bearer", because=say(norm.bearer))
                for norm in self.others
                if wanted(norm)
            ]
        return found[:NEAREST]
