"""The verdicts on assurances as people read them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from writ.book.assurances import Assurance
from writ.book.claims import claim, provisos
from writ.book.model import Book
from writ.cli import norm_text
from writ.cli.printing import number, table, wrapped
from writ.cli.request_text import request_text
from writ.formats.paint import Paint
from writ.proof.result import Result, Verdict
from writ.proof.story import Cited, Story, story

_ROLES = {
    "decides": "under",
    "does not apply": "subject to, and none applies",
    "is defeated": "does not hold",
    "is nearest": "nearest",
    "begins the state": "begun under",
    "has no holder": "without a holder",
}


def text(book: Book, assurance: Assurance, result: Result, paint: Paint) -> str:
    """The verdict, the claim, and the story of what refutes or shows it."""
    title = f" ({assurance.title})" if assurance.title else ""
    verdict = _dressed(result.verdict, paint) + " " * (9 - len(result.verdict.value))
    lines = [f"{verdict}{paint.cited(assurance.citation)}{title}"]
    lines += [wrapped(one, 9, " " * 9) for one in (claim(assurance), *provisos(assurance))]
    spent = f"{number(result.questions, 'question')}, {result.seconds:.2f} s"
    lines.append(" " * 9 + paint.faint(spent))
    if result.verdict is Verdict.UNKNOWN:
        lines.append(wrapped(result.because, 9, " " * 9))
    lines += [wrapped(f"taken for granted: {one}", 9, " " * 9) for one in result.bounds]
    told = story(book, assurance, result)
    if told is not None:
        lines += ["", *_story(book, told, paint)]
    if result.repairs:
        lines += ["", f"  {paint.strong('It would hold if')}"]
        lines += [wrapped(one.change, 6, "    - ") for one in result.repairs]
    return "\n".join(lines)


def summary(results: Sequence[Result], paint: Paint) -> str:
    """`14 assurances: 11 proved, 3 refuted`."""
    counts = {verdict: sum(result.verdict is verdict for result in results) for verdict in Verdict}
    if not results:
        return "nothing to prove: the book has no assurances"
    said = [f"{count} {_dressed(verdict, paint)}" for verdict, count in counts.items() if count]
    return f"{number(len(results), 'assurance')}: {', '.join(said)}"


def _dressed(verdict: Verdict, paint: Paint) -> str:
    dress = {Verdict.PROVED: paint.good, Verdict.REFUTED: paint.bad, Verdict.UNKNOWN: paint.wary}
    return dress[verdict](verdict.value)


def _story(book: Book, told: Story, paint: Paint) -> list[str]:
    lines: list[str] = []
    for title, sentences in (
        ("Before", told.before),
        ("States", told.states),
        ("Delegated", told.grants),
        ("Then", told.situation),
        ("The answer", told.answer),
    ):
        if sentences:
            lines += [f"  {paint.strong(title)}", *_sentences(sentences)]
    for role, said in _ROLES.items():
        rows = [_row(book, one) for one in told.norms if one.role == role]
        if rows:
            lines += [f"    {paint.faint(said)}", table(rows, 6, 28, paint.cited)]
    lines += [f"  {paint.strong('And so')}", wrapped(told.conclusion, 4, "    ")]
    if told.request is not None:
        lines += [f"  {paint.strong('Asked by')} {paint.faint('writ decide --request')}"]
        lines.append(textwrap.indent(request_text(told.request), " " * 4))
    return lines


def _sentences(sentences: Iterable[str]) -> list[str]:
    return [
        wrapped(one[2:], 8, "      - ") if one.startswith("- ") else wrapped(one, 4, "    ")
        for one in sentences
    ]


def _row(book: Book, cited: Cited) -> tuple[str, str]:
    norm = book.by_id[cited.norm]
    title = f" ({norm.title})" if norm.title else ""
    said = f"{norm.kind}{title}: {norm_text.line(norm)}"
    if cited.by:
        said += f" -- by {book.by_id[cited.by].citation}, {cited.maxim}"
    if cited.because:
        said += f" -- requires: {cited.because}"
    return cited.citation, said
