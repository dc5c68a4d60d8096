"""Running cases from the editor."""

from __future__ import annotations

from typing import Any

from writ.lsp.analysis.snapshot import CASES, Snapshot


def run_cases(snapshot: Snapshot, names: frozenset[str]) -> dict[str, Any]:
    """What came of the cases with these ids: how many passed, and for each of the others what was got."""
    from writ.diagnostics import failed
    from writ.engine.cases import judge, read_cases
    from writ.engine.engine import Engine

    if failed(snapshot.compiled):
        return {"passed": 0, "failed": [], "wrong": ["the book has errors, so it gives no answers"]}
    engine = Engine(snapshot.book)
    passed = 0
    missed: list[dict[str, Any]] = []
    wrong: list[str] = []
    for path, text in snapshot.others.items():
        if not path.endswith(CASES):
            continue
        listed, found = read_cases(snapshot.book, text, path)
        wrong += [f"{each.span}: {each.message}" for each in found]
        for case in listed:
            if case.id not in names:
                continue
            result = judge(case, engine.decide)
            if result.passed:
                passed += 1
                continue
            missed.append(
                {
                    "id": case.id,
                    "expected": case.outcome.value,
                    "got": result.decision.outcome.value,
                    "cites": list(result.decision.citations),
                    "absent": list(result.absent),
                }
            )
    return {"passed": passed, "failed": missed, "wrong": wrong}
