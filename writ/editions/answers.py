"""The cases of two editions, put to both: which answers change.

What a case expects plays no part here, only its question. A request is read by each edition for itself; one that an
edition has no words for is reported as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec
import yaml

from writ.book.model import Book
from writ.diagnostics import Diagnostic, Span
from writ.editions.change import Answer, Reply
from writ.engine.answer import Decision
from writ.engine.ask import read_request
from writ.engine.request import Request
from writ.engine.yaml_text import compose, plain, span

Decide = Callable[[Request], Decision]
Texts = Mapping[str, str]
"""The files of cases of one edition by their paths."""
Edition = tuple[Book, Texts, Decide]


class Question(msgspec.Struct, frozen=True):
    """A case as it stands in a file: what is asked, and where."""

    id: str
    ask: str
    request: object
    place: Span


class File(msgspec.Struct, frozen=True):
    """A file of cases, read."""

    text: str
    questions: tuple[Question, ...]
    wrong: tuple[Diagnostic, ...]


Read = dict[str, File]
"""The files of one edition by their paths."""


class Asked(msgspec.Struct, frozen=True):
    """What changed among the answers, how many questions were put to both, and files that could not be read."""

    answers: tuple[Answer, ...]
    asked: int
    malformed: tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]
    """Of the old edition, and of the new one."""


def ask_both(old: Edition, new: Edition) -> Asked:
    """Put every case of either edition to both. A case that both have with the same request is asked once."""
    before = questions(old[1])
    after = questions(new[1], before)
    found: list[Answer] = []
    asked = 0
    for one, other in coupled(_all(before), _all(after)):
        question = other or one
        assert question is not None
        asked += 1
        replies = (
            reply(old, question.request, one.place if one else None, question.place),
            reply(new, question.request, other.place if other else None, question.place),
        )
        how = differ(*replies)
        if how:
            found.append(Answer(question.id, question.ask, how, *replies))
    return Asked(tuple(found), asked, (_wrong(before), _wrong(after)))


def questions(texts: Texts, known: Read | None = None) -> Read:
    """The questions of each file, with what is wrong in it; of a text that is `known`, those that are.

    What is wrong with a case apart from its question is for `writ test`.
    """
    known = known or {}
    found: Read = {}
    for path, text in texts.items():
        same = known.get(path)
        found[path] = same if same is not None and same.text == text else read(path, text)
    return found


def read(path: str, text: str) -> File:
    """The questions of one file."""
    root, problems = compose(text, path)
    found: list[Question] = []
    wrong = list(problems)
    for node in _listed(root):
        data, problems = plain(node, path)
        if problems or not isinstance(data, Mapping) or "request" not in data:
            wrong += problems
            continue
        places = {key.value: value for key, value in node.value}
        place = span(places.get("id", node), path)
        named, ask = str(data.get("id") or ""), str(data.get("ask") or "")
        found.append(Question(named, ask, data["request"], place))
    return File(text, tuple(found), tuple(wrong))


def _all(files: Read) -> list[Question]:
    return [question for file in files.values() for question in file.questions]


def _wrong(files: Read) -> tuple[Diagnostic, ...]:
    return tuple(one for file in files.values() for one in file.wrong)


def _listed(root: yaml.Node | None) -> list[yaml.MappingNode]:
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "cases" and isinstance(value, yaml.SequenceNode):
                return [node for node in value.value if isinstance(node, yaml.MappingNode)]
    return []


def coupled(
    old: list[Question], new: list[Question]
) -> Iterator[tuple[Question | None, Question | None]]:
    """The cases of the new edition with those of the old that have the same id and request; then the others."""
    waiting: dict[str, list[Question]] = {}
    for question in old:
        waiting.setdefault(question.id, []).append(question)
    for question in new:
        like = waiting.get(question.id, [])
        same = next(
            (one for one in like if one is question or one.request == question.request), None
        )
        if same is not None:
            like.remove(same)
        yield same, question
    left = {id(one) for some in waiting.values() for one in some}
    for question in old:
        if id(question) in left:
            yield question, None


def reply(edition: Edition, data: object, place: Span | None, where: Span) -> Reply:
    """What one edition answers."""
    book, _, decide = edition
    request, wrong = read_request(book, data, where)
    if request is None:
        return Reply(place=place, unreadable=tuple(wrong))
    decision = decide(request)
    return Reply(decision.outcome.value, decision.citations, place)


def differ(old: Reply, new: Reply) -> str:
    """How two answers differ: outcome, citations, unreadable by one edition alone; empty where they do not."""
    if not old.outcome or not new.outcome:
        return "unreadable" if old.outcome or new.outcome else ""
    if old.outcome != new.outcome:
        return "outcome"
    return "citations" if set(old.citations) != set(new.citations) else ""
