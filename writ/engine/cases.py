"""Cases: questions kept with a book, each with the outcome and the citations that its answer must have.

`docs/language.md`, "Asking", gives the format of a `*.cases.yaml` file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
import yaml

from writ.book.model import Book
from writ.book.suggest import did_you_mean
from writ.diagnostics import CodeDoc, Diagnostic, Severity, Span
from writ.engine.answer import Decision, Outcome
from writ.engine.ask import read_request
from writ.engine.request import Request
from writ.engine.yaml_text import CODE, compose, plain, span, wrong

FIELDS = ("id", "ask", "request", "outcome", "cites", "why", "shared")
"""`why` is for the reader; `shared` is the id of the same case in another collection."""
OUTCOMES = tuple(outcome.value for outcome in Outcome)

DOCUMENTED = CodeDoc(
    CODE,
    "malformed-case",
    Severity.ERROR,
    "a file of cases or requests cannot be read as such",
    "A file of cases or requests cannot be read as such.\n\n"
    "Why it is bad: a case that is silently left out tests nothing.\n\n"
    "For example:\n\n```yaml\ncases:\n  - id: no-outcome\n"
    "    request: {actor: minister, act: sign, at: 2025-01-01}\n```\n\n"
    "Instead: give each case an `id` of its own, a `request`, and an `outcome`: one of "
    f"{', '.join(OUTCOMES)}.\n",
)


REQUEST = CodeDoc(
    "Q901",
    "malformed-request",
    Severity.ERROR,
    "a request says something that the book has no word for, or leaves out who, what or when",
    "A request says something that the book has no word for, or leaves out who, what or when.\n\n"
    "Why it is bad: the answer would be to another question than was meant.\n\n"
    "For example:\n\n```yaml\nactor: ministre\nact: sign\nat: 14 February 2025\n```\n\n"
    "Instead: write names as `writ vocabulary BOOK` lists them, dates as `2025-02-14`, and facts as "
    "`writ vocabulary BOOK ACT` shows.\n",
)


class Case(msgspec.Struct, frozen=True):
    """One case, read."""

    id: str
    ask: str
    request: Request
    outcome: Outcome
    cites: tuple[str, ...]
    span: Span


class Result(msgspec.Struct, frozen=True):
    """How a case came out. `absent` are citations it asks for and the answer does not have."""

    case: Case
    decision: Decision
    absent: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return self.decision.outcome is self.case.outcome and not self.absent


def judge(case: Case, decide: Callable[[Request], Decision]) -> Result:
    """Ask the case's question and compare the answer."""
    decision = decide(case.request)
    absent = tuple(cite for cite in case.cites if cite not in decision.citations)
    return Result(case, decision, absent)


def read_cases(book: Book, text: str, path: str) -> tuple[list[Case], list[Diagnostic]]:
    """The cases of one file; a malformed one is left out and reported."""
    root, found = compose(text, path)
    if root is None:
        return [], found or [wrong(Span(path, 1, 1, 1, 2), "the file is empty", "list `cases`")]
    listed = _cases_of(root)
    if listed is None:
        return [], [
            wrong(span(root, path), "`cases`, a list, is expected here", "cases:\n  - id: …")
        ]
    reader = _Reader(book, path)
    cases = [case for node in listed.value if (case := reader.case(node)) is not None]
    return cases, reader.found


def _cases_of(root: yaml.Node) -> yaml.SequenceNode | None:
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "cases" and isinstance(value, yaml.SequenceNode):
                return value
    return None


class _Reader:
    """Reads the cases of one file."""

    def __init__(self, book: Book, path: str) -> None:
        self.book = book
        self.path = path
        self.found: list[Diagnostic] = []
        self.seen: dict[str, Span] = {}
        self.known = frozenset(norm.citation for norm in book.norms)

    def case(self, node: yaml.Node) -> Case | None:
        before = len(self.found)
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, "a case is a mapping with `id`, `request` and `outcome`")
            return None
        data, found = plain(node, self.path)
        self.found += found
        fields = data if isinstance(data, Mapping) else {}
        nodes = {key.value: value for key, value in node.value if isinstance(key.value, str)}
        for key, _ in node.value:
            if key.value not in FIELDS and key.value != "<<":
                help = did_you_mean(str(key.value), FIELDS)
                self.wrong(key, f"a case has no field `{key.value}`", help)
        name = self.name(node, nodes, fields)
        outcome = self.outcome(node, nodes, fields)
        cites = self.cites(nodes, fields)
        where = nodes.get("request", node)
        if "request" not in fields:
            self.wrong(node, f"the case `{name}` has no `request`")
            return None
        request, wrongs = read_request(self.book, fields["request"], span(where, self.path))
        self.found += wrongs
        if request is None or outcome is None or len(self.found) > before:
            return None
        place = span(nodes.get("id", node), self.path)
        return Case(name, str(fields.get("ask") or ""), request, outcome, cites, place)

    def name(
        self, node: yaml.Node, nodes: Mapping[str, yaml.Node], fields: Mapping[str, object]
    ) -> str:
        name = str(fields.get("id") or "")
        if not name:
            self.wrong(node, "a case needs an `id`")
        elif name in self.seen:
            first = self.seen[name]
            self.wrong(nodes.get("id", node), f"`{name}` is already a case, in line {first.line}")
        else:
            self.seen[name] = span(nodes.get("id", node), self.path)
        return name

    def outcome(
        self, node: yaml.Node, nodes: Mapping[str, yaml.Node], fields: Mapping[str, object]
    ) -> Outcome | None:
        given = fields.get("outcome")
        if given in OUTCOMES:
            return Outcome(str(given))
        at = nodes.get("outcome", node)
        help = did_you_mean(str(given), OUTCOMES) or f"one of: {', '.join(OUTCOMES)}"
        what = "a case needs an `outcome`" if given is None else f"`{given}` is not an outcome"
        self.wrong(at, what, help)
        return None

    def cites(
        self, nodes: Mapping[str, yaml.Node], fields: Mapping[str, object]
    ) -> tuple[str, ...]:
        given = fields.get("cites")
        if given is None:
            return ()
        listed = [given] if isinstance(given, str | int | float) else given
        if not isinstance(listed, list):
            self.wrong(nodes["cites"], "`cites` is a list of citations")
            return ()
        cites = tuple(str(one) for one in listed)
        for cite in cites:
            if cite not in self.known:
                help = did_you_mean(cite, self.known) or "cite a provision that has a norm"
                self.wrong(nodes["cites"], f"no norm of the book is cited as `{cite}`", help)
        return cites

    def wrong(self, node: yaml.Node, message: str, help: str = "") -> None:
        self.found.append(wrong(span(node, self.path), message, help))
