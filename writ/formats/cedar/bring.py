"""A Cedar policy set as a book.

Each permit becomes a power, each forbid a prohibition in an instrument of higher rank: a higher bar beats a lower
grant, whatever is narrower or later, which is Cedar's deny-overrides. What is not allowed is not permitted, because
every act is reserved.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

from writ.book.load import load_texts
from writ.book.model import Book
from writ.diagnostics import Diagnostic, failed
from writ.engine.request import Request
from writ.formats.cedar import requests
from writ.formats.cedar.codes import Refused
from writ.formats.cedar.conditions import Conditions
from writ.formats.cedar.entities import NO_ENTITIES, Entities, read_entities, read_schema
from writ.formats.cedar.expressions import Call, Literal, Not, SetOf, Unsupported, Var
from writ.formats.cedar.facts import Fact, Facts
from writ.formats.cedar.kinds import learned
from writ.formats.cedar.links import filled, read_links
from writ.formats.cedar.logic import NEVER, Cond, every, lines
from writ.formats.cedar.names import Pool
from writ.formats.cedar.policies import (
    Policy,
    Scope,
    cedar,
    read_policies,
    unsupported,
)
from writ.formats.cedar.vocabulary import PRINCIPAL, RESOURCE, Acts, Types, said, terms
from writ.syntax.formatter import format_text

LONGEST = 50_000
"""Characters of a policy that is put into Cedar's style."""
START = dt.date(2000, 1, 1)
"""The day from which an imported book is in force, where none is given: Cedar knows no days."""


class Imported:
    """A book out of Cedar, and how Cedar's requests are asked of it."""

    def __init__(self, policies: list[Policy], entities: Entities, schema: Any, file: str) -> None:
        pool = Pool()
        self.schema = schema
        self.policies = policies
        self.facts = Facts(pool, learned(node for one in policies for _, node in one.conditions))
        self.acts = Acts(pool, policies, entities)
        self.principals = Types(pool, PRINCIPAL)
        self.resources = Types(pool, RESOURCE)
        self.labels = _labels(policies)
        self._uses: list[tuple[str, set[str]]] = []
        self._of_act: dict[str, list[Fact]] = {}
        self.norms: dict[str, str] = {}
        """The norm of each policy by the id of the policy; empty where it applies to nothing."""
        wrong: list[Refused] = []
        for policy in policies:
            try:
                self.norms[policy.id] = self._norm(policy)
            except Unsupported as error:
                wrong.append(unsupported(policy.id, error, file))
        if wrong:
            found = [one for each in wrong for one in each.found]
            raise Refused(*found, construct=wrong[0].construct)

    def _norm(self, policy: Policy) -> str:
        self.facts.used = set()
        who, of_whom = self._head("principal", policy.principal, self.principals)
        what, of_what = self._head("resource", policy.resource, self.resources)
        act = self.acts.name(policy)
        self._uses.append((act, self.facts.used))
        conditions = Conditions(self.facts)
        parts = [*of_whom, *of_what]
        for positive, node in policy.conditions:
            parts.append(conditions.truths(node if positive else Not(node)).true)
        when = every(parts)
        if when is NEVER or not act:
            return ""
        kind, may = ("power", "may") if policy.permits else ("prohibition", "may not")
        title = f' "{said(policy.name, 80)}"' if policy.name.strip() else ""
        thing = f" {what}" if policy.resource.type else ""
        clauses = [f"  when {line}" for line in lines(when)] if when.op != "yes" else []
        head = f"{kind} {self.labels[policy.id]}{title}"
        return "\n".join([head, f"  {who} {may} {act}{thing}", *clauses])

    def _head(self, name: str, scope: Scope, types: Types) -> tuple[str, list[Cond]]:
        """Who or what the head of a policy names, and the conditions that it makes."""
        found: list[Cond] = []
        if scope.entities:
            op = "==" if scope.op == "==" else "in"
            of = (
                Literal(scope.entities[0])
                if op == "=="
                else SetOf(tuple(Literal(one) for one in scope.entities))
            )
            found.append(Conditions(self.facts).truths(Call(op, (Var(name), of))).true)
        return types.name(scope.type), found

    def facts_of(self, act: str) -> list[Fact]:
        """The facts that the norms on an act speak of."""
        found = self._of_act.get(act)
        if found is None:
            above = self.book.vocabulary.act_up.get(act, frozenset({act}))
            slots = {slot for of, used in self._uses if of in above for slot in used}
            found = [one for one in self.facts.known.values() if one.slot in slots]
            self._of_act[act] = found
        return found

    def files(self, name: str = "cedar", title: str = "", start: dt.date = START) -> dict[str, str]:
        """The texts of the book by path."""
        shown = _yaml(title or "Cedar policies")
        ranks = "ranks: [prohibitions, powers]"
        words = terms(self.facts, self.acts, self.principals, self.resources)
        return {
            "book.md": f"---\nbook: {name}\ntitle: {shown}\n{ranks}\n---\n\n{_PREFACE}",
            "powers.md": _instrument("powers", "Permits", start)
            + f"\n```writ\n{words}\n```\n"
            + self._provisions(permits=True),
            **(
                {
                    "prohibitions.md": _instrument("prohibitions", "Forbids", start)
                    + self._provisions(permits=False)
                }
                if not all(one.permits for one in self.policies)
                else {}
            ),
        }

    def _provisions(self, permits: bool) -> str:
        return "".join(self._provision(one) for one in self.policies if one.permits == permits)

    def _provision(self, policy: Policy) -> str:
        quoted = cedar_text(policy)
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", quoted)), default=0))
        name = said(policy.name or policy.id, 80).replace("`", "'")
        link = f"The template `{policy.template}`, filled in.\n\n" if policy.template else ""
        norm = self.norms[policy.id]
        block = f"```writ\n{norm}\n```" if norm else "It applies to no request."
        heading = f"## {self.labels[policy.id]} {name}"
        return f"\n{heading}\n\n{link}{fence}cedar\n{quoted}\n{fence}\n\n{block}\n"

    def formatted(
        self, name: str = "cedar", title: str = "", start: dt.date = START
    ) -> dict[str, str]:
        """The same texts in the one style of the language."""
        files = self.files(name, title, start)
        return {path: format_text(path, text)[0] for path, text in files.items()}

    @cached_property
    def compiled(self) -> tuple[Book, list[Diagnostic]]:
        """The book of these texts."""
        return load_texts(self.files())

    @property
    def book(self) -> Book:
        return self.compiled[0]

    def request(
        self, data: Any, entities: Entities | None = None, file: str = "", at: dt.date = START
    ) -> tuple[Request | None, list[Diagnostic]]:
        """A Cedar request, with the entities it is asked about, as one of ours."""
        try:
            return requests.request(self, data, entities or NO_ENTITIES, file, at), []
        except Refused as refused:
            return None, refused.found


def bring(
    policies: str,
    schema: str | None = None,
    entities: str | None = None,
    links: str | None = None,
    names: Mapping[str, str] | None = None,
) -> tuple[Imported | None, list[Diagnostic]]:
    """The book of a policy set, from the texts of its files; None with what was wrong.

    `names` gives the paths of the files (`policies`, `schema`, `entities`, `links`) for messages.
    """
    path = {"policies": "policies.cedar", **(names or {})}
    try:
        held = read_schema(schema, path.get("schema", "schema")) if schema is not None else None
        known = NO_ENTITIES
        if entities is not None or held is not None:
            known = read_entities(entities or "[]", path.get("entities", "entities"), held)
        found, templates = read_policies(policies, path["policies"])
        if links is not None:
            file = path.get("links", "links")
            found = filled(found, templates, read_links(links, file), file)
        made = Imported(found, known, held, path["policies"])
    except Refused as refused:
        return None, refused.found
    wrong = [one for one in made.compiled[1] if one.severity == "error"]
    return (None, wrong) if failed(wrong) else (made, [])


def cedar_text(policy: Policy) -> str:
    """The policy as Cedar writes it."""
    data = {"staticPolicies": {policy.id: policy.source}, "templates": {}, "templateLinks": []}
    package = cedar()
    try:
        text: str = package.policies_from_json_str(json.dumps(data))
    except ValueError:  # it reads less nesting as JSON than as text
        return "// too long to be written out here"
    if len(text) > LONGEST:  # the formatter takes time that grows with the square
        return text.strip()
    with suppress(ValueError):  # what the formatter cannot break into lines stands as it is
        text = package.format_policies(text)
    return text.strip()


def _labels(policies: list[Policy]) -> dict[str, str]:
    """`policy3` stands at 3, the second link of the template `policy3` at 3.2."""
    found: dict[str, str] = {}
    links: dict[str, int] = {}
    for policy in policies:
        number = (policy.template or policy.id).removeprefix("policy")
        if policy.template:
            links[policy.template] = links.get(policy.template, 0) + 1
            number = f"{number}.{links[policy.template]}"
        found[policy.id] = number
    return found


def _instrument(id: str, title: str, start: dt.date) -> str:
    lines = [f"id: {id}", f"title: {title}", f"kind: {id}", "cite-as: policy{}", "top: true"]
    return "\n".join(["---", *lines, f"in-force: {start}", "---", "", f"# {title}", ""])


def _yaml(title: str) -> str:
    return json.dumps(said(title), ensure_ascii=False)


_PREFACE = """Imported from Cedar. Each permit is a power, each forbid a prohibition of higher rank, so that a forbid
always prevails. What the policies ask of principal, action, resource and context are facts of a request; a policy that
would err in Cedar speaks of a fact that is not stated, and does not apply.
"""
