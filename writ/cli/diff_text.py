"""A comparison of two editions as people read it."""

from __future__ import annotations

import posixpath
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from writ.cli.diff_data import Edition, line
from writ.cli.diff_proof import impact_text
from writ.cli.diff_words import phrase
from writ.cli.printing import number, table, wrapped
from writ.diagnostics import Span
from writ.editions.bearing import KINDS
from writ.editions.change import Answer, Change, Comparison, Reply
from writ.formats.paint import Paint, visible

if TYPE_CHECKING:
    from writ.editions.answers import Asked
    from writ.proof.impact import Impact

SECTIONS = {
    "Powers, permissions, rights and delegations": ("power", "permission", "right", "delegation"),
    "Prohibitions, disabilities, immunities and limits": (
        "prohibition",
        "disability",
        "immunity",
        "limit",
    ),
    "Duties": ("duty",),
    "Lapses": ("lapse",),
    "Who prevails over whom": ("override",),
    "Instruments": ("instrument", "book"),
}
WORDS = "Words"
ANSWERS = {
    "outcome": "Answers that change",
    "unreadable": "Questions that one edition has no words for",
    "citations": "Answers with other citations",
}


def print_page(
    old: Edition,
    new: Edition,
    found: Comparison,
    asked: Asked | None,
    impacts: list[Impact] | None = None,
) -> None:
    """The changes in norms, who gains or loses what, the answers that change, and the count of all that."""
    from writ.formats.paint import paint_for

    writer = _Writer(old, new, paint_for(sys.stdout))
    parts = [*writer.sections(found.changes)]
    if found.touched:
        parts.append(writer.touched(found))
    if asked:
        parts += writer.answers(asked.answers)
    if impacts:
        parts.append(impact_text(old[0], new[0], impacts, writer.paint))
    for part in parts:
        print(part, end="\n\n")
    _malformed(old, new, asked)
    print(writer.count(found, asked))


def _malformed(old: Edition, new: Edition, asked: Asked | None) -> None:
    from writ.cli.opening import print_diagnostics

    for (book, folder), wrong in zip((old, new), asked.malformed if asked else (), strict=False):
        print_diagnostics(wrong, book, folder)


class _Writer:
    """Writes for one reader."""

    def __init__(self, old: Edition, new: Edition, paint: Paint) -> None:
        self.old = old
        self.new = new
        self.paint = paint

    def sections(self, changes: tuple[Change, ...]) -> Iterator[str]:
        home = {subject: title for title, some in SECTIONS.items() for subject in some}
        sorted_in: dict[str, list[Change]] = {title: [] for title in (*SECTIONS, WORDS)}
        for change in changes:
            sorted_in[home.get(change.subject, WORDS)].append(change)
        for title, some in sorted_in.items():
            if some:
                yield "\n".join([self.paint.strong(title), *map(self.change, some)])

    def change(self, item: Change) -> str:
        """The verb with the norm; beneath it the respects, for whom that is more or less, and the places."""
        lines = [self.head(item)]
        rows = [(each.what, _detail(each.old, each.new, each.how)) for each in item.details]
        if item.freer:
            rows.append(("freer", ", ".join(item.freer)))
        if item.bound:
            rows.append(("more bound", ", ".join(item.bound)))
        rows.append(("at", self.places(item.old, item.new)))
        lines.append(table(rows, 4, 18, self.paint.faint))
        return "\n".join(lines)

    def head(self, item: Change) -> str:
        verb = item.change.ljust(8)
        said = line(self.old[0], self.new[0], item)
        named = item.citation if item.citation else f"{item.subject} {item.name}"
        kind = f"{item.subject}: " if item.subject in KINDS else ""
        text = wrapped(visible(f"{named}  {kind}{said}" if said else named), 4, f"  {verb}  ")
        colour = self.verb(item)
        cited = self.paint.cited(visible(named))
        return text.replace(f"  {verb}  {visible(named)}", f"  {colour(verb)}  {cited}", 1)

    def verb(self, item: Change) -> Callable[[str], str]:
        """The colour: green where people are only freer, red where they are only more bound."""
        if bool(item.freer) == bool(item.bound):
            return self.paint.wary
        return self.paint.good if item.freer else self.paint.bad

    def places(self, old: Span | None, new: Span | None) -> str:
        """Where it stands in the two editions."""
        given = ((self.old[1], old), (self.new[1], new))
        return " -> ".join(_place(base, span) for base, span in given if span is not None)

    def touched(self, found: Comparison) -> str:
        rows = []
        last = ""
        for each in found.touched:
            rows.append(("" if each.actor == last else each.actor, visible(phrase(each))))
            last = each.actor
        return f"{self.paint.strong('Who gains or loses what')}\n{table(rows, 2, 30)}"

    def answers(self, answers: tuple[Answer, ...]) -> Iterator[str]:
        """The cases that come out otherwise; then those that an edition cannot read, or answers on other grounds."""
        for change, title in ANSWERS.items():
            some = [each for each in answers if each.change == change]
            if some:
                yield "\n".join([self.paint.strong(title), *map(self.answer, some)])

    def answer(self, item: Answer) -> str:
        lines = [
            f"  {self.paint.cited(visible(item.id))}  {self.paint.faint(self.places(item.old.place, item.new.place))}"
        ]
        if item.ask and item.change != "citations":
            lines.append(wrapped(visible(item.ask), 4, "    "))
        if item.change == "citations":
            gone = [one for one in item.old.citations if one not in item.new.citations]
            come = [one for one in item.new.citations if one not in item.old.citations]
            parts = [f"no longer {', '.join(gone)}"] if gone else []
            parts += [f"now {', '.join(come)}"] if come else []
            lines.append(wrapped(visible(f"{item.new.outcome}: {'; '.join(parts)}"), 6, "    "))
        else:
            rows = [("old", _reply(item.old)), ("new", _reply(item.new))]
            lines.append(table(rows, 4, 8, self.paint.faint))
        return "\n".join(lines)

    def count(self, found: Comparison, asked: Asked | None) -> str:
        norms = number(len(self.new[0].norms), "norm")
        cases = ""
        if asked:
            flips = len(asked.answers)
            cases = f"; {flips} of {number(asked.asked, 'answer')} changed"
        if found.same and not (asked and asked.answers):
            return f"{self.paint.good('no change')}: {norms}{cases}"
        counted = Counter(each.change for each in found.changes)
        parts = ", ".join(f"{many} {change}" for change, many in sorted(counted.items()))
        head = number(len(found.changes), "change")
        return f"{self.paint.wary(head)}{f' ({parts})' if parts else ''}{cases}"


def _detail(old: tuple[str, ...], new: tuple[str, ...], how: str) -> str:
    """`within 7 days of sign -> within 5 days of sign (sooner)`."""
    was, now = "; ".join(old), "; ".join(new)
    told = f" ({how})" if how not in ("", "other", "moved") else ""
    if was and now:
        return visible(f"{was} -> {now}{told}")
    if not was and not now:
        return how
    sign, text = ("-", was) if was else ("+", now)
    return visible(f"{sign} {text}{'' if how in ('added', 'removed') else told}")


def _place(base: str, span: Span) -> str:
    return visible(f"{posixpath.join(base, span.file)}:{span.line}")


def _reply(item: Reply) -> str:
    if not item.outcome:
        why = "; ".join(dict.fromkeys(one.message for one in item.unreadable))
        return visible(f"cannot be asked: {why}")
    return visible(f"{item.outcome}, citing {', '.join(item.citations) or 'nothing'}")
