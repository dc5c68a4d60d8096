"""A proposal as a draft in the language: the declarations that it needs, and the norm."""

from __future__ import annotations

import re
from typing import NamedTuple

from writ.drafting.naming import Lexicon, act_name, office_name, phrase_name
from writ.drafting.proposals import Proposal
from writ.syntax.cursor import RESERVED
from writ.syntax.provisions import label_of

_LONGEST = 160
"""Characters of a description."""
_NOBODY = re.compile(r"(?:no|neither)\b(?:\s+(?:person|one|individual))?", re.IGNORECASE)
_ANYBODY = re.compile(
    r"(?:a|any|every|each)\s+(?:person|one|individual)|everyone|anyone", re.IGNORECASE
)
UNNAMED = "bearer-to-be-named"


class Draft(NamedTuple):
    """The new names that a norm needs, each `(sort, name, description)`, and the lines of the norm."""

    declarations: tuple[tuple[str, str, str], ...]
    norm: str
    notes: tuple[str, ...]

    @property
    def block(self) -> str:
        """The draft as the text of a `writ` block."""
        declared = "".join(f"{_declaration(*each)}\n" for each in self.declarations)
        return f"{declared}\n{self.norm}" if declared else self.norm


class Drafter:
    """Names things once: what one proposal has named, the next uses."""

    def __init__(self, lexicon: Lexicon, labels: frozenset[str] = frozenset()) -> None:
        self._lexicon = lexicon
        self._labels = labels
        self._names: dict[str, tuple[str, str]] = {}
        """Each name given, with its sort and what it stands for."""

    def draft(self, proposal: Proposal, number: int = 1) -> Draft:
        """The draft of one proposal; `number` labels it where the text gives it no label."""
        made: list[tuple[str, str, str]] = []
        notes: list[str] = []
        bearer = self._bearer(proposal, made)
        act = self._act(proposal.act, made)
        verb = proposal.form
        if bearer == "no one":
            verb = "has power to" if verb == "has no power to" else "may"
        label = proposal.label if label_of(proposal.label) == proposal.label else f"S{number}"
        lines = [f"{proposal.kind} {label or f'S{number}'}", f"  {bearer} {verb} {act}"]
        lines += self._clauses(proposal, made, notes)
        return Draft(tuple(made), "\n".join(lines) + "\n", tuple(notes))

    def _bearer(self, proposal: Proposal, made: list[tuple[str, str, str]]) -> str:
        if not proposal.bearer:
            return self._new("office", UNNAMED, "who does this is not said", made)
        if proposal.form in ("may not", "has no power to") and _NOBODY.match(proposal.bearer):
            who = _NOBODY.sub("", proposal.bearer, count=1).strip()
            if not who or who.startswith(("except", "other")):
                return "no one"
            return self._office(who, made)
        if _ANYBODY.fullmatch(proposal.bearer):
            return "anyone"
        return self._office(proposal.bearer, made)

    def _office(self, words: str, made: list[tuple[str, str, str]]) -> str:
        known = self._lexicon.actor(words)
        if known:
            return known
        title = re.sub(r"^(?:the|a|an|each|every|any|all)\s+", "", words, flags=re.IGNORECASE)
        return self._new("office", office_name(words), title, made)

    def _act(self, words: str, made: list[tuple[str, str, str]]) -> str:
        known = self._lexicon.act(words)
        if known:
            return known
        name = act_name(words)
        if self._stands_for(name) not in ("", words) and act_name(words, 9) != name:
            name = act_name(words, 9)
        return self._new("act", name, words, made)

    def _stands_for(self, name: str) -> str:
        return self._names.get(name, ("", ""))[1]

    def _new(self, sort: str, name: str, words: str, made: list[tuple[str, str, str]]) -> str:
        """A name of this sort for these words, the one that they have if they have one."""
        known = self._lexicon.known
        base, number = (f"{name}-{sort}" if name in RESERVED else name), 1
        name = base
        while name in known or (name in self._names and not self._same(name, sort, words)):
            number += 1
            name = f"{base}-{number}"
        if (sort, name) not in {(each[0], each[1]) for each in made}:
            made.append((sort, name, _described(words)))
        self._names[name] = (sort, words)
        return name

    def _same(self, name: str, sort: str, words: str) -> bool:
        before, said = self._names[name]
        return before == sort and (sort == "office" or said == words)

    def _clauses(
        self, proposal: Proposal, made: list[tuple[str, str, str]], notes: list[str]
    ) -> list[str]:
        lines: dict[str, list[str]] = {}
        event = next(
            (each.phrase for each in proposal.clauses if each.sort in ("on", "when")), ""
        ) if proposal.kind == "duty" else ""  # fmt: skip
        for clause in proposal.clauses:
            if clause.sort == "within":
                phrase = clause.phrase or event
                if not phrase:
                    notes.append(f"within {clause.value}, but of what the sentence does not say")
                    continue
                lines.setdefault("within", []).append(
                    f"  within {clause.value} of {self._new('event', phrase_name(phrase), phrase, made)}"
                )
            elif clause.sort in ("every", "by"):
                lines.setdefault(clause.sort, []).append(f"  {clause.sort} {clause.value}")
            elif clause.sort == "on":
                lines.setdefault("on", []).append(
                    f"  on {self._new('event', phrase_name(clause.phrase), clause.phrase, made)}"
                )
            elif clause.sort == "after":
                lines.setdefault("after", []).append(f"  after {self._act(clause.phrase, made)}")
            elif clause.sort in ("when", "unless"):
                fact = self._new("fact", phrase_name(clause.phrase), clause.phrase, made)
                lines.setdefault(clause.sort, []).append(f"  {clause.sort} {fact}")
            elif clause.sort in ("notwithstanding", "subject to"):
                if set(clause.value.split(", ")) <= self._labels - {proposal.label}:
                    lines.setdefault(clause.sort, []).append(f"  {clause.sort} {clause.value}")
                else:
                    notes.append(f"{clause.sort} {clause.value}: not a provision of this text")
            elif clause.sort == "to":
                lines.setdefault("to", []).append(f"  to {self._office(clause.phrase, made)}")
        return _ordered(lines, notes)


def _ordered(lines: dict[str, list[str]], notes: list[str]) -> list[str]:
    """At most one line of each clause that may stand once; a period with a trigger needs no other."""
    if "within" in lines:
        lines.pop("on", None)
    if "every" in lines and "by" in lines:
        notes.append(f"also{lines.pop('by')[0][1:]}")
    once = ("to", "within", "on", "by", "every")
    order = (
        "to",
        "within",
        "on",
        "by",
        "every",
        "after",
        "when",
        "unless",
        "subject to",
        "notwithstanding",
    )
    for word in once:
        if len(lines.get(word, ())) > 1:
            notes.append(f"also{lines[word][1][1:]}")
            lines[word] = lines[word][:1]
    return [line for word in order for line in dict.fromkeys(lines.get(word, ()))]


def _described(words: str) -> str:
    text = re.sub(r"\s+", " ", words.replace('"', "'")).strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + " …"


def _declaration(sort: str, name: str, words: str) -> str:
    return f'{sort} {name}{": yes-no" if sort == "fact" else ""} "{words}"'
