"""References followed: from a provision to the norms at it and beneath it, and from overrides to pairs of norms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from writ.book.amendments import Said
from writ.book.draft import Mention, Part
from writ.book.labels import above, index
from writ.book.model import Norm, Override, Place
from writ.book.report import Report
from writ.syntax.tree import Ref

MAX_PAIRS = 200_000
"""Of one file: `1 prevails over 2` between two codes of law is no rule that anybody could follow."""


class Provisions:
    """The labels of one instrument. Built when it is first referred to."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.ids = index((norm.label, norm.id) for norm in part.norms)
        self.rankings = index((each.label, each.id) for each in rankings(part).values())
        """The override statements, which only an amendment refers to."""
        self.labels = part.labels | self.ids.keys()
        self.labels |= {wider for label in part.labels for wider in above(label)}


class Follower:
    """Follows the references of one file among all instruments."""

    def __init__(
        self,
        report: Report,
        own: str,
        parts: Mapping[str, Part],
        claims: Mapping[str, Part],
        provisions: dict[str, Provisions],
    ) -> None:
        self.report = report
        self.own = own
        self.parts = parts
        self.claims = claims
        """Files that would be an instrument of this id, but for an error of their own."""
        self.provisions = provisions
        self.pairs = 0
        """How many pairs of norms the file has ranked or changed."""
        self.used: dict[str, Part | None] = {}
        """The instruments that were looked into: the answer holds as long as they stay the same."""

    def norms(self, ref: Ref, quiet: bool = False, amending: bool = False) -> tuple[str, ...]:
        """The ids of the norms that a reference stands for; none once it has been reported.

        `quiet` accepts a provision in which no norm stands. With `amending` the override statements there, too.
        """
        instrument = ref.instrument or self.own
        part = self.parts.get(instrument)
        self.used[instrument] = part or self.claims.get(instrument)
        if part is None and instrument in self.claims:
            return ()
        if part is None:
            self.report.add(
                "V230",
                ref.span,
                f"there is no instrument `{instrument}`",
                "a reference is `INSTRUMENT LABEL`",
                like=(instrument, self.parts),
            )
            return ()
        known = self.provisions.get(instrument)
        if known is None or known.part is not part:
            known = self.provisions[instrument] = Provisions(part)
        found = known.ids.get(ref.label, ())
        if amending:
            found += known.rankings.get(ref.label, ())
        if found or (quiet and ref.label in known.labels):
            return found
        if ref.label not in known.labels:
            if not part.partial:
                self.report.add(
                    "V230",
                    ref.span,
                    f"`{instrument}` has no provision `{ref.label}`",
                    _has(known.labels),
                    like=(ref.label, known.labels),
                )
        elif not part.partial:
            self.report.add(
                "V231",
                ref.span,
                f"no norm stands at `{ref.label}` of `{instrument}`",
                "the reference has no effect",
            )
        return ()

    def affords(self, mention: Mention, pairs: int) -> bool:
        """Whether the file may rank or change so many more norms; the first time that it may not is reported."""
        self.pairs += pairs
        if self.pairs <= MAX_PAIRS:
            return True
        self.report.add(
            "V233",
            mention.span,
            f"with this the file ranks or changes more than {MAX_PAIRS:,} pairs of norms",
            "refer to narrower provisions, or give the instruments different ranks",
        )
        return False

    def all(self, refs: Iterable[Ref], amending: bool = False) -> tuple[str, ...]:
        """The norms of several references, each once; with `amending` the override statements, too."""
        return tuple(dict.fromkeys(id for ref in refs for id in self.norms(ref, amending=amending)))


def rankings(part: Part) -> dict[int, Said]:
    """The override statements of a part, by their place among its mentions."""
    return {
        at: Said(f"{each.by} override {at}", each.by.partition("/")[2], each.start, each.end)
        for at, each in enumerate(part.mentions)
        if each.word == "override"
    }


def _has(labels: Iterable[str]) -> str:
    """The labels of an instrument, if they are few."""
    found = sorted(labels)
    return f"it has {', '.join(f'`{label}`' for label in found)}" if 0 < len(found) <= 8 else ""


def provision(report: Report, text: str, span: int) -> Ref | None:
    """The `INSTRUMENT LABEL` of the key `under`."""
    instrument, _, label = text.partition(" ")
    if instrument and label and " " not in label:
        return Ref(label, instrument, span)
    report.add(
        "V245",
        span,
        f"`{text}` is not a provision",
        "write the id of the instrument and the label: `constitution-act-1867 91`",
    )
    return None


def overrides(
    follower: Follower, part: Part, mention: Mention, said: Norm | Said
) -> list[Override]:
    """The pairs of norms that one `notwithstanding`, `subject to` or `override` ranks, in force as what says so is."""
    if follower.pairs > MAX_PAIRS:
        return []
    assert part.instrument is not None
    place, rank = Place(part.path, mention.span), part.instrument.rank
    known = said.known if isinstance(said, Norm) else mention.known
    if mention.word == "override":
        winners, losers = follower.all(mention.refs), follower.all(mention.over)
        own_word = True
    else:
        others, mine = follower.all(mention.refs), (mention.by,)
        own_word = mention.word == "notwithstanding"
        winners, losers = (mine, others) if own_word else (others, mine)
    if not follower.affords(mention, len(winners) * len(losers)):
        return []
    return [
        Override(
            winner,
            loser,
            place,
            mention.by,
            rank,
            own_word,
            said.start,
            said.end,
            said.gaps,
            known,
        )
        for winner in winners
        for loser in losers
        if winner != loser
    ]
