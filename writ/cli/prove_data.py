"""The verdicts on assurances as data: `docs/proof.md`, "The report as JSON"."""

from __future__ import annotations

from collections.abc import Sequence

from writ.book.assurances import Assurance
from writ.book.claims import claim, provisos
from writ.book.model import Book
from writ.proof.result import Result, Verdict
from writ.proof.story import story

SCHEMA = "writ-prove/1"
"""The number changes when a key changes its meaning or goes."""


def page(
    book: Book, folder: str, asked: Sequence[Assurance], results: Sequence[Result]
) -> dict[str, object]:
    """The whole report; of an assurance what says nothing is left out."""
    by_id = {one.id: one for one in asked}
    return {
        "schema": SCHEMA,
        "book": book.name,
        "title": book.title,
        "folder": folder,
        "counts": {
            verdict.value: sum(result.verdict is verdict for result in results)
            for verdict in Verdict
        },
        "assurances": [_assurance(book, by_id[one.assurance], one) for one in results],
    }


def _assurance(book: Book, assurance: Assurance, result: Result) -> dict[str, object]:
    data: dict[str, object] = {
        "id": assurance.id,
        "citation": assurance.citation,
        "title": assurance.title,
        "form": assurance.form,
        "claim": claim(assurance),
        "provisos": list(provisos(assurance)),
        "verdict": result.verdict.value,
        "because": result.because,
        "bounds": list(result.bounds),
        "questions": result.questions,
        "seconds": round(result.seconds, 3),
        "repairs": [
            {
                "norms": one.norm.split(", ") if one.norm else [],
                "citation": one.citation,
                "change": one.change,
            }
            for one in result.repairs
        ],
    }
    told = story(book, assurance, result)
    if told is not None:
        if result.example is not None and assurance.form != "ends":
            decision = result.example.decision
            data["outcome"] = decision.outcome.value
            data["citations"] = list(decision.citations)
        data["request"] = told.request
        data["story"] = {
            "situation": list(told.situation),
            "before": list(told.before),
            "states": list(told.states),
            "grants": list(told.grants),
            "answer": list(told.answer),
            "norms": [
                {key: value for key, value in _fields(one).items() if value} for one in told.norms
            ],
            "conclusion": told.conclusion,
        }
    return {key: value for key, value in data.items() if value or key in _KEPT}


_KEPT = frozenset({"provisos", "questions", "seconds"})


def _fields(cited: object) -> dict[str, str]:
    return {
        name: getattr(cited, name)
        for name in ("norm", "citation", "role", "by", "maxim", "because")
    }
