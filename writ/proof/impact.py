"""What an amendment really changes: for each act a request that the two editions answer differently, or a proof that
there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from writ.book.model import Book
from writ.engine import Engine
from writ.engine.answer import Decision
from writ.engine.request import Event, Request
from writ.proof import sorts
from writ.proof.affected import affected, apart, meaning, restated, reworded, states_apart
from writ.proof.asked import matching
from writ.proof.handed import flips_by_grant
from writ.proof.logic import Formula, conj, disj, iff, neg
from writ.proof.minimise import minimised
from writ.proof.needs import Needs, gather
from writ.proof.question import Question, TimeUp
from writ.proof.result import Verdict
from writ.proof.rules import Rules, rules_of
from writ.proof.shown import Shown
from writ.proof.sorts import protected, things
from writ.proof.stretches import beginning, lasting_otherwise
from writ.proof.world import World
from writ.syntax.tree import Bearer

TRIES = 6
ALL = Bearer("none", ())


class Flip(msgspec.Struct, frozen=True, gc=False):
    """A request that the two editions answer differently."""

    request: Request
    old: Decision
    new: Decision


class Impact(msgspec.Struct, frozen=True, gc=False):
    """What becomes of one act. `proved`: no request on it is answered otherwise. `refuted`: the flips are examples, one
    for each sort of office that is answered otherwise. `unknown`: neither was found; `because` says why."""

    act: str
    verdict: Verdict
    flips: tuple[Flip, ...] = ()
    because: str = ""


class Amendment:
    """Two editions of a book, and the questions on which they may differ."""

    def __init__(self, old: Book, new: Book, milliseconds: int = 5_000) -> None:
        self.old, self.new = old, new
        self.rules: tuple[Rules, Rules] = (rules_of(old), rules_of(new))
        self.engines = (Engine(old), Engine(new))
        self.milliseconds = milliseconds
        self._begun: dict[tuple[int, str], list[tuple[Event, int | None]]] = {}
        self.states = states_apart(old, new)
        """States that begin, last, lapse or end otherwise."""
        self.reworded = reworded(old, new)

    def begun(self, at: int, state: str) -> list[tuple[Event, int | None]]:
        """The acts by which one edition begins a state that the other does not begin so."""
        key = at, state
        if key not in self._begun:
            other = self.rules[1 - at].book
            changed = {norm.id for _, norm in apart(self.rules[at].book, other)}
            self._begun[key] = list(beginning(self.rules[at], state, changed, self.milliseconds))
        return self._begun[key]

    def impacts(self, acts: Iterable[str] | None = None) -> Iterator[Impact]:
        """The acts that both editions have and whose norms are not the same, each with what becomes of it."""
        for act in sorted(affected(self.old, self.new)) if acts is None else acts:
            yield self.impact(act)

    def impact(self, act: str) -> Impact:
        """What becomes of one act, by whichever office it is done."""
        flips: list[Flip] = []
        unsure = ""
        for actor in self.offices(act):
            for thing in self._either(things, act):
                for against in self._either(protected, act):
                    try:
                        flip = self._flip(act, actor, thing, against)
                    except TimeUp:
                        unsure = unsure or f"{act} by {actor}: neither shown nor excluded"
                        continue
                    if flip is not None:
                        flips.append(flip)
                        break
        hangs = not flips and restated(self.old, self.new, act, self.states)
        if hangs:
            found, hangs = lasting_otherwise(self, act)
            flips += found
        if not flips:
            found, doubt = flips_by_grant(self, act)
            flips += found
            unsure = unsure or doubt
        if flips:
            return Impact(act, Verdict.REFUTED, tuple(flips))
        if not unsure and hangs:
            unsure = "a state that it hangs on is bounded otherwise; no day was found on which that tells"
        return Impact(act, Verdict.UNKNOWN if unsure else Verdict.PROVED, because=unsure)

    def _either(self, sort: Callable[[Rules, str], list[str]], act: str) -> list[str]:
        """What either edition tells apart."""
        return list(dict.fromkeys(each for rules in self.rules for each in sort(rules, act)))

    def offices(self, act: str) -> list[str]:
        """One of each sort that either edition tells apart, among the offices that both have."""
        both = set(self.old.vocabulary.actors) & set(self.new.vocabulary.actors)
        found: dict[object, str] = {}
        for name in sorted(both):
            told = tuple(
                (
                    tuple(norm.id for norm in matching(rules, act, name)),
                    rules.book.vocabulary.actors[name].kind == "person",
                )
                for rules in self.rules
            )
            found.setdefault(told, name)
        for rules in self.rules:
            for name in sorts.offices(rules, act, ALL):
                if name in both:
                    found.setdefault(name, name)
        return sorted(set(found.values()))

    def _alike(self, act: str, actor: str, thing: str, against: str) -> bool:
        """Whether every norm that has a part in the answers says the same in both editions."""
        if self.reworded:
            return False
        one, other = (
            [
                meaning(norm)
                for norm in (
                    *matching(rules, act, actor, thing, against),
                    *rules.duties_before(act),
                    *rules.excluded_by(act),
                    *(rules.omissions if rules.duties_before(act) else ()),
                )
            ]
            for rules in self.rules
        )
        return one == other

    def _flip(self, act: str, actor: str, thing: str, against: str) -> Flip | None:
        """A request on which the answers differ; None where the formulas say that there is none."""
        if self._alike(act, actor, thing, against):
            return None
        needs = [
            gather(rules, act, matching(rules, act, actor, thing, against)) for rules in self.rules
        ]
        world = World((self.old, self.new), together(needs))
        before, after = (
            Question(book, act, actor, thing=thing, against=against, world=world)
            for book in (self.old, self.new)
        )
        understood = self._understood(world)
        for omit, otherwise in ((False, differ(before, after)), (True, released(before, after))):
            found = self._shown(after, conj((otherwise, *understood)), omit)
            if found is not None:
                return found
        return None

    def _shown(self, question: Question, wanted: Formula, omit: bool) -> Flip | None:
        for tried in range(TRIES):
            model = question.model(wanted, self.milliseconds)
            if model is None:
                if tried:
                    break  # what was left out was not excluded, only answered alike
                return None
            shown = Shown(question, model)
            request = shown.request(omit)
            if self.tells(request):
                request = minimised(self.new, request, self.tells)
                old, new = (engine.decide(request) for engine in self.engines)
                return Flip(request, old, new)
            wanted = conj((wanted, neg(shown.told())))
        raise TimeUp

    def tells(self, request: Request) -> bool:
        """Whether the two editions answer a request differently."""
        old, new = (engine.decide(request) for engine in self.engines)
        return old.outcome is not new.outcome

    def _understood(self, world: World) -> list[Formula]:
        """That the request is one which both editions have the words for."""
        found: list[Formula] = []
        for name, _, stated in world.facts():
            slot = name.rpartition("] ")[2] if "] " in name else name
            kinds = [
                book.vocabulary.attributes[slot].type
                for book in world.books
                if slot in book.vocabulary.attributes
            ]
            if len(kinds) < len(world.books) and " " not in name:
                found.append(neg(stated))
            elif kinds and kinds[0].base in ("kind", "levels") and " " not in name:
                shared = set.intersection(
                    *(
                        {each.name for each in book.vocabulary.kinds[kinds[0].of].values}
                        for book in world.books
                        if kinds[0].of in book.vocabulary.kinds
                    )
                )
                codes = world.codes(kinds[0].of)
                if len(shared) < len(codes.values):
                    term = codes.variable(world.name(name))
                    found.append(
                        disj((neg(stated), *(term == codes.code(each) for each in shared)))
                    )
        return found


def differ(before: Question, after: Question) -> Formula:
    """When the two outcomes are not the same."""
    return disj(
        conj((formula, neg(after.outcomes[outcome])))
        for outcome, formula in before.outcomes.items()
    )


def released(before: Question, after: Question) -> Formula:
    """When the act may be left undone by one edition alone."""
    old, new = before.asked.omitted, after.asked.omitted
    return neg(iff(old, new))


def together(needs: list[Needs]) -> Needs:
    """What either of two questions can tell apart."""
    first, *others = needs
    for other in others:
        first.texts |= other.texts
        first.persons |= other.persons
        first.doubtful |= other.doubtful
        first.continued |= other.continued
        for mine, theirs in (
            (first.events, other.events),
            (first.states, other.states),
            (first.lists, other.lists),
        ):
            for name, count in theirs.items():
                mine[name] = max(count, mine.get(name, 0))
        for name, doers in other.doers.items():
            known = first.doers.get(name, ())
            first.doers[name] = (
                None if doers is None or known is None else tuple(dict.fromkeys((*known, *doers)))
            )
    return first
