"""Parts to a book: one instrument to an id, references followed, amendments applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from writ.book.amendments import Amended, Change, amend
from writ.book.draft import Mention, Part
from writ.book.instruments import Manifest
from writ.book.model import Book, Instrument, Norm, Override, Vocabulary
from writ.book.references import MAX_PAIRS, Follower, Provisions, overrides, rankings
from writ.book.report import Report
from writ.diagnostics import Diagnostic, Related, Source, ordered

STATEMENTS = frozenset({"repeal", "suspend", "commence"})
_AMENDING = STATEMENTS | {"replaces"}


class Followed(msgspec.Struct, frozen=True):
    """Where the references of one part lead. It holds while `used` are still the instruments of the book."""

    part: Part
    used: dict[str, Part | None]
    overrides: tuple[tuple[str, tuple[Override, ...]], ...]
    """By the id of the norm or of the override statement that says so, with its dates before any amendment."""
    changes: tuple[tuple[Mention, tuple[Change, ...]], ...]
    cited: dict[str, str]
    """The citations that replacing norms take, by norm."""
    under: tuple[str, str] | None
    diagnostics: tuple[Diagnostic, ...]


class Assembly:
    """Puts parts together; what has not changed since the last time is not followed again."""

    def __init__(self) -> None:
        self.provisions: dict[str, Provisions] = {}
        self.followed: dict[str, Followed] = {}

    def book(
        self,
        manifest: Manifest,
        vocabulary: Vocabulary,
        parts: Mapping[str, Part],
        sources: dict[str, Source],
        root: str,
        diagnostics: Iterable[Diagnostic],
    ) -> tuple[Book, list[Diagnostic]]:
        """The book, and every diagnostic of the linker in order."""
        found = list(diagnostics)
        for part in parts.values():
            found.extend(part.diagnostics)
        standing = _standing(parts, sources, found)
        claims = {part.claim: part for part in parts.values() if part.claim}
        followed = [
            self._follow(part, standing, claims, sources)
            for part in standing.values()
            if part.mentions
        ]
        self.followed = {each.part.path: each for each in followed}
        for each in followed:
            found.extend(each.diagnostics)
        amended = _amended(standing, followed, sources, found)
        changed = _changed(standing, amended)
        instruments = {
            id: part.instrument for id, part in standing.items() if part.instrument is not None
        }
        for each in followed:
            item = each.part.instrument
            if each.under and item is not None:
                instruments[item.id] = msgspec.structs.replace(item, under=each.under)
        norms: list[Norm] = []
        for id, part in standing.items():
            norms.extend(changed.get(id, part.norms))
        book = Book(
            manifest.name,
            manifest.title,
            manifest.ranks,
            manifest.calendar,
            vocabulary,
            instruments,
            tuple(norms),
            tuple(
                [
                    override
                    for each in followed
                    for by, overrides in each.overrides
                    for override in _dated(overrides, amended.get(by))
                ]
            ),
            dict(sources),
            root,
            assurances=tuple([each for part in standing.values() for each in part.assurances]),
        )
        return book, ordered(found)

    def _follow(
        self,
        part: Part,
        standing: Mapping[str, Part],
        claims: Mapping[str, Part],
        sources: Mapping[str, Source],
    ) -> Followed:
        known = self.followed.get(part.path)
        if (
            known is not None
            and known.part is part
            and not known.diagnostics  # what they suggest depends on every provision there is
            and all((standing.get(id) or claims.get(id)) is used for id, used in known.used.items())
        ):
            return known
        return follow(part, standing, claims, self.provisions, sources[part.path])


def _standing(
    parts: Mapping[str, Part], sources: Mapping[str, Source], found: list[Diagnostic]
) -> dict[str, Part]:
    """The parts with an instrument by its id; the second of an id is reported and left out."""
    standing: dict[str, Part] = {}
    for part in parts.values():
        if part.instrument is None:
            continue
        first = standing.setdefault(part.instrument.id, part)
        if first is not part:
            report = Report(sources[part.path])
            report.add(
                "V246",
                part.instrument_span,
                f"there is already an instrument `{part.instrument.id}`",
                "give each its own id",
                (Related(sources[first.path].span(first.instrument_span), "the first"),),
            )
            found.extend(report.found)
    return standing


def follow(
    part: Part,
    standing: Mapping[str, Part],
    claims: Mapping[str, Part],
    provisions: dict[str, Provisions],
    source: Source,
) -> Followed:
    """Follow every reference of one part."""
    assert part.instrument is not None
    report = Report(source)
    follower = Follower(report, part.instrument.id, standing, claims, provisions)
    norms = {norm.id: norm for norm in part.norms}
    said = rankings(part)
    ranked: list[tuple[str, tuple[Override, ...]]] = []
    changes: list[tuple[Mention, tuple[Change, ...]]] = []
    cited: dict[str, str] = {}
    under: tuple[str, str] | None = None
    for at, mention in enumerate(part.mentions):
        if mention.word == "under":
            ref = mention.refs[0]
            follower.norms(ref, quiet=True)
            if ref.instrument in standing:
                under = (ref.instrument, ref.label)
        elif follower.pairs > MAX_PAIRS:
            break
        elif mention.word in _AMENDING:
            # A `repeal` is no norm: the one that has its label is another, which it may well be about.
            itself = mention.by if mention.word not in STATEMENTS else ""
            targets = [id for id in follower.all(mention.refs, amending=True) if id != itself]
            if not follower.affords(mention, len(targets)):
                break
            changes.append(
                (
                    mention,
                    tuple(
                        [
                            Change(mention.word, id, mention.start, mention.end, mention.by)
                            for id in targets
                        ]
                    ),
                )
            )
            if mention.word == "replaces" and targets:
                ref = mention.refs[0]
                cited[mention.by] = _citation(standing, ref.instrument or follower.own, ref.label)
        else:
            by = said.get(at) or norms[mention.by]
            ranked.append((by.id, tuple(overrides(follower, part, mention, by))))
    return Followed(
        part,
        follower.used,
        tuple(ranked),
        tuple(changes),
        cited,
        under,
        tuple(report.found),
    )


def _citation(standing: Mapping[str, Part], instrument: str, label: str) -> str:
    part = standing.get(instrument)
    item: Instrument | None = part.instrument if part else None
    return item.cite(label) if item else ""


def _dated(overrides: tuple[Override, ...], by: Amended | None) -> tuple[Override, ...]:
    """Overrides with the dates of what says so, once that is amended."""
    if by is None:
        return overrides
    start, end, gaps = by.start, by.end, by.gaps
    return tuple(
        [msgspec.structs.replace(each, start=start, end=end, gaps=gaps) for each in overrides]
    )


def _amended(
    standing: Mapping[str, Part],
    followed: Iterable[Followed],
    sources: Mapping[str, Source],
    found: list[Diagnostic],
) -> dict[str, Amended]:
    """The norms and override statements that statements anywhere have changed."""
    pairs = [(each, mention, changes) for each in followed for mention, changes in each.changes]
    if not pairs:
        return {}
    touched = {
        id.partition("/")[0]
        for _, mention, changes in pairs
        for id in (mention.by, *(change.norm for change in changes))
    }
    norms: dict[str, Amended] = {norm.id: norm for id in touched for norm in standing[id].norms}
    norms |= {each.id: each for id in touched for each in rankings(standing[id]).values()}
    changed, idle = amend(norms, [change for _, _, changes in pairs for change in changes])
    idle_ids = {id(change) for change in idle}
    for each, mention, changes in pairs:
        if changes and all(id(change) in idle_ids for change in changes):
            report = Report(sources[each.part.path])
            report.add(*_idle(mention))
            found.extend(report.found)
    for each in followed:
        for by, citation in each.cited.items():
            if citation and by in norms:
                norm = changed.get(by, norms[by])
                if isinstance(norm, Norm):
                    changed[by] = msgspec.structs.replace(norm, citation=citation)
    return changed


def _changed(
    standing: Mapping[str, Part], amended: Mapping[str, Amended]
) -> dict[str, tuple[Norm, ...]]:
    """All norms of each instrument of which some have changed."""
    changed = {id: norm for id, norm in amended.items() if isinstance(norm, Norm)}
    return {
        instrument: tuple([changed.get(norm.id, norm) for norm in standing[instrument].norms])
        for instrument in {norm.instrument for norm in changed.values()}
    }


def _idle(mention: Mention) -> tuple[str, int, str, str]:
    said = {
        "commence": "those norms do not wait to be commenced",
        "repeal": "those norms have ended by then",
        "replaces": "no norm there was in force before this one",
        "suspend": "there is nothing to suspend",
    }
    message = f"this `{mention.word}` changes nothing: {said[mention.word]}"
    return "V232", mention.span, message, "correct the date or the provision"
