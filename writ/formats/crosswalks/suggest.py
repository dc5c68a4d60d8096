"""Which entries of one framework an entry of another may correspond to: by words, by structure, without training.

Two rankings are fused by reciprocal rank (Cormack, Clarke and Büttcher 2009): of whole words without endings and their
pairs, weighed by BM25, and of runs of letters, which bear with spelling and with what stemming misses. Both read an
entry with the names of the groups it stands in. Controls come first for a control, and groups for a group. No
identifier is read: ids of the frameworks and of what they refer to are masked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable
from itertools import pairwise
from typing import NamedTuple

from writ.formats.crosswalks.frameworks import Entry, Framework
from writ.formats.crosswalks.rows import Relationship, Row
from writ.formats.crosswalks.terms import (
    COMMON,
    Index,
    Weights,
    grams,
    plain,
    roots,
    weighed,
    words,
)

NAMED, SAID, EXPLAINED, OVER, OVER_SAID = 1.0, 1.0, 0.5, 0.5, 0.25
"""What counts how much: title, text, guidance; title and text of the groups above."""
PAIRS = 0.5
"""Of a pair of words in a row, against a word."""
OTHER_LEVEL = 0.5
"""Of the score where one is a control and the other a group."""
RANK = 20
"""Added to each rank: how little the first places differ."""
SHOWN = 6
"""Words given as the reason."""


class Suggestion(NamedTuple):
    """A link that may hold: its score up to 1 (only to compare), and the words that both share, weightiest first."""

    source: str
    target: str
    score: float
    words: tuple[str, ...]


def suggest(old: Framework, new: Framework, top: int = 5) -> list[list[Suggestion]]:
    """For each entry of the old framework the `top` entries of the new one, the likeliest first."""
    both = [(old, one) for one in old.entries] + [(new, one) for one in new.entries]
    count = len(old.entries)
    by_words = weighed([_terms(framework, one) for framework, one in both])
    by_letters = weighed([_letters(framework, one) for framework, one in both])
    first, second = (Index(one[count:], COMMON) for one in (by_words, by_letters))
    spoken = _spoken([one for _, one in both])
    found = []
    for number, entry in enumerate(old.entries):
        rankings = [first.likeness(by_words[number]), second.likeness(by_letters[number])]
        scores = _fused(rankings)
        for place, other in enumerate(new.entries):
            if entry.control != other.control:
                scores[place] *= OTHER_LEVEL
        best = sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:top]
        found.append(
            [
                Suggestion(
                    entry.id,
                    new.entries[place].id,
                    round(scores[place] * (RANK + 1) / 2, 3),
                    _reasons(by_words[number], by_words[count + place], spoken),
                )
                for place in best
                if rankings[0][place] > 0 or rankings[1][place] > 0
            ]
        )
    return found


def drafts(found: list[list[Suggestion]]) -> list[Row]:
    """Suggestions as rows for a person to accept: what they say of the relationship is the least that can be said."""
    return [
        Row(
            sources=(one.source,),
            targets=(one.target,),
            relationship=Relationship.INTERSECTS,
            rationale="syntactic",
            source="suggested by writ map",
            status="draft",
            remarks=f"suggested, not reviewed; score {one.score}; {', '.join(one.words)}",
        )
        for each in found
        for one in each
    ]


def baseline(old: Framework, new: Framework, top: int = 10) -> list[list[str]]:
    """The same by plain TF-IDF over title, text and guidance, identifiers masked: what suggestions are measured by."""
    texts = [f"{one.title} {one.text} {one.more}" for one in [*old.entries, *new.entries]]
    vectors = plain(texts)
    count = len(old.entries)
    index = Index(vectors[count:])
    found = []
    for vector in vectors[:count]:
        scores = index.likeness(vector)
        best = sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:top]
        found.append([new.entries[place].id for place in best])
    return found


def _terms(framework: Framework, entry: Entry) -> Weights:
    """Words and pairs of words of an entry, each with what it counts."""
    found: dict[Hashable, float] = defaultdict(float)
    texts = [(entry.title, NAMED), (entry.text, SAID), (entry.more, EXPLAINED)]
    for above in framework.over(entry):
        texts += [(above.title, OVER), (above.text, OVER_SAID)]
    for text, weight in texts:
        row = words(text)
        for word in row:
            found[word] += weight
        for pair in pairwise(row):
            found[pair] += weight * PAIRS
    return found


def _letters(framework: Framework, entry: Entry) -> Counter[Hashable]:
    names = " ".join(above.title for above in framework.over(entry))
    return grams(words(f"{entry.title} {entry.text} {entry.more} {names}"))


def _fused(rankings: list[list[float]]) -> list[float]:
    scores = [0.0] * len(rankings[0])
    for ranking in rankings:
        order = sorted(range(len(ranking)), key=lambda place: (-ranking[place], place))
        for rank, place in enumerate(order):
            scores[place] += 1 / (RANK + rank + 1)
    return scores


def _spoken(entries: list[Entry]) -> dict[str, str]:
    """For each word without its ending the shortest word of the texts that has it."""
    found: dict[str, str] = {}
    for entry in entries:
        for word, root in roots(f"{entry.title} {entry.text} {entry.more}"):
            if root not in found or (len(word), word) < (len(found[root]), found[root]):
                found[root] = word
    return found


def _reasons(one: Weights, other: Weights, spoken: dict[str, str]) -> tuple[str, ...]:
    shared = {term: weight * other[term] for term, weight in one.items() if term in other}
    best = sorted(shared, key=lambda term: (-shared[term], str(term)))
    shown: dict[str, None] = {}
    for term in best:
        roots = term if isinstance(term, tuple) else (term,)
        shown.setdefault(" ".join(spoken.get(str(root), str(root)) for root in roots))
    return tuple(list(shown)[:SHOWN])
