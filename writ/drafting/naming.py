"""Names for what a sentence speaks of: those of the book's vocabulary where they fit, else new ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from writ.drafting.bearers import plain
from writ.drafting.signs import stem

_WORD = re.compile(r"[A-Za-z0-9]+(?:[’'-][A-Za-z0-9]+)*")
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "the a an any each every all its their his her such of that this these those as by and or with in on to for"
        " from who which appropriate applicable relevant necessary own other be been is are",
    )
)
_BOUND = re.compile(
    r"(?:,?\s+(?:in\s+accordance|in\s+coordination|in\s+consultation|pursuant|consistent|within|not\s+later|no\s+later"
    r"|unless|except|if|when|where|upon|that|which|who|to\s+ensure|in\s+order|as\s+(?:appropriate|required|necessary)"
    r"|under|including|through|so\s+that)\b|[.;:(])"
)
_VERBS = re.compile(r"([A-Za-z-]+)(?:,\s+[A-Za-z-]+)*,?\s+(?:and|or)\s+([A-Za-z-]+)\s")
_LONGEST = 6
_RESERVED = frozenset(("yes", "no", "now", "actor", "anyone", "grant"))


def act_name(phrase: str, longest: int = _LONGEST) -> str:
    """A name for an act: its verb and the first words of its object, `develop-defense-intelligence-strategy`."""
    words = _WORD.findall(_principal(phrase))
    if not words:
        return "act"
    verb = stem(words[0].lower())
    kept = [verb, *(each.lower() for each in words[1:] if each.lower() not in _EMPTY)]
    return _joined(kept[:longest])


def _principal(phrase: str) -> str:
    """The first of several verbs with their common object, up to where a qualification begins."""
    phrase = phrase.strip()
    bound = next((each for each in _BOUND.finditer(phrase) if each.start() > 12), None)
    if bound:
        phrase = phrase[: bound.start()]
    several = _VERBS.match(phrase)
    if several and _alike(several[1], several[2]):
        phrase = f"{several[1]} {phrase[several.end() :]}"
    return phrase


def _alike(first: str, last: str) -> bool:
    """Whether two words are verbs of one form: `plan and execute`, `plans and executes`."""
    return first.endswith("s") == last.endswith("s") and not last[0].isupper()


def phrase_name(phrase: str, longest: int = 5) -> str:
    """A name for a condition, an event or an office: its first words that mean something."""
    words = [each.lower() for each in _WORD.findall(phrase)]
    return _joined([each for each in words if each not in _EMPTY][:longest] or words[:1])


def office_name(bearer: str) -> str:
    """A name for an office or a body: `under-secretary-of-defense-for-policy`; without what stands in brackets."""
    bare = plain(re.sub(r"\s+\([^()]*(?:\([^()]*\)[^()]*)*\)", "", bearer))
    words = [each for each in _WORD.findall(bare) if each != "the"]
    return _joined(words[:12])


def _joined(words: Iterable[str]) -> str:
    name = "-".join(
        re.sub(r"[^a-z0-9-]", "", each.lower().replace("’", "")) for each in words
    ).strip("-")
    name = re.sub(r"-{2,}", "-", name)
    if not name or not name[0].isalpha() or name in _RESERVED:
        return f"x-{name}".rstrip("-")
    return name


class Lexicon:
    """The names that a book has for offices and acts, each with its description; found by either.

    `others` are its names for all else: nothing new may have one of them.
    """

    def __init__(
        self, actors: Mapping[str, str], acts: Mapping[str, str], others: Iterable[str] = ()
    ) -> None:
        self.known = frozenset((*actors, *acts, *others))
        self._actors = {plain(text): name for name, text in actors.items() if text}
        self._actors.update((name.replace("-", " "), name) for name in actors)
        self._acts = {_bare(text): name for name, text in acts.items() if text}
        self._act_names = frozenset(acts)

    def actor(self, bearer: str) -> str:
        """The name of an office or body of the book with this title; empty where it has none."""
        bare = plain(bearer)
        spoken = re.sub(r"[,()]", "", bare)
        return self._actors.get(bare) or self._actors.get(spoken) or ""

    def act(self, phrase: str) -> str:
        """The name of an act of the book with this description, or of this name; empty where it has none."""
        found = self._acts.get(_bare(phrase))
        if found:
            return found
        name = act_name(phrase)
        return name if name in self._act_names else ""


def _bare(phrase: str) -> str:
    return " ".join(phrase.lower().split()).rstrip(".")
