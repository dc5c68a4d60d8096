"""The text of an instrument out of a new version, with the blocks that people have written under the old one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from writ.formats.legislation.instruments import shown
from writ.formats.legislation.labels import labels_of
from writ.formats.legislation.markdown import prose
from writ.formats.legislation.model import Document
from writ.formats.legislation.sidecar import Sidecar
from writ.formats.legislation_history.pairing import Version, pairs
from writ.syntax.provisions import label_of

_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*writ(?:[ \t].*)?$")
_UNLABELLED = re.compile(
    r"(power|permission|duty|prohibition|right|immunity|disability|limit|delegation|lapse|assurance)"
    r"(?=\s*$|\s+[\"]|\s+--)"
)
"""A norm that takes the label of its heading."""


def renewed_text(text: str, sidecar: Sidecar, new: Document, labels: Mapping[str, str]) -> str:
    """The new text with the front matter and the blocks of the old one."""
    front, blocks = _blocks(text)
    old = sidecar.document
    before = prose(old, sidecar.labels).split("\n\n")
    after = prose(new, labels).split("\n\n")
    lines = [0]
    for each in before:
        lines.append(lines[-1] + sum(bool(line.strip()) for line in each.splitlines()))
    place = _Placing(before, after, _renamed(old, new))
    under: dict[int, list[str]] = {}
    for passed, block in blocks:
        at = (
            sum(each <= passed for each in lines[1:]) - 1
        )  # the paragraph that the block stands after
        lost = place.lost(at)
        under.setdefault(place.of(at), []).append(_labelled(block, lost) if lost else block)
    pieces = under.pop(-1, [])
    for number, paragraph in enumerate(after):
        pieces.append(paragraph.rstrip("\n"))
        pieces += under.get(number, ())
    title, now = (shown(each.short_title or each.title) for each in (old, new))
    if title != now:  # a title that a person has written stays
        said, says = (json.dumps(each, ensure_ascii=False) for each in (title, now))
        front = front.replace(f"\ntitle: {said}\n", f"\ntitle: {says}\n", 1)
    return f"{front}\n" + "\n\n".join(pieces) + "\n"


def _blocks(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The front matter, and the `writ` blocks, each with the number of lines of law before it."""
    lines = text.splitlines()
    at = 0
    if lines and lines[0].strip() == "---":
        at = next((n + 1 for n in range(1, len(lines)) if lines[n].strip() == "---"), len(lines))
    front = "\n".join(lines[:at]) + "\n"
    found: list[tuple[int, str]] = []
    block: list[str] = []
    passed, closing = 0, ""
    for line in lines[at:]:
        bare_line = line.strip()
        if closing:
            block.append(line)
            if bare_line.startswith(closing) and not bare_line.strip(closing[0]):
                found.append((passed, "\n".join(block)))
                closing = ""
        elif fence := _FENCE.match(line):
            closing, block = fence[1], [line]
        elif bare_line:
            passed += 1
    if closing:
        found.append((passed, "\n".join(block)))
    return front, found


def _renamed(old: Document, new: Document) -> dict[str, str]:
    """The new label of each provision that is still there, by the old one."""
    before, after = Version(old), Version(new)
    was, now = labels_of(old), labels_of(new)
    return {
        was[key]: now[fresh]
        for fresh, key in pairs(before, after).items()
        if key in was and fresh in now
    }


def _labelled(block: str, label: str) -> str:
    """A block whose norms say by themselves where they belong: a norm must not come under another provision unseen."""
    return "\n".join(
        f"{found[1]} {label}{line[found.end(1) :]}" if (found := _UNLABELLED.match(line)) else line
        for line in block.splitlines()
    )


class _Placing:
    """Where in the new text what stood in the old one belongs: under the same provision, after the same words."""

    def __init__(self, before: list[str], after: list[str], renamed: Mapping[str, str]) -> None:
        self.before, self.after, self.renamed = before, after, renamed
        self.old, self.new = list(_headed(before)), list(_headed(after))
        self.starts: dict[str, int] = {}
        for at, (label, _) in enumerate(self.new):
            if label:
                self.starts.setdefault(label, at)

    def lost(self, at: int) -> str:
        """The label that a paragraph stood under, if nothing of that label is left to stand under."""
        label = self.old[at][0] if at >= 0 else ""
        return label if label and self.renamed.get(label, "") not in self.starts else ""

    def of(self, at: int) -> int:
        """The paragraph of the new text that stands for one of the old; -1 before all."""
        if at < 0:
            return -1
        label, first = self.old[at]
        if not label:  # outside the provisions: where the same words are
            return self._alike(range(len(self.before)), at, range(len(self.after)))
        to = self.renamed.get(label, "")
        while label and to not in self.starts:
            label = label.rpartition("(")[0]
            to = self.renamed.get(label, "")
        if not label:  # its section is gone: after what stood before it
            return self.of(first - 1)
        start = self.starts[to]
        end = next(
            (n for n in range(start + 1, len(self.new)) if self.new[n][1] != self.new[start][1]),
            len(self.new),
        )
        last = next(
            (n for n in range(first + 1, len(self.old)) if self.old[n][1] != first), len(self.old)
        )
        return self._alike(range(first, last), at, range(start, end))

    def _alike(self, old: range, at: int, new: range) -> int:
        """The place of a paragraph among those of the new section; the nearest before it that is still there."""
        a = [self.before[n] for n in old]
        b = [self.after[n] for n in new]
        found = new.start
        for i, j, size in SequenceMatcher(None, a[1:], b[1:], autojunk=False).get_matching_blocks():
            for n in range(size):
                if old.start + 1 + i + n <= at:
                    found = new.start + 1 + j + n
        if found == new.start and at > old.start:
            # Nothing before it is as it was: keep the distance from the heading.
            found = min(new.start + at - old.start, new.stop - 1)
        return found


def _headed(paragraphs: list[str]) -> Iterator[tuple[str, int]]:
    """The label that each paragraph stands under, and the number of its heading."""
    label, first = "", 0
    for number, each in enumerate(paragraphs):
        if each.startswith("#"):
            label, first = label_of(each.lstrip("#").strip()), number
        yield label, first
