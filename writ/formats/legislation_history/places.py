"""Where a change is, as people say it: `s. 8(1) “special operational information” (f)`."""

from __future__ import annotations

import re

from writ.formats.legislation.labels import WHOLE, labels_of
from writ.formats.legislation.model import Mark, Provision, Runs
from writ.formats.legislation.text import head_of, normalised, number_of, plain
from writ.formats.legislation_history.pairing import Node, Version

_PLAIN = {"identification": "title", "preamble": "preamble", "enacting": "enacting words"}


class Places:
    """The places in one version."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.labels = labels_of(version.document)
        self._sign = "art." if version.document.language.startswith("fr") else "s."

    def label(self, key: str) -> str:
        """The label of a provision: its own, or none."""
        return self.labels.get(key, "")

    def near(self, key: str) -> str:
        """The label of a provision, or of the nearest one that it stands in."""
        for node in self.version.chain(key):
            if label := self.labels.get(node.key, ""):
                return label
        return ""

    def place(self, key: str) -> str:
        """Where a provision is."""
        parts: list[str] = []
        for node in self.version.chain(key):
            label = self.labels.get(node.key, "")
            if label:
                sign = "art." if node.provision.id.startswith("art_") else self._sign
                parts.append(f"{sign} {label}")
                break
            parts.append(_said(node))
            if node.provision.kind in _TOPS or node.provision.kind in WHOLE:
                break
        return " ".join(part for part in reversed(parts) if part) or "text"

    def title(self, key: str) -> str:
        """The heading or marginal note of a provision, or of the section that it stands in."""
        for node in self.version.chain(key):
            for kind in ("marginal", "heading"):
                if words := head_of(node.provision, kind):
                    return words
            if node.provision.kind in WHOLE:
                break
        return ""

    def whole(self, key: str) -> str:
        """The key of the section, schedule or the like that a provision stands in; its own if it is in none."""
        for node in self.version.chain(key):
            if node.provision.kind in WHOLE or node.provision.kind in _TOPS:
                return node.key
        return key


GROUPS = frozenset({"heading", "part", "division", "subdivision", "chapter", "title", "body"})
"""What holds sections together, and says nothing by itself but its heading."""
_TOPS = frozenset({"schedule", "form", *GROUPS, *_PLAIN})


def _said(node: Node) -> str:
    provision = node.provision
    number = number_of(provision)
    if provision.kind in _PLAIN:
        return _PLAIN[provision.kind]
    if provision.kind == "definition":
        return f"“{term(provision)}”" if term(provision) else "definition"
    if provision.kind in _TOPS:
        words = head_of(provision, "heading")
        if provision.kind in ("schedule", "form"):
            return number.title() or words or provision.kind
        return f"{number} “{words}”".strip() if number else f"heading “{words}”"
    return number or ("" if provision.kind in ("bilingual", "piece", "body") else provision.kind)


def term(provision: Provision) -> str:
    """The term that a definition defines."""
    for block in provision.blocks():
        if words := _term(block.runs):
            return words
    return ""


def _term(runs: Runs) -> str:
    for run in runs:
        if isinstance(run, Mark):
            words = normalised(plain(run.runs)) if run.kind == "term" else _term(run.runs)
            if words:
                return words
    return ""


def chapter(cited: str) -> str:
    """The amending law of a citation, without the provision: `2019, c. 13` of `2019, c. 13, s. 2`."""
    return re.sub(r",\s*(?:ss?|subss?|pars?|arts?|sch|ann)\b\.?.*$", "", cited, flags=re.I).strip()
