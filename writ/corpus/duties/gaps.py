"""Where responsibility has gaps: nobody in particular, two at once, nothing to rest on, no time, no one over it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from writ.book.model import ANYONE, ActorDef, Book, Norm
from writ.corpus.duties.holding import Quotes, named, standing
from writ.corpus.duties.imported import tables

KINDS: Mapping[str, str] = {
    "cancelled": "rests on what is cancelled, repealed or expired",
    "cancelled-reference": "a reference that is cancelled",
    "unknown-bearer": "the organisation does not know who bears it",
    "unnamed": "names nobody",
    "nobody": "nobody holds it: the office is vacant, and has no successor who is there",
    "twice": "held twice: the same act in the same scope, and no order between the bearers",
    "shared": "one duty of several offices, any of whom may do it, and no order between them",
    "repeated": "said twice of the same bearer",
    "unheard": "is owed to an office that nobody holds or knows",
    "no-time": "says neither when it opens nor by when it is due",
    "idle": "an office without any duty or power",
    "unsupervised": "powers of an office that reports to nobody and stands in no body",
}
"""Every kind of gap, with its meaning, the gravest first."""


class Gap(NamedTuple):
    """`norms` are the ids of what it concerns, or provisions of rows that have no norm; `who` the offices."""

    kind: str
    what: str
    why: str
    who: tuple[str, ...]
    norms: tuple[str, ...]
    file: str
    line: int


def gaps(book: Book, at: dt.date, kinds: Iterable[str] = tuple(KINDS)) -> list[Gap]:
    """The gaps of a book on a day, in the order of the kinds and of the book."""
    wanted = frozenset(kinds)
    made = _Gaps(book, at)
    found: list[Gap] = []
    for kind in KINDS:
        if kind in wanted:
            found += made.of(kind)
    return found


class _Gaps:
    def __init__(self, book: Book, at: dt.date) -> None:
        self.book = book
        self.at = at
        self.actors = book.vocabulary.actors
        self.quotes = Quotes(book)
        self.tables = tables(book)
        self.standing = [norm for norm in book.norms if standing(norm, at) == "in force"]
        self.duties = [norm for norm in self.standing if norm.kind == "duty"]
        self.strange = {one.name for table in self.tables for one in table.unknown}

    def of(self, kind: str) -> Iterator[Gap]:
        found: Iterator[Gap] = getattr(self, f"_{kind.replace('-', '_')}")()
        return found

    def gap(
        self,
        kind: str,
        norm: Norm,
        why: str,
        others: Iterable[Norm] = (),
        who: Iterable[str] | None = None,
    ) -> Gap:
        norms = (norm, *others)
        place = norm.label_place
        return Gap(
            kind,
            self.said(norm),
            why,
            tuple(
                dict.fromkeys(
                    who
                    if who is not None
                    else (name for each in norms for name in named(each.bearer))
                )
            ),
            tuple(each.id for each in norms),
            place.file,
            self.quotes.line(place),
        )

    def said(self, norm: Norm) -> str:
        act = self.book.vocabulary.acts.get(norm.act)
        return (act.description if act is not None else "") or norm.act or norm.title

    def title(self, name: str) -> str:
        actor = self.actors.get(name)
        return (actor.description if actor is not None else "") or name

    # --- what it rests on

    def _cancelled(self) -> Iterator[Gap]:
        ended = {norm.id for norm in self.book.norms if standing(norm, self.at) == "repealed"}
        for norm in self.book.norms:
            if norm.kind == "duty" and norm.id in ended:
                yield self.gap("cancelled", norm, f"it ended on {norm.end}")
        for id, why in self._groundless().items():
            for norm in self.duties:
                if norm.instrument == id:
                    yield self.gap("cancelled", norm, why)
        by_row = {(each.instrument, each.label): each for each in self.duties}
        for table in self.tables:
            for one in table.cancelled:
                for row in one.rows:
                    resting = by_row.get((table.instrument_of(row), f"R{row}"))
                    if resting is not None:
                        why = f"it refers to {one.number or one.reference}, which is cancelled"
                        yield self.gap("cancelled", resting, why)

    def _groundless(self) -> dict[str, str]:
        """The instruments in force whose authority no longer is, and why."""
        found = {}
        for one in self.book.instruments.values():
            if one.under is None:
                continue
            above = self.book.instruments.get(one.under[0])
            if above is None:
                continue
            if above.end is not None and above.end <= self.at:
                found[one.id] = f"`{one.id}` was made under `{above.id}`, repealed on {above.end}"
                continue
            basis = [
                norm for norm in self.book.norms
                if norm.instrument == above.id and norm.label == one.under[1] and norm.kind == "power"
            ]  # fmt: skip
            if basis and all(standing(norm, self.at) == "repealed" for norm in basis):
                found[one.id] = f"`{one.id}` was made under {basis[0].citation}, which is repealed"
        return found

    def _cancelled_reference(self) -> Iterator[Gap]:
        for table in self.tables:
            for one in table.cancelled:
                again = "; it was issued anew under the same number" if one.reissued else ""
                rest = f"; {len(one.rows)} rows rest on it" if one.rows else "; no row rests on it"
                instrument = table.documents.get(one.document, "")
                own = self.book.instruments.get(instrument)
                file = own.place.file if own is not None else table.file
                yield Gap(
                    "cancelled-reference", one.reference, f"{one.document} says so{again}{rest}", (),
                    tuple(f"{table.instrument_of(row)}/R{row}" for row in one.rows), file, 1,
                )  # fmt: skip

    # --- who bears it

    def _unknown_bearer(self) -> Iterator[Gap]:
        for table in self.tables:
            for one in table.unknown:
                actor = self.actors.get(one.name)
                where = tuple(f"{table.instrument_of(row)}/R{row}" for row in one.rows)
                file = actor.place.file if actor is not None else table.file
                line = self.quotes.line(actor.place) if actor is not None else 1
                who = (one.name,) if actor is not None else ()
                why = "no table of the organisation has it"
                yield Gap("unknown-bearer", one.bearer, why, who, where, file, line)

    def _unnamed(self) -> Iterator[Gap]:
        for table in self.tables:
            for row, words in table.unnamed.items():
                instrument = self.book.instruments.get(table.instrument_of(row))
                if instrument is None:
                    continue
                file = instrument.place.file
                yield Gap(
                    "unnamed", words, f"row {row} of the table has no bearer that is a name", (),
                    (f"{instrument.id}/R{row}",), file, self._heading(file, f"R{row}"),
                )  # fmt: skip

    def _heading(self, file: str, label: str) -> int:
        source = self.book.sources.get(file)
        at = source.text.find(f"\n## {label} ") if source is not None else -1
        return source.text.count("\n", 0, at) + 2 if source is not None and at >= 0 else 1

    def _nobody(self) -> Iterator[Gap]:
        empty = {name for name, actor in self.actors.items() if self.unheld(actor)}
        for norm in self.standing:
            names = named(norm.bearer)
            if norm.kind in ("duty", "power") and names and all(name in empty for name in names):
                offices = ", ".join(f"`{name}`" for name in names)
                yield self.gap(
                    "nobody", norm, f"{offices} is vacant on {self.at}, and nobody succeeds"
                )

    def unheld(self, actor: ActorDef, seen: tuple[str, ...] = ()) -> bool:
        """Whether an office is vacant and none of its succession is there."""
        if not any(
            each.start <= self.at and (each.end is None or self.at <= each.end)
            for each in actor.vacancies
        ):
            return False
        return all(
            name in seen
            or name not in self.actors
            or self.unheld(self.actors[name], (*seen, actor.name))
            for name in actor.succession
        )

    def _unheard(self) -> Iterator[Gap]:
        for norm in self.duties:
            for name in named(norm.to):
                actor = self.actors.get(name)
                if actor is not None and (self.unheld(actor) or name in self.strange):
                    yield self.gap("unheard", norm, f"it is owed to `{name}`, which nobody holds")

    # --- held twice

    def _twice(self) -> Iterator[Gap]:
        for norms in self._same():
            groups = self._unordered(norms)
            if len(groups) > 1:
                offices = ", ".join(
                    f"`{name}`"
                    for name in dict.fromkeys(n for g in groups for n in named(g.bearer))
                )
                yield self.gap(
                    "twice",
                    norms[0],
                    f"{offices} bear it, and nothing says who comes first",
                    norms[1:],
                )

    def _shared(self) -> Iterator[Gap]:
        down = self.book.vocabulary.actor_down
        for norm in self.duties:
            # Of a class (`employee`) each member has the duty; of an office there is one.
            names = tuple(name for name in named(norm.bearer) if len(down.get(name, ())) <= 1)
            apart = [
                name
                for at, name in enumerate(names)
                if not any(self._joined((name,), (other,)) for other in names[:at])
            ]
            if norm.bearer.mode == "any" and len(apart) > 1:
                offices = ", ".join(f"`{name}`" for name in names)
                yield self.gap(
                    "shared", norm, f"any of {offices} must, and nothing says who comes first"
                )

    def _repeated(self) -> Iterator[Gap]:
        for norms in self._same():
            by: dict[tuple[str, ...], list[Norm]] = defaultdict(list)
            for norm in norms:
                by[named(norm.bearer)].append(norm)
            for several in by.values():
                if len(several) > 1:
                    where = ", ".join(each.citation for each in several)
                    yield self.gap("repeated", several[0], f"it stands in {where}", several[1:])

    def _same(self) -> Iterator[list[Norm]]:
        """Duties in force about the same act and thing, owed to the same, on the same conditions and times."""
        found: dict[object, list[Norm]] = defaultdict(list)
        for norm in self.duties:
            to = named(norm.to)
            key = (
                norm.act,
                norm.thing,
                to,
                repr(norm.when),
                repr(norm.trigger),
                repr(norm.so_that),
                norm.for_each,
            )
            found[key].append(norm)
        yield from (norms for norms in found.values() if len(norms) > 1)

    def _unordered(self, norms: list[Norm]) -> list[Norm]:
        """Of these norms those of which none is beneath another, is another, or is overridden."""
        kept: list[Norm] = []
        beats = self.book.beats
        for norm in norms:
            if not any(
                (one.id, norm.id) in beats
                or (norm.id, one.id) in beats
                or self._joined(named(one.bearer), named(norm.bearer))
                for one in kept
            ):
                kept.append(norm)
        return kept

    def _joined(self, some: tuple[str, ...], others: tuple[str, ...]) -> bool:
        """Whether the same bear both, or one is, commands or belongs to the other."""
        return any(
            one == other or one in self._over(other) or other in self._over(one)
            for one in some
            for other in others
        )

    def _over(self, name: str) -> frozenset[str]:
        """All that an actor is, reports to and stands in, however far up."""
        found: set[str] = set()
        ahead = [name]
        while ahead:
            actor = self.actors.get(ahead.pop())
            for each in (
                (*actor.reports_to, *actor.parents, actor.body) if actor is not None else ()
            ):
                if each and each not in found:
                    found.add(each)
                    ahead.append(each)
        return frozenset(found)

    # --- time and supervision

    def _no_time(self) -> Iterator[Gap]:
        tabled = {id for table in self.tables for id in table.documents.values()}
        rows: dict[str, list[Norm]] = defaultdict(list)
        for norm in self.duties:
            if norm.within or norm.trigger or norm.due_by or norm.before or norm.every:
                continue
            if norm.instrument in tabled:
                rows[norm.instrument].append(norm)
            else:
                yield self.gap(
                    "no-time", norm, "it has no `within`, `on`, `by`, `before` or `every`"
                )
        for norms in rows.values():
            # A table has no column for it: one gap for each of its documents.
            yield self.gap("no-time", norms[0], "the table gives no times", norms[1:])

    def _idle(self) -> Iterator[Gap]:
        used: set[str] = set()
        for norm in self.book.norms:
            bearers = (norm.bearer, norm.to, norm.recipients, norm.waived_by)
            used.update(name for who in bearers for name in named(who))
            used.update(each.name for each in norm.bearer.excepted)
            used.update(effect.state for effect in norm.breach if effect.verb == "escalates")
        for actor in self.actors.values():
            used.update((*actor.succession, actor.members))
        up, down = self.book.vocabulary.actor_up, self.book.vocabulary.actor_down
        for name, actor in self.actors.items():
            near = {*up.get(name, ()), *down.get(name, ())} - {ANYONE}
            if actor.kind == "office" and not near & used:
                place = actor.place
                yield Gap(
                    "idle", self.title(name), "no norm names it, nor what it is", (name,), (),
                    place.file, self.quotes.line(place),
                )  # fmt: skip

    def _unsupervised(self) -> Iterator[Gap]:
        held: dict[str, list[Norm]] = defaultdict(list)
        heads = {each for actor in self.actors.values() for each in actor.reports_to}
        chained = heads | {name for name, actor in self.actors.items() if actor.reports_to}
        for norm in self.standing:
            if norm.kind == "power":
                for name in named(norm.bearer):
                    actor = self.actors.get(name)
                    if (
                        actor is not None
                        and actor.kind == "office"
                        and not (actor.reports_to or actor.body)
                    ):
                        held[name].append(norm)
        for name, norms in held.items():
            if chained:  # a book without any line of command says nothing of supervision
                why = f"`{name}` reports to nobody and stands in no body"
                yield self.gap("unsupervised", norms[0], why, norms[1:], (name,))._replace(
                    what=self.title(name)
                )
