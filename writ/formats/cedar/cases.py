"""Cedar's requests as cases of the imported book, each with the answer that Cedar gives."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from writ.diagnostics import Diagnostic
from writ.engine.request import Request
from writ.formats.cedar.bring import START, Imported
from writ.formats.cedar.codes import Refused, finding
from writ.formats.cedar.entities import read_entities
from writ.formats.cedar.policies import cedar, said
from writ.formats.cedar.values import escaped

NOTHING_SAID = "Cedar gives no answer"


def requests_of(text: str, file: str) -> list[Any]:
    """The requests of a file: one, a list, or an object that holds a list of them as `requests`.

    Raises:
        Refused: it is no JSON.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(finding("X105", f"the request cannot be read: {said(error)}", file)) from None
    listed = data.get("requests") if isinstance(data, dict) else data
    return listed if isinstance(listed, list) else [data]


def cases(
    imported: Imported,
    requests: Iterable[tuple[str, str]],
    entities: str | None,
    at: dt.date = START,
) -> tuple[str, list[Diagnostic]]:
    """A `*.cases.yaml` of the requests in these files (path and text); what cannot be asked is left out."""
    lines, found = ["# From Cedar: each outcome is what Cedar itself answers.", "cases:"], []
    oracle = _Oracle(imported, entities)
    names: Counter[str] = Counter()
    for file, text in requests:
        try:
            listed = requests_of(text, file)
            stem = file.rpartition("/")[2].removesuffix(".json") or "request"
            for number, data in enumerate(listed, 1):
                name = stem if len(listed) == 1 else f"{stem}-{number}"
                names[name] += 1
                name += f" ({names[name]})" if names[name] > 1 else ""
                lines += _case(oracle, name, data, file, at)
        except Refused as refused:
            found += refused.found
    return "\n".join(lines if len(lines) > 2 else [lines[0], "cases: []"]) + "\n", found


class _Oracle:
    """Cedar, with the same policies and entities."""

    def __init__(self, imported: Imported, entities: str | None) -> None:
        package = cedar()
        self.imported = imported
        self.entities = read_entities(entities or "[]", "entities", imported.schema)
        self._held = package.Entities.from_json_str(entities or "[]", imported.schema)
        policies = {one.id: one.source for one in imported.policies}
        text = json.dumps({"staticPolicies": policies, "templates": {}, "templateLinks": []})
        self._policies = package.PolicySet.from_json_str(text)
        self._asked = package.is_authorized

    def answer(self, data: Any, file: str) -> tuple[str, list[str]]:
        """The outcome that it must have with us, and the ids of the policies that decided."""
        question = {name: data.get(name) for name in ("principal", "action", "resource")}
        question["context"] = data.get("context") or {}
        try:
            answer = self._asked(question, self._policies, self._held, self.imported.schema)
        except (ValueError, TypeError, RecursionError) as error:
            message = f"Cedar refuses the request: {said(error)}"
            raise Refused(finding("X105", message, file)) from None
        decision = answer.decision.value
        if decision == "NoDecision":
            why = "; ".join(answer.diagnostics.errors) or NOTHING_SAID
            raise Refused(
                finding("X105", f"Cedar refuses the request: {said(ValueError(why))}", file)
            )
        if decision == "Allow":
            return "permitted", answer.diagnostics.reasons
        return "prohibited" if answer.diagnostics.reasons else "no authority", (
            answer.diagnostics.reasons
        )


def _case(oracle: _Oracle, name: str, data: Any, file: str, at: dt.date) -> list[str]:
    request, found = oracle.imported.request(data, oracle.entities, file, at)
    if request is None:
        raise Refused(*found)
    outcome, deciding = oracle.answer(data, file)
    cites = [f"policy{label}" for label in sorted(oracle.imported.labels[id] for id in deciding)]
    lines = [
        f"  - id: {json.dumps(escaped(name), ensure_ascii=False)}",
        f"    request: {json.dumps(plain(request), ensure_ascii=False)}",
        f"    outcome: {outcome}",
    ]
    return [*lines, f"    cites: {json.dumps(cites)}"] if cites else lines


def plain(request: Request) -> dict[str, Any]:
    """A request as plain data, as cases hold it."""
    facts = {
        slot: sorted(value)
        if isinstance(value, frozenset)
        else value.isoformat()
        if isinstance(value, dt.date)
        else value
        for slot, value in request.facts.items()
    }
    return {
        "actor": request.actor,
        "act": request.act,
        "thing": request.thing,
        "at": request.at.isoformat(),
        **({"facts": facts} if facts else {}),
    }
